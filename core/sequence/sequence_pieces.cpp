// SPDX-License-Identifier: GPL-3.0-or-later
#include "sequence/sequence_pieces.h"

#include "sequence/window_cut.h"

#include <algorithm>

namespace diploscope {

std::vector<SequencePiece> piecesOf(const ReferenceWindow& window, const EditList& edits) {
    const int64_t length = window.length();
    const WindowCut cut = cutOf(edits, length, window.tssOffset);
    const int64_t editedEnd = cut.editedStart + length;

    std::vector<SequencePiece> pieces;
    pieces.reserve(2 * (cut.lastEdit - cut.firstEdit) + 1);
    const auto addReference = [&](int64_t start, int64_t end) {
        if (start < end)
            pieces.push_back({start, end - start, {}});
    };
    int64_t shift = cut.shiftBefore;
    int64_t next = cut.editedStart; // edited coordinate of the base to come
    for (size_t i = cut.firstEdit; i < cut.lastEdit; ++i) {
        const Edit& edit = edits[i];
        const int64_t altStart = edit.offset + shift;
        if (next < altStart) {
            addReference(next - shift, edit.offset);
            next = altStart;
        }
        const int64_t altEnd = std::min(altStart + static_cast<int64_t>(edit.alt.size()), editedEnd);
        const std::string_view shown = std::string_view(edit.alt).substr(static_cast<size_t>(next - altStart),
                                                                         static_cast<size_t>(altEnd - next));
        if (!shown.empty())
            pieces.push_back(
                {edit.offset, shown.size() == edit.alt.size() ? int64_t{edit.refLength} : 0, shown});
        next = altEnd;
        shift += edit.growth();
    }
    addReference(next - shift, editedEnd - shift);
    return pieces;
}

void appendReference(std::string& out, const ReferenceWindow& window, int64_t start, int64_t end) {
    const auto available = static_cast<int64_t>(window.context.size());
    const int64_t from = std::clamp<int64_t>(start + window.flank, 0, available);
    const int64_t to = std::clamp<int64_t>(end + window.flank, from, available);
    const int64_t missingLeft =
        std::clamp<int64_t>(-(start + window.flank), 0, std::max<int64_t>(0, end - start));
    out.append(static_cast<size_t>(missingLeft), 'N');
    out.append(window.context, static_cast<size_t>(from), static_cast<size_t>(to - from));
    const int64_t missingRight = std::max<int64_t>(0, (end - start) - missingLeft - (to - from));
    out.append(static_cast<size_t>(missingRight), 'N');
}

} // namespace diploscope
