// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/plot_item.h"
#include "charts/theme.h"

#include <QFont>
#include <QString>

#include <limits>
#include <vector>

namespace diploscope::ui {

/// Bars that each begin where the one above ends, pointed at the end that they lead to, with what they change
/// beside it; start and end as ticks. What is not known yet is not drawn.
class WaterfallItem final : public PlotItem {
public:
    struct Bar {
        double row = 0;               ///< data y
        double before = 0, after = 0; ///< data x; equal: a tick
        QString text;
        bool strong = false;                                    ///< start or end
        double mark = std::numeric_limits<double>::quiet_NaN(); ///< data x of what else stands in the row
    };
    WaterfallItem(std::vector<Bar> bars, const ChartStyle& style, QGraphicsItem* parent);
    [[nodiscard]] const std::vector<Bar>& bars() const { return m_bars; }
    [[nodiscard]] const char* partName() const override { return "steps"; }
    /// Where the words of a bar stand: beyond the end that it leads to, else on its other side, else in it;
    /// in smaller letters where that is not enough. Empty when it is out of view.
    struct Words {
        QRectF place; ///< scene units, of capitals
        QFont font = {};
        bool inBar = false;
    };
    [[nodiscard]] Words wordsOf(const Bar& bar) const;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void paintBar(QPainter* painter, const Bar& bar, double half) const;
    void paintText(QPainter* painter, const Bar& bar) const;

    std::vector<Bar> m_bars;
    ChartStyle m_style;
};

} // namespace diploscope::ui
