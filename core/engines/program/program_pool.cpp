// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/program/program_pool.h"

#include "base/log.h"

#include <fmt/format.h>

#include <tuple>
#include <utility>

namespace diploscope {

namespace {
constexpr int kMostAttempts = 3;

/// Whoever asks lays answers out by the first one's hello, whichever program they are from.
bool saysTheSame(const ProgramHello& one, const ProgramHello& other) {
    const auto all = [](const ProgramHello& hello) {
        return std::tuple(hello.name, hello.version, hello.input.length, hello.input.tssIndex, hello.binCount,
                          hello.trackCount, hello.batchSize, hello.encoding, hello.reply, hello.chooses,
                          hello.gradient, hello.cancels);
    };
    return all(one) == all(other);
}
} // namespace

ProgramPool::ProgramPool(ProgramSpec spec, std::function<Result<void>()> mayStart)
    : m_spec(std::move(spec)), m_mayStart(std::move(mayStart)) {}

Result<std::unique_ptr<ProgramWorker>> ProgramPool::start(const RunContext& context) {
    DS_TRY(m_mayStart());
    return ProgramWorker::start(m_spec, context);
}

Result<std::unique_ptr<ProgramWorker>> ProgramPool::take(const RunContext& context) {
    {
        std::unique_lock lock(m_mutex);
        if (!m_changed.wait(lock, context.stop,
                            [this] { return !m_idle.empty() || m_running < m_spec.workers; }))
            return fail(ErrorKind::Cancelled, "Stopped on request.");
        if (!m_idle.empty()) {
            std::unique_ptr<ProgramWorker> worker = std::move(m_idle.back());
            m_idle.pop_back();
            return worker;
        }
        ++m_running;
    }
    Result<std::unique_ptr<ProgramWorker>> worker = fail(ErrorKind::Internal, "not started");
    try {
        worker = start(context);
    } catch (...) { // no memory: the place is another's
        giveBack(nullptr);
        throw;
    }
    if (!worker) {
        giveBack(nullptr);
        return worker;
    }
    {
        const std::lock_guard lock(m_mutex);
        if (!m_hello)
            m_hello = (*worker)->hello();
        if (saysTheSame(*m_hello, (*worker)->hello()))
            return worker;
    }
    giveBack(nullptr);
    return fail(
        ErrorKind::Mismatch,
        fmt::format("A program of the model \"{}\" says another hello than the first one did.", m_spec.name),
        m_spec.folder.string(),
        "What a program says of itself must be the same whenever it is started: batch_size, chooses, "
        "gradient and all else.");
}

void ProgramPool::giveBack(std::unique_ptr<ProgramWorker> worker) {
    {
        const std::lock_guard lock(m_mutex);
        if (worker && worker->state() == ProgramWorker::State::Ready)
            m_idle.push_back(std::move(worker));
        else
            --m_running;
    }
    m_changed.notify_all();
}

Result<ProgramHello> ProgramPool::hello(const RunContext& context) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_hello)
            return *m_hello;
    }
    DS_ASSIGN(std::unique_ptr<ProgramWorker> worker, take(context));
    ProgramHello said = worker->hello();
    giveBack(std::move(worker));
    return said;
}

Result<std::vector<double>> ProgramPool::ask(const ProgramRequest& request, const RunContext& context) {
    for (int attempt = 1;; ++attempt) {
        DS_ASSIGN(std::unique_ptr<ProgramWorker> worker, take(context));
        Result<std::vector<double>> answer = fail(ErrorKind::Internal, "not asked");
        try {
            answer = worker->ask(request, context);
        } catch (...) { // no memory: it is in the midst of an answer, and the place is another's
            worker.reset();
            giveBack(nullptr);
            throw;
        }
        const bool hasDied = worker->state() == ProgramWorker::State::Died;
        giveBack(std::move(worker));
        if (answer || !hasDied)
            return answer;
        if (attempt == kMostAttempts) {
            Error error = std::move(answer).error();
            error.what += fmt::format(" {} programs have ended over the same sequences.", kMostAttempts);
            return fail(std::move(error));
        }
        logLine("program", m_spec.name + ": the same is asked of a new one");
    }
}

} // namespace diploscope
