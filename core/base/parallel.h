// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/thread_share.h"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace diploscope {

/// Calls `work(i)` for every i in [0, count) on up to `threads` threads, the caller's among them, and returns
/// when all calls have; order is not defined. Where the system gives fewer threads, fewer do the same, and on
/// a thread that a OneThread holds it does all by itself. What `work` throws reaches the caller once all
/// threads have ended (the first of several; what had not begun by then is left out): a thread that lets an
/// exception out would end the program.
template <class Work>
void parallelFor(int64_t count, int threads, Work&& work) {
    std::atomic<int64_t> next{0};
    std::mutex mutex;
    std::exception_ptr thrown; // the first; under the mutex
    const auto drain = [&]() noexcept {
        try {
            for (int64_t i = next++; i < count; i = next++)
                work(i);
        } catch (...) {
            next = count;
            const std::lock_guard lock(mutex);
            if (!thrown)
                thrown = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> helpers;
        const int64_t extra = isOneThread() ? 0 : std::min<int64_t>(threads, count) - 1;
        try {
            for (int64_t i = 0; i < extra; ++i)
                helpers.emplace_back(drain);
        } catch (const std::exception&) { // no more threads, or no memory to name them
        }
        drain();
    }
    if (thrown)
        std::rethrow_exception(thrown);
}

/// Processors that this process may use (taskset, a batch system), which need not be all there are; at
/// least 1. On a thread that a OneThread holds, 1.
[[nodiscard]] inline int availableThreads() {
    if (isOneThread())
        return 1;
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) == 0)
        return std::max(1, CPU_COUNT(&allowed));
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

} // namespace diploscope
