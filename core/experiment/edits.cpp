// SPDX-License-Identifier: GPL-3.0-or-later
#include "experiment/edits.h"

#include "genome/bases.h"
#include "genome/variant_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace diploscope {

namespace {

/// The bases that an edit changes, from the window's start: an indel's anchor is none of them. Empty: what is
/// inserted stands before `begin`.
struct ChangedBases {
    int64_t begin = 0;
    int64_t end = 0;

    [[nodiscard]] bool isGap() const { return begin == end; }
};

ChangedBases changedBases(const PreparedLocus& locus, const Edit& edit) {
    const int64_t start = locus.locus().window.region.start;
    const bool isAnchored =
        edit.growth() != 0 && edit.alt.front() == locus.referenceBases(start + edit.offset, 1).front();
    return {edit.offset + (isAnchored ? 1 : 0), edit.end()};
}

bool collide(const ChangedBases& a, const ChangedBases& b) {
    if (a.isGap() && b.isGap())
        return a.begin == b.begin;
    if (a.isGap())
        return b.begin < a.begin && a.begin < b.end;
    if (b.isGap())
        return collide(b, a);
    return a.begin < b.end && b.begin < a.end;
}

/// Edits that do not collide as one list. Where one is anchored on the last base that the one before it
/// replaces, both become one edit, and that base stays as it was edited.
EditList joined(const PreparedLocus& locus, EditList edits) {
    std::stable_sort(edits.begin(), edits.end(), [&](const Edit& a, const Edit& b) {
        const ChangedBases first = changedBases(locus, a);
        const ChangedBases second = changedBases(locus, b);
        return first.begin != second.begin ? first.begin < second.begin : first.isGap() && !second.isGap();
    });
    EditList list;
    for (Edit& edit : edits) {
        if (list.empty() || edit.offset >= list.back().end()) {
            list.push_back(std::move(edit));
            continue;
        }
        Edit& before = list.back();
        before.refLength += edit.refLength - 1;
        before.alt.append(edit.alt, 1);
    }
    return list;
}

/// Does it put in what the reference has?
bool isReference(const PreparedLocus& locus, const Edit& edit) {
    return edit.growth() == 0 &&
           edit.alt == locus.referenceBases(locus.locus().window.region.start + edit.offset, edit.refLength);
}

std::string named(const Variant& variant) {
    return "edit `" + toName(withShortAlleles(variant)) + "`";
}

Result<void> checkEdit(const PreparedLocus& locus, const Variant& change) {
    const Region& region = locus.locus().region;
    const auto length = static_cast<int64_t>(change.ref.size());
    if (change.contig != region.contig || change.position < region.start ||
        change.position + length > region.end)
        return fail(ErrorKind::NotFound,
                    fmt::format("{} lies outside the window that the model reads, {}.",
                                toText(withShortAlleles(change)), toText(region)),
                    named(change), "Change a base of that window; no other changes the score.");
    const std::string there = locus.referenceBases(change.position, length);
    for (size_t i = 0; i < there.size(); ++i)
        if (!mayBeBase(change.ref[i], there[i]))
            return fail(ErrorKind::Mismatch,
                        fmt::format("The reference has {} there, not {}.", shortAllele(there),
                                    shortAllele(change.ref)),
                        named(change),
                        "Positions are 1-based, on the forward strand, of the study's build; give REF as the "
                        "reference has it.");
    return {};
}

} // namespace

Result<Variant> parseEdit(std::string_view text, const std::vector<std::string>& contigs) {
    return parseVariant(text, contigs, true);
}

Result<EditList> checkedEdits(const PreparedLocus& locus, const std::vector<Variant>& changes) {
    if (changes.empty())
        return fail(ErrorKind::BadInput, "No change is given.", "edit", "Give one, such as 22:120:A:G.");
    std::vector<ChangedBases> bases;
    for (size_t i = 0; i < changes.size(); ++i) {
        DS_TRY(checkEdit(locus, changes[i]));
        bases.push_back(changedBases(locus, locus.editOf(changes[i])));
        for (size_t other = 0; other < i; ++other)
            if (collide(bases[i], bases[other]))
                return fail(ErrorKind::BadInput,
                            fmt::format("{} and {} change the same base.",
                                        toText(withShortAlleles(changes[other])),
                                        toText(withShortAlleles(changes[i]))),
                            named(changes[i]), "Write both as one change, or leave one of them out.");
    }
    EditList edits;
    for (const Variant& change : changes)
        edits.push_back(locus.editOf(change));
    std::sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.offset < b.offset; });
    return edits;
}

int64_t deletedBases(const std::vector<Variant>& changes) {
    int64_t deleted = 0;
    for (const Variant& change : changes)
        deleted += std::max<int64_t>(0, static_cast<int64_t>(change.ref.size()) -
                                            static_cast<int64_t>(change.alt.size()));
    return deleted;
}

EditedHaplotype withEdits(const PreparedLocus& locus, const EditList& own, const EditList& changes) {
    EditedHaplotype edited;
    EditList all;
    std::vector<ChangedBases> changed; // once, not for each of the haplotype's own
    for (const Edit& change : changes)
        changed.push_back(changedBases(locus, change));
    for (const Edit& edit : own) {
        const ChangedBases bases = changedBases(locus, edit);
        const bool givesWay = std::any_of(changed.begin(), changed.end(),
                                          [&](const ChangedBases& other) { return collide(bases, other); });
        if (!givesWay)
            all.push_back(edit);
        else if (std::find(changes.begin(), changes.end(), edit) == changes.end())
            ++edited.replaced;
    }
    for (const Edit& change : changes)
        if (!isReference(locus, change))
            all.push_back(change);
    edited.edits = joined(locus, std::move(all));
    return edited;
}

std::optional<EditList> together(const PreparedLocus& locus, std::span<const Variant> variants) {
    EditList edits;
    for (const Variant& variant : variants) {
        Edit edit = locus.editOf(variant);
        const ChangedBases bases = changedBases(locus, edit);
        for (const Edit& other : edits)
            if (collide(bases, changedBases(locus, other)))
                return std::nullopt;
        edits.push_back(std::move(edit));
    }
    return joined(locus, std::move(edits));
}

char baseAt(const PreparedLocus& locus, const EditList& edits, int64_t offset) {
    for (const Edit& edit : edits) {
        if (offset < edit.offset || offset >= edit.end())
            continue;
        const auto at = static_cast<size_t>(offset - edit.offset);
        return edit.growth() == 0 || at == 0 ? edit.alt[at] : '\0';
    }
    return locus.referenceBases(locus.locus().window.region.start + offset, 1).front();
}

EditList withBase(const PreparedLocus& locus, const EditList& edits, int64_t offset, char base) {
    EditList changed = edits;
    for (auto edit = changed.begin(); edit != changed.end(); ++edit) {
        if (offset < edit->offset || offset >= edit->end())
            continue;
        edit->alt[static_cast<size_t>(offset - edit->offset)] = base;
        if (isReference(locus, *edit))
            changed.erase(edit);
        return changed;
    }
    const auto behind = std::find_if(changed.begin(), changed.end(),
                                     [offset](const Edit& edit) { return edit.offset > offset; });
    changed.insert(behind, Edit{offset, 1, std::string(1, base)});
    return changed;
}

} // namespace diploscope
