// SPDX-License-Identifier: GPL-3.0-or-later
#include "genome/variant.h"

#include <fmt/format.h>

#include <utility>

namespace diploscope {

TrimmedAlleles trimAlleles(int64_t position, std::string_view ref, std::string_view alt) {
    while (ref.size() > 1 && alt.size() > 1 && ref.back() == alt.back()) {
        ref.remove_suffix(1);
        alt.remove_suffix(1);
    }
    while (ref.size() > 1 && alt.size() > 1 && ref.front() == alt.front()) {
        ref.remove_prefix(1);
        alt.remove_prefix(1);
        ++position;
    }
    return {position, ref, alt};
}

Variant trimmedVariant(std::string contig, int64_t position, std::string_view ref, std::string_view alt) {
    const TrimmedAlleles trimmed = trimAlleles(position, ref, alt);
    return {std::move(contig), trimmed.position, std::string(trimmed.ref), std::string(trimmed.alt)};
}

std::string toText(const Variant& variant) {
    const std::string place = fmt::format("{}:{}", variant.contig, variant.position + 1);
    return variant.ref.empty() ? place : fmt::format("{} {}>{}", place, variant.ref, variant.alt);
}

std::string shortAllele(std::string_view allele) {
    constexpr size_t longest = 60, shown = 20;
    return allele.size() <= longest ? std::string(allele)
                                    : fmt::format("{}… ({} bases)", allele.substr(0, shown), allele.size());
}

Variant withShortAlleles(const Variant& variant) {
    return {variant.contig, variant.position, shortAllele(variant.ref), shortAllele(variant.alt)};
}

std::string toName(const Variant& variant) {
    return fmt::format("{}:{}:{}:{}", variant.contig, variant.position + 1, variant.ref, variant.alt);
}

} // namespace diploscope
