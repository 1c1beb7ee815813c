// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/terminal_text.h"

#include "base/utf8.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>

namespace diploscope {

namespace {

struct Character {
    uint32_t code = 0;
    size_t bytes = 0; ///< 0: no UTF-8
};

/// The first character of `text`, which is not empty.
Character firstOf(std::string_view text) {
    const size_t bytes = characterLength(text);
    const auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
    uint32_t code = bytes > 1 ? byte(0) & (0x7FU >> bytes) : byte(0);
    for (size_t i = 1; i < bytes; ++i)
        code = code << 6 | (byte(i) & 0x3FU);
    return {code, bytes};
}

/// Does something to a terminal instead of being shown.
bool isActive(uint32_t code) {
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || // C0, DEL, C1
           code == 0x061C || code == 0x200E || code == 0x200F || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
}

} // namespace

std::string terminalText(std::string_view text, bool keepLines) {
    std::string safe;
    safe.reserve(text.size());
    while (!text.empty()) {
        const Character character = firstOf(text);
        if (character.bytes == 0) {
            safe += fmt::format("\\x{:02x}", static_cast<uint8_t>(text[0]));
            text.remove_prefix(1);
            continue;
        }
        const bool line = keepLines && (character.code == '\n' || character.code == '\t');
        if (!line && isActive(character.code))
            safe += fmt::format("\\u{:04x}", character.code);
        else
            safe += text.substr(0, character.bytes);
        text.remove_prefix(character.bytes);
    }
    return safe;
}

} // namespace diploscope
