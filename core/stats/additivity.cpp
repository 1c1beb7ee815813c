// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/additivity.h"

#include "stats/contributions.h"
#include "stats/correlation.h"

namespace diploscope {

Additivity additivityOf(const Eigen::Ref<const Eigen::VectorXd>& effects, const Dosages& dosages,
                        const Eigen::Ref<const Eigen::VectorXd>& predicted, double reference,
                        const Resolution& ofScores) {
    Additivity found;
    found.expected = (0.5 * contributionsOf(dosages, effects)).array() + reference;
    found.residual = predicted - found.expected;
    found.r = pearson(found.expected, predicted, ofScores).r;
    return found;
}

} // namespace diploscope
