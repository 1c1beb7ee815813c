// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace diploscope::ui {

/// What a brush does with what was selected before: drag, with Shift, with Ctrl, with both.
enum class BrushMode { Replace, Add, Subtract, Intersect };

} // namespace diploscope::ui
