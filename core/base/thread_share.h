// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/blas_library.h"

#include <optional>

namespace diploscope {

/// While it lives, what its thread does is done by that thread alone: availableThreads() is 1 there,
/// parallelFor() starts no helpers, and OpenBLAS, whose limit is the process's, has one thread. For threads
/// of which each works on something of its own, where helpers of each would only wait for each other. May be
/// nested; to be destroyed where it was made.
class OneThread {
public:
    OneThread();
    ~OneThread();
    OneThread(const OneThread&) = delete;
    OneThread& operator=(const OneThread&) = delete;

private:
    friend class AllThreads;
    OneThread* m_outer;
    std::optional<BlasThreads> m_blas; ///< empty within AllThreads
};

/// Takes its thread's OneThread back while it lives, for a step that has the machine to itself; without one
/// it does nothing. OpenBLAS has its threads back as far as no other thread is held to one.
class AllThreads {
public:
    AllThreads();
    ~AllThreads();
    AllThreads(const AllThreads&) = delete;
    AllThreads& operator=(const AllThreads&) = delete;

private:
    OneThread* m_held;
};

/// This thread is held to itself by a OneThread.
[[nodiscard]] bool isOneThread();

} // namespace diploscope
