// SPDX-License-Identifier: GPL-3.0-or-later
// One figure of many genes: names of files, what a gene without one does, and what ends it all.
#include "every_figure.h"
#include "figures/figures_of_genes.h"
#include "study/small_study.h"
#include "support.h"

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;
namespace fs = std::filesystem;

class TestFiguresOfGenes : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    FiguresOfGenes m_figures;
    std::vector<FigureDesign> m_read;

    /// Of every gene the same, but for the one that `fault` is of.
    DesignSource source(const std::string& faulty = {}, ErrorKind kind = ErrorKind::NotFound) {
        m_read.clear();
        return [this, faulty, kind](const FigureDesign& design, const RunContext&) -> Result<DesignedFigure> {
            m_read.push_back(design);
            if (design.gene == faulty)
                return fail(kind, "Not this one.");
            const FigureEntry* entry = figureNamed("observed-predicted").value();
            return DesignedFigure{design, {{entry, entry->make(geneSpec())}}, {}};
        };
    }
    [[nodiscard]] size_t files() const {
        return static_cast<size_t>(std::distance(fs::directory_iterator(m_figures.folder), {}));
    }

private Q_SLOTS:
    void initTestCase() {
        (void)SmallStudy().write(m_folder);
        m_figures.study = openStudy(m_folder / "small.study.json").study;
        QVERIFY(m_figures.study);
        for (const StudyGene& gene : m_figures.study->genes())
            m_figures.genes.push_back(gene.gene.id);
        QCOMPARE(m_figures.genes.size(), size_t{3});
    }
    void init() {
        m_figures.folder = m_folder / QTest::currentTestFunction();
        fs::create_directory(m_figures.folder);
        m_figures.design = designOf({.figure = "observed-predicted", .variants = {"rs1"}});
        m_figures.design.study = "here.study.json";
        m_figures.design.model = "first";
        m_figures.design.gene = m_figures.genes[0];
        m_figures.design.widthMm = 85;
        m_figures.design.scores["first"].shifts = 2;
        m_figures.withData = false;
    }

    void eachHasItsFile() {
        m_figures.withData = true;
        const auto made = saveForGenes(m_figures, source(), drawDesign, {});
        DS_VERIFY(made);
        QCOMPARE(made->files, int64_t{3});
        QVERIFY(made->failed.empty());
        for (const char* name : {"GENEA", "GENEB", "GENEC"})
            for (const char* ending : {".figure.pdf", ".figure.tsv"})
                QVERIFY2(fs::exists(m_figures.folder / fmt::format("{}{}", name, ending)), name);
        QCOMPARE(files(), size_t{6});
        QCOMPARE(m_read.size(), size_t{3});
        for (size_t i = 0; i < m_read.size(); ++i) {
            const FigureDesign& own = m_read[i];
            QCOMPARE(own.gene, m_figures.genes[i]);
            QVERIFY(own.study == m_figures.design.study && own.model == "first" && own.widthMm == 85.0);
            QCOMPARE(own.scores.at("first").shifts, m_figures.design.scores.at("first").shifts);
            QVERIFY(own.panels[0].variants.empty()); // which are of the first gene
        }
    }

    void aGeneWithoutOneStopsNoOther() {
        const auto made = saveForGenes(m_figures, source(m_figures.genes[1]), drawDesign, {});
        DS_VERIFY(made);
        QCOMPARE(made->files, int64_t{2});
        QCOMPARE(made->failed.size(), size_t{1});
        QCOMPARE(made->failed[0].what, std::string("Not this one."));
        QCOMPARE(files(), size_t{2});
    }

    void whatWouldFailForAllEndsIt_data() {
        QTest::addColumn<int>("kind");
        QTest::newRow("no room on the disk") << static_cast<int>(ErrorKind::Io);
        QTest::newRow("stopped") << static_cast<int>(ErrorKind::Cancelled);
    }
    void whatWouldFailForAllEndsIt() {
        QFETCH(int, kind);
        const auto made =
            saveForGenes(m_figures, source(m_figures.genes[1], static_cast<ErrorKind>(kind)), drawDesign, {});
        QVERIFY(!made && made.error().kind == static_cast<ErrorKind>(kind));
        QCOMPARE(m_read.size(), size_t{2});
    }
};

QTEST_MAIN(TestFiguresOfGenes)
#include "tst_figures_of_genes.moc"
