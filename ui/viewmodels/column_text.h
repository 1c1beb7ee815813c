// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "results/column.h"

#include <QString>

/// Columns and their values as a person reads them.
namespace diploscope::ui {

[[nodiscard]] QString titleText(const ColumnText& column);
[[nodiscard]] QString meaningText(const ColumnText& column);

/// As the format says; an en dash for what is not known or not finite.
[[nodiscard]] QString cellText(Format format, const Cell& cell);

} // namespace diploscope::ui
