// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/multiple_testing.h"

#include <algorithm>

namespace diploscope {

namespace {

std::vector<size_t> present(PValues p) {
    std::vector<size_t> indices;
    for (size_t i = 0; i < p.size(); ++i)
        if (p[i])
            indices.push_back(i);
    return indices;
}

} // namespace

std::vector<std::optional<double>> benjaminiHochberg(PValues p) {
    std::vector<size_t> descending = present(p);
    std::sort(descending.begin(), descending.end(), [&](size_t a, size_t b) { return *p[a] > *p[b]; });
    std::vector<std::optional<double>> q(p.size());
    const auto count = static_cast<double>(descending.size());
    auto rank = count;
    double least = 1;
    for (const size_t i : descending)
        q[i] = least = std::min(least, *p[i] * (count / rank--));
    return q;
}

std::vector<std::optional<double>> bonferroni(PValues p) {
    std::vector<std::optional<double>> adjusted(p.begin(), p.end());
    const auto count = static_cast<double>(present(p).size());
    for (std::optional<double>& value : adjusted)
        if (value)
            value = std::min(1.0, *value * count);
    return adjusted;
}

} // namespace diploscope
