// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/image_item.h"
#include "charts/theme.h"
#include "viewmodels/linkage_triangle.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace diploscope::ui {

/// From strangers to twins, in the order that users of locus plots know; lightness rises and falls with it no
/// further than the ground allows.
[[nodiscard]] ColourScale linkageScale(const Theme& theme);

/// LD of pairs as a triangle: what lies d above a place is the pair of the SNVs nearest to d/2 left and right
/// of it. Positions are the locus', so it moves with the tracks above it; no SNV is drawn where none is.
class LinkageItem final : public ImageItem {
public:
    LinkageItem(std::shared_ptr<const LinkageTriangle> shown, const ChartStyle& style, QGraphicsItem* parent);

    static constexpr double UnitBp = 1000; ///< of the y axis
    /// The pair that is drawn there, the left one first; empty outside of the triangle.
    [[nodiscard]] std::optional<std::pair<size_t, size_t>> pairAt(QPointF at) const;

    /// What of the plot a pair takes at most: it is a diamond.
    [[nodiscard]] QRectF pairRect(size_t left, size_t right) const;

private:
    void draw(QImage& target, double ratio) override;
    /// The SNV nearest to a position within the stretch of the triangle.
    [[nodiscard]] std::optional<size_t> nearest(double position) const;

    std::shared_ptr<const LinkageTriangle> m_shown;
    std::vector<QRgb> m_colours; ///< [SNVs x SNVs], of a pair; of an SNV with itself nothing
};

} // namespace diploscope::ui
