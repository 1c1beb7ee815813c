// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"

#include <QString>

#include <filesystem>

namespace diploscope::ui {

/// The demo study's file in `folder`, made there first where it is missing (METHODS 11: simulated, so the
/// truth is known). For a worker thread: it takes some ten seconds. \error of simulateStudy(); Cancelled
[[nodiscard]] Result<QString> makeDemoStudy(const std::filesystem::path& folder, const RunContext& context);

/// `userDataFolder()/demo`
[[nodiscard]] std::filesystem::path demoFolder();

/// The gene that tells most under the demo's own model.
[[nodiscard]] QString demoGene();

} // namespace diploscope::ui
