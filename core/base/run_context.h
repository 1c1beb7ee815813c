// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/work_line.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

namespace diploscope {

/// How far a stage of some work has come. `total` is 0 while it is not known.
struct Progress {
    std::string stage; ///< what is being done, in words for a person: "Predicting haplotypes"
    int64_t done = 0;
    int64_t total = 0;
    int64_t given = 0;  ///< of `done`, what cost nothing because it was in the cache: no part of a rate
    std::string detail; ///< how far the one item is that is being worked on, in words; may be empty
};

class StageClock;

/// What long work is handed besides its inputs: whether to stop, where to tell how far it is, its place among
/// other work, and a clock of its stages. Copies share all four. The progress sink may be called from any
/// thread, one call at a time per job.
struct RunContext {
    std::stop_token stop;
    std::function<void(const Progress&)> onProgress;
    std::shared_ptr<WorkLine::Place> place; ///< null: nothing else wants the machine
    std::shared_ptr<StageClock> clock{};    ///< null: nobody asks where the time goes; see StageTime

    void report(std::string_view stage, int64_t done, int64_t total, int64_t given = 0) const {
        if (onProgress)
            onProgress(Progress{std::string(stage), done, total, given, {}});
    }
    [[nodiscard]] bool cancelled() const { return stop.stop_requested(); }
    /// \error Cancelled when a stop was requested; call it once per batch of work.
    [[nodiscard]] Result<void> checkpoint() const {
        if (cancelled())
            return fail(ErrorKind::Cancelled, "Stopped on request.");
        return {};
    }
    /// A checkpoint for a batch that needs the whole machine: waits until nothing of higher priority does,
    /// and keeps the others out while the turn lives. \error Cancelled
    [[nodiscard]] Result<WorkLine::Turn> turn() const {
        DS_TRY(checkpoint());
        return place ? place->turn(stop) : Result<WorkLine::Turn>(WorkLine::Turn());
    }
};

} // namespace diploscope
