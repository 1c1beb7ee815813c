// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/additivity.h"

#include "base/fixed_order.h"
#include "stats/centred.h"
#include "stats/correlation.h"

namespace diploscope {

Additivity additivityOf(const Eigen::Ref<const Eigen::VectorXd>& effects,
                        const Eigen::Ref<const Eigen::MatrixXd>& dosages,
                        const Eigen::Ref<const Eigen::VectorXd>& predicted, double reference,
                        const Resolution& ofScores) {
    Additivity found;
    found.expected = (0.5 * productOf(imputeMeans(dosages), effects)).array() + reference;
    found.residual = predicted - found.expected;
    found.r = pearson(found.expected, predicted, ofScores).r;
    return found;
}

} // namespace diploscope
