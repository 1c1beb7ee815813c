// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/requests/figure_request.h"

namespace diploscope::cli {

/// WindowModule::makeFigure()
[[nodiscard]] Result<int> makeFigure(const FigureRequest& request);

} // namespace diploscope::cli
