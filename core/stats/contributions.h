// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stats/dosages.h"

#include <Eigen/Core>

namespace diploscope {

/// S, the sum of effect x dosage of each person: productOf() to the last bit, without a matrix of dosages as
/// numbers. \param dosages [people x variants]; no genotype: the mean of its column (METHODS 17) \param
/// effects [variants] \return [people]
[[nodiscard]] Eigen::VectorXd contributionsOf(const Dosages& dosages,
                                              const Eigen::Ref<const Eigen::VectorXd>& effects);

} // namespace diploscope
