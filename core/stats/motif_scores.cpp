// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/motif_scores.h"

#include <algorithm>
#include <cmath>

namespace diploscope {

MotifScores::MotifScores(std::span<const Bases> probabilities, const Bases& background) {
    std::vector<double> density{1};
    for (const Bases& column : probabilities) {
        std::array<int64_t, 4> units{};
        for (size_t base = 0; base < 4; ++base)
            units[base] = std::llround(UnitsPerBit * std::log2(column[base] / background[base]));
        m_units.push_back(units);
        const int64_t least = *std::min_element(units.begin(), units.end());
        const int64_t most = *std::max_element(units.begin(), units.end());
        m_least += least;
        std::vector<double> next(density.size() + static_cast<size_t>(most - least), 0.0);
        for (size_t base = 0; base < 4; ++base) {
            const auto shift = static_cast<size_t>(units[base] - least);
            for (size_t sum = 0; sum < density.size(); ++sum)
                next[sum + shift] += background[base] * density[sum];
        }
        density = std::move(next);
    }
    // From the top, where the small ones are.
    for (size_t sum = density.size() - 1; sum-- > 0;)
        density[sum] += density[sum + 1];
    m_tail = std::move(density);
}

std::optional<double> MotifScores::score(std::string_view bases) const {
    if (bases.size() != m_units.size())
        return std::nullopt;
    int64_t sum = 0;
    for (size_t i = 0; i < bases.size(); ++i) {
        const size_t base = std::string_view("ACGT").find(bases[i]);
        if (base == std::string_view::npos)
            return std::nullopt;
        sum += m_units[i][base];
    }
    return static_cast<double>(sum) / UnitsPerBit;
}

double MotifScores::p(double score) const {
    const int64_t at = std::llround(score * UnitsPerBit) - m_least;
    if (at >= static_cast<int64_t>(m_tail.size()))
        return 0;
    return std::min(1.0, m_tail[static_cast<size_t>(std::max<int64_t>(at, 0))]);
}

} // namespace diploscope
