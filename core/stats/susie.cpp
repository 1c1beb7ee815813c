// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/susie.h"

#include "base/fixed_order.h"
#include "stats/minimum.h"
#include "stats/random_bits.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace diploscope {

namespace {

/// An effect whose prior variance is below has gone: it adds nothing to PIP, and has no credible set.
constexpr double GoneVariance = 1e-9;

/// An effect without a credible set whose prior variance is not above this share of the largest is idle
/// (METHODS 17).
constexpr double IdleShare = 1e-3;

/// Of the choice of the SNVs that tell the purity of a large set.
constexpr uint64_t PuritySeed = 100;

/// Slopes below this share of the largest are lost in rounding when they are summed up.
constexpr double NegligibleShare = 1e-16;

/// log of the prior variance is sought between these, to this precision.
constexpr double LowestLogVariance = -30;
constexpr double HighestLogVariance = 15;
const double LogVariancePrecision = std::sqrt(std::numeric_limits<double>::epsilon());

/// The locus with its columns of unit variance. Columns that do not vary have no Bayes factor and are only
/// counted; vectors over variants are over the varying ones.
struct Design {
    /// \param numbers  of columnsAsNumbers()
    Design(const Residuals& given, Eigen::MatrixXd numbers);
    [[nodiscard]] Eigen::VectorXd productsWith(const Eigen::VectorXd& people) const {
        const Eigen::VectorXd all = x.size() > 0 ? dotsWith(x, people) : residuals.productsWith(people);
        return all(columns).cwiseQuotient(scale);
    }
    /// The sum of slope x column.
    [[nodiscard]] Eigen::VectorXd combine(const Eigen::VectorXd& slopes) const;

    [[nodiscard]] Eigen::Index variants() const { return residuals.dosages.cols(); }

    const Residuals& residuals;
    Eigen::MatrixXd x;                 ///< [people x variants] where it is small; else nothing
    std::vector<Eigen::Index> columns; ///< those that vary
    Eigen::VectorXd scale;             ///< [varying] standard deviation of the residual dosages
    double squares;                    ///< of each column, n - 1
    double constants;                  ///< columns that do not vary
};

/// [people x variants] the residuals' columns, or nothing where they are more than `most` numbers.
Result<Eigen::MatrixXd> columnsAsNumbers(const Residuals& residuals, int64_t most,
                                         const RunContext& context) {
    constexpr Eigen::Index AtOnce = 256; // between two looks whether to stop
    const Eigen::Index variants = residuals.dosages.cols();
    if (residuals.dosages.rows() * variants > most)
        return Eigen::MatrixXd();
    Eigen::MatrixXd numbers(residuals.dosages.rows(), variants);
    for (Eigen::Index v = 0; v < variants; ++v) {
        if (v % AtOnce == 0)
            DS_TRY(context.checkpoint());
        numbers.col(v) = residuals.x(v);
    }
    return numbers;
}

Design::Design(const Residuals& given, Eigen::MatrixXd numbers)
    : residuals(given), x(std::move(numbers)), squares(double(given.dosages.rows() - 1)) {
    Eigen::RowVectorXd lengths = residuals.norm;
    if (x.size() > 0)
        lengths = x.colwise().norm();
    for (Eigen::Index v = 0; v < variants(); ++v)
        if (residuals.norm[v] > 0)
            columns.push_back(v);
    scale = lengths(columns).transpose() / std::sqrt(squares);
    constants = double(variants()) - double(columns.size());
}

Eigen::VectorXd Design::combine(const Eigen::VectorXd& slopes) const {
    Eigen::VectorXd all = Eigen::VectorXd::Zero(variants());
    all(columns) = slopes.cwiseQuotient(scale);
    // Most SNVs have no share in an effect once it is found, and then a few columns do.
    const double negligible = all.size() == 0 ? 0 : all.cwiseAbs().maxCoeff() * NegligibleShare;
    const auto counts = all.array().abs() > negligible;
    if (x.size() == 0)
        return residuals.combined(counts.select(all, 0));
    if (counts.count() > variants() / 4)
        return productOf(x, all);
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(x.rows());
    for (Eigen::Index v = 0; v < variants(); ++v)
        if (std::abs(all[v]) > negligible)
            sum += x.col(v) * all[v];
    return sum;
}

/// One effect: exactly one SNV has it. Its evidence as a function of the prior variance.
class SingleEffect {
public:
    SingleEffect(const Design& design, const Eigen::VectorXd& xty, double residualVariance)
        : m_design(design)
        , m_variance(residualVariance / design.squares)
        , m_squaredSlopes((xty / design.squares).array().square())
        , m_largest(m_squaredSlopes.size() == 0 ? 0 : m_squaredSlopes.maxCoeff()) {}

    /// log of the Bayes factor against no effect at all; exactly 0 where no column varies.
    [[nodiscard]] double evidence(double priorVariance) const {
        const BayesFactor factor = bayesFactor(priorVariance);
        return factor.largest + std::log(total(factor) / double(m_design.variants()));
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
        constant = std::exp(-factor.largest) / sum;
        return (factor.slope * (m_squaredSlopes - m_largest) + factor.behind()).exp() / sum;
    }

private:
    /// log Bayes factor of an SNV = top + slope * (its squared regression slope - the largest). That of a
    /// column that does not vary is 0, and may be the largest: what is added up is never above 1 then, and a
    /// sum over such columns alone is their number, of which rounding makes no evidence.
    struct BayesFactor {
        double top = 0;
        double slope = 0;
        double largest = 0; ///< of all columns
        [[nodiscard]] double behind() const { return top - largest; }
    };
    [[nodiscard]] BayesFactor bayesFactor(double priorVariance) const {
        const double slope = 0.5 * (1 / m_variance - 1 / (priorVariance + m_variance));
        const double top = 0.5 * std::log(m_variance / (priorVariance + m_variance)) + slope * m_largest;
        return {top, slope, m_design.constants > 0 ? std::max(top, 0.0) : top};
    }
    [[nodiscard]] double total(const BayesFactor& factor) const {
        const double constants = m_design.constants;
        return (factor.slope * (m_squaredSlopes - m_largest) + factor.behind()).exp().sum() +
               (constants > 0 ? constants * std::exp(-factor.largest) : 0);
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
    const Eigen::Index effects = std::min<Eigen::Index>(options.effects, design.variants());
    probability.setZero(design.scale.size(), effects);
    constantProbability.setZero(effects);
    mean.setZero(design.scale.size(), effects);
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
        products = design.productsWith(residual);
    productsAreKnown = true;

    const SingleEffect effect(design, products, residualVariance);
    double& variance = priorVariance[l];
    variance = effect.favouredVariance(variance);
    probability.col(l) = effect.probabilities(variance, constantProbability[l]);
    const double posteriorVariance = 1 / (1 / variance + design.squares / residualVariance);
    mean.col(l) = posteriorVariance / residualVariance * products;
    const Eigen::VectorXd slopes = probability.col(l).cwiseProduct(mean.col(l));
    squares[l] = design.squares * (posteriorVariance * probability.col(l).sum() + slopes.dot(mean.col(l)));
    divergence[l] =
        (2 * slopes.dot(products) - squares[l]) / (2 * residualVariance) - effect.evidence(variance);

    if (variance == 0) {
        fitted.col(l).setZero();
        return;
    }
    fitted.col(l) = design.combine(slopes);
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

/// The variants, or so many of them by chance, ascending.
std::vector<int64_t> purityVariants(const std::vector<int64_t>& variants) {
    std::vector<int64_t> chosen = variants;
    if (chosen.size() <= MostPurityVariants)
        return chosen;
    for (size_t i = 0; i < MostPurityVariants; ++i)
        std::swap(chosen[i], chosen[i + randomBits(PuritySeed, i) % (chosen.size() - i)]);
    chosen.resize(MostPurityVariants);
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

/// False where some pair's |r| is undefined or below the minimum.
bool measurePurity(CredibleSet& set, const Residuals& residuals, double minimum) {
    if (set.variants.size() == 1)
        return true;
    for (const int64_t v : set.variants)
        if (residuals.norm[v] == 0)
            return false;
    const std::vector<int64_t> variants = purityVariants(set.variants);
    Eigen::MatrixXd unit = residuals.x({variants.begin(), variants.end()});
    unit.colwise().normalize();
    // Copies of one SNV correlate by 1 and no more, whatever rounding says.
    std::vector<double> pairs;
    for (Eigen::Index b = 1; b < unit.cols(); ++b)
        for (const double r : dotsWith(unit.leftCols(b), unit.col(b)))
            pairs.push_back(std::min(std::abs(r), 1.0));
    std::sort(pairs.begin(), pairs.end());
    const size_t half = pairs.size() / 2;
    set.minimumCorrelation = pairs.front();
    set.meanCorrelation = std::accumulate(pairs.begin(), pairs.end(), 0.0) / double(pairs.size());
    set.medianCorrelation = pairs.size() % 2 == 1 ? pairs[half] : (pairs[half - 1] + pairs[half]) / 2;
    return set.minimumCorrelation >= minimum;
}

/// Every effect's probabilities over all of the caller's columns.
Eigen::MatrixXd overAllVariants(const Fit& fit) {
    Eigen::MatrixXd all = fit.constantProbability.transpose().replicate(fit.design.variants(), 1);
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
        set.coverage = std::min(1.0, probability.col(l)(set.variants).sum());
        sets.push_back(std::move(set));
    }
    std::stable_sort(sets.begin(), sets.end(), [](const CredibleSet& a, const CredibleSet& b) {
        return a.minimumCorrelation > b.minimumCorrelation;
    });
    return sets;
}

/// Probability of each variant to have one of these effects. \param probability [variants x effects]
Eigen::VectorXd anyOf(const Eigen::MatrixXd& probability, const std::vector<bool>& effects) {
    Eigen::ArrayXd none = Eigen::ArrayXd::Ones(probability.rows());
    for (Eigen::Index l = 0; l < probability.cols(); ++l)
        if (effects[static_cast<size_t>(l)])
            none *= 1 - probability.col(l).array();
    return 1 - none;
}

} // namespace

Result<std::optional<FineMapping>> fineMap(const Residuals& residuals, const SusieOptions& options,
                                           const RunContext& context) {
    if (!residuals.defined() || residuals.dosages.cols() == 0)
        return std::optional<FineMapping>();
    DS_ASSIGN(Eigen::MatrixXd numbers, columnsAsNumbers(residuals, options.mostNumbers, context));
    const Design design(residuals, std::move(numbers));
    const Eigen::VectorXd y = residuals.y * residuals.scale; // prior variances have bounds in its unit
    Fit fit(design, y, options);
    const double lowestVariance = fit.residualVariance / 1e4;

    FineMapping result;
    result.evidenceBound = -std::numeric_limits<double>::infinity();
    while (!result.converged && result.iterations < options.maximumIterations) {
        for (Eigen::Index l = 0; l < fit.priorVariance.size(); ++l) {
            DS_TRY(context.checkpoint());
            fit.refine(l);
        }
        const double before = result.evidenceBound;
        result.evidenceBound = fit.evidenceBound();
        result.converged = result.evidenceBound - before < options.tolerance;
        ++result.iterations;
        if (!result.converged)
            fit.residualVariance = std::max(lowestVariance, fit.expectedSquares() / double(y.size()));
    }

    const Eigen::MatrixXd probability = overAllVariants(fit);
    std::vector<bool> there(static_cast<size_t>(probability.cols()));
    result.posteriorMean = Eigen::VectorXd::Zero(design.variants());
    for (Eigen::Index l = 0; l < probability.cols(); ++l) {
        if (!(fit.priorVariance[l] > GoneVariance))
            continue;
        there[static_cast<size_t>(l)] = true;
        result.posteriorMean(design.columns).array() +=
            fit.probability.col(l).array() * fit.mean.col(l).array() / design.scale.array();
    }
    result.pip = anyOf(probability, there);
    result.sets = credibleSets(fit, probability, residuals, options);
    const double least = IdleShare * (fit.priorVariance.size() > 0 ? fit.priorVariance.maxCoeff() : 0);
    for (size_t l = 0; l < there.size(); ++l)
        there[l] = there[l] && fit.priorVariance[static_cast<Eigen::Index>(l)] > least;
    for (const CredibleSet& set : result.sets)
        there[static_cast<size_t>(set.effect)] = true;
    result.prunedPip = anyOf(probability, there);
    result.priorVariance = fit.priorVariance;
    result.residualVariance = fit.residualVariance;
    return std::optional(std::move(result));
}

} // namespace diploscope
