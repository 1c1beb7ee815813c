// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/chromosome_pattern.h"

#include "genome/contig_names.h"

#include <map>
#include <string_view>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

/// A place in a file name that could name a chromosome: [at, at + length).
struct ChromosomeMark {
    size_t at;
    size_t length;
};
std::vector<ChromosomeMark> chromosomeMarks(const std::string& name) {
    const auto isWordCharacter = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    };
    std::vector<ChromosomeMark> marks;
    for (size_t at = 0; at < name.size();) {
        if (!isWordCharacter(name[at])) {
            ++at;
            continue;
        }
        size_t end = at;
        while (end < name.size() && isWordCharacter(name[end]))
            ++end;
        size_t begin = at;
        for (const std::string_view prefix : {"chromosome", "chrom", "chr", "Chr", "CHR"})
            if (std::string_view(name).substr(at, end - at).starts_with(prefix)) {
                begin = at + prefix.size();
                break;
            }
        const std::string word = name.substr(begin, end - begin);
        const bool number =
            !word.empty() && word.size() <= 2 && word.find_first_not_of("0123456789") == std::string::npos;
        if (number || word == "X" || word == "Y" || word == "M" || word == "MT")
            marks.push_back({begin, end - begin});
        at = end;
    }
    return marks;
}

} // namespace

std::optional<std::string> chromosomePattern(const std::vector<fs::path>& files,
                                             const std::vector<std::vector<std::string>>& contigs) {
    if (files.size() < 2)
        return std::nullopt;
    std::map<std::string, size_t> filesOfPattern;
    for (size_t i = 0; i < files.size(); ++i) {
        const std::string name = files[i].filename().string();
        for (const ChromosomeMark& mark : chromosomeMarks(name)) {
            const std::string chromosome = name.substr(mark.at, mark.length);
            const bool contradicted =
                i < contigs.size() && !contigs[i].empty() && !matchingContig(chromosome, contigs[i]);
            if (contradicted)
                continue;
            std::string pattern = name;
            pattern.replace(mark.at, mark.length, "{chrom}");
            ++filesOfPattern[(files[i].parent_path() / pattern).string()];
        }
    }
    for (const auto& [pattern, count] : filesOfPattern)
        if (count == files.size())
            return pattern;
    return std::nullopt;
}

} // namespace diploscope
