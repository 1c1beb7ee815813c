// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/build_guess.h"

#include <algorithm>
#include <array>
#include <set>

namespace diploscope {

namespace {

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

} // namespace diploscope
