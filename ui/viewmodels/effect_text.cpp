// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/effect_text.h"

#include "viewmodels/number_text.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace diploscope::ui {

QString effectText(double value) {
    if (!std::isfinite(value))
        return undefinedText();
    if (value == 0)
        return QStringLiteral("0");
    const double size = std::abs(value);
    if (size < 1e-3 || size >= 1e6) {
        const QString text = QLocale::c().toString(value, 'e', 1);
        const qsizetype exponent = text.indexOf(QLatin1Char('e'));
        return text.left(exponent).replace(QLatin1Char('-'), QChar(0x2212)) +
               powerOfTenText(text.mid(exponent + 1).toInt());
    }
    return fixedText(value, std::clamp(2 - static_cast<int>(std::floor(std::log10(size))), 0, 6));
}

QString effectText(const std::optional<double>& value) {
    return value ? effectText(*value) : undefinedText();
}

QString changeText(double change) {
    return (change > 0 ? QStringLiteral("+") : QString()) + effectText(change);
}

QString percentText(double fraction) {
    return std::isfinite(fraction) ? fixedText(100 * fraction, 0) + QStringLiteral(" %") : undefinedText();
}

QString distanceText(int64_t bp) {
    return (bp > 0 ? QStringLiteral("+") : QString()) + countText(bp) + QStringLiteral(" bp");
}

} // namespace diploscope::ui
