// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/matrix_speed.h"

#include "base/blas_library.h"
#include "base/parallel.h"

#include <Eigen/Core>

#include <algorithm>
#include <atomic>
#include <ctime>
#include <thread>
#include <utility>
#include <vector>

namespace diploscope {

namespace {

constexpr Eigen::Index kRows = 1024;
constexpr double kSeconds = 0.1;

double secondsOf(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// \param clock that the time is taken by
template <class Number>
double speed(int threads, clockid_t clock) {
    using Matrix = Eigen::Matrix<Number, Eigen::Dynamic, Eigen::Dynamic>;
    const BlasThreads limit(threads);
    const Matrix a = Matrix::Constant(kRows, kRows, Number(0.5));
    const Matrix b = Matrix::Constant(kRows, kRows, Number(0.25));
    Matrix product(kRows, kRows);
    double best = 0;
    const double start = secondsOf(CLOCK_MONOTONIC);
    do {
        const double begin = secondsOf(clock);
        product.noalias() = a * b;
        best = std::max(best, 2e-9 * static_cast<double>(kRows * kRows * kRows) / (secondsOf(clock) - begin));
    } while (secondsOf(CLOCK_MONOTONIC) - start < kSeconds);
    return best;
}

/// Not asked of the BLAS, which may be told to use fewer threads.
double shareOf(int threads) {
    std::atomic<double> processor = 0;
    const double start = secondsOf(CLOCK_MONOTONIC);
    {
        std::vector<std::jthread> busy;
        for (int i = 0; i < threads; ++i)
            busy.emplace_back([&] {
                while (secondsOf(CLOCK_MONOTONIC) - start < kSeconds) {
                }
                processor += secondsOf(CLOCK_THREAD_CPUTIME_ID);
            });
    }
    return std::clamp(processor / ((secondsOf(CLOCK_MONOTONIC) - start) * threads), 0.0, 1.0);
}

} // namespace

Result<MatrixSpeed> measureMatrices(const RunContext& context) {
    MatrixSpeed found;
    const int all = availableThreads();
    const std::pair<double*, double (*)(int, clockid_t)> single[] = {{&found.singleOne, speed<float>},
                                                                     {&found.doubleOne, speed<double>}};
    const std::pair<double*, double (*)(int, clockid_t)> many[] = {{&found.singleAll, speed<float>},
                                                                   {&found.doubleAll, speed<double>}};
    for (const auto& [target, measure] : single) {
        DS_TRY(context.checkpoint());
        *target = measure(1, CLOCK_THREAD_CPUTIME_ID);
    }
    for (const auto& [target, measure] : many) {
        DS_TRY(context.checkpoint());
        *target = measure(all, CLOCK_MONOTONIC);
    }
    found.share = shareOf(all);
    return found;
}

} // namespace diploscope
