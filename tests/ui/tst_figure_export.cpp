// SPDX-License-Identifier: GPL-3.0-or-later
// Files of figures, whatever their format: sizes, names, proofs and refusals.
#include "charts/ism_track_chart.h"
#include "charts/locus_chart.h"
#include "charts/observed_predicted_chart.h"
#include "figure/embedded_proof.h"
#include "svg_content.h"
#include "ui/report_fixture.h"
#include "ui/saved_figure.h"

#include "support.h"

#include <QImage>
#include <QImageReader>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>

#include <cmath>
#include <set>

using namespace diploscope;
using namespace diploscope::ui;
using diploscope::test::readSvg;
using diploscope::test::SavedInfo;
using diploscope::test::saveFigure;
using diploscope::test::SvgContent;

namespace {

/// Colours of a picture, to tell a drawing from an empty page.
size_t colours(const QImage& image) {
    std::set<QRgb> seen;
    for (int y = 0; y < image.height(); y += 2) {
        for (int x = 0; x < image.width(); x += 2)
            seen.insert(image.pixel(x, y));
    }
    return seen.size();
}

} // namespace

class FigureExportTest : public QObject {
    Q_OBJECT

    ChartStyle m_style;

private Q_SLOTS:
    void initTestCase() {
        const auto style = ChartStyle::paper();
        DS_VERIFY(style); // asserts a font
        m_style = *style;
    }

    /// Names come from files: what XML cannot hold in any way is left out, wherever it stands.
    void namesOfControlCharacters() {
        const test::TemporaryFolder folder;
        GeneReport report = test::inventReport();
        report.gene.name = "GS\x01TM\x1b[3";
        report.model.unit = "log\x02 \xef\xbf\xbf score";
        const QString odd = QStringLiteral("a\x01") + QChar(0xFFFE) + QChar(0xD800) + QStringLiteral("b\x1b");
        const FigureInfo named{odd, {{"st\002udy", "c\003\357\277\276d\ne"}}};
        const QString description = QStringLiteral("study: cd\ne");
        ObservedPredictedChart scatter(observedPredicted(report), m_style);
        for (const char* file : {"a.svg", "a.png", "a.pdf"})
            DS_VERIFY(saveFigure(scatter, {}, named, folder / file));
        const SvgContent svg = readSvg(folder / "a.svg");
        QCOMPARE(svg.problem, QString());
        QCOMPARE(svg.title, QStringLiteral("ab"));
        QCOMPARE(svg.description, description);
        const QImage image(QString::fromStdString((folder / "a.png").string()));
        QCOMPARE(image.text(QStringLiteral("Title")), QStringLiteral("ab"));
        QVERIFY(image.text(QStringLiteral("Description")).contains(QStringLiteral("study: cd")));
        const QByteArray pdf = QByteArray::fromStdString(readWholeFile(folder / "a.pdf").value());
        const qsizetype from = pdf.indexOf("<x:xmpmeta"), end = pdf.indexOf("</x:xmpmeta>");
        QVERIFY(from > 0 && end > from);
        QXmlStreamReader xmp(pdf.mid(from, end + 12 - from));
        QString texts;
        while (!xmp.atEnd())
            if (xmp.readNext() == QXmlStreamReader::Characters)
                texts += xmp.text();
        QVERIFY2(!xmp.hasError(), qPrintable(xmp.errorString()));
        QCOMPARE(texts, QStringLiteral("ab") + description);
    }

    /// Programs of others agree on where things are: SVG and PDF, drawn by them, look like the PNG.
    void othersDrawTheSame_data() {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QString>("ending");
        QTest::newRow("SVG") << QStringLiteral("rsvg-convert") << QStringLiteral("svg");
        QTest::newRow("PDF") << QStringLiteral("pdftocairo") << QStringLiteral("pdf");
    }
    void othersDrawTheSame() {
        QFETCH(QString, program);
        QFETCH(QString, ending);
        if (QStandardPaths::findExecutable(program).isEmpty())
            QSKIP("skipped: the program that draws it is not installed");
        const test::TemporaryFolder folder;
        const auto path = [&](const QString& name) {
            return QString::fromStdString((folder / name.toStdString()).string());
        };
        GeneReport report = test::inventReport();
        test::inventStatistics(report);
        LocusChart chart(locusTracks(report, {}, nullptr), m_style, Medium::Paper);
        const FigureSize size{.widthMm = 174, .heightMm = 110};
        DS_VERIFY(saveFigure(chart, size, SavedInfo, path(QStringLiteral("a.") + ending).toStdString()));
        DS_VERIFY(saveFigure(chart, size, SavedInfo, path(QStringLiteral("a.png")).toStdString()));
        const QImage png(path(QStringLiteral("a.png")));
        const QString w = QString::number(png.width()), h = QString::number(png.height());
        const QStringList arguments =
            ending == QStringLiteral("svg")
                ? QStringList{"-w", w, "-h", h, "-o", path("b.png"), path("a.svg")}
                : QStringList{"-png", "-singlefile", "-scale-to-x", w, "-scale-to-y",
                              h,      path("a.pdf"), path("b")};
        QCOMPARE(QProcess::execute(program, arguments), 0);
        const QImage other(path(QStringLiteral("b.png")));
        QCOMPARE(other.size(), png.size());
        const QSize coarse = png.size() / 10;
        const QImage a = png.scaled(coarse, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        const QImage b = other.scaled(coarse, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        double difference = 0;
        for (int y = 0; y < coarse.height(); ++y) {
            for (int x = 0; x < coarse.width(); ++x)
                difference += std::abs(qGray(a.pixel(x, y)) - qGray(b.pixel(x, y)));
        }
        difference /= coarse.width() * coarse.height();
        QVERIFY2(difference < 2, qPrintable(QString::number(difference)));
    }

    /// The files name no time, and hold what makes them again.
    void filesHoldTheirProof_data() {
        QTest::addColumn<QString>("ending");
        for (const char* ending : {".svg", ".pdf", ".png"})
            QTest::newRow(ending) << QString(ending);
    }
    void filesHoldTheirProof() {
        QFETCH(QString, ending);
        const test::TemporaryFolder folder;
        FigureInfo proven = SavedInfo;
        proven.proof = "{\"proof\":1,\"command\":\"a <b> & \\\"c\\\" Ängström\"}";
        const auto file = [&](const char* name) { return folder / (name + ending.toStdString()); };
        for (const char* name : {"a", "b"}) {
            ObservedPredictedChart chart(observedPredicted(test::inventReport()), m_style);
            DS_VERIFY(saveFigure(chart, {}, proven, file(name)));
            QTest::qWait(name[0] == 'a' ? 1100 : 0); // another second
        }
        const std::string bytes = *readWholeFile(file("a"));
        QVERIFY(bytes == *readWholeFile(file("b")));
        const auto proof = embeddedProof(bytes);
        DS_VERIFY(proof);
        QCOMPARE(*proof, proven.proof);
        QVERIFY(bytes.find("Date") == std::string::npos);
    }

    void transparent() {
        PrintedLook print;
        print.transparent = true;
        const ChartStyle style = ChartStyle::paper(print).value();
        LocusChart chart(locusTracks(test::inventReport(), {}, nullptr), style, Medium::Paper);
        const PageLook look{.transparent = true};
        const auto png = drawFigure(chart, {}, SavedInfo, FigureFormat::Png, look);
        DS_VERIFY(png);
        const QImage image = QImage::fromData(png->bytes().value());
        QVERIFY(image.hasAlphaChannel());
        QCOMPARE(qAlpha(image.pixel(0, 0)), 0);
        QCOMPARE(qAlpha(image.pixel(image.width() / 2, image.height() - 2)), 0);
        const auto svg = drawFigure(chart, {}, SavedInfo, FigureFormat::Svg, look);
        DS_VERIFY(svg);
        QVERIFY(!svg->bytes().value().contains("ground"));
    }

    /// A size between two whole ones is that size, whatever fonts there are.
    void lettersBetweenWholePoints() {
        PrintedLook print;
        print.pt = 7;
        const ChartStyle style = ChartStyle::paper(print).value();
        ObservedPredictedChart chart(observedPredicted(test::inventReport()), style);
        const auto drawn = drawFigure(chart, {}, SavedInfo, FigureFormat::Svg, {.unitPt = 6.5 / 7});
        DS_VERIFY(drawn);
        const QByteArray svg = drawn->bytes().value();
        QVERIFY(svg.contains("font-size=\"6.5\""));
        QVERIFY(!svg.contains("font-size=\"7\""));
        QVERIFY(svg.contains("viewBox=\"0 0 240.9449 198.4252\""));
    }

    void png_data() {
        QTest::addColumn<double>("width");
        QTest::addColumn<double>("height");
        QTest::addColumn<int>("dpi");
        QTest::addColumn<QSize>("pixels");
        QTest::newRow("one column") << 85.0 << 70.0 << 300 << QSize(1004, 827);
        QTest::newRow("two columns") << 174.0 << 68.0 << 600 << QSize(4110, 1606);
        QTest::newRow("an inch at screen resolution") << 25.4 << 25.4 << 96 << QSize(96, 96);
    }
    void png() {
        QFETCH(double, width);
        QFETCH(double, height);
        QFETCH(int, dpi);
        QFETCH(QSize, pixels);
        const test::TemporaryFolder folder;
        ObservedPredictedChart chart(observedPredicted(test::inventReport()), m_style);
        DS_VERIFY(saveFigure(chart, {width, height, dpi}, SavedInfo, folder / "a.png"));
        QImageReader reader(QString::fromStdString((folder / "a.png").string()));
        const QImage image = reader.read();
        QCOMPARE(image.size(), pixels);
        QCOMPARE(image.dotsPerMeterX(), qRound(dpi / 0.0254));
        QCOMPARE(image.text(QStringLiteral("Title")), SavedInfo.title);
        QVERIFY(
            image.text(QStringLiteral("Description")).contains(QStringLiteral("study: a <study> & more")));
        QVERIFY(colours(image) > 20);
        QCOMPARE(image.pixel(0, 0), qRgb(255, 255, 255));
        QCOMPARE(image.pixel(pixels.width() - 1, pixels.height() - 1), qRgb(255, 255, 255));
    }

    void whiteWhateverTheTheme() {
        const test::TemporaryFolder folder;
        ObservedPredictedChart chart(observedPredicted(test::inventReport()), m_style);
        QCOMPARE(m_style.theme.card, QColor(Qt::white));
        DS_VERIFY(saveFigure(chart, {}, SavedInfo, folder / "a.png"));
        const QImage image(QString::fromStdString((folder / "a.png").string()));
        QVERIFY(!image.hasAlphaChannel());
    }

    void pdf() {
        const test::TemporaryFolder folder;
        IsmTrackChart chart(ismTrack(test::inventReport()), m_style);
        DS_VERIFY(saveFigure(chart, {.widthMm = 174, .heightMm = 68}, SavedInfo, folder / "a.pdf"));
        const auto bytes = readWholeFile(folder / "a.pdf");
        DS_VERIFY(bytes);
        const QString text = QString::fromLatin1(QByteArray::fromStdString(*bytes));
        QVERIFY(text.startsWith(QStringLiteral("%PDF")));
        const auto box =
            QRegularExpression(QStringLiteral("/MediaBox \\[0 (-?[0-9.]+) ([0-9.]+) ([0-9.]+)\\]"))
                .match(text);
        QVERIFY(box.hasMatch());
        const double height = box.captured(3).toDouble() - box.captured(1).toDouble();
        QVERIFY2(std::abs(box.captured(2).toDouble() - 174 / 25.4 * 72) < 0.002, qPrintable(box.captured(2)));
        QVERIFY2(std::abs(height - 68 / 25.4 * 72) < 0.002, qPrintable(QString::number(height)));
        QCOMPARE(text.count(QRegularExpression(QStringLiteral("/Type /Page\\b"))), 1);
        QVERIFY(text.contains(QStringLiteral("study: a &lt;study&gt; &amp; more")));
        QVERIFY(!text.contains(QStringLiteral("/DCTDecode"))); // nothing became a JPEG
    }

    void refusals_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<double>("width");
        QTest::addColumn<int>("kind");
        QTest::newRow("another ending")
            << QStringLiteral("a.jpg") << 85.0 << static_cast<int>(ErrorKind::Unsupported);
        QTest::newRow("no ending") << QStringLiteral("a") << 85.0 << static_cast<int>(ErrorKind::Unsupported);
        QTest::newRow("no size") << QStringLiteral("a.svg") << 0.0
                                 << static_cast<int>(ErrorKind::Unsupported);
        QTest::newRow("not a number")
            << QStringLiteral("a.svg") << std::nan("") << static_cast<int>(ErrorKind::Unsupported);
        QTest::newRow("a folder that is a file, svg")
            << QStringLiteral("file/a.svg") << 85.0 << static_cast<int>(ErrorKind::Io);
        QTest::newRow("a folder that is a file, png")
            << QStringLiteral("file/a.png") << 85.0 << static_cast<int>(ErrorKind::Io);
        QTest::newRow("a folder that is a file, pdf")
            << QStringLiteral("file/a.pdf") << 85.0 << static_cast<int>(ErrorKind::Io);
    }
    void refusals() {
        QFETCH(QString, name);
        QFETCH(double, width);
        QFETCH(int, kind);
        const test::TemporaryFolder folder;
        test::writeText(folder / "file", "x");
        ObservedPredictedChart chart(observedPredicted(test::inventReport()), m_style);
        const auto saved = saveFigure(chart, {.widthMm = width}, SavedInfo, folder / name.toStdString());
        QVERIFY(!saved);
        QCOMPARE(static_cast<int>(saved.error().kind), kind);
        QVERIFY(!saved.error().what.empty());
        QVERIFY(!saved.error().remedy.empty());
        QCOMPARE(std::distance(std::filesystem::directory_iterator(folder.path()), {}), std::ptrdiff_t{1});
        QVERIFY(chart.scene() == nullptr); // still the caller's
    }
};

QTEST_MAIN(FigureExportTest)
#include "tst_figure_export.moc"
