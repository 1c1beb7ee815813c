// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/study_file.h"

#include <vector>

namespace diploscope {

/// Looks at the beginnings of what a study names beside its genes' files (databases, tables of others,
/// tracks), and reads its motifs, which are small. What cannot be used is dropped from `study` and told in
/// `leftOut`; that stops no gene. Who uses the others reads them to the end.
void dropUnusableSideFiles(StudyFile& study, std::vector<Error>& leftOut);

} // namespace diploscope
