// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sequence/haplotypes.h"
#include "sequence/reference_window.h"

#include <Eigen/Core>

#include <cstdint>
#include <string>
#include <vector>

namespace diploscope {

/// One SNV site and the allele that its effects are given for.
struct Snv {
    int64_t position = 0; ///< 0-based
    std::string id;
    char ref = 'N';
    char alt = 'N';             ///< the most common non-reference base of the cohort (METHODS 6)
    double alleleFrequency = 0; ///< of alt over called alleles
    int64_t carriers = 0;       ///< people with at least one alt
    int64_t anyCarriers = 0;    ///< people with at least one non-reference allele, the authors' colour scale
    double maf() const { return alleleFrequency < 0.5 ? alleleFrequency : 1 - alleleFrequency; }
};

/// The SNVs of a locus that somebody carries, with everybody's dosage of the alternate allele.
struct SnvPanel {
    std::vector<Snv> snvs; ///< by position
    Eigen::MatrixXd
        dosages; ///< [people x SNVs], copies of Snv::alt; a missing allele counts as the reference
};

/// SNVs of `matrix` inside the window (not its flanks). Of a multi-allelic site the most common SNV allele is
/// taken, the first listed on a tie; sites where nobody carries one are left out. Source: METHODS 6, 7.
[[nodiscard]] SnvPanel buildSnvPanel(const AlleleMatrix& matrix, const Region& window);

/// What in-silico mutagenesis predicts: for each SNV the reference with that one allele.
[[nodiscard]] std::vector<EditList> ismSequences(const SnvPanel& panel, const ReferenceWindow& window);

} // namespace diploscope
