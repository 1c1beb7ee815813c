// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace diploscope {

/// Bytes of the character that `text`, which is not empty, begins with; 0 where it begins with none.
[[nodiscard]] size_t characterLength(std::string_view text);

/// Whether the bytes are UTF-8 as the Unicode standard has it: no overlong forms, no surrogates, nothing
/// beyond U+10FFFF.
[[nodiscard]] bool isUtf8(std::string_view text);

/// The text with every byte that is no part of UTF-8 shown as U+FFFD. Whatever becomes text inside the
/// program comes through here where it is read: names in Latin-1 are common, and neither JSON nor the window
/// takes them as they are.
[[nodiscard]] std::string validUtf8(std::string_view text);

} // namespace diploscope
