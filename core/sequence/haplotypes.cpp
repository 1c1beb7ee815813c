// SPDX-License-Identifier: GPL-3.0-or-later
#include "sequence/haplotypes.h"

#include "base/digest_hash.h"
#include "sequence/allele_rows.h"
#include "sequence/window_cut.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <string_view>
#include <unordered_map>

namespace diploscope {

namespace {

using AppliedAllele = uint32_t; ///< row * 128 + allele: reader and matrix keep alleles below 128

/// The least replacement that says the same, so that one change has one form. `ref` stands at `offset`.
Edit leastEdit(int64_t offset, std::string_view ref, std::string_view alt) {
    const TrimmedAlleles trimmed = trimAlleles(offset, ref, alt);
    return {trimmed.position, static_cast<int32_t>(trimmed.ref.size()), std::string(trimmed.alt)};
}

/// Records as they are written, SNVs and indels.
EditList toEdits(const std::vector<AlleleRow>& rows, std::span<const AppliedAllele> applied, int64_t origin) {
    EditList edits;
    edits.reserve(applied.size());
    for (size_t i = 0; i < applied.size();) {
        const Site& first = *rows[applied[i] / 128].site;
        std::string ref = first.ref;
        std::string alt = first.alts[applied[i] % 128 - 1];
        for (++i; i < applied.size(); ++i) {
            const Site& next = *rows[applied[i] / 128].site;
            if (next.position >= first.position + static_cast<int64_t>(ref.size()))
                break;
            // An indel anchored on the last base of the edit before it: that base stays as it was edited.
            ref.append(next.ref, 1);
            alt.append(next.alts[applied[i] % 128 - 1], 1);
        }
        if (ref != alt)
            edits.push_back(leastEdit(first.position - origin, ref, alt));
    }
    return edits;
}

/// Of each record the SNV that it is once trimmed.
EditList toSnvs(const std::vector<AlleleRow>& rows, std::span<const AppliedAllele> applied, int64_t origin) {
    EditList edits;
    edits.reserve(applied.size());
    for (const AppliedAllele one : applied) {
        const AlleleRow& row = rows[one / 128];
        edits.push_back({row.position - origin, 1, std::string(1, row.facts[one % 128].snv)});
    }
    return edits;
}

std::string keyOf(const EditList& edits) {
    std::string key;
    for (const Edit& edit : edits) {
        key.append(reinterpret_cast<const char*>(&edit.offset), sizeof edit.offset);
        key.append(reinterpret_cast<const char*>(&edit.refLength), sizeof edit.refLength);
        key += edit.alt;
        key += ';';
    }
    return key;
}

/// Collects edit lists, each different one once.
class DistinctLists {
public:
    int32_t indexOf(EditList edits) {
        const auto [place, isNew] = m_indexOf.try_emplace(digestOf(keyOf(edits)), m_lists.size());
        return isNew ? addNew(std::move(edits)) : static_cast<int32_t>(place->second);
    }
    /// One that is known to differ from all others.
    int32_t addNew(EditList edits) {
        m_lists.push_back(std::move(edits));
        return static_cast<int32_t>(m_lists.size() - 1);
    }
    std::vector<EditList> take() { return std::move(m_lists); }

private:
    std::unordered_map<Digest, size_t, DigestHash> m_indexOf;
    std::vector<EditList> m_lists;
};

/// What each haplotype applies, those of one after the other: places of its first in `alleles`.
struct AppliedAlleles {
    std::vector<AppliedAllele> alleles;
    std::vector<size_t> first; ///< [haplotypes]
    std::vector<size_t> end;   ///< [haplotypes]
};

AppliedAlleles appliedAlleles(const std::vector<AlleleRow>& rows, size_t haplotypes, int64_t& overlapping) {
    AppliedAlleles applied;
    std::vector<uint32_t> carried(haplotypes); // of these, all but the overlapping are applied
    for (const AlleleRow& row : rows)
        forCarriers(row, haplotypes, [&](size_t h, int8_t) { ++carried[h]; });
    applied.first.resize(haplotypes);
    std::exclusive_scan(carried.begin(), carried.end(), applied.first.begin(), size_t{0});
    applied.end = applied.first;
    applied.alleles.resize(haplotypes == 0 ? 0 : applied.first.back() + carried.back());
    forApplied(rows, haplotypes, overlapping, [&](size_t r, size_t h, int8_t allele) {
        applied.alleles[applied.end[h]++] = static_cast<AppliedAllele>(r * 128 + static_cast<size_t>(allele));
    });
    return applied;
}

} // namespace

void AlleleMatrix::setOneCopy(size_t site, size_t person, bool isOne) {
    if (!isOne && !hasOneCopy(site, person))
        return;
    if (oneCopy.size() <= site)
        oneCopy.resize(site + 1);
    oneCopy[site].resize(people.size());
    oneCopy[site][person] = isOne;
}

Haplotypes buildHaplotypes(const AlleleMatrix& matrix, int64_t origin, VariantMode mode) {
    Haplotypes result;
    const std::vector<AlleleRow> rows = alleleRows(matrix, mode, result.leftOut);
    const AppliedAlleles applied = appliedAlleles(rows, matrix.haplotypeCount(), result.leftOut.overlapping);

    // Two steps: equal rows of alleles are found without making edits; then, because records on the same
    // bases can say the same in two ways, equal lists.
    const bool oneWay =
        mode == VariantMode::Snv &&
        std::all_of(rows.begin(), rows.end(), [](const AlleleRow& row) { return row.isAlone; });
    std::unordered_map<Digest, int32_t, DigestHash> indexOfRow;
    DistinctLists lists;
    result.indexOfHaplotype.resize(matrix.haplotypeCount());
    for (size_t h = 0; h < result.indexOfHaplotype.size(); ++h) {
        const std::span row(applied.alleles.data() + applied.first[h], applied.end[h] - applied.first[h]);
        const std::string_view bytes(reinterpret_cast<const char*>(row.data()), row.size_bytes());
        const auto [place, isNew] = indexOfRow.try_emplace(digestOf(bytes), 0);
        if (isNew) {
            EditList edits =
                mode == VariantMode::Snv ? toSnvs(rows, row, origin) : toEdits(rows, row, origin);
            place->second = oneWay ? lists.addNew(std::move(edits)) : lists.indexOf(std::move(edits));
        }
        result.indexOfHaplotype[h] = place->second;
    }
    result.distinct = lists.take();
    return result;
}

int64_t startingFlank(VariantMode mode) {
    // Longer deletions are rarely written out base by base in a VCF.
    return mode == VariantMode::Snv ? 0 : 1000;
}

int64_t requiredFlank(const Haplotypes& haplotypes, int64_t length, int64_t tssOffset) {
    int64_t needed = 0;
    bool changesLength = false;
    for (const EditList& edits : haplotypes.distinct) {
        const WindowCut cut = cutOf(edits, length, tssOffset);
        needed = std::max({needed, -cut.contextStart, cut.contextEnd - length});
        changesLength |=
            std::any_of(edits.begin(), edits.end(), [](const Edit& edit) { return edit.growth() != 0; });
    }
    // Behind the last base drawn, a deletion may still reach in.
    return changesLength ? needed + startingFlank(VariantMode::SnvAndIndel) : needed;
}

Haplotypes cutToWindow(const Haplotypes& haplotypes, int64_t length, int64_t tssOffset) {
    DistinctLists lists;
    std::vector<int32_t> newIndex;
    for (const EditList& edits : haplotypes.distinct) {
        const WindowCut cut = cutOf(edits, length, tssOffset);
        const auto first = edits.begin() + static_cast<std::ptrdiff_t>(cut.firstEdit);
        newIndex.push_back(
            lists.indexOf(EditList(first, edits.begin() + static_cast<std::ptrdiff_t>(cut.lastEdit))));
    }
    Haplotypes result;
    result.leftOut = haplotypes.leftOut;
    result.distinct = lists.take();
    for (const int32_t old : haplotypes.indexOfHaplotype)
        result.indexOfHaplotype.push_back(newIndex[static_cast<size_t>(old)]);
    return result;
}

} // namespace diploscope
