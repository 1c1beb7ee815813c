// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/mark_item.h"

#include <optional>
#include <span>
#include <vector>

namespace diploscope::ui {

/// Which mark lies under the mouse: the marks in view, sorted into cells of 16 scene units. Built for one map
/// of a chart when first asked and kept until the map changes, so panning costs nothing here and a look-up
/// reads nine cells (0.5 us over 20,000 marks).
class MarkGrid {
public:
    struct Hit {
        uint32_t source = 0; ///< of the Mark
        QPointF at;          ///< its centre, chart coordinates
        MarkShape shape = MarkShape::Circle;
        double diameter = 0;
    };

    /// The data changed.
    void clear() { m_built = false; }

    /// The mark nearest to `at` (chart coordinates) and no farther than `reach` (at most 16); the one on top
    /// of equally near ones. Empty outside of the plot area.
    [[nodiscard]] std::optional<Hit> nearest(std::span<const MarkItem* const> layers, const PlotMap& map,
                                             QPointF at, double reach);

private:
    struct Entry {
        float x = 0;
        float y = 0;
        uint32_t layer = 0;
        uint32_t mark = 0;
    };
    void build(std::span<const MarkItem* const> layers, const PlotMap& map);
    [[nodiscard]] int columnOf(double x) const;
    [[nodiscard]] int rowOf(double y) const;

    bool m_built = false;
    PlotMap m_map;
    int m_columns = 0;
    int m_rows = 0;
    std::vector<uint32_t> m_first; ///< [cells + 1] into m_entries
    std::vector<Entry> m_entries;  ///< cell by cell, in drawing order
};

/// The mark of `layers` that stands for `source`, where `map` shows it; the topmost if several do.
[[nodiscard]] std::optional<MarkGrid::Hit> findMark(std::span<const MarkItem* const> layers,
                                                    const PlotMap& map, uint32_t source);

} // namespace diploscope::ui
