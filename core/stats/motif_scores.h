// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace diploscope {

/// Log-odds of a sequence motif against a background, and the exact p of each. Scores are whole hundredths of
/// a bit: every base's log-odds is rounded to one, and what is told of their sums is exact. Finer ones would
/// say nothing more of counts, and databases of a thousand motifs would not fit into memory. Immutable.
/// Source: METHODS 18.
class MotifScores {
public:
    using Bases = std::array<double, 4>; ///< A, C, G, T
    static constexpr double UnitsPerBit = 100;

    /// Time and memory O(width x range of the scores). \param probabilities [width] all above 0, each summing
    /// to 1 \param background all above 0, summing to 1
    MotifScores(std::span<const Bases> probabilities, const Bases& background);

    [[nodiscard]] int64_t width() const { return static_cast<int64_t>(m_units.size()); }
    /// In bits. \param bases of the motif's width; empty where one is not A, C, G or T
    [[nodiscard]] std::optional<double> score(std::string_view bases) const;
    /// P(a random sequence of the background scores as much or more).
    [[nodiscard]] double p(double score) const;
    /// Of scores that are told apart, from the least to the largest: 8 bytes are held for each.
    [[nodiscard]] size_t count() const { return m_tail.size(); }

private:
    std::vector<std::array<int64_t, 4>> m_units; ///< [width]
    int64_t m_least = 0;                         ///< of all sums, in units
    std::vector<double> m_tail;                  ///< [sums from m_least] P(sum >= it)
};

} // namespace diploscope
