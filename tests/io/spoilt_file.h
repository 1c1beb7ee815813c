// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What may have become of a file that io/kept_file wrote, for the tests of whoever keeps something by it.
namespace diploscope::test {

/// The ways of spoilt().
inline std::vector<std::string> waysToSpoil() {
    return {"empty", "cut", "one byte short", "one byte more", "a letter", "the length", "a version"};
}

/// \param letter a word within its content \param format as the file begins, "genes 1"
inline std::string spoilt(std::string bytes, std::string_view how, std::string_view letter,
                          std::string_view format) {
    constexpr size_t DigestBytes = 32; // behind the first line; the length follows
    if (how == "empty")
        bytes.clear();
    else if (how == "cut")
        bytes.resize(bytes.size() / 2);
    else if (how == "one byte short")
        bytes.pop_back();
    else if (how == "one byte more")
        bytes += '\0';
    else if (how == "a letter")
        bytes[bytes.find(letter)] = 'X';
    else if (how == "the length")
        bytes[bytes.find('\n') + 1 + DigestBytes] = '\x7f';
    else if (how == "a version")
        bytes[bytes.find(format) + format.size() - 1] = '0';
    return bytes;
}

} // namespace diploscope::test
