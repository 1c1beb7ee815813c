// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

namespace diploscope {

/// The machine's BLAS, behind Eigen's products of matrices (EIGEN_USE_BLAS). It is loaded by the first of
/// them, by this program's own `dgemm_` and its like: most commands multiply nothing, and OpenBLAS takes 5 ms
/// to load and starts threads, each of which keeps a processor busy for a while before it sleeps. It begins
/// with one thread; more are started by the first product that may use them.

/// Loads it where that has not been done. To be called for its error alone: products that find none throw a
/// ThrownError. \error as openProgramModule()
[[nodiscard]] Result<void> loadBlas();

/// A function of it by its name, loading it; null where it has none of that name, or cannot be loaded.
[[nodiscard]] void* blasFunction(const char* name);

/// Threads that OpenBLAS may use now: as OPENBLAS_NUM_THREADS says, else all processors; fewer under a
/// BlasThreads. 1 for other libraries. Loads it.
[[nodiscard]] int blasThreads();

/// Limits the threads of OpenBLAS while it lives, because code that is parallel itself must not be multiplied
/// by them. The limit is the process's: guards that overlap in time keep the lowest until the last is gone.
/// Other libraries have none.
class BlasThreads {
public:
    explicit BlasThreads(int threads);
    ~BlasThreads();
    BlasThreads(const BlasThreads&) = delete;
    BlasThreads& operator=(const BlasThreads&) = delete;
};

} // namespace diploscope
