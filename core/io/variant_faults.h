// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// What is wrong with a variant file, in words: htslib says so only on stderr. Inside core/io only.
namespace diploscope {

/// Why the header could not be read.
[[nodiscard]] Error describeHeaderFault(const std::filesystem::path& file);

/// Why no index could be built: reads the file through to the first record that is broken or out of order.
[[nodiscard]] Error describeIndexFault(const std::filesystem::path& file);

/// What is wrong with a line of VCF text that htslib refused: too few columns, whose genotype.
/// \param line as htslib left it, where it may have written zeros over tabs.
[[nodiscard]] std::string describeRecordFault(std::string_view line, const std::vector<std::string>& people);

} // namespace diploscope
