// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/file_track_item.h"

#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace diploscope::ui {

FileTrackItem::FileTrackItem(std::shared_ptr<const LaidOutTrack> track, const ChartStyle& style,
                             QGraphicsItem* parent)
    : PlotItem(parent), m_track(std::move(track)), m_style(style) {
    setZValue(layer::marks);
}

std::pair<size_t, size_t> FileTrackItem::seen(double lower, double upper) const {
    const auto& features = m_track->features;
    const auto& ends = m_track->furthestEnds;
    const auto first = std::upper_bound(ends.begin(), ends.end(), lower - 1,
                                        [](double x, int64_t end) { return x < static_cast<double>(end); });
    const auto last =
        std::upper_bound(features.begin(), features.end(), upper, [](double x, const TrackFeature& feature) {
            return x < static_cast<double>(feature.start);
        });
    const auto from = static_cast<size_t>(first - ends.begin());
    return {from, std::max(from, static_cast<size_t>(last - features.begin()))};
}

std::pair<double, double> FileTrackItem::across(int64_t start, int64_t end) const {
    const QRectF& plot = map().plot;
    // Base b, 1-based, is as wide as from b - 0.5 to b + 0.5.
    const double left = std::clamp(map().toX(static_cast<double>(start) + 0.5), plot.left(), plot.right());
    const double right = std::clamp(map().toX(static_cast<double>(end) + 0.5), plot.left(), plot.right());
    return {left, std::max(right, std::min(left + m_style.axisWidth, plot.right()))};
}

QRectF FileTrackItem::rectOf(const TrackFeature& feature, int row) const {
    const QRectF& plot = map().plot;
    const auto [left, right] = across(feature.start, feature.end);
    const double top = map().toY(m_track->rowCount - row - 0.12);
    const double bottom = map().toY(m_track->rowCount - row - 0.88);
    return QRectF(QPointF(left, std::max(top, plot.top())), QPointF(right, std::min(bottom, plot.bottom())));
}

void FileTrackItem::paintSignal(QPainter& painter, bool onScreen) const {
    const QRectF& plot = map().plot;
    const double zero = map().toY(std::clamp(0.0, map().y.lower, map().y.upper));
    constexpr double step = 0.5; // scene units a column
    const auto [begin, end] = seen(map().x.lower, map().x.upper);
    std::vector<double> columns(static_cast<size_t>(std::ceil(plot.width() / step)) + 1, 0.0);
    for (size_t i = begin; i < end; ++i) {
        const TrackFeature& feature = m_track->features[i];
        if (!feature.value)
            continue;
        const auto [left, right] = across(feature.start, feature.end);
        const auto from = static_cast<size_t>((left - plot.left()) / step);
        const auto to = std::min(
            columns.size(), std::max(from + 1, static_cast<size_t>(std::ceil((right - plot.left()) / step))));
        for (size_t column = from; column < to; ++column)
            if (std::abs(*feature.value) > std::abs(columns[column]))
                columns[column] = *feature.value;
    }
    // Outlines of many steps: a rectangle a step takes longer. Not one of all of them on screen, where Qt
    // looks through all edges of a line of pixels for each.
    const size_t atOnce = onScreen ? 32 : columns.size();
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_style.theme.accent);
    const auto placeOf = [&](size_t column) {
        return std::min(plot.left() + static_cast<double>(column) * step, plot.right());
    };
    for (size_t first = 0; first < columns.size(); first += atOnce) {
        const size_t last = std::min(first + atOnce, columns.size());
        if (std::all_of(columns.begin() + static_cast<std::ptrdiff_t>(first),
                        columns.begin() + static_cast<std::ptrdiff_t>(last),
                        [](double value) { return value == 0; }))
            continue;
        QPolygonF outline{QPointF(placeOf(first), zero)};
        for (size_t from = first; from < last;) {
            size_t to = from + 1;
            while (to < last && columns[to] == columns[from])
                ++to;
            const double y = map().toY(std::clamp(columns[from], map().y.lower, map().y.upper));
            outline << QPointF(placeOf(from), y) << QPointF(placeOf(to), y);
            from = to;
        }
        outline << QPointF(placeOf(last), zero);
        painter.drawPolygon(outline, Qt::WindingFill);
    }
}

void FileTrackItem::paintStretches(QPainter& painter, bool onScreen) const {
    const auto [first, last] = seen(map().x.lower, map().x.upper);
    const QColor& colour = m_style.theme.accent;
    // Of thousands in a pixel of a row one is seen: on screen the others are not drawn over it.
    constexpr double unseen = 0.5;
    std::array<double, LaidOutTrack::MostRows> drawnTo;
    drawnTo.fill(map().plot.left() - 1);
    for (size_t i = first; i < last; ++i) {
        const TrackFeature& feature = m_track->features[i];
        if (m_track->rows[i] < 0 || static_cast<double>(feature.end) < map().x.lower)
            continue;
        const QRectF area = rectOf(feature, m_track->rows[i]);
        double& drawn = drawnTo[static_cast<size_t>(m_track->rows[i])];
        if (area.height() <= 0 || (onScreen && area.right() < drawn + unseen))
            continue;
        drawn = std::max(drawn, area.right());
        const double middle = area.center().y();
        if (feature.blocks.empty()) {
            painter.fillRect(area, colour);
        } else {
            painter.setPen(QPen(colour, m_style.axisWidth, Qt::SolidLine, Qt::FlatCap));
            painter.drawLine(QPointF(area.left(), middle), QPointF(area.right(), middle));
            const double step = 4 * m_style.smallSize;
            if (feature.strand)
                for (double x = area.left() + step / 2; x < area.right() - step / 4; x += step) {
                    const double head = std::min(0.2 * m_style.smallSize, area.height() / 2);
                    const double back = *feature.strand == Strand::Forward ? x - head : x + head;
                    painter.drawLine(QPointF(x, middle), QPointF(back, middle - head));
                    painter.drawLine(QPointF(x, middle), QPointF(back, middle + head));
                }
            for (const auto& [start, end] : feature.blocks) {
                const auto [left, right] = across(start, end);
                if (right > left)
                    painter.fillRect(QRectF(left, area.top(), right - left, area.height()), colour);
            }
        }
        if (feature.summit) {
            const double x = map().toX(static_cast<double>(*feature.summit + 1));
            painter.setPen(QPen(m_style.theme.card, m_style.lineWidth));
            if (x > area.left() && x < area.right())
                painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
        }
    }
}

void FileTrackItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget* widget) {
    if (map().plot.isEmpty())
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (isSignal(m_track->format))
        paintSignal(*painter, widget != nullptr);
    else
        paintStretches(*painter, widget != nullptr);
    painter->restore();
}

bool FileTrackItem::isDrawn(size_t feature) const {
    return isSignal(m_track->format) ? m_track->features[feature].value.has_value()
                                     : m_track->rows[feature] >= 0;
}

std::optional<size_t> FileTrackItem::nearestTo(double x) const {
    std::optional<size_t> nearest;
    double least = 0;
    for (size_t i = 0; i < m_track->features.size(); ++i) {
        const TrackFeature& feature = m_track->features[i];
        const double away =
            std::max({static_cast<double>(feature.start + 1) - x, x - static_cast<double>(feature.end), 0.0});
        if (isDrawn(i) && (!nearest || away < least)) {
            nearest = i;
            least = away;
        }
    }
    return nearest;
}

std::optional<size_t> FileTrackItem::nextTo(size_t feature, bool forward) const {
    for (size_t at = feature; forward ? at + 1 < m_track->features.size() : at > 0;) {
        at = forward ? at + 1 : at - 1;
        if (isDrawn(at))
            return at;
    }
    return std::nullopt;
}

QPointF FileTrackItem::middleOf(size_t feature) const {
    const TrackFeature& at = m_track->features[feature];
    const double x = static_cast<double>(at.start + std::max(at.end, at.start + 1) + 1) / 2;
    return {x, isSignal(m_track->format) ? (map().y.lower + map().y.upper) / 2
                                         : m_track->rowCount - m_track->rows[feature] - 0.5};
}

QRectF FileTrackItem::rectOf(size_t feature) const {
    const TrackFeature& at = m_track->features[feature];
    if (!isSignal(m_track->format))
        return rectOf(at, m_track->rows[feature]);
    const auto [left, right] = across(at.start, at.end);
    return {QPointF(left, map().plot.top()), QPointF(right, map().plot.bottom())};
}

std::optional<std::pair<size_t, QRectF>> FileTrackItem::featureAt(QPointF at) const {
    constexpr double reach = 3; // scene units beside a narrow one
    const QRectF& plot = map().plot;
    if (!plot.contains(at))
        return std::nullopt;
    const double unit = map().x.span() / plot.width();
    const double place = map().x.lower + (at.x() - plot.left()) * unit;
    const auto [first, last] = seen(place - reach * unit, place + reach * unit);
    std::optional<std::pair<size_t, QRectF>> found;
    double nearest = reach;
    for (size_t i = first; i < last; ++i) {
        const TrackFeature& feature = m_track->features[i];
        if (!isSignal(m_track->format) && m_track->rows[i] < 0)
            continue;
        const auto [left, right] = across(feature.start, feature.end);
        const QRectF area = rectOf(i);
        if (at.y() < area.top() || at.y() > area.bottom())
            continue;
        const double away = std::max({left - at.x(), at.x() - right, 0.0});
        if (away < nearest || (!found && away <= nearest)) {
            nearest = away;
            found.emplace(i, area);
        }
    }
    return found;
}

} // namespace diploscope::ui
