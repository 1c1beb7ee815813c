// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace diploscope {

/// One replacement in a reference window: `refLength` bases at `offset` become `alt`.
/// Forward strand. A SNV has refLength 1 and a one-base alt; indels keep VCF's anchor base.
struct Edit {
    int64_t offset = 0; ///< 0-based from the window's start; may be negative, or >= length, inside the flanks
    int32_t refLength = 1;
    std::string alt; ///< upper case A/C/G/T/N

    friend bool operator==(const Edit&, const Edit&) = default;
};

/// Sorted by offset, not overlapping. Empty = the reference. Every sequence that any feature predicts is one of
/// these on a ReferenceWindow (METHODS 2).
using EditList = std::vector<Edit>;

} // namespace diploscope
