// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFontMetrics>
#include <QString>

namespace diploscope::ui {

/// `text`, cut with an ellipsis where it is wider than `width` pixels. QFontMetrics::elidedText() counts
/// fractions of a pixel, and so cuts what stands in exactly the room that a size hint asked for.
[[nodiscard]] inline QString elidedTo(int width, const QString& text, const QFontMetrics& metrics,
                                      Qt::TextElideMode mode = Qt::ElideRight) {
    return metrics.horizontalAdvance(text) <= width ? text : metrics.elidedText(text, mode, width);
}

} // namespace diploscope::ui
