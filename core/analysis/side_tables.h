// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/study.h"

namespace diploscope {

/// Reads to its end what a study names beside its genes' files, tables of others and PrediXcan databases, and
/// applies these to its people. Faults are appended to `check.leftOut`, what was found to `check.notes`. Of a
/// study that does not open the files are read alone. \error Cancelled
[[nodiscard]] Result<void> checkSideTables(StudyCheck& check, const RunContext& context = {});

/// Looks at the values of the weights of the models that a study names, whose names and shapes alone were
/// looked at when it was opened: a value that is no finite number, or a file of another sha256, is appended
/// to `check.leftOut`. The model's line in `check.notes` says so, and where weights are so large that not all
/// of them were read. Models that are tables are held against the study (checkTableModels()). \error
/// Cancelled
[[nodiscard]] Result<void> checkModelWeights(StudyCheck& check, const RunContext& context = {});

} // namespace diploscope
