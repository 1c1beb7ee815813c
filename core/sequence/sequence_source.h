// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sequence/edit.h"

#include <cstddef>
#include <functional>
#include <span>

namespace diploscope {

/// Sequences that are made when they are asked for: of many with many edits each only those in hand are held.
struct SequenceSource {
    size_t count = 0;
    std::function<EditList(size_t)> at; ///< the same each time; \param index below `count`
};

/// \param sequences outlive what is returned
[[nodiscard]] inline SequenceSource sourceOf(std::span<const EditList> sequences) {
    return {sequences.size(), [sequences](size_t index) { return sequences[index]; }};
}

} // namespace diploscope
