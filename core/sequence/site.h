// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "genome/variant.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace diploscope {

/// What an alternate allele is once it is trimmed.
enum class AlleleKind {
    Snv,
    Mnv,        ///< several bases, as many as it replaces
    Indel,      ///< also where bases are replaced beside
    Same,       ///< REF once more
    Spanning,   ///< `*`: an earlier deletion covers it
    Symbolic,   ///< `<DEL>`, breakends
    UnknownAlt, ///< N or an IUPAC code among its bases
    UnknownRef, ///< the same among the bases that it replaces
};

/// An allele that a sequence can carry.
[[nodiscard]] constexpr bool isSequence(AlleleKind kind) {
    return kind == AlleleKind::Snv || kind == AlleleKind::Mnv || kind == AlleleKind::Indel;
}

struct AlleleChange : TrimmedAlleles {
    AlleleKind kind = AlleleKind::Same;

    /// By name, of an allele that a sequence can carry. \param onContig as the reference names it
    [[nodiscard]] Variant variant(std::string onContig) const {
        return {std::move(onContig), position, std::string(ref), std::string(alt)};
    }
};

/// One VCF record as the program keeps it.
struct Site {
    int64_t position = 0; ///< 0-based, of the first REF base
    std::string id;       ///< empty for "."
    std::string ref;      ///< upper case
    /// Upper case; symbolic (`<DEL>`) and `*` alleles as written; REF for what is listed already, which
    /// nobody carries here.
    std::vector<std::string> alts;

    /// 0-based, behind the last REF base.
    [[nodiscard]] int64_t end() const { return position + static_cast<int64_t>(ref.size()); }
    /// What an alternate allele is, whatever stands beside it in the record: of `CT` to `C,GT` the second is
    /// the SNV `C` to `G`. Trimmed where it is a sequence, else as written. \param allele 1-based as in the
    /// genotype: alts[allele - 1]. The result looks into this site.
    [[nodiscard]] AlleleChange change(int allele) const;
    /// False for 0 (REF) and out of range.
    [[nodiscard]] bool isSnv(int allele) const;
    /// Plain A/C/G/T in the place of A/C/G/T; false for 0 (REF) and out of range.
    [[nodiscard]] bool isSequence(int allele) const;
};

} // namespace diploscope
