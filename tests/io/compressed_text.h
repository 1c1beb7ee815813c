// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

/// Gzip and bgzip files made by hand (stored, not compressed), so that tests can also make them wrong.
namespace diploscope::test {

inline void appendNumber(std::string& out, uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i)
        out += static_cast<char>((value >> (8 * i)) & 0xff);
}

inline uint32_t crc32Of(const std::string& text) {
    uint32_t crc = 0xffffffffU;
    for (const char c : text) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0xedb88320U : 0U);
    }
    return ~crc;
}

/// One gzip member; with `blocked`, the BGZF field that says how long it is.
inline std::string gzipMember(const std::string& text, bool blocked) {
    std::string out("\x1f\x8b\x08", 3);
    out += blocked ? '\x04' : '\0';
    out.append(4, '\0');
    out += '\0';
    out += '\xff';
    if (blocked) {
        out += std::string("\x06\0BC\x02\0", 6);
        appendNumber(out, static_cast<uint32_t>(18 + 5 + text.size() + 8 - 1), 2);
    }
    out += '\x01'; // last and only block, stored
    appendNumber(out, static_cast<uint32_t>(text.size()), 2);
    appendNumber(out, ~static_cast<uint32_t>(text.size()), 2);
    out += text;
    appendNumber(out, crc32Of(text), 4);
    appendNumber(out, static_cast<uint32_t>(text.size()), 4);
    return out;
}

/// \param blockSize bytes of text in each block; small ones make regions span blocks.
inline std::string bgzipped(const std::string& text, size_t blockSize = 4000, bool withEnd = true) {
    std::string out;
    for (size_t at = 0; at < text.size(); at += blockSize)
        out += gzipMember(text.substr(at, blockSize), true);
    if (withEnd)
        out += std::string("\x1f\x8b\x08\x04\0\0\0\0\0\xff\x06\0BC\x02\0\x1b\0\x03\0\0\0\0\0\0\0\0\0", 28);
    return out;
}

/// Plain gzip of at most 65,535 bytes.
inline std::string gzipped(const std::string& text) {
    return gzipMember(text, false);
}

} // namespace diploscope::test
