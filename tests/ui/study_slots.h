// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/study_draft.h"

namespace diploscope::test {

using Slot = ui::StudyDraft::Slot;

/// The name of the file that is chosen for a slot; empty where none is.
inline QString fileOf(const ui::StudyDraft& draft, Slot slot) {
    const int index = draft.chosen(slot);
    return index < 0
               ? QString()
               : QString::fromStdString(draft.candidates()[size_t(index)].file.path.filename().string());
}

} // namespace diploscope::test
