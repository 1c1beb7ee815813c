// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/stored_runs.h"

#include <QString>

namespace diploscope::ui {

/// A run of the study's result store beside the results that the window shows of itself, the current ones.
struct RunEntry {
    StoredRun stored;
    bool isCurrent = false;  ///< stored under the key of the current results
    bool modelOpen = false;  ///< and so there are options to compare with
    bool sameModel = false;  ///< as the one that is open
    std::string otherwise{}; ///< of the same model: otherwiseInWords()
};

/// \param current Workspace::keys(); its `study` is empty where it could not be found out
[[nodiscard]] RunEntry entryOf(StoredRun run, const ResultRun& current);

/// The study's files then, against now: "as they are", "`expression` differs", "not known".
[[nodiscard]] QString filesText(const RunEntry& run);
/// How the run is marked: "current results", "with other `statistics.seed`", "another model".
[[nodiscard]] QString markText(const RunEntry& run);
/// "run 3: demo-cnn, 60 genes, stored 2026-11-26 03:14 UTC, of another state of the study (`expression`
/// differs), with other `statistics.seed`"
[[nodiscard]] QString runText(const RunEntry& run);

} // namespace diploscope::ui
