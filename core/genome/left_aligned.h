// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "genome/variant.h"

#include <cstdint>
#include <string_view>

namespace diploscope {

/// A stretch of the reference, borrowed.
struct ReferenceStretch {
    std::string_view bases; ///< upper case
    int64_t start = 0;      ///< 0-based, of the first one

    /// As many as there are of [position, position + count); none where it starts outside.
    [[nodiscard]] std::string_view at(int64_t position, size_t count) const {
        const int64_t first = position - start;
        return first < 0 || first >= static_cast<int64_t>(bases.size())
                   ? std::string_view()
                   : bases.substr(static_cast<size_t>(first), count);
    }
    /// Whether what it has of them may be these: N fits any, and so does what is beyond.
    [[nodiscard]] bool mayHave(int64_t position, std::string_view alleles) const;
};

/// The same change as far left as the reference lets it be written: of two that differ only in which of equal
/// bases they insert or delete, one name. What does not change the length, or whose REF is not the
/// reference's, is as it was; so is everything beyond the stretch. \param variant trimmed. Source:
/// METHODS 14.
[[nodiscard]] Variant leftAligned(Variant variant, const ReferenceStretch& reference);

} // namespace diploscope
