// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/null_model.h"

#include "base/parallel.h"
#include "stats/centred.h"
#include "stats/random_bits.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace diploscope {

namespace {

/// Predictors that are worked on at once: their weights and scores stay in the processor's cache.
constexpr int64_t BlockPredictors = 256;

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
}

} // namespace

Eigen::MatrixXf nullWeights(uint64_t seed, int64_t variants, int64_t first, int64_t count) {
    Eigen::MatrixXf weights(variants, count);
    parallelFor(count, availableThreads(), [&](int64_t k) {
        fillNormal(randomBits(seed, static_cast<uint64_t>(first + k)), weights.col(k));
    });
    return weights;
}

Result<Eigen::VectorXd> nullCorrelations(const Eigen::Ref<const Eigen::MatrixXd>& dosages,
                                         const Eigen::Ref<const Eigen::VectorXd>& observed, int64_t count,
                                         uint64_t seed, const RunContext& context) {
    const std::vector<Eigen::Index> people = finiteRows(observed);
    const Centred y = centre(observed(people));
    if (people.size() < 3 || y.constant())
        return Eigen::VectorXd();
    const Eigen::MatrixXd centred = y.values.size() == dosages.rows()
                                        ? centreColumns(dosages)
                                        : centreColumns(dosages(people, Eigen::all));
    if (centred.isZero(0))
        return Eigen::VectorXd();

    const Eigen::MatrixXf x = centred.cast<float>();
    Eigen::VectorXd correlations(count);
    Eigen::MatrixXf scores;
    for (int64_t first = 0; first < count; first += BlockPredictors) {
        DS_TRY(context.checkpoint());
        const int64_t block = std::min(BlockPredictors, count - first);
        scores.noalias() = x * nullWeights(seed, x.cols(), first, block);
        for (int64_t k = 0; k < block; ++k) {
            const Eigen::VectorXd score = scores.col(k).cast<double>();
            correlations[first + k] = std::min(1.0, std::abs(score.dot(y.values)) / score.norm() / y.norm);
        }
    }
    return correlations;
}

std::optional<NullTest> testAgainstMoments(double r, int64_t predictors, double mean, double sd) {
    if (predictors < 2 || !(sd > 0) || !std::isfinite(r))
        return std::nullopt;
    const auto count = double(predictors);
    const double excess = std::abs(r) - mean;

    NullTest test;
    test.predictors = predictors;
    test.mean = mean;
    test.sd = sd;
    test.publishedT = excess / std::sqrt(sd / count);
    if (test.publishedT >= 0)
        test.publishedP = studentUpperTail(test.publishedT, count - 1);
    const double sampleSd = sd * std::sqrt(count / (count - 1));
    test.calibratedT = excess / (sampleSd * std::sqrt(1 + 1 / count));
    test.calibratedP = studentUpperTail(test.calibratedT, count - 1);
    return test;
}

std::optional<NullTest> testAgainstNull(double r, const Eigen::Ref<const Eigen::VectorXd>& correlations) {
    const Centred null = centre(correlations);
    if (correlations.size() < 2 || null.constant())
        return std::nullopt;
    const auto count = double(correlations.size());
    std::optional<NullTest> test =
        testAgainstMoments(r, correlations.size(), null.mean, null.norm * null.scale / std::sqrt(count));
    if (test)
        test->empiricalP = (1 + double((correlations.array() >= std::abs(r)).count())) / (count + 1);
    return test;
}

} // namespace diploscope
