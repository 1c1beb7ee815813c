// SPDX-License-Identifier: GPL-3.0-or-later
// Reports as values: what they say of a gene, and of all genes.
#include "analysis/genome_summary.h"
#include "report/gene_document.h"
#include "report/report_pages.h"
#include "report/report_pdf.h"
#include "report/study_document.h"
#include "told_report.h"
#include "viewmodels/gene_text.h"

#include "support.h"

#include <algorithm>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

namespace {

template <class Block>
std::vector<Block> blocksOf(const ReportDocument& document) {
    std::vector<Block> found;
    for (const ReportBlock& block : document.blocks)
        if (const auto* one = std::get_if<Block>(&block))
            found.push_back(*one);
    return found;
}

bool says(const ReportDocument& document, const QString& text) {
    const QStringList texts = textsOf(document);
    return std::any_of(texts.begin(), texts.end(), [&](const QString& one) { return one.contains(text); });
}

const ReportTable* tableWith(const ReportDocument& document, const QString& column) {
    for (const ReportBlock& block : document.blocks)
        if (const auto* table = std::get_if<ReportTable>(&block))
            for (const ReportTable::Column& one : table->columns)
                if (one.title == column)
                    return table;
    return nullptr;
}

} // namespace

class TestReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aGeneIsToldInWords() {
        const GeneFigureSpec spec = geneSpec();
        const GeneReport& report = *spec.report;
        const ReportDocument document = geneDocument(materialFor(spec, true));
        QCOMPARE(std::get<ReportHeading>(document.blocks.front()).text, QStringLiteral("GSTM3"));
        QVERIFY(says(document, correlationText(report)));
        QVERIFY(says(document, QStringLiteral("p = 1\u00d710\u207b\u2075\u00b2")));
        QVERIFY(says(document, QStringLiteral("0.018"))); // of the empirical null
        QVERIFY(says(document, driversText(report)));
        QVERIFY(says(document, QStringLiteral("2 credible sets (95\u00a0%)")));
        QVERIFY(says(document, QStringLiteral("GRCh38")) || says(document, QStringLiteral("people.vcf.gz")));
        QVERIFY(document.subject.contains(QStringLiteral("GSTM3")));

        const ReportTable* drivers = tableWith(document, QStringLiteral("why undecidable"));
        QVERIFY(drivers != nullptr);
        QCOMPARE(drivers->rows.size(), report.drivers.size());
        QCOMPARE(drivers->columns.size(), drivers->rows[0].size());
        const size_t standing = drivers->columns.size() - 2;
        for (size_t d = 0; d < report.drivers.size(); ++d) {
            const DriverResult& driver = report.drivers[d];
            const std::vector<QString>& row = drivers->rows[d];
            QCOMPARE(row.front(), variantText(report.variants[driver.variant]));
            QCOMPARE(row[1], QStringLiteral("G/T"));
            QCOMPARE(row[standing], standingText(driver.standing()));
            QCOMPARE(row.back(), doubtText(report, driver));
        }
        QVERIFY(drivers->rows[1].back().contains(QStringLiteral("lead variant")));
    }

    void figuresWithoutDataAreToldAndNotDrawn() {
        const GeneReport report = statisticsReport({.drivers = 0});
        const ReportMaterial material = materialFor(specFor(report), true);
        const ReportDocument document = geneDocument(material);
        size_t drawn = 0;
        for (const ReportFigures& row : blocksOf<ReportFigures>(document)) {
            QVERIFY(row.figures.size() == 1 || row.figures.size() == 2);
            double width = 0;
            for (const DesignedFigure& figure : row.figures) {
                QVERIFY(figure.panels.front().ready.empty.isEmpty());
                QCOMPARE(figure.panels.size(), size_t{1});
                QVERIFY(sizeOf(figure).heightMm <= 230);
                width += sizeOf(figure).widthMm;
            }
            QVERIFY(width <= 175);
            drawn += row.figures.size();
        }
        QCOMPARE(drawn, material.figures.size());
        QVERIFY(drawn > 0 && !material.notDrawn.isEmpty());
        for (const QString& missing : material.notDrawn)
            QVERIFY2(says(document, missing), qPrintable(missing));
        QVERIFY(tableWith(document, QStringLiteral("why undecidable")) == nullptr);
        QVERIFY(says(document, driversText(report)));
    }

    void anUndefinedCorrelationIsNoNumber() {
        const GeneReport report = inventReport({.drivers = 0, .constantPrediction = true});
        const ReportDocument document = geneDocument(materialFor(specFor(report), true));
        QVERIFY(says(document, QStringLiteral("is not defined")));
        QVERIFY(!says(document, QStringLiteral("nan")));
        DS_VERIFY(reportPdf(document, drawDesign, {}));
    }

    void theStudysWorstAndBestGenes() {
        const GenomeFigureSpec spec = genomeSpec();
        const GenomeTable& table = *spec.table;
        const ReportDocument document = studyDocument(materialFor(spec, false));
        const size_t q = *table.findColumn("q");
        std::vector<double> negative, positive;
        for (size_t row = 0; row < table.rowCount(); ++row)
            if (table.genes()[row].r && table.number(row, q) <= 0.05)
                (*table.genes()[row].r < 0 ? negative : positive).push_back(*table.genes()[row].r);
        std::sort(negative.begin(), negative.end());
        std::sort(positive.rbegin(), positive.rend());
        QVERIFY(!negative.empty() && !positive.empty());
        std::vector<ReportTable> genes;
        for (const ReportTable& one : blocksOf<ReportTable>(document))
            if (one.columns.back().title == QStringLiteral("drivers"))
                genes.push_back(one);
        QCOMPARE(genes.size(), size_t{2});
        for (const auto& [shown, expected] : {std::pair(genes[0], negative), std::pair(genes[1], positive)}) {
            QCOMPARE(shown.rows.size(), std::min(expected.size(), listedGenes));
            for (size_t i = 0; i < shown.rows.size(); ++i)
                QCOMPARE(shown.rows[i][2], QString::number(expected[i], 'f', 2).replace(u'-', QChar(0x2212)));
        }
        const GenomeSummary summary = summarise(table);
        QVERIFY(says(document, QString::number(summary.significant)));
        for (const ReportTable& shown : genes)
            for (const std::vector<QString>& row : shown.rows)
                for (const size_t column : {size_t{3}, size_t{4}}) // p and q
                    QVERIFY2(row[column].toDouble() != 0 || row[column].contains(QChar(0x207b)),
                             qPrintable(row[column]));
    }

    void failedGenesAreCounted() {
        std::vector<ModelGenes> models = inventGenes(20);
        models[0].genes[3].failure = "unreadable";
        models[0].genes[7].r.reset();
        GenomeFigureSpec spec;
        spec.table = GenomeTable::make(models, 0, NullChoice::Published);
        const ReportDocument document = studyDocument(materialFor(spec, false));
        QVERIFY(says(document, QStringLiteral("1 gene is not among these")));
        QVERIFY(says(document, QStringLiteral("1 gene has no r")));
    }

    void genesThatAreNoTestAreCounted() {
        std::vector<ModelGenes> models = inventGenes(20);
        GenomeFigureSpec spec;
        spec.table = GenomeTable::make(models, 0, NullChoice::Empirical);
        QVERIFY(!says(studyDocument(materialFor(spec, false)), QStringLiteral("null without spread")));
        models[0].genes[3].nullTestable = 0.0;
        spec.table = GenomeTable::make(models, 0, NullChoice::Empirical);
        QVERIFY(says(studyDocument(materialFor(spec, false)),
                     QStringLiteral("1 gene has a null without spread and is left out of q.")));
        models[0].genes[4].nullTestable = 0.0;
        spec.table = GenomeTable::make(models, 0, NullChoice::Empirical);
        QVERIFY(says(studyDocument(materialFor(spec, false)),
                     QStringLiteral("2 genes have a null without spread and are left out of q.")));
    }

    /// The letters of statistics and the gene's symbol, and no others.
    void italics_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("italic");
        QTest::newRow("values") << "r = 0.42, p = 1×10⁻⁵² (n = 60)" << QStringList{"r", "p", "n"};
        QTest::newRow("letters by themselves") << "largest |r| first; p and q are of Pearson’s r, by sd / K"
                                               << QStringList{"r", "p", "q", "r", "K"};
        QTest::newRow("R of the linear approximation") << "with R_lin = 0.9." << QStringList{"R"};
        QTest::newRow("symbol") << "GSTM3, of GSTM3." << QStringList{"GSTM3", "GSTM3"};
        QTest::newRow("other genes") << "GSTM30, XGSTM3, GSTM3-AS1 and ENSG00000134202" << QStringList{};
        QTest::newRow("words") << "per person; rs7, susieR 0.12, p’s K." << QStringList{"K"};
        QTest::newRow("files") << "came from p.vcf.gz, r/q.tsv and n-1" << QStringList{"n"};
    }
    void italics() {
        QFETCH(QString, text);
        QFETCH(QStringList, italic);
        const RichLabel label = reportLabel(text, QStringLiteral("GSTM3"));
        QCOMPARE(label.plain(), text);
        QStringList found;
        for (const RichLabel::Run& run : label.runs())
            if (run.italic)
                found << run.text;
        QCOMPARE(found, italic);
    }

    void theSymbolIsTheGenes() {
        QCOMPARE(geneDocument(materialFor(geneSpec(), true)).symbol, QStringLiteral("GSTM3"));
        GeneReport nameless = statisticsReport();
        nameless.gene.name = nameless.gene.id;
        QVERIFY(geneDocument(materialFor(specFor(nameless), true)).symbol.isEmpty());
        const ReportDocument all = studyDocument(materialFor(genomeSpec(), false));
        QVERIFY(all.symbol.isEmpty());
        // What makes it again, and who is cited, are set as they are.
        for (const ReportParagraph& paragraph : blocksOf<ReportParagraph>(all))
            QCOMPARE(paragraph.isVerbatim, paragraph.text.startsWith(QStringLiteral("diploscope report")) ||
                                               paragraph.text.contains(QStringLiteral("doi:")));
    }

    void textsAreOneStretch() {
        const QString all = reportText(QStringLiteral("a\nb\tc\u2028d\u2029e\ufffcf\ufdd0g\u00a0h\u2009i"));
        QCOMPARE(all, QStringLiteral("a b c d e\ufffdf\ufffdg\u00a0h\u2009i"));
    }
};

QTEST_MAIN(TestReport)
#include "tst_report.moc"
