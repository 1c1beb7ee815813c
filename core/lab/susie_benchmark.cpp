// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/susie_benchmark.h"

#include "base/atomic_file.h"
#include "lab/benchmark_parts.h"
#include "stats/minimum.h"
#include "stats/susie.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <numbers>
#include <numeric>
#include <optional>
#include <string>

namespace diploscope {

using namespace lab;
using nlohmann::json;

namespace {

constexpr int SusieRepeats = 3;

/// The sum of single effects as it is written down: from the products of all pairs of columns, each of
/// variance 1. Of the steps of fineMap(), in their order.
class PairwiseSusie {
public:
    PairwiseSusie(const Residuals& residuals, const SusieOptions& options)
        : m_options(options), m_people(double(residuals.y.size())) {
        std::vector<Eigen::Index> all(static_cast<size_t>(residuals.dosages.cols()));
        std::iota(all.begin(), all.end(), Eigen::Index{0});
        Eigen::MatrixXd x = residuals.x(all);
        x.array().rowwise() *= std::sqrt(m_people - 1) / x.colwise().norm().array();
        const Eigen::VectorXd y = residuals.y * residuals.scale;
        m_pairs = x.transpose() * x;
        m_products = x.transpose() * y;
        m_squares = y.squaredNorm();
        const Eigen::Index effects = std::min<Eigen::Index>(options.effects, x.cols());
        m_probability.setZero(x.cols(), effects);
        m_mean.setZero(x.cols(), effects);
        m_expectedSquares.setZero(effects);
        m_divergence.setZero(effects);
        m_residualVariance = m_squares / (m_people - 1);
        m_priorVariance.setConstant(effects, options.scaledPriorVariance * m_residualVariance);
    }

    Result<void> fit(const RunContext& context) {
        const double lowest = m_residualVariance / 1e4;
        double bound = -std::numeric_limits<double>::infinity();
        for (int64_t iteration = 0; iteration < m_options.maximumIterations; ++iteration) {
            for (Eigen::Index l = 0; l < m_priorVariance.size(); ++l) {
                DS_TRY(context.checkpoint());
                refine(l);
            }
            const double residuals = expectedResiduals(), before = bound;
            bound = -m_people / 2 * std::log(2 * std::numbers::pi * m_residualVariance) -
                    residuals / (2 * m_residualVariance) - m_divergence.sum();
            if (bound - before < m_options.tolerance)
                break;
            m_residualVariance = std::max(lowest, residuals / m_people);
        }
        return {};
    }

    [[nodiscard]] Eigen::VectorXd pip() const {
        Eigen::ArrayXd none = Eigen::ArrayXd::Ones(m_products.size());
        for (Eigen::Index l = 0; l < m_priorVariance.size(); ++l)
            if (isThere(l))
                none *= 1 - m_probability.col(l).array();
        return 1 - none;
    }

    /// How many credible sets are pure.
    [[nodiscard]] int64_t sets() const {
        std::vector<std::vector<Eigen::Index>> found;
        for (Eigen::Index l = 0; l < m_priorVariance.size(); ++l) {
            const std::vector<Eigen::Index> set = mostProbable(l);
            double least = m_people - 1;
            for (const Eigen::Index a : set)
                for (const Eigen::Index b : set)
                    least = std::min(least, std::abs(m_pairs(a, b)));
            if (isThere(l) && least >= m_options.minimumCorrelation * (m_people - 1) &&
                std::find(found.begin(), found.end(), set) == found.end())
                found.push_back(set);
        }
        return static_cast<int64_t>(found.size());
    }

private:
    [[nodiscard]] bool isThere(Eigen::Index l) const { return m_priorVariance[l] > 1e-9; }
    [[nodiscard]] Eigen::MatrixXd slopes() const { return m_probability.cwiseProduct(m_mean); }

    void refine(Eigen::Index l) {
        const double squares = m_people - 1, variance = m_residualVariance / squares;
        const Eigen::MatrixXd all = slopes();
        const Eigen::VectorXd others = all.rowwise().sum() - all.col(l);
        const Eigen::VectorXd products = m_products - m_pairs * others;
        const Eigen::ArrayXd slope = products.array() / squares;
        const auto factors = [&](double prior) -> Eigen::ArrayXd {
            return 0.5 * std::log(variance / (prior + variance)) +
                   0.5 * (1 / variance - 1 / (prior + variance)) * slope.square();
        };
        const auto evidence = [&](double prior) {
            const Eigen::ArrayXd factor = factors(prior);
            const double largest = factor.maxCoeff();
            return largest + std::log((factor - largest).exp().mean());
        };
        double& prior = m_priorVariance[l];
        const double found = std::exp(minimise([&](double at) { return -evidence(std::exp(at)); }, -30, 15,
                                               std::sqrt(std::numeric_limits<double>::epsilon())));
        const double best = evidence(found) < evidence(prior) ? prior : found;
        prior = evidence(0) >= evidence(best) ? 0 : best;

        const Eigen::ArrayXd factor = factors(prior);
        m_probability.col(l) = (factor - factor.maxCoeff()).exp();
        m_probability.col(l) /= m_probability.col(l).sum();
        const double posterior = 1 / (1 / prior + squares / m_residualVariance);
        m_mean.col(l) = posterior / m_residualVariance * products;
        const Eigen::VectorXd own = m_probability.col(l).cwiseProduct(m_mean.col(l));
        m_expectedSquares[l] = squares * (posterior + own.dot(m_mean.col(l)));
        m_divergence[l] =
            (2 * own.dot(products) - m_expectedSquares[l]) / (2 * m_residualVariance) - evidence(prior);
    }

    [[nodiscard]] double expectedResiduals() const {
        const Eigen::MatrixXd all = slopes();
        const Eigen::VectorXd sum = all.rowwise().sum();
        double squares = m_squares - 2 * sum.dot(m_products) + sum.dot(m_pairs * sum);
        for (Eigen::Index l = 0; l < all.cols(); ++l)
            squares += m_expectedSquares[l] - all.col(l).dot(m_pairs * all.col(l));
        return squares;
    }

    [[nodiscard]] std::vector<Eigen::Index> mostProbable(Eigen::Index l) const {
        std::vector<Eigen::Index> order(static_cast<size_t>(m_products.size()));
        std::iota(order.begin(), order.end(), Eigen::Index{0});
        std::stable_sort(order.begin(), order.end(), [&](Eigen::Index a, Eigen::Index b) {
            return m_probability(a, l) > m_probability(b, l);
        });
        double held = 0;
        size_t count = 0;
        while (count < order.size() && held < m_options.coverage)
            held += m_probability(order[count++], l);
        order.resize(count);
        std::sort(order.begin(), order.end());
        return order;
    }

    const SusieOptions& m_options;
    double m_people;
    Eigen::MatrixXd m_pairs;    ///< [variants x variants]
    Eigen::VectorXd m_products; ///< [variants], with expression
    double m_squares = 0;       ///< of expression
    double m_residualVariance = 0;
    Eigen::MatrixXd m_probability, m_mean; ///< [variants x effects]
    Eigen::VectorXd m_priorVariance, m_expectedSquares, m_divergence;
};

Result<json> measureSusie(const SusieBenchmarkOptions& options, int variants, const RunContext& context) {
    const LinkedGene gene = linkedGene(options.people, variants, options.seed);
    const Residuals residuals =
        residualise(gene.dosages, gene.expression, Eigen::MatrixXd(options.people, 0));
    const SusieOptions asked;
    json row{{"people", options.people}, {"variants", variants}};
    std::optional<FineMapping> found;
    DS_ASSIGN(const Measured ours, leastOf(SusieRepeats, "Fine-mapping", context, [&]() -> Result<void> {
                  DS_ASSIGN(found, fineMap(residuals, asked, context));
                  return {};
              }));
    if (!options.data.empty()) {
        std::string pips = "pip\n";
        for (const double pip : found->pip)
            fmt::format_to(std::back_inserter(pips), "{}\n", pip);
        DS_TRY(writeLinkedGene(gene, options.data));
        DS_TRY(writeFileAtomically(options.data / "pip.tsv", pips));
    }
    row["sets"] = found->sets.size();
    tellOurs(ours, row);
    if (!options.plain)
        return row;
    Eigen::VectorXd pip;
    DS_ASSIGN(const Measured plain, leastOf(1, "Fine-mapping from all pairs", context, [&]() -> Result<void> {
                  PairwiseSusie susie(residuals, asked);
                  DS_TRY(susie.fit(context));
                  pip = susie.pip();
                  row["plain_sets"] = susie.sets();
                  return {};
              }));
    row["difference"] = (pip - found->pip).cwiseAbs().maxCoeff();
    tellBoth(ours, plain, row);
    return row;
}

} // namespace

Result<json> runSusieBenchmark(const SusieBenchmarkOptions& options, const RunContext& context) {
    if (options.people < 20 || options.variants.empty() || std::ranges::min(options.variants) < 1)
        return fail(ErrorKind::BadInput, "At least 20 people and one SNV can be timed.");
    json report{{"workload", "susie"}, {"rows", json::array()}};
    for (const int variants : options.variants) {
        DS_ASSIGN(json row, measureSusie(options, variants, context));
        report["rows"].push_back(std::move(row));
    }
    addMachine({Device{}}, 0, report);
    return report;
}

} // namespace diploscope
