// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/mark_item.h"

#include <QByteArray>
#include <QTransform>

#include <vector>

namespace diploscope::ui {

/// What a MarkItem shows, for any thread to write.
struct ShownMarks {
    std::vector<Mark> marks; ///< as the item's
    MarkLayerLook look;
    PlotMap map;

    /// GUI thread, where items live.
    [[nodiscard]] static ShownMarks of(const MarkItem& item) {
        return {item.marks(), item.look(), item.map()};
    }
    /// Elsewhere, and larger or smaller. \param transform that moves and scales alone
    [[nodiscard]] ShownMarks mapped(const QTransform& transform) const;
};

/// The marks as SVG elements in the coordinates of their map: `<circle>` and `<path>` for marks, one `<path>`
/// of strokes per colour of stems. A tenth of what QSvgGenerator writes, and real circles for whoever edits
/// the figure.
[[nodiscard]] QByteArray svgMarks(const ShownMarks& shown);

} // namespace diploscope::ui
