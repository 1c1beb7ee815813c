// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/mark_grid.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace diploscope::ui {
namespace {

constexpr double cell = 16;

MarkGrid::Hit hitOf(const MarkItem& layer, const Mark& mark, const PlotMap& map) {
    return {mark.source, map.toScene(mark.x, mark.y), mark.shape,
            mark.size > 0 ? static_cast<double>(mark.size) : layer.look().size};
}

} // namespace

int MarkGrid::columnOf(double x) const {
    return std::clamp(static_cast<int>((x - m_map.plot.left()) / cell), 0, m_columns - 1);
}

int MarkGrid::rowOf(double y) const {
    return std::clamp(static_cast<int>((y - m_map.plot.top()) / cell), 0, m_rows - 1);
}

void MarkGrid::build(std::span<const MarkItem* const> layers, const PlotMap& map) {
    m_map = map;
    m_columns = std::max(1, static_cast<int>(std::ceil(map.plot.width() / cell)));
    m_rows = std::max(1, static_cast<int>(std::ceil(map.plot.height() / cell)));
    m_first.assign(static_cast<size_t>(m_columns) * static_cast<size_t>(m_rows) + 1, 0);
    std::vector<Entry> found;
    std::vector<uint32_t> cellOf;
    for (size_t l = 0; l < layers.size(); ++l) {
        const auto [first, last] = visibleMarks(layers[l]->marks(), map.x);
        for (size_t i = first; i < last; ++i) {
            const Mark& mark = layers[l]->marks()[i];
            if (!map.showsY(mark.y))
                continue;
            const QPointF at = map.toScene(mark.x, mark.y);
            found.push_back({static_cast<float>(at.x()), static_cast<float>(at.y()), static_cast<uint32_t>(l),
                             static_cast<uint32_t>(i)});
            cellOf.push_back(static_cast<uint32_t>(rowOf(at.y()) * m_columns + columnOf(at.x())));
            ++m_first[cellOf.back() + 1];
        }
    }
    std::partial_sum(m_first.begin(), m_first.end(), m_first.begin());
    m_entries.resize(found.size());
    std::vector<uint32_t> next(m_first.begin(), m_first.end() - 1);
    for (size_t i = 0; i < found.size(); ++i)
        m_entries[next[cellOf[i]]++] = found[i];
    m_built = true;
}

std::optional<MarkGrid::Hit> MarkGrid::nearest(std::span<const MarkItem* const> layers, const PlotMap& map,
                                               QPointF at, double reach) {
    if (!map.plot.contains(at))
        return std::nullopt;
    if (!m_built || map != m_map)
        build(layers, map);
    reach = std::min(reach, cell);
    double best = reach * reach;
    const Entry* hit = nullptr;
    for (int row = std::max(0, rowOf(at.y()) - 1); row <= std::min(m_rows - 1, rowOf(at.y()) + 1); ++row) {
        const int left = std::max(0, columnOf(at.x()) - 1);
        const int right = std::min(m_columns - 1, columnOf(at.x()) + 1);
        // Cells of a row lie side by side.
        const uint32_t first = m_first[static_cast<size_t>(row * m_columns + left)];
        const uint32_t last = m_first[static_cast<size_t>(row * m_columns + right) + 1];
        for (uint32_t i = first; i < last; ++i) {
            const Entry& entry = m_entries[i];
            const double dx = static_cast<double>(entry.x) - at.x();
            const double dy = static_cast<double>(entry.y) - at.y();
            const double distance = dx * dx + dy * dy;
            if (distance < best || (distance == best && (hit == nullptr || entry.layer >= hit->layer))) {
                best = distance;
                hit = &entry;
            }
        }
    }
    if (hit == nullptr)
        return std::nullopt;
    const MarkItem& layer = *layers[hit->layer];
    return hitOf(layer, layer.marks()[hit->mark], map);
}

std::optional<MarkGrid::Hit> findMark(std::span<const MarkItem* const> layers, const PlotMap& map,
                                      uint32_t source) {
    for (size_t l = layers.size(); l-- > 0;) {
        const auto& marks = layers[l]->marks();
        const auto found = std::find_if(marks.begin(), marks.end(),
                                        [source](const Mark& mark) { return mark.source == source; });
        if (found == marks.end())
            continue;
        if (!map.shows(found->x, found->y))
            return std::nullopt;
        return hitOf(*layers[l], *found, map);
    }
    return std::nullopt;
}

} // namespace diploscope::ui
