// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/terminal_text.h"

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
    const auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
    const uint8_t first = byte(0);
    if (first < 0x80)
        return {first, 1};
    const size_t bytes = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < bytes)
        return {};
    uint32_t code = first & (0x7FU >> bytes);
    for (size_t i = 1; i < bytes; ++i) {
        if ((byte(i) & 0xC0) != 0x80)
            return {};
        code = code << 6 | (byte(i) & 0x3FU);
    }
    const bool tooLong = (bytes == 3 && code < 0x800) || (bytes == 4 && code < 0x10000);
    if (tooLong || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
        return {};
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
