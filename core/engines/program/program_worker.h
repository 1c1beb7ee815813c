// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/child_process.h"
#include "base/run_context.h"
#include "engines/program/program_messages.h"

#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace diploscope {

/// One program of a model that runs, asked one thing at a time. What it says on stderr is logged, with a
/// limit. One thread at a time.
class ProgramWorker {
public:
    /// Starts it and waits for its hello. \error NotFound, Io: it cannot be started; BadInput, Mismatch: its
    /// hello; Unsupported: it ended, or said nothing in time, with its last words; Cancelled
    [[nodiscard]] static Result<std::unique_ptr<ProgramWorker>> start(const ProgramSpec& spec,
                                                                      const RunContext& context);

    [[nodiscard]] const ProgramHello& hello() const { return m_hello; }
    /// \return the numbers of the answer, see replySize() \error Unsupported: what the program itself says is
    /// wrong, or that it ended or did not answer in time; Mismatch, BadInput: what it said is no answer;
    /// Cancelled: the answer is then passed over when it comes
    [[nodiscard]] Result<std::vector<double>> ask(const ProgramRequest& request, const RunContext& context);

    enum class State {
        Ready, ///< can be asked
        Died,  ///< by itself: another one may be asked the same
        Ended  ///< it was told to, as it did not keep to the protocol or to the time
    };
    [[nodiscard]] State state() const { return m_state; }

private:
    /// A request that was sent and not answered yet.
    struct Owed {
        int64_t id = 0;
        int64_t bytes = 0;
    };
    explicit ProgramWorker(ProgramSpec spec) : m_spec(std::move(spec)) {}
    using Deadline = std::chrono::steady_clock::time_point;
    void log(std::string_view line);
    /// Sends, and waits for the next line. \param out what is still to be sent; taken off
    [[nodiscard]] Result<std::string> nextLine(std::string_view& out, Deadline deadline,
                                               const RunContext& context);
    /// Sends, and waits until that many bytes have come behind the line; they stay in m_in. Where it is
    /// stopped they are passed over before the next line.
    [[nodiscard]] Result<void> waitFor(size_t bytes, std::string_view& out, Deadline deadline,
                                       const RunContext& context);
    /// Waits for what is left of an answer that nobody wants any more.
    [[nodiscard]] Result<void> passOver(std::string_view& out, const RunContext& context);
    [[nodiscard]] Result<std::vector<double>> answerTo(int64_t id, std::string_view& out,
                                                       const RunContext& context);
    [[nodiscard]] Result<void> exchange(std::string_view& out, Deadline deadline, const RunContext& context);
    [[nodiscard]] Failure gone(Error error, State state);

    ProgramSpec m_spec;
    std::unique_ptr<ChildProcess> m_process;
    ProgramHello m_hello;
    State m_state = State::Ready;
    std::string m_in;      ///< what it said and nobody has read
    size_t m_unwanted = 0; ///< bytes with which m_in and what comes behind it begin
    std::deque<Owed> m_owed;
    int64_t m_lastId = 0;
    int m_logged = 0;
};

} // namespace diploscope
