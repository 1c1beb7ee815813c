// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

#include <array>
#include <cstdint>
#include <vector>

namespace diploscope::ui {

/// A sequential scale of 256 colours over [0, 1], interpolated linearly between evenly spaced stops.
class ColourScale {
public:
    ColourScale() : ColourScale({Qt::black}) {}
    explicit ColourScale(const std::vector<QColor>& stops);

    /// The step that shows `fraction`; outside of [0, 1] the nearest end, NaN as 0.
    [[nodiscard]] static uint8_t step(double fraction);
    [[nodiscard]] QColor colour(double fraction) const { return QColor::fromRgb(m_steps[step(fraction)]); }
    [[nodiscard]] const std::array<QRgb, 256>& steps() const { return m_steps; }

private:
    std::array<QRgb, 256> m_steps{};
};

} // namespace diploscope::ui
