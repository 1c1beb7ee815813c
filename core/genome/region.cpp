// SPDX-License-Identifier: GPL-3.0-or-later
#include "genome/region.h"

#include <fmt/format.h>

namespace diploscope {

std::string toText(const Region& region) {
    return fmt::format("{}:{}-{}", region.contig, region.start + 1, region.end);
}

} // namespace diploscope
