// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/thread_share.h"

#include <utility>

namespace diploscope {

namespace {

/// Of this thread, the innermost that is in force.
thread_local OneThread* held = nullptr;

} // namespace

OneThread::OneThread() : m_outer(std::exchange(held, this)) {
    m_blas.emplace(1);
}

OneThread::~OneThread() {
    held = m_outer;
}

AllThreads::AllThreads() : m_held(std::exchange(held, nullptr)) {
    for (OneThread* one = m_held; one != nullptr; one = one->m_outer)
        one->m_blas.reset();
}

AllThreads::~AllThreads() {
    for (OneThread* one = m_held; one != nullptr; one = one->m_outer)
        one->m_blas.emplace(1);
    held = m_held;
}

bool isOneThread() {
    return held != nullptr;
}

} // namespace diploscope
