// SPDX-License-Identifier: GPL-3.0-or-later
// The pages that reports become, as programs of others read them.
#include "export/pdf_file.h"
#include "figure/embedded_proof.h"
#include "jobs/job_runner.h"
#include "report/gene_document.h"
#include "report/report_pages.h"
#include "report/report_pdf.h"
#include "report/study_document.h"
#include "told_report.h"

#include "support.h"

#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>

#include <cmath>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

namespace {

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
    writeText(file, pdf.toStdString());
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

class TestReportPages : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;

    ReadPdf read(const ReportDocument& document) {
        const auto pdf = reportPdf(document, drawDesign, {});
        return pdf ? readPdf(*pdf, document, m_folder.path()) : ReadPdf();
    }

private Q_SLOTS:
    void theFileSaysHowItIsMadeAgain() {
        const ReportDocument document = geneDocument(materialFor(geneSpec(), true));
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
                return ofGene ? geneDocument(materialFor(geneSpec(), true))
                              : studyDocument(materialFor(genomeSpec(), false));
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
        const ReportDocument document = geneDocument(materialFor(geneSpec(), true));
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
        const ReportDocument document = geneDocument(materialFor(geneSpec(), true));
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
            kind == QStringLiteral("study") ? studyDocument(materialFor(genomeSpec(), false))
            : kind == QStringLiteral("gene")
                ? geneDocument(materialFor(geneSpec(), true))
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
};

QTEST_MAIN(TestReportPages)
#include "tst_report_pages.moc"
