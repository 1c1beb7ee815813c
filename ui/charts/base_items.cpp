// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/base_items.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace diploscope::ui {
namespace {

constexpr char baseLetters[] = "ACGT";
constexpr double narrowestLetter = 5; ///< scene units
constexpr double narrowestSign = 6;   ///< of a cell, scene units
constexpr double leastSigned = 0.1;   ///< of the largest effect: smaller ones are as good as nothing

/// Positions that a map shows, as [first, last) of L.
std::pair<Eigen::Index, Eigen::Index> positionsIn(const PlotMap& map, double first, Eigen::Index length) {
    const double from = std::ceil(map.x.lower - 0.5 - first);
    const double to = std::floor(map.x.upper + 0.5 - first) + 1;
    return {static_cast<Eigen::Index>(std::clamp(from, 0.0, static_cast<double>(length))),
            static_cast<Eigen::Index>(std::clamp(to, 0.0, static_cast<double>(length)))};
}

/// A letter that fills the unit square, upright.
QPainterPath letterPath(char letter, const ChartStyle& style) {
    QPainterPath path;
    path.addText(0, 0, style.font(100, QFont::Bold), QString(QLatin1Char(letter)));
    const QRectF box = path.boundingRect();
    if (box.isEmpty())
        return {};
    QTransform unit;
    unit.scale(1 / box.width(), 1 / box.height());
    unit.translate(-box.left(), -box.top());
    return unit.map(path);
}

} // namespace

HeatMapItem::HeatMapItem(Eigen::MatrixXd effects, std::string bases, double first, double largest,
                         const ChartStyle& style, QGraphicsItem* parent)
    : PlotItem(parent)
    , m_effects(std::move(effects))
    , m_bases(std::move(bases))
    , m_first(first)
    , m_largest(largest)
    , m_theme(style.theme) {
    setZValue(layer::tint);
}

void HeatMapItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget* widget) {
    painter->save();
    painter->setPen(Qt::NoPen);
    const bool isLight = m_theme.card.lightnessF() > 0.5F;
    const auto [begin, end] = positionsIn(map(), m_first, m_effects.rows());
    const auto edge = [widget](double at) { return widget != nullptr ? std::round(at) : at; };
    for (Eigen::Index i = begin; i < end; ++i) {
        const double x = m_first + static_cast<double>(i);
        for (Eigen::Index b = 0; b < 4; ++b) {
            const double effect = m_effects(i, b);
            if (std::isnan(effect))
                continue;
            const double y = 3.0 - static_cast<double>(b);
            const double half = m_coarse.rows() > 0 && m_coarse(i, b) ? 0.25 : 0.5; // of its height
            const QPointF topLeft(edge(map().toX(x - 0.5)), edge(map().toY(y + half)));
            const QPointF bottomRight(edge(map().toX(x + 0.5)), edge(map().toY(y - half)));
            const QRectF cell = QRectF(topLeft, bottomRight) & map().plot;
            if (cell.isEmpty())
                continue;
            const QColor ground = m_theme.change.colour(0.5 + 0.5 * effect / m_largest);
            painter->fillRect(cell, ground);
            const double room = std::min(cell.width(), cell.height());
            const double dot = 0.3 * room;
            const bool isOwn = m_bases[static_cast<size_t>(i)] == baseLetters[b];
            const std::optional<MarkShape> sign = isOwn ? MarkShape::Circle : signOf(effect, cell.size());
            if (!sign || dot < 1)
                continue;
            const bool isPale = ground.lightnessF() > 0.55F; // text is dark where the card is not
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setBrush(isPale == isLight ? m_theme.text : m_theme.card);
            painter->drawPath(markPath(*sign, cell.center(), isOwn ? dot : 0.45 * room));
            painter->setRenderHint(QPainter::Antialiasing, false);
        }
    }
    painter->restore();
}

std::optional<MarkShape> HeatMapItem::signOf(double effect, const QSizeF& cell) const {
    if (std::min(cell.width(), cell.height()) < narrowestSign || std::abs(effect) < leastSigned * m_largest)
        return std::nullopt;
    return effect > 0 ? MarkShape::Triangle : MarkShape::TriangleDown;
}

LogoItem::LogoItem(Eigen::MatrixXd heights, double first, const ChartStyle& style, QGraphicsItem* parent)
    : PlotItem(parent)
    , m_heights(std::move(heights))
    , m_first(first)
    , m_lineWidth(style.lineWidth)
    , m_colours(style.theme.bases) {
    for (size_t base = 0; base < 4; ++base)
        m_letters[base] = letterPath(baseLetters[base], style);
    setZValue(layer::marks);
}

void LogoItem::drawBase(QPainter* painter, size_t base, const QRectF& box, bool asLetter,
                        bool isHollow) const {
    const QRectF seen = box & map().plot;
    if (seen.isEmpty())
        return;
    // A letter that is not wholly in view would be another letter.
    if (!asLetter || seen != box) {
        painter->fillRect(isHollow ? seen.adjusted(0, 0, -0.5 * seen.width(), 0) : seen, m_colours[base]);
        return;
    }
    QTransform place;
    place.translate(box.left(), box.top());
    place.scale(box.width(), box.height());
    if (isHollow)
        painter->strokePath(place.map(m_letters[base]), QPen(m_colours[base], m_lineWidth));
    else
        painter->fillPath(place.map(m_letters[base]), m_colours[base]);
}

void LogoItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    painter->save();
    const double width = map().plot.width() / map().x.span();
    const bool asLetter = width >= narrowestLetter;
    painter->setRenderHint(QPainter::Antialiasing, asLetter);
    const auto [begin, end] = positionsIn(map(), m_first, m_heights.rows());
    for (Eigen::Index i = begin; i < end; ++i) {
        std::array<size_t, 4> order{0, 1, 2, 3};
        const auto height = [&](size_t base) { return m_heights(i, static_cast<Eigen::Index>(base)); };
        std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
            const double one = std::isnan(height(a)) ? 0 : std::abs(height(a));
            const double other = std::isnan(height(b)) ? 0 : std::abs(height(b));
            return one != other ? one < other : a < b;
        });
        double above = 0, below = 0;
        const double left = map().toX(m_first + static_cast<double>(i) - 0.5);
        for (const size_t base : order) {
            const double value = height(base);
            if (std::isnan(value) || value == 0)
                continue;
            double& from = value > 0 ? above : below;
            const double to = from + value;
            const QRectF box =
                QRectF(QPointF(left, map().toY(from)), QPointF(left + width, map().toY(to))).normalized();
            drawBase(painter, base, asLetter ? box.adjusted(0.03 * width, 0, -0.03 * width, 0) : box,
                     asLetter, m_coarse.size() > 0 && m_coarse(i));
            from = to;
        }
    }
    painter->restore();
}

AxisRange logoRange(const Eigen::MatrixXd& heights) {
    double lower = 0, upper = 0;
    for (Eigen::Index i = 0; i < heights.rows(); ++i) {
        double above = 0, below = 0;
        for (Eigen::Index b = 0; b < heights.cols(); ++b)
            if (const double value = heights(i, b); std::isfinite(value))
                (value > 0 ? above : below) += value;
        lower = std::min(lower, below);
        upper = std::max(upper, above);
    }
    const double room = 0.06 * (upper - lower);
    return upper > lower ? AxisRange{lower - room, upper + room} : AxisRange{-1, 1};
}

} // namespace diploscope::ui
