// SPDX-License-Identifier: GPL-3.0-or-later
#include "genome/left_aligned.h"

namespace diploscope {

Variant leftAligned(Variant variant, const ReferenceStretch& reference) {
    if (variant.ref.size() == variant.alt.size() ||
        reference.at(variant.position, variant.ref.size()) != variant.ref)
        return variant;
    // Of trimmed alleles that end alike one is a single base, and stays one: its anchor.
    while (variant.ref.back() == variant.alt.back()) {
        const std::string_view before = reference.at(variant.position - 1, 1);
        if (before.empty())
            break;
        for (std::string* bases : {&variant.ref, &variant.alt}) {
            bases->pop_back();
            bases->insert(0, before);
        }
        --variant.position;
    }
    return variant;
}

} // namespace diploscope
