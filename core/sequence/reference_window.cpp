// SPDX-License-Identifier: GPL-3.0-or-later
#include "sequence/reference_window.h"

#include "sequence/window_cut.h"

#include <algorithm>
#include <cassert>

namespace diploscope {

namespace {
/// Appends the reference bases at window offsets [start, end); N where the context does not reach.
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
} // namespace

int64_t forwardTssOffset(const InputShape& shape, Strand strand) {
    const bool mirrored = shape.strand == StrandRule::Gene && strand == Strand::Reverse;
    return mirrored ? shape.length - 1 - shape.tssIndex : shape.tssIndex;
}

Region inputRegion(const InputShape& shape, const std::string& contig, int64_t tss, Strand strand) {
    const int64_t start = tss - forwardTssOffset(shape, strand);
    return {contig, start, start + shape.length};
}

Region withFlank(const Region& region, int64_t flank) {
    return {region.contig, region.start - flank, region.end + flank};
}

ReferenceWindow makeWindow(const InputShape& shape, const std::string& contig, int64_t tss, Strand strand,
                           int64_t flank, std::string context) {
    assert(static_cast<int64_t>(context.size()) == shape.length + 2 * flank);
    ReferenceWindow window;
    window.region = inputRegion(shape, contig, tss, strand);
    window.tssOffset = tss - window.region.start;
    window.reversed = shape.strand == StrandRule::Gene && strand == Strand::Reverse;
    window.flank = flank;
    window.context = std::move(context);
    return window;
}

int64_t innerOffset(const ReferenceWindow& wide, int64_t length, int64_t shift) {
    return (wide.length() - length) / 2 + shift;
}

ReferenceWindow innerWindow(const ReferenceWindow& wide, int64_t length, int64_t shift, bool otherStrand) {
    const int64_t offset = innerOffset(wide, length, shift);
    const int64_t right = wide.length() - length - offset;
    assert((wide.length() - length) % 2 == 0 && offset >= 0 && right >= 0);
    ReferenceWindow inner;
    inner.region = {wide.region.contig, wide.region.start + offset, wide.region.start + offset + length};
    inner.tssOffset = wide.tssOffset - offset;
    inner.reversed = wide.reversed != otherStrand;
    inner.otherStrand = otherStrand;
    inner.shift = shift;
    inner.flank = wide.flank + std::min(offset, right);
    inner.context = wide.context.substr(static_cast<size_t>(wide.flank + offset - inner.flank),
                                        static_cast<size_t>(length + 2 * inner.flank));
    return inner;
}

ReferenceWindow windowOverSequence(std::string bases, const InputShape& shape) {
    normalizeBases(bases);
    ReferenceWindow window;
    window.region = {"sequence", 0, static_cast<int64_t>(bases.size())};
    window.tssOffset = shape.tssIndex;
    window.context = std::move(bases);
    return window;
}

std::string materialize(const ReferenceWindow& window, const EditList& edits) {
    const int64_t length = window.length();
    const WindowCut cut = cutOf(edits, length, window.tssOffset);
    const int64_t editedEnd = cut.editedStart + length;

    std::string bases;
    bases.reserve(static_cast<size_t>(length));
    int64_t shift = cut.shiftBefore;
    int64_t next = cut.editedStart; // edited coordinate of the base to come
    for (size_t i = cut.firstEdit; i < cut.lastEdit; ++i) {
        const Edit& edit = edits[i];
        const int64_t altStart = edit.offset + shift;
        if (next < altStart) {
            appendReference(bases, window, next - shift, edit.offset);
            next = altStart;
        }
        const int64_t altEnd = std::min(altStart + static_cast<int64_t>(edit.alt.size()), editedEnd);
        bases.append(edit.alt, static_cast<size_t>(next - altStart), static_cast<size_t>(altEnd - next));
        next = altEnd;
        shift += edit.growth();
    }
    appendReference(bases, window, next - shift, editedEnd - shift);
    return bases;
}

int64_t indexInEdited(const ReferenceWindow& window, const EditList& edits, int64_t offset) {
    int64_t shift = 0;
    for (const Edit& edit : edits)
        if (edit.end() <= offset)
            shift += edit.growth();
    return offset + shift - cutOf(edits, window.length(), window.tssOffset).editedStart;
}

std::string modelInput(const ReferenceWindow& window, const EditList& edits) {
    std::string bases = materialize(window, edits);
    return window.reversed ? reverseComplement(bases) : bases;
}

} // namespace diploscope
