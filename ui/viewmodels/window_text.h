// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "genome/annotation.h"
#include "study/study_file.h"

#include <QString>

namespace diploscope::ui {

/// "GSTM3 — Simulated demo — Diploscope". \param study null: none is open \param gene null: none is shown
[[nodiscard]] QString titleOfWindow(const StudyFile* study, const Gene* gene);
/// Its name and, where the file says it, the genome build: "Geuvadis · GRCh38".
[[nodiscard]] QString studyText(const StudyFile& study);

} // namespace diploscope::ui
