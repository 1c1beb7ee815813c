// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace diploscope {

/// At which end of the window room is made for what an edit adds, or bases are taken for what it deletes.
enum class RoomAt : uint8_t {
    FarEnd, ///< beyond the edit as seen from the TSS, which stays at its index (METHODS 2)
    LeftEnd,
    RightEnd
};

/// One replacement in a reference window: `refLength` bases at `offset` become `alt`.
/// Forward strand. A SNV has refLength 1 and a one-base alt; indels keep VCF's anchor base.
struct Edit {
    int64_t offset = 0; ///< 0-based from the window's start; may be negative, or >= length, inside the flanks
    int32_t refLength = 1; ///< at least 1
    RoomAt room = RoomAt::FarEnd;
    std::string alt; ///< at least one base, upper case A/C/G/T/N

    Edit() = default;
    Edit(int64_t at, int32_t replaced, std::string bases, RoomAt roomAt = RoomAt::FarEnd)
        : offset(at), refLength(replaced), room(roomAt), alt(std::move(bases)) {}

    /// 0-based offset behind the last replaced base.
    [[nodiscard]] int64_t end() const { return offset + refLength; }
    /// Bases that the sequence grows by; negative for a deletion.
    [[nodiscard]] int64_t growth() const { return static_cast<int64_t>(alt.size()) - refLength; }
    friend bool operator==(const Edit&, const Edit&) = default;
};

/// Sorted by offset, not overlapping. Empty = the reference. Every sequence that any feature predicts is one
/// of these on a ReferenceWindow (METHODS 2).
using EditList = std::vector<Edit>;

/// `bases` with `edits` applied: all of it, neither anchored nor cut.
/// \param bases forward strand; `origin` is the offset, in the edits' coordinates, of its first base.
/// Edits that start before `bases` or behind it are left out; one that passes its end is cut there (replaced
/// bases and, where it was cut, the alternate allele too). This is what `bcftools consensus` does to a
/// region. Source: METHODS 2.
[[nodiscard]] std::string applyEdits(std::string_view bases, const EditList& edits, int64_t origin = 0);

} // namespace diploscope
