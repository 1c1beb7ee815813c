// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/figure.h"
#include "charts/plot_item.h"

#include <QColor>

#include <vector>

namespace diploscope::ui {

/// Rings round the marks of several data that are selected. On screen alone.
class RingsItem final : public PlotItem {
public:
    RingsItem(const QColor& ring, double width, QGraphicsItem* parent);

    /// \param track whose marks they are; of a datum with several the topmost one gets the ring
    /// \param data ascending
    void setData(const FigureTrack& track, const std::vector<size_t>& data);
    [[nodiscard]] size_t count() const { return m_marks.size(); }

    [[nodiscard]] const char* partName() const override { return "rings"; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    QColor m_ring;
    double m_width;
    std::vector<Mark> m_marks; ///< `size` is always a diameter
};

} // namespace diploscope::ui
