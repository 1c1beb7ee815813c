// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

#include <array>
#include <cstdint>

namespace diploscope {

/// Shares of the largest |attribution| near the TSS that an attribution can reach.
inline constexpr std::array<double, 4> CoherenceThresholds{0.05, 0.10, 0.20, 0.50};
/// How far round a driver is looked, in bp.
inline constexpr int64_t CoherenceReach = 20;

/// Minus the mean of the three mutants' effects at each position, as a share of `largest`.
/// \param effects [L x 4] of each base against the one that stands there, whose own is 0; NaN: not known
/// \param largest the largest |attribution| within 1,000 bp of the TSS, in the effects' unit, above 0; 1
/// leaves that unit \return [L] NaN where one of the effects is not known. Each effect is divided before
/// they are summed up, as the authors did: Table S3 has these digits. Source: METHODS 13.
[[nodiscard]] Eigen::VectorXd attributionsOf(const Eigen::Ref<const Eigen::MatrixXd>& effects,
                                             double largest);

/// What the paper's Table S3 says of a driver on one background.
struct Coherence {
    double attribution = 0; ///< at the driver
    /// Of each threshold: length in bp of the unbroken run through the driver whose attributions have the
    /// driver's sign and reach it; 0 where the driver's own does not.
    std::array<int64_t, 4> basesAtLocus{};
    /// bp to the nearest position that reaches it; 0 at the driver, CoherenceReach where none does.
    std::array<int64_t, 4> distance{};
    /// At that distance, of the positions on both sides the larger |attribution| (of equals the left one).
    std::array<double, 4> attributionAtDistance{};
};
/// \param attributions [2 CoherenceReach + 1] round the driver, as shares (attributionsOf()); NaN reaches
/// nothing and ends a run. Source: METHODS 13.
[[nodiscard]] Coherence coherenceOf(const Eigen::Ref<const Eigen::VectorXd>& attributions);

} // namespace diploscope
