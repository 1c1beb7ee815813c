// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/provenance.h"
#include "base/atomic_file.h"
#include "charts/ism_eqtl_chart.h"
#include "charts/ism_track_chart.h"
#include "charts/locus_chart.h"
#include "charts/observed_predicted_chart.h"
#include "export/figure_export.h"
#include "figure/embedded_proof.h"
#include "ui/report_fixture.h"
#include "ui/saved_figure.h"

#include "support.h"

#include <QImage>
#include <QImageReader>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QXmlStreamReader>

#include <set>

using namespace diploscope;
using namespace diploscope::ui;
using diploscope::test::saveFigure;

namespace {

struct SvgContent {
    QString problem;
    QStringList texts;
    int marks = 0;
    int stems = 0;
    QString width;
    QString viewBox;
    QString title;
    QString description;
};

SvgContent readSvg(const std::filesystem::path& file) {
    SvgContent content;
    const auto text = readWholeFile(file);
    if (!text) {
        content.problem = QString::fromStdString(text.error().message());
        return content;
    }
    QXmlStreamReader xml(QByteArray::fromStdString(*text));
    QStringList groups;
    while (!xml.atEnd()) {
        const auto token = xml.readNext();
        if (token == QXmlStreamReader::StartElement) {
            const QString name = xml.name().toString();
            if (name == QStringLiteral("svg")) {
                content.width = xml.attributes().value(QStringLiteral("width")).toString();
                content.viewBox = xml.attributes().value(QStringLiteral("viewBox")).toString();
            } else if (name == QStringLiteral("text")) {
                content.texts << xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
                continue;
            } else if (name == QStringLiteral("title")) {
                content.title = xml.readElementText();
                continue;
            } else if (name == QStringLiteral("desc")) {
                content.description = xml.readElementText();
                continue;
            } else if (name != QStringLiteral("g") && groups.contains(QStringLiteral("stems"))) {
                ++content.stems;
            } else if (name != QStringLiteral("g") && groups.contains(QStringLiteral("marks"))) {
                ++content.marks;
            }
            groups << xml.attributes().value(QStringLiteral("class")).toString();
        } else if (token == QXmlStreamReader::EndElement) {
            groups.removeLast();
        }
    }
    if (xml.hasError())
        content.problem = xml.errorString();
    return content;
}

/// Colours of a picture, to tell a drawing from an empty page.
size_t colours(const QImage& image) {
    std::set<QRgb> seen;
    for (int y = 0; y < image.height(); y += 2) {
        for (int x = 0; x < image.width(); x += 2)
            seen.insert(image.pixel(x, y));
    }
    return seen.size();
}

const FigureInfo info{QStringLiteral("GSTM3 & <others>"),
                      {{"program", programVersion()}, {"study", "a <study> & more"}}};

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

    void svgHoldsTextsAndEveryMark() {
        const test::TemporaryFolder folder;
        const GeneReport report = test::inventReport();
        ObservedPredictedChart scatter(observedPredicted(report), m_style);
        DS_VERIFY(saveFigure(scatter, {}, info, folder / "scatter.svg"));
        const SvgContent first = readSvg(folder / "scatter.svg");
        QCOMPARE(first.problem, QString());
        QCOMPARE(first.marks, static_cast<int>(report.people.size()));
        QCOMPARE(first.width, QStringLiteral("85mm"));
        QCOMPARE(first.viewBox, QStringLiteral("0 0 240.9449 198.4252")); // in points
        QCOMPARE(first.title, info.title);
        QCOMPARE(first.description.toStdString(),
                 "program: " + programVersion() + "\nstudy: a <study> & more");
        for (const QString& expected :
             {QStringLiteral("GSTM3"), observedPredicted(report).summary,
              QStringLiteral("Observed, log₂(RPKM + 1)"), QStringLiteral("Predicted, log expression")})
            QVERIFY2(first.texts.contains(expected), qPrintable(first.texts.join(u'|')));

        IsmTrackChart track(ismTrack(report), m_style);
        DS_VERIFY(saveFigure(track, {.widthMm = 174, .heightMm = 68}, info, folder / "track.svg"));
        const SvgContent second = readSvg(folder / "track.svg");
        QCOMPARE(second.problem, QString());
        QCOMPARE(second.stems, static_cast<int>(report.variants.size()));
        QCOMPARE(second.marks, static_cast<int>(report.variants.size() + report.drivers.size()));
        for (const QString& expected :
             {QStringLiteral("MAF"), QStringLiteral("0.25"), QStringLiteral("← TSS"),
              QStringLiteral("Position on chr1, Mb"), QStringLiteral("supported")})
            QVERIFY2(second.texts.contains(expected), qPrintable(second.texts.join(u'|')));
        IsmTrackChart carriers(ismTrack(report, Attribution::Ism, SnvColour::CarrierFraction), m_style);
        DS_VERIFY(saveFigure(carriers, {.widthMm = 174, .heightMm = 68}, info, folder / "carriers.svg"));
        const SvgContent third = readSvg(folder / "carriers.svg");
        for (const QString& expected :
             {QStringLiteral("Carriers"), QStringLiteral("0 %"), QStringLiteral("100 %")})
            QVERIFY2(third.texts.contains(expected), qPrintable(third.texts.join(u'|')));
        for (const QString& text : second.texts)
            QVERIFY2(!text.contains(QStringLiteral("diploscope-marks")), qPrintable(text));
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

    /// On paper nobody can point at a cut text to read the rest.
    void nothingIsCutShort_data() {
        QTest::addColumn<double>("width");
        QTest::addColumn<double>("height");
        QTest::addColumn<QString>("unit");
        QTest::addColumn<QString>("gene");
        const QString unit =
            QStringLiteral("log₁₀ of the reads per kilobase and million, residuals of 20 PEER factors");
        const QString name = QStringLiteral("ENSG00000288602.1_novel-transcript_of_a_long-named_assembly");
        for (const double wide : {57.0, 85.0, 174.0}) {
            QTest::addRow("%g mm", wide) << wide << 70.0 << QStringLiteral("TPM") << QStringLiteral("GSTM3");
            QTest::addRow("%g mm, long unit", wide) << wide << 70.0 << unit << QStringLiteral("GSTM3");
            QTest::addRow("%g mm, low, long unit", wide) << wide << 50.0 << unit << QStringLiteral("GSTM3");
            QTest::addRow("%g mm, long name", wide) << wide << 70.0 << QStringLiteral("TPM") << name;
        }
    }
    void nothingIsCutShort() {
        QFETCH(double, width);
        QFETCH(double, height);
        QFETCH(QString, unit);
        QFETCH(QString, gene);
        const test::TemporaryFolder folder;
        GeneReport report = test::inventReport();
        test::inventStatistics(report);
        report.gene.name = gene.toStdString();
        report.observedUnit = unit.toStdString();
        report.model.unit = unit.toStdString();
        const ObservedPredicted scatter = observedPredicted(report);
        ObservedPredictedChart first(scatter, m_style);
        IsmEqtlChart second(ismVersusEqtl(report), m_style);
        IsmTrackChart third(ismTrack(report), m_style);
        LocusChart fourth(locusTracks(report, {}, nullptr), m_style, Medium::Paper);
        const auto squeezed = [](QString text) { return text.remove(u' ').remove(QChar(QChar::Nbsp)); };
        QStringList cut;
        for (QGraphicsWidget* chart :
             std::initializer_list<QGraphicsWidget*>{&first, &second, &third, &fourth}) {
            const double high = chart == &fourth ? 2 * height : height;
            DS_VERIFY(saveFigure(*chart, {width, high, 300}, info, folder / "a.svg"));
            const SvgContent svg = readSvg(folder / "a.svg");
            QCOMPARE(svg.problem, QString());
            const qsizetype before = cut.size();
            for (const QString& text : svg.texts)
                if (text.contains(u'…') || text.contains(QStringLiteral("...")))
                    cut << text;
            if (cut.size() > before)
                continue;
            // Not cut, but said: lines of one text follow one another.
            const QString all = squeezed(svg.texts.join(QString()));
            QVERIFY2(all.contains(squeezed(gene)), qPrintable(all));
            if (chart == &first)
                for (const QString& wanted : {scatter.summary, scatter.xTitle, scatter.yTitle})
                    QVERIFY2(all.contains(squeezed(wanted)),
                             qPrintable(wanted + QStringLiteral(" in ") + all));
        }
        QVERIFY2(cut.isEmpty(), qPrintable(cut.join(u' ')));
    }

    void svgIsReproducible() {
        const test::TemporaryFolder folder;
        const GeneReport report = test::inventReport();
        for (const char* name : {"a.svg", "b.svg"}) {
            IsmEqtlChart chart(ismVersusEqtl(report), m_style);
            DS_VERIFY(saveFigure(chart, {}, info, folder / name));
        }
        QCOMPARE(*readWholeFile(folder / "a.svg"), *readWholeFile(folder / "b.svg"));
    }

    void svgStaysSmall() {
        const test::TemporaryFolder folder;
        const GeneReport report = test::inventReport({.people = 3, .snvs = 5000});
        IsmTrackChart chart(ismTrack(report), m_style);
        DS_VERIFY(saveFigure(chart, {}, info, folder / "many.svg"));
        QVERIFY(std::filesystem::file_size(folder / "many.svg") < 1'000'000);
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
        DS_VERIFY(saveFigure(chart, size, info, path(QStringLiteral("a.") + ending).toStdString()));
        DS_VERIFY(saveFigure(chart, size, info, path(QStringLiteral("a.png")).toStdString()));
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

    /// For whoever edits the figure, or has other fonts: groups by name, each once, flat coordinates, texts
    /// that are held at the right end.
    void svgTravels() {
        const test::TemporaryFolder folder;
        GeneReport report = test::inventReport();
        ObservedPredictedChart chart(observedPredicted(report), m_style);
        const PageLook look{.names = {{&chart, QStringLiteral("panel-a")}}};
        const auto drawn = drawFigure(chart, {}, info, FigureFormat::Svg, look);
        DS_VERIFY(drawn);
        const QByteArray svg = drawn->bytes().value();
        QVERIFY(svg.contains("font-family=\"" + m_style.fontFamily.toUtf8() +
                             ", Arial, Helvetica, sans-serif\""));
        QCOMPARE(svg.count("font-family"), 1);
        for (const char* group : {"panel-a", "panel-a/title", "panel-a/axis-x/line", "panel-a/axis-x/labels",
                                  "panel-a/axis-x/title", "panel-a/axis-y/line", "panel-a/axis-y/labels",
                                  "panel-a/axis-y/title", "panel-a/marks", "panel-a/legend", "panel-a/fit"})
            QCOMPARE(svg.count(QByteArray("<g id=\"") + group + '"'), 1);
        QVERIFY(!svg.contains("matrix(") && !svg.contains("clip"));
        QXmlStreamReader xml(svg);
        QStringList groups;
        QMap<QString, QString> anchors; // of the last text of each group
        while (!xml.atEnd()) {
            const auto token = xml.readNext();
            if (token == QXmlStreamReader::StartElement && xml.name() == QStringLiteral("text")) {
                anchors[groups.last()] = xml.attributes().value(QStringLiteral("text-anchor")).toString();
                xml.readElementText(QXmlStreamReader::IncludeChildElements);
            } else if (token == QXmlStreamReader::StartElement) {
                const QString id = xml.attributes().value(QStringLiteral("id")).toString();
                groups << (id.isEmpty() && !groups.isEmpty() ? groups.last() : id);
            } else if (token == QXmlStreamReader::EndElement) {
                groups.removeLast();
            }
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QCOMPARE(anchors[QStringLiteral("panel-a/axis-x/labels")], QStringLiteral("middle"));
        QCOMPARE(anchors[QStringLiteral("panel-a/axis-x/title")], QStringLiteral("middle"));
        QCOMPARE(anchors[QStringLiteral("panel-a/axis-y/title")], QStringLiteral("middle"));
        QCOMPARE(anchors[QStringLiteral("panel-a/axis-y/labels")], QStringLiteral("end"));
    }

    /// In a wider font nothing leaves the page and no label of an axis reaches into the plot.
    void anotherFontCutsNothing() {
        if (QStandardPaths::findExecutable(QStringLiteral("rsvg-convert")).isEmpty())
            QSKIP("skipped: rsvg-convert is not installed");
        const test::TemporaryFolder folder;
        GeneReport report = test::inventReport();
        test::inventStatistics(report);
        ObservedPredictedChart chart(observedPredicted(report), m_style);
        const auto drawn = drawFigure(chart, {}, info, FigureFormat::Svg);
        DS_VERIFY(drawn);
        const QByteArray svg = drawn->bytes().value();
        const auto edgesOf = [&](QByteArray text, const std::string& name) {
            text.replace("font-family=\"" + m_style.fontFamily.toUtf8(), "font-family=\"DejaVu Sans");
            // Wider than the page, so that what leaves it is seen.
            text.replace("width=\"85mm\" height=\"70mm\" viewBox=\"0 0 240.9449 198.4252\"",
                         "width=\"125mm\" height=\"110mm\" viewBox=\"-56.693 -56.693 354.331 311.811\"");
            test::writeText(folder / (name + ".svg"), text.toStdString());
            const QString from = QString::fromStdString((folder / (name + ".svg")).string());
            const QString to = QString::fromStdString((folder / (name + ".png")).string());
            if (QProcess::execute("rsvg-convert",
                                  {"-d", "150", "-p", "150", "-b", "white", "-o", to, from}) != 0)
                return QRect();
            const QImage image(to);
            QRect edges;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    if (qGray(image.pixel(x, y)) < 200)
                        edges |= QRect(x, y, 1, 1);
            return edges;
        };
        const QRect edges = edgesOf(svg, "wide");
        QVERIFY(!edges.isEmpty());
        const double dot = 150 / 25.4; // a millimetre
        const QRectF page(20 * dot, 20 * dot, 85 * dot, 70 * dot);
        QVERIFY2(page.adjusted(-1, -1, 1, 1).contains(QRectF(edges)), qPrintable(QStringLiteral("%1 %2 %3 %4")
                                                                                     .arg(edges.x())
                                                                                     .arg(edges.y())
                                                                                     .arg(edges.right())
                                                                                     .arg(edges.bottom())));
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
        FigureInfo proven = info;
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
        const auto png = drawFigure(chart, {}, info, FigureFormat::Png, look);
        DS_VERIFY(png);
        const QImage image = QImage::fromData(png->bytes().value());
        QVERIFY(image.hasAlphaChannel());
        QCOMPARE(qAlpha(image.pixel(0, 0)), 0);
        QCOMPARE(qAlpha(image.pixel(image.width() / 2, image.height() - 2)), 0);
        const auto svg = drawFigure(chart, {}, info, FigureFormat::Svg, look);
        DS_VERIFY(svg);
        QVERIFY(!svg->bytes().value().contains("ground"));
    }

    /// A size between two whole ones is that size, whatever fonts there are.
    void lettersBetweenWholePoints() {
        PrintedLook print;
        print.pt = 7;
        const ChartStyle style = ChartStyle::paper(print).value();
        ObservedPredictedChart chart(observedPredicted(test::inventReport()), style);
        const auto drawn = drawFigure(chart, {}, info, FigureFormat::Svg, {.unitPt = 6.5 / 7});
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
        DS_VERIFY(saveFigure(chart, {width, height, dpi}, info, folder / "a.png"));
        QImageReader reader(QString::fromStdString((folder / "a.png").string()));
        const QImage image = reader.read();
        QCOMPARE(image.size(), pixels);
        QCOMPARE(image.dotsPerMeterX(), qRound(dpi / 0.0254));
        QCOMPARE(image.text(QStringLiteral("Title")), info.title);
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
        DS_VERIFY(saveFigure(chart, {}, info, folder / "a.png"));
        const QImage image(QString::fromStdString((folder / "a.png").string()));
        QVERIFY(!image.hasAlphaChannel());
    }

    void pdf() {
        const test::TemporaryFolder folder;
        IsmTrackChart chart(ismTrack(test::inventReport()), m_style);
        DS_VERIFY(saveFigure(chart, {.widthMm = 174, .heightMm = 68}, info, folder / "a.pdf"));
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
        const auto saved = saveFigure(chart, {.widthMm = width}, info, folder / name.toStdString());
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
