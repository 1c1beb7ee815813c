// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/plot_item.h"
#include "charts/theme.h"

#include <Eigen/Core>

#include <QPainterPath>

#include <array>
#include <optional>
#include <string>

namespace diploscope::ui {

/// Four rows of cells, A at the top (y = 3) to T (y = 0), coloured by what each base does; a dot in the one
/// that stands there, in others, where they have room, a triangle that points where the score goes. What is
/// not known stays empty, what is no prediction yet is of half the height.
class HeatMapItem final : public PlotItem {
public:
    /// \param effects [L x 4] \param bases [L] \param first data x of the first position \param largest
    /// |effect| at the ends of the scale, above 0
    HeatMapItem(Eigen::MatrixXd effects, std::string bases, double first, double largest,
                const ChartStyle& style, QGraphicsItem* parent);
    [[nodiscard]] const char* partName() const override { return "heat-map"; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

    /// Cells that are no predictions: low ones, so that it is not told by colour. \param coarse [L x 4] or
    /// empty
    void setCoarse(const Eigen::Array<bool, Eigen::Dynamic, 4>& coarse) { m_coarse = coarse; }
    /// Of a base with that effect where another one stands; empty: none is drawn.
    [[nodiscard]] std::optional<MarkShape> signOf(double effect, const QSizeF& cell) const;

private:
    Eigen::MatrixXd m_effects;
    Eigen::Array<bool, Eigen::Dynamic, 4> m_coarse;
    std::string m_bases;
    double m_first;
    double m_largest;
    Theme m_theme;
};

/// A sequence logo: letters as high as their numbers, piled up from 0 and, those below 0, downwards; the
/// largest outermost. Where a base is too narrow for a letter it is a bar in the letter's colour.
class LogoItem final : public PlotItem {
public:
    /// \param heights [L x 4] of A, C, G, T; NaN and 0 are not drawn \param first as above
    LogoItem(Eigen::MatrixXd heights, double first, const ChartStyle& style, QGraphicsItem* parent);
    [[nodiscard]] const char* partName() const override { return "logo"; }
    /// Places with a letter that is no prediction: hollow ones. \param coarse [L] or empty
    void setCoarse(const Eigen::Array<bool, Eigen::Dynamic, 1>& coarse) { m_coarse = coarse; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void drawBase(QPainter* painter, size_t base, const QRectF& box, bool asLetter, bool isHollow) const;

    Eigen::MatrixXd m_heights;
    Eigen::Array<bool, Eigen::Dynamic, 1> m_coarse;
    double m_first;
    double m_lineWidth;
    std::array<QPainterPath, 4> m_letters; ///< in the unit square
    std::array<QColor, 4> m_colours;
};

/// Least and largest sums of what lies above and below 0 at one position, 0 included.
[[nodiscard]] AxisRange logoRange(const Eigen::MatrixXd& heights);

} // namespace diploscope::ui
