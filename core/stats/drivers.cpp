// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/drivers.h"

#include "stats/centred.h"
#include "stats/correlation.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace diploscope {

namespace {

/// A sum of contributions shorter than this share of what was added up is rounding: they cancelled out.
constexpr double CancellationTolerance = 1e-12;

std::vector<int64_t> byDescendingMagnitude(const Eigen::Ref<const Eigen::VectorXd>& ism) {
    std::vector<int64_t> order(static_cast<size_t>(ism.size()));
    std::iota(order.begin(), order.end(), int64_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](int64_t a, int64_t b) { return std::abs(ism[a]) > std::abs(ism[b]); });
    return order;
}

/// Correlates centred sums of contributions with the prediction.
class SumCorrelation {
public:
    explicit SumCorrelation(Centred prediction) : m_prediction(std::move(prediction)) {}

    /// \param sum centred; \param added the sum of the lengths of the contributions in it.
    [[nodiscard]] std::optional<double> operator()(const Eigen::Ref<const Eigen::VectorXd>& sum,
                                                   double added) const {
        const double norm = sum.stableNorm();
        if (m_prediction.values.size() < 3 || m_prediction.constant() ||
            !(norm > CancellationTolerance * added))
            return std::nullopt;
        return std::clamp(sum.dot(m_prediction.values) / norm / m_prediction.norm, -1.0, 1.0);
    }

private:
    Centred m_prediction;
};

} // namespace

LinearApproximation approximateLinearly(const Eigen::Ref<const Eigen::VectorXd>& ism,
                                        const Eigen::Ref<const Eigen::MatrixXd>& dosages,
                                        const Eigen::Ref<const Eigen::VectorXd>& prediction,
                                        const DriverThresholds& thresholds) {
    assert(ism.size() == dosages.cols() && prediction.size() == dosages.rows());

    LinearApproximation result;
    result.score = dosages * ism;
    result.order = byDescendingMagnitude(ism);
    result.cumulative.resize(result.order.size());

    const std::vector<Eigen::Index> rows = finiteRows(prediction);
    const auto people = static_cast<Eigen::Index>(rows.size());
    const SumCorrelation correlate(centre(prediction(rows)));
    Eigen::MatrixXd contributions =
        people == dosages.rows() ? centreColumns(dosages) : centreColumns(dosages(rows, Eigen::all));
    contributions *= ism.asDiagonal();
    const Eigen::RowVectorXd lengths = contributions.colwise().norm();

    // The partial sums, one contribution at a time.
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(people);
    double added = 0;
    for (size_t i = 0; i < result.order.size(); ++i) {
        const int64_t v = result.order[i];
        sum += contributions.col(v);
        added += lengths[v];
        result.cumulative[i] = correlate(sum, added);
    }
    if (!result.cumulative.empty())
        result.r = result.cumulative.back();
    for (std::optional<double>& c : result.cumulative)
        c = c && result.r && *result.r != 0 ? std::optional(*c / *result.r) : std::nullopt;

    result.additive = result.r && *result.r > thresholds.minimumLinearR;
    if (!result.additive)
        return result;

    const double ownP = thresholds.ownP / double(ism.size());
    double before = 0;
    for (size_t i = 0; i < result.order.size(); ++i) {
        const int64_t v = result.order[i];
        const double c = result.cumulative[i].value_or(0);
        const double gain = c - before;
        before = c;
        if (!(gain > thresholds.minimumGain))
            continue;
        const std::optional<double> ownR = correlate(contributions.col(v), lengths[v]);
        if (!ownR || *ownR <= 0)
            continue;
        const double p = correlationP(*ownR, double(people - 2));
        if (!(p < ownP))
            continue;
        Driver driver{v, gain, *ownR, p, std::nullopt, false};
        if (const auto without = correlate(sum - contributions.col(v), added))
            driver.lossWithout = *result.r - *without;
        result.drivers.push_back(driver);
    }
    const auto main = std::max_element(result.drivers.begin(), result.drivers.end(),
                                       [](const Driver& a, const Driver& b) { return a.gain < b.gain; });
    if (main != result.drivers.end())
        main->main = true;
    return result;
}

} // namespace diploscope
