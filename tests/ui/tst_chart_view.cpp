// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/chart_view.h"
#include "charts/highlight_item.h"
#include "charts/ism_eqtl_chart.h"
#include "charts/ism_track_chart.h"
#include "report_fixture.h"
#include "support.h"
#include "thread_time.h"

#include <QApplication>
#include <QSignalSpy>
#include <QToolTip>

#include <algorithm>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

namespace {

template <class Chart, class Shown>
FigureMaker makerOf(const Shown& shown) {
    return [shown](const ChartStyle& style, Medium medium) {
        auto chart = std::make_unique<Chart>(shown, style);
        if (medium == Medium::Screen)
            chart->hideHeader();
        Figure figure;
        FigureTrack track{chart.get(), {&chart->snvs(), &chart->drivers()}, {}};
        for (const auto& snv : shown.snvs)
            track.datum.push_back(snv.variant);
        figure.tracks.push_back(std::move(track));
        figure.widget = std::move(chart);
        return figure;
    };
}

bool sameRange(const AxisRange& a, const AxisRange& b) {
    return std::abs(a.lower - b.lower) <= 1e-9 * a.span() && std::abs(a.upper - b.upper) <= 1e-9 * a.span();
}

void wheel(ChartView& view, QPointF at, int notches, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QWheelEvent event(at, view.viewport()->mapToGlobal(at), {}, {0, 120 * notches}, Qt::NoButton, modifiers,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(view.viewport(), &event);
}

} // namespace

class TestChartView : public QObject {
    Q_OBJECT

private:
    GeneReport m_report = inventReport();
    std::unique_ptr<ChartView> m_view;

    ChartView& show(ChartView::Zoom zoom) {
        m_view = std::make_unique<ChartView>(zoom);
        m_view->resize(700, 320);
        m_view->setChartStyle(ChartStyle::screen(lightTheme()).value());
        m_view->setFigure(zoom == ChartView::Zoom::AlongX ? makerOf<IsmTrackChart>(ismTrack(m_report))
                                                          : makerOf<IsmEqtlChart>(ismVersusEqtl(m_report)),
                          ChartView::Keep::Nothing);
        m_view->show();
        QTest::qWait(20);
        return *m_view;
    }
    static const PlotChart& chart(const ChartView& view) { return *view.tracks().front().chart; }
    static double xAt(const ChartView& view, QPointF at) {
        const PlotMap map = chart(view).map();
        return map.x.lower + (at.x() - map.plot.left()) / map.plot.width() * map.x.span();
    }
    /// The mark that stands for a variant.
    static QPointF placeOf(const ChartView& view, size_t variant) {
        const FigureTrack& track = view.tracks().front();
        const auto at = std::find(track.datum.begin(), track.datum.end(), variant) - track.datum.begin();
        return findMark(track.layers, track.chart->map(), static_cast<uint32_t>(at))->at;
    }
    static const HighlightItem* ring(const ChartView& view, bool selected) {
        // The selection's ring is made first.
        QList<HighlightItem*> rings;
        for (QGraphicsItem* item : chart(view).childItems())
            if (auto* ring = dynamic_cast<HighlightItem*>(item))
                rings << ring;
        return rings.at(selected ? 0 : 1);
    }

private Q_SLOTS:
    void wheelZoomsRoundTheCursor_data() {
        QTest::addColumn<bool>("plane");
        QTest::addColumn<bool>("ctrl");
        QTest::addColumn<bool>("zoomsY");
        QTest::newRow("track") << false << false << false;
        QTest::newRow("track with Ctrl") << false << true << true;
        QTest::newRow("scatter") << true << false << true;
    }
    void wheelZoomsRoundTheCursor() {
        QFETCH(bool, plane);
        QFETCH(bool, ctrl);
        QFETCH(bool, zoomsY);
        ChartView& view = show(plane ? ChartView::Zoom::Plane : ChartView::Zoom::AlongX);
        const QRectF plot = chart(view).plotArea();
        const QPointF at(std::round(plot.left() + plot.width() * 0.3), std::round(plot.center().y()));
        const double under = xAt(view, at);
        const AxisRange y = chart(view).yRange();
        wheel(view, at, 2, ctrl ? Qt::ControlModifier : Qt::NoModifier);
        QVERIFY(chart(view).xRange().span() < chart(view).fullX().span() * 0.75);
        QVERIFY(std::abs(xAt(view, at) - under) < chart(view).fullX().span() * 1e-9);
        QCOMPARE(chart(view).yRange().span() < y.span() * 0.75, zoomsY);
        wheel(view, at, -20, ctrl ? Qt::ControlModifier : Qt::NoModifier);
        QVERIFY(chart(view).xRange().span() <= chart(view).fullX().span() * (1 + 1e-9));
    }

    void zoomStopsBeforeNothingIsLeft() {
        ChartView& view = show(ChartView::Zoom::Plane);
        for (int i = 0; i < 40; ++i)
            wheel(view, view.middle(), 10);
        QVERIFY(chart(view).xRange().span() > 0);
        QVERIFY(chart(view).xRange().span() >= chart(view).fullX().span() * 0.99e-4);
    }

    void dragPansWithThePointer() {
        ChartView& view = show(ChartView::Zoom::AlongX);
        wheel(view, view.middle(), 5);
        const QPoint from = view.middle().toPoint();
        const double under = xAt(view, from);
        const AxisRange y = chart(view).yRange();
        QSignalSpy clicked(&view, &ChartView::clicked);
        QTest::mousePress(view.viewport(), Qt::LeftButton, {}, from);
        QTest::mouseMove(view.viewport(), from + QPoint(30, 0));
        QTest::mouseMove(view.viewport(), from + QPoint(60, 25));
        QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, from + QPoint(60, 25));
        QVERIFY(std::abs(xAt(view, from + QPoint(60, 25)) - under) < 1);
        QCOMPARE(chart(view).yRange(), y); // it shows its full height
        QCOMPARE(clicked.count(), 0);      // a drag is no click
    }

    void panEndsAtTheData() {
        ChartView& view = show(ChartView::Zoom::Plane);
        for (int i = 0; i < 100; ++i)
            view.panBy({1, 1});
        const AxisRange x = chart(view).xRange();
        QVERIFY((x.lower + x.upper) / 2 <= chart(view).fullX().upper * (1 + 1e-9));
    }

    void doubleClickShowsAllAndBackspaceGoesBack() {
        ChartView& view = show(ChartView::Zoom::Plane);
        const AxisRange full = chart(view).xRange();
        wheel(view, view.middle(), 3);
        wheel(view, view.middle(), 3); // quick: one step
        const AxisRange zoomed = chart(view).xRange();
        QTest::mouseDClick(view.viewport(), Qt::LeftButton, {}, view.middle().toPoint());
        QVERIFY(sameRange(chart(view).xRange(), full));
        QTest::keyClick(view.viewport(), Qt::Key_Backspace);
        QVERIFY(sameRange(chart(view).xRange(), zoomed));
        QTest::keyClick(view.viewport(), Qt::Key_Backspace);
        QVERIFY(sameRange(chart(view).xRange(), full));
        QTest::keyClick(view.viewport(), Qt::Key_Backspace); // nothing left: stays
        QVERIFY(sameRange(chart(view).xRange(), full));
    }

    void shiftDragZoomsToTheRectangle() {
        ChartView& view = show(ChartView::Zoom::Plane);
        const QRectF plot = chart(view).plotArea();
        const QPoint from(static_cast<int>(plot.left() + plot.width() * 0.25),
                          static_cast<int>(plot.top() + plot.height() * 0.2));
        const QPoint to(static_cast<int>(plot.left() + plot.width() * 0.75),
                        static_cast<int>(plot.top() + plot.height() * 0.6));
        const double left = xAt(view, from);
        const double right = xAt(view, to);
        const double spanY = chart(view).yRange().span();
        QTest::mousePress(view.viewport(), Qt::LeftButton, Qt::ShiftModifier, from);
        QTest::mouseMove(view.viewport(), to);
        QTest::mouseRelease(view.viewport(), Qt::LeftButton, Qt::ShiftModifier, to);
        QVERIFY(std::abs(chart(view).xRange().lower - left) < 1e-9 * (right - left) + 1e-12);
        QVERIFY(std::abs(chart(view).xRange().upper - right) < 1e-9 * (right - left) + 1e-12);
        QVERIFY(std::abs(chart(view).yRange().span() / spanY - 0.4) < 0.02);
    }

    void keysPanAndZoom() {
        ChartView& view = show(ChartView::Zoom::AlongX);
        const AxisRange full = chart(view).xRange();
        QTest::keyClick(view.viewport(), Qt::Key_Plus);
        const AxisRange zoomed = chart(view).xRange();
        QVERIFY(zoomed.span() < full.span());
        QTest::keyClick(view.viewport(), Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY(chart(view).xRange().lower > zoomed.lower);
        QTest::keyClick(view.viewport(), Qt::Key_Left, Qt::ShiftModifier);
        QVERIFY(sameRange(chart(view).xRange(), zoomed));
        QTest::keyClick(view.viewport(), Qt::Key_Minus);
        QVERIFY(chart(view).xRange().span() > zoomed.span());
        QTest::keyClick(view.viewport(), Qt::Key_0);
        QVERIFY(sameRange(chart(view).xRange(), full));
    }

    void pointingRingsAndClickingTells() {
        ChartView& view = show(ChartView::Zoom::Plane);
        const size_t driver = m_report.drivers.front().variant;
        const QPointF at = placeOf(view, driver);
        QSignalSpy hovered(&view, &ChartView::hovered);
        QSignalSpy clicked(&view, &ChartView::clicked);
        view.setToolTipSource([](size_t datum) { return QString::number(datum); });
        QTest::mouseMove(view.viewport(), (at + QPointF(3, -2)).toPoint());
        QCOMPARE(hovered.count(), 1);
        QCOMPARE(hovered.last().first().toInt(), static_cast<int>(driver));
        QVERIFY(ring(view, false)->isVisible());
        QVERIFY((ring(view, false)->hit()->at - at).manhattanLength() < 0.5);
        QTest::mouseMove(view.viewport(), (at + QPointF(2, -2)).toPoint());
        QCOMPARE(hovered.count(), 1); // still the same

        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, at.toPoint());
        QCOMPARE(clicked.last().first().toInt(), static_cast<int>(driver));
        QTest::mouseMove(view.viewport(), QPoint(2, 2));
        QCOMPARE(hovered.last().first().toInt(), -1);
        QVERIFY(!ring(view, false)->isVisible());
        // Where there is no item at all: QChartView 6.4 dies of this.
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(2, 2));
        QCOMPARE(clicked.last().first().toInt(), -1);
    }

    // Reports come while a person reads. Qt hides a tip 300 ms after it was told to, even where the same tip
    // was asked for again in between, and every tip after ten seconds.
    void tipsStayWhileThePointerRests() {
        ChartView& view = show(ChartView::Zoom::AlongX);
        const size_t driver = m_report.drivers.front().variant;
        view.setToolTipSource([](size_t datum) { return QStringLiteral("SNV %1").arg(datum); });
        QTest::mouseMove(view.viewport(), placeOf(view, driver).toPoint());
        const QString words = QStringLiteral("SNV %1").arg(driver);
        const auto shown = [&] { return QToolTip::isVisible() ? QToolTip::text() : QString(); };
        QCOMPARE(shown(), words);
        GeneReport grown = m_report;
        for (VariantResult& variant : grown.variants) // the axis moves, and with it its marks by a hair
            variant.ism *= 1 + 1e-7;
        view.setFigure(makerOf<IsmTrackChart>(ismTrack(grown)), ChartView::Keep::View);
        QCOMPARE(shown(), words);
        QTest::qWait(400);
        QCOMPARE(shown(), words);
        view.setFigure(makerOf<IsmTrackChart>(ismTrack(grown)), ChartView::Keep::Steady);
        QTest::qWait(400);
        QCOMPARE(shown(), words);
        QTest::qWait(10'500);
        QCOMPARE(shown(), words);
        // Another one, or none, where that is what comes to lie under it.
        view.setFigure(makerOf<IsmTrackChart>(ismTrack(inventReport())), ChartView::Keep::Nothing);
        QTRY_VERIFY(!QToolTip::isVisible());
    }

    void selectionFollowsTheView() {
        ChartView& view = show(ChartView::Zoom::AlongX);
        const size_t driver = m_report.drivers.front().variant;
        view.setSelected(driver);
        QVERIFY(ring(view, true)->isVisible());
        wheel(view, placeOf(view, driver), 4);
        QVERIFY((ring(view, true)->hit()->at - placeOf(view, driver)).manhattanLength() < 0.01);
        view.panBy({3, 0});
        QVERIFY(!ring(view, true)->isVisible());
        view.setSelected(std::nullopt);
        view.showAll();
        QVERIFY(!ring(view, true)->isVisible());
    }

    void newDataKeepsTheView() {
        ChartView& view = show(ChartView::Zoom::AlongX);
        wheel(view, view.middle(), 5);
        view.setSelected(m_report.drivers.front().variant);
        const AxisRange zoomed = chart(view).xRange();
        GeneReport grown = m_report;
        grown.variants.front().ism = 5; // the full height changes
        view.setFigure(makerOf<IsmTrackChart>(ismTrack(grown)), ChartView::Keep::View);
        QCOMPARE(chart(view).xRange(), zoomed);
        QVERIFY(sameRange(chart(view).yRange(), chart(view).fullY())); // was whole, is whole
        QVERIFY(ring(view, true)->isVisible());
        view.setChartStyle(ChartStyle::screen(darkTheme()).value());
        QCOMPARE(chart(view).xRange(), zoomed);
        view.setFigure(makerOf<IsmTrackChart>(ismTrack(m_report)), ChartView::Keep::Nothing);
        QVERIFY(sameRange(chart(view).xRange(), chart(view).fullX()));
        QVERIFY(!ring(view, true)->isVisible());
    }

    void axesMoveInLargeStepsWhileDataCome() {
        ChartView& view = show(ChartView::Zoom::AlongX);
        int moves = 0;
        AxisRange shown = chart(view).yRange();
        GeneReport growing = m_report;
        const double highest = chart(view).fullY().upper;
        for (int step = 1; step <= 40; ++step) {
            growing.variants.front().ism = highest * (1 + 0.02 * step);
            view.setFigure(makerOf<IsmTrackChart>(ismTrack(growing)), ChartView::Keep::Steady);
            const AxisRange now = chart(view).yRange();
            QVERIFY(now.upper >= growing.variants.front().ism);
            moves += now == shown ? 0 : 1;
            shown = now;
        }
        QVERIFY2(moves >= 1 && moves <= 3, qPrintable(QString::number(moves)));
        view.setFigure(makerOf<IsmTrackChart>(ismTrack(growing)), ChartView::Keep::View); // all are there
        QVERIFY(chart(view).yRange().upper < shown.upper);
    }

    void newDataDoNotEndADrag() {
        ChartView& view = show(ChartView::Zoom::AlongX);
        wheel(view, view.middle(), 5);
        const QPoint from = view.middle().toPoint();
        const double under = xAt(view, from);
        QTest::mousePress(view.viewport(), Qt::LeftButton, {}, from);
        QTest::mouseMove(view.viewport(), from + QPoint(20, 0));
        view.setFigure(makerOf<IsmTrackChart>(ismTrack(m_report)), ChartView::Keep::View);
        QTest::mouseMove(view.viewport(), from + QPoint(50, 0));
        QVERIFY(std::abs(xAt(view, from + QPoint(50, 0)) - under) < 1);
        QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, from + QPoint(50, 0));
    }

    /// What a figure is saved with: only what was zoomed into.
    void tellsWhatIsSeen() {
        ChartView& view = show(ChartView::Zoom::AlongX);
        QCOMPARE(view.seen().size(), size_t{1});
        QVERIFY(!view.seen().front().x && !view.seen().front().y);
        wheel(view, view.middle(), 5);
        QVERIFY(view.seen().front().x == chart(view).xRange());
        QVERIFY(!view.seen().front().y);
        view.showAll();
        QVERIFY(!view.seen().front().x);
    }

    void panning() {
        ReportFixture many;
        many.snvs = 20'000;
        many.people = 3;
        const GeneReport report = inventReport(many);
        ChartView view(ChartView::Zoom::AlongX);
        view.resize(1200, 420);
        view.setChartStyle(ChartStyle::screen(lightTheme()).value());
        view.setFigure(makerOf<IsmTrackChart>(ismTrack(report)), ChartView::Keep::Nothing);
        view.show();
        QTest::qWait(50);
        QVector<double> frames;
        for (int i = 0; i < 60; ++i) {
            const double start = threadMs();
            view.panBy({i < 30 ? 0.003 : -0.003, 0});
            view.viewport()->repaint();
            frames << threadMs() - start;
        }
        std::sort(frames.begin(), frames.end());
        qInfo("pan frame of 20,000 stems: median %.1f ms, worst %.1f ms of processor time", frames[30],
              frames.last());
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
        QVERIFY2(frames[30] <= 16, qPrintable(QString::number(frames[30])));
#endif
        const FigureTrack& track = view.tracks().front();
        MarkGrid grid;
        const PlotMap map = track.chart->map();
        (void)grid.nearest(track.layers, map, map.plot.center(), 12);
        const double start = threadMs();
        int hits = 0;
        for (int i = 0; i < 10'000; ++i)
            hits +=
                grid.nearest(track.layers, map, map.plot.topLeft() + QPointF(i % 1000, i % 300), 12) ? 1 : 0;
        qInfo("%.2f us a look-up, %d hits", (threadMs() - start) / 10, hits);
    }
};

QTEST_MAIN(TestChartView)
#include "tst_chart_view.moc"
