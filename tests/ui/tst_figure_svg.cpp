// SPDX-License-Identifier: GPL-3.0-or-later
// Figures as SVG: every text and mark is there, nothing is cut, and other programs and fonts get along.
#include "charts/ism_eqtl_chart.h"
#include "charts/ism_track_chart.h"
#include "charts/locus_chart.h"
#include "charts/observed_predicted_chart.h"
#include "svg_content.h"
#include "ui/report_fixture.h"
#include "ui/saved_figure.h"

#include "support.h"

#include <QImage>
#include <QProcess>
#include <QStandardPaths>

using namespace diploscope;
using namespace diploscope::ui;
using diploscope::test::readSvg;
using diploscope::test::SavedInfo;
using diploscope::test::saveFigure;
using diploscope::test::SvgContent;

class FigureSvgTest : public QObject {
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
        DS_VERIFY(saveFigure(scatter, {}, SavedInfo, folder / "scatter.svg"));
        const SvgContent first = readSvg(folder / "scatter.svg");
        QCOMPARE(first.problem, QString());
        QCOMPARE(first.marks, static_cast<int>(report.people.size()));
        QCOMPARE(first.width, QStringLiteral("85mm"));
        QCOMPARE(first.viewBox, QStringLiteral("0 0 240.9449 198.4252")); // in points
        QCOMPARE(first.title, SavedInfo.title);
        QCOMPARE(first.description.toStdString(),
                 "program: " + programVersion() + "\nstudy: a <study> & more");
        for (const QString& expected :
             {QStringLiteral("GSTM3"), observedPredicted(report).summary,
              QStringLiteral("Observed, log₂(RPKM + 1)"), QStringLiteral("Predicted, log expression")})
            QVERIFY2(first.texts.contains(expected), qPrintable(first.texts.join(u'|')));

        IsmTrackChart track(ismTrack(report), m_style);
        DS_VERIFY(saveFigure(track, {.widthMm = 174, .heightMm = 68}, SavedInfo, folder / "track.svg"));
        const SvgContent second = readSvg(folder / "track.svg");
        QCOMPARE(second.problem, QString());
        QCOMPARE(second.stems, static_cast<int>(report.variants.size()));
        QCOMPARE(second.marks, static_cast<int>(report.variants.size() + report.drivers.size()));
        for (const QString& expected :
             {QStringLiteral("MAF"), QStringLiteral("0.25"), QStringLiteral("← TSS"),
              QStringLiteral("Position on chr1, Mb"), QStringLiteral("supported")})
            QVERIFY2(second.texts.contains(expected), qPrintable(second.texts.join(u'|')));
        IsmTrackChart carriers(ismTrack(report, Attribution::Ism, SnvColour::CarrierFraction), m_style);
        DS_VERIFY(saveFigure(carriers, {.widthMm = 174, .heightMm = 68}, SavedInfo, folder / "carriers.svg"));
        const SvgContent third = readSvg(folder / "carriers.svg");
        for (const QString& expected :
             {QStringLiteral("Carriers"), QStringLiteral("0 %"), QStringLiteral("100 %")})
            QVERIFY2(third.texts.contains(expected), qPrintable(third.texts.join(u'|')));
        for (const QString& text : second.texts)
            QVERIFY2(!text.contains(QStringLiteral("diploscope-marks")), qPrintable(text));
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
            DS_VERIFY(saveFigure(*chart, {width, high, 300}, SavedInfo, folder / "a.svg"));
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
            DS_VERIFY(saveFigure(chart, {}, SavedInfo, folder / name));
        }
        QCOMPARE(*readWholeFile(folder / "a.svg"), *readWholeFile(folder / "b.svg"));
    }

    void svgStaysSmall() {
        const test::TemporaryFolder folder;
        const GeneReport report = test::inventReport({.people = 3, .snvs = 5000});
        IsmTrackChart chart(ismTrack(report), m_style);
        DS_VERIFY(saveFigure(chart, {}, SavedInfo, folder / "many.svg"));
        QVERIFY(std::filesystem::file_size(folder / "many.svg") < 1'000'000);
    }

    /// For whoever edits the figure, or has other fonts: groups by name, each once, flat coordinates, texts
    /// that are held at the right end.
    void svgTravels() {
        const test::TemporaryFolder folder;
        GeneReport report = test::inventReport();
        ObservedPredictedChart chart(observedPredicted(report), m_style);
        const PageLook look{.names = {{&chart, QStringLiteral("panel-a")}}};
        const auto drawn = drawFigure(chart, {}, SavedInfo, FigureFormat::Svg, look);
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
        const auto drawn = drawFigure(chart, {}, SavedInfo, FigureFormat::Svg);
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
};

QTEST_MAIN(FigureSvgTest)
#include "tst_figure_svg.moc"
