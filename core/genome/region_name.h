// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "genome/region.h"

#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// What people type: `22:19929000-19931000` or `chr22:19,929,000-19,931,000`, first and last place, 1-based.
/// \param contigs the reference's names, of which the one that means the typed contig is taken
/// \error BadInput: no contig and two places from 1, in this order; NotFound: none of the contigs
[[nodiscard]] Result<Region> parseRegion(std::string_view text, const std::vector<std::string>& contigs);

} // namespace diploscope
