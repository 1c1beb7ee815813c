// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/requests/figure_request.h"

namespace diploscope::cli {

/// WindowModule::makeReport()
[[nodiscard]] Result<int> makeReport(const ReportRequest& request);

} // namespace diploscope::cli
