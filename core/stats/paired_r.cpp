// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/paired_r.h"

#include "stats/bootstrap.h"
#include "stats/centred.h"

#include <algorithm>

namespace diploscope {

namespace {

/// Resamples that are worked on at once: how long a stop is waited for.
constexpr int64_t PairedResamplesAtOnce = 500;

} // namespace

Result<PairedR> pairedR(const Eigen::Ref<const Eigen::VectorXd>& observed,
                        const Eigen::Ref<const Eigen::VectorXd>& before,
                        const Eigen::Ref<const Eigen::VectorXd>& after, const Resolution& ofScores,
                        int64_t resamples, uint64_t seed, const RunContext& context) {
    const std::vector<Eigen::Index> known = finiteRows(observed + before + after);
    const Eigen::VectorXd y = observed(known);
    const Eigen::VectorXd first = before(known);
    const Eigen::VectorXd second = after(known);
    PairedR paired;
    paired.before = pearson(y, first, ofScores);
    paired.after = pearson(y, second, ofScores);
    if (paired.before.r && paired.after.r)
        paired.difference = *paired.after.r - *paired.before.r;
    if (resamples == 0 || y.size() < 3)
        return paired;

    Eigen::VectorXd firstR(resamples), secondR(resamples);
    for (int64_t begin = 0; begin < resamples; begin += PairedResamplesAtOnce) {
        DS_TRY(context.checkpoint());
        const int64_t count = std::min(PairedResamplesAtOnce, resamples - begin);
        const Eigen::MatrixXd draws = drawPeople(seed, y.size(), begin, count);
        firstR.segment(begin, count) = resampledCorrelations(y, first, draws, ofScores);
        secondR.segment(begin, count) = resampledCorrelations(y, second, draws, ofScores);
    }
    if (paired.before.r)
        paired.beforeInterval = percentileInterval(firstR);
    if (paired.after.r)
        paired.afterInterval = percentileInterval(secondR);
    if (paired.difference)
        paired.differenceInterval = percentileInterval(secondR - firstR);
    return paired;
}

} // namespace diploscope
