// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

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
    /// By the contig's name, then position, REF and ALT.
    friend std::strong_ordering operator<=>(const Variant&, const Variant&) = default;
};

/// One base for one.
[[nodiscard]] inline bool isSnv(const Variant& variant) {
    return variant.ref.size() == 1 && variant.alt.size() == 1;
}
/// An indel, also where bases are replaced beside.
[[nodiscard]] inline bool changesLength(const Variant& variant) {
    return variant.ref.size() != variant.alt.size();
}

/// Of alleles that may share an end or a beginning, in upper case: `CT` to `GT` is `C` to `G`.
[[nodiscard]] Variant trimmedVariant(std::string contig, int64_t position, std::string_view ref,
                                     std::string_view alt);

/// As people read it: `22:120 A>G`, 1-based; `22:120` where the alleles are not told.
[[nodiscard]] std::string toText(const Variant& variant);
/// As tables name what has no id: `22:120:A:G`, 1-based.
[[nodiscard]] std::string toName(const Variant& variant);
/// For errors, which would be as long as what was pasted: `ACGTACGTACGTACGTACGT… (5000 bases)`.
[[nodiscard]] std::string shortAllele(std::string_view allele);
[[nodiscard]] Variant withShortAlleles(const Variant& variant);

} // namespace diploscope
