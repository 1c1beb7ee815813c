// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/gene_writer.h"

#include "base/edge.h"
#include "base/stage_clock.h"

#include <utility>

namespace diploscope {

GeneWriter::GeneWriter(ResultStore& store, int64_t run, const RunContext& context)
    : m_store(store)
    , m_run(run)
    , m_context(context)
    , m_thread([this](const std::stop_token& stop) { work(stop); }) {}

GeneWriter::~GeneWriter() = default;

Result<void> GeneWriter::add(GeneRow row) {
    const std::lock_guard lock(m_mutex);
    if (m_error)
        return fail(*m_error);
    m_rows.push_back(std::move(row));
    m_added.notify_one();
    return {};
}

Result<void> GeneWriter::finish() {
    m_thread.request_stop();
    if (m_thread.joinable())
        m_thread.join();
    return m_error ? Result<void>(fail(*m_error)) : Result<void>();
}

void GeneWriter::work(const std::stop_token& stop) {
    std::unique_lock lock(m_mutex);
    while (m_added.wait(lock, stop, [this] { return !m_rows.empty(); })) {
        m_added.wait_for(lock, stop, Moment, [] { return false; }); // more may follow
        const std::vector<GeneRow> rows = std::exchange(m_rows, {});
        lock.unlock();
        const Result<void> stored = store(rows);
        lock.lock();
        if (!stored) {
            m_error = stored.error();
            return;
        }
    }
}

Result<void> GeneWriter::store(const std::vector<GeneRow>& rows) {
    const StageTime time(m_context, Stage::Store);
    return atEdge("Storing results", [&] { return m_store.store(m_run, rows); });
}

} // namespace diploscope
