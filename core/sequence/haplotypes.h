// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "genome/region.h"
#include "sequence/edit.h"

#include <cstdint>
#include <string>
#include <vector>

namespace diploscope {

/// One VCF record as the program keeps it.
struct Site {
    int64_t position = 0;          ///< 0-based, of the first REF base
    std::string id;                ///< empty for "."
    std::string ref;               ///< upper case
    std::vector<std::string> alts; ///< upper case; symbolic (`<DEL>`) and `*` alleles as written

    /// REF and this alternate allele are one base each out of A, C, G, T.
    /// \param allele 1-based as in the genotype: alts[allele - 1]; false for 0 (REF) and out of range.
    [[nodiscard]] bool isSnv(int allele) const;
    /// This alternate allele is plain A/C/G/T text that a sequence can carry: no `<DEL>`, `*`, breakend or N.
    [[nodiscard]] bool isSequence(int allele) const;
};

/// Phased alleles of all people over one region: sites x haplotypes, one byte each, read in one pass.
/// Columns 2p and 2p+1 are the first and second haplotype of person p. Immutable by use.
struct AlleleMatrix {
    static constexpr int8_t Missing = -1;

    Region region;
    std::vector<std::string> people; ///< in column order
    std::vector<Site> sites;         ///< sorted by position
    std::vector<int8_t> alleles;     ///< row-major [sites x 2 people]: 0 = REF, k = alts[k-1], Missing

    int64_t missingAlleles = 0;        ///< read as reference, counted (METHODS 2)
    int64_t unphasedHeterozygotes = 0; ///< only with UnphasedRule::AsListed
    int64_t haploidCalls = 0;          ///< stand on both haplotypes of that person
    int64_t skippedSymbolic =
        0; ///< records left out: no allele that a sequence can carry, or over 127 alleles

    [[nodiscard]] size_t haplotypeCount() const { return 2 * people.size(); }
    [[nodiscard]] int8_t allele(size_t site, size_t haplotype) const {
        return alleles[site * haplotypeCount() + haplotype];
    }
};

enum class VariantMode { Snv, SnvAndIndel }; ///< METHODS 2: default SNVs only

/// Personal sequences of one region, equal ones once. Memory: 48 bytes an edit of the distinct lists, 4 a
/// haplotype.
struct Haplotypes {
    std::vector<EditList> distinct;        ///< offsets relative to `origin`; never two equal lists
    std::vector<int32_t> indexOfHaplotype; ///< [2 people] into `distinct`
    int64_t overlappingSkipped = 0; ///< alleles dropped because an earlier one covers them (first wins)
};

/// Turns alleles into edits, haplotype by haplotype. Only alleles of plain A/C/G/T become edits.
/// Overlaps as `bcftools consensus -H`: the record that comes first wins, and a later one that touches its
/// replaced bases is dropped and counted. An indel whose anchor is the last replaced base still fits, unless
/// an insertion stands there; it is joined with the edit before it, so that lists stay free of overlaps.
/// \param origin 0-based genome position of edit offset 0 (the window's start); the matrix may start before
/// it. Source: METHODS 2.
[[nodiscard]] Haplotypes buildHaplotypes(const AlleleMatrix& matrix, int64_t origin, VariantMode mode);

/// How many bases beside the window to begin with, on each side: 0 for SNVs, else enough that a deletion that
/// starts outside and reaches in is seen.
[[nodiscard]] int64_t startingFlank(VariantMode mode);

/// The flank that `haplotypes` need so that each of them fills a window of `length` bases round the TSS at
/// forward offset `tssOffset` (see materialize()). While it is larger than the flank that the matrix was read
/// with, read again with the returned one: the wider stretch may hold more deletions. 0 where nothing changes
/// length.
[[nodiscard]] int64_t requiredFlank(const Haplotypes& haplotypes, int64_t length, int64_t tssOffset);

/// Drops the edits that lie wholly outside what materialize() cuts to, then joins lists that have become
/// equal: flanking variants must not cost a prediction each.
[[nodiscard]] Haplotypes cutToWindow(const Haplotypes& haplotypes, int64_t length, int64_t tssOffset);

} // namespace diploscope
