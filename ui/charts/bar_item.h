// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/plot_item.h"

#include <QColor>

#include <vector>

namespace diploscope::ui {

/// The bars of a histogram, standing on y = 0. On screen their edges stand on whole pixels.
class BarItem final : public PlotItem {
public:
    struct Bar {
        double from = 0; ///< data x
        double to = 0;
        double height = 0; ///< data y, from 0
        QColor colour;
    };
    /// \param bars drawn in this order: of bars that share their place, the higher come first.
    /// \param gap between neighbours, scene units
    BarItem(std::vector<Bar> bars, double gap, QGraphicsItem* parent);
    [[nodiscard]] const char* partName() const override { return "bars"; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;
    [[nodiscard]] const std::vector<Bar>& bars() const { return m_bars; }

private:
    std::vector<Bar> m_bars;
    double m_gap;
};

} // namespace diploscope::ui
