// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "results/result_store.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace diploscope {

/// Stores a run's genes from a thread of its own, so that nobody who computes waits for the disk: those that
/// come within a moment stand in one transaction, as each transaction waits for the disk several times. What
/// a kill may take is that moment's rows. While it lives the store is its own.
class GeneWriter {
public:
    static constexpr std::chrono::milliseconds Moment{200};

    /// \param store, \param context must outlive this
    GeneWriter(ResultStore& store, int64_t run, const RunContext& context);
    /// Stores what is left, whose error nobody hears: finish() tells it.
    ~GeneWriter();
    GeneWriter(const GeneWriter&) = delete;
    GeneWriter& operator=(const GeneWriter&) = delete;

    /// Any thread. \error of storing an earlier one
    [[nodiscard]] Result<void> add(GeneRow row);
    /// Stores what is left; nothing may be added afterwards. \error of storing
    [[nodiscard]] Result<void> finish();

private:
    void work(const std::stop_token& stop);
    [[nodiscard]] Result<void> store(const std::vector<GeneRow>& rows);

    ResultStore& m_store;
    int64_t m_run;
    const RunContext& m_context;
    std::mutex m_mutex;
    std::condition_variable_any m_added;
    std::vector<GeneRow> m_rows; ///< under the mutex, as the error
    std::optional<Error> m_error;
    std::jthread m_thread; ///< the last, so that it ends before what it uses
};

} // namespace diploscope
