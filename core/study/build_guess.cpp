// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/build_guess.h"

#include "genome/contig_names.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace diploscope {

namespace {

/// Lengths of chromosomes 1 to 22 in the assemblies' own reports (GCA_000001405.1 and .15).
constexpr std::array<int64_t, 22> LengthsGrch37{
    249250621, 243199373, 198022430, 191154276, 180915260, 171115067, 159138663, 146364022,
    141213431, 135534747, 135006516, 133851895, 115169878, 107349540, 102531392, 90354753,
    81195210,  78077248,  59128983,  63025520,  48129895,  51304566};
constexpr std::array<int64_t, 22> LengthsGrch38{
    248956422, 242193529, 198295559, 190214555, 181538259, 170805979, 159345973, 145138636,
    138394717, 133797422, 135086622, 133275309, 114364328, 107043718, 101991189, 90338345,
    83257441,  80373285,  58617616,  64444167,  46709983,  50818468};

bool isLetterOrDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Whether `word` stands in `text` with no letter before it and no digit behind: "hg19" but not "thg191".
bool holdsWord(const std::string& text, std::string_view word) {
    for (size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        const size_t behind = at + word.size();
        const bool begins = at == 0 || !isLetterOrDigit(text[at - 1]);
        const bool ends = behind >= text.size() || text[behind] < '0' || text[behind] > '9';
        if (begins && ends)
            return true;
    }
    return false;
}

} // namespace

std::string buildOfText(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    constexpr std::array<std::pair<std::string_view, std::string_view>, 11> Words{{{"grch37", "GRCh37"},
                                                                                   {"hg19", "GRCh37"},
                                                                                   {"b37", "GRCh37"},
                                                                                   {"g1k_v37", "GRCh37"},
                                                                                   {"hs37d5", "GRCh37"},
                                                                                   {"hs37", "GRCh37"},
                                                                                   {"grch38", "GRCh38"},
                                                                                   {"hg38", "GRCh38"},
                                                                                   {"b38", "GRCh38"},
                                                                                   {"hs38", "GRCh38"},
                                                                                   {"chm13", "T2T-CHM13"}}};
    std::set<std::string_view> found;
    for (const auto& [word, build] : Words)
        if (holdsWord(lower, word))
            found.insert(build);
    return found.size() == 1 ? std::string(*found.begin()) : std::string();
}

std::string buildOfContig(std::string_view contig, int64_t length) {
    const std::string name = canonicalContig(contig);
    size_t number = 0;
    const auto [end, code] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (code != std::errc() || end != name.data() + name.size() || number < 1 || number > 22)
        return {};
    if (LengthsGrch37[number - 1] == length)
        return "GRCh37";
    return LengthsGrch38[number - 1] == length ? "GRCh38" : std::string();
}

} // namespace diploscope
