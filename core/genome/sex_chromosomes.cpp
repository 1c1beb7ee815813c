// SPDX-License-Identifier: GPL-3.0-or-later
#include "genome/sex_chromosomes.h"

#include "genome/contig_names.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace diploscope {

namespace {

/// Pseudoautosomal regions as the Genome Reference Consortium gives them, 0-based, half-open.
struct PseudoautosomalRegion {
    std::string_view build;
    std::string_view contig;
    int64_t start;
    int64_t end;
};
constexpr std::array PseudoautosomalRegions{
    PseudoautosomalRegion{"GRCh37", "X", 60'000, 2'699'520},
    PseudoautosomalRegion{"GRCh37", "X", 154'931'043, 155'260'560},
    PseudoautosomalRegion{"GRCh37", "Y", 10'000, 2'649'520},
    PseudoautosomalRegion{"GRCh37", "Y", 59'034'049, 59'363'566},
    PseudoautosomalRegion{"GRCh38", "X", 10'000, 2'781'479},
    PseudoautosomalRegion{"GRCh38", "X", 155'701'382, 156'030'895},
    PseudoautosomalRegion{"GRCh38", "Y", 10'000, 2'781'479},
    PseudoautosomalRegion{"GRCh38", "Y", 56'887'902, 57'217'415},
};

} // namespace

std::optional<Sex> sexOf(std::string_view word) {
    std::string lower(word);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    const auto isOne = [&](std::initializer_list<std::string_view> words) {
        return std::find(words.begin(), words.end(), lower) != words.end();
    };
    if (isOne({"male", "m", "1"}))
        return Sex::Male;
    if (isOne({"female", "f", "2"}))
        return Sex::Female;
    if (isOne({"", "0", "-9", ".", "na", "nan", "unknown", "other"}))
        return Sex::Unknown;
    return std::nullopt;
}

std::optional<CopiesBySex> copiesAt(std::string_view contig, int64_t position, std::string_view build) {
    const std::string name = canonicalContig(contig);
    if (name != "X" && name != "Y")
        return CopiesBySex{};
    bool isKnown = false;
    for (const PseudoautosomalRegion& region : PseudoautosomalRegions) {
        if (region.build != build || region.contig != name)
            continue;
        isKnown = true;
        if (position >= region.start && position < region.end)
            return CopiesBySex{};
    }
    if (!isKnown)
        return std::nullopt;
    return name == "X" ? CopiesBySex{1, 2} : CopiesBySex{1, 0};
}

} // namespace diploscope
