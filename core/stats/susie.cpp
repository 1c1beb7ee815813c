// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/susie.h"

#include "stats/minimum.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace diploscope {

namespace {

/// An effect whose prior variance is below has gone: it adds nothing to PIP, and has no credible set.
constexpr double GoneVariance = 1e-9;

/// log of the prior variance is sought between these, to this precision.
constexpr double LowestLogVariance = -30;
constexpr double HighestLogVariance = 15;
const double LogVariancePrecision = std::sqrt(std::numeric_limits<double>::epsilon());

/// Standardised columns that vary. The others have no Bayes factor and are only counted.
struct Design {
    Eigen::MatrixXd x;                 ///< [people x varying], mean 0, variance 1
    std::vector<Eigen::Index> columns; ///< of the caller's matrix
    Eigen::VectorXd scale;             ///< [varying] standard deviation of the residual dosages
    Eigen::Index variants = 0;         ///< all of the caller's
    [[nodiscard]] double squares() const { return double(x.rows() - 1); } ///< of each column
    [[nodiscard]] double constants() const { return double(variants - x.cols()); }
};

Design standardise(const Residuals& residuals) {
    Design design;
    design.variants = residuals.x.cols();
    for (Eigen::Index v = 0; v < design.variants; ++v)
        if (residuals.norm[v] > 0)
            design.columns.push_back(v);
    const auto varying = static_cast<Eigen::Index>(design.columns.size());
    design.scale = residuals.norm(design.columns).transpose() / std::sqrt(double(residuals.x.rows() - 1));
    design.x.resize(residuals.x.rows(), varying);
    for (Eigen::Index v = 0; v < varying; ++v)
        design.x.col(v) = residuals.x.col(design.columns[static_cast<size_t>(v)]) / design.scale[v];
    return design;
}

/// One effect: exactly one SNV has it. Its evidence as a function of the prior variance.
class SingleEffect {
public:
    SingleEffect(const Design& design, const Eigen::VectorXd& xty, double residualVariance)
        : m_design(design)
        , m_variance(residualVariance / design.squares())
        , m_squaredSlopes((xty / design.squares()).array().square())
        , m_largest(m_squaredSlopes.size() == 0 ? 0 : m_squaredSlopes.maxCoeff()) {}

    /// log of the Bayes factor against no effect at all.
    [[nodiscard]] double evidence(double priorVariance) const {
        const BayesFactor factor = bayesFactor(priorVariance);
        return factor.top + std::log(total(factor) / double(m_design.variants));
    }

    /// The prior variance that the data favour; 0 unless they favour any over none.
    [[nodiscard]] double favouredVariance(double current) const {
        const double found =
            std::exp(minimise([&](double logVariance) { return -evidence(std::exp(logVariance)); },
                              LowestLogVariance, HighestLogVariance, LogVariancePrecision));
        const double best = -evidence(found) > -evidence(current) ? current : found;
        return evidence(0) >= evidence(best) ? 0 : best;
    }

    /// Probability of each varying SNV to be the one. \param constant that of each that does not vary.
    [[nodiscard]] Eigen::ArrayXd probabilities(double priorVariance, double& constant) const {
        const BayesFactor factor = bayesFactor(priorVariance);
        const double sum = total(factor);
        constant = std::exp(-factor.top) / sum;
        return (factor.slope * (m_squaredSlopes - m_largest)).exp() / sum;
    }

private:
    /// log Bayes factor of an SNV = top + slope * (its squared regression slope - the largest).
    struct BayesFactor {
        double top = 0;
        double slope = 0;
    };
    [[nodiscard]] BayesFactor bayesFactor(double priorVariance) const {
        const double slope = 0.5 * (1 / m_variance - 1 / (priorVariance + m_variance));
        return {0.5 * std::log(m_variance / (priorVariance + m_variance)) + slope * m_largest, slope};
    }
    [[nodiscard]] double total(const BayesFactor& factor) const {
        const double constants = m_design.constants();
        return (factor.slope * (m_squaredSlopes - m_largest)).exp().sum() +
               (constants > 0 ? constants * std::exp(-factor.top) : 0);
    }

    const Design& m_design;
    double m_variance; ///< of a regression slope
    Eigen::ArrayXd m_squaredSlopes;
    double m_largest;
};

/// All effects together, refined in turn.
struct Fit {
    Fit(const Design& design, const Eigen::VectorXd& y, const SusieOptions& options);
    void refine(Eigen::Index effect);
    [[nodiscard]] double expectedSquares() const {
        return residual.squaredNorm() - fitted.squaredNorm() + squares.sum();
    }
    [[nodiscard]] double evidenceBound() const;

    const Design& design;
    Eigen::MatrixXd probability;         ///< [varying x L], alpha
    Eigen::VectorXd constantProbability; ///< [L], alpha of each column that does not vary
    Eigen::MatrixXd mean;                ///< [varying x L], mu: of the slope, had the SNV the effect
    Eigen::VectorXd priorVariance;       ///< [L]
    double residualVariance;

    Eigen::VectorXd residual;   ///< [people], y less all that is fitted
    Eigen::MatrixXd fitted;     ///< [people x L]
    Eigen::VectorXd squares;    ///< [L], expected squares of what each effect fits
    Eigen::VectorXd divergence; ///< [L], of each effect from its prior
    Eigen::VectorXd products;   ///< [varying], of the columns with `residual`
    bool productsAreKnown = false;
};

Fit::Fit(const Design& given, const Eigen::VectorXd& y, const SusieOptions& options) : design(given) {
    const Eigen::Index people = y.size();
    const Eigen::Index effects = std::min<Eigen::Index>(options.effects, design.variants);
    probability.setZero(design.x.cols(), effects);
    constantProbability.setZero(effects);
    mean.setZero(design.x.cols(), effects);
    residualVariance = y.squaredNorm() / double(people - 1);
    priorVariance.setConstant(effects, options.scaledPriorVariance * residualVariance);
    residual = y;
    fitted.setZero(people, effects);
    squares.setZero(effects);
    divergence.setZero(effects);
}

void Fit::refine(Eigen::Index l) {
    // An effect that fits nothing, before and after, leaves the residual and its products as they are.
    if (!fitted.col(l).isZero(0)) {
        residual += fitted.col(l);
        productsAreKnown = false;
    }
    if (!productsAreKnown)
        products.noalias() = design.x.transpose() * residual;
    productsAreKnown = true;

    const SingleEffect effect(design, products, residualVariance);
    double& variance = priorVariance[l];
    variance = effect.favouredVariance(variance);
    probability.col(l) = effect.probabilities(variance, constantProbability[l]);
    const double posteriorVariance = 1 / (1 / variance + design.squares() / residualVariance);
    mean.col(l) = posteriorVariance / residualVariance * products;
    const Eigen::VectorXd slopes = probability.col(l).cwiseProduct(mean.col(l));
    squares[l] = design.squares() * (posteriorVariance * probability.col(l).sum() + slopes.dot(mean.col(l)));
    divergence[l] =
        (2 * slopes.dot(products) - squares[l]) / (2 * residualVariance) - effect.evidence(variance);

    if (variance == 0) {
        fitted.col(l).setZero();
        return;
    }
    fitted.col(l).noalias() = design.x * slopes;
    residual -= fitted.col(l);
    productsAreKnown = false;
}

double Fit::evidenceBound() const {
    const auto people = double(residual.size());
    return -people / 2 * std::log(2 * std::numbers::pi * residualVariance) -
           expectedSquares() / (2 * residualVariance) - divergence.sum();
}

/// The fewest most probable SNVs that hold `coverage`, ascending.
std::vector<int64_t> mostProbable(const Eigen::VectorXd& probability, double coverage) {
    std::vector<int64_t> order(static_cast<size_t>(probability.size()));
    std::iota(order.begin(), order.end(), int64_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](int64_t a, int64_t b) { return probability[a] > probability[b]; });
    double held = 0;
    size_t count = 0;
    while (count < order.size() && held < coverage)
        held += probability[order[count++]];
    order.resize(count);
    std::sort(order.begin(), order.end());
    return order;
}

/// False where some pair's |r| is undefined or below the minimum.
bool measurePurity(CredibleSet& set, const Residuals& residuals, double minimum) {
    if (set.variants.size() == 1)
        return true;
    Eigen::MatrixXd unit = residuals.x(Eigen::all, set.variants);
    const Eigen::RowVectorXd norm = residuals.norm(set.variants);
    if (norm.minCoeff() == 0)
        return false;
    unit.array().rowwise() /= norm.array();
    // Sets of thousands are seldom pure, and one column says so.
    if ((unit.transpose() * unit.col(0)).cwiseAbs().minCoeff() < minimum)
        return false;
    const Eigen::MatrixXd r = unit.transpose() * unit;
    std::vector<double> pairs;
    for (Eigen::Index b = 1; b < r.cols(); ++b)
        for (Eigen::Index a = 0; a < b; ++a)
            pairs.push_back(std::abs(r(a, b)));
    std::sort(pairs.begin(), pairs.end());
    const size_t half = pairs.size() / 2;
    set.minimumCorrelation = pairs.front();
    set.meanCorrelation = std::accumulate(pairs.begin(), pairs.end(), 0.0) / double(pairs.size());
    set.medianCorrelation = pairs.size() % 2 == 1 ? pairs[half] : (pairs[half - 1] + pairs[half]) / 2;
    return set.minimumCorrelation >= minimum;
}

/// Every effect's probabilities over all of the caller's columns.
Eigen::MatrixXd overAllVariants(const Fit& fit) {
    Eigen::MatrixXd all = fit.constantProbability.transpose().replicate(fit.design.variants, 1);
    all(fit.design.columns, Eigen::all) = fit.probability;
    return all;
}

std::vector<CredibleSet> credibleSets(const Fit& fit, const Eigen::MatrixXd& probability,
                                      const Residuals& residuals, const SusieOptions& options) {
    std::vector<CredibleSet> sets;
    std::vector<std::vector<int64_t>> seen;
    for (Eigen::Index l = 0; l < probability.cols(); ++l) {
        CredibleSet set;
        set.effect = l;
        set.variants = mostProbable(probability.col(l), options.coverage);
        const bool repeats = std::find(seen.begin(), seen.end(), set.variants) != seen.end();
        seen.push_back(set.variants);
        if (repeats || !(fit.priorVariance[l] > GoneVariance) ||
            !measurePurity(set, residuals, options.minimumCorrelation))
            continue;
        set.coverage = probability.col(l)(set.variants).sum();
        sets.push_back(std::move(set));
    }
    std::stable_sort(sets.begin(), sets.end(), [](const CredibleSet& a, const CredibleSet& b) {
        return a.minimumCorrelation > b.minimumCorrelation;
    });
    return sets;
}

} // namespace

std::optional<FineMapping> fineMap(const Residuals& residuals, const SusieOptions& options) {
    if (!residuals.defined() || residuals.x.cols() == 0)
        return std::nullopt;
    const Design design = standardise(residuals);
    const Eigen::VectorXd y = residuals.y * residuals.scale; // prior variances have bounds in its unit
    Fit fit(design, y, options);
    const double lowestVariance = fit.residualVariance / 1e4;

    FineMapping result;
    result.evidenceBound = -std::numeric_limits<double>::infinity();
    while (!result.converged && result.iterations < options.maximumIterations) {
        for (Eigen::Index l = 0; l < fit.priorVariance.size(); ++l)
            fit.refine(l);
        const double before = result.evidenceBound;
        result.evidenceBound = fit.evidenceBound();
        result.converged = result.evidenceBound - before < options.tolerance;
        ++result.iterations;
        if (!result.converged)
            fit.residualVariance = std::max(lowestVariance, fit.expectedSquares() / double(y.size()));
    }

    const Eigen::MatrixXd probability = overAllVariants(fit);
    Eigen::ArrayXd none = Eigen::ArrayXd::Ones(design.variants);
    result.posteriorMean = Eigen::VectorXd::Zero(design.variants);
    for (Eigen::Index l = 0; l < probability.cols(); ++l) {
        if (!(fit.priorVariance[l] > GoneVariance))
            continue;
        none *= 1 - probability.col(l).array();
        result.posteriorMean(design.columns).array() +=
            fit.probability.col(l).array() * fit.mean.col(l).array() / design.scale.array();
    }
    result.pip = 1 - none;
    result.sets = credibleSets(fit, probability, residuals, options);
    result.priorVariance = fit.priorVariance;
    result.residualVariance = fit.residualVariance;
    return result;
}

} // namespace diploscope
