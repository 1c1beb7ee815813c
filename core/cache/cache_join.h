// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "cache/score_cache.h"

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace diploscope {

/// Two numbers for one sequence under one model and output.
struct CacheConflict {
    ScoreScope scope;
    Digest sequence{};
    double kept = 0, other = 0;
};

/// What a join made of another cache's scores.
struct CacheJoin {
    int64_t added = 0;
    int64_t known = 0;   ///< with the same number
    int64_t refuted = 0; ///< of windows on which a check failed, here or there: not taken
    int64_t damaged = 0; ///< not what was stored: not taken
    int64_t conflicting = 0;
    std::vector<CacheConflict> conflicts; ///< the first of them

    void add(const CacheJoin& other);
};

/// The models and outputs that a cache has scores of. \error as joinCache
[[nodiscard]] Result<std::vector<ScoreScope>> cacheScopes(const std::filesystem::path& source);

/// Takes another cache's scores into `into`, checked or not as they are there, window by window, each in one
/// transaction: a kill leaves a whole cache that lacks some, and the same join goes on. Of two numbers under
/// one key that of `into` stays, and the other is told. Windows that a check refuted there are refuted here.
/// The source is not changed; nobody may write to it meanwhile unless it has a WAL by then.
/// \param trials  the windows wanted (ScoreCache's trials); none: all
/// \error NotFound, Io; BadInput for a damaged source; Mismatch for what is no cache, or one of another
/// version's tables; Cancelled; what `into` gives
[[nodiscard]] Result<CacheJoin> joinCache(ScoreCache& into, const std::filesystem::path& source,
                                          const std::optional<std::set<Digest>>& trials = std::nullopt,
                                          const RunContext& context = {});

} // namespace diploscope
