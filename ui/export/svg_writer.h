// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/figure_record.h"

#include <QByteArray>
#include <QString>

namespace diploscope::ui {

/// What stands between `<svg>` and `</svg>`, in points.
struct SvgBody {
    QByteArray definitions; ///< what elements refer to; may be empty
    QByteArray elements;
};

/// As a `font-family` of SVG: the family, and what stands in for it where it is not installed.
[[nodiscard]] QByteArray fontFamilyText(const QString& family);

/// A record as SVG for people: flat coordinates, one element a shape, one `<text>` a label with its anchor,
/// parts as nested groups by name. QSvgGenerator writes transforms and empty groups round every item, texts
/// without anchors, and the system's font. Any thread.
/// \param family of the document's root, which texts of it do not repeat
[[nodiscard]] SvgBody svgOf(const FigureRecord& record, const QString& family);

} // namespace diploscope::ui
