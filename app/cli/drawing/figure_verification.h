// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/requests/figure_request.h"

namespace diploscope::cli {

/// Makes a figure, or a report, again as its own file says, and tells whether it is the same, or what is not.
/// From the main thread. \return the exit code: 0 same bytes, else 1 \error of making it
[[nodiscard]] Result<int> verifyFigure(const FigureRequest& request);

} // namespace diploscope::cli
