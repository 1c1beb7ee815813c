// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/contributions.h"

#include "base/fixed_order.h"
#include "stats/centred.h"

#include <algorithm>
#include <cassert>

namespace diploscope {

namespace {

/// Variants after which productOf() adds up what it has.
constexpr Eigen::Index BlockVariants = 256;

} // namespace

Eigen::VectorXd contributionsOf(const Dosages& dosages, const Eigen::Ref<const Eigen::VectorXd>& effects) {
    assert(effects.size() == dosages.cols());
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(dosages.rows());
    Eigen::VectorXd ofBlock(dosages.rows());
    for (Eigen::Index first = 0; first < dosages.cols(); first += BlockVariants) {
        ofBlock.setZero();
        for (Eigen::Index v = first; v < std::min(first + BlockVariants, dosages.cols()); ++v)
            addMultiple(effects[v], imputeMeans(dosages.column(v)).col(0), ofBlock);
        sum += ofBlock;
    }
    return sum;
}

} // namespace diploscope
