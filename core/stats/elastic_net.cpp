// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/elastic_net.h"

#include "base/fixed_order.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

namespace diploscope {

namespace {

using Eigen::Index;

// As glmnet: where a path ends early, but not before so many lambdas.
constexpr double EnoughExplained = 0.999;
constexpr double SmallestGain = 1e-5;
constexpr size_t FewestLambdas = 5;

struct Standardised {
    Eigen::MatrixXd x; ///< mean 0, variance 1 (divided by n); zeros where constant
    Eigen::VectorXd y;
    Eigen::VectorXd xMean, xSd; ///< xSd 0: constant
    double yMean = 0, ySd = 0;
};

Standardised standardise(const Eigen::Ref<const Eigen::MatrixXd>& x,
                         const Eigen::Ref<const Eigen::VectorXd>& y, double constant) {
    Standardised data;
    const auto n = static_cast<double>(y.size());
    data.yMean = y.mean();
    data.y = y.array() - data.yMean;
    data.ySd = data.y.norm() / std::sqrt(n);
    if (data.ySd > 0)
        data.y /= data.ySd;
    data.xMean = x.colwise().mean().transpose();
    data.x = x.rowwise() - data.xMean.transpose();
    data.xSd = data.x.colwise().norm().transpose() / std::sqrt(n);
    for (Index j = 0; j < x.cols(); ++j) {
        if (data.xSd[j] <= constant * std::max(1.0, std::abs(data.xMean[j])))
            data.xSd[j] = 0;
        data.x.col(j) *= data.xSd[j] > 0 ? 1 / data.xSd[j] : 0.0;
    }
    return data;
}

/// The state of the descent: gradients of all columns, and covariances of those that ever became active.
class Descent {
public:
    Descent(const Standardised& data, const ElasticNetOptions& options)
        : m_data(data)
        , m_options(options)
        , m_n(static_cast<double>(data.y.size()))
        , m_correlation(dotsWith(data.x, data.y) / m_n)
        , m_gradient(m_correlation)
        , m_slot(static_cast<size_t>(data.x.cols()), -1) {}

    [[nodiscard]] double largestLambda() const {
        return m_gradient.size() == 0 ? 0
                                      : m_gradient.cwiseAbs().maxCoeff() / std::max(m_options.alpha, 1e-3);
    }

    Result<void> fit(double lambda, const RunContext& context) {
        for (;;) {
            DS_TRY(descend(lambda, context));
            refreshGradient();
            std::vector<Index> entering;
            for (Index j = 0; j < m_gradient.size(); ++j)
                if (m_slot[static_cast<size_t>(j)] < 0 && std::abs(m_gradient[j]) > lambda * m_options.alpha)
                    entering.push_back(j);
            if (entering.empty())
                return {};
            activate(entering);
        }
    }

    /// 1 - residual variance; y has variance 1.
    [[nodiscard]] double explained() const {
        double fitted = 0, squared = 0;
        for (size_t k = 0; k < m_active.size(); ++k) {
            const Index j = m_active[k];
            const double b = m_beta[k];
            fitted += b * m_correlation[j];
            squared += b * (m_correlation[j] - m_gradient[j]);
        }
        return 2 * fitted - squared;
    }

    void copyTo(Eigen::Ref<Eigen::VectorXd> coefficients) const {
        coefficients.setZero();
        for (size_t k = 0; k < m_active.size(); ++k)
            coefficients[m_active[k]] = m_beta[k] * m_data.ySd / m_data.xSd[m_active[k]];
    }

private:
    /// Cycles over the active columns until none moves.
    Result<void> descend(double lambda, const RunContext& context) {
        const double threshold = lambda * m_options.alpha;
        const double shrinkage = 1 + lambda * (1 - m_options.alpha);
        const auto count = static_cast<Index>(m_active.size());
        Eigen::VectorXd gradient(count);
        for (Index k = 0; k < count; ++k)
            gradient[k] = m_gradient[m_active[static_cast<size_t>(k)]];
        std::vector<Index> all(static_cast<size_t>(count)), moving;
        std::iota(all.begin(), all.end(), Index{0});
        // Between passes over all columns only those that have a weight move.
        const std::vector<Index>* columns = &all;
        for (int64_t pass = 0; pass < m_options.mostPasses; ++pass) {
            if (pass % 64 == 0)
                DS_TRY(context.checkpoint());
            double largest = 0;
            for (const Index k : *columns) {
                double& beta = m_beta[static_cast<size_t>(k)];
                const double pull = gradient[k] + beta;
                const double size = std::abs(pull) - threshold;
                const double moved = (size > 0 ? std::copysign(size, pull) / shrinkage : 0.0) - beta;
                if (moved == 0)
                    continue;
                beta += moved;
                gradient.noalias() -= moved * m_among.col(k).head(count);
                largest = std::max(largest, moved * moved);
            }
            const bool settled = largest <= m_options.tolerance;
            if (settled && columns == &all)
                return {};
            moving.clear();
            for (Index k = 0; k < count; ++k)
                if (m_beta[static_cast<size_t>(k)] != 0)
                    moving.push_back(k);
            columns = settled ? &all : &moving;
        }
        return fail(ErrorKind::BadInput,
                    fmt::format("The elastic net did not settle at lambda {:.3g} in {} passes.", lambda,
                                m_options.mostPasses),
                    {}, "Leave out columns that are nearly equal, or raise alpha.");
    }

    void refreshGradient() {
        m_gradient = m_correlation;
        if (!m_active.empty())
            m_gradient -= productOf(
                m_covariance.leftCols(static_cast<Index>(m_active.size())),
                Eigen::Map<const Eigen::VectorXd>(m_beta.data(), static_cast<Index>(m_beta.size())));
    }

    /// Covariances of the new columns with all, in one product.
    void activate(const std::vector<Index>& entering) {
        const auto before = static_cast<Index>(m_active.size());
        const auto added = static_cast<Index>(entering.size());
        if (before + added > m_covariance.cols()) {
            const Index room = std::max(before + added, 2 * before);
            m_covariance.conservativeResize(m_data.x.cols(), room);
            m_among.conservativeResize(room, room);
        }
        Eigen::MatrixXd columns(m_data.x.rows(), added);
        for (Index i = 0; i < added; ++i) {
            columns.col(i) = m_data.x.col(entering[static_cast<size_t>(i)]);
            m_slot[static_cast<size_t>(entering[static_cast<size_t>(i)])] = before + i;
            m_active.push_back(entering[static_cast<size_t>(i)]);
            m_beta.push_back(0);
        }
        m_covariance.middleCols(before, added) = dotsBetween(m_data.x, columns) / m_n;
        for (Index k = 0; k < before + added; ++k)
            for (Index i = before; i < before + added; ++i)
                m_among(k, i) = m_among(i, k) = m_covariance(m_active[static_cast<size_t>(k)], i);
    }

    const Standardised& m_data;
    const ElasticNetOptions& m_options;
    double m_n;
    Eigen::VectorXd m_correlation; ///< of each column with y
    Eigen::VectorXd m_gradient;    ///< of each column with the residual
    std::vector<Index> m_slot;     ///< of each column among the active ones, or -1
    std::vector<Index> m_active;
    std::vector<double> m_beta;   ///< of the active ones, standardised
    Eigen::MatrixXd m_covariance; ///< [columns x room], of all columns with the active ones
    Eigen::MatrixXd m_among;      ///< [room x room], among the active ones
};

std::vector<double> lambdaPath(double largest, const ElasticNetOptions& options, Index rows, Index columns) {
    const double ratio = options.lambdaRatio > 0 ? options.lambdaRatio : rows < columns ? 1e-2 : 1e-4;
    std::vector<double> lambdas;
    for (int i = 0; i < options.lambdaCount; ++i)
        lambdas.push_back(largest * std::pow(ratio, double(i) / std::max(1, options.lambdaCount - 1)));
    return lambdas;
}

Eigen::MatrixXd rowsOf(const Eigen::Ref<const Eigen::MatrixXd>& x, const std::vector<Index>& rows) {
    return x(rows, Eigen::all);
}

} // namespace

Result<ElasticNetPath> elasticNet(const Eigen::Ref<const Eigen::MatrixXd>& x,
                                  const Eigen::Ref<const Eigen::VectorXd>& y,
                                  const ElasticNetOptions& options, const std::vector<double>& given,
                                  const RunContext& context) {
    ElasticNetPath path;
    if (y.size() < 2)
        return path;
    const Standardised data = standardise(x, y, options.constant);
    Descent descent(data, options);
    if (data.ySd == 0 || descent.largestLambda() == 0)
        return path;
    std::vector<double> lambdas = given;
    for (double& lambda : lambdas)
        lambda /= data.ySd;
    if (given.empty())
        lambdas = lambdaPath(descent.largestLambda(), options, x.rows(), x.cols());

    path.coefficients.resize(x.cols(), static_cast<Index>(lambdas.size()));
    path.intercepts.resize(static_cast<Index>(lambdas.size()));
    path.explained.resize(static_cast<Index>(lambdas.size()));
    for (const double lambda : lambdas) {
        DS_TRY(context.checkpoint());
        DS_TRY(descent.fit(lambda, context));
        const auto step = static_cast<Index>(path.lambdas.size());
        path.lambdas.push_back(lambda * data.ySd);
        descent.copyTo(path.coefficients.col(step));
        path.intercepts[step] = data.yMean - path.coefficients.col(step).dot(data.xMean);
        path.explained[step] = descent.explained();
        if (!given.empty() || path.lambdas.size() < FewestLambdas)
            continue;
        if (path.explained[step] > EnoughExplained ||
            path.explained[step] - path.explained[step - 1] < SmallestGain * path.explained[step])
            break;
    }
    const auto kept = static_cast<Index>(path.lambdas.size());
    path.coefficients.conservativeResize(Eigen::NoChange, kept);
    path.intercepts.conservativeResize(kept);
    path.explained.conservativeResize(kept);
    return path;
}

Result<CrossValidated> crossValidate(const Eigen::Ref<const Eigen::MatrixXd>& x,
                                     const Eigen::Ref<const Eigen::VectorXd>& y,
                                     const std::vector<int>& folds, const ElasticNetOptions& options,
                                     const RunContext& context) {
    CrossValidated result;
    DS_ASSIGN(result.path, elasticNet(x, y, options, {}, context));
    const auto lambdas = static_cast<Index>(result.path.lambdas.size());
    if (lambdas == 0)
        return result;
    Eigen::MatrixXd predicted = Eigen::MatrixXd::Constant(y.size(), lambdas, y.mean());
    const int count = folds.empty() ? 0 : 1 + *std::max_element(folds.begin(), folds.end());
    for (int fold = 0; fold < count; ++fold) {
        std::vector<Index> inside, outside;
        for (size_t i = 0; i < folds.size(); ++i)
            (folds[i] == fold ? outside : inside).push_back(static_cast<Index>(i));
        DS_ASSIGN(const ElasticNetPath path,
                  elasticNet(rowsOf(x, inside), y(inside), options, result.path.lambdas, context));
        if (path.lambdas.empty()) { // nothing to learn from the others but their mean
            for (const Index i : outside)
                predicted.row(i).setConstant(inside.empty() ? 0.0 : y(inside).mean());
            continue;
        }
        const Eigen::MatrixXd scores =
            productOf(rowsOf(x, outside), path.coefficients).rowwise() + path.intercepts.transpose();
        for (size_t i = 0; i < outside.size(); ++i)
            predicted.row(outside[i]) = scores.row(static_cast<Index>(i));
    }
    double smallest = std::numeric_limits<double>::infinity();
    for (Index l = 0; l < lambdas; ++l) {
        const double error = (predicted.col(l) - y).squaredNorm() / static_cast<double>(y.size());
        result.meanSquaredError.push_back(error);
        if (error < smallest) {
            smallest = error;
            result.best = static_cast<size_t>(l);
        }
    }
    result.outOfFold = predicted.col(static_cast<Index>(result.best));
    return result;
}

std::vector<int> shuffledFolds(int64_t count, int folds, uint64_t seed) {
    std::vector<int> fold(static_cast<size_t>(count));
    for (size_t i = 0; i < fold.size(); ++i)
        fold[i] = static_cast<int>(i % static_cast<size_t>(folds));
    // Of our own: the standard leaves std::shuffle's order to the library.
    std::mt19937_64 random(seed);
    for (size_t i = fold.size(); i > 1; --i)
        std::swap(fold[i - 1], fold[static_cast<size_t>(random() % i)]);
    return fold;
}

} // namespace diploscope
