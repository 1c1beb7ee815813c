// SPDX-License-Identifier: GPL-3.0-or-later
// Reports as values, and the pages that they become.
#include "analysis/genome_summary.h"
#include "every_figure.h"
#include "export/pdf_file.h"
#include "figure/embedded_proof.h"
#include "figures/design_reader.h"
#include "jobs/job_runner.h"
#include "report/gene_document.h"
#include "report/report_pages.h"
#include "report/report_pdf.h"
#include "report/study_document.h"
#include "viewmodels/gene_text.h"

#include "support.h"

#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

using namespace diploscope;
using namespace diploscope::ui;

namespace {

ReportMaterial materialFor(const FigureSpec& spec, bool ofGene) {
    FigureDesign subject;
    subject.study = "/data/made.study.json";
    subject.gene = ofGene ? "GSTM3" : "";
    const FigureDesign design = reportDesign(subject);
    DesignedFigure all{
        design, {}, {{"made & <up>", "GRCh38", {{"genotypes", "people.vcf.gz", "00112233445566778899"}}}}};
    for (const PanelDesign& panel : design.panels) {
        const FigureEntry* entry = figureNamed(panel.figure).value();
        all.panels.push_back({entry, entry->make(spec)});
    }
    return materialOf({std::move(all), spec, {}});
}

GeneFigureSpec specFor(GeneReport report) {
    GeneFigureSpec spec;
    spec.report = std::make_shared<const GeneReport>(std::move(report));
    return spec;
}

GeneReport statisticsReport(const test::ReportFixture& made = {}) {
    GeneReport report = test::inventReport(made);
    test::inventStatistics(report);
    return report;
}

template <class Block>
std::vector<Block> blocksOf(const ReportDocument& document) {
    std::vector<Block> found;
    for (const ReportBlock& block : document.blocks)
        if (const auto* one = std::get_if<Block>(&block))
            found.push_back(*one);
    return found;
}

/// All that a report says, but for what its figures say.
QStringList textsOf(const ReportDocument& document) {
    QStringList texts;
    for (const ReportBlock& block : document.blocks) {
        if (const auto* heading = std::get_if<ReportHeading>(&block))
            texts << heading->text;
        if (const auto* paragraph = std::get_if<ReportParagraph>(&block))
            texts << paragraph->text;
        if (const auto* figures = std::get_if<ReportFigures>(&block))
            texts << figures->caption;
        if (const auto* table = std::get_if<ReportTable>(&block)) {
            texts << table->caption;
            for (const ReportTable::Column& column : table->columns)
                texts << column.title;
            for (const std::vector<QString>& row : table->rows)
                for (const QString& cell : row)
                    texts << cell;
        }
    }
    return texts;
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

bool hasPoppler() {
    for (const char* program : {"pdftotext", "pdffonts", "pdfinfo"})
        if (QStandardPaths::findExecutable(QLatin1String(program)).isEmpty())
            return false;
    return true;
}

QString outputOf(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.start(program, arguments);
    process.waitForFinished();
    return QString::fromUtf8(process.readAllStandardOutput());
}

/// What lines and fonts make of a text left aside: white space, marks of direction, forms of letters.
QString bare(const QString& text) {
    QString kept;
    for (const QChar letter : text.normalized(QString::NormalizationForm_KC))
        if (!letter.isSpace() && letter.category() != QChar::Other_Format &&
            letter.category() != QChar::Other_Control)
            kept += letter;
    return kept;
}

/// A report's file and what poppler reads of it.
struct ReadPdf {
    QStringList pages; ///< bare, without head and foot
    QString all;       ///< the same, joined
    QString info, fonts;
};

ReadPdf readPdf(const QByteArray& pdf, const ReportDocument& report, const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / "read.pdf";
    test::writeText(file, pdf.toStdString());
    const QString name = QString::fromStdString(file.string());
    ReadPdf read;
    read.info = outputOf(QStringLiteral("pdfinfo"), {name});
    read.fonts = outputOf(QStringLiteral("pdffonts"), {name});
    const QString head = bare(report.subject + QString::fromStdString(programVersion()));
    QStringList pages =
        outputOf(QStringLiteral("pdftotext"), {QStringLiteral("-raw"), name, QStringLiteral("-")})
            .split(QLatin1Char('\f'));
    pages.removeLast(); // behind the last form feed
    for (qsizetype i = 0; i < pages.size(); ++i) {
        QString page = bare(pages[i]);
        page.remove(QStringLiteral("Page%1of%2").arg(i + 1).arg(pages.size()));
        page.remove(head);
        read.pages << page;
    }
    read.all = read.pages.join(QString());
    return read;
}

ReportDocument plainDocument(std::vector<ReportBlock> blocks) {
    ReportDocument document;
    document.subject = QStringLiteral("subject");
    document.blocks = std::move(blocks);
    document.info.title = QStringLiteral("plain");
    return document;
}

} // namespace

class TestReport : public QObject {
    Q_OBJECT

    test::TemporaryFolder m_folder;

    ReadPdf read(const ReportDocument& document) {
        const auto pdf = reportPdf(document, drawDesign, {});
        return pdf ? readPdf(*pdf, document, m_folder.path()) : ReadPdf();
    }

private Q_SLOTS:
    void aGeneIsToldInWords() {
        const GeneFigureSpec spec = test::geneSpec();
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
        const GeneReport report = test::inventReport({.drivers = 0, .constantPrediction = true});
        const ReportDocument document = geneDocument(materialFor(specFor(report), true));
        QVERIFY(says(document, QStringLiteral("is not defined")));
        QVERIFY(!says(document, QStringLiteral("nan")));
        DS_VERIFY(reportPdf(document, drawDesign, {}));
    }

    void theStudysWorstAndBestGenes() {
        const GenomeFigureSpec spec = test::genomeSpec();
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
        std::vector<ModelGenes> models = test::inventGenes(20);
        models[0].genes[3].failure = "unreadable";
        models[0].genes[7].r.reset();
        GenomeFigureSpec spec;
        spec.table = GenomeTable::make(models, 0, NullChoice::Published);
        const ReportDocument document = studyDocument(materialFor(spec, false));
        QVERIFY(says(document, QStringLiteral("1 gene is not among these")));
        QVERIFY(says(document, QStringLiteral("1 gene has no r")));
    }

    void genesThatAreNoTestAreCounted() {
        std::vector<ModelGenes> models = test::inventGenes(20);
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

    void theFileSaysHowItIsMadeAgain() {
        const ReportDocument document = geneDocument(materialFor(test::geneSpec(), true));
        const auto pdf = reportPdf(document, drawDesign, {});
        DS_VERIFY(pdf);
        for (const char* part : {"diploscope:report", "diploscope report /data/made.study.json --gene GSTM3",
                                 "00112233445566778899", "invented"})
            QVERIFY2(pdf->contains(part), part);
        // It is no figure that could be made again as one.
        const auto figure = embeddedProof(pdf->toStdString());
        QVERIFY(!figure && figure.error().kind == ErrorKind::NotFound);
        QVERIFY(!pdf->contains("CreationDate") && !pdf->contains("ModDate"));
    }

    void equalReportsAreEqualBytes() {
        for (const bool ofGene : {true, false}) {
            const auto make = [&] {
                return ofGene ? geneDocument(materialFor(test::geneSpec(), true))
                              : studyDocument(materialFor(test::genomeSpec(), false));
            };
            const auto first = reportPdf(make(), drawDesign, {});
            DS_VERIFY(first);
            const QLocale before;
            QLocale::setDefault(QLocale(QLocale::German));
            const auto second = reportPdf(make(), drawDesign, {});
            QLocale::setDefault(before);
            DS_VERIFY(second);
            QVERIFY(*first == *second);
        }
    }

    void aJobMakesTheSameBytes() {
        const ReportDocument document = geneDocument(materialFor(test::geneSpec(), true));
        const auto here = reportPdf(document, drawDesign, {});
        DS_VERIFY(here);
        JobRunner jobs;
        std::optional<Result<QByteArray>> made;
        jobs.run<QByteArray>(
            QStringLiteral("report"), {}, JobRunner::Priority::Seen,
            [&](const RunContext& context) {
                const FigureDrawer draw = [&](const DesignedFigure& figure, FigureFormat format) {
                    return drawForJob(jobs, figure, format, context);
                };
                return reportPdf(document, draw, context);
            },
            this, [&](Result<QByteArray> pdf) { made = std::move(pdf); });
        QTRY_VERIFY_WITH_TIMEOUT(made.has_value(), 60000);
        DS_VERIFY(*made);
        QVERIFY(**made == *here);
    }

    void aStoppedReportIsNone() {
        std::stop_source stop;
        stop.request_stop();
        RunContext context;
        context.stop = stop.get_token();
        const ReportDocument document = geneDocument(materialFor(test::geneSpec(), true));
        const std::filesystem::path file = m_folder / "stopped.pdf";
        const auto written = writeReport(document, file, drawDesign, context);
        QVERIFY(!written && written.error().kind == ErrorKind::Cancelled);
        QVERIFY(!std::filesystem::exists(file));
    }

    void pagesAreReadByOthers_data() {
        QTest::addColumn<QString>("kind");
        for (const char* kind : {"gene", "without drivers", "study"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }
    void pagesAreReadByOthers() {
        if (!hasPoppler())
            QSKIP("skipped: poppler's tools are not installed");
        QFETCH(QString, kind);
        const ReportDocument document =
            kind == QStringLiteral("study") ? studyDocument(materialFor(test::genomeSpec(), false))
            : kind == QStringLiteral("gene")
                ? geneDocument(materialFor(test::geneSpec(), true))
                : geneDocument(materialFor(specFor(statisticsReport({.drivers = 0})), true));
        const ReadPdf pdf = read(document);
        static const QRegularExpression size(QStringLiteral("Page size: +([0-9.]+) x ([0-9.]+) pts"));
        const auto page = size.match(pdf.info);
        QVERIFY2(page.hasMatch(), qPrintable(pdf.info));
        QVERIFY(std::abs(page.captured(1).toDouble() * 25.4 / 72 - 210) < 0.1);
        QVERIFY(std::abs(page.captured(2).toDouble() * 25.4 / 72 - 297) < 0.1);
        QVERIFY2(pdf.info.contains(QRegularExpression(QStringLiteral("Pages: +%1\n").arg(pdf.pages.size()))),
                 qPrintable(pdf.info));
        QVERIFY(pdf.pages.size() >= 2 && pdf.pages.size() <= 20);
        for (const QString& text : pdf.pages)
            QVERIFY(!text.isEmpty()); // no blank pages
        const QStringList fonts = pdf.fonts.trimmed().split(QLatin1Char('\n')).mid(2);
        QVERIFY(!fonts.isEmpty());
        for (const QString& font : fonts) // name, type, encoding, emb, sub, uni
            QVERIFY2(font.contains(QRegularExpression(QStringLiteral(" yes +(yes|no) +yes "))),
                     qPrintable(font));
        for (const QString& text : textsOf(document))
            QVERIFY2(pdf.all.contains(bare(text)), qPrintable(text));
        QVERIFY(!pdf.all.contains(QChar(0x2026)) && !pdf.all.contains(QStringLiteral("...")));
    }

    void namesAreAnybodysText() {
        GeneReport report = statisticsReport();
        const std::string hostile = "A<B>&\"C\"";
        const std::string endless(300, 'W');
        report.gene.name = hostile;
        report.model.name = endless;
        report.variants[report.drivers[0].variant].id = "\u05d0\u05d1\u05d2";
        report.variants[report.drivers[1].variant].id = endless;
        report.provenance.emplace_back("genotypes", "two\nlines\ufffc");
        const ReportDocument document = geneDocument(materialFor(specFor(report), true));
        const auto pdf = reportPdf(document, drawDesign, {});
        DS_VERIFY(pdf);
        QVERIFY(pdf->contains("A&lt;B&gt;&amp;&quot;C&quot;")); // in the metadata
        if (!hasPoppler())
            QSKIP("skipped: poppler's tools are not installed");
        const ReadPdf seen = readPdf(*pdf, document, m_folder.path());
        QVERIFY(seen.all.contains(QString::fromStdString(hostile)));
        QVERIFY(seen.all.contains(QString::fromStdString(endless)));
        QVERIFY(seen.all.contains(QChar(0x05d0)) && seen.all.contains(QChar(0x05d2)));
        QVERIFY(!seen.all.contains(QChar(0x2026)));
    }

    /// Rows of several lines, which QTextDocument alone would cut where a page ends.
    void rowsAreNotCut() {
        if (!hasPoppler())
            QSKIP("skipped: poppler's tools are not installed");
        constexpr int rows = 60;
        ReportTable table{
            QStringLiteral("A caption."), {{QStringLiteral("first"), 1}, {QStringLiteral("second"), 4}}, {}};
        for (int row = 0; row < rows; ++row) {
            QString text = QStringLiteral("begin%1.").arg(row);
            for (int word = 0; word < 90 + row; ++word)
                text += QStringLiteral(" word");
            table.rows.push_back(
                {QStringLiteral("row%1.").arg(row), text + QStringLiteral(" end%1.").arg(row)});
        }
        const ReadPdf pdf = read(plainDocument(
            {ReportHeading{QStringLiteral("Table"), 1}, table, ReportParagraph{QStringLiteral("behind")}}));
        QVERIFY(pdf.pages.size() > 3);
        int found = 0;
        for (const QString& page : pdf.pages) {
            for (int row = 0; row < rows; ++row) {
                const bool begins = page.contains(QStringLiteral("begin%1.").arg(row));
                QVERIFY2(begins == page.contains(QStringLiteral("end%1.").arg(row)),
                         qPrintable(QString::number(row)));
                found += begins ? 1 : 0;
            }
            const bool hasRows = page.contains(QStringLiteral("begin"));
            QCOMPARE(page.contains(QStringLiteral("firstsecond")), hasRows); // its head, repeated
            QVERIFY(!page.isEmpty());
        }
        QCOMPARE(found, rows);
        QVERIFY(pdf.pages.back().endsWith(QStringLiteral("behind")));
    }

    void headingsStayWithWhatFollows() {
        if (!hasPoppler())
            QSKIP("skipped: poppler's tools are not installed");
        std::vector<ReportBlock> blocks;
        constexpr int sections = 70;
        for (int i = 0; i < sections; ++i) {
            blocks.emplace_back(ReportHeading{QStringLiteral("heading%1.").arg(i)});
            if (i % 3 == 0)
                blocks.emplace_back(ReportHeading{QStringLiteral("another%1.").arg(i)});
            QString text = QStringLiteral("start%1.").arg(i);
            for (int word = 0; word < 3 * i; ++word)
                text += QStringLiteral(" word");
            blocks.emplace_back(ReportParagraph{text});
        }
        const ReadPdf pdf = read(plainDocument(std::move(blocks)));
        QVERIFY(pdf.pages.size() > 3);
        for (const QString& page : pdf.pages)
            for (int i = 0; i < sections; ++i) {
                const bool isHere = page.contains(QStringLiteral("heading%1.").arg(i));
                QVERIFY2(isHere == page.contains(QStringLiteral("start%1.").arg(i)),
                         qPrintable(QString::number(i) + QLatin1Char('\n') + page));
                if (i % 3 == 0)
                    QCOMPARE(page.contains(QStringLiteral("another%1.").arg(i)), isHere);
            }
    }

    /// Also where a paragraph goes on over a page's end.
    void wordsAreFoundOnce() {
        if (!hasPoppler())
            QSKIP("skipped: poppler's tools are not installed");
        constexpr int words = 3000;
        QString text;
        for (int word = 0; word < words; ++word)
            text += QStringLiteral("w%1. ").arg(word);
        const ReadPdf pdf = read(plainDocument(
            {ReportHeading{QStringLiteral("Words"), 1}, ReportParagraph{text}, ReportParagraph{text, true}}));
        QVERIFY(pdf.pages.size() >= 3);
        for (int word = 0; word < words; ++word) {
            const QString one = QStringLiteral("w%1.").arg(word);
            QVERIFY2(pdf.all.count(one) == 2, qPrintable(one + QLatin1Char('\n') + pdf.pages.join(u'\n')));
        }
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

    void italicsChangeNoWords() {
        if (!hasPoppler())
            QSKIP("skipped: poppler's tools are not installed");
        constexpr int words = 1500; // more than a page
        QString text;
        for (int word = 0; word < words; ++word)
            text += QStringLiteral("GSTM3 has r = 0.%1. ").arg(word);
        ReportDocument document = plainDocument({ReportParagraph{text}});
        document.symbol = QStringLiteral("GSTM3");
        const ReadPdf pdf = read(document);
        QVERIFY(pdf.pages.size() >= 2);
        QCOMPARE(pdf.all, bare(text));
        QVERIFY2(pdf.fonts.contains(QStringLiteral("Italic")), qPrintable(pdf.fonts));
        // A command says r and p of no statistics.
        document = plainDocument({ReportParagraph{QStringLiteral("report r --gene p"), false, true}});
        QVERIFY(!read(document).fonts.contains(QStringLiteral("Italic")));
    }

    void theSymbolIsTheGenes() {
        QCOMPARE(geneDocument(materialFor(test::geneSpec(), true)).symbol, QStringLiteral("GSTM3"));
        GeneReport nameless = statisticsReport();
        nameless.gene.name = nameless.gene.id;
        QVERIFY(geneDocument(materialFor(specFor(nameless), true)).symbol.isEmpty());
        const ReportDocument all = studyDocument(materialFor(test::genomeSpec(), false));
        QVERIFY(all.symbol.isEmpty());
        // What makes it again, and who is cited, are set as they are.
        for (const ReportParagraph& paragraph : blocksOf<ReportParagraph>(all))
            QCOMPARE(paragraph.isVerbatim, paragraph.text.startsWith(QStringLiteral("diploscope report")) ||
                                               paragraph.text.contains(QStringLiteral("doi:")));
    }

    /// What is higher than a page is cut and not sought a place for without end.
    void whatFitsNoPageIsCut() {
        QString text;
        for (int word = 0; word < 9000; ++word)
            text += QStringLiteral("word ");
        const ReportTable table{{}, {{QStringLiteral("head"), 1}}, {{text + QStringLiteral("end.")}}};
        const ReportDocument document = plainDocument({ReportHeading{QStringLiteral("Table"), 1}, table});
        const auto pdf = reportPdf(document, drawDesign, {});
        DS_VERIFY(pdf);
        if (hasPoppler())
            QVERIFY(readPdf(*pdf, document, m_folder.path()).all.contains(QStringLiteral("end.")));
    }

    void textsAreOneStretch() {
        const QString all = reportText(QStringLiteral("a\nb\tc\u2028d\u2029e\ufffcf\ufdd0g\u00a0h\u2009i"));
        QCOMPARE(all, QStringLiteral("a b c d e\ufffdf\ufffdg\u00a0h\u2009i"));
    }
};

QTEST_MAIN(TestReport)
#include "tst_report.moc"
