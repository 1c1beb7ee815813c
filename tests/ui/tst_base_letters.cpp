// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/locus_chart.h"
#include "report_fixture.h"
#include "support.h"
#include "viewmodels/locus_tracks.h"

#include <QImage>
#include <QPainter>
#include <QStyleOptionGraphicsItem>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

/// Bases below the locus, and the words that say which are seen.
class TestBaseLetters : public QObject {
    Q_OBJECT

private:
    static GeneReport withBases() {
        GeneReport report = inventReport();
        auto bases = std::make_shared<std::string>();
        for (int64_t i = 0; i < report.window.length(); ++i)
            bases->push_back("ACGTN"[(i * 7 + i / 3) % 5]);
        report.bases = bases;
        return report;
    }
    static std::unique_ptr<LocusChart> chartOf(const GeneReport& report, Medium medium = Medium::Screen) {
        const ChartStyle style =
            (medium == Medium::Screen ? ChartStyle::screen(lightTheme()) : ChartStyle::paper()).value();
        auto chart = std::make_unique<LocusChart>(locusTracks(report, {}, nullptr), style, medium);
        chart->setGeometry(QRectF(0, 0, 900, 420));
        return chart;
    }
    static void show(LocusChart& chart, const AxisRange& x) {
        for (TrackChart* track : chart.tracks())
            track->setRanges(x, track->yRange());
    }

private Q_SLOTS:
    void lettersAreThoseOfTheAxis() {
        const GeneReport report = withBases();
        for (const Medium medium : {Medium::Screen, Medium::Paper}) {
            const auto chart = chartOf(report, medium);
            QVERIFY(chart->bases().letters().empty()); // all of the window is seen
            const int64_t first = report.window.start + 5000;
            for (const int64_t length : {20, 60, 201}) {
                show(*chart, axisOf({"chr1", first, first + length}));
                QCOMPARE(QString::fromStdString(chart->bases().letters()),
                         QString::fromStdString(report.bases->substr(5000, size_t(length))));
            }
            show(*chart, axisOf({"chr1", first, first + 202}));
            QVERIFY(chart->bases().letters().empty());
        }
    }

    void pastTheWindowThereAreNone() {
        const GeneReport report = withBases();
        const auto chart = chartOf(report);
        show(*chart, axisOf({"chr1", report.window.start - 50, report.window.start + 50}));
        QCOMPARE(chart->bases().letters().size(), size_t{50});
        QCOMPARE(chart->bases().letters(), report.bases->substr(0, 50));
        show(*chart, axisOf({"chr1", report.window.end - 10, report.window.end + 50}));
        QCOMPARE(chart->bases().letters(), report.bases->substr(report.bases->size() - 10));
        show(*chart, axisOf({"chr1", report.window.end + 100, report.window.end + 150}));
        QVERIFY(chart->bases().letters().empty());
        const auto without = chartOf(inventReport());
        show(*without, axisOf({"chr1", report.window.start, report.window.start + 50}));
        QVERIFY(without->bases().letters().empty());
    }

    /// They stand below everything else, and plots take the room back where they go.
    void lettersHaveRoomOfTheirOwn() {
        const GeneReport report = withBases();
        const auto chart = chartOf(report);
        const auto lowest = [&] {
            const TrackChart* track = chart->tracks().back();
            return track->geometry().bottom();
        };
        const double whole = lowest();
        const AxisRange all = chart->tracks().front()->fullX();
        show(*chart, axisOf({"chr1", report.window.start, report.window.start + 100}));
        const QRectF letters = chart->bases().map().plot;
        QVERIFY(letters.height() > 5);
        QVERIFY(lowest() <= letters.top() + 0.5);
        QVERIFY(lowest() < whole);
        QCOMPARE(letters.left(), chart->tracks().front()->plotArea().left());
        QCOMPARE(letters.width(), chart->tracks().front()->plotArea().width());
        show(*chart, all);
        QCOMPARE(lowest(), whole);
    }

    void lettersAreDrawnBelowTheirPlaces() {
        const GeneReport report = withBases();
        const auto chart = chartOf(report);
        show(*chart, axisOf({"chr1", report.window.start + 100, report.window.start + 120}));
        QImage image(900, 420, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::white);
        QPainter painter(&image);
        QStyleOptionGraphicsItem option;
        const_cast<BaseLettersItem&>(chart->bases()).paint(&painter, &option, nullptr);
        painter.end();
        const PlotMap map = chart->bases().map();
        for (int64_t base = 0; base < 20; ++base) {
            const double x = map.toX(static_cast<double>(report.window.start + 100 + base + 1));
            int dark = 0;
            for (int dx = -5; dx <= 5; ++dx)
                for (int y = static_cast<int>(map.plot.top()); y < 420; ++y)
                    dark += qGray(image.pixel(static_cast<int>(x) + dx, y)) < 200 ? 1 : 0;
            QVERIFY2(dark > 3, qPrintable(QString::number(base)));
        }
    }

    void seenIsToldToTheBase() {
        const auto told = [](double first, double last) { return seenRegion("1", first, last); };
        QCOMPARE(told(10, 20), (Region{"1", 9, 20}));
        QCOMPARE(told(9.5, 20.5), (Region{"1", 9, 20})); // whole bases
        QCOMPARE(told(9.4, 20.6), (Region{"1", 8, 21})); // a bit of the next ones
        QCOMPARE(told(10.2, 10.3), (Region{"1", 9, 10}));
        QCOMPARE(told(-50, 3), (Region{"1", 0, 3}));
        const AxisRange axis = axisOf({"1", 19'928'999, 19'931'000});
        QCOMPARE(told(axis.lower, axis.upper), (Region{"1", 19'928'999, 19'931'000}));
    }
};

QTEST_MAIN(TestBaseLetters)
#include "tst_base_letters.moc"
