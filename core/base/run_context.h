// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

namespace diploscope {

/// How far a stage of some work has come. `total` is 0 while it is not known.
struct Progress {
    std::string stage; ///< what is being done, in words for a person: "Predicting haplotypes"
    int64_t done = 0;
    int64_t total = 0;
};

/// What long work is handed besides its inputs: whether to stop, and where to tell how far it is.
/// Copies share the stop state. The progress sink may be called from any thread, one call at a time per job.
struct RunContext {
    std::stop_token stop;
    std::function<void(const Progress&)> onProgress;

    void report(std::string_view stage, int64_t done, int64_t total) const {
        if (onProgress)
            onProgress(Progress{std::string(stage), done, total});
    }
    [[nodiscard]] bool cancelled() const { return stop.stop_requested(); }
    /// \error Cancelled when a stop was requested; call it once per batch of work.
    [[nodiscard]] Result<void> checkpoint() const {
        if (cancelled())
            return fail(ErrorKind::Cancelled, "Stopped on request.");
        return {};
    }
};

} // namespace diploscope
