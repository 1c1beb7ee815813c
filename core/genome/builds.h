// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace diploscope {

/// `GRCh37` for hg19, b37, GRCh37.p13 and the like, `GRCh38` for hg38 and the like; nothing for other names.
[[nodiscard]] std::optional<std::string> knownBuild(std::string_view name);

/// The human build whose chromosome of this name (with or without `chr`) has this length; nothing for other
/// lengths, such as those of cut-out or simulated references.
[[nodiscard]] std::optional<std::string> buildOfContig(std::string_view contig, int64_t length);

} // namespace diploscope
