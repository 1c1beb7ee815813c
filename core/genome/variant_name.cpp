// SPDX-License-Identifier: GPL-3.0-or-later
#include "genome/variant_name.h"

#include "base/suggestion.h"
#include "base/words.h"
#include "genome/bases.h"
#include "genome/contig_names.h"
#include "genome/region.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>

namespace diploscope {

namespace {

/// Of a name's parts.
constexpr std::string_view Separators = ":_/-";

/// Bytes of a typed text that an error repeats.
constexpr size_t LongestTold = 60;

/// 0 where the text is no place.
int64_t placeIn(std::string_view text) {
    if (text.starts_with('+') && !text.starts_with("+-"))
        text.remove_prefix(1);
    int64_t place = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), place);
    const bool isPlace = error == std::errc() && end == text.data() + text.size() && place >= 1;
    return isPlace && place <= LargestPosition ? place : 0;
}

bool isLetter(char byte) {
    return std::isalpha(static_cast<unsigned char>(byte)) != 0;
}

bool isDigit(char byte) {
    return byte >= '0' && byte <= '9';
}

/// What people type as parseVariantName() knows it: `22:17,434,084 a > g` is `22:17434084:a:g`.
std::string inOneForm(std::string_view typed) {
    constexpr std::string_view arrow = "\u2192"; // as many write it
    std::string form;
    const auto separate = [&form] {
        if (!form.empty() && form.back() != ':')
            form += ':';
    };
    for (size_t i = 0; i < typed.size(); ++i) {
        const bool isArrow = typed.substr(i).starts_with(arrow);
        if (isArrow || typed[i] == '>') {
            // Nothing need stand between the place and REF.
            size_t ref = form.size();
            while (ref > 0 && isLetter(form[ref - 1]))
                --ref;
            if (ref > 0 && isDigit(form[ref - 1]))
                form.insert(ref, ":");
            separate();
            i += isArrow ? arrow.size() - 1 : 0;
        } else if (typed[i] == ':' || typed[i] == ' ' || typed[i] == '\t') {
            separate();
        } else if (typed[i] != ',') {
            form += typed[i];
        }
    }
    return form;
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

Result<Variant> parseVariant(std::string_view text, const std::vector<std::string>& contigs, bool mayBeSame) {
    const std::string_view typed = trimmed(text);
    const auto refuse = [&](ErrorKind kind, std::string what) -> Failure {
        return fail(kind, std::move(what), fmt::format("variant `{}`", typed.substr(0, LongestTold)),
                    "Give contig, place and both alleles, such as 22:120 A>G or chr22:120:A:G.");
    };
    const std::optional<VariantName> name = parseVariantName(inOneForm(typed));
    if (!name || Separators.find(name->contig.back()) != std::string_view::npos) // as before a place of -5
        return refuse(ErrorKind::BadInput, lowerCase(typed.substr(0, 2)) == "rs"
                                               ? "An rsid does not say which alleles are meant."
                                               : "It does not say a place and two alleles.");
    if (!isPlainBases(name->ref) || !isPlainBases(name->alt))
        return refuse(ErrorKind::BadInput, "Alleles are of A, C, G and T.");
    if (name->ref == name->alt && !mayBeSame)
        return refuse(ErrorKind::BadInput, "Both alleles are the same.");
    const std::optional<std::string> contig =
        contigs.empty() ? name->contig : matchingContig(name->contig, contigs);
    if (!contig)
        return refuse(ErrorKind::NotFound, fmt::format("The reference has no contig `{}`, but {}.",
                                                       name->contig.substr(0, LongestTold), listed(contigs)));
    if (name->ref == name->alt)
        return Variant{*contig, name->position, name->ref, name->alt};
    return trimmedVariant(*contig, name->position, name->ref, name->alt);
}

std::vector<std::string_view> idsOf(std::string_view field) {
    std::vector<std::string_view> ids;
    while (!field.empty()) {
        const size_t end = std::min(field.find(';'), field.size());
        if (const std::string_view id = trimmed(field.substr(0, end)); !id.empty() && id != ".")
            ids.push_back(id);
        field.remove_prefix(std::min(end + 1, field.size()));
    }
    return ids;
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
