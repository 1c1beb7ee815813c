// SPDX-License-Identifier: GPL-3.0-or-later
#include "genome/contig_names.h"

#include "base/words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace diploscope {

namespace {

/// Digits alone; nothing for other text.
std::optional<int> numberOf(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || number < 0)
        return std::nullopt;
    return number;
}

/// "1" to "22", "X", "Y" of 1 to 24.
std::string chromosomeOf(int number) {
    return number <= 22 ? std::to_string(number) : number == 23 ? "X" : "Y";
}

/// The versions of RefSeq's NC_000001 to NC_000024 in GRCh37; those in GRCh38 are one more. Source: NCBI's
/// assembly reports, GCF_000001405.25 and .40.
constexpr std::array<int, 24> RefSeqVersions{10, 11, 11, 11, 9,  11, 13, 10, 11, 10, 9,  11,
                                             10, 8,  9,  9,  10, 9,  9,  10, 8,  10, 10, 9};

/// The chromosome of a human accession of GRCh37 or GRCh38; empty for other names. GenBank's are CM000663 to
/// CM000686, versions 1 and 2.
std::string chromosomeOfAccession(std::string_view name) {
    const size_t dot = name.find('.');
    if (dot == std::string_view::npos)
        return {};
    const std::string upper = upperCase(name);
    if (upper == "NC_012920.1" || upper == "J01415.2")
        return "MT";
    const std::string_view accession = std::string_view(upper).substr(0, dot);
    const auto version = numberOf(std::string_view(upper).substr(dot + 1));
    if (!version || accession.size() < 3)
        return {};
    if (accession.starts_with("NC_0000") && accession.size() == 9) {
        const auto number = numberOf(accession.substr(7));
        if (number && *number >= 1 && *number <= 24) {
            const int first = RefSeqVersions[static_cast<size_t>(*number) - 1];
            if (*version == first || *version == first + 1)
                return chromosomeOf(*number);
        }
    }
    if (accession.starts_with("CM") && (*version == 1 || *version == 2)) {
        const auto number = numberOf(accession.substr(2));
        if (number && *number >= 663 && *number <= 686)
            return chromosomeOf(*number - 662);
    }
    return {};
}

/// What PLINK writes for a human chromosome's letters: X's pseudo-autosomal part is a 25 of its own.
struct PlinkName {
    std::string_view number, letters;
};
constexpr std::array<PlinkName, 4> PlinkNames{{{"23", "X"}, {"25", "X"}, {"24", "Y"}, {"26", "MT"}}};

/// Whether 23 can be no autosome: other species' names go on behind 26.
bool maySayPlink(const std::vector<std::string>& available) {
    return std::none_of(available.begin(), available.end(), [](const std::string& name) {
        const auto number = numberOf(canonicalContig(name));
        return number && *number > 26 && *number < 100;
    });
}

} // namespace

std::string canonicalContig(std::string_view name) {
    if (std::string chromosome = chromosomeOfAccession(name); !chromosome.empty())
        return chromosome;
    if (name.size() > 3 && upperCase(name.substr(0, 3)) == "CHR")
        name.remove_prefix(3);
    const std::string upper = upperCase(name);
    if (upper == "M" || upper == "MT")
        return "MT";
    if (upper == "XY") // PLINK's word for the same part
        return "X";
    return upper == "X" || upper == "Y" ? upper : std::string(name);
}

std::vector<std::string> matchingContigs(std::string_view name, const std::vector<std::string>& available) {
    std::vector<std::string> matches;
    const auto addNamed = [&](std::string_view wanted) {
        std::copy_if(available.begin(), available.end(), std::back_inserter(matches),
                     [&](const std::string& other) { return canonicalContig(other) == wanted; });
    };
    const std::string wanted = canonicalContig(name);
    addNamed(wanted);
    if (!matches.empty() || !maySayPlink(available))
        return matches;
    for (const auto& [number, letters] : PlinkNames) {
        if (wanted == letters)
            addNamed(number);
        else if (wanted == number)
            addNamed(letters);
    }
    return matches;
}

std::optional<std::string> matchingContig(std::string_view name, const std::vector<std::string>& available) {
    // The name itself first: a file may hold both `22` and `chr22`.
    if (const auto same = std::find(available.begin(), available.end(), name); same != available.end())
        return *same;
    const std::vector<std::string> aliases = matchingContigs(name, available);
    return aliases.empty() ? std::nullopt : std::optional(aliases.front());
}

} // namespace diploscope
