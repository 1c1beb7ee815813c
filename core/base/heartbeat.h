// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/rate_meter.h"
#include "base/run_context.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace diploscope {

/// Tells whoever started a long run from afar how far it is: a file of JSON that is written anew every some
/// seconds and whenever the run ends, at once as a whole. Of a run that was killed it stays as it was, so
/// that `updated` tells. A file that can no longer be written is logged once and ends nothing. Any thread.
class Heartbeat {
public:
    static constexpr std::chrono::milliseconds Every{5000};

    /// \param items  that the whole run has: genes, once under each model
    /// \param facts  what else is to be said, by key: {"shard", "3/200"}
    /// \error Io where the file cannot be written
    [[nodiscard]] static Result<std::unique_ptr<Heartbeat>>
    begin(const std::filesystem::path& file, int64_t items,
          std::vector<std::pair<std::string, std::string>> facts, std::chrono::milliseconds every = Every);
    /// A run that said nothing of its end has failed.
    ~Heartbeat();
    Heartbeat(const Heartbeat&) = delete;
    Heartbeat& operator=(const Heartbeat&) = delete;

    /// A context whose progress with genes is told here, too: that of the stage "Analysing genes", as
    /// contextOfItem() tells it. Each call is the next part of the run, behind all items of those before. To
    /// be used while this lives.
    [[nodiscard]] RunContext watching(const RunContext& context);
    /// The run is over: done, stopped or failed, and why.
    void finish(const Result<void>& result);

private:
    Heartbeat(std::filesystem::path file, int64_t items,
              std::vector<std::pair<std::string, std::string>> facts);
    void take(const Progress& progress);
    [[nodiscard]] std::string text() const; ///< under the mutex
    [[nodiscard]] Result<void> write();
    void writeOrLog();

    std::filesystem::path m_file;
    std::vector<std::pair<std::string, std::string>> m_facts;
    std::string m_started;
    std::mutex m_writing; ///< one file at a time
    std::mutex m_mutex;   ///< of all below
    std::condition_variable_any m_changed;
    Progress m_whole;
    int64_t m_doneBefore = 0, m_givenBefore = 0; ///< in the parts before this one
    int64_t m_partItems = 0;                     ///< of this one
    std::string m_state = "running", m_error;
    RateMeter m_meter;
    std::atomic<bool> m_isLost = false;
    std::jthread m_thread; ///< the last, so that it ends before what it uses
};

} // namespace diploscope
