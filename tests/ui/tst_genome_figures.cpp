// SPDX-License-Identifier: GPL-3.0-or-later
// What the figures of all genes show; tst_genome_charts draws them.
#include "results/published_tables.h"
#include "stats/correlation.h"
#include "ui/genome_fixture.h"
#include "viewmodels/genome_histogram.h"
#include "viewmodels/genome_scatter.h"
#include "viewmodels/point_density.h"

#include "support.h"

#include <set>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

namespace {

using Kind = GenomeScatter::Kind;

std::shared_ptr<const GenomeTable> tableOf(std::vector<GeneRow> genes,
                                           NullChoice null = NullChoice::Published) {
    return GenomeTable::make({{"M", std::move(genes), {}}}, 0, null);
}

GeneRow gene(const char* name, std::optional<double> r, std::optional<double> p) {
    GeneRow row;
    row.geneId = row.geneName = name;
    row.r = r;
    row.pPublished = p;
    return row;
}

bool near(double value, double expected, double tolerance) {
    return std::abs(value - expected) <= tolerance;
}

} // namespace

class TestGenomeFigures : public QObject {
    Q_OBJECT

private:
    std::vector<ModelGenes> m_published;

    bool readPublished() {
        const auto folder = sharedData() / "published";
        if (!m_published.empty() || !std::filesystem::exists(folder))
            return !m_published.empty();
        const auto read =
            readPublishedTables({folder / "SupplementaryTable1.tsv", folder / "SupplementaryTable2.half.tsv",
                                 folder / "MeanGeXPredFineTuned.txt"});
        if (!read)
            return false;
        for (const PublishedModel& model : *read)
            m_published.push_back({model.name, model.genes, {}});
        return true;
    }
    std::shared_ptr<const GenomeTable> published(size_t model = 0) const {
        return GenomeTable::make(m_published, model, NullChoice::Published);
    }

private Q_SLOTS:
    // The paper's numbers (METHODS 11).

    void published2A() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        QVERIFY(readPublished());
        const GenomeScatter shown = genomeScatter(GenomeFigure::NullR, *published());
        QCOMPARE(shown.genes.size(), size_t{6806}); // of 6,808 with an R two have a null without spread
        QVERIFY2(shown.text.summary.startsWith(u"599 of 6,808 genes at FDR 0.05, as published"),
                 qPrintable(shown.text.summary));
        QCOMPARE(shown.lines.size(), size_t{2});
        const double line = shown.lines[1].value;
        int right = 0;
        int negative = 0;
        for (const auto& gene : shown.genes) {
            right += gene.x > line;
            negative += gene.x > line && gene.y < 0;
        }
        QCOMPARE(right, 599);
        QCOMPARE(negative, 195);
        std::set<QString> names;
        for (const auto& label : shown.labels)
            names.insert(label.name);
        QCOMPARE(names.size(), size_t{12});
        QVERIFY(names.contains(QStringLiteral("DDX11")) &&
                names.contains(QStringLiteral("GSTM3"))); // those that the paper names
    }

    void published2C() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        QVERIFY(readPublished());
        const GenomeScatter shown = genomeScatter(GenomeFigure::PredixcanR, *published());
        QCOMPARE(shown.genes.size(), size_t{1568});
        QVERIFY(near(shown.means->first, 0.2613, 5e-5));
        QVERIFY(near(shown.means->second, 0.0169, 5e-5));
        std::set<std::pair<bool, double>> lines;
        for (const auto& line : shown.lines)
            lines.emplace(line.vertical, line.value);
        QCOMPARE(lines,
                 (std::set<std::pair<bool, double>>{{false, -0.2}, {false, 0.2}, {true, -0.2}, {true, 0.2}}));
        // A gene's colour is that of its q and of the model's sign, not of PrediXcan's.
        const auto table = published();
        const std::vector<double>& q = table->numbers(*table->findColumn("q"));
        for (const auto& gene : shown.genes)
            QCOMPARE(gene.kind, q[gene.row] > 0.05 ? Kind::Other
                                : gene.y > 0       ? Kind::Positive
                                                   : Kind::Negative);
    }

    void publishedDrivers() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        QVERIFY(readPublished());
        const GenomeScatter shown = genomeScatter(GenomeFigure::SupportedR, *published());
        QCOMPARE(shown.genes.size(), size_t{126});
        double drivers = 0;
        for (const auto& gene : shown.genes) {
            QVERIFY(std::abs(gene.x) > 0.2);
            drivers += gene.drivers;
        }
        QCOMPARE(drivers, 684.0);
        const GenomeHistogram near = genomeHistogram(GenomeFigure::DriverDistance, *published());
        int all = 0;
        for (const auto& bin : near.bins)
            all += bin.total();
        QCOMPARE(all, 241);
        QCOMPARE(near.bins.front().from, -1000.0);
        QCOMPARE(near.bins.back().to, 1000.0);
    }

    /// Counted apart with Python from table 2.
    void publishedSumsOfEffects() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        QVERIFY(readPublished());
        const GenomeHistogram sums = genomeHistogram(GenomeFigure::LinearR, *published());
        QCOMPARE(sums.text.summary, QStringLiteral("124 of 126 genes above 0.2"));
        QCOMPARE(sums.bins.front().from, 0.0); // the least is 0.01
        QCOMPARE(sums.bins.back().to, 1.0);
        int above = 0;
        int upTo = 0;
        for (const auto& bin : sums.bins) {
            above += bin.counts[0];
            upTo += bin.counts[1];
        }
        QCOMPARE(above, 124);
        QCOMPARE(upTo, 2);
        const GenomeHistogram number = genomeHistogram(GenomeFigure::DriverCount, *published());
        QCOMPARE(number.text.summary,
                 QStringLiteral(
                     "126 genes: 0 without a driver, 36 with one, 100 with 1 to 5 · 3 above 30 not shown"));
        QCOMPARE(number.bins.front().from, 0.5);
        QCOMPARE(number.bins.back().to, 30.5);
        QCOMPARE(number.bins.front().total(), 36);
        QCOMPARE(number.bins[1].total(), 22);
        QVERIFY(!genomeFigureText(GenomeFigure::LinearR, *published(1)).empty.isEmpty());
        QVERIFY(!genomeFigureText(GenomeFigure::DriverCount, *published(1)).empty.isEmpty());
    }

    void published1B() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        QVERIFY(readPublished());
        const GenomeScatter shown = genomeScatter(GenomeFigure::ObservedPredicted, *published(2));
        QCOMPARE(shown.genes.size(), size_t{12702});
        Eigen::VectorXd x(12702);
        Eigen::VectorXd y(12702);
        for (Eigen::Index i = 0; i < x.size(); ++i) {
            x[i] = shown.genes[static_cast<size_t>(i)].x;
            y[i] = shown.genes[static_cast<size_t>(i)].y;
        }
        QVERIFY(near(*pearson(x, y).r, 0.5765, 5e-5));
        QCOMPARE(shown.text.summary, QStringLiteral("r = 0.58 over 12,702 genes"));
        // Nothing else is known of these genes, and the others do not know of them.
        QVERIFY(!genomeFigureText(GenomeFigure::NullR, *published(2)).empty.isEmpty());
        QCOMPARE(otherModels(*published(0)), std::vector<std::string>{"Enformer fine-tuned"});
        QCOMPARE(genomeScatter(GenomeFigure::ObservedPredicted, *published(0)).genes.size(), size_t{6820});
    }

    // What a figure makes of odd tables.

    void fdrLineIsBetween() {
        QVERIFY(!fdrLine({}, {}));
        QVERIFY(!fdrLine({1, 2}, {0.2, 0.06}));
        QCOMPARE(*fdrLine({1, 4, 2, 3}, {0.2, 0.01, 0.06, 0.05}), 2.5);
        QCOMPARE(*fdrLine({3, 4}, {0.01, 0.02}), 3.0); // nothing lies on its other side
    }

    void vanishedPStandsAtTheEdge() {
        const auto table = tableOf({gene("A", 0.9, 0.0), gene("B", -0.4, 1e-8), gene("C", 0.1, 1.0),
                                    gene("D", std::nullopt, 0.5), gene("E", 0.3, std::nullopt)});
        const GenomeScatter shown = genomeScatter(GenomeFigure::NullR, *table);
        QCOMPARE(shown.genes.size(), size_t{3});
        QCOMPARE(shown.genes[0].x, 8.0);
        QCOMPARE(shown.genes[2].x, 0.0);
        QVERIFY2(shown.text.summary.contains(u"2 lack r or p"), qPrintable(shown.text.summary));
        QVERIFY2(shown.text.summary.contains(u"1 with p = 0 at the edge"), qPrintable(shown.text.summary));
        const GenomeScatter alone = genomeScatter(GenomeFigure::NullR, *tableOf({gene("A", 0.9, 0.0)}));
        QVERIFY(std::isfinite(alone.genes[0].x) && alone.genes[0].x > 0);
    }

    void theChosenNullIsShown() {
        std::vector<GeneRow> genes{gene("A", 0.5, 1e-9), gene("B", 0.1, 0.5)};
        genes[0].pCalibrated = 1e-3;
        genes[1].pCalibrated = 0.9;
        const GenomeScatter shown =
            genomeScatter(GenomeFigure::NullR, *tableOf(genes, NullChoice::Calibrated));
        QCOMPARE(shown.genes[0].x, 3.0);
        QVERIFY(shown.xTitle.contains(u"calibrated") && shown.text.summary.contains(u"calibrated"));
    }

    void noNamesOfGenesThatAreNotSignificant() {
        QVERIFY(genomeScatter(GenomeFigure::NullR, *tableOf({gene("A", 0.9, 0.2)})).labels.empty());
    }

    void referenceScoresBeforeMeans() {
        GeneRow row = gene("A", 0.5, 0.1);
        row.meanObserved = 3;
        row.meanPredicted = 7;
        GeneRow other = row;
        other.geneId = "B";
        other.referenceScore = 5;
        QCOMPARE(genomeScatter(GenomeFigure::ObservedPredicted, *tableOf({row})).genes[0].y, 7.0);
        // Never both in one figure.
        const GenomeScatter both = genomeScatter(GenomeFigure::ObservedPredicted, *tableOf({row, other}));
        QCOMPARE(both.genes.size(), size_t{1});
        QCOMPARE(both.genes[0].y, 5.0);
        QVERIFY2(both.text.summary.contains(u"1 lack one"), qPrintable(both.text.summary));
    }

    void axesTellTheUnitsOfTheirRun() {
        GeneRow row = gene("A", 0.5, 0.1);
        row.meanObserved = 3;
        row.meanPredicted = 7;
        const auto titles = [&](std::vector<std::pair<std::string, std::string>> provenance) {
            const GenomeScatter shown =
                genomeScatter(GenomeFigure::ObservedPredicted,
                              *GenomeTable::make({{"M", {row}, std::move(provenance)}}, 0, {}));
            return std::pair(shown.xTitle, shown.yTitle);
        };
        const std::pair bare(QStringLiteral("Mean observed expression"), QStringLiteral("Mean prediction"));
        QCOMPARE(titles({{"observed_unit", "log2(TPM + 1)"}, {"model_unit", "log10 expression"}}),
                 std::pair(bare.first + QStringLiteral(", log₂(TPM + 1)"),
                           bare.second + QStringLiteral(", log₁₀ expression")));
        // Of a run stored before, and of rows that are said to be in two units, none.
        QCOMPARE(titles({{"program", "test"}, {"model", "M"}}), bare);
        QCOMPARE(titles({{"observed_unit", "TPM"}, {"observed_unit", "RPKM"}}), bare);
    }

    void expectedUnderTheNulls() {
        // A gene's sd is that of a symmetric r whose |r| has the null's moments.
        std::vector<GeneRow> genes;
        for (int i = 0; i < 300; ++i) {
            genes.push_back(gene(("G" + std::to_string(i)).c_str(), i % 2 ? 0.3 : -0.3, 0.5));
            genes.back().nullMean = 0.03;
            genes.back().nullSd = 0.04;
        }
        genes[0].nullMean.reset(); // contributes nothing
        const GenomeHistogram shown = genomeHistogram(GenomeFigure::NullHistogram, *tableOf(genes));
        const auto top = std::find_if(shown.expected.begin(), shown.expected.end(),
                                      [](const auto& point) { return point.first == 0; });
        QVERIFY(top != shown.expected.end());
        const double width = shown.bins[0].to - shown.bins[0].from;
        QVERIFY(near(top->second, 299 * std::erf(width / 2 / 0.05 / std::sqrt(2.0)), 1e-9));
        QVERIFY2(shown.text.summary.endsWith(u"sd 0.300; 0.050 expected"), qPrintable(shown.text.summary));
        // Over points a bin apart it sums up to all genes.
        double sum = 0;
        for (const auto& [x, count] : shown.expected)
            sum += count * (shown.expected[1].first - shown.expected[0].first) / width;
        QVERIFY2(near(sum, 299, 0.5), qPrintable(QString::number(sum)));
    }

    /// The limit itself is not additive; 1 by rounding is 1; below 0 there is room where somebody is there.
    void sumsOfEffectsAtTheirLimits() {
        std::vector<GeneRow> genes;
        for (const double r : {-0.13, 0.2, 0.2000001, 1.0, 1.0 + 1e-15}) {
            genes.push_back(gene("G", 0.1, 0.5));
            genes.back().linearR = r;
        }
        genes.push_back(gene("unknown", 0.1, 0.5));
        const GenomeHistogram shown = genomeHistogram(GenomeFigure::LinearR, *tableOf(genes));
        QCOMPARE(shown.text.summary, QStringLiteral("3 of 5 genes above 0.2"));
        QVERIFY(near(shown.bins.front().from, -0.15, 1e-12));
        QCOMPARE(shown.bins.front().counts[1], 1);
        QCOMPARE(shown.bins.back().counts[0], 2);
        int all = 0;
        for (const auto& bin : shown.bins)
            all += bin.total();
        QCOMPARE(all, 5);
    }

    /// A bin a number, 0 too; of |r| = 0.2 it is not known that it is more.
    void driversAreCounted() {
        std::vector<GeneRow> genes;
        for (const auto& [drivers, r] : {std::pair(0, 0.1), std::pair(0, -0.5), std::pair(2, 0.2),
                                         std::pair(2, 0.3), std::pair(31, 0.3)}) {
            genes.push_back(gene("G", r, 0.5));
            genes.back().driverCount = drivers;
        }
        const GenomeHistogram shown = genomeHistogram(GenomeFigure::DriverCount, *tableOf(genes));
        QCOMPARE(shown.bins.front().from, -0.5);
        QCOMPARE(shown.bins[0].counts, (std::array{1, 1}));
        QCOMPARE(shown.bins[1].total(), 0);
        QCOMPARE(shown.bins[2].counts, (std::array{1, 1}));
        QCOMPARE(shown.bins.back().total(), 0); // 31 is beyond
        QCOMPARE(
            shown.text.summary,
            QStringLiteral("5 genes: 2 without a driver, 0 with one, 2 with 1 to 5 · 1 above 30 not shown"));
    }

    void signsDoNotShareABin() {
        const GenomeHistogram shown = genomeHistogram(GenomeFigure::NullHistogram, *inventTable(3000));
        int all = 0;
        for (const auto& bin : shown.bins) {
            QVERIFY(bin.from >= -1e-12 || bin.to <= 1e-12);
            all += bin.total();
        }
        QCOMPARE(all, 3000);
    }

    void crowdedPlacesAreDense() {
        std::vector<double> x{10};
        std::vector<double> y{10};
        for (int i = 0; i < 100; ++i) {
            x.push_back(0.01 * (i % 10));
            y.push_back(0.01 * (i / 10));
        }
        const std::vector<double> density = pointDensity(x, y);
        QVERIFY(near(density[0], 0.01, 1e-3));
        QCOMPARE(*std::max_element(density.begin(), density.end()), 1.0);
        QVERIFY(density[1] > 0.9);
        QCOMPARE(pointDensity({3}, {4}), std::vector<double>{1.0});
        QVERIFY(pointDensity({}, {}).empty());
    }

    void fewGenesHaveNoDensity() {
        const GenomeFigure figure = GenomeFigure::ObservedPredicted;
        QCOMPARE(genomeScatter(figure, *inventTable(499)).shading, GenomeScatter::Shading::None);
        QCOMPARE(genomeScatter(figure, *inventTable(500)).shading, GenomeScatter::Shading::Density);
    }

    /// Of a study whose genes have few drivers, and of one where they have more than marks grow by.
    void theLegendShowsTheLargestMark() {
        for (const size_t most : {1, 2, 3, 4, 5, 12, 24, 25, 60}) {
            std::vector<ModelGenes> models = inventGenes(20);
            for (GeneRow& gene : models[0].genes) {
                gene.r = 0.5;
                gene.fractionSupported = 0.5;
                gene.driverCount = 1;
            }
            models[0].genes[7].driverCount = static_cast<double>(most);
            const auto table = GenomeTable::make(models, 0, NullChoice::Published);
            const std::vector<int> sizes = genomeScatter(GenomeFigure::SupportedR, *table).sizes;
            QCOMPARE(sizes.front(), 1);
            QCOMPARE(sizes.back(), std::min(int(most), GenomeScatter::mostDriversShown));
            QCOMPARE(sizes.size(), std::min(most, size_t{3}));
            QVERIFY(std::is_sorted(sizes.begin(), sizes.end(), std::less_equal<>()));
        }
    }

    void otherModelIsChosenByName() {
        std::vector<ModelGenes> models = inventGenes(50);
        models.push_back({"Third", models[0].genes, {}});
        for (GeneRow& gene : models[2].genes)
            gene.r = 0.25;
        const auto table = GenomeTable::make(models, 0, NullChoice::Published);
        QCOMPARE(otherModels(*table), (std::vector<std::string>{"Xpresso", "Third"}));
        QCOMPARE(genomeScatter(GenomeFigure::ModelModel, *table).genes[0].x, *models[1].genes[0].r);
        QCOMPARE(genomeScatter(GenomeFigure::ModelModel, *table, nullptr, {"Third"}).genes[0].x, 0.25);
        QVERIFY(!genomeFigureText(GenomeFigure::ModelModel, *table, {"Fourth"}).empty.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestGenomeFigures)
#include "tst_genome_figures.moc"
