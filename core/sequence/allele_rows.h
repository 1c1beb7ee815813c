// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sequence/haplotypes.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

namespace diploscope {

/// Internal to core/sequence: alleles as haplotypes apply them, row by row.

/// What applying one allele needs, worked out once for all people.
struct AlleleFacts {
    bool usable = false;
    bool anchoredIndel = false;
    bool insertion = false;
    char snv = 0; ///< in SNV mode the base that stands at the row's position
};

/// Alleles of one record that may be applied at one place, in the order in which they are.
struct AlleleRow {
    const Site* site = nullptr;
    const int8_t* alleles = nullptr; ///< [haplotypes]
    int64_t position = 0;            ///< 0-based
    int64_t end = 0;                 ///< behind the last replaced base
    std::vector<AlleleFacts> facts;  ///< by allele
    bool isRepeat = false;
    bool isAlone = false; ///< no other row replaces its bases: whoever carries it has it

    [[nodiscard]] bool isUsable(int8_t allele) const {
        return allele > 0 && facts[static_cast<size_t>(allele)].usable;
    }
};

/// Those of a mode. They look into `matrix`. \param leftOut counts what has no row in SNV mode
[[nodiscard]] std::vector<AlleleRow> alleleRows(const AlleleMatrix& matrix, VariantMode mode,
                                                GenotypeCounts& leftOut);

/// The first haplotype from `h` on that has not the reference; `count` where all have it. Most are.
inline size_t nextOther(const int8_t* alleles, size_t h, size_t count) {
    for (uint64_t several = 0; h + sizeof several <= count; h += sizeof several) {
        std::memcpy(&several, alleles + h, sizeof several);
        if (several != 0)
            break;
    }
    while (h < count && alleles[h] == 0)
        ++h;
    return h;
}

/// Who carries a usable allele of the row: `carries(haplotype, allele)`, ascending.
template <class Carries>
void forCarriers(const AlleleRow& row, size_t haplotypes, Carries&& carries) {
    for (size_t h = nextOther(row.alleles, 0, haplotypes); h < haplotypes;
         h = nextOther(row.alleles, h + 1, haplotypes))
        if (const int8_t allele = row.alleles[h]; row.isUsable(allele))
            carries(h, allele);
}

/// Overlaps as `bcftools consensus -H` has them: `applies(row, haplotype, allele)`, row by row, for alleles
/// that come to stand in a sequence. \param overlapping counts those that do not
template <class Applies>
void forApplied(const std::vector<AlleleRow>& rows, size_t haplotypes, int64_t& overlapping,
                Applies&& applies) {
    struct Cursor { // how far one haplotype has been edited
        int64_t lastEdited = std::numeric_limits<int64_t>::min();
        bool lastWasInsertion = false;
    };
    std::vector<Cursor> cursors(haplotypes);
    for (size_t r = 0; r < rows.size(); ++r) {
        const AlleleRow& row = rows[r];
        if (row.isAlone) {
            forCarriers(row, haplotypes, [&](size_t h, int8_t allele) { applies(r, h, allele); });
            continue;
        }
        forCarriers(row, haplotypes, [&](size_t h, int8_t allele) {
            const AlleleFacts& fact = row.facts[static_cast<size_t>(allele)];
            Cursor& cursor = cursors[h];
            const bool fits =
                row.position > cursor.lastEdited ||
                (row.position == cursor.lastEdited && fact.anchoredIndel && !cursor.lastWasInsertion);
            // Of a change that is listed again the first record's allele is counted. A repeat fits only where
            // that one was not applied, as it lies on the bases that it replaces.
            if (row.isRepeat)
                overlapping -= fits;
            else
                overlapping += !fits;
            if (!fits)
                return;
            applies(r, h, allele);
            cursor = {row.end - 1, fact.insertion};
        });
    }
}

} // namespace diploscope
