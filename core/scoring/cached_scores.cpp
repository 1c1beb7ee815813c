// SPDX-License-Identifier: GPL-3.0-or-later
#include "scoring/cached_scores.h"

#include <algorithm>

namespace diploscope {

namespace {

/// Scores that are copied at a time, which are then used and dropped together: as many as a model's batch.
constexpr size_t kCopied = 256;

} // namespace

ScoreScope keyedByEdits(const ScoreScope& scope) {
    return {scope.modelChecksum, scope.output + "; by edits"};
}

Result<std::vector<std::optional<StoredScore>>> findByEdits(ScoreCache& cache, const ScoreScope& scope,
                                                            const Digest& trial,
                                                            std::span<const Digest> sequences,
                                                            const std::function<Digest(size_t)>& olderKey) {
    DS_ASSIGN(auto known, cache.findAny(keyedByEdits(scope), sequences, trial));
    std::vector<size_t> missing;
    for (size_t i = 0; i < known.size(); ++i)
        if (!known[i])
            missing.push_back(i);
    if (missing.empty() || !olderKey)
        return known;
    DS_ASSIGN(const bool hasOlder, cache.holds(scope, trial));
    if (!hasOlder)
        return known;

    std::vector<Digest> olderKeys;
    for (const size_t i : missing)
        olderKeys.push_back(olderKey(i));
    DS_ASSIGN(const auto older, cache.findAny(scope, olderKeys));
    std::vector<Digest> keys;
    std::vector<double> scores;
    for (size_t m = 0; m < missing.size(); ++m) {
        known[missing[m]] = older[m];
        if (!older[m] || !older[m]->checked)
            continue;
        keys.push_back(sequences[missing[m]]);
        scores.push_back(older[m]->score);
    }
    for (size_t first = 0; first < keys.size(); first += kCopied) {
        const size_t count = std::min(kCopied, keys.size() - first);
        DS_TRY(cache.store(keyedByEdits(scope), std::span(keys).subspan(first, count),
                           std::span<const double>(scores).subspan(first, count), trial));
    }
    return known;
}

} // namespace diploscope
