// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/simulate/random.h"

#include "base/checksum.h"

#include <fmt/format.h>

#include <cmath>
#include <numbers>
#include <numeric>

namespace diploscope::simulate {

namespace {
uint64_t seedOf(uint64_t seed, std::string_view part, uint64_t index) {
    const Digest digest = digestOf(fmt::format("{}/{}/{}", seed, part, index));
    uint64_t value = 0;
    for (size_t i = 0; i < 8; ++i)
        value = value << 8 | digest[i];
    return value;
}
} // namespace

Random::Random(uint64_t seed, std::string_view part, uint64_t index) : m_bits(seedOf(seed, part, index)) {}

double Random::uniform() {
    return static_cast<double>(m_bits() >> 11) * 0x1p-53;
}

int64_t Random::below(int64_t count) {
    const auto n = static_cast<uint64_t>(count);
    const uint64_t limit = UINT64_MAX - UINT64_MAX % n; // a multiple of n: no value is likelier than another
    uint64_t bits = m_bits();
    while (bits >= limit)
        bits = m_bits();
    return static_cast<int64_t>(bits % n);
}

double Random::normal() {
    const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
    return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

double Random::exponential(double rate) {
    return -std::log(1.0 - uniform()) / rate;
}

int64_t Random::poisson(double mean) {
    const double limit = std::exp(-mean);
    double product = uniform();
    int64_t count = 0;
    for (; product > limit; ++count)
        product *= uniform();
    return count;
}

size_t Random::weighted(const std::vector<double>& weights) {
    double left = uniform() * std::accumulate(weights.begin(), weights.end(), 0.0);
    size_t chosen = 0;
    for (size_t i = 0; i < weights.size(); ++i) {
        if (weights[i] <= 0)
            continue;
        chosen = i;
        left -= weights[i];
        if (left < 0)
            break;
    }
    return chosen;
}

} // namespace diploscope::simulate
