// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <filesystem>

/// What is wrong with a variant file, in words: htslib says so only on stderr. Inside core/io only.
namespace diploscope {

/// Why the header could not be read.
[[nodiscard]] Error describeHeaderFault(const std::filesystem::path& file);

/// Why no index could be built: reads the file through to the first record that is broken or out of order.
[[nodiscard]] Error describeIndexFault(const std::filesystem::path& file);

} // namespace diploscope
