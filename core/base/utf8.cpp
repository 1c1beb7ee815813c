// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"

#include <cstdint>
#include <cstring>

namespace diploscope {

namespace {

/// Bytes at the beginning that are ASCII; whole words first, because nearly all text is.
size_t asciiLength(std::string_view text) {
    size_t at = 0;
    for (uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
        std::memcpy(&word, text.data() + at, sizeof word);
        if ((word & 0x8080808080808080U) != 0)
            break;
    }
    while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80)
        ++at;
    return at;
}

/// Bytes at the beginning that are UTF-8.
size_t validLength(std::string_view text) {
    size_t at = asciiLength(text);
    while (at < text.size()) {
        const size_t length = characterLength(text.substr(at));
        if (length == 0)
            return at;
        at += length;
        at += asciiLength(text.substr(at));
    }
    return at;
}

} // namespace

size_t characterLength(std::string_view text) {
    const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80)
        return 1;
    const size_t length = lead >= 0xC2 && lead <= 0xDF   ? 2
                          : lead >= 0xE0 && lead <= 0xEF ? 3
                          : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                         : 0;
    if (length == 0 || text.size() < length)
        return 0;
    for (size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xC0) != 0x80)
            return 0;
    // Overlong forms, surrogates, and what lies beyond U+10FFFF.
    const bool wrong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xED && byte(1) > 0x9F) ||
                       (lead == 0xF0 && byte(1) < 0x90) || (lead == 0xF4 && byte(1) > 0x8F);
    return wrong ? 0 : length;
}

bool isUtf8(std::string_view text) {
    return validLength(text) == text.size();
}

std::string validUtf8(std::string_view text) {
    std::string valid;
    valid.reserve(text.size());
    for (;;) {
        const size_t good = validLength(text);
        valid += text.substr(0, good);
        if (good == text.size())
            return valid;
        valid += "\xEF\xBF\xBD";
        text.remove_prefix(good + 1);
    }
}

} // namespace diploscope
