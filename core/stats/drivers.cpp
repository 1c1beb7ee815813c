// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/drivers.h"

#include "stats/centred.h"
#include "stats/centred_dosages.h"
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

/// [people]
Eigen::VectorXd sumOfContributions(const Dosages& dosages, const Eigen::Ref<const Eigen::VectorXd>& ism) {
    const CentredDosages centred(dosages);
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(dosages.rows());
    for (Eigen::Index v = 0; v < dosages.cols(); ++v)
        centred.addMultiple(ism[v], v, sum);
    return sum.array() + centred.means().dot(ism);
}

/// Correlates centred sums of contributions with the prediction.
class SumCorrelation {
public:
    /// \param rounding  of the prediction: what varies by less does not vary.
    SumCorrelation(Centred prediction, double rounding)
        : m_prediction(std::move(prediction)), m_rounding(rounding) {}

    /// \param sum centred; \param added the sum of the lengths of the contributions in it.
    [[nodiscard]] std::optional<double> operator()(const Eigen::Ref<const Eigen::VectorXd>& sum,
                                                   double added) const {
        const double norm = sum.stableNorm();
        if (m_prediction.values.size() < 3 || m_prediction.constant() ||
            m_prediction.spread() <= m_rounding || !(norm > CancellationTolerance * added) ||
            sum.cwiseAbs().maxCoeff() <= m_rounding)
            return std::nullopt;
        return std::clamp(sum.dot(m_prediction.values) / norm / m_prediction.norm, -1.0, 1.0);
    }

private:
    Centred m_prediction;
    double m_rounding;
};

/// The centred contributions of a gene's SNVs and what they are held against.
struct Contributions {
    const SumCorrelation& correlate;
    const CentredDosages& dosages;
    const Eigen::Ref<const Eigen::VectorXd>& ism;
    Eigen::RowVectorXd lengths; ///< of the contributions
    double ownP = 0;            ///< a correlation with a smaller p is significant

    /// [people]
    [[nodiscard]] Eigen::VectorXd of(int64_t variant) const { return dosages.column(variant) * ism[variant]; }
    [[nodiscard]] PValue pOf(double r) const { return correlationP(r, double(dosages.rows() - 2)); }

    /// As a driver without a gain yet, if its own contribution correlates positively and significantly.
    [[nodiscard]] std::optional<Driver> candidate(int64_t variant) const {
        const std::optional<double> ownR = correlate(of(variant), lengths[variant]);
        if (!ownR || *ownR <= 0)
            return std::nullopt;
        const PValue p = pOf(*ownR);
        if (!(p < ownP))
            return std::nullopt;
        return Driver{variant, 0, *ownR, p, std::nullopt, false};
    }
};

std::vector<Driver> selectForward(const LinearApproximation& linear, const Contributions& contributions,
                                  double minimumGain) {
    std::vector<Driver> drivers;
    double before = 0;
    for (size_t i = 0; i < linear.order.size(); ++i) {
        const double c = linear.cumulative[i].value_or(0);
        const double gain = c - before;
        before = c;
        if (!(gain > minimumGain))
            continue;
        if (std::optional<Driver> driver = contributions.candidate(linear.order[i])) {
            driver->gain = gain;
            drivers.push_back(*driver);
        }
    }
    return drivers;
}

/// \param rest the sum of all contributions
std::vector<Driver> selectBackward(const LinearApproximation& linear, const Contributions& contributions,
                                   Eigen::VectorXd rest) {
    std::vector<Driver> candidates;
    for (const int64_t v : linear.order)
        if (const std::optional<Driver> driver = contributions.candidate(v))
            candidates.push_back(*driver);

    std::vector<Driver> drivers;
    const double added = contributions.lengths.sum();
    double correlation = linear.r.value_or(0);
    while (!candidates.empty() && correlation > 0 && contributions.pOf(correlation) < contributions.ownP) {
        auto costliest = candidates.end();
        double least = 0; // correlation without the costliest
        for (auto candidate = candidates.begin(); candidate != candidates.end(); ++candidate) {
            const double without =
                contributions.correlate(rest - contributions.of(candidate->variant), added).value_or(0);
            if (costliest == candidates.end() || without < least) {
                costliest = candidate;
                least = without;
            }
        }
        costliest->gain = (correlation - least) / *linear.r;
        rest -= contributions.of(costliest->variant);
        correlation = least;
        drivers.push_back(*costliest);
        candidates.erase(costliest);
    }
    return drivers;
}

} // namespace

LinearApproximation approximateLinearly(const Eigen::Ref<const Eigen::VectorXd>& ism, const Dosages& dosages,
                                        const Eigen::Ref<const Eigen::VectorXd>& prediction,
                                        const DriverThresholds& thresholds, DriverMethod method,
                                        const Resolution& resolution) {
    assert(ism.size() == dosages.cols() && prediction.size() == dosages.rows());

    LinearApproximation result;
    result.score = sumOfContributions(dosages, ism);
    result.order = byDescendingMagnitude(ism);
    result.cumulative.resize(result.order.size());

    const std::vector<Eigen::Index> rows = finiteRows(prediction);
    const auto people = static_cast<Eigen::Index>(rows.size());
    const double largest = people == 0 ? 0 : prediction(rows).cwiseAbs().maxCoeff();
    const SumCorrelation correlate(centre(prediction(rows)), resolution.constant * largest);
    const CentredDosages centred(dosages, rows);
    Contributions parts{correlate, centred, ism, Eigen::RowVectorXd(ism.size()),
                        thresholds.ownP / double(ism.size())};

    // The partial sums, one contribution at a time.
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(people);
    double added = 0;
    for (size_t i = 0; i < result.order.size(); ++i) {
        const int64_t v = result.order[i];
        const Eigen::VectorXd own = parts.of(v);
        parts.lengths[v] = own.norm();
        sum += own;
        added += parts.lengths[v];
        result.cumulative[i] = correlate(sum, added);
    }
    if (!result.cumulative.empty())
        result.r = result.cumulative.back();
    for (std::optional<double>& c : result.cumulative)
        c = c && result.r && *result.r != 0 ? std::optional(*c / *result.r) : std::nullopt;

    result.additive = result.r && *result.r > thresholds.minimumLinearR;
    if (!result.additive)
        return result;

    result.drivers = method == DriverMethod::Forward ? selectForward(result, parts, thresholds.minimumGain)
                                                     : selectBackward(result, parts, sum);
    for (Driver& driver : result.drivers)
        if (const auto without = correlate(sum - parts.of(driver.variant), added))
            driver.lossWithout = *result.r - *without;
    const auto main = std::max_element(result.drivers.begin(), result.drivers.end(),
                                       [](const Driver& a, const Driver& b) { return a.gain < b.gain; });
    if (main != result.drivers.end())
        main->main = true;
    return result;
}

} // namespace diploscope
