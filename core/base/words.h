// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace diploscope {

/// A-Z to a-z and back; other bytes stay, so that UTF-8 does and no locale matters.
[[nodiscard]] std::string lowerCase(std::string_view text);
[[nodiscard]] std::string upperCase(std::string_view text);

/// Without spaces, tabs and carriage returns at either end.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// "1 person", "1,204 people".
[[nodiscard]] std::string counted(int64_t count, std::string_view one, std::string_view many);

} // namespace diploscope
