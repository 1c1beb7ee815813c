// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

class QApplication;

namespace diploscope::gui {

/// The application object with the program's names and icon. \param offscreen on no display; \param scale
/// pixels for each device-independent one, 1 or more
[[nodiscard]] std::unique_ptr<QApplication> makeApplication(bool offscreen, int scale = 1);

} // namespace diploscope::gui
