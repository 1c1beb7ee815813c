// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lab/simulate/genealogy.h"
#include "lab/simulate/locus.h"
#include "sequence/haplotypes.h"

#include <cstdint>
#include <vector>

namespace diploscope::simulate {

/// One polymorphic site of the cohort.
struct SimulatedSite {
    Site site;                   ///< contig coordinates
    std::vector<int8_t> alleles; ///< [haplotypes]: 0 = REF, k = alts[k-1]; every allele is carried by someone
    bool planned = false;

    /// Share of haplotypes that carry `allele` (1-based).
    [[nodiscard]] double frequency(int8_t allele) const;
};

/// Rates as for humans: population size 10,000, 1 cM per Mb, 2e-8 mutations per bp and generation.
struct PopulationRates {
    double recombination = 2 * 10000.0 * 1e-8; ///< per bp and unit of tree length (2N generations)
    double mutation = 2 * 10000.0 * 2e-8;
    double indelShare = 0.07;        ///< of sites, outside of the grammar's reach
    double multiAllelicShare = 0.02; ///< of SNVs that get a second alternative base
};

/// Walks the genealogy along a locus and drops mutations on it: SNVs, small indels (VCF's anchor base), a few
/// multi-allelic SNVs, and the planned variants at common frequencies. Sites are sorted and do not overlap.
/// Indels that are not planned stay out of the grammar's reach, so that without planned ones the truth is the
/// same for SNVs alone and for SNVs with indels. \param siteNumber counts sites over the study: their ids.
[[nodiscard]] std::vector<SimulatedSite> dropMutations(Genealogy& genealogy, const Locus& locus,
                                                       const PopulationRates& rates, int64_t& siteNumber,
                                                       Random& random);

/// One SNV outside of the grammar's reach: so that a gene without effects between people still has genotypes.
[[nodiscard]] SimulatedSite neutralSnv(Genealogy& genealogy, const Locus& locus, int64_t& siteNumber,
                                       Random& random);

} // namespace diploscope::simulate
