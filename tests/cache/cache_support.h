// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cache/score_cache.h"

#include "support.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <span>
#include <vector>

namespace diploscope::test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr int Slowness = 10; ///< by which instrumented builds may miss a time limit
#else
inline constexpr int Slowness = 1;
#endif

inline const ScoreScope Scope{"0123abcd", "bins 0; tracks 0; sum"};

/// Opens, or ends the test program: what follows has no meaning without a cache.
inline std::shared_ptr<ScoreCache> openCache(const std::filesystem::path& file,
                                             int64_t limit = ScoreCache::DefaultLimitBytes) {
    auto cache = ScoreCache::open(file, limit);
    if (!cache)
        qFatal("%s", cache.error().message().c_str());
    return *cache;
}

/// Digests of the texts "first", "first + 1", ...
inline std::vector<Digest> digestsFrom(int64_t first, size_t count) {
    std::vector<Digest> digests;
    for (size_t i = 0; i < count; ++i)
        digests.push_back(digestOf(std::to_string(first + static_cast<int64_t>(i))));
    return digests;
}

/// A score that anyone can work out again from the digest.
inline std::vector<double> scoresOf(std::span<const Digest> digests) {
    std::vector<double> scores;
    for (const Digest& digest : digests)
        scores.push_back(double(digest[0]) + double(digest[1]) / 256 - 100);
    return scores;
}

inline std::vector<double> scoresOf(std::span<const Digest> digests, size_t first, size_t count) {
    return scoresOf(digests.subspan(first, count));
}

inline int64_t countFound(const std::vector<std::optional<double>>& scores) {
    return std::count_if(scores.begin(), scores.end(), [](const auto& score) { return score.has_value(); });
}

/// How many are there with exactly the score that they should have.
inline int64_t countRight(const std::vector<std::optional<double>>& found, std::span<const Digest> digests) {
    const std::vector<double> expected = scoresOf(digests);
    int64_t right = 0;
    for (size_t i = 0; i < expected.size(); ++i)
        right += found[i] == expected[i];
    return right;
}

} // namespace diploscope::test
