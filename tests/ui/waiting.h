// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDeadlineTimer>
#include <QTest>

namespace diploscope::test {

#ifdef __SANITIZE_THREAD__
constexpr int Slowness = 10; ///< of a program under the thread sanitizer
#else
constexpr int Slowness = 1;
#endif

/// Runs the event loop until `condition` holds. Generous: a failing test is slow, a passing one is not.
template <class Condition>
bool waitUntil(Condition condition, int timeoutMs = 60000) {
    const QDeadlineTimer deadline(qint64{Slowness} * timeoutMs);
    while (!condition()) {
        if (deadline.hasExpired())
            return false;
        QTest::qWait(5);
    }
    return true;
}

} // namespace diploscope::test
