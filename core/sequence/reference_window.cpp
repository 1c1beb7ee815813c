// SPDX-License-Identifier: GPL-3.0-or-later
#include "sequence/reference_window.h"

#include "sequence/sequence_pieces.h"
#include "sequence/window_cut.h"

#include <algorithm>
#include <cassert>

namespace diploscope {

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
    inner.geneId = wide.geneId;
    inner.geneName = wide.geneName;
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

namespace {

/// Where no edit changes a length, nothing moves.
std::string basesReplaced(const ReferenceWindow& window, const EditList& edits) {
    std::string bases;
    const int64_t length = window.length();
    bases.reserve(static_cast<size_t>(length));
    appendReference(bases, window, 0, length);
    for (const Edit& edit : edits) {
        const int64_t from = std::max<int64_t>(edit.offset, 0);
        const int64_t to = std::min(edit.end(), length);
        for (int64_t i = from; i < to; ++i)
            bases[static_cast<size_t>(i)] = edit.alt[static_cast<size_t>(i - edit.offset)];
    }
    return bases;
}

} // namespace

std::string materialize(const ReferenceWindow& window, const EditList& edits) {
    if (std::all_of(edits.begin(), edits.end(), [](const Edit& edit) { return edit.growth() == 0; }))
        return basesReplaced(window, edits);
    std::string bases;
    bases.reserve(static_cast<size_t>(window.length()));
    for (const SequencePiece& piece : piecesOf(window, edits)) {
        if (piece.bases.empty())
            appendReference(bases, window, piece.start, piece.start + piece.length);
        else
            bases += piece.bases;
    }
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
