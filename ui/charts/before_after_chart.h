// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/mark_item.h"
#include "charts/plot_chart.h"
#include "viewmodels/before_after.h"

namespace diploscope::ui {

/// The vertical way of each person's mark from before to after an experiment.
class MoveItem final : public PlotItem {
public:
    struct Move {
        double x = 0, from = 0, to = 0; ///< data coordinates
    };
    MoveItem(std::vector<Move> moves, const QPen& pen, QGraphicsItem* parent);
    [[nodiscard]] const char* partName() const override { return "moves"; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    std::vector<Move> m_moves;
    QPen m_pen;
};

/// Observed against predicted expression before (hollow) and after (filled).
class BeforeAfterChart final : public PlotChart {
    Q_OBJECT

public:
    BeforeAfterChart(const BeforeAfter& shown, const ChartStyle& style, QGraphicsItem* parent = nullptr);
    /// Mark::source counts BeforeAfter::people.
    [[nodiscard]] const MarkItem& after() const { return *m_after; }

private:
    MarkItem* m_before;
    MarkItem* m_after;
};

} // namespace diploscope::ui
