// SPDX-License-Identifier: GPL-3.0-or-later
// Selecting with a rectangle in a ChartView, in a figure of genes of which some are out of focus.
#include "charts/chart_view.h"
#include "figures/genome_figures.h"
#include "ui/genome_fixture.h"

#include "support.h"

#include <QSignalSpy>

#include <algorithm>
#include <set>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

class TestChartBrush : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<ChartView> m_view;

    static const PlotChart& chart(const ChartView& view) { return *view.tracks().front().chart; }
    /// Every gene's place; half of them are behind.
    static std::vector<std::pair<size_t, QPointF>> places(const ChartView& view) {
        std::vector<std::pair<size_t, QPointF>> places;
        const FigureTrack& track = view.tracks().front();
        for (const MarkItem* layer : track.layers)
            for (const Mark& mark : layer->marks())
                places.emplace_back(track.datum[mark.source], chart(view).map().toScene(mark.x, mark.y));
        return places;
    }
    /// \return whether the view moved
    bool drag(Qt::MouseButton button, Qt::KeyboardModifiers modifiers, QPoint from, QPoint to) {
        const AxisRange before = chart(*m_view).xRange();
        QTest::mousePress(m_view->viewport(), button, modifiers, from);
        QTest::mouseMove(m_view->viewport(), (from + to) / 2);
        QTest::mouseMove(m_view->viewport(), to);
        QTest::mouseRelease(m_view->viewport(), button, modifiers, to);
        return before != chart(*m_view).xRange();
    }

private Q_SLOTS:
    void init() {
        m_view = std::make_unique<ChartView>(ChartView::Zoom::Plane);
        m_view->resize(700, 320);
        m_view->setChartStyle(ChartStyle::screen(lightTheme()).value());
        auto focus = std::make_shared<std::vector<bool>>(400);
        for (size_t row = 0; row < 400; row += 2)
            (*focus)[row] = true;
        const GenomeFigureSpec spec{.table = inventTable(400), .focus = focus};
        m_view->setFigure(registered(GenomeFigure::ModelModel).make(spec).draw, ChartView::Keep::Nothing);
        m_view->setDrag(ChartView::Drag::Rectangle);
        m_view->show();
        QTest::qWait(20);
    }

    void tellsWhatIsInside_data() {
        QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
        QTest::addColumn<BrushMode>("mode");
        QTest::newRow("replace") << Qt::KeyboardModifiers() << BrushMode::Replace;
        QTest::newRow("add") << Qt::KeyboardModifiers(Qt::ShiftModifier) << BrushMode::Add;
        QTest::newRow("subtract") << Qt::KeyboardModifiers(Qt::ControlModifier) << BrushMode::Subtract;
        QTest::newRow("intersect") << (Qt::ShiftModifier | Qt::ControlModifier) << BrushMode::Intersect;
    }
    void tellsWhatIsInside() {
        QFETCH(Qt::KeyboardModifiers, modifiers);
        QFETCH(BrushMode, mode);
        const QRectF plot = chart(*m_view).plotArea();
        const QPoint corner = (plot.topLeft() + QPointF(plot.width() * 0.45, plot.height() * 0.4)).toPoint();
        const QPoint beyond = (plot.bottomRight() + QPointF(-plot.width() * 0.2, 25)).toPoint();
        std::set<size_t> expected;
        for (const auto& [row, at] : places(*m_view))
            if ((QRectF(corner, beyond) & plot).contains(at))
                expected.insert(row);
        QVERIFY(expected.size() > 20 && expected.size() < 380);
        const auto behind =
            std::count_if(expected.begin(), expected.end(), [](size_t row) { return row % 2 == 1; });
        QVERIFY(behind > 0 && behind < static_cast<std::ptrdiff_t>(expected.size())); // of both layers

        QSignalSpy brushed(m_view.get(), &ChartView::brushed);
        QSignalSpy clicked(m_view.get(), &ChartView::clicked);
        QVERIFY(!drag(Qt::LeftButton, modifiers, beyond, corner)); // from either corner
        QCOMPARE(brushed.count(), 1);
        QCOMPARE(brushed[0][0].value<std::vector<size_t>>(),
                 std::vector<size_t>(expected.begin(), expected.end()));
        QCOMPARE(brushed[0][1].value<BrushMode>(), mode);
        QCOMPARE(clicked.count(), 0);
    }

    void aLassoTellsWhatItGoesRound() {
        m_view->setDrag(ChartView::Drag::Lasso);
        const QRectF plot = chart(*m_view).plotArea();
        // A U: what stands in its gap is round it, but not in it.
        const auto at = [&](double x, double y) {
            return (plot.topLeft() + QPointF(x * plot.width(), y * plot.height())).toPoint();
        };
        const QList<QPoint> way{at(0.2, 0.1), at(0.2, 0.9), at(0.8, 0.9), at(0.8, 0.1),
                                at(0.6, 0.1), at(0.6, 0.6), at(0.4, 0.6), at(0.4, 0.1)};
        QPolygonF shape;
        for (const QPoint& corner : way)
            shape << corner;
        std::set<size_t> expected, around;
        for (const auto& [row, place] : places(*m_view)) {
            if (shape.containsPoint(place, Qt::OddEvenFill))
                expected.insert(row);
            if (shape.boundingRect().contains(place))
                around.insert(row);
        }
        QVERIFY(!expected.empty() && expected.size() < around.size());
        QSignalSpy brushed(m_view.get(), &ChartView::brushed);
        QTest::mousePress(m_view->viewport(), Qt::LeftButton, Qt::ShiftModifier, way.front());
        for (const QPoint& corner : way)
            QTest::mouseMove(m_view->viewport(), corner);
        QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, Qt::ShiftModifier, way.back());
        QCOMPARE(brushed.count(), 1);
        QCOMPARE(brushed[0][0].value<std::vector<size_t>>(),
                 std::vector<size_t>(expected.begin(), expected.end()));
        QCOMPARE(brushed[0][1].value<BrushMode>(), BrushMode::Add);
    }

    /// What is zoomed out of view is not brushed.
    void hiddenGenesAreNotInside() {
        m_view->zoomBy(4, m_view->middle(), true);
        QSignalSpy brushed(m_view.get(), &ChartView::brushed);
        drag(Qt::LeftButton, {}, {0, 0}, QPoint(699, 319));
        const auto rows = brushed.last()[0].value<std::vector<size_t>>();
        QVERIFY(!rows.empty() && rows.size() < 400);
    }

    void anEmptyPlaceIsAnAnswerToo() {
        QSignalSpy brushed(m_view.get(), &ChartView::brushed);
        const QPoint corner = chart(*m_view).plotArea().topLeft().toPoint();
        drag(Qt::LeftButton, {}, corner, corner + QPoint(15, 12));
        QCOMPARE(brushed.count(), 1);
        QVERIFY(brushed[0][0].value<std::vector<size_t>>().empty());
    }

    void barsTellNothing() {
        const GenomeFigureSpec spec{.table = inventTable(400)};
        m_view->setFigure(registered(GenomeFigure::NullHistogram).make(spec).draw, ChartView::Keep::Nothing);
        QSignalSpy brushed(m_view.get(), &ChartView::brushed);
        QVERIFY(!drag(Qt::LeftButton, {}, {200, 100}, {400, 200}));
        QCOMPARE(brushed.count(), 0);
    }

    void panningStaysPossible() {
        m_view->zoomBy(3, m_view->middle(), true);
        QSignalSpy brushed(m_view.get(), &ChartView::brushed);
        QSignalSpy clicked(m_view.get(), &ChartView::clicked);
        const QPoint from = m_view->middle().toPoint();
        const QPoint to = from + QPoint(40, 10);
        QVERIFY(drag(Qt::MiddleButton, {}, from, to));
        QTest::keyPress(m_view->viewport(), Qt::Key_Space);
        QVERIFY(drag(Qt::LeftButton, {}, from, to));
        QCOMPARE(brushed.count(), 0);
        QTest::keyRelease(m_view->viewport(), Qt::Key_Space);
        QVERIFY(!drag(Qt::LeftButton, {}, from, to));
        QCOMPARE(brushed.count(), 1);
        QCOMPARE(clicked.count(), 0);
        m_view->setDrag(ChartView::Drag::Pan);
        QVERIFY(drag(Qt::LeftButton, {}, from, to));
        QCOMPARE(brushed.count(), 1);
    }

    void aClickIsStillOne() {
        QSignalSpy clicked(m_view.get(), &ChartView::clicked);
        const auto all = places(*m_view);
        const auto farthest = std::max_element(
            all.begin(), all.end(), [](const auto& a, const auto& b) { return a.second.x() < b.second.x(); });
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, farthest->second.toPoint());
        QCOMPARE(clicked.last().first().toInt(), static_cast<int>(farthest->first));
    }
};

QTEST_MAIN(TestChartBrush)
#include "tst_chart_brush.moc"
