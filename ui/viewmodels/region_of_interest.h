// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "genome/region.h"

#include <string>
#include <vector>

namespace diploscope::ui {

/// A stretch that a person has marked. A value of the document.
struct RegionOfInterest {
    Region region; ///< contig as in the reference
    std::string name;
    std::string note; ///< may be empty

    friend bool operator==(const RegionOfInterest&, const RegionOfInterest&) = default;
};

/// As BED, a name in the fourth column; notes, which BED has no column for, as comments above their rows.
[[nodiscard]] std::string toBed(const std::vector<RegionOfInterest>& regions);

} // namespace diploscope::ui
