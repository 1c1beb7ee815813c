// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/settings_keeper.h"

#include <mutex>
#include <utility>

namespace diploscope::ui {

/// Shared with the worker.
struct SettingsKeeper::Desk {
    std::mutex mutex; ///< of all below
    std::function<void()> next;
    bool isWriting = false;

    /// \return nothing where all is written
    std::function<void()> take() {
        const std::lock_guard lock(mutex);
        isWriting = static_cast<bool>(next);
        return std::exchange(next, {});
    }
};

SettingsKeeper::SettingsKeeper(JobRunner& jobs, QObject* parent)
    : QObject(parent), m_jobs(jobs), m_desk(std::make_shared<Desk>()) {}

void SettingsKeeper::keep(std::function<void()> write) {
    {
        const std::lock_guard lock(m_desk->mutex);
        m_desk->next = std::move(write);
        if (std::exchange(m_desk->isWriting, true))
            return;
    }
    // In no group, and whether or not it is asked to stop: what was chosen is kept when the window closes.
    m_jobs.run<void>(
        {}, {}, JobRunner::Priority::Seen,
        [desk = m_desk](const RunContext&) -> Result<void> {
            Result<void> kept;
            while (const std::function<void()> next = desk->take())
                kept = atEdge("Keeping settings", [&]() -> Result<void> {
                    next();
                    return {};
                });
            return kept;
        },
        this, [](const Result<void>&) {});
}

} // namespace diploscope::ui
