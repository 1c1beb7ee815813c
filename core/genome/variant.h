// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace diploscope {

/// REF and one alternate allele without what both share: the same end first, then the same beginning, of both
/// of which one base stays where nothing else would (an indel's anchor).
struct TrimmedAlleles {
    int64_t position = 0; ///< 0-based, of the first base of `ref`
    std::string_view ref, alt;
};

/// \param ref and \param alt hold at least one base each; the result looks into them.
[[nodiscard]] TrimmedAlleles trimAlleles(int64_t position, std::string_view ref, std::string_view alt);

/// What a variant is, whichever record, table, model or report tells of it: two that are equal are one
/// variant. What people select, and whatever outlives a report, is named by this, never by an index. A plain
/// value; trimmedVariant() makes one of alleles as a file has them. Source: METHODS 2, 17.
struct Variant {
    std::string contig;   ///< named as in the reference
    int64_t position = 0; ///< 0-based, of the first base of `ref`; people read and type it 1-based
    std::string ref, alt; ///< upper case, trimmed (trimAlleles)

    friend bool operator==(const Variant&, const Variant&) = default;
    /// By the contig's name, then position, REF and ALT. VariantOrder knows the order of a reference.
    friend std::strong_ordering operator<=>(const Variant&, const Variant&) = default;
};

/// Of alleles that may share an end or a beginning, in upper case: `CT` to `GT` is `C` to `G`.
[[nodiscard]] Variant trimmedVariant(std::string contig, int64_t position, std::string_view ref,
                                     std::string_view alt);

/// As people read it: `22:120 A>G`, 1-based; `22:120` where the alleles are not told.
[[nodiscard]] std::string toText(const Variant& variant);
/// As tables name what has no id: `22:120:A:G`, 1-based.
[[nodiscard]] std::string toName(const Variant& variant);

/// Variants as contigs stand in a reference or an annotation, those that it lacks behind them by name; on one
/// contig by position, REF and ALT. For std::sort and ordered containers.
class VariantOrder {
public:
    explicit VariantOrder(const std::vector<std::string>& contigs);
    [[nodiscard]] bool operator()(const Variant& a, const Variant& b) const;

private:
    [[nodiscard]] size_t rankOf(const std::string& contig) const;
    std::unordered_map<std::string, size_t> m_ranks;
};

} // namespace diploscope

template <>
struct std::hash<diploscope::Variant> {
    [[nodiscard]] size_t operator()(const diploscope::Variant& variant) const noexcept;
};
