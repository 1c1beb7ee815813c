// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sequence/reference_window.h"

#include <string_view>
#include <vector>

namespace diploscope {

/// What a materialized sequence is made of: reference bases, or bases of an edit. Inside core/sequence only.
struct SequencePiece {
    int64_t start = 0;  ///< offset of the first reference base shown, or replaced; may lie beside the window
    int64_t length = 0; ///< reference bases shown, or replaced; 0 for an edit that is not shown whole
    std::string_view bases; ///< of an edit's alternate allele, as far as it is shown; empty: the reference's
};

/// The pieces of materialize()'s L bases in their order, none of them empty. They borrow from `edits`.
[[nodiscard]] std::vector<SequencePiece> piecesOf(const ReferenceWindow& window, const EditList& edits);

/// Appends the reference bases at window offsets [start, end); N where the context does not reach.
void appendReference(std::string& out, const ReferenceWindow& window, int64_t start, int64_t end);

} // namespace diploscope
