// SPDX-License-Identifier: GPL-3.0-or-later
#include "genome/bases.h"

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

constexpr ByteTable Normalized = tableOf("ACGTUacgtu", "ACGTTACGTT");
constexpr ByteTable Complement = tableOf("ACGTUacgtu", "TGCAATGCAA");

char look(const ByteTable& table, char base) {
    return table[static_cast<unsigned char>(base)];
}
} // namespace

void normalizeBases(std::string& bases) {
    std::transform(bases.begin(), bases.end(), bases.begin(),
                   [](char base) { return look(Normalized, base); });
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
