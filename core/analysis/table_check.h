// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/study.h"

namespace diploscope {

/// Of how many genes a table is held against the study.
inline constexpr size_t GenesToCheck = 20;

/// Holds the models of a study that are tables against it: what their rows are to the alleles round some
/// genes, spread over the study, and of how many people they have predictions. What was found is added to the
/// model's line in `check.notes`; a table of another build, or of nobody and no gene of the study, is
/// appended to `check.leftOut`. \error Cancelled
[[nodiscard]] Result<void> checkTableModels(StudyCheck& check, const RunContext& context = {});

} // namespace diploscope
