// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "guarded_application.h"

#include <memory>

namespace diploscope::gui {

/// The application object with the program's names and icon. \param offscreen on no display; \param scale
/// pixels for each device-independent one, 1 or more
[[nodiscard]] std::unique_ptr<ui::GuardedApplication> makeApplication(bool offscreen, int scale = 1);

} // namespace diploscope::gui
