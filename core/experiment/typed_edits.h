// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "experiment/edits.h"

#include <optional>
#include <string_view>
#include <vector>

namespace diploscope {

/// The change that sets a stretch to these bases: a substitution of as many as there are. \param position
/// 0-based, of the first \error BadInput: other letters than A, C, G, T; no change to what is there
[[nodiscard]] Result<Variant> stretchChange(const PreparedLocus& locus, int64_t position,
                                            std::string_view bases);
/// \error BadInput: fewer than one base, or the window's first one
[[nodiscard]] Result<Variant> deletion(const PreparedLocus& locus, int64_t position, int64_t length);
/// Bases put in behind a place. \error BadInput: other letters than A, C, G, T
[[nodiscard]] Result<Variant> insertion(const PreparedLocus& locus, int64_t position, std::string_view bases);

/// The change that a person types or pastes: a variant in any form of parseVariant(), without the contig too
/// (`120:A:G`); an id of one that somebody carries; and, from the place that is pointed at on, bases (plain,
/// in lines, numbered or as FASTA) that take the place of those there, `+ACG` to put bases in behind it, `-3`
/// to take three out. \param place 0-based; nothing: none is pointed at \error BadInput, NotFound, Mismatch;
/// what does not suit other changes is told by checkedEdits()
[[nodiscard]] Result<Variant> typedEdit(std::string_view text, const PreparedLocus& locus,
                                        const std::vector<std::string>& contigs,
                                        std::optional<int64_t> place);

/// The changes with more, by place: each takes the place of those of the same bases, also of earlier ones
/// among `more`. Time O(n log n).
[[nodiscard]] std::vector<Variant> withChanges(std::vector<Variant> changes,
                                               const std::vector<Variant>& more);

} // namespace diploscope
