// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace diploscope::ui {

/// An effect with three significant digits, whatever its unit: "0.438", "−0.0861", "12.3", "1.2×10⁻⁶"; zero
/// is "0", what is undefined an en dash.
[[nodiscard]] QString effectText(double value);
[[nodiscard]] QString effectText(const std::optional<double>& value);

/// The same with its sign, whatever it is: "+0.120", "−0.0861", "0".
[[nodiscard]] QString changeText(double change);

/// "60 %"
[[nodiscard]] QString percentText(double fraction);

/// "+125 bp", "−3,210 bp" of the TSS.
[[nodiscard]] QString distanceText(int64_t bp);

} // namespace diploscope::ui
