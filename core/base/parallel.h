// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

namespace diploscope {

/// Calls `work(i)` for every i in [0, count) on up to `threads` threads, the caller's among them, and returns
/// when all calls have. `work` must not throw; order is not defined.
template <class Work>
void parallelFor(int64_t count, int threads, Work&& work) {
    std::atomic<int64_t> next{0};
    const auto drain = [&] {
        for (int64_t i = next++; i < count; i = next++)
            work(i);
    };
    std::vector<std::jthread> helpers;
    const int64_t extra = std::min<int64_t>(threads, count) - 1;
    for (int64_t i = 0; i < extra; ++i)
        helpers.emplace_back(drain);
    drain();
}

/// Processors that this process may use; at least 1.
[[nodiscard]] inline int availableThreads() {
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

} // namespace diploscope
