// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/haplotype_item.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace diploscope::ui {

HaplotypeItem::HaplotypeItem(std::shared_ptr<const HaplotypeRows> shown, const ChartStyle& style,
                             QGraphicsItem* parent)
    : ImageItem(parent)
    , m_shown(std::move(shown))
    // Unclear is another allele, or no genotype: hollow, too.
    , m_raster(m_shown, {style.theme.faint.rgb(), style.theme.accent.rgb(), style.theme.sets.front().rgb()})
    , m_ground(style.theme.card.rgb())
    , m_mark(style.theme.text)
    , m_ruleWidth(style.ruleWidth) {}

void HaplotypeItem::markPeople(const std::set<size_t>& people) {
    m_markedRows.clear();
    if (!people.empty())
        for (size_t row = 0; row < m_shown->rows.size(); ++row)
            if (people.contains(m_shown->rows[row].person))
                m_markedRows.push_back(row);
    update();
}

HaplotypeItem::Reach HaplotypeItem::reachOf(size_t snv) const {
    const std::vector<double>& positions = m_shown->positions;
    const double scale = map().plot.width() / map().x.span();
    const auto place = [&](size_t at) { return (positions[at] - map().x.lower) * scale; };
    const double middle = place(snv);
    const double reach = std::max(MostReach, scale / 2); // a base that is wider is shown whole
    Reach found{middle - reach, middle + reach};
    if (snv > 0)
        found.left = std::max(found.left, (middle + place(snv - 1)) / 2);
    if (snv + 1 < positions.size())
        found.right = std::min(found.right, (middle + place(snv + 1)) / 2);
    return found;
}

std::pair<size_t, size_t> HaplotypeItem::seen() const {
    const std::vector<double>& positions = m_shown->positions;
    const double beside = std::max(MostReach * map().x.span() / map().plot.width(), 1.0);
    const auto first = std::lower_bound(positions.begin(), positions.end(), map().x.lower - beside);
    const auto last = std::upper_bound(first, positions.end(), map().x.upper + beside);
    return {static_cast<size_t>(first - positions.begin()), static_cast<size_t>(last - positions.begin())};
}

void HaplotypeItem::draw(QImage& target, double ratio) {
    const auto [first, last] = seen();
    std::vector<HaplotypeRaster::Cell> cells;
    cells.reserve(last - first);
    const auto toTarget = [&](double x) {
        return std::llround(x * ratio * static_cast<double>(HaplotypeRaster::WholePixel));
    };
    for (size_t snv = first; snv < last; ++snv) {
        const Reach reach = reachOf(snv);
        cells.push_back({toTarget(reach.left), toTarget(reach.right)});
    }
    m_raster.draw(target, map().y, first, cells);
    hollowOut(target, ratio);
}

/// Cells of what is neither REF nor ALT, where they have room for it.
void HaplotypeItem::hollowOut(QImage& target, double ratio) const {
    const QRectF& plot = map().plot;
    const auto rows = static_cast<double>(m_shown->rows.size());
    if (!m_shown->hasUnclear || plot.height() / map().y.span() < LeastHollow)
        return;
    const auto first = static_cast<size_t>(std::clamp(std::floor(map().y.lower), 0.0, rows));
    const auto last = static_cast<size_t>(std::clamp(std::ceil(map().y.upper), 0.0, rows));
    const auto [from, to] = seen();
    for (size_t snv = from; snv < to; ++snv) {
        const Reach reach = reachOf(snv);
        if (reach.right - reach.left < LeastHollow)
            continue;
        const uint8_t* alleles = m_shown->column(snv);
        for (size_t row = first; row < last; ++row) {
            if (alleles[row] <= 1)
                continue;
            const QRectF cell = rectOf(row, plot.left() + reach.left, plot.left() + reach.right)
                                    .adjusted(Frame, Frame, -Frame, -Frame)
                                    .translated(-plot.topLeft());
            const QRect inside = QRectF(cell.topLeft() * ratio, cell.size() * ratio).toRect() & target.rect();
            for (int y = inside.top(); y <= inside.bottom(); ++y)
                std::fill_n(reinterpret_cast<QRgb*>(target.scanLine(y)) + inside.left(), inside.width(),
                            m_ground);
        }
    }
}

QRectF HaplotypeItem::rectOf(size_t row, double left, double right) const {
    const auto at = static_cast<double>(row);
    return {QPointF(left, map().toY(at + 1)), QPointF(right, map().toY(at))};
}

void HaplotypeItem::paintOver(QPainter& painter) const {
    const QRectF& plot = map().plot;
    painter.setRenderHint(QPainter::Antialiasing);
    for (const size_t row : m_markedRows) {
        const auto at = static_cast<double>(row);
        if (!map().showsY(at + 0.5))
            continue;
        // A frame round the row, which may be lower than a line, and a tip that points at it.
        const double top = std::max(map().toY(at + 1), plot.top());
        const double bottom = std::min(map().toY(at), plot.bottom());
        const double middle = (top + bottom) / 2;
        const double half = std::max((bottom - top) / 2, m_ruleWidth);
        painter.setPen(QPen(m_mark, m_ruleWidth));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(plot.left(), middle - half, plot.width(), 2 * half));
        const double size = 4 * m_ruleWidth;
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_mark);
        painter.drawPolygon(
            QPolygonF({QPointF(plot.left(), middle - size), QPointF(plot.left() + 1.5 * size, middle),
                       QPointF(plot.left(), middle + size)}));
    }
}

QRectF HaplotypeItem::cellRect(size_t row, size_t snv) const {
    const Reach reach = reachOf(snv);
    return rectOf(row, map().plot.left() + reach.left, map().plot.left() + reach.right) & map().plot;
}

std::optional<HaplotypeItem::Cell> HaplotypeItem::cellAt(QPointF at) const {
    const QRectF& plot = map().plot;
    if (!plot.contains(at) || m_shown->rows.empty())
        return std::nullopt;
    const double value = map().y.lower + (plot.bottom() - at.y()) / plot.height() * map().y.span();
    if (value < 0 || value >= static_cast<double>(m_shown->rows.size()))
        return std::nullopt;
    Cell cell{static_cast<size_t>(value), std::nullopt, {}};
    double left = plot.left();
    double right = plot.right();
    const auto [first, last] = seen();
    for (size_t snv = first; snv < last; ++snv) {
        const Reach reach = reachOf(snv);
        if (at.x() < plot.left() + reach.left || at.x() >= plot.left() + reach.right)
            continue;
        cell.snv = snv;
        left = std::max(left, plot.left() + reach.left);
        right = std::min(right, plot.left() + reach.right);
        break;
    }
    cell.rect = rectOf(cell.row, left, right) & plot;
    return cell;
}

} // namespace diploscope::ui
