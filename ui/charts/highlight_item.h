// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/mark_grid.h"

#include <QGraphicsItem>
#include <QPen>

#include <optional>

namespace diploscope::ui {

/// A ring round one mark, with a halo that lifts it off its neighbours. An item of its own and no larger than
/// what it draws, so that pointing at marks repaints a few pixels.
class HighlightItem final : public QGraphicsItem {
public:
    HighlightItem(const QColor& ring, const QColor& halo, double width, QGraphicsItem* parent);

    /// \param guide a line through the mark, over the height of the plot; null: none
    void show(const std::optional<MarkGrid::Hit>& hit, const QLineF& guide = {});
    [[nodiscard]] const std::optional<MarkGrid::Hit>& hit() const { return m_hit; }

    [[nodiscard]] QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    [[nodiscard]] double diameter() const;

    QColor m_ring;
    QColor m_halo;
    double m_width;
    std::optional<MarkGrid::Hit> m_hit;
    QLineF m_guide;
};

} // namespace diploscope::ui
