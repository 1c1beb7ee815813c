// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/chart_view.h"
#include "charts/highlight_item.h"
#include "charts/rings_item.h"
#include "figures/gene_figures.h"
#include "report_fixture.h"
#include "support.h"

#include <QSignalSpy>

#include <set>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

/// What is marked in a ChartView, and how keys lead from mark to mark.
class TestChartMarks : public QObject {
    Q_OBJECT

private:
    std::shared_ptr<const GeneReport> m_report = std::make_shared<const GeneReport>(inventReport());
    std::unique_ptr<ChartView> m_view;

    ChartView& show(ChartView::Zoom zoom) {
        m_view = std::make_unique<ChartView>(zoom);
        m_view->resize(700, 320);
        m_view->setChartStyle(ChartStyle::screen(lightTheme()).value());
        const GeneFigure figure = zoom == ChartView::Zoom::AlongX ? GeneFigure::Ism : GeneFigure::IsmEqtl;
        m_view->setFigure(registered(figure).make(GeneFigureSpec{.report = m_report}).draw,
                          ChartView::Keep::Nothing);
        m_view->show();
        QTest::qWait(20);
        return *m_view;
    }
    static const PlotChart& chart(const ChartView& view) { return *view.tracks().front().chart; }
    static const HighlightItem* ring(const ChartView& view, bool selected) {
        // The selection's ring is made first.
        QList<HighlightItem*> rings;
        for (QGraphicsItem* item : chart(view).childItems())
            if (auto* one = dynamic_cast<HighlightItem*>(item))
                rings << one;
        return rings.at(selected ? 0 : 1);
    }

private Q_SLOTS:
    void severalAreMarked() {
        ChartView& view = show(ChartView::Zoom::AlongX);
        view.setSelected(std::vector<size_t>{7, 3, 5});
        QCOMPARE(view.selectedData(), (std::vector<size_t>{3, 5, 7}));
        QVERIFY(!view.selected());
        QVERIFY(!ring(view, true)->isVisible()); // the line through all tracks is of one alone
        const auto rings = [&]() -> size_t {
            for (QGraphicsItem* item : chart(view).childItems())
                if (const auto* found = dynamic_cast<RingsItem*>(item))
                    return found->count();
            return 0;
        };
        QCOMPARE(rings(), size_t{3});
        view.setChartStyle(ChartStyle::screen(darkTheme()).value());
        QCOMPARE(rings(), size_t{3});
        view.setSelected(std::vector<size_t>{5});
        QCOMPARE(view.selected(), std::optional(size_t{5}));
        QCOMPARE(rings(), size_t{0});
        QVERIFY(ring(view, true)->isVisible());
        view.setSelected(std::vector<size_t>{5, 1'000'000}); // one that this chart lacks
        QCOMPARE(rings(), size_t{1});
        view.setSelected(std::nullopt);
        QVERIFY(view.selectedData().empty());
    }

    void keysWalkThroughTheMarks() {
        ChartView& view = show(ChartView::Zoom::Plane);
        const auto at = [&] { return markOf(view.tracks(), *view.pointedAt())->at; };
        QSignalSpy clicked(&view, &ChartView::clicked);
        QTest::keyClick(view.viewport(), Qt::Key_Return); // at nothing
        QCOMPARE(clicked.count(), 0);
        QTest::keyClick(view.viewport(), Qt::Key_Right);
        QVERIFY(view.pointedAt().has_value());
        std::set<size_t> walked{*view.pointedAt()};
        double x = at().x();
        for (int i = 0; i < 1000; ++i) {
            QTest::keyClick(view.viewport(), Qt::Key_Right);
            if (!walked.insert(*view.pointedAt()).second)
                break; // it stays at the last one
            QVERIFY(at().x() >= x);
            x = at().x();
        }
        const auto& data = view.tracks().front().datum;
        QCOMPARE(walked, std::set<size_t>(data.begin(), data.end())); // nobody is passed over
        QTest::keyClick(view.viewport(), Qt::Key_Enter, Qt::ControlModifier);
        QCOMPARE(clicked.count(), 1);
        QCOMPARE(clicked[0][0].toInt(), static_cast<int>(*view.pointedAt()));
        QCOMPARE(clicked[0][1].toBool(), true);
        QVERIFY(ring(view, false)->isVisible());
        const double y = at().y();
        QTest::keyClick(view.viewport(), Qt::Key_Up);
        QVERIFY(at().y() >= y);
        QTest::mouseMove(view.viewport(), QPoint(2, 2)); // the pointer takes over
        QVERIFY(!view.pointedAt());
        view.setSelected(data[3]);
        QTest::keyClick(view.viewport(), Qt::Key_Right); // on from what is selected
        QVERIFY(at().x() >= markOf(view.tracks(), data[3])->at.x());
        QVERIFY(view.pointedAt() != data[3]);
    }

    void theLeastSpanHolds() {
        ChartView& view = show(ChartView::Zoom::AlongX);
        view.setLeastSpan(20);
        for (int i = 0; i < 60; ++i)
            QTest::keyClick(view.viewport(), Qt::Key_Plus);
        QVERIFY(std::abs(chart(view).xRange().span() - 20) < 1e-6);
        const double middle = (chart(view).fullX().lower + chart(view).fullX().upper) / 2;
        view.showAlongX({middle, middle + 3});
        QVERIFY(std::abs(chart(view).xRange().span() - 20) < 1e-6);
        view.setLeastSpan(1e9); // all is less than that
        view.showAlongX({middle, middle + 3});
        const double all = chart(view).fullX().span();
        QVERIFY(std::abs(chart(view).xRange().span() - all) < 1e-9 * all);
    }
};

QTEST_MAIN(TestChartMarks)
#include "tst_chart_marks.moc"
