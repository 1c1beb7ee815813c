// SPDX-License-Identifier: GPL-3.0-or-later
// The one way from a specification to bytes, with invented data.
#include "every_figure.h"
#include "figure/embedded_proof.h"
#include "figure/figure_file.h"
#include "figures/drawn_design.h"
#include "figures/panel_check.h"

#include "support.h"

#include <QApplication>
#include <QDir>
#include <QLocale>
#include <QPalette>
#include <QRegularExpression>
#include <QXmlStreamReader>

#include <clocale>
#include <cmath>
#include <map>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

struct SvgText {
    QString group;
    QString text;
    QString markup; ///< "*" before what is italic, "^" before what is small
    QString weight;
    double size = 0;
    double x = 0;
    QString anchor;
};
struct SvgRead {
    std::vector<SvgText> texts;
    std::map<QString, QRectF> paths; ///< what paths of each group span
    QString whole;                   ///< all texts, in order
    QString fault;

    [[nodiscard]] QStringList textsOf(const QString& group) const {
        QStringList found;
        for (const SvgText& text : texts)
            if (text.group.startsWith(group))
                found << text.text;
        return found;
    }
};

/// Of paths made of straight lines.
QRectF spanOf(const QString& path) {
    static const QRegularExpression number(QStringLiteral("-?[0-9.]+"));
    QPolygonF points;
    QList<double> numbers;
    for (auto found = number.globalMatch(path); found.hasNext();)
        numbers << found.next().captured().toDouble();
    for (qsizetype i = 0; i + 1 < numbers.size(); i += 2)
        points << QPointF(numbers[i], numbers[i + 1]);
    return points.boundingRect();
}

SvgText readText(QXmlStreamReader& xml, const QString& group) {
    SvgText text{group,
                 {},
                 {},
                 xml.attributes().value(QStringLiteral("font-weight")).toString(),
                 xml.attributes().value(QStringLiteral("font-size")).toDouble(),
                 xml.attributes().value(QStringLiteral("x")).toDouble(),
                 xml.attributes().value(QStringLiteral("text-anchor")).toString()};
    for (int depth = 1; depth > 0 && !xml.atEnd();) {
        const auto token = xml.readNext();
        if (token == QXmlStreamReader::StartElement) {
            ++depth;
            if (xml.attributes().hasAttribute(QStringLiteral("font-style")))
                text.markup += QLatin1Char('*');
            if (xml.attributes().hasAttribute(QStringLiteral("font-size")))
                text.markup += QLatin1Char('^');
        } else if (token == QXmlStreamReader::EndElement) {
            --depth;
        } else if (token == QXmlStreamReader::Characters) {
            text.text += xml.text();
            text.markup += xml.text();
        }
    }
    return text;
}

SvgRead readSvg(const QByteArray& svg) {
    SvgRead read;
    QXmlStreamReader xml(svg);
    QStringList groups{QString()};
    while (!xml.atEnd()) {
        const auto token = xml.readNext();
        if (token == QXmlStreamReader::StartElement && xml.name() == QStringLiteral("text")) {
            read.texts.push_back(readText(xml, groups.last()));
            read.whole += read.texts.back().text + QLatin1Char(' ');
        } else if (token == QXmlStreamReader::StartElement) {
            const QString id = xml.attributes().value(QStringLiteral("id")).toString();
            groups << (id.isEmpty() ? groups.last() : id);
            if (xml.name() == QStringLiteral("path"))
                read.paths[groups.last()] |= spanOf(xml.attributes().value(QStringLiteral("d")).toString());
        } else if (token == QXmlStreamReader::EndElement) {
            groups.removeLast();
        }
    }
    read.fault = xml.errorString();
    return read;
}

DesignedFigure designed(FigureDesign design) {
    DesignedFigure figure{std::move(design), {}, {{"invented", "GRCh37", {{"genotypes", "a.vcf", "12ab"}}}}};
    for (PanelDesign& panel : figure.design.panels) {
        const FigureEntry* entry = figureNamed(panel.figure).value();
        figure.panels.push_back({entry, entry->make(specOf(entry->kind))});
    }
    return figure;
}

Result<QByteArray> bytesOf(const DesignedFigure& figure, FigureFormat format = FigureFormat::Svg) {
    DS_ASSIGN(const DrawnFigure drawn, drawDesign(figure, format));
    return drawn.bytes();
}

SvgRead drawn(const DesignedFigure& figure) {
    const auto svg = bytesOf(figure);
    return svg ? readSvg(*svg) : SvgRead{{}, {}, {}, QString::fromStdString(svg.error().message())};
}

/// Six of them, of all that there are charts of.
std::vector<PanelDesign> sixPanels() {
    return {{.figure = "figure_2A"},           {.figure = "observed-predicted", .column = 2},
            {.figure = "figure_2C", .row = 2}, {.figure = "ism-eqtl", .row = 2, .column = 2},
            {.figure = "figure_2E", .row = 3}, {.figure = "figure_2F", .row = 3, .column = 2}};
}

} // namespace

class TestDrawnDesign : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { DS_VERIFY(chartFontFamily()); }

    /// Of every figure, at its own size and in a narrow cell: whatever it says is there, to its last letter.
    void nothingIsElided_data() { eachFigure(); }
    void nothingIsElided() {
        QFETCH(const FigureEntry*, figure);
        for (const double width : {0.0, 60.0}) {
            FigureDesign design = designOf({.figure = figure->name});
            if (width > 0)
                design.widthMm = width;
            const DesignedFigure made = designed(design);
            const SvgRead read = drawn(made);
            QVERIFY2(read.fault.isEmpty(), qPrintable(read.fault));
            QVERIFY(!read.texts.empty());
            for (const SvgText& text : read.texts)
                QVERIFY2(!text.text.contains(QChar(0x2026)) && !text.text.contains(QStringLiteral("...")),
                         qPrintable(text.text));
            for (const QString& word : made.panels[0].ready.summary.split(QLatin1Char(' ')))
                if (figure->kind == FigureKind::Genome || figure->kind == FigureKind::Person)
                    QVERIFY2(read.whole.contains(word), qPrintable(word));
        }
    }

    void plotsOfARowAndOfAColumnAreInLine() {
        FigureDesign design;
        design.panels = sixPanels();
        const SvgRead read = drawn(designed(design));
        QVERIFY2(read.fault.isEmpty(), qPrintable(read.fault));
        std::vector<QRectF> plots;
        for (const char letter : std::string("abcdef")) {
            const QString panel = QStringLiteral("panel-%1/").arg(QLatin1Char(letter));
            QVERIFY(read.paths.contains(panel + QStringLiteral("axis-x/line")));
            const QRectF x = read.paths.at(panel + QStringLiteral("axis-x/line"));
            const QRectF y = read.paths.at(panel + QStringLiteral("axis-y/line"));
            plots.emplace_back(QPointF(x.left(), y.top()), QPointF(x.right(), y.bottom()));
            QVERIFY(plots.back().width() > 100 && plots.back().height() > 80);
        }
        for (size_t panel = 0; panel < plots.size(); ++panel) {
            const QRectF& above = plots[panel % 2];          // of its column
            const QRectF& beside = plots[panel - panel % 2]; // of its row
            QCOMPARE(plots[panel].left(), above.left());
            QCOMPARE(plots[panel].right(), above.right());
            QCOMPARE(plots[panel].top(), beside.top());
            QCOMPARE(plots[panel].bottom(), beside.bottom());
        }
    }

    void panelsHaveLetters() {
        FigureDesign design;
        design.panels = sixPanels();
        const auto letters = [&](const FigureDesign& of) {
            QString found;
            for (const SvgText& text : drawn(designed(of)).texts)
                if (text.group.endsWith(QStringLiteral("/letter"))) {
                    found += text.text;
                    if (text.weight != QStringLiteral("700") || text.size != of.letterPt)
                        found += QStringLiteral("?");
                }
            return found;
        };
        QCOMPARE(letters(design), QStringLiteral("abcdef"));
        design.letters = FigureDesign::Letters::Upper;
        design.firstLetter = 'c';
        design.letterPt = 10;
        QCOMPARE(letters(design), QStringLiteral("CDEFGH"));
        design.letters = FigureDesign::Letters::None;
        QCOMPARE(letters(design), QString());
        QCOMPARE(letters(designOf({.figure = "ism"})), QString()); // one panel has none by itself
    }

    void partsAreLeftOutAndRenamed() {
        const DesignedFigure plain = designed(designOf({.figure = "observed-predicted"}));
        const SvgRead before = drawn(plain);
        for (const char* group : {"panel-a/title", "panel-a/legend", "panel-a/axis-x/title"})
            QVERIFY2(!before.textsOf(QLatin1String(group)).isEmpty(), group);
        PanelDesign panel{.figure = "observed-predicted"};
        panel.title = "*GSTM3* with R^{2}";
        panel.xLabel = "Observed, log_{10}";
        panel.showsLegend = panel.showsStatistics = false;
        const SvgRead after = drawn(designed(designOf(panel)));
        QVERIFY(after.textsOf(QStringLiteral("panel-a/legend")).isEmpty());
        QVERIFY(!after.whole.contains(plain.panels[0].ready.summary.section(QLatin1Char(' '), 0, 3)));
        QStringList marked;
        for (const SvgText& text : after.texts)
            if (text.group == QStringLiteral("panel-a/title") ||
                text.group == QStringLiteral("panel-a/axis-x/title"))
                marked << text.markup;
        QVERIFY2(marked.contains(QStringLiteral("*GSTM3 with R^2")), qPrintable(marked.join('|')));
        QVERIFY2(marked.contains(QStringLiteral("Observed, log^10")), qPrintable(marked.join('|')));
        panel.showsTitle = false;
        QVERIFY(drawn(designed(designOf(panel))).textsOf(QStringLiteral("panel-a/title")).isEmpty());
        PanelDesign bar{.figure = "ism"};
        QVERIFY(!drawn(designed(designOf(bar))).textsOf(QStringLiteral("panel-a/colour-bar")).isEmpty());
        bar.showsColourBar = false;
        QVERIFY(drawn(designed(designOf(bar))).textsOf(QStringLiteral("panel-a/colour-bar")).isEmpty());
    }

    void axesHaveTheirLimits() {
        PanelDesign panel{.figure = "observed-predicted"};
        panel.xLimits = std::pair(40.0, 60.0);
        panel.yLimits = std::pair(-3.0, -2.0);
        const SvgRead read = drawn(designed(designOf(panel)));
        QVERIFY2(read.fault.isEmpty(), qPrintable(read.fault));
        const auto within = [](const QStringList& labels, double from, double to) {
            return labels.size() > 1 && std::all_of(labels.begin(), labels.end(), [&](QString label) {
                       const double number = label.replace(QChar(0x2212), QLatin1Char('-')).toDouble();
                       return number >= from && number <= to;
                   });
        };
        QVERIFY(within(read.textsOf(QStringLiteral("panel-a/axis-x/labels")), 40, 60));
        QVERIFY(within(read.textsOf(QStringLiteral("panel-a/axis-y/labels")), -3, -2));

        // Of one chart of several.
        PanelDesign locus{.figure = "locus"};
        const auto marksThousands = [&] {
            const SvgRead of = drawn(designed(designOf(locus)));
            return std::any_of(of.texts.begin(), of.texts.end(), [](const SvgText& text) {
                return text.group.endsWith(QStringLiteral("axis-y/labels")) &&
                       text.text == QStringLiteral("1,000");
            });
        };
        QVERIFY(!marksThousands());
        locus.chartLimits = {{{}, std::pair(-1000.0, 1000.0)}};
        QVERIFY(marksThousands());
    }

    void whatAFigureCannotHaveIsSaid() {
        const auto fault = [](PanelDesign panel) {
            const auto made = bytesOf(designed(designOf(std::move(panel))));
            return made ? std::string() : made.error().message();
        };
        PanelDesign limits{.figure = "locus"};
        limits.yLimits = std::pair(0.0, 1.0);
        QVERIFY(fault(limits).find("several y axes") != std::string::npos);
        PanelDesign label{.figure = "saturation"};
        label.yLabel = "Effect";
        QVERIFY(fault(label).find("several y axes") != std::string::npos);
        PanelDesign charts{.figure = "ism"};
        charts.chartLimits = {{}, {std::pair(0.0, 1.0), {}}};
        QVERIFY(fault(charts).find("limits for 2 charts, and ism has 1") != std::string::npos);
        FigureDesign odd = designOf({.figure = "ism"});
        odd.font = "No Such Family";
        const auto made = bytesOf(designed(odd));
        QVERIFY(!made);
        QCOMPARE(made.error().kind, ErrorKind::NotFound);
        const auto unknown = figureNamed("figure_2a");
        QVERIFY(!unknown);
        QVERIFY(unknown.error().remedy.find("figure_2A") != std::string::npos);
    }

    void whatIsNotThereIsSaidInItsPlace() {
        FigureDesign design;
        design.panels = {{.figure = "ism"}, {.figure = "eqtl", .row = 2}};
        DesignedFigure figure = designed(design);
        figure.panels[1].ready.empty = QStringLiteral("Nobody was measured.");
        const SvgRead read = drawn(figure);
        QVERIFY2(read.fault.isEmpty(), qPrintable(read.fault));
        QVERIFY(
            read.textsOf(QStringLiteral("panel-b")).join(QLatin1Char(' ')).contains("Nobody was measured."));
        QVERIFY(!read.textsOf(QStringLiteral("panel-a/axis-x")).isEmpty());
        QCOMPARE(read.textsOf(QStringLiteral("panel-b/title")).join(QLatin1Char(' ')),
                 figure.panels[1].ready.info.title);
        // In the type of the figure, in the middle, in as many lines as a narrow panel asks for.
        figure.design.widthMm = 60;
        figure.panels[1].ready.empty =
            QStringLiteral("Nobody was measured, and nobody will be before spring.");
        QStringList lines;
        for (const SvgText& text : drawn(figure).texts)
            if (text.group == QStringLiteral("panel-b")) {
                lines << text.text;
                QCOMPARE(text.size, design.fontPt);
                QCOMPARE(text.anchor, QStringLiteral("middle"));
                QVERIFY(std::abs(text.x - 60 * 72 / 25.4 / 2) < 1);
            }
        QVERIFY(lines.size() > 1);
        QCOMPARE(lines.join(QLatin1Char(' ')), figure.panels[1].ready.empty);
        DesignedFigure alone = designed(designOf({.figure = "eqtl"}));
        alone.panels[0].ready.empty = QStringLiteral("Nobody was measured.");
        QVERIFY(!bytesOf(alone));
    }

    void sizesAreThoseOfTheFigures() {
        const DesignedFigure one = designed(designOf({.figure = "locus"}));
        QCOMPARE(sizeOf(one).widthMm, one.panels[0].entry->size.widthMm);
        QCOMPARE(sizeOf(one).heightMm, one.panels[0].ready.sized(one.panels[0].entry->size).heightMm);
        FigureDesign six;
        six.panels = sixPanels();
        QCOMPARE(sizeOf(designed(six)).widthMm, twoColumnsMm);
        const double high = sizeOf(designed(six)).heightMm;
        QVERIFY(high > 3 * 70 && high < 3 * 85);
        six.widthMm = 120.5;
        six.heightMm = 200;
        six.dpi = 600;
        const FigureSize size = sizeOf(designed(six));
        QVERIFY(size.widthMm == 120.5 && size.heightMm == 200 && size.dpi == 600);
        const QByteArray svg = bytesOf(designed(six)).value();
        QVERIFY(svg.contains("width=\"120.5mm\" height=\"200mm\""));
    }

    void everyFileHoldsItsProof_data() {
        QTest::addColumn<FigureFormat>("format");
        QTest::newRow("svg") << FigureFormat::Svg;
        QTest::newRow("pdf") << FigureFormat::Pdf;
        QTest::newRow("png") << FigureFormat::Png;
    }
    void everyFileHoldsItsProof() {
        QFETCH(FigureFormat, format);
        FigureDesign design;
        design.panels = sixPanels();
        design.study = "/data/my.study.json";
        design.gene = "GSTM3";
        design.dpi = 72;
        const DesignedFigure figure = designed(design);
        const QByteArray bytes = bytesOf(figure, format).value();
        const auto text = embeddedProof(bytes.toStdString());
        DS_VERIFY(text);
        const auto proof = parseProof(*text);
        DS_VERIFY(proof);
        QVERIFY(*proof == proofOf(figure, format));
        const auto again = figureDesignOf(proof->figure, {});
        DS_VERIFY(again);
        QVERIFY(*again == design);
        QCOMPARE(proof->panels.size(), size_t{6});
        QCOMPARE(proof->panels[3].letter, std::string("d"));
        QCOMPARE(proof->panels[3].figure, std::string("ism-eqtl"));
        QCOMPARE(proof->studies[0].inputs[0].digest, std::string("12ab"));
        QVERIFY(proof->command.ends_with(endingOf(format)));

        // Another specification, and nothing else, is told as that.
        DesignedFigure other = figure;
        other.design.fontPt = 8;
        const std::vector<std::string> differences = proofDifferences(*proof, proofOf(other, format));
        QCOMPARE(differences.size(), size_t{1});
        QVERIFY2(differences[0].find("font_pt") != std::string::npos, differences[0].c_str());
    }

    /// What is set round the program is no part of a figure.
    void bytesAreThoseOfTheFigure() {
        FigureDesign design;
        design.panels = sixPanels();
        design.dpi = 100;
        std::map<FigureFormat, QByteArray> before;
        const auto all = {FigureFormat::Svg, FigureFormat::Pdf, FigureFormat::Png};
        for (const FigureFormat format : all)
            before[format] = bytesOf(designed(design), format).value();
        const QPalette palette = QApplication::palette();
        const QFont font = QApplication::font();
        const QString folder = QDir::currentPath();
        const QLocale locale;
        QApplication::setPalette(QPalette(Qt::white, Qt::black));
        QApplication::setFont(QFont(font.family(), 20));
        QLocale::setDefault(QLocale(QLocale::German));
        (void)std::setlocale(LC_ALL, "de_DE.UTF-8"); // where it is installed
        qputenv("TZ", "Pacific/Auckland");
        QDir::setCurrent(QDir::tempPath());
        for (const FigureFormat format : all)
            QVERIFY2(bytesOf(designed(design), format).value() == before[format], endingOf(format));
        QDir::setCurrent(folder);
        (void)std::setlocale(LC_ALL, "C");
        QLocale::setDefault(locale);
        QApplication::setFont(font);
        QApplication::setPalette(palette);
    }

    void valuesAreThoseDrawn_data() { eachFigure(); }
    void valuesAreThoseDrawn() {
        QFETCH(const FigureEntry*, figure);
        const DesignedFigure one = designed(designOf({.figure = figure->name}));
        const TemporaryFolder folder;
        DS_VERIFY(writeValues(one, valuesFileOf(folder / "a.svg")));
        QFile file(QString::fromStdString((folder / "a.tsv").string()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        int comments = 0, rows = 0;
        qsizetype columns = -1;
        QList<QByteArray> lines = file.readAll().split('\n');
        QVERIFY(lines.takeLast().isEmpty());
        for (const QByteArray& line : lines) {
            comments += line.startsWith('#') ? 1 : 0;
            if (line.startsWith('#'))
                continue;
            QVERIFY(columns < 0 || line.count('\t') == columns);
            columns = line.count('\t');
            ++rows;
        }
        QVERIFY(comments > 0 && columns > 0);
        QVERIFY(rows > 2); // a head, and what is drawn
        FigureDesign two;
        two.panels = {{.figure = figure->name}, {.figure = figure->name, .row = 2}};
        const QString both = QString::fromStdString(valuesOf(designed(two)));
        for (const char* head : {"# panel: a, %1\n", "\n\n# panel: b, %1\n"})
            QCOMPARE(both.count(QString(head).arg(QLatin1String(figure->name))), 1);
    }

    /// Figures, options and size of those that come with the program.
    void templatesCanBeDrawn() {
        int count = 0;
        for (const auto& entry : fs::directory_iterator(DIPLOSCOPE_TEST_DATA "/../resources/figures")) {
            const auto design = readFigureFile(entry.path());
            DS_VERIFY(design);
            for (PanelDesign panel : design->panels) {
                const auto figure = figureNamed(panel.figure);
                DS_VERIFY(figure);
                if ((*figure)->kind == FigureKind::Person && panel.sample.empty())
                    panel.sample = "whoever"; // which no template can say
                DS_VERIFY(checkPanel(**figure, panel));
            }
            const SvgRead read = drawn(designed(*design));
            QVERIFY2(read.fault.isEmpty(), qPrintable(read.fault));
            ++count;
        }
        QVERIFY(count >= 11);
    }
};

QTEST_MAIN(TestDrawnDesign)
#include "tst_drawn_design.moc"
