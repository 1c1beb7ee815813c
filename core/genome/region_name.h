// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "genome/region.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// One place or a stretch, as people write it.
struct PlaceName {
    std::string contig;   ///< as written, with or without `chr`; empty: it does not say
    int64_t first = 0;    ///< 1-based
    int64_t last = 0;     ///< 1-based, part of it; `first` where one place was written
    bool isRange = false; ///< two places were written
};

/// What people type, or copy out of the window: `22:19930274`, `chr22:19,929,000-19,931,000`,
/// `22:19.92M-19.94M`, `19929000..19931000`; k and M in either case, `b` or `bp` behind, a dash of any
/// length. \error BadInput: no place, no whole bases, not from 1, or not in this order
[[nodiscard]] Result<PlaceName> parsePlace(std::string_view text);

/// The same where it says a contig and two places. \param contigs the reference's names, of which the one
/// that means the typed contig is taken \error as parsePlace(); BadInput: less than that; NotFound: none of
/// the contigs
[[nodiscard]] Result<Region> parseRegion(std::string_view text, const std::vector<std::string>& contigs);

} // namespace diploscope
