// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "experiment/prepared_locus.h"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace diploscope {

/// A change that a person asks for, as `22:120:A:G` or any other form of parseVariant(). REF and ALT may be
/// the same: that sets the place back to the reference, whatever stands there. \error as parseVariant
[[nodiscard]] Result<Variant> parseEdit(std::string_view text, const std::vector<std::string>& contigs);

/// Changes that fit together on one locus, as edits of its window, by place.
/// \error BadInput: none, or two that change the same base; Mismatch: REF is not what the reference has
/// there; NotFound: outside the window that the model reads. Each names the change.
[[nodiscard]] Result<EditList> checkedEdits(const PreparedLocus& locus, const std::vector<Variant>& changes);

/// Bases that changes of these kinds take out of the window: the flank that a locus must be read with.
[[nodiscard]] int64_t deletedBases(const std::vector<Variant>& changes);

struct EditedHaplotype {
    EditList edits;
    int64_t replaced = 0; ///< own edits that gave way
};
/// A haplotype with changes put in. What it has of its own on bases that they change gives way to them; an
/// edit that merely shares an anchor base is joined with its neighbour. \param own PreparedLocus::
/// wholeHaplotype(); sorted, apart \param changes checkedEdits()
[[nodiscard]] EditedHaplotype withEdits(const PreparedLocus& locus, const EditList& own,
                                        const EditList& changes);

/// Variants in one sequence: nothing where two of them change the same base.
[[nodiscard]] std::optional<EditList> together(const PreparedLocus& locus, std::span<const Variant> variants);

/// The base that a sequence has at a place of the reference; 0 where it has none, as it is deleted or stands
/// behind the first base of an indel. \param offset from the window's start
[[nodiscard]] char baseAt(const PreparedLocus& locus, const EditList& edits, int64_t offset);
/// The sequence with another base at a place where baseAt() knows one.
[[nodiscard]] EditList withBase(const PreparedLocus& locus, const EditList& edits, int64_t offset, char base);

} // namespace diploscope
