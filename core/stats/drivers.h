// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stats/dosages.h"
#include "stats/p_value.h"
#include "stats/resolution.h"

#include <Eigen/Core>

#include <cstdint>
#include <optional>
#include <vector>

namespace diploscope {

struct DriverThresholds {
    double minimumLinearR = 0.2; ///< a gene at or below is "not additive"
    double minimumGain = 0.05;   ///< c_i - c_{i-1}
    double ownP = 0.01;          ///< divided by the number of SNVs

    friend bool operator==(const DriverThresholds&, const DriverThresholds&) = default;
};

/// How drivers are found (METHODS 8).
enum class DriverMethod {
    Forward,  ///< SNVs added by |ISM|, as the paper does
    Backward, ///< SNVs removed, each time the one whose removal costs most
};

/// One SNV that the model's differences between people hang on (METHODS 8).
struct Driver {
    int64_t variant = 0; ///< column of the dosage matrix
    double gain = 0;     ///< forward: c_i - c_{i-1}; backward: what its removal cost, as a share of R_lin too
    double ownR = 0;     ///< corr(its own contribution, prediction)
    PValue ownP = 1;
    std::optional<double>
        lossWithout;   ///< R_lin - corr(S without it, prediction); empty when nothing varies without it
    bool main = false; ///< the largest gain of the gene
};

struct LinearApproximation {
    Eigen::VectorXd score;       ///< S_i = sum_v ISM_v dosage_iv, [people]
    std::optional<double> r;     ///< R_lin = corr(S, prediction); empty when either is constant
    bool additive = false;       ///< R_lin > minimumLinearR
    std::vector<Driver> drivers; ///< in the order they were found; empty when not additive
    std::vector<int64_t> order;  ///< columns by |ISM| descending
    /// c_i of the first i + 1 columns of `order`; empty where their sum is constant, all empty when R_lin is
    /// 0 or empty.
    std::vector<std::optional<double>> cumulative;
};

/// R_lin and drivers by METHODS 8. Forward: SNVs by |ISM| descending (ties: column order). Where a partial
/// sum is constant, it explains nothing: the next SNV's gain is counted from 0. Backward: of the SNVs whose
/// own contribution correlates with the prediction, positively and with p < ownP / SNVs, the one whose
/// removal costs most correlation goes first, until the rest correlates no longer by the same measure; those
/// that went are the drivers. A rest that is constant correlates with nothing. People with a non-finite
/// prediction are left out of every correlation; a missing genotype (NaN) is the mean of its SNV's dosages
/// (METHODS 17); ISM must be finite. Time O(people x variants),
/// backward as often as there are drivers. \param ism [variants], effect of the dosage's allele; \param
/// dosages [people x variants]; \param prediction [people]; \param resolution  of the prediction: where it is
/// constant by it, and where a sum of contributions varies by less than that of the prediction, nothing
/// correlates
[[nodiscard]] LinearApproximation approximateLinearly(const Eigen::Ref<const Eigen::VectorXd>& ism,
                                                      const Dosages& dosages,
                                                      const Eigen::Ref<const Eigen::VectorXd>& prediction,
                                                      const DriverThresholds& thresholds = {},
                                                      DriverMethod method = DriverMethod::Forward,
                                                      const Resolution& resolution = ExactValues);

} // namespace diploscope
