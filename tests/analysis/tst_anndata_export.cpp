// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of stored genes whose predictions are made again; the file itself is
// tests/python/test_h5ad.py's.
#include "analysis/anndata_export.h"
#include "analysis/made_study.h"
#include "study/study_check.h"

using namespace diploscope;
using namespace diploscope::test;

namespace {

/// Cannot say anything of one gene.
class Lame : public Linear {
public:
    explicit Lame(std::string gene = {}) : m_gene(std::move(gene)) {}
    Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow& window, const OutputChoice& output,
                                                    Method method) const override {
        if (m_gene == "all" || window.geneId == m_gene)
            return fail(ErrorKind::Unsupported, "Not this one.", {}, "Ask for others.");
        return Linear::prepare(window, output, method);
    }

private:
    std::string m_gene;
};

} // namespace

class TestAnnDataExport : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    std::shared_ptr<const Study> m_study;
    std::shared_ptr<const GenomeTable> m_table;

    Result<AnnDataExport> exported(const std::vector<size_t>& rows, const std::string& lame = {}) {
        GenomeRun run;
        run.predictor = std::make_shared<Lame>(lame);
        return annDataOf(*m_study, *m_table, rows, "q < 0", std::move(run), {});
    }

private Q_SLOTS:
    void initTestCase() {
        SmallStudy small;
        small.extra = R"(, "haplotype_counts": ["counts.tsv", "damaged.tsv"])";
        writeText(m_folder / "damaged.tsv", "name\tHG4\nENSG01\t1|2\nENSG02\tmany\n");
        writeText(m_folder / "counts.tsv", "name\tHG2\tHG3\nENSG01\t30|10\t5|40\nENSG03\t1|2\t3|4\n");
        const StudyCheck check = openStudy(small.write(m_folder));
        QVERIFY(check.study);
        m_study = check.study;
        ModelGenes model{"Linear", {}, {}};
        for (const StudyGene& gene : m_study->genes()) {
            const auto report = analyzeGene(*m_study, gene, std::make_shared<Lame>(), nullptr, {}, {});
            DS_VERIFY(report);
            model.genes.push_back(rowOf(**report));
        }
        GeneRow gone = model.genes.back(); // stored by a study that had it
        gone.geneId = "ENSG99";
        model.genes.push_back(gone);
        m_table = GenomeTable::make({model}, 0, NullChoice::Empirical);
        QCOMPARE(m_table->rowCount(), size_t{4});
    }

    void rowsThatAreWanted() {
        const auto made = exported({0, 2});
        DS_VERIFY(made);
        QCOMPARE(made->leftOut.size(), size_t{1}); // the damaged table alone
        QVERIFY(made->leftOut[0].where.find("damaged.tsv") != std::string::npos);
        QCOMPARE(made->data.var.index, (std::vector<std::string>{"ENSG01", "ENSG03"}));
        QCOMPARE(made->data.values.cols(), Eigen::Index{2});
        QCOMPARE(made->data.values(0, 0), 1.0); // HG2, gene A
        QCOMPARE(made->data.values(0, 1), 0.5); // and gene C
        QCOMPARE(made->data.layers.size(), size_t{5});
        QCOMPARE(made->data.layers[3].first, std::string("hap1_reads"));
        QCOMPARE(made->data.layers[3].second(1, 0), 5.0);
        QCOMPARE(made->data.layers[4].second(1, 1), 4.0);
        QVERIFY(std::isnan(made->data.layers[4].second(3, 1)));
    }

    /// One gene keeps no others from being written.
    void genesThatFailAreLeftOutAndTold() {
        const auto made = exported({0, 1, 2, 3}, "ENSG02");
        DS_VERIFY(made);
        QCOMPARE(made->data.var.index, (std::vector<std::string>{"ENSG01", "ENSG03"}));
        QCOMPARE(made->data.values.cols(), Eigen::Index{2});
        QCOMPARE(made->data.values(0, 1), 0.5);
        for (const auto& [name, values] : made->data.layers)
            QCOMPARE(values.cols(), Eigen::Index{2});
        for (const auto& [name, column] : made->data.var.columns)
            QCOMPARE(std::visit([](const auto& cells) { return cells.size(); }, column), size_t{2});
        QCOMPARE(made->leftOut.size(), size_t{3}); // and the damaged table
        QVERIFY(made->leftOut[0].what.find("ENSG99") != std::string::npos);
        QCOMPARE(made->leftOut[1].what, std::string("Not this one."));
        QVERIFY(made->leftOut[1].where.starts_with("GENEB"));
    }

    void covariatesAreNamed_data() {
        QTest::addColumn<QString>("header"); // as R's write.table makes it: no corner
        QTest::addColumn<bool>("mapped");
        QTest::newRow("ids of the expression") << "R2 R3 R4 R5 R6" << true;
        QTest::newRow("ids of the genotypes") << "HG2 HG3 HG4 HG5 HG6" << true;
        QTest::newRow("a corner, IID") << "IID R2 R3 R4 R5 R6" << true;
        QTest::newRow("without expression the first") << "HG1 HG2 HG3 HG4 HG5 HG6" << false;
    }
    /// As the study was opened with them.
    void covariatesAreNamed() {
        QFETCH(QString, header);
        QFETCH(bool, mapped);
        const TemporaryFolder folder;
        SmallStudy small;
        if (mapped)
            small.expression = replaced(small.expression, "HG", "R");
        for (const char* person : {"2", "3", "4", "5", "6"})
            if (mapped)
                small.sampleMap += std::string("HG") + person + "\tR" + person + "\n";
        small.covariates = header.replace(u' ', u'\t').toStdString() + "\nage" +
                           (header.startsWith("HG1") ? "\t10" : "") + "\t20\t35\t40\t50\t60\n";
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study, allOf(check).c_str());
        const auto report = analyzeGene(*check.study, check.study->genes().front(), std::make_shared<Lame>(),
                                        nullptr, {}, {});
        DS_VERIFY(report);
        const ModelGenes model{"Linear", {rowOf(**report)}, {}};
        const auto table = GenomeTable::make({model}, 0, NullChoice::Empirical);
        GenomeRun run;
        run.predictor = std::make_shared<Lame>();
        const auto made = annDataOf(*check.study, *table, {0}, {}, std::move(run), {});
        DS_VERIFY(made);
        QCOMPARE(made->data.obs.columns.size(), size_t{1});
        QCOMPARE(made->data.obs.columns[0].first, std::string("age"));
        QCOMPARE(std::get<std::vector<double>>(made->data.obs.columns[0].second),
                 (std::vector<double>{20, 35, 40, 50, 60}));
    }

    void nothingIsLeft() {
        const Error error = exported({}).error();
        QCOMPARE(error.what, std::string("No gene meets the condition."));
        QCOMPARE(error.where, std::string("q < 0"));
        QCOMPARE(exported({0, 1}, "all").error().what, std::string("Not this one."));
    }
};

QTEST_GUILESS_MAIN(TestAnnDataExport)
#include "tst_anndata_export.moc"
