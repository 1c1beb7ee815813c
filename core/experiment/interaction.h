// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "experiment/prepared_locus.h"

#include <Eigen/Core>

#include <vector>

namespace diploscope {

/// How far the effects of pairs of variants add up on the reference.
struct Interactions {
    Eigen::VectorXd effects; ///< [variants] f(v) - f(reference)
    /// [variants x variants] f(vw) - f(v) - f(w) + f(reference); symmetric. NaN on the diagonal, and where
    /// both change the same base, which no sequence can have.
    Eigen::MatrixXd pairs;
    ExperimentScores counts;
};
/// Why a table of effects has none.
inline constexpr const char* AddsUp =
    "The model is a table of effects, which are added up: it says nothing of interactions.";

/// \param variants of the window, each once \error Unsupported for a table of effects; of the run. Source:
/// METHODS 12.
[[nodiscard]] Result<Interactions> interactionsOf(PreparedLocus& locus, const std::vector<Variant>& variants,
                                                  const RunContext& context);

} // namespace diploscope
