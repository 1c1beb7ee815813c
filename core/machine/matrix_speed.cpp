// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/matrix_speed.h"

#include "base/blas_info.h"
#include "base/parallel.h"

#include <Eigen/Core>

#include <algorithm>
#include <chrono>

namespace diploscope {

namespace {

constexpr Eigen::Index kRows = 1024;
constexpr double kSeconds = 0.1;

template <class Number>
double speed(int threads) {
    using Matrix = Eigen::Matrix<Number, Eigen::Dynamic, Eigen::Dynamic>;
    using Clock = std::chrono::steady_clock;
    const BlasThreads limit(threads);
    const Matrix a = Matrix::Constant(kRows, kRows, Number(0.5));
    const Matrix b = Matrix::Constant(kRows, kRows, Number(0.25));
    Matrix product(kRows, kRows);
    double best = 0;
    const auto start = Clock::now();
    do {
        const auto begin = Clock::now();
        product.noalias() = a * b;
        const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
        best = std::max(best, 2e-9 * static_cast<double>(kRows * kRows * kRows) / seconds);
    } while (std::chrono::duration<double>(Clock::now() - start).count() < kSeconds);
    return best;
}

} // namespace

Result<MatrixSpeed> measureMatrices(const RunContext& context) {
    MatrixSpeed found;
    const int all = availableThreads();
    const std::pair<double*, double (*)(int)> single[] = {{&found.singleOne, speed<float>},
                                                          {&found.doubleOne, speed<double>}};
    const std::pair<double*, double (*)(int)> many[] = {{&found.singleAll, speed<float>},
                                                        {&found.doubleAll, speed<double>}};
    for (const auto& [target, measure] : single) {
        DS_TRY(context.checkpoint());
        *target = measure(1);
    }
    for (const auto& [target, measure] : many) {
        DS_TRY(context.checkpoint());
        *target = measure(all);
    }
    return found;
}

} // namespace diploscope
