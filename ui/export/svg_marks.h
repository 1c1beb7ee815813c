// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/mark_item.h"

#include <QByteArray>

namespace diploscope::ui {

/// The marks that `item` shows as SVG elements in the item's own coordinates: `<circle>` and `<path>` for
/// marks, one `<path>` of strokes per colour of stems. A tenth of what QSvgGenerator writes, and real circles
/// for whoever edits the figure.
[[nodiscard]] QByteArray svgMarks(const MarkItem& item);

} // namespace diploscope::ui
