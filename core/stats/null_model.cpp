// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/null_model.h"

#include "base/parallel.h"
#include "stats/centred.h"
#include "stats/centred_dosages.h"
#include "stats/random_bits.h"
#include "stats/random_scores.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace diploscope {

namespace {

/// Predictors that are worked on at once: their weights and scores stay in the processor's cache.
constexpr int64_t BlockPredictors = 256;
/// Scores that are held at once.
constexpr int64_t MostScores = 6'400'000;

/// A column of N(0, 1) by Box and Muller: 64 bits give a radius and an angle, these two numbers.
void fillNormal(uint64_t seed, Eigen::Ref<Eigen::VectorXf> column) {
    const Eigen::Index half = (column.size() + 1) / 2;
    Eigen::ArrayXf radius(half);
    Eigen::ArrayXf angle(half);
    for (Eigen::Index i = 0; i < half; ++i) {
        const uint64_t bits = randomBits(seed, static_cast<uint64_t>(i));
        radius[i] = (static_cast<float>(bits >> 40) + 0.5F) * 0x1p-24F; // never 0
        angle[i] = static_cast<float>((bits >> 8) & 0xffffffU) * 0x1p-24F;
    }
    radius = (-2 * radius.log()).sqrt();
    angle *= 2 * std::numbers::pi_v<float>;
    // Into arrays of their own: how a column lies in memory must not change the last digit of a weight.
    const Eigen::ArrayXf even = radius * angle.cos();
    const Eigen::ArrayXf odd = radius * angle.sin();
    column.head(half) = even;
    column.tail(column.size() - half) = odd.head(column.size() - half);
    // On a grid so coarse that sums of weight x 0, 1 or 2 are exact in single precision, whatever order they
    // are added up in: the null is the same on every processor. 2^-11 for 3,000 SNVs.
    const float most = 2 * column.cwiseAbs().sum() + 1;
    const float grid = std::exp2(std::ceil(std::log2(most)) - 23);
    // A sum so far from zero has no digits below the grid: rounds as std::round(), but several at once.
    const float far = 1.5F * 0x1p23F * grid;
    column = (column.array() + far) - far;
}

/// What the columns less their means span.
struct Span {
    bool empty = true;
    Eigen::VectorXd direction; ///< of length 1, the only one; empty where there are several
};

Span spanOf(const CentredDosages& columns) {
    constexpr double Parallel = 1e-12; // columns of small numbers: squares of what is not are far above
    Span span;
    // Column by column, as two of the first few tell of most genes that there are several directions.
    for (Eigen::Index v = 0; v < columns.cols(); ++v) {
        const double norm = columns.norms()[v];
        if (norm == 0)
            continue;
        const Eigen::VectorXd centred = columns.column(v);
        if (span.empty) {
            span = {false, centred / norm};
        } else if (const double along = span.direction.dot(centred) / norm; 1 - along * along > Parallel) {
            span.direction.resize(0);
            break;
        }
    }
    return span;
}

} // namespace

Eigen::MatrixXf nullWeights(uint64_t seed, int64_t variants, int64_t first, int64_t count) {
    Eigen::MatrixXf weights(variants, count);
    parallelFor(count, availableThreads(), [&](int64_t k) {
        fillNormal(randomBits(seed, static_cast<uint64_t>(first + k)), weights.col(k));
    });
    return weights;
}

Result<Eigen::VectorXd> nullCorrelations(const Dosages& dosages,
                                         const Eigen::Ref<const Eigen::VectorXd>& observed, int64_t count,
                                         uint64_t seed, const RunContext& context) {
    const std::vector<Eigen::Index> people = finiteRows(observed);
    const Centred y = centre(observed(people));
    if (people.size() < 3 || y.constant())
        return Eigen::VectorXd();
    const CentredDosages x(dosages, people);
    const Span span = spanOf(x);
    if (span.empty)
        return Eigen::VectorXd();
    if (span.direction.size() > 0)
        return Eigen::VectorXd(
            Eigen::VectorXd::Constant(count, std::min(1.0, std::abs(span.direction.dot(y.values)) / y.norm)));
    const int64_t atOnce = std::clamp(MostScores / std::ssize(people), int64_t{1}, BlockPredictors);
    Eigen::VectorXd correlations(count);
    RandomScores scores(x);
    for (int64_t first = 0; first < count; first += atOnce) {
        DS_TRY(context.checkpoint());
        const int64_t block = std::min(atOnce, count - first);
        scores.take(nullWeights(seed, dosages.cols(), first, block));
        // Predictor by predictor, so that each stays in the processor's cache.
        for (int64_t k = 0; k < block; ++k) {
            const Eigen::VectorXd score = scores.of(k);
            correlations[first + k] = std::min(1.0, std::abs(score.dot(y.values)) / score.norm() / y.norm);
        }
    }
    return correlations;
}

std::optional<NullTest> testAgainstMoments(double r, int64_t predictors, double mean, double sd) {
    if (predictors < 2 || !(sd >= 0) || !std::isfinite(r))
        return std::nullopt;
    const auto count = double(predictors);
    const double excess = std::abs(r) - mean;

    NullTest test;
    test.predictors = predictors;
    test.mean = mean;
    test.sd = sd;
    test.testable = sd > NullTieTolerance * mean;
    if (!test.testable)
        return test;
    test.publishedT = excess / std::sqrt(sd / count);
    test.publishedP = *test.publishedT >= 0 ? studentUpperTail(*test.publishedT, count - 1) : PValue(1);
    const double sampleSd = sd * std::sqrt(count / (count - 1));
    test.calibratedT = excess / (sampleSd * std::sqrt(1 + 1 / count));
    test.calibratedP = studentUpperTail(*test.calibratedT, count - 1);
    return test;
}

std::optional<NullTest> testAgainstNull(double r, const Eigen::Ref<const Eigen::VectorXd>& correlations) {
    if (correlations.size() < 2)
        return std::nullopt;
    const Centred null = centre(correlations);
    const auto count = double(correlations.size());
    std::optional<NullTest> test =
        testAgainstMoments(r, correlations.size(), null.mean, null.norm * null.scale / std::sqrt(count));
    if (!test)
        return std::nullopt;
    const double reached = std::abs(r) * (1 - NullTieTolerance);
    test->empiricalP =
        test->testable ? (1 + double((correlations.array() >= reached).count())) / (count + 1) : 1;
    return test;
}

} // namespace diploscope
