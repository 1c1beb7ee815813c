// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "genome/variant.h"
#include "io/association_counts.h"

#include <Eigen/Core>

#include <cstdint>
#include <vector>

namespace diploscope {

/// What a model that is a table of effects has of a gene. Source: METHODS 14.
struct ListedEffects {
    std::vector<bool> has;    ///< in the order of the variants that were asked for
    AssociationCounts counts; ///< what the gene's rows in the window are to them
    int64_t beyond = 0;       ///< rows of the gene outside of the window
};

/// What a model that is a table of predictions has of a gene's people. Source: METHODS 14.
struct ListedPredictions {
    Eigen::MatrixXd haplotypes; ///< [people x 2] as asked for; NaN: not told, or nothing of that person
    Eigen::VectorXd predicted;  ///< [people] NaN: nothing
    int64_t lacking = 0;        ///< people of whom it has nothing
    int64_t others = 0;         ///< people whom it has and nobody asked for
};

} // namespace diploscope
