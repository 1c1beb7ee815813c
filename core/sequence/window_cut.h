// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sequence/edit.h"

#include <cstddef>
#include <cstdint>

namespace diploscope {

/// Which part of an edited sequence a window of L bases round the TSS shows. Inside core/sequence only.
///
/// "Edited" coordinates count bases of the edited sequence: reference offset + growth of all edits before it.
struct WindowCut {
    int64_t editedStart = 0; ///< edited coordinate of the window's first base; it ends L further
    size_t firstEdit =
        0; ///< edits [firstEdit, lastEdit) show a base of their alternate allele, or cover the TSS
    size_t lastEdit = 0;
    int64_t shiftBefore = 0;  ///< growth of the edits before firstEdit
    int64_t contextStart = 0; ///< reference offsets [contextStart, contextEnd) are used up
    int64_t contextEnd = 0;
};

/// How much of an edit's growth is taken from the window's left end; the rest is from the right one.
[[nodiscard]] int64_t growthAtLeft(const Edit& edit, int64_t tssOffset);

/// \param edits sorted, not overlapping. \param length L. \param tssOffset forward offset of the TSS, in [0,
/// L). The TSS base stays at index `tssOffset`. Where an edit covers it: the base of the alternate allele
/// that stands at the same place, or, where that is deleted, the first base that remains to the right of it
/// (forward strand).
/// Where an edit names the end at which room is made, what lies at its other side stays where it is, the TSS
/// or not.
[[nodiscard]] WindowCut cutOf(const EditList& edits, int64_t length, int64_t tssOffset);

} // namespace diploscope
