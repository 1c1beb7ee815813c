// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/sequential/patch.h"

#include <algorithm>

namespace diploscope {

void Patch::add(Span span) {
    if (span.empty())
        return;
    if (pieces.size() > firstPiece.back() && span.begin <= pieces.back().span.end) {
        pieces.back().span.end = std::max(pieces.back().span.end, span.end);
        return;
    }
    pieces.push_back({span, columnCount()});
}

Patch Patch::after(const SpatialOp& op, const Patch& in) {
    Patch out;
    for (size_t cluster = 0; cluster < in.clusters(); ++cluster) {
        out.addCluster();
        for (size_t i = in.firstPiece[cluster]; i < in.firstPiece[cluster + 1]; ++i)
            out.add(op.influence(in.pieces[i].span));
    }
    out.addCluster();
    return out;
}

} // namespace diploscope
