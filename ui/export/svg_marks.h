// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/mark_item.h"

#include <QByteArray>
#include <QTransform>

namespace diploscope::ui {

/// The marks as SVG elements: `<circle>` and `<path>` for marks, one `<path>` a stem. A tenth of what
/// QSvgGenerator writes, and real circles for whoever edits the figure.
/// \param toPoints moves and scales alone
[[nodiscard]] QByteArray svgMarks(const ShownMarks& shown, const QTransform& toPoints);

} // namespace diploscope::ui
