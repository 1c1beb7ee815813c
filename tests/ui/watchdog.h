// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QEvent>
#include <QObject>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace diploscope::test {

/// Measures for how long the GUI thread does not answer. A thread of its own posts an event to the GUI
/// thread, waits until it is served, and posts the next: the time between is the event loop's latency, which
/// is what a user feels.
///
/// On a busy machine the GUI thread also waits for a processor, which is no fault of the program. The kernel
/// counts that time (`schedstat`, second field), and it is taken off: what is left is computing or waiting
/// for something, a file, a lock, a sleep. Where the kernel does not count, `isExact()` is false, and the
/// time that the thread computed stands for the block: that misses pure waiting, which the plain latency,
/// still reported, shows.
class Watchdog {
public:
    struct Block {
        double ms = 0;        ///< that the program is to blame for
        double latencyMs = 0; ///< as seen from outside
        std::string during;
    };

    /// To be made on the GUI thread.
    Watchdog() : m_guiThread(static_cast<pid_t>(::syscall(SYS_gettid))) {
        pthread_getcpuclockid(pthread_self(), &m_cpuClock);
        m_exact = queueMs() >= 0;
        m_thread = std::thread([this] { watch(); });
    }
    ~Watchdog() { stop(); }

    /// What the test does from now on, for the report.
    void phase(std::string name) {
        const std::lock_guard lock(m_mutex);
        m_phase = std::move(name);
    }
    void stop() {
        m_stop = true;
        if (!m_thread.joinable())
            return;
        // The watcher may wait for an answer that only this thread can give.
        while (!m_ended)
            QCoreApplication::sendPostedEvents(&m_receiver);
        m_thread.join();
    }
    [[nodiscard]] bool isExact() const { return m_exact; }
    [[nodiscard]] Block longest() const {
        const std::lock_guard lock(m_mutex);
        Block longest;
        for (const auto& [phase, block] : m_longest)
            if (block.ms > longest.ms)
                longest = block;
        return longest;
    }
    /// "analyse 12.3 (15.0), load 4.0 (4.2)": ms to blame, and latency, of each phase.
    [[nodiscard]] std::string text() const {
        const std::lock_guard lock(m_mutex);
        std::string text;
        for (const auto& [phase, block] : m_longest) {
            char numbers[64];
            std::snprintf(numbers, sizeof numbers, " %.1f (%.1f)", block.ms, block.latencyMs);
            text += (text.empty() ? "" : ", ") + phase + numbers;
        }
        return text;
    }

private:
    class Receiver : public QObject {
    public:
        std::atomic<int> served = 0;
        bool event(QEvent* event) override {
            if (event->type() != QEvent::User)
                return QObject::event(event);
            ++served;
            return true;
        }
    };

    static double nowMs() {
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch())
            .count();
    }
    [[nodiscard]] double cpuMs() const {
        timespec time{};
        clock_gettime(m_cpuClock, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    }
    /// Time that the GUI thread has waited for a processor; negative where the kernel does not say.
    [[nodiscard]] double queueMs() const {
        const std::string file = "/proc/self/task/" + std::to_string(m_guiThread) + "/schedstat";
        std::FILE* handle = std::fopen(file.c_str(), "r");
        if (handle == nullptr)
            return -1;
        unsigned long long ran = 0;
        unsigned long long waited = 0;
        const int fields = std::fscanf(handle, "%llu %llu", &ran, &waited);
        std::fclose(handle);
        return fields == 2 && ran > 0 ? static_cast<double>(waited) / 1e6 : -1;
    }

    void watch() {
        int asked = 0;
        while (!m_stop) {
            const double queued = m_exact ? queueMs() : 0;
            const double computed = cpuMs();
            const double begin = nowMs();
            ++asked;
            QCoreApplication::postEvent(&m_receiver, new QEvent(QEvent::User));
            while (m_receiver.served < asked && !m_stop)
                std::this_thread::sleep_for(std::chrono::microseconds(500));
            Block block;
            block.latencyMs = nowMs() - begin;
            block.ms = m_exact ? block.latencyMs - (queueMs() - queued) : cpuMs() - computed;
            const std::lock_guard lock(m_mutex);
            block.during = m_phase;
            if (Block& longest = m_longest[m_phase]; !m_stop && block.ms > longest.ms)
                longest = block;
        }
        m_ended = true;
    }

    const pid_t m_guiThread;
    clockid_t m_cpuClock{};
    bool m_exact = false;
    Receiver m_receiver;
    std::atomic<bool> m_stop = false;
    std::atomic<bool> m_ended = false;
    mutable std::mutex m_mutex;
    std::string m_phase;
    std::map<std::string, Block> m_longest; ///< by phase
    std::thread m_thread;
};

} // namespace diploscope::test
