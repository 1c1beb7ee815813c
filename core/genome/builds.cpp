// SPDX-License-Identifier: GPL-3.0-or-later
#include "genome/builds.h"

#include "genome/contig_names.h"

#include <algorithm>
#include <array>

namespace diploscope {

namespace {

struct Chromosome {
    std::string_view name;
    int64_t grch37;
    int64_t grch38;
};
/// Source: the assembly reports of the Genome Reference Consortium.
constexpr std::array<Chromosome, 24> Chromosomes{{
    {"1", 249250621, 248956422},  {"2", 243199373, 242193529},  {"3", 198022430, 198295559},
    {"4", 191154276, 190214555},  {"5", 180915260, 181538259},  {"6", 171115067, 170805979},
    {"7", 159138663, 159345973},  {"8", 146364022, 145138636},  {"9", 141213431, 138394717},
    {"10", 135534747, 133797422}, {"11", 135006516, 135086622}, {"12", 133851895, 133275309},
    {"13", 115169878, 114364328}, {"14", 107349540, 107043718}, {"15", 102531392, 101991189},
    {"16", 90354753, 90338345},   {"17", 81195210, 83257441},   {"18", 78077248, 80373285},
    {"19", 59128983, 58617616},   {"20", 63025520, 64444167},   {"21", 48129895, 46709983},
    {"22", 51304566, 50818468},   {"X", 155270560, 156040895},  {"Y", 59373566, 57227415},
}};

} // namespace

std::optional<std::string> knownBuild(std::string_view name) {
    std::string lower(name);
    for (char& letter : lower)
        if (letter >= 'A' && letter <= 'Z')
            letter = static_cast<char>(letter - 'A' + 'a');
    for (const std::string_view known : {"grch37", "hg19", "b37", "hs37"})
        if (lower.starts_with(known))
            return "GRCh37";
    for (const std::string_view known : {"grch38", "hg38", "b38", "hs38"})
        if (lower.starts_with(known))
            return "GRCh38";
    return std::nullopt;
}

std::optional<std::string> buildOfContig(std::string_view contig, int64_t length) {
    const std::string name = canonicalContig(contig);
    const auto found = std::find_if(Chromosomes.begin(), Chromosomes.end(),
                                    [&](const Chromosome& chromosome) { return chromosome.name == name; });
    if (found == Chromosomes.end())
        return std::nullopt;
    if (length == found->grch37)
        return "GRCh37";
    if (length == found->grch38)
        return "GRCh38";
    return std::nullopt;
}

} // namespace diploscope
