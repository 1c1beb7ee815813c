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
    int64_t position = 0; ///< 0-based, of the first REF base
    std::string id;       ///< empty for "."
    std::string ref;      ///< upper case
    std::vector<std::string> alts; ///< upper case; symbolic (`<DEL>`) and `*` alleles as written

    /// REF and this alternate allele are one base each out of A, C, G, T.
    [[nodiscard]] bool isSnv(int allele) const;
};

/// Phased alleles of all people over one region: sites x haplotypes, one byte each, read in one pass.
/// Columns 2p and 2p+1 are the first and second haplotype of person p. Immutable by use.
struct AlleleMatrix {
    static constexpr int8_t Missing = -1;

    Region region;
    std::vector<std::string> people; ///< in column order
    std::vector<Site> sites;         ///< sorted by position
    std::vector<int8_t> alleles;     ///< row-major [sites x 2 people]: 0 = REF, k = alts[k-1], Missing

    int64_t missingAlleles = 0;      ///< read as reference, counted (METHODS 2)
    int64_t unphasedHeterozygotes = 0; ///< only with UnphasedRule::AsListed
    int64_t haploidCalls = 0;        ///< stand on both haplotypes of that person
    int64_t skippedSymbolic = 0;     ///< symbolic, `*` and over-127-allele records that no sequence can carry

    [[nodiscard]] size_t haplotypeCount() const { return 2 * people.size(); }
    [[nodiscard]] int8_t allele(size_t site, size_t haplotype) const {
        return alleles[site * haplotypeCount() + haplotype];
    }
};

enum class VariantMode { Snv, SnvAndIndel }; ///< METHODS 2: default SNVs only

/// Personal sequences of one region, equal ones once.
struct Haplotypes {
    std::vector<EditList> distinct;       ///< offsets relative to `origin`; never two equal lists
    std::vector<int32_t> indexOfHaplotype; ///< [2 people] into `distinct`
    int64_t overlappingSkipped = 0;       ///< alleles dropped because an earlier one covers them (first wins)
};

/// \param origin 0-based genome position of edit offset 0 (the window's start).
/// Source: METHODS 2; overlaps as `bcftools consensus -H`.
[[nodiscard]] Haplotypes buildHaplotypes(const AlleleMatrix& matrix, int64_t origin, VariantMode mode);

} // namespace diploscope
