// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/axis_title.h"
#include "charts/driver_marks.h"
#include "charts/furniture.h"
#include "charts/ism_eqtl_chart.h"
#include "charts/ism_track_chart.h"
#include "charts/locus_chart.h"
#include "charts/observed_predicted_chart.h"
#include "ui/layout_check.h"
#include "ui/report_fixture.h"

#include "support.h"

#include <QGraphicsScene>
#include <QGraphicsTextItem>
#include <QRegularExpression>

#include <array>
#include <cmath>

using namespace diploscope;
using namespace diploscope::ui;

namespace {

/// The three charts of a report, each in a scene and laid out at a size.
struct Shown {
    QGraphicsScene scenes[3]; // own the charts
    ObservedPredictedChart* scatter = nullptr;
    IsmTrackChart* track = nullptr;
    IsmEqtlChart* effects = nullptr;

    Shown(const GeneReport& report, const ChartStyle& style, QSizeF size, SnvColour colour = SnvColour::Maf) {
        scatter = new ObservedPredictedChart(observedPredicted(report), style);
        track = new IsmTrackChart(ismTrack(report, Attribution::Ism, colour), style);
        effects = new IsmEqtlChart(ismVersusEqtl(report, colour), style);
        int at = 0;
        for (PlotChart* chart : all()) {
            scenes[at++].addItem(chart);
            chart->resize(size);
            QCoreApplication::sendPostedEvents();
        }
    }
    [[nodiscard]] std::array<PlotChart*, 3> all() const { return {scatter, track, effects}; }
};

QStringList textsOf(const PlotChart& chart) {
    QStringList texts;
    for (const QGraphicsItem* item : chart.scene()->items()) {
        if (const auto* text = dynamic_cast<const QGraphicsTextItem*>(item);
            text != nullptr && text->isVisible())
            texts << text->toPlainText().trimmed();
    }
    return texts;
}

/// Of the y axis' ticks, those whose number is not shown.
QStringList bareTicksOf(const PlotChart& chart) {
    QStringList shown;
    for (const QGraphicsItem* item : chart.scene()->items())
        if (const auto* text = dynamic_cast<const QGraphicsTextItem*>(item);
            text != nullptr && text->isVisible() && chart.isAncestorOf(text))
            shown << text->toPlainText().trimmed();
    QStringList bare;
    for (QAbstractAxis* axis : chart.axes(Qt::Vertical))
        for (const QString& label : qobject_cast<QCategoryAxis*>(axis)->categoriesLabels())
            if (!shown.contains(label.trimmed()))
                bare << label;
    return bare;
}

/// Where header, legend and colour bar of a chart stand.
QList<QRectF> boxesOf(const PlotChart& chart) {
    QList<QRectF> boxes;
    for (const QGraphicsItem* item : chart.scene()->items(Qt::AscendingOrder))
        if (dynamic_cast<const HeaderItem*>(item) != nullptr ||
            dynamic_cast<const LegendItem*>(item) != nullptr ||
            dynamic_cast<const ColourBarItem*>(item) != nullptr)
            boxes << item->sceneBoundingRect();
    return boxes;
}

} // namespace

class ChartsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { DS_VERIFY(chartFontFamily()); }

    /// Marks lie exactly where Qt Charts puts a point of the same value, at first and after zooming.
    void marksMatchTheAxes() {
        const auto style = ChartStyle::screen(lightTheme());
        DS_VERIFY(style);
        const Shown shown(test::inventReport(), *style, {400, 300});
        for (PlotChart* chart : shown.all()) {
            const AxisRange x = chart->fullX();
            const AxisRange y = chart->fullY();
            for (const double zoom : {1.0, 0.37}) {
                chart->setRanges({x.lower, x.lower + zoom * x.span()}, {y.lower, y.lower + zoom * y.span()});
                for (const double at : {0.0, 0.21, 0.5, 1.0}) {
                    const QPointF value(x.lower + at * zoom * x.span(), y.lower + at * zoom * y.span());
                    const QPointF expected = chart->mapToPosition(value);
                    const QPointF found = chart->map().toScene(value.x(), value.y());
                    QVERIFY2(std::hypot(found.x() - expected.x(), found.y() - expected.y()) < 1e-6,
                             qPrintable(QString::number(found.x() - expected.x())));
                }
            }
        }
    }

    /// A chart is the same whatever sizes it had before.
    void layoutHasNoMemory() {
        const auto style = ChartStyle::screen(lightTheme());
        DS_VERIFY(style);
        const GeneReport report = test::inventReport();
        const Shown old(report, *style, {900, 600});
        for (int width = 240; width <= 620; width += 10) {
            const Shown fresh(report, *style, QSizeF(width, 300));
            for (size_t chart = 0; chart < 3; ++chart) {
                PlotChart& resized = *old.all()[chart];
                resized.resize(width % 20 == 0 ? 150 : 900, width % 20 == 0 ? 500 : 200);
                resized.resize(width, 300);
                QCoreApplication::sendPostedEvents();
                QVERIFY2(resized.plotArea() == fresh.all()[chart]->plotArea(),
                         qPrintable(QStringLiteral("chart %1, %2 wide").arg(chart).arg(width)));
                QVERIFY(!boxesOf(resized).isEmpty());
                QCOMPARE(boxesOf(resized), boxesOf(*fresh.all()[chart]));
            }
        }
    }

    void everyDatumIsAMark() {
        const auto style = ChartStyle::paper();
        DS_VERIFY(style);
        const GeneReport report = test::inventReport();
        const Shown shown(report, *style, {241, 200});
        QCOMPARE(shown.scatter->people().marks().size(), report.people.size());
        QCOMPARE(shown.track->snvs().marks().size(), report.variants.size());
        QCOMPARE(shown.track->drivers().marks().size(), report.drivers.size());
        QCOMPARE(shown.effects->drivers().marks().size(), report.drivers.size() - 1);
        QCOMPARE(shown.effects->snvs().marks().size(), report.variants.size() - report.drivers.size());
        // Nothing lies beyond the axes.
        const std::array items{&shown.scatter->people(), &shown.track->snvs(), &shown.effects->snvs()};
        for (const MarkItem* item : items)
            QCOMPARE(item->visible(), std::pair(size_t{0}, item->marks().size()));
    }

    void genotypesDifferInShapeAndColour() {
        for (const Theme& theme : {lightTheme(), darkTheme()}) {
            for (size_t i = 0; i < 3; ++i) {
                for (size_t j = 0; j < i; ++j) {
                    QVERIFY(theme.genotypes[i].shape != theme.genotypes[j].shape);
                    // As seen without colour.
                    QVERIFY(std::abs(qGray(theme.genotypes[i].colour.rgb()) -
                                     qGray(theme.genotypes[j].colour.rgb())) > 20);
                }
            }
            QVERIFY(theme.supported.shape != theme.unsupported.shape);
        }
        QCOMPARE(lightTheme().supported.colour, QColor(0x0a7d5c));
        QCOMPARE(lightTheme().unsupported.colour, QColor(0xa3307f));
    }

    void frequencyScaleIsMonotonous() {
        const Theme theme = lightTheme();
        int before = 256;
        for (const QRgb step : theme.frequency.steps()) {
            QVERIFY(qGray(step) <= before);
            before = qGray(step);
        }
        QCOMPARE(ColourScale::step(-1), uint8_t{0});
        QCOMPARE(ColourScale::step(NAN), uint8_t{0});
        QCOMPARE(ColourScale::step(2), uint8_t{255});
    }

    /// MAF, or the authors' scale; drivers as all other SNVs.
    void snvsAreColouredAsAsked() {
        const auto style = ChartStyle::paper();
        DS_VERIFY(style);
        const GeneReport report = test::inventReport();
        for (const SnvColour colour : {SnvColour::Maf, SnvColour::CarrierFraction}) {
            const IsmTrack track = ismTrack(report, Attribution::Ism, colour);
            const IsmVersusEqtl effects = ismVersusEqtl(report, colour);
            const IsmTrackChart trackChart(track, *style);
            const IsmEqtlChart effectsChart(effects, *style);
            const auto expected = [&](size_t variant) {
                const VariantResult& snv = report.variants[variant];
                return ColourScale::step(colour == SnvColour::Maf ? 2 * snv.maf : snv.carrierFraction);
            };
            for (const MarkItem* layer : {&trackChart.snvs(), &trackChart.drivers()})
                for (const Mark& mark : layer->marks())
                    QCOMPARE(mark.colour, expected(track.snvs[mark.source].variant));
            for (const MarkItem* layer : {&effectsChart.snvs(), &effectsChart.drivers()})
                for (const Mark& mark : layer->marks())
                    QCOMPARE(mark.colour, expected(effects.snvs[mark.source].variant));
        }
        QCOMPARE(frequencyTicks(SnvColour::Maf)[1].text, QStringLiteral("0.25"));
        QCOMPARE(frequencyTicks(SnvColour::CarrierFraction)[1].text, QStringLiteral("50 %"));
        QCOMPARE(frequencyTicks(SnvColour::CarrierFraction)[2].text, QStringLiteral("100 %"));
    }

    void driversGrowWithGain() {
        const auto style = ChartStyle::paper();
        DS_VERIFY(style);
        const Shown shown(test::inventReport(), *style, {241, 200});
        const auto& drivers = shown.track->drivers().marks();
        const auto largest = std::max_element(drivers.begin(), drivers.end(),
                                              [](const Mark& a, const Mark& b) { return a.size < b.size; });
        QCOMPARE(largest->ring, style->theme.unsupported.colour.rgb()); // the main driver of the fixture
        QCOMPARE(largest->shape, style->theme.unsupported.shape);
    }

    /// Unknown text reaches Qt Charts escaped, because it reads HTML.
    void namesAreNotMarkup() {
        const auto style = ChartStyle::paper();
        DS_VERIFY(style);
        GeneReport report = test::inventReport();
        report.model.unit = "<b>a & b</b>";
        report.gene.region.contig = "chr<1>";
        const Shown shown(report, *style, {500, 300});
        QVERIFY2(textsOf(*shown.scatter).contains(QStringLiteral("Predicted, <b>a & b</b>")),
                 qPrintable(textsOf(*shown.scatter).join(u'|')));
        QVERIFY(textsOf(*shown.track).contains(QStringLiteral("Position on chr<1>, Mb")));
    }

    void ticksHaveTrueMinus() {
        const auto style = ChartStyle::paper();
        DS_VERIFY(style);
        const Shown shown(test::inventReport(), *style, {500, 300});
        const QStringList texts = textsOf(*shown.track);
        QVERIFY2(texts.contains(QStringLiteral("−0.10")), qPrintable(texts.join(u'|')));
        QVERIFY(texts.contains(QStringLiteral("0")));
        QVERIFY(texts.contains(QStringLiteral("109.70")));
        for (const QString& text : texts)
            QVERIFY2(!text.startsWith(u'-'), qPrintable(text));
    }

    void ticksFollowTheZoom() {
        const auto style = ChartStyle::screen(lightTheme());
        DS_VERIFY(style);
        const Shown shown(test::inventReport(), *style, {900, 300});
        shown.track->setRanges({109'741'000, 109'741'100}, {-0.001, 0.001});
        const QStringList texts = textsOf(*shown.track);
        QVERIFY2(texts.contains(QStringLiteral("109,741,020")), qPrintable(texts.join(u'|')));
        QVERIFY2(texts.contains(QStringLiteral("Position on chr1, bp")), qPrintable(texts.join(u'|')));
        QVERIFY(texts.contains(QStringLiteral("0.0005")) || texts.contains(QStringLiteral("0.5")));
    }

    /// No text lies on another or leaves the chart, however odd the gene.
    /// "expressio" and "n" is no word: a track that is too low for its title says what it measures, and no
    /// more.
    void titlesOfLowTracksAreWords() {
        const QString title = QStringLiteral("ISM effect, log₂ expression");
        const QStringList words = title.split(QRegularExpression(QStringLiteral("[ ,]+")));
        const ChartStyle style = ChartStyle::screen(lightTheme()).value();
        for (double room = 35; room <= 300; room += 5) {
            const AxisTitle shown = axisTitle(title, style, room, 60);
            QStringList lines;
            for (const RichLabel& line : shown.lines)
                lines << line.plain();
            QVERIFY(!lines.isEmpty());
            for (const QString& word :
                 lines.join(u' ').split(QRegularExpression(QStringLiteral("[ ,]+")), Qt::SkipEmptyParts))
                QVERIFY2(words.contains(word), qPrintable(QString::number(room) + u' ' + word));
            if (room >= 120)
                QCOMPARE(lines.join(u' '), title);
        }
        // On paper smaller letters come before a unit in two lines, but not letters of half the size.
        const ChartStyle paper = ChartStyle::paper().value();
        const double unit = RichLabel(QStringLiteral("log₂ expression")).width(paper.textFont());
        for (const double share : {1.2, 0.9, 0.6}) {
            const AxisTitle shown = axisTitle(title, paper, share * unit + 4, 60);
            QCOMPARE(shown.lines.size(), share > 0.8 ? size_t{2} : size_t{3});
            QCOMPARE(shown.lines.front().plain(), QStringLiteral("ISM effect,"));
            QCOMPARE(shown.font.pixelSize() < paper.textFont().pixelSize(), share < 1);
        }
        // Nor letters that journals do not take, however low the track is, and all of the words.
        for (double room = 25; room <= 300; room += 5) {
            const AxisTitle shown = axisTitle(title, paper, room, 120);
            QString all;
            for (const RichLabel& line : shown.lines)
                all += line.plain();
            QCOMPARE(all.remove(u' '), QString(title).remove(u' '));
            QVERIFY2(shown.font.pixelSize() >= 5, qPrintable(QString::number(room)));
        }
        // A long unit makes no pile of lines beside a low track on screen.
        const QString longUnit = QStringLiteral("ISM effect, log₂ fold change of CAGE counts in LCLs");
        size_t most = 0;
        for (double room = 35; room <= 600; room += 5) {
            const AxisTitle shown = axisTitle(longUnit, style, room, 60);
            if (room <= 110)
                most = std::max(most, shown.lines.size());
            QString all;
            for (const RichLabel& line : shown.lines)
                all += line.plain() + u' ';
            const bool isWhole = all.trimmed() == longUnit;
            QVERIFY2(isWhole || all.trimmed() == QStringLiteral("ISM effect"), qPrintable(all));
            QVERIFY(isWhole || room < 130);
        }
        QCOMPARE(most, size_t{2});
        // A unit that no axis has room for is broken, not left out.
        const QString endless = QStringLiteral("Predicted, ") + QString(200, u'x');
        qsizetype kept = 0;
        for (const RichLabel& line : axisTitle(endless, style, 200, 100).lines)
            kept += line.plain().count(u'x');
        QCOMPARE(kept, 200);
    }

    void nothingOverlaps_data() {
        QTest::addColumn<int>("snvs");
        QTest::addColumn<int>("drivers");
        QTest::addColumn<double>("observedUnit");
        QTest::addColumn<double>("ismUnit");
        QTest::addColumn<bool>("constant");
        QTest::addColumn<QString>("unit");
        const QString shortUnit = QStringLiteral("CAGE");
        QTest::newRow("ordinary") << 300 << 3 << 1.0 << 1.0 << false << shortUnit;
        QTest::newRow("no drivers") << 300 << 0 << 1.0 << 1.0 << false << shortUnit;
        QTest::newRow("a dozen drivers") << 3000 << 12 << 1.0 << 1.0 << false << shortUnit;
        QTest::newRow("no SNV at all") << 0 << 0 << 1.0 << 1.0 << true << shortUnit;
        QTest::newRow("two SNVs") << 2 << 1 << 1.0 << 1.0 << false << shortUnit;
        QTest::newRow("everything undefined") << 300 << 0 << 1.0 << 1.0 << true << shortUnit;
        QTest::newRow("huge negative observed") << 300 << 3 << -3e9 << 1.0 << false << shortUnit;
        QTest::newRow("tiny effects") << 300 << 3 << 1.0 << 1e-11 << false << shortUnit;
        QTest::newRow("a unit longer than the axis") << 300 << 3 << 1.0 << 1.0 << false << QString(200, u'x');
    }
    void nothingOverlaps() {
        QFETCH(int, snvs);
        QFETCH(int, drivers);
        QFETCH(double, observedUnit);
        QFETCH(double, ismUnit);
        QFETCH(bool, constant);
        QFETCH(QString, unit);
        GeneReport report = test::inventReport({.snvs = snvs,
                                                .drivers = drivers,
                                                .observedUnit = observedUnit,
                                                .ismUnit = ismUnit,
                                                .constantPrediction = constant});
        report.model.unit = unit.toStdString();
        if (report.pearson.r && report.variants.size() > 9)
            test::inventStatistics(report);
        const auto paper = ChartStyle::paper();
        const auto screen = ChartStyle::screen(darkTheme());
        DS_VERIFY(paper);
        for (const auto& [style, size] :
             {std::pair(*paper, QSizeF(241, 204)), std::pair(*screen, QSizeF(380, 260))}) {
            const Shown shown(report, style, size,
                              drivers == 3 ? SnvColour::CarrierFraction : SnvColour::Maf);
            for (PlotChart* chart : shown.all()) {
                const QString fault = test::faultOfLayout(*chart, size);
                QVERIFY2(fault.isEmpty(), qPrintable(fault));
            }
            const std::array labelled{&shown.track->labels(), &shown.effects->labels()};
            for (const LabelItem* labels : labelled) {
                const auto& places = labels->places();
                for (size_t i = 0; i < places.size(); ++i) {
                    for (size_t j = 0; j < i; ++j)
                        QVERIFY(!places[i] || !places[j] || !places[i]->intersects(*places[j]));
                }
            }
        }
    }

    /// The same of the tracks of a locus together, which share their sides.
    void nothingOverlapsInTheLocus_data() {
        QTest::addColumn<QSizeF>("size");
        QTest::addColumn<bool>("paper");
        QTest::addColumn<int>("sets");
        QTest::newRow("a small window") << QSizeF(640, 300) << false << 2;
        QTest::newRow("a large window") << QSizeF(1100, 520) << false << 2;
        QTest::newRow("more sets than lines") << QSizeF(640, 300) << false << 9;
        QTest::newRow("no set") << QSizeF(640, 300) << false << 0;
        QTest::newRow("paper") << QSizeF(493, 311) << true << 2;
    }
    void nothingOverlapsInTheLocus() {
        QFETCH(QSizeF, size);
        QFETCH(bool, paper);
        QFETCH(int, sets);
        GeneReport report = test::inventReport();
        test::inventStatistics(report);
        report.fineMapping->sets.resize(static_cast<size_t>(sets));
        const auto style = paper ? ChartStyle::paper() : ChartStyle::screen(lightTheme());
        DS_VERIFY(style);
        QGraphicsScene scene;
        auto* locus =
            new LocusChart(locusTracks(report, {}, nullptr), *style, paper ? Medium::Paper : Medium::Screen);
        scene.addItem(locus);
        locus->setGeometry(QRectF(QPointF(), size));
        QCoreApplication::sendPostedEvents();
        std::vector<QRectF> plots;
        QCOMPARE(locus->tracks().size(), size_t{3});
        for (const TrackChart* track : locus->tracks())
            plots.push_back(track->mapRectToScene(track->plotArea()));
        const QString fault = test::faultOfLayout(scene, size, plots);
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
        // The lowest number stands half below its axis, where the next track begins.
        for (const TrackChart* track : locus->tracks())
            QVERIFY2(bareTicksOf(*track).isEmpty(), qPrintable(bareTicksOf(*track).join(u'|')));
        QVERIFY2(textsOf(*locus->tracks().back()).contains(QStringLiteral("Position on chr1, Mb")),
                 qPrintable(textsOf(*locus->tracks().back()).join(u'|')));
    }

    void undecidableDriversAreHollow() {
        const auto style = ChartStyle::screen(lightTheme());
        DS_VERIFY(style);
        GeneReport report = test::inventReport();
        const auto hollow = [&] {
            const Shown shown(report, *style, {400, 300});
            std::array<long, 2> counts{};
            const std::array layers{&shown.track->drivers(), &shown.effects->drivers()};
            for (size_t i = 0; i < layers.size(); ++i)
                counts[i] = std::count_if(
                    layers[i]->marks().begin(), layers[i]->marks().end(), [&style](const Mark& mark) {
                        return mark.hollow && mark.ring == style->theme.undecided.colour.rgb();
                    });
            return counts;
        };
        QCOMPARE(hollow(), (std::array<long, 2>{0, 0}));
        report.drivers[0].doubt = Doubt::IntervalHoldsZero;
        QCOMPARE(hollow(), (std::array<long, 2>{1, 1}));
    }
};

QTEST_MAIN(ChartsTest)
#include "tst_charts.moc"
