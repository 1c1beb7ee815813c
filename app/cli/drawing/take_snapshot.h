// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "cli/requests/snapshot_request.h"

namespace diploscope::cli {

/// WindowModule::takeSnapshot()
[[nodiscard]] Result<void> takeSnapshot(SnapshotRequest request);

} // namespace diploscope::cli
