// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engines/program/program_worker.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace diploscope {

/// The programs of a model that run side by side, each started when it is first needed. What one was asked
/// when it died is asked again of a new one, three times in all. Any thread.
class ProgramPool {
public:
    /// \param mayStart asked before each start: whether the program is still the one that was allowed
    ProgramPool(ProgramSpec spec, std::function<Result<void>()> mayStart);

    [[nodiscard]] const ProgramSpec& spec() const { return m_spec; }
    /// What the program says of itself; starts it. \error as ask()
    [[nodiscard]] Result<ProgramHello> hello(const RunContext& context);
    /// Waits for a program that is free. \error as ProgramWorker::start() and ask(), and what mayStart gives
    [[nodiscard]] Result<std::vector<double>> ask(const ProgramRequest& request, const RunContext& context);

private:
    [[nodiscard]] Result<std::unique_ptr<ProgramWorker>> take(const RunContext& context);
    [[nodiscard]] Result<std::unique_ptr<ProgramWorker>> start(const RunContext& context);
    /// \param worker null: one that could not be started
    void giveBack(std::unique_ptr<ProgramWorker> worker);

    ProgramSpec m_spec;
    std::function<Result<void>()> m_mayStart;
    std::mutex m_mutex; ///< of all below
    std::condition_variable_any m_changed;
    std::vector<std::unique_ptr<ProgramWorker>> m_idle;
    int m_running = 0; ///< idle ones among them
    std::optional<ProgramHello> m_hello;
};

} // namespace diploscope
