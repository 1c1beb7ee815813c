// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sequence/snv_panel.h"
#include "stats/dosages.h"
#include "study/study_file.h"

#include <Eigen/Core>

#include <vector>

namespace diploscope {

/// The allele that effects and dosages of a panel's SNVs are of: ALT, or REF where that was asked for. It
/// does not depend on scores.
struct EffectAlleles {
    Dosages dosages; ///< [people x SNVs], copies of the effect allele: what predictions are linear in
    Dosages counted; ///< the same as the study counts who has one copy: what statistics of genotypes take
    std::vector<bool> isReference;

    /// \param ofAlternate effects of ALT, one an SNV, or empty \return of the effect alleles
    [[nodiscard]] Eigen::VectorXd turned(Eigen::VectorXd ofAlternate) const;
};

/// Turns effects round to REF where the study asks for the minor allele and REF is the rarer of the two: its
/// copies, -ISM. Where a third allele is about, they are not 2 - dosage, and both may be rare. (METHODS 9)
[[nodiscard]] EffectAlleles effectAlleles(const SnvPanel& panel, AlleleConvention convention,
                                          HaploidDosage haploid);

/// [people x SNVs], copies of `alt`.
[[nodiscard]] Dosages alternateDosages(const SnvPanel& panel, HaploidDosage haploid);

} // namespace diploscope
