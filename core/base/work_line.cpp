// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/work_line.h"

namespace diploscope {

WorkLine::Place::~Place() {
    if (!m_inLine)
        return;
    {
        const std::lock_guard lock(m_line.m_mutex);
        m_line.m_priorities.erase(m_line.m_priorities.find(m_priority));
    }
    m_line.m_changed.notify_all();
}

Result<WorkLine::Turn> WorkLine::Place::turn(const std::stop_token& stop) {
    std::unique_lock lock(m_line.m_mutex);
    if (!m_inLine)
        m_line.m_priorities.insert(m_priority);
    m_inLine = true;
    const auto isNext = [this] { return !m_line.m_taken && *m_line.m_priorities.rbegin() <= m_priority; };
    // A place that stands in the line alone waits for another thread of its own work: that is no pause.
    const bool waits = !isNext();
    const bool pauses = waits && m_line.m_priorities.size() > 1;
    if (pauses && m_onPaused)
        m_onPaused(true);
    if (waits)
        m_line.m_changed.wait(lock, stop, isNext);
    if (m_onPaused)
        m_onPaused(false); // whichever of its threads goes on
    if (stop.stop_requested())
        return fail(ErrorKind::Cancelled, "Stopped on request.");
    m_line.m_taken = true;
    return Turn(&m_line, pauses);
}

void WorkLine::leave() {
    {
        const std::lock_guard lock(m_mutex);
        m_taken = false;
    }
    m_changed.notify_all();
}

} // namespace diploscope
