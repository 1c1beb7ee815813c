// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "experiment/edits.h"

#include <Eigen/Core>

#include <string>
#include <utility>
#include <vector>

namespace diploscope {

/// The longest region whose bases are all changed in turn.
inline constexpr int64_t LongestSaturation = 5000;

/// `reach` bp to both sides of a base, `2 reach + 1` positions.
[[nodiscard]] Region around(const std::string& contig, int64_t position, int64_t reach);

/// What every base of a region does to a sequence's score.
struct Saturation {
    Region region;
    std::string bases; ///< [L] that stand there on the background; N: unknown, or none of the reference's
    /// [L x 4] columns A, C, G, T: score with that base less the background's; 0 for the base that stands
    /// there. NaN: not there yet, or all of a position whose base is N.
    Eigen::MatrixXd effects;
    double background = 0; ///< its score
    ExperimentScores counts;

    /// Mean of the three effects at each position, in the score's unit. [L]
    [[nodiscard]] Eigen::VectorXd means() const;
};

/// The sequences of a saturation and where their scores go.
class SaturationPlan {
public:
    /// \param background edits, PreparedLocus::wholeHaplotype() or others \error BadInput: empty, or longer
    /// than LongestSaturation; NotFound: not all of it inside the window that the model reads
    [[nodiscard]] static Result<SaturationPlan> make(const PreparedLocus& locus, const Region& region,
                                                     const EditList& background);

    /// The background, then its mutants.
    [[nodiscard]] const Experiment& experiment() const { return m_experiment; }
    /// From scores that may not all be there yet.
    [[nodiscard]] Saturation effectsOf(const ExperimentScores& scores) const;
    /// Before there are any.
    [[nodiscard]] Saturation nothingYet() const;
    /// The first order of all effects, by the gradient at the background: gradient[base] less that of the
    /// base that stands there. No effect is stored or written for it: it only stands in until they are there.
    /// \return [L x 4] as Saturation::effects \error as PreparedLocus::gradientAt. Source: METHODS 6.
    [[nodiscard]] Result<Eigen::MatrixXd> firstOrder(const PreparedLocus& locus,
                                                     const RunContext& context) const;

private:
    Experiment m_experiment;
    Region m_region;
    std::string m_bases;
    std::vector<std::pair<Eigen::Index, Eigen::Index>> m_cells; ///< of each mutant, in `effects`
};

/// All at once. \error of SaturationPlan::make and the run. Source: METHODS 6.
[[nodiscard]] Result<Saturation> saturate(PreparedLocus& locus, const Region& region,
                                          const EditList& background, const RunContext& context);

} // namespace diploscope
