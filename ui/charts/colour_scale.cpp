// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/colour_scale.h"

#include <algorithm>
#include <cmath>

namespace diploscope::ui {

ColourScale::ColourScale(const std::vector<QColor>& stops) {
    const size_t last = stops.size() - 1;
    for (size_t i = 0; i < m_steps.size(); ++i) {
        const double at = static_cast<double>(i) / 255.0 * static_cast<double>(last);
        const size_t left = std::min(static_cast<size_t>(at), last);
        const QColor& a = stops[left];
        const QColor& b = stops[std::min(left + 1, last)];
        const double t = at - static_cast<double>(left);
        const auto mix = [t](int from, int to) {
            return static_cast<int>(std::lround(from + (to - from) * t));
        };
        m_steps[i] = qRgb(mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue()));
    }
}

uint8_t ColourScale::step(double fraction) {
    if (!(fraction > 0))
        return 0;
    return static_cast<uint8_t>(std::lround(std::min(fraction, 1.0) * 255.0));
}

} // namespace diploscope::ui
