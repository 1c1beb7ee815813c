// SPDX-License-Identifier: GPL-3.0-or-later
#include "genome/variant_name.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <vector>

namespace diploscope {

namespace {

/// Beyond the end of any contig, and far from where sums of positions overflow.
constexpr int64_t LargestPosition = int64_t{1} << 40;

/// Of a name's parts.
constexpr std::string_view Separators = ":_/-";

/// 0 where the text is no place.
int64_t placeIn(std::string_view text) {
    if (text.starts_with('+') && !text.starts_with("+-"))
        text.remove_prefix(1);
    int64_t place = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), place);
    const bool isPlace = error == std::errc() && end == text.data() + text.size() && place >= 1;
    return isPlace && place <= LargestPosition ? place : 0;
}

} // namespace

std::optional<VariantName> parseVariantName(std::string_view text) {
    // Contig names may hold underscores themselves (`chr1_KI270706v1_random`), so fields count from the end.
    std::vector<std::string_view> fields;
    for (size_t at = 0;;) {
        const size_t end = text.find_first_of(Separators, at);
        fields.push_back(text.substr(at, end == std::string_view::npos ? end : end - at));
        if (end == std::string_view::npos)
            break;
        at = end + 1;
    }
    const auto isAllele = [](std::string_view field) {
        return !field.empty() && std::all_of(field.begin(), field.end(), [](unsigned char c) {
            return std::isalpha(c) != 0 || c == '*' || c == '<' || c == '>';
        });
    };
    VariantName name;
    if (fields.size() > 4 && (fields.back().starts_with("b3") || fields.back().starts_with("hg"))) {
        name.build = fields.back();
        fields.pop_back();
    }
    if (fields.size() < 4)
        return std::nullopt;
    const size_t last = fields.size() - 1;
    const int64_t place = placeIn(fields[last - 2]);
    if (!isAllele(fields[last]) || !isAllele(fields[last - 1]) || place == 0)
        return std::nullopt;
    const std::string_view contig =
        text.substr(0, static_cast<size_t>(fields[last - 2].data() - text.data()) - 1);
    if (contig.empty())
        return std::nullopt;
    name.contig = contig;
    name.position = place - 1;
    name.ref = upperCaseAllele(fields[last - 1]);
    name.alt = upperCaseAllele(fields[last]);
    return name;
}

std::string upperCaseAllele(std::string_view allele) {
    std::string upper(allele);
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return upper;
}

std::string reverseComplementAllele(std::string_view allele) {
    std::string other;
    for (size_t i = allele.size(); i > 0; --i) {
        switch (allele[i - 1]) {
        case 'A':
            other += 'T';
            break;
        case 'C':
            other += 'G';
            break;
        case 'G':
            other += 'C';
            break;
        case 'T':
            other += 'A';
            break;
        default:
            return {};
        }
    }
    return other;
}

} // namespace diploscope
