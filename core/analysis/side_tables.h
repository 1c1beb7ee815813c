// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/study.h"

namespace diploscope {

/// Reads to its end what a study names beside its genes' files, tables of others and PrediXcan databases, and
/// applies these to its people. Faults are appended to `check.leftOut`, what was found to `check.notes`. Of a
/// study that does not open the files are read alone. \error Cancelled
[[nodiscard]] Result<void> checkSideTables(StudyCheck& check, const RunContext& context = {});

} // namespace diploscope
