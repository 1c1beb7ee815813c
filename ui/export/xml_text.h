// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace diploscope::ui {

/// Without what no XML may hold, not even escaped: names come from files, and a gene's may have anything in
/// it.
[[nodiscard]] QString printable(const QString& text);

/// As it stands in XML: printable, escaped, UTF-8.
[[nodiscard]] QByteArray xmlText(const QString& text);

/// A number of an SVG, of points: two decimals are 4 micrometres, finer than any press.
[[nodiscard]] QByteArray svgNumber(double value);

} // namespace diploscope::ui
