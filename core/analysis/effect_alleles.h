// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sequence/snv_panel.h"
#include "study/study_file.h"

#include <Eigen/Core>

#include <vector>

namespace diploscope {

/// Effects and dosages of a panel's SNVs, each of one allele: ALT, or REF where that was asked for.
struct EffectAlleles {
    Eigen::MatrixXd dosages; ///< [people x SNVs], copies of the effect allele; NaN: no genotype
    Eigen::VectorXd ism;
    Eigen::VectorXd gradient; ///< empty without
    std::vector<bool> isReference;
};

/// Turns effects round to REF where the study asks for the minor allele and REF is the rarer of the two: its
/// copies, -ISM. Where a third allele is about, they are not 2 - dosage, and both may be rare. (METHODS 9)
/// \param ism, gradient of ALT, one an SNV; no gradients: empty
[[nodiscard]] EffectAlleles effectAlleles(const SnvPanel& panel, const Eigen::VectorXd& ism,
                                          const Eigen::VectorXd& gradient, AlleleConvention convention);

} // namespace diploscope
