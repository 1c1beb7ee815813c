// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cache/score_cache.h"

#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace diploscope {

/// Under what scores are kept whose sequences are known by sequenceKey(). Versions before knew them by the
/// digest of all their bases and kept them under `scope` itself.
[[nodiscard]] ScoreScope keyedByEdits(const ScoreScope& scope);

/// ScoreCache::findAny() by sequenceKey(). What is not found is looked up as versions before kept it, but
/// only where the cache holds such scores of this window, as their keys take long to make; those that a check
/// has spoken for are kept under their new keys, too, and found at once from then on. \param scope without
/// keyedByEdits() \param trial of the window \param olderKey of the sequence with this index; may be empty,
/// then nothing older is looked for \error what the cache gives
[[nodiscard]] Result<std::vector<std::optional<StoredScore>>>
findByEdits(ScoreCache& cache, const ScoreScope& scope, const Digest& trial,
            std::span<const Digest> sequences, const std::function<Digest(size_t)>& olderKey);

} // namespace diploscope
