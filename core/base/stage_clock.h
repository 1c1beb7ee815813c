// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace diploscope {

/// What work goes through, in this order by and large.
enum class Stage { Read, Sequences, Model, SelfCheck, Statistics, Store, Draw, Waiting, Other };
inline constexpr size_t StageCount = static_cast<size_t>(Stage::Other) + 1;

/// What a stage took.
struct StageUse {
    double seconds = 0;          ///< that passed
    double processorSeconds = 0; ///< of all of the program's threads meanwhile
    int64_t peakBytes = 0; ///< the most memory that the program had held by the stage's end; 0: it never was
};

/// Where the time went. All stages together are the whole, both in time and of the processor.
struct StageTimes {
    std::array<StageUse, StageCount> stages{};
    StageUse whole;

    [[nodiscard]] const StageUse& of(Stage stage) const { return stages[static_cast<size_t>(stage)]; }
};

/// For people: stage, seconds, share of the whole, processor seconds, peak memory.
using StageRow = std::array<std::string, 5>;
/// The heading, a row a stage that there was, and one of the whole.
[[nodiscard]] std::vector<StageRow> stageRows(const StageTimes& times);

/// Where the time of some work goes, told by StageTime of whoever does a part of it. What passes between two
/// tellings is shared by the stages that threads are in just then, so that it is counted once, however many
/// they are; what passes while none is in any is Stage::Other's. A telling costs a microsecond. Any thread.
class StageClock {
public:
    /// Begins now.
    StageClock();
    /// Until now.
    [[nodiscard]] StageTimes times() const;

private:
    friend class StageTime;
    /// What the system says.
    struct Moment {
        std::chrono::steady_clock::time_point time;
        double processorSeconds = 0;
        int64_t peakBytes = 0;
    };
    [[nodiscard]] static Moment now();
    void enter(Stage stage);
    void leave();
    /// Adds what passed since. Under the mutex.
    void count(const Moment& until, StageTimes& times) const;
    void countUntilNow();

    mutable std::mutex m_mutex;
    Moment m_last;
    StageTimes m_times;
    std::map<std::thread::id, std::vector<Stage>> m_stages; ///< of each thread, the innermost last
};

/// For as long as it lives, its thread is in this stage of the context's work, and not in one round it.
class StageTime {
public:
    StageTime(const RunContext& context, Stage stage) : m_clock(context.clock) {
        if (m_clock)
            m_clock->enter(stage);
    }
    ~StageTime() {
        if (m_clock)
            m_clock->leave();
    }
    StageTime(const StageTime&) = delete;
    StageTime& operator=(const StageTime&) = delete;

private:
    std::shared_ptr<StageClock> m_clock;
};

/// What `work` gives, all of it in this stage.
template <class Work>
[[nodiscard]] auto inStage(const RunContext& context, Stage stage, Work&& work) {
    const StageTime time(context, stage);
    return work();
}

/// RunContext::turn(), waiting for it in the stage of that name. \error Cancelled
[[nodiscard]] inline Result<WorkLine::Turn> awaitTurn(const RunContext& context) {
    if (!context.place)
        return context.turn();
    return inStage(context, Stage::Waiting, [&] { return context.turn(); });
}

} // namespace diploscope
