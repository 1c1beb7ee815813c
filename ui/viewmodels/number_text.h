// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stats/p_value.h"

#include <QString>

#include <cstdint>
#include <optional>

/// Numbers as a person reads them, the same in every panel and figure: true minus sign (U+2212), comma
/// between thousands, point before decimals whatever the locale, an en dash for what is undefined.
namespace diploscope::ui {

/// U+2013, what is shown where a number is undefined.
[[nodiscard]] QString undefinedText();

/// `decimals` digits after the point; never "−0". NaN and infinities are undefined.
[[nodiscard]] QString fixedText(double value, int decimals);

/// A correlation or a fraction: two decimals.
[[nodiscard]] QString ratioText(const std::optional<double>& value);

/// "[0.55, 0.68]", which no line breaks and no label cuts in two.
[[nodiscard]] QString bracketText(const QString& low, const QString& high);

/// `text` with no-break spaces.
[[nodiscard]] QString unbroken(QString text);

/// A whole number: "1,204".
[[nodiscard]] QString countText(int64_t value);

/// "p = 0.034", "p = 1×10⁻⁵²", "p = 3×10⁻⁴¹²"; where only a number too small for doubles is known, "p <
/// 2×10⁻³⁰⁸".
[[nodiscard]] QString pText(const std::optional<PValue>& p);
/// The same under a heading that says p: "0.034", "1×10⁻⁵²", "< 2×10⁻³⁰⁸", "–".
[[nodiscard]] QString pNumberText(const std::optional<PValue>& p);
/// A p by rank among K: "0.018", and "≤ 0.001" where nothing of them was reached.
[[nodiscard]] QString rankPText(const std::optional<double>& p, int64_t predictors);

/// "×10⁶", "×10⁻³".
[[nodiscard]] QString powerOfTenText(int exponent);

/// "1 driver", "3 drivers".
[[nodiscard]] QString countedText(int64_t count, const QString& singular, const QString& plural);

} // namespace diploscope::ui
