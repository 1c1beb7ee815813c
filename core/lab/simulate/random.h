// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <random>
#include <string_view>
#include <utility>
#include <vector>

namespace diploscope::simulate {

/// Random numbers that are the same on every platform: the bits of std::mt19937_64, which the standard fixes,
/// under distributions of our own, because it leaves those of <random> to the library. One thread.
class Random {
public:
    /// An independent stream for one part of the work, so that what one part draws does not move another's
    /// numbers: the cohort of `seed` is the same with and without training genes.
    Random(uint64_t seed, std::string_view part, uint64_t index = 0);

    [[nodiscard]] double uniform(); ///< [0, 1), 53 bits
    [[nodiscard]] double uniform(double low, double high) { return low + (high - low) * uniform(); }
    [[nodiscard]] int64_t below(int64_t count); ///< 0 .. count - 1, unbiased; count > 0
    [[nodiscard]] int64_t between(int64_t low, int64_t high) {
        return low + below(high - low + 1);
    } ///< both included
    [[nodiscard]] bool chance(double probability) { return uniform() < probability; }
    [[nodiscard]] double normal(); ///< mean 0, sd 1
    [[nodiscard]] double exponential(double rate);
    [[nodiscard]] int64_t poisson(double mean); ///< for means up to some tens

    template <class T>
    void shuffle(std::vector<T>& items) {
        for (size_t i = items.size(); i > 1; --i)
            std::swap(items[i - 1], items[static_cast<size_t>(below(static_cast<int64_t>(i)))]);
    }
    /// An index drawn with probability proportional to its weight; weights >= 0 with a positive sum.
    [[nodiscard]] size_t weighted(const std::vector<double>& weights);

private:
    std::mt19937_64 m_bits;
};

} // namespace diploscope::simulate
