// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of haplotypes and LD of pairs: what is sorted and computed, and what is drawn of it.
#include "charts/chart_view.h"
#include "charts/genotype_track_chart.h"
#include "charts/linkage_track_chart.h"
#include "charts/locus_chart.h"
#include "figures/gene_figures.h"
#include "report_fixture.h"
#include "sequence/snv_panel.h"
#include "support.h"
#include "thread_time.h"
#include "viewmodels/haplotype_rows.h"
#include "viewmodels/linkage_triangle.h"

#include <QApplication>

#include <cmath>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

namespace {

/// Two people, three SNVs at 101, 111 and 121 of a window of 1 to 200.
std::shared_ptr<GeneReport> smallReport() {
    auto report = std::make_shared<GeneReport>(inventReport({.people = 2, .snvs = 3, .drivers = 0}));
    report->window = {"chr1", 0, 200};
    constexpr auto Ref = HaplotypeAllele::Reference;
    constexpr auto Alt = HaplotypeAllele::Alternate;
    const std::vector<std::vector<HaplotypeAllele>> haplotypes{{Alt, Ref, Alt, Ref},
                                                               {Alt, Ref, Ref, HaplotypeAllele::Other},
                                                               {Alt, Ref, Alt, HaplotypeAllele::Missing}};
    for (size_t v = 0; v < 3; ++v) {
        report->variants[v].position = 100 + 10 * static_cast<int64_t>(v);
        report->variants[v].genotypes = haplotypesWith(haplotypes[v]);
    }
    report->people[0].haplotype1 = 1;
    report->people[0].haplotype2 = 4;
    report->people[1].haplotype1 = std::nan("");
    report->people[1].haplotype2 = 2;
    report->people[0].observed = 9;
    report->people[1].observed.reset();
    return report;
}

std::vector<std::pair<size_t, int>> rowsOf(const HaplotypeRows& shown) {
    std::vector<std::pair<size_t, int>> rows;
    for (const HaplotypeRows::Row& row : shown.rows)
        rows.emplace_back(row.person, row.haplotype);
    return rows;
}

GeneFigureSpec specWith(const std::shared_ptr<const GeneReport>& report, const LocusLayout& layout) {
    GeneFigureSpec spec{.report = report};
    if (!arrange(spec, layout))
        qFatal("not arranged");
    return spec;
}

const FigureTrack* trackOf(const ChartView& view, std::string_view key) {
    for (const FigureTrack& track : view.tracks())
        if (track.key == key)
            return &track;
    return nullptr;
}

} // namespace

class TestGenotypeTrack : public QObject {
    Q_OBJECT

private:
    static std::unique_ptr<ChartView> viewOf(const GeneFigureSpec& spec, QSize size = {1200, 800}) {
        auto view = std::make_unique<ChartView>(ChartView::Zoom::AlongX);
        view->resize(size);
        view->setChartStyle(ChartStyle::screen(lightTheme()).value());
        view->setFigure(registered(GeneFigure::Locus).make(spec).draw, ChartView::Keep::Nothing);
        view->show();
        QTest::qWait(30);
        return view;
    }

private Q_SLOTS:
    void rowsAreSorted() {
        const auto report = smallReport();
        using Rows = std::vector<std::pair<size_t, int>>;
        const auto rows = [&](RowOrder order, std::optional<size_t> selected = {}) {
            return rowsOf(**haplotypeRows(report, order, selected));
        };
        // Carried: 111, 000, 101, 000. Those who carry nothing are equal and come first.
        QCOMPARE(rows(RowOrder::Similarity), (Rows{{0, 1}, {1, 1}, {1, 0}, {0, 0}}));
        // From below: not known, 1, 2, 4.
        QCOMPARE(rows(RowOrder::Prediction), (Rows{{1, 0}, {0, 0}, {1, 1}, {0, 1}}));
        QCOMPARE(rows(RowOrder::Expression), (Rows{{1, 1}, {1, 0}, {0, 1}, {0, 0}}));
        // Of the third: who has none is below all, ALT above.
        QCOMPARE(rows(RowOrder::SelectedSnv, 2), (Rows{{1, 1}, {0, 1}, {1, 0}, {0, 0}}));
        QCOMPARE(rows(RowOrder::SelectedSnv), rows(RowOrder::Similarity));
        const auto shown = *haplotypeRows(report, RowOrder::Prediction, std::nullopt);
        QCOMPARE(shown->positions, (std::vector<double>{101, 111, 121}));
        for (size_t v = 0; v < 3; ++v)
            for (size_t row = 0; row < 4; ++row)
                QCOMPARE(HaplotypeAllele(shown->column(v)[row]),
                         report->variants[v].genotypes.haplotype(2 * shown->rows[row].person +
                                                                 size_t(shown->rows[row].haplotype)));
    }

    void whatIsNotKnownIsLeftOut() {
        const auto report = smallReport();
        report->variants[1].genotypes = {};
        QCOMPARE((*haplotypeRows(report, RowOrder::Similarity, {}))->variants, (std::vector<size_t>{0, 2}));
        for (VariantResult& variant : report->variants)
            variant.genotypes = {};
        QVERIFY((*haplotypeRows(report, RowOrder::SelectedSnv, 1))->rows.empty());
        for (const LocusTrack& track : tracksIn(*report))
            QVERIFY(track.key != GenotypesTrack && track.key != LinkageTrack);
    }

    void aCellSaysWhoseItIs() {
        const auto report = smallReport();
        report->people[0].sample = "<b>Zoë";
        const auto shown = *haplotypeRows(report, RowOrder::Prediction, std::nullopt);
        const QString tip = haplotypeToolTip(*shown, 3, size_t{0});
        QVERIFY2(tip.contains(QStringLiteral("&lt;b&gt;Zoë")), qPrintable(tip));
        QVERIFY2(tip.contains(QStringLiteral("haplotype 2")) && tip.contains(QStringLiteral("G (REF)")),
                 qPrintable(tip));
        QVERIFY(haplotypeToolTip(*shown, 1, size_t{0}).contains(QStringLiteral("T (ALT)")));
        QVERIFY(haplotypeToolTip(*shown, 2, size_t{1}).contains(QStringLiteral("another allele")));
        QVERIFY(haplotypeToolTip(*shown, 2, size_t{2}).contains(QStringLiteral("no genotype")));
    }

    /// Four rows of three lone SNVs: every cell has its own colour, nothing is between them. What is neither
    /// REF nor ALT is hollow.
    void cellsAreDrawnAsTheyAre() {
        const auto view =
            viewOf(specWith(smallReport(), {.places = {{"genotypes", 2}}, .rows = RowOrder::Prediction}));
        const FigureTrack* track = trackOf(*view, GenotypesTrack);
        QVERIFY(track != nullptr);
        const QImage image = view->grab().toImage();
        const PlotMap map = track->chart->map();
        const Theme theme = lightTheme();
        const auto at = [&](double position, double row) {
            return image.pixelColor(track->chart->mapToScene(map.toScene(position, row + 0.5)).toPoint());
        };
        const std::vector<std::vector<uint8_t>> expected{{1, 0, 1}, {1, 1, 1}, {0, 2, 255}, {0, 0, 0}};
        for (size_t row = 0; row < 4; ++row)
            for (size_t v = 0; v < 3; ++v) {
                const uint8_t allele = expected[row][v];
                const double position = 101 + 10 * double(v);
                const QColor colour = allele == 1 ? theme.accent : allele == 0 ? theme.faint : theme.card;
                QCOMPARE(at(position, double(row)).name(), colour.name());
                if (allele <= 1)
                    continue;
                bool isFramed = false;
                for (int left = 2; left < 8; ++left)
                    isFramed |= at(position - left * map.x.span() / map.plot.width(), double(row)) ==
                                theme.sets.front();
                QVERIFY(isFramed);
            }
        QCOMPARE(at(106, 0).name(), theme.card.name());
        QCOMPARE(at(20, 2).name(), theme.card.name());
    }

    /// More SNVs and rows than pixels: each pixel has the mean of what lies in it.
    void pixelsAreMeans() {
        GeneReport report = inventReport({.people = 600, .snvs = 4000, .drivers = 0});
        for (size_t v = 0; v < report.variants.size(); ++v) {
            std::vector<HaplotypeAllele> alleles(1200, HaplotypeAllele::Reference);
            for (size_t h = (4 - v % 4) % 4; h < 1200; h += 4)
                alleles[h] = HaplotypeAllele::Alternate; // a quarter, everywhere
            report.variants[v].genotypes = haplotypesWith(alleles);
        }
        const auto view = viewOf(
            specWith(std::make_shared<const GeneReport>(std::move(report)), {.places = {{"genotypes"}}}),
            {600, 500});
        const FigureTrack* track = trackOf(*view, GenotypesTrack);
        const QRectF plot = track->chart->mapRectToScene(track->chart->plotArea());
        const QImage image = view->grab().toImage();
        const Theme theme = lightTheme();
        double red = 0;
        int pixels = 0;
        for (int x = int(plot.left()) + 5; x < int(plot.right()) - 5; ++x)
            for (int y = int(plot.top()) + 5; y < int(plot.bottom()) - 5; ++y, ++pixels)
                red += image.pixelColor(x, y).red();
        const double expected = 0.75 * theme.faint.red() + 0.25 * theme.accent.red();
        QVERIFY2(std::abs(red / pixels - expected) < 3, qPrintable(QString::number(red / pixels)));
    }

    void aClickSelectsThePerson() {
        const auto view =
            viewOf(specWith(smallReport(), {.places = {{"genotypes", 2}}, .rows = RowOrder::Prediction}));
        const FigureTrack* track = trackOf(*view, GenotypesTrack);
        const auto place = [&](double position, double row) {
            return track->chart->mapToScene(track->chart->map().toScene(position, row + 0.5)).toPoint();
        };
        std::vector<size_t> people;
        int cleared = 0;
        connect(view.get(), &ChartView::personClicked, this,
                [&](size_t person) { people.push_back(person); });
        connect(view.get(), &ChartView::clicked, this, [&](int datum) { cleared += datum == -1; });
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, place(101, 3));
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, place(50, 0)); // a row goes on between SNVs
        QCOMPARE(people, (std::vector<size_t>{0, 1}));
        QCOMPARE(cleared, 0);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {},
                          track->chart->mapToScene(QPointF(2, 2)).toPoint()); // beside the plot
        QCOMPARE(people.size(), size_t{2});
        QCOMPARE(cleared, 1);
    }

    void linkageOfPairs() {
        GeneReport report = inventReport({.people = 6, .snvs = 4, .drivers = 0});
        report.variants[0].genotypes = peopleWith({0, 1, 2, 0, 1, 2});
        report.variants[1].genotypes = peopleWith({0, 1, 2, 0, 2, 1});
        report.variants[2].genotypes = peopleWith({1, 1, 1, 1, 1, 1});
        report.variants[3].poorlyGenotyped = true;
        const auto shared = std::make_shared<const GeneReport>(report);
        const auto whole = *linkageTriangle(shared, 0, 1e12);
        QCOMPARE(whole->variants, (std::vector<size_t>{0, 1, 2}));
        QCOMPARE(whole->poorlyGenotyped, int64_t{1});
        QVERIFY(std::abs(whole->at(0, 1) - 9.0F / 16) < 1e-6F);
        QCOMPARE(whole->at(0, 1), whole->at(1, 0));
        QVERIFY(std::abs(whole->at(1, 1) - 1) < 1e-6F);
        QVERIFY(std::isnan(whole->at(0, 2)));
        QVERIFY2(whole->title.contains(QStringLiteral("1 with too few genotypes")), qPrintable(whole->title));
        const double second = static_cast<double>(report.variants[1].position + 1);
        const auto part = *linkageTriangle(shared, second, second);
        QCOMPARE(part->variants, (std::vector<size_t>{1}));
        QVERIFY((*linkageTriangle(shared, 0, 1))->variants.empty());
    }

    /// The commonest are kept, and what is left out is said.
    void linkageIsBounded() {
        GeneReport report = inventReport({.people = 20, .snvs = 700, .drivers = 0});
        for (size_t v = 0; v < report.variants.size(); ++v)
            report.variants[v].maf = v % 2 == 0 ? 0.4 : 0.01;
        const auto shown = *linkageTriangle(std::make_shared<const GeneReport>(report), 0, 1e12);
        QCOMPARE(shown->variants.size(), LinkageTriangle::MostSnvs);
        QVERIFY(std::is_sorted(shown->positions.begin(), shown->positions.end()));
        QVERIFY(
            std::all_of(shown->variants.begin(), shown->variants.end(), [](size_t v) { return v % 2 == 0; }));
        QCOMPARE(shown->tooRare, int64_t{400});
        QCOMPARE(shown->title, QStringLiteral("LD of 300 SNVs, 400 rarer ones left out"));
        std::stop_source stop;
        stop.request_stop();
        RunContext context;
        context.stop = stop.get_token();
        const auto stopped = linkageTriangle(std::make_shared<const GeneReport>(report), 0, 1e12, context);
        QVERIFY(!stopped && stopped.error().kind == ErrorKind::Cancelled);
    }

    /// What lies above the middle of two SNVs, as high as they are apart, is theirs.
    void aPairIsDrawnAboveItsMiddle() {
        const auto report = smallReport();
        report->people.resize(3);
        report->variants[0].genotypes = peopleWith({0, 1, 2});
        report->variants[1].genotypes = peopleWith({2, 1, 0});
        report->variants[2].genotypes = peopleWith({0, 1, 2});
        const auto shown = *linkageTriangle(report, 1, 200);
        const ChartStyle style = ChartStyle::screen(lightTheme()).value();
        LinkageItem item(shown, style, nullptr);
        const PlotMap map{QRectF(0, 0, 400, 200), {91, 131}, {0, 0.04}};
        item.setMap(map);
        using Pair = std::pair<size_t, size_t>;
        QCOMPARE(item.pairAt(map.toScene(106, 0.010)).value(), (Pair{0, 1}));
        QCOMPARE(item.pairAt(map.toScene(116, 0.010)).value(), (Pair{1, 2}));
        QCOMPARE(item.pairAt(map.toScene(111, 0.0199)).value(), (Pair{0, 2}));
        QVERIFY(!item.pairAt(map.toScene(111, 0.030))); // beyond the last SNVs
        QVERIFY(!item.pairAt(map.toScene(101, 0.0001)));
        const QString tip = linkageToolTip(*shown, 0, 1);
        QVERIFY2(tip.contains(QStringLiteral("r² 1.00, 10 bp apart")), qPrintable(tip));
    }

    void panning_data() {
        QTest::addColumn<int>("people");
        QTest::newRow("316 people") << 316;
        QTest::newRow("1,000 people") << 1000;
    }
    void panning() {
        QFETCH(int, people);
        const auto report =
            std::make_shared<const GeneReport>(inventReport({.people = people, .snvs = 3000, .drivers = 3}));
        const auto view = viewOf(specWith(report, {.places = {{"genotypes", 2}, {"ld"}}}), {1200, 900});
        std::vector<double> frames;
        for (int i = 0; i < 40; ++i) {
            const double start = threadMs();
            view->panBy({i < 20 ? 0.003 : -0.003, 0});
            view->viewport()->repaint();
            frames.push_back(threadMs() - start);
        }
        std::sort(frames.begin(), frames.end());
        qInfo("%d people x 3,000 SNVs with LD: median %.1f ms, worst %.1f ms of processor time a pan frame",
              people, frames[20], frames.back());
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
        QVERIFY2(frames[20] <= 99, qPrintable(QString::number(frames[20]))); // of a machine with other work
#endif
    }
};

QTEST_MAIN(TestGenotypeTrack)
#include "tst_genotype_track.moc"
