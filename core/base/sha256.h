// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace diploscope {

/// SHA-256 of bytes in memory, lower-case hex; of a file: checksum.h.
[[nodiscard]] std::string sha256Of(std::string_view bytes);

} // namespace diploscope
