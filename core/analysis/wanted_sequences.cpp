// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/wanted_sequences.h"

#include "sequence/sequence_key.h"

#include <set>

namespace diploscope {

std::vector<EditList> referenceAndIsm(const SnvPanel& panel, const ReferenceWindow& window) {
    std::vector<EditList> sequences = ismSequences(panel, window);
    sequences.insert(sequences.begin(), EditList{});
    return sequences;
}

WantedSequences wantedOf(const ScoreMember& member, const ReferenceWindow& wide,
                         std::span<const EditList> ism, std::span<const EditList> haplotypes) {
    const int64_t length = member.predictor->info().input.length;
    WantedSequences wanted;
    wanted.window = innerWindow(wide, length, member.shift, member.otherStrand);
    wanted.offset = innerOffset(wide, length, member.shift);
    wanted.reference = modelInput(wanted.window, {});
    const Digest reference = digestOf(wanted.reference);
    std::set<Digest> known;
    for (size_t i = 0; i < ism.size() + haplotypes.size(); ++i) {
        EditList edits = i < ism.size() ? ism[i] : haplotypes[i - ism.size()];
        for (Edit& edit : edits)
            edit.offset -= wanted.offset;
        const Digest key = sequenceKey(wanted.window, reference, edits);
        if (known.insert(key).second)
            wanted.sequences.push_back({key, i});
    }
    return wanted;
}

} // namespace diploscope
