// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ctime>

namespace diploscope::test {

/// Milliseconds that this thread has computed so far, whatever else the machine does.
inline double threadMs() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

} // namespace diploscope::test
