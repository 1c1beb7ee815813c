// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/memory_limit.h"

#include "base/blas_library.h"
#include "base/parallel.h"

#include <Eigen/Core>
#include <fmt/format.h>
#include <sched.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <thread>

namespace diploscope {

namespace {

constexpr int64_t kMiB = int64_t{1} << 20;
constexpr int64_t kBuffer = 128 * kMiB; ///< OpenBLAS's BUFFER_SIZE, and a little
constexpr int64_t kOwn = 64 * kMiB;     ///< for the work itself, the least with which something can be done
/// Newer versions of OpenBLAS (seen: 0.3.29) take two buffers while they are loaded.
constexpr int64_t kLoading = 2 * kBuffer + kOwn;

struct Memory {
    int64_t limit = 0;
    int64_t used = 0;
};

/// A value of /proc/self/status in bytes.
int64_t statusBytes(const std::string& key) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(key))
            return std::strtoll(line.c_str() + key.size(), nullptr, 10) * 1024;
    return 0;
}

/// The tighter of `ulimit -v` and `ulimit -d`; nothing where there is neither.
std::optional<Memory> limitedMemory() {
    std::optional<Memory> tightest;
    const auto look = [&](__rlimit_resource resource, const char* key) {
        rlimit limit{};
        if (getrlimit(resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
            return;
        const Memory memory{static_cast<int64_t>(limit.rlim_cur), statusBytes(key)};
        if (!tightest || memory.limit - memory.used < tightest->limit - tightest->used)
            tightest = memory;
    };
    look(RLIMIT_AS, "VmSize:");
    look(RLIMIT_DATA, "VmData:");
    return tightest;
}

/// So that every thread pool of this process is of that size.
bool useProcessors(int count) {
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        return false;
    for (int cpu = 0, kept = 0; cpu < CPU_SETSIZE; ++cpu)
        if (CPU_ISSET(cpu, &allowed) && ++kept > count)
            CPU_CLR(cpu, &allowed);
    return sched_setaffinity(0, sizeof allowed, &allowed) == 0;
}

} // namespace

int threadsWithin(int64_t limit, int64_t used, int threads) {
    // OpenBLAS's own threads take a buffer each, and so does each of ours that calls it; one of both is the
    // first.
    while (threads > 0 && used + (2 * threads - 1) * kBuffer + kOwn > limit)
        --threads;
    return threads;
}

Result<void> checkMemoryBehind(std::string_view library) {
    const std::optional<Memory> memory = limitedMemory();
    if (!memory)
        return {};
    const int64_t needed = (availableThreads() - 1) * kBuffer + kOwn;
    if (memory->used + needed <= memory->limit)
        return {};
    return fail(ErrorKind::Unsupported,
                fmt::format("Memory is limited to {} MB here, and with {} the program needs at least {} MB.",
                            memory->limit / 1'000'000, library, (memory->used + needed) / 1'000'000 + 1),
                "ulimit -v", "Raise the limit, or lift it with `ulimit -v unlimited`.");
}

Result<void> fitMemoryLimit() {
    std::optional<Memory> memory = limitedMemory();
    if (!memory)
        return {};
    const auto tooLittle = [&memory](int64_t needed) {
        return fail(ErrorKind::Unsupported,
                    fmt::format("Memory is limited to {} MB here, and the program needs at least {} MB.",
                                memory->limit / 1'000'000, needed / 1'000'000 + 1),
                    "ulimit -v", "Raise the limit, or lift it with `ulimit -v unlimited`.");
    };
    if (memory->used + kLoading > memory->limit)
        return tooLittle(memory->used + kLoading);
    DS_TRY(loadBlas());
    if (blasFunction("openblas_get_config") == nullptr)
        return {};
    memory = limitedMemory();
    const int threads = availableThreads();
    const int fitting = threadsWithin(memory->limit, memory->used, threads);
    if (fitting < 1)
        return tooLittle(memory->used + kBuffer + kOwn);
    if (fitting < threads && !useProcessors(fitting))
        return tooLittle(memory->used + (2 * threads - 1) * kBuffer + kOwn);
    // Taken once and kept: as many as threads that multiply at a time. On a busy machine one thread could be
    // through with its product before the next one begins, so they wait for each other; not for ever, as the
    // system may not have given us all of them.
    std::atomic<int> present = 0;
    parallelFor(fitting, fitting, [&](int64_t) {
        ++present;
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(2);
        while (present < fitting && std::chrono::steady_clock::now() < deadline)
            std::this_thread::yield();
        Eigen::MatrixXd matrix = Eigen::MatrixXd::Identity(300, 300);
        for (int time = 0; time < 10; ++time)
            matrix = (matrix * matrix).eval();
    });
    return {};
}

} // namespace diploscope
