// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/heartbeat.h"

#include "base/atomic_file.h"
#include "base/edge.h"
#include "base/json_text.h"
#include "base/log.h"

#include <fmt/chrono.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <ctime>

namespace diploscope {

namespace {

std::string utcNow() {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
}

std::string hostName() {
    std::array<char, 256> name{};
    return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

} // namespace

Heartbeat::Heartbeat(std::filesystem::path file, int64_t items,
                     std::vector<std::pair<std::string, std::string>> facts)
    : m_file(std::move(file)), m_facts(std::move(facts)), m_started(utcNow()), m_whole{"", 0, items, 0, {}} {}

Result<std::unique_ptr<Heartbeat>> Heartbeat::begin(const std::filesystem::path& file, int64_t items,
                                                    std::vector<std::pair<std::string, std::string>> facts,
                                                    std::chrono::milliseconds every) {
    std::unique_ptr<Heartbeat> heartbeat(new Heartbeat(file, items, std::move(facts)));
    DS_TRY(heartbeat->write());
    heartbeat->m_thread = std::jthread([self = heartbeat.get(), every](const std::stop_token& stop) {
        for (std::unique_lock lock(self->m_mutex);
             !self->m_changed.wait_for(lock, stop, every, [&] { return stop.stop_requested(); });) {
            lock.unlock();
            self->writeOrLog();
            lock.lock();
        }
    });
    return heartbeat;
}

Heartbeat::~Heartbeat() {
    m_thread = {};
    const bool isOver = [&] {
        const std::lock_guard lock(m_mutex);
        return m_state != "running";
    }();
    if (!isOver)
        finish(fail(ErrorKind::Internal, "The run ended and did not say why."));
}

RunContext Heartbeat::watching(const RunContext& context) {
    {
        const std::lock_guard lock(m_mutex);
        m_doneBefore += m_partItems; // the last ones of a part tell of no progress
        m_givenBefore = m_whole.given;
        m_partItems = 0;
    }
    RunContext watched = context;
    watched.onProgress = [this, told = context.onProgress](const Progress& progress) {
        take(progress);
        if (told)
            told(progress);
    };
    return watched;
}

void Heartbeat::take(const Progress& progress) {
    if (progress.stage != "Analysing genes")
        return; // files that are read first, and the like
    const std::lock_guard lock(m_mutex);
    m_whole.stage = progress.stage;
    m_whole.detail = progress.detail;
    m_partItems = progress.total;
    m_whole.done = m_doneBefore + progress.done;
    m_whole.given = m_givenBefore + progress.given;
    m_meter.take(m_whole);
}

void Heartbeat::finish(const Result<void>& result) {
    {
        const std::lock_guard lock(m_mutex);
        m_state = result ? "done" : result.error().kind == ErrorKind::Cancelled ? "stopped" : "failed";
        m_error = result ? std::string() : result.error().message();
        m_whole.detail.clear();
        if (result)
            m_whole.done = m_whole.total; // the last one tells of no progress
    }
    writeOrLog();
}

std::string Heartbeat::text() const {
    nlohmann::ordered_json told{{"state", m_state}};
    for (const auto& [key, value] : m_facts)
        told[key] = value;
    told["genes_done"] = m_whole.done;
    told["genes_of"] = m_whole.total;
    told["genes_given"] = m_whole.given;
    told["gene"] = m_whole.detail.substr(0, m_whole.detail.find(": "));
    told["detail"] = m_whole.detail;
    const double rate = m_meter.perSecond();
    const double left = m_meter.secondsLeft();
    told["genes_per_hour"] = rate > 0 ? nlohmann::ordered_json(std::round(rate * 36000) / 10) : nullptr;
    told["seconds_left"] =
        m_state == "running" && left >= 0 ? nlohmann::ordered_json(std::ceil(left)) : nullptr;
    if (!m_error.empty())
        told["error"] = m_error;
    told["pid"] = getpid();
    told["host"] = hostName();
    told["started"] = m_started;
    told["updated"] = utcNow();
    return jsonText(told, 2) + "\n";
}

Result<void> Heartbeat::write() {
    const std::lock_guard turn(m_writing);
    const std::string now = [&] {
        const std::lock_guard lock(m_mutex);
        return text();
    }();
    return writeFileAtomically(m_file, now);
}

void Heartbeat::writeOrLog() {
    // On a thread that nobody waits for.
    const Result<void> written = atEdge("Telling how far the run is", [this] { return write(); });
    if (written || m_isLost.exchange(true))
        return;
    logError(written.error());
}

} // namespace diploscope
