// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/predictor.h"

#include <memory>
#include <stop_token>

namespace diploscope {

/// Whether a model computes on threads of our own alone (parallelFor()), so that each of several threads can
/// have it compute by itself (OneThread), a window each, with the same numbers. Others leave it to a library
/// that takes all of the machine, memory too.
[[nodiscard]] bool fitsOneThread(const Predictor& predictor, Method method);

/// The model for threads that a OneThread holds: it computes on all threads, as it would without.
/// \param oneWindow one window at a time is ready, whichever thread asked: others wait in prepare(), and
/// nobody may ask in a turn (WorkLine) that who has it ready needs. A thread may have several ready itself.
/// \param stop ends the waiting \error of prepare() also Cancelled
[[nodiscard]] std::shared_ptr<const Predictor> onAllThreads(std::shared_ptr<const Predictor> predictor,
                                                            bool oneWindow, std::stop_token stop);

} // namespace diploscope
