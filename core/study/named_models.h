// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/study.h"

namespace diploscope {

/// Where the models that the study file names lie, and whether they and their weights can be used: what each
/// is goes to `check.notes`, what is wrong with one to `check.leftOut`. That is no problem of the study:
/// everything else works without, and other models do.
void findModels(StudyFile& study, StudyCheck& check);

} // namespace diploscope
