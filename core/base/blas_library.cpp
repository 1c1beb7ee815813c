// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/blas_library.h"

#include "base/crash_note.h"
#include "base/edge.h"
#include "base/program_module.h"

#include <Eigen/Core>
#include <dlfcn.h>
#include <sched.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <mutex>

namespace diploscope {

namespace {

constexpr ProgramModule kModule{.file = "libdiploscope_blas.so",
                                .name = "module of the matrix library",
                                .library = "The matrix library (BLAS)",
                                .whereMissing = "Install the program completely.",
                                .whereUnusable = "Install OpenBLAS (Debian: libopenblas0-pthread)."};

/// Holds the calling thread, and with it threads that it starts, to one processor.
class OneProcessor {
public:
    OneProcessor() : m_known(sched_getaffinity(0, sizeof m_allowed, &m_allowed) == 0) {
        const int here = sched_getcpu();
        if (!m_known || here < 0 || here >= CPU_SETSIZE)
            return;
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(here, &one);
        sched_setaffinity(0, sizeof one, &one);
    }
    ~OneProcessor() {
        if (m_known)
            sched_setaffinity(0, sizeof m_allowed, &m_allowed);
    }
    OneProcessor(const OneProcessor&) = delete;
    OneProcessor& operator=(const OneProcessor&) = delete;

private:
    cpu_set_t m_allowed{};
    bool m_known;
};

/// As OpenBLAS itself would have: all processors that this process may use when it multiplies first, or what
/// its environment says.
int mostThreads() {
    cpu_set_t allowed;
    const bool isKnown = sched_getaffinity(0, sizeof allowed, &allowed) == 0;
    const int processors = isKnown ? std::max(1, CPU_COUNT(&allowed)) : 1;
    for (const char* name : {"OPENBLAS_NUM_THREADS", "GOTO_NUM_THREADS", "OMP_NUM_THREADS"})
        if (const char* text = std::getenv(name); text != nullptr && std::atoi(text) > 0)
            return std::min(processors, std::atoi(text));
    return processors;
}

/// BlasThreads that are in force.
struct Limits {
    std::mutex mutex;
    int guards = 0;
    std::atomic<int> lowest = 0; ///< 0: none
};

Limits& limits() {
    static Limits all;
    return all;
}

struct Blas {
    void* handle = nullptr;
    decltype(&dgemm_) dgemm = nullptr;
    decltype(&sgemm_) sgemm = nullptr;
    decltype(&dgemv_) dgemv = nullptr;
    decltype(&sgemv_) sgemv = nullptr;
    void (*setThreads)(int) = nullptr; ///< OpenBLAS's own
};

template <class Function>
bool take(Function& function, void* handle, const char* name) {
    function = reinterpret_cast<Function>(dlsym(handle, name));
    return function != nullptr;
}

Result<Blas> openBlas() {
    Blas blas;
    const OneProcessor one; // as it is loaded, OpenBLAS starts a thread for each
    DS_ASSIGN(blas.handle, openProgramModule(kModule));
    if (!take(blas.dgemm, blas.handle, "dgemm_") || !take(blas.sgemm, blas.handle, "sgemm_") ||
        !take(blas.dgemv, blas.handle, "dgemv_") || !take(blas.sgemv, blas.handle, "sgemv_"))
        return moduleOfAnotherVersion(kModule);
    take(blas.setThreads, blas.handle, "openblas_set_num_threads");
    char* (*config)() = nullptr;
    addToCrashNote(take(config, blas.handle, "openblas_get_config") ? config()
                                                                    : "another BLAS than OpenBLAS");
    return blas;
}

const Result<Blas>& opened() {
    static const Result<Blas> blas = openBlas();
    return blas;
}

int threadsNow(const Blas& blas) {
    if (blas.setThreads == nullptr)
        return 1;
    static const int most = mostThreads();
    const int limit = limits().lowest;
    return limit == 0 ? most : std::min(limit, most);
}

/// For a product that begins now.
const Blas& blasAtWork() {
    const Result<Blas>& blas = opened();
    if (!blas)
        throw ThrownError(blas.error());
    static std::atomic<int> threads = 1;
    if (threads != threadsNow(*blas)) {
        const std::lock_guard lock(limits().mutex);
        if (const int now = threadsNow(*blas); threads != now) {
            blas->setThreads(now);
            threads = now;
        }
    }
    return *blas;
}

} // namespace

Result<void> loadBlas() {
    const Result<Blas>& blas = opened();
    return blas ? Result<void>() : fail(blas.error());
}

void* blasFunction(const char* name) {
    const Result<Blas>& blas = opened();
    return blas ? dlsym(blas->handle, name) : nullptr;
}

int blasThreads() {
    const Result<Blas>& blas = opened();
    return blas ? threadsNow(*blas) : 1;
}

BlasThreads::BlasThreads(int threads) {
    Limits& all = limits();
    const std::lock_guard lock(all.mutex);
    if (all.guards++ == 0 || threads < all.lowest)
        all.lowest = threads;
}

BlasThreads::~BlasThreads() {
    Limits& all = limits();
    const std::lock_guard lock(all.mutex);
    if (--all.guards == 0)
        all.lowest = 0;
}

} // namespace diploscope

// What Eigen calls; a product of a kind that is not here does not link.
extern "C" {

int dgemm_(const char* transposeA, const char* transposeB, const int* rows, const int* columns,
           const int* depth, const double* alpha, const double* a, const int* strideA, const double* b,
           const int* strideB, const double* beta, double* c, const int* strideC) {
    return diploscope::blasAtWork().dgemm(transposeA, transposeB, rows, columns, depth, alpha, a, strideA, b,
                                          strideB, beta, c, strideC);
}

int sgemm_(const char* transposeA, const char* transposeB, const int* rows, const int* columns,
           const int* depth, const float* alpha, const float* a, const int* strideA, const float* b,
           const int* strideB, const float* beta, float* c, const int* strideC) {
    return diploscope::blasAtWork().sgemm(transposeA, transposeB, rows, columns, depth, alpha, a, strideA, b,
                                          strideB, beta, c, strideC);
}

int dgemv_(const char* transposeA, const int* rows, const int* columns, const double* alpha, const double* a,
           const int* strideA, const double* x, const int* strideX, const double* beta, double* y,
           const int* strideY) {
    return diploscope::blasAtWork().dgemv(transposeA, rows, columns, alpha, a, strideA, x, strideX, beta, y,
                                          strideY);
}

int sgemv_(const char* transposeA, const int* rows, const int* columns, const float* alpha, const float* a,
           const int* strideA, const float* x, const int* strideX, const float* beta, float* y,
           const int* strideY) {
    return diploscope::blasAtWork().sgemv(transposeA, rows, columns, alpha, a, strideA, x, strideX, beta, y,
                                          strideY);
}

} // extern "C"
