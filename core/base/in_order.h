// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/parallel.h"

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <type_traits>
#include <utility>

namespace diploscope {

/// parallelFor() for results that are wanted in order: calls `give(i, work(i))` for i = 0, 1, 2, ..., one
/// call at a time, on whichever thread has done the last that was missing, while the others work on. At most
/// `threads` items are worked on at once, and at most `2 threads` are begun and not given yet, so that a slow
/// one does not gather all that follow it. Where `give` returns false nothing more is given or begun. What
/// either throws reaches the caller, as with parallelFor().
template <class Work, class Give>
void parallelInOrder(int64_t count, int threads, Work&& work, Give&& give) {
    std::mutex mutex;
    std::condition_variable moved;
    std::map<int64_t, std::invoke_result_t<Work&, int64_t>> finished; // under the mutex, as what follows
    int64_t next = 0;                                                 // to be given
    bool giving = false;
    bool ended = false;
    const auto end = [&] {
        const std::lock_guard lock(mutex);
        ended = true;
        moved.notify_all();
    };
    const auto giveFinished = [&](std::unique_lock<std::mutex>& lock) {
        if (giving)
            return; // who gives finds this one, too
        giving = true;
        for (auto found = finished.find(next); !ended && found != finished.end();
             found = finished.find(next)) {
            auto item = finished.extract(found);
            lock.unlock();
            const bool goesOn = give(item.key(), std::move(item.mapped()));
            lock.lock();
            ++next;
            ended = ended || !goesOn;
            moved.notify_all();
        }
        giving = false;
    };
    parallelFor(count, threads, [&](int64_t i) {
        try {
            std::unique_lock lock(mutex);
            moved.wait(lock, [&] { return ended || i < next + 2 * int64_t{threads}; });
            if (ended)
                return;
            lock.unlock();
            auto result = work(i);
            lock.lock();
            finished.emplace(i, std::move(result));
            giveFinished(lock);
        } catch (...) {
            end();
            throw;
        }
    });
}

} // namespace diploscope
