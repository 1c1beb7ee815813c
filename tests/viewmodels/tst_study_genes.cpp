// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/study_genes.h"

#include <QTest>

using namespace diploscope;
using namespace diploscope::ui;

/// How a gene that was typed is found among those of published tables; those of a study with people are the
/// session's test.
class TestStudyGenes : public QObject {
    Q_OBJECT

private:
    static GeneRow row(const char* id, const char* name, const char* contig, double tss, const char* strand) {
        GeneRow made;
        made.geneId = id;
        made.geneName = name;
        made.chrom = contig;
        made.tss = tss;
        made.strand = strand;
        return made;
    }
    const StudyGenes m_genes{
        ModelGenes{"CAGE",
                   {row("ENSG1", "ALPHA", "1", 1000, "+"), row("ENSG2", "BETA", "1", 5000, "-"),
                    row("ENSG3", "GAMMA", "2", 1200, "+")},
                   {}}};

    std::string found(const QString& text) const {
        const Result<const Gene*> gene = m_genes.find(text);
        return gene ? (*gene)->id : std::string("none");
    }

private Q_SLOTS:
    /// A table tells a TSS, counted from 1, and no extent: the gene is that base, whatever its strand.
    void tablesTellWhereATssIs() {
        QCOMPARE(m_genes.all().size(), size_t{3});
        for (const Gene& gene : m_genes.all())
            QCOMPARE(gene.region.length(), int64_t{1});
        QCOMPARE(m_genes.findId("ENSG1")->tss(), int64_t{999});
        QCOMPARE(m_genes.findId("ENSG2")->tss(), int64_t{4999});
        QVERIFY(m_genes.findId("ENSG2")->strand == Strand::Reverse);
        QVERIFY(m_genes.findId("BETA") == nullptr);
    }

    void aGeneIsFoundByAnyOfItsNames_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("id");
        QTest::newRow("id") << QStringLiteral("ENSG2") << QStringLiteral("ENSG2");
        QTest::newRow("symbol") << QStringLiteral("GAMMA") << QStringLiteral("ENSG3");
        QTest::newRow("spaces") << QStringLiteral("  ALPHA ") << QStringLiteral("ENSG1");
        QTest::newRow("copied off the window")
            << QStringLiteral("\u2068BETA\u2069") << QStringLiteral("ENSG2");
        QTest::newRow("nearest TSS, before it") << QStringLiteral("1:2900") << QStringLiteral("ENSG1");
        QTest::newRow("nearest TSS, behind it") << QStringLiteral("1:3100") << QStringLiteral("ENSG2");
        QTest::newRow("contig as others name it") << QStringLiteral("chr2:5000") << QStringLiteral("ENSG3");
        QTest::newRow("no such contig") << QStringLiteral("7:1000") << QStringLiteral("none");
        QTest::newRow("no such gene") << QStringLiteral("DELTA") << QStringLiteral("none");
    }
    void aGeneIsFoundByAnyOfItsNames() {
        QFETCH(QString, text);
        QFETCH(QString, id);
        QCOMPARE(QString::fromStdString(found(text)), id);
    }

    void withoutAStudyThereIsNone() {
        const StudyGenes none;
        QVERIFY(none.all().empty());
        QVERIFY(!none.find(QStringLiteral("ALPHA")));
    }
};

QTEST_APPLESS_MAIN(TestStudyGenes)
#include "tst_study_genes.moc"
