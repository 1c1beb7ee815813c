// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/program/program_worker.h"

#include "base/log.h"
#include "base/shell_word.h"
#include "base/terminal_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace diploscope {

using Clock = std::chrono::steady_clock;

namespace {

constexpr int kMostLogged = 2000; ///< lines of one program, so that the log keeps room for others
constexpr size_t kMostKept = size_t{64} << 20; ///< bytes of a buffer between two answers
constexpr std::chrono::milliseconds kStopLatency{50};

} // namespace

Result<std::unique_ptr<ProgramWorker>> ProgramWorker::start(const ProgramSpec& spec,
                                                            const RunContext& context) {
    std::unique_ptr<ProgramWorker> worker(new ProgramWorker(spec));
    // What Python compiles would lie in the model's folder, of which every file counts.
    auto process = ChildProcess::start(
        spec.command, spec.folder, [self = worker.get()](std::string_view line) { self->log(line); },
        "PYTHONDONTWRITEBYTECODE=1");
    if (!process) {
        Error error = std::move(process).error();
        if (error.kind == ErrorKind::NotFound)
            error.remedy = "Install it, or correct \"command\" in the model.json.";
        return fail(std::move(error));
    }
    worker->m_process = *std::move(process);
    std::string_view nothing;
    Result<std::string> line = worker->nextLine(nothing, Clock::now() + spec.startTimeout, context);
    if (!line) {
        Error error = std::move(line).error();
        if (worker->m_state == State::Ended)
            error.remedy =
                "Raise \"start_timeout_s\" in its model.json if it needs longer to start. " + error.remedy;
        return fail(std::move(error));
    }
    Result<ProgramHello> hello = parseHello(*line);
    if (!hello)
        return worker->gone(hello.error(), State::Ended);
    if (const Result<void> agrees = checkHello(*hello, spec); !agrees)
        return worker->gone(agrees.error(), State::Ended);
    worker->m_hello = *std::move(hello);
    logLine("program", fmt::format("{}: {} {} runs as process {}", spec.name, worker->m_hello.name,
                                   worker->m_hello.version, worker->m_process->id()));
    return worker;
}

void ProgramWorker::log(std::string_view line) {
    if (++m_logged <= kMostLogged)
        logLine("program", fmt::format("{}: {}", m_spec.name, line));
    if (m_logged == kMostLogged)
        logLine("program", m_spec.name + ": (what it says after this is not logged)");
}

/// The program is no more, and what it said last tells why.
Failure ProgramWorker::gone(Error error, State state) {
    m_state = state;
    const std::string how = m_process->end();
    if (state == State::Died)
        error.what += fmt::format(" It {}.", how);
    if (const std::deque<std::string>& lines = m_process->lastLines(); !lines.empty())
        error.what += fmt::format(" The last that it said on stderr: {}", fmt::join(lines, " | "));
    error.where = fmt::format("{} (in {})", m_spec.commandLine(), m_spec.folder.string());
    if (error.remedy.empty())
        error.remedy = "Try it with: diploscope models test " + shellWord(m_spec.folder.string());
    logLine("program", fmt::format("{}: {}", m_spec.name, error.what));
    return fail(std::move(error));
}

Result<void> ProgramWorker::exchange(std::string_view& out, Deadline deadline, const RunContext& context) {
    DS_TRY(context.checkpoint());
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    if (left.count() <= 0)
        return gone({ErrorKind::Unsupported,
                     fmt::format("The program \"{}\" did not answer in time.", m_spec.name),
                     {},
                     {}},
                    State::Ended);
    if (!m_process->exchange(out, m_in, std::min(left, kStopLatency)))
        return gone({ErrorKind::Unsupported,
                     fmt::format("The program \"{}\" ended while it was asked.", m_spec.name),
                     {},
                     {}},
                    State::Died);
    return {};
}

Result<std::string> ProgramWorker::nextLine(std::string_view& out, Deadline deadline,
                                            const RunContext& context) {
    for (size_t looked = 0;;) {
        if (const size_t end = m_in.find('\n', looked); end != std::string::npos) {
            std::string line = m_in.substr(0, end);
            m_in.erase(0, end + 1);
            return line;
        }
        looked = m_in.size();
        if (looked > kLongestHead)
            return gone({ErrorKind::BadInput,
                         "Expected a line of JSON, found more than a million bytes without an end of a line.",
                         {},
                         {}},
                        State::Ended);
        DS_TRY(exchange(out, deadline, context));
    }
}

Result<void> ProgramWorker::waitFor(size_t bytes, std::string_view& out, Deadline deadline,
                                    const RunContext& context) {
    while (m_in.size() < bytes)
        if (const Result<void> more = exchange(out, deadline, context); !more) {
            if (more.error().kind == ErrorKind::Cancelled)
                m_unwanted = bytes;
            return more;
        }
    return {};
}

Result<void> ProgramWorker::passOver(std::string_view& out, const RunContext& context) {
    const Deadline deadline = Clock::now() + m_spec.replyTimeout;
    while (m_unwanted > 0) {
        const size_t here = std::min(m_unwanted, m_in.size());
        m_in.erase(0, here);
        m_unwanted -= here;
        if (m_unwanted > 0)
            DS_TRY(exchange(out, deadline, context));
    }
    return {};
}

Result<std::vector<double>> ProgramWorker::ask(const ProgramRequest& request, const RunContext& context) {
    if (replySize(request, m_hello) > kLargestReply)
        return fail(ErrorKind::Unsupported,
                    fmt::format("An answer of the program \"{}\" would have {} bytes, more than 2 GiB.",
                                m_spec.name, replySize(request, m_hello)),
                    m_spec.folder.string(),
                    "Make \"batch_size\" smaller, or let the program choose bins and tracks (\"chooses\").");
    const int64_t id = ++m_lastId;
    const std::string message = requestBytes(id, request, m_hello.encoding);
    std::string_view out = message;
    m_owed.push_back({id, replySize(request, m_hello)});
    Result<std::vector<double>> answer = answerTo(id, out, context);
    if (answer || answer.error().kind != ErrorKind::Cancelled)
        return answer;
    if (out.size() == message.size()) { // it was not asked
        m_owed.pop_back();
    } else if (!out.empty()) { // half a request cannot be taken back
        m_state = State::Ended;
        (void)m_process->end();
    } else if (m_hello.cancels) { // in one piece or not at all
        const std::string cancel = cancelBytes(id);
        std::string_view rest = cancel;
        (void)m_process->exchange(rest, m_in, std::chrono::milliseconds(0));
    }
    return answer;
}

Result<std::vector<double>> ProgramWorker::answerTo(int64_t id, std::string_view& out,
                                                    const RunContext& context) {
    DS_TRY(passOver(out, context));
    Deadline deadline = Clock::now() + m_spec.replyTimeout;
    for (;;) {
        DS_ASSIGN(const std::string line, nextLine(out, deadline, context));
        const Result<ReplyHead> head = parseReplyHead(line);
        if (!head)
            return gone(head.error(), State::Ended);
        const Owed owed = m_owed.front();
        if (head->id != owed.id || (!head->error && head->bytes != owed.bytes))
            return gone(
                {ErrorKind::Mismatch,
                 fmt::format("Expected the answer to request {} with {} bytes, found one to {} with {}.",
                             owed.id, owed.bytes, head->id, head->bytes),
                 {},
                 "It must give bins x tracks numbers a sequence, of the type that its hello says."},
                State::Ended);
        m_owed.pop_front();
        const auto bytes = static_cast<size_t>(head->bytes);
        DS_TRY(waitFor(bytes, out, deadline, context));
        Result<std::vector<double>> numbers =
            numbersOf(std::string_view(m_in).substr(0, bytes), m_hello.reply);
        m_in.erase(0, bytes);
        if (m_in.empty() && m_in.capacity() > kMostKept)
            m_in.shrink_to_fit();
        if (owed.id != id) { // of a request that was given up
            deadline = Clock::now() + m_spec.replyTimeout;
            continue;
        }
        while (!out.empty()) { // it answered without having read all
            if (m_in.size() > kLongestHead)
                return gone({ErrorKind::BadInput,
                             "It says more than was asked, and does not read what it is asked.",
                             {},
                             {}},
                            State::Ended);
            DS_TRY(exchange(out, deadline, context));
        }
        if (head->error)
            return fail(ErrorKind::Unsupported,
                        fmt::format("The program \"{}\" says: {}", m_spec.name, terminalText(*head->error)),
                        m_spec.folder.string(), "The log has what it said on stderr.");
        return numbers;
    }
}

} // namespace diploscope
