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

std::string toName(const Variant& variant) {
    return fmt::format("{}:{}:{}:{}", variant.contig, variant.position + 1, variant.ref, variant.alt);
}

VariantOrder::VariantOrder(const std::vector<std::string>& contigs) {
    for (const std::string& contig : contigs)
        m_ranks.emplace(contig, m_ranks.size());
}

size_t VariantOrder::rankOf(const std::string& contig) const {
    const auto found = m_ranks.find(contig);
    return found == m_ranks.end() ? m_ranks.size() : found->second;
}

bool VariantOrder::operator()(const Variant& a, const Variant& b) const {
    if (a.contig == b.contig)
        return a < b;
    const size_t rankOfA = rankOf(a.contig), rankOfB = rankOf(b.contig);
    return rankOfA != rankOfB ? rankOfA < rankOfB : a < b;
}

} // namespace diploscope

size_t std::hash<diploscope::Variant>::operator()(const diploscope::Variant& variant) const noexcept {
    const std::hash<std::string> ofText;
    size_t digest = std::hash<int64_t>()(variant.position);
    for (const std::string* text : {&variant.contig, &variant.ref, &variant.alt})
        digest ^= ofText(*text) + 0x9e3779b97f4a7c15U + (digest << 6U) + (digest >> 2U);
    return digest;
}
