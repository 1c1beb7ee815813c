// SPDX-License-Identifier: GPL-3.0-or-later
#include "genome/left_aligned.h"

#include "genome/bases.h"

#include <algorithm>

namespace diploscope {

bool ReferenceStretch::mayHave(int64_t position, std::string_view alleles) const {
    const std::string_view there = at(position, alleles.size());
    return std::equal(there.begin(), there.end(), alleles.begin(),
                      [](char base, char ref) { return mayBeBase(ref, base); });
}

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
