// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/stage_clock.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <string_view>

namespace diploscope {

namespace {

constexpr std::array<std::string_view, StageCount> StageNames{
    "read", "sequences", "model", "self-check", "statistics", "store", "draw", "waiting", "other"};

double secondsOf(const timeval& time) {
    return double(time.tv_sec) + double(time.tv_usec) * 1e-6;
}

void addTo(StageUse& use, double seconds, double processorSeconds, int64_t peakBytes) {
    use.seconds += seconds;
    use.processorSeconds += processorSeconds;
    use.peakBytes = std::max(use.peakBytes, peakBytes);
}

} // namespace

std::vector<StageRow> stageRows(const StageTimes& times) {
    std::vector<StageRow> rows{{"stage", "seconds", "share", "processor s", "peak memory"}};
    const auto add = [&](std::string_view name, const StageUse& use) {
        const double share = times.whole.seconds > 0 ? use.seconds / times.whole.seconds : 0;
        rows.push_back({std::string(name), fmt::format("{:.3f}", use.seconds),
                        fmt::format("{:.1f} %", 100 * share), fmt::format("{:.3f}", use.processorSeconds),
                        fmt::format("{} MB", use.peakBytes >> 20)});
    };
    for (size_t i = 0; i < StageCount; ++i)
        if (times.stages[i].peakBytes > 0)
            add(StageNames[i], times.stages[i]);
    add("whole", times.whole);
    return rows;
}

StageClock::StageClock() : m_last(now()) {}

StageClock::Moment StageClock::now() {
    rusage use{};
    getrusage(RUSAGE_SELF, &use);
    return {std::chrono::steady_clock::now(), secondsOf(use.ru_utime) + secondsOf(use.ru_stime),
            int64_t{use.ru_maxrss} << 10};
}

void StageClock::count(const Moment& until, StageTimes& times) const {
    const double seconds = std::chrono::duration<double>(until.time - m_last.time).count();
    const double processorSeconds = until.processorSeconds - m_last.processorSeconds;
    addTo(times.whole, seconds, processorSeconds, until.peakBytes);
    if (m_stages.empty()) {
        addTo(times.stages[static_cast<size_t>(Stage::Other)], seconds, processorSeconds, until.peakBytes);
        return;
    }
    const auto threads = double(m_stages.size());
    for (const auto& [thread, stages] : m_stages)
        addTo(times.stages[static_cast<size_t>(stages.back())], seconds / threads, processorSeconds / threads,
              until.peakBytes);
}

void StageClock::countUntilNow() {
    const Moment moment = now();
    count(moment, m_times);
    m_last = moment;
}

void StageClock::enter(Stage stage) {
    const std::lock_guard lock(m_mutex);
    countUntilNow();
    m_stages[std::this_thread::get_id()].push_back(stage);
}

void StageClock::leave() {
    const std::lock_guard lock(m_mutex);
    countUntilNow();
    const auto own = m_stages.find(std::this_thread::get_id());
    own->second.pop_back();
    if (own->second.empty())
        m_stages.erase(own);
}

StageTimes StageClock::times() const {
    const std::lock_guard lock(m_mutex);
    StageTimes times = m_times;
    count(now(), times);
    return times;
}

} // namespace diploscope
