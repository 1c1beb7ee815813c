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

constexpr ByteTable Normalized = tableOf("ACGTacgt", "ACGTACGT");
constexpr ByteTable Complement = tableOf("ACGTacgt", "TGCATGCA");

char look(const ByteTable& table, char base) {
    return table[static_cast<unsigned char>(base)];
}
} // namespace

void normalizeBases(std::string& bases) {
    std::transform(bases.begin(), bases.end(), bases.begin(),
                   [](char base) { return look(Normalized, base); });
}

std::string reverseComplement(std::string_view bases) {
    std::string reversed(bases.size(), 'N');
    std::transform(bases.rbegin(), bases.rend(), reversed.begin(),
                   [](char base) { return look(Complement, base); });
    return reversed;
}

} // namespace diploscope
