// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QStringList>

namespace diploscope::ui {

/// `text` in lines of at most `room` each, broken between words, else where the room ends: a cut text on
/// paper cannot be pointed at. At least a few letters a line, whatever the room.
[[nodiscard]] QStringList brokenLines(const QString& text, const QFont& font, double room);

} // namespace diploscope::ui
