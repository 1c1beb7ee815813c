// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <set>
#include <stop_token>
#include <utility>

namespace diploscope {

/// One line for work that needs the whole machine. Each piece of work (a Place) takes a turn per batch; one
/// turn is given at a time, and none to a place while one of higher priority stands in the line: what matters
/// less pauses between two of its batches and loses nothing. Safe from any thread; outlives its places.
class WorkLine {
public:
    /// Holds the machine until it is destroyed. Movable, so that it can be returned.
    class Turn {
    public:
        Turn() = default;
        Turn(WorkLine* line, bool waited) : m_line(line), m_waited(waited) {}
        Turn(Turn&& other) noexcept
            : m_line(std::exchange(other.m_line, nullptr)), m_waited(other.m_waited) {}
        Turn& operator=(Turn&&) = delete;
        ~Turn() {
            if (m_line != nullptr)
                m_line->leave();
        }
        /// Others held the machine before.
        [[nodiscard]] bool waited() const { return m_waited; }

    private:
        WorkLine* m_line = nullptr; ///< null: nothing is held
        bool m_waited = false;
    };

    /// One piece of work. It stands in the line from its first turn until it is destroyed, also between its
    /// batches. Its threads take turns, too; any thread.
    class Place {
    public:
        /// \param priority  larger goes first
        /// \param onPaused  told when it begins (true) and ends (false) to wait for others; on its thread
        Place(WorkLine& line, int priority, std::function<void(bool)> onPaused = {})
            : m_line(line), m_priority(priority), m_onPaused(std::move(onPaused)) {}
        ~Place();
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;

        /// Waits for its turn. \error Cancelled when a stop was requested before the turn came.
        [[nodiscard]] Result<Turn> turn(const std::stop_token& stop);

    private:
        WorkLine& m_line;
        int m_priority;
        bool m_inLine = false;
        std::function<void(bool)> m_onPaused;
    };

private:
    void leave();

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::multiset<int> m_priorities; ///< of all places in the line
    bool m_taken = false;
};

} // namespace diploscope
