// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace diploscope::ui {

/// A name of somebody else's making, of a file, a model or an SNV, as a menu's entry says it: there `&` would
/// mark a key.
[[nodiscard]] inline QString menuText(QString name) {
    return name.replace(QLatin1Char('&'), QLatin1String("&&"));
}

} // namespace diploscope::ui
