// SPDX-License-Identifier: GPL-3.0-or-later
#include "genome/bases.h"

#include "base/cpu_clones.h"

#include <algorithm>
#include <array>

namespace diploscope {

namespace {
using ByteTable = std::array<char, 256>;

constexpr ByteTable tableOf(std::string_view from, std::string_view to) {
    ByteTable table{};
    table.fill('N');
    for (size_t i = 0; i < from.size(); ++i)
        table[static_cast<unsigned char>(from[i])] = to[i];
    return table;
}

constexpr ByteTable Complement = tableOf("ACGTUacgtu", "TGCAATGCAA");

char look(const ByteTable& table, char base) {
    return table[static_cast<unsigned char>(base)];
}

/// Without a table and without a branch, so that the compiler takes many bases at a time.
DS_CLONES void normalize(char* bases, size_t count) {
    constexpr char ToUpper = static_cast<char>(0xDF); // of a letter; makes no other byte one
    // Turns N into `to` where the letter is `from`.
    const auto turn = [](char letter, char from, char to) {
        return -static_cast<int>(letter == from) & ('N' ^ to);
    };
    for (size_t i = 0; i < count; ++i) {
        const char upper = bases[i] & ToUpper;
        bases[i] = static_cast<char>('N' ^ turn(upper, 'A', 'A') ^ turn(upper, 'C', 'C') ^
                                     turn(upper, 'G', 'G') ^ turn(upper, 'T', 'T') ^ turn(upper, 'U', 'T'));
    }
}
} // namespace

void normalizeBases(std::string& bases) {
    normalize(bases.data(), bases.size());
}

bool mayBeBase(char ref, char reference) {
    if (ref == reference || reference == 'N')
        return true;
    // Cornish-Bowden 1985, Nucleic Acids Res. 13.
    constexpr std::array<std::string_view, 11> Codes{"RAG",  "YCT",  "SCG",  "WAT",  "KGT",  "MAC",
                                                     "BCGT", "DAGT", "HACT", "VACG", "NACGT"};
    return std::any_of(Codes.begin(), Codes.end(), [&](std::string_view code) {
        return code.front() == ref && code.find(reference, 1) != std::string_view::npos;
    });
}

bool isPlainBases(std::string_view text) {
    return !text.empty() && text.find_first_not_of("ACGT") == std::string_view::npos;
}

std::string reverseComplement(std::string_view bases) {
    std::string reversed(bases.size(), 'N');
    std::transform(bases.rbegin(), bases.rend(), reversed.begin(),
                   [](char base) { return look(Complement, base); });
    return reversed;
}

} // namespace diploscope
