// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/linkage_item.h"

#include "charts/track_chart.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace diploscope::ui {

ColourScale linkageScale(const Theme& theme) {
    const bool dark = theme.card.lightnessF() < 0.5F;
    // The hues of LocusZoom, and the farther from the ground the stronger, so that they can be told in grey.
    return dark ? ColourScale({QColor(0x4f5fa8), QColor(0x2a8f88), QColor(0x5aa845), QColor(0xe39a33),
                               QColor(0xffa891)})
                : ColourScale({QColor(0x93aadf), QColor(0x46a69f), QColor(0x559b2f), QColor(0xa85a0c),
                               QColor(0x861010)});
}

LinkageItem::LinkageItem(std::shared_ptr<const LinkageTriangle> shown, const ChartStyle& style,
                         QGraphicsItem* parent)
    : ImageItem(parent), m_shown(std::move(shown)) {
    const ColourScale scale = linkageScale(style.theme);
    const QRgb unknown = style.theme.undecided.colour.rgb();
    const size_t snvs = m_shown->positions.size();
    m_colours.reserve(snvs * snvs);
    for (size_t left = 0; left < snvs; ++left)
        for (size_t right = 0; right < snvs; ++right) {
            const float r2 = m_shown->at(left, right);
            m_colours.push_back(left == right    ? qRgba(0, 0, 0, 0)
                                : std::isnan(r2) ? unknown
                                                 : scale.steps()[ColourScale::step(double(r2))]);
        }
}

std::optional<size_t> LinkageItem::nearest(double position) const {
    const std::vector<double>& positions = m_shown->positions;
    if (positions.empty() || position < positions.front() || position > positions.back())
        return std::nullopt;
    return nearestOf(positions, position);
}

QRectF LinkageItem::pairRect(size_t left, size_t right) const {
    constexpr double least = 6; // a pair may be a hair wide
    const std::vector<double>& positions = m_shown->positions;
    // As far as each of the two is the nearest one.
    const auto reachOf = [&](size_t snv) {
        const double at = positions[snv];
        return AxisRange{snv > 0 ? (positions[snv - 1] + at) / 2 : at,
                         snv + 1 < positions.size() ? (at + positions[snv + 1]) / 2 : at};
    };
    const AxisRange one = reachOf(left);
    const AxisRange other = reachOf(right);
    QRectF rect(map().toScene((one.lower + other.lower) / 2, (other.upper - one.lower) / UnitBp),
                map().toScene((one.upper + other.upper) / 2, (other.lower - one.upper) / UnitBp));
    const double wider = std::max(0.0, least - rect.width()) / 2;
    const double higher = std::max(0.0, least - rect.height()) / 2;
    return rect.adjusted(-wider, -higher, wider, higher) & map().plot;
}

std::optional<std::pair<size_t, size_t>> LinkageItem::pairAt(QPointF at) const {
    const QRectF& plot = map().plot;
    if (!plot.contains(at))
        return std::nullopt;
    const double middle = map().x.lower + (at.x() - plot.left()) / plot.width() * map().x.span();
    const double apart = UnitBp * (map().y.lower + (plot.bottom() - at.y()) / plot.height() * map().y.span());
    const auto left = nearest(middle - apart / 2);
    const auto right = nearest(middle + apart / 2);
    if (apart < 0 || !left || !right || *left == *right)
        return std::nullopt;
    return std::pair(*left, *right);
}

void LinkageItem::draw(QImage& target, double) {
    const int width = target.width();
    const int height = target.height();
    const double step = map().x.span() / width; // bp a pixel
    // The SNV nearest to each pixel, and to as many beside the plot as the triangle reaches for.
    const double reach = UnitBp * std::max(std::abs(map().y.upper), std::abs(map().y.lower)) / 2;
    const int beside = static_cast<int>(std::min(std::ceil(reach / step), 20.0 * width)) + 1;
    // Positions ascend: those within the stretch of the triangle are one run of pixels.
    const size_t snvs = m_shown->positions.size();
    std::vector<size_t> nearestTo; // [pixels from `begin` on]
    int begin = 0;
    for (int x = -beside; x < width + beside; ++x)
        if (const std::optional<size_t> snv = nearest(map().x.lower + (x + 0.5) * step)) {
            if (nearestTo.empty())
                begin = x;
            nearestTo.push_back(*snv);
        }
    const int end = begin + static_cast<int>(nearestTo.size());
    for (int y = 0; y < height; ++y) {
        const double apart = UnitBp * (map().y.upper - map().y.span() * (y + 0.5) / height);
        const double offset = std::round(apart / 2 / step);
        if (apart < 0 || offset > beside)
            continue;
        const int away = static_cast<int>(offset);
        auto* line = reinterpret_cast<QRgb*>(target.scanLine(y));
        for (int x = std::max(0, begin + away); x < std::min(width, end - away); ++x)
            line[x] = m_colours[nearestTo[static_cast<size_t>(x - away - begin)] * snvs +
                                nearestTo[static_cast<size_t>(x + away - begin)]];
    }
}

} // namespace diploscope::ui
