// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/elastic_net.h"

#include "base/fixed_order.h"
#include "stats/column_screen.h"

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

/// Of these rows alone.
Standardised standardise(const Eigen::Ref<const Eigen::MatrixXd>& x,
                         const Eigen::Ref<const Eigen::VectorXd>& y, const std::vector<Index>& rows,
                         double constant) {
    Standardised data;
    const auto n = static_cast<double>(rows.size());
    data.y = y(rows);
    data.yMean = data.y.mean();
    data.y.array() -= data.yMean;
    data.ySd = data.y.norm() / std::sqrt(n);
    if (data.ySd > 0)
        data.y /= data.ySd;
    data.x.resize(static_cast<Index>(rows.size()), x.cols());
    data.xMean.resize(x.cols());
    data.xSd.resize(x.cols());
    for (Index j = 0; j < x.cols(); ++j) {
        auto column = data.x.col(j);
        column = x.col(j)(rows);
        data.xMean[j] = column.mean();
        column.array() -= data.xMean[j];
        data.xSd[j] = column.norm() / std::sqrt(n);
        if (data.xSd[j] <= constant * std::max(1.0, std::abs(data.xMean[j])))
            data.xSd[j] = 0;
        column *= data.xSd[j] > 0 ? 1 / data.xSd[j] : 0.0;
    }
    return data;
}

/// The state of the descent: the residual, and of the columns that ever became active their gradients and
/// their covariances with each other. Of the many others nothing is known but that they need not enter.
class Descent {
public:
    Descent(const Standardised& data, const ElasticNetOptions& options)
        : m_data(data)
        , m_options(options)
        , m_n(static_cast<double>(data.y.size()))
        , m_screen(data.x)
        , m_residual(data.y)
        , m_isActive(static_cast<size_t>(data.x.cols())) {}

    [[nodiscard]] double largestLambda() const {
        const Eigen::VectorXd gradient = dotsWith(m_data.x, m_data.y) / m_n;
        return gradient.size() == 0 ? 0 : gradient.cwiseAbs().maxCoeff() / std::max(m_options.alpha, 1e-3);
    }

    Result<void> fit(double lambda, const RunContext& context) {
        for (;;) {
            DS_TRY(descend(lambda, context));
            refreshResidual();
            const std::vector<Index> entering =
                m_screen.beyond(lambda * m_options.alpha, m_residual, m_isActive);
            if (entering.empty())
                return {};
            activate(entering);
        }
    }

    /// 1 - residual variance; y has variance 1.
    [[nodiscard]] double explained() const { return 1 - m_residual.squaredNorm() / m_n; }

    void copyTo(Eigen::Ref<Eigen::VectorXd> coefficients) const {
        coefficients.setZero();
        for (size_t k = 0; k < m_active.size(); ++k)
            coefficients[m_active[k]] = m_beta[static_cast<Index>(k)] * m_data.ySd / m_data.xSd[m_active[k]];
    }

private:
    /// Cycles over the active columns until none moves.
    Result<void> descend(double lambda, const RunContext& context) {
        const double threshold = lambda * m_options.alpha;
        const double shrinkage = 1 + lambda * (1 - m_options.alpha);
        const Index count = m_beta.size();
        std::vector<Index> all(static_cast<size_t>(count)), moving;
        std::iota(all.begin(), all.end(), Index{0});
        // Between passes over all columns only those that have a weight move.
        const std::vector<Index>* columns = &all;
        for (int64_t pass = 0; pass < m_options.mostPasses; ++pass) {
            if (pass % 64 == 0)
                DS_TRY(context.checkpoint());
            double largest = 0;
            for (const Index k : *columns) {
                const double pull = m_gradient[k] + m_beta[k];
                const double size = std::abs(pull) - threshold;
                const double moved = (size > 0 ? std::copysign(size, pull) / shrinkage : 0.0) - m_beta[k];
                if (moved == 0)
                    continue;
                m_beta[k] += moved;
                addMultiple(-moved, m_among.col(k).head(count), m_gradient);
                largest = std::max(largest, moved * moved);
            }
            const bool settled = largest <= m_options.tolerance;
            if (settled && columns == &all)
                return {};
            moving.clear();
            for (Index k = 0; k < count; ++k)
                if (m_beta[k] != 0)
                    moving.push_back(k);
            columns = settled ? &all : &moving;
        }
        return fail(ErrorKind::BadInput,
                    fmt::format("The elastic net did not settle at lambda {:.3g} in {} passes.", lambda,
                                m_options.mostPasses),
                    {}, "Leave out columns that are nearly equal, or raise alpha.");
    }

    /// From the coefficients: what descending added up has the rounding of every step.
    void refreshResidual() {
        if (m_active.empty())
            return;
        const auto columns = m_columns.leftCols(m_beta.size());
        m_residual = m_data.y - productOf(columns, m_beta);
        m_gradient = dotsWith(columns, m_residual) / m_n;
    }

    void activate(const std::vector<Index>& entering) {
        const Index before = m_beta.size();
        const auto added = static_cast<Index>(entering.size());
        const Index count = before + added;
        if (count > m_columns.cols()) {
            const Index room = std::max(count, 2 * before);
            m_columns.conservativeResize(m_data.x.rows(), room);
            m_among.conservativeResize(room, room);
        }
        for (Index i = 0; i < added; ++i) {
            const Index j = entering[static_cast<size_t>(i)];
            m_columns.col(before + i) = m_data.x.col(j);
            m_isActive[static_cast<size_t>(j)] = true;
            m_active.push_back(j);
        }
        const auto columns = m_columns.middleCols(before, added);
        m_among.block(0, before, count, added) = dotsBetween(m_columns.leftCols(count), columns) / m_n;
        m_among.block(before, 0, added, before) = m_among.block(0, before, before, added).transpose();
        m_beta.conservativeResize(count);
        m_beta.tail(added).setZero();
        m_gradient.conservativeResize(count);
        m_gradient.tail(added) = dotsWith(columns, m_residual) / m_n;
    }

    const Standardised& m_data;
    const ElasticNetOptions& m_options;
    double m_n;
    ColumnScreen m_screen;
    Eigen::VectorXd m_residual;
    std::vector<bool> m_isActive; ///< [columns]
    std::vector<Index> m_active;  ///< in the order in which they entered, as all that follows
    Eigen::VectorXd m_beta;       ///< standardised
    Eigen::VectorXd m_gradient;   ///< products with the residual, divided by n
    Eigen::MatrixXd m_columns;    ///< [n x room]
    Eigen::MatrixXd m_among;      ///< [room x room], covariances
};

std::vector<double> lambdaPath(double largest, const ElasticNetOptions& options, Index rows, Index columns) {
    const double ratio = options.lambdaRatio > 0 ? options.lambdaRatio : rows < columns ? 1e-2 : 1e-4;
    std::vector<double> lambdas;
    for (int i = 0; i < options.lambdaCount; ++i)
        lambdas.push_back(largest * std::pow(ratio, double(i) / std::max(1, options.lambdaCount - 1)));
    return lambdas;
}

/// elasticNet() of some rows.
Result<ElasticNetPath> pathOf(const Eigen::Ref<const Eigen::MatrixXd>& x,
                              const Eigen::Ref<const Eigen::VectorXd>& y, const std::vector<Index>& rows,
                              const ElasticNetOptions& options, const std::vector<double>& given,
                              const RunContext& context) {
    ElasticNetPath path;
    if (rows.size() < 2)
        return path;
    const Standardised data = standardise(x, y, rows, options.constant);
    Descent descent(data, options);
    const double largest = descent.largestLambda();
    if (data.ySd == 0 || largest == 0)
        return path;
    std::vector<double> lambdas = given;
    for (double& lambda : lambdas)
        lambda /= data.ySd;
    if (given.empty())
        lambdas = lambdaPath(largest, options, data.x.rows(), x.cols());

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

} // namespace

Result<ElasticNetPath> elasticNet(const Eigen::Ref<const Eigen::MatrixXd>& x,
                                  const Eigen::Ref<const Eigen::VectorXd>& y,
                                  const ElasticNetOptions& options, const std::vector<double>& given,
                                  const RunContext& context) {
    std::vector<Index> rows(static_cast<size_t>(y.size()));
    std::iota(rows.begin(), rows.end(), Index{0});
    return pathOf(x, y, rows, options, given, context);
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
        DS_ASSIGN(const ElasticNetPath path, pathOf(x, y, inside, options, result.path.lambdas, context));
        if (path.lambdas.empty()) { // nothing to learn from the others but their mean
            for (const Index i : outside)
                predicted.row(i).setConstant(inside.empty() ? 0.0 : y(inside).mean());
            continue;
        }
        const Eigen::MatrixXd scores =
            productOf(x(outside, Eigen::all), path.coefficients).rowwise() + path.intercepts.transpose();
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
