// SPDX-License-Identifier: GPL-3.0-or-later
#include "sequence/window_cut.h"

#include <algorithm>

namespace diploscope {

namespace {
int64_t altLength(const Edit& edit) {
    return static_cast<int64_t>(edit.alt.size());
}

} // namespace

int64_t growthAtLeft(const Edit& edit, int64_t tssOffset) {
    if (edit.room == RoomAt::LeftEnd)
        return edit.growth();
    if (edit.room == RoomAt::RightEnd || edit.offset > tssOffset)
        return 0;
    return edit.end() > tssOffset ? std::min<int64_t>(0, edit.offset + altLength(edit) - tssOffset)
                                  : edit.growth();
}

WindowCut cutOf(const EditList& edits, int64_t length, int64_t tssOffset) {
    WindowCut cut;
    for (const Edit& edit : edits)
        cut.editedStart += growthAtLeft(edit, tssOffset);
    const int64_t editedEnd = cut.editedStart + length;

    int64_t shift = 0;
    size_t i = 0;
    // One that deletes the TSS itself stays even where none of its bases show: the anchor hangs on it.
    while (i < edits.size() && edits[i].offset + shift + altLength(edits[i]) <= cut.editedStart &&
           edits[i].end() <= tssOffset)
        shift += edits[i++].growth();
    cut.firstEdit = i;
    cut.shiftBefore = shift;
    cut.contextStart = cut.editedStart - shift;
    if (i < edits.size())
        cut.contextStart = std::min(cut.contextStart, edits[i].offset);

    int64_t lastEnd = cut.contextStart;
    while (i < edits.size() && edits[i].offset + shift < editedEnd) {
        lastEnd = edits[i].end();
        shift += edits[i++].growth();
    }
    cut.lastEdit = i;
    cut.contextEnd = std::max(editedEnd - shift, lastEnd);
    return cut;
}

} // namespace diploscope
