// SPDX-License-Identifier: GPL-3.0-or-later
#include "sequence/haplotypes.h"

#include "base/checksum.h"
#include "sequence/window_cut.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <map>
#include <string_view>

namespace diploscope {

namespace {

/// Insertion or deletion that keeps VCF's anchor: the alleles differ in length, share their first base, and
/// one is the other with a stretch taken out.
bool isAnchoredIndel(std::string_view ref, std::string_view alt) {
    if (ref.size() == alt.size() || ref.front() != alt.front())
        return false;
    const size_t shorter = std::min(ref.size(), alt.size());
    size_t prefix = 0;
    while (prefix < shorter && ref[prefix] == alt[prefix])
        ++prefix;
    size_t suffix = 0;
    while (suffix < shorter - prefix && ref[ref.size() - 1 - suffix] == alt[alt.size() - 1 - suffix])
        ++suffix;
    return prefix + suffix == shorter;
}

/// What applying one allele needs, worked out once for all people.
struct AlleleFacts {
    bool usable = false;
    bool anchoredIndel = false;
    bool insertion = false;
};

/// Alleles of one record that may be applied at one place, in the order in which they are.
struct Row {
    const Site* site = nullptr;
    const int8_t* alleles = nullptr; ///< [haplotypes]
    int64_t position = 0;            ///< 0-based
    int64_t end = 0;                 ///< behind the last replaced base
    std::vector<AlleleFacts> facts;  ///< by allele
    bool isRepeat = false;
};

/// \param alleles  [haplotypes]
Row recordRow(const Site& site, const int8_t* alleles) {
    Row row{&site, alleles, site.position, site.end(), std::vector<AlleleFacts>(site.alts.size() + 1)};
    for (size_t a = 1; a < row.facts.size(); ++a) {
        const std::string& alt = site.alts[a - 1];
        AlleleFacts& facts = row.facts[a];
        facts.usable = site.isSequence(static_cast<int>(a));
        facts.anchoredIndel = facts.usable && isAnchoredIndel(site.ref, alt);
        facts.insertion = alt.size() > site.ref.size();
    }
    return row;
}

/// Each record as it is written, as `bcftools consensus` takes it.
std::vector<Row> recordRows(const AlleleMatrix& matrix) {
    std::vector<Row> rows;
    rows.reserve(matrix.sites.size() + matrix.repeats.size());
    auto repeat = matrix.repeats.begin();
    for (size_t s = 0; s <= matrix.sites.size(); ++s) {
        for (; repeat != matrix.repeats.end() && repeat->sitesBefore == s; ++repeat) {
            rows.push_back(recordRow(repeat->site, repeat->alleles.data()));
            rows.back().isRepeat = true;
        }
        if (s < matrix.sites.size())
            rows.push_back(recordRow(matrix.sites[s], matrix.alleles.data() + s * matrix.haplotypeCount()));
    }
    return rows;
}

/// SNVs at their own positions. \param leftOut counts what is none
std::vector<Row> snvRows(const AlleleMatrix& matrix, GenotypeCounts& leftOut) {
    std::vector<Row> rows;
    rows.reserve(matrix.sites.size());
    for (size_t s = 0; s < matrix.sites.size(); ++s) {
        const Site& site = matrix.sites[s];
        const size_t first = rows.size();
        for (size_t a = 1; a <= site.alts.size(); ++a) {
            const AlleleChange change = site.change(static_cast<int>(a));
            leftOut.mnvs += change.kind == AlleleKind::Mnv;
            leftOut.indels += change.kind == AlleleKind::Indel;
            if (change.kind != AlleleKind::Snv)
                continue;
            const auto from = rows.begin() + static_cast<std::ptrdiff_t>(first);
            auto row = std::find_if(from, rows.end(),
                                    [&](const Row& known) { return known.position == change.position; });
            if (row == rows.end())
                row = rows.insert(rows.end(), {&site, matrix.alleles.data() + s * matrix.haplotypeCount(),
                                               change.position, change.position + 1,
                                               std::vector<AlleleFacts>(site.alts.size() + 1)});
            row->facts[a].usable = true;
        }
    }
    // Nearly sorted: only a record with a longer REF may hold one behind the next record's.
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Row& a, const Row& b) { return a.position < b.position; });
    return rows;
}

/// How far one haplotype has been edited, as `bcftools consensus` keeps it.
struct Cursor {
    int64_t lastEdited = std::numeric_limits<int64_t>::min();
    bool lastWasInsertion = false;
};

/// Of a haplotype of a few thousand bases: room for them is made at once.
constexpr size_t UsualAlleles = 16;

using AppliedAllele = uint32_t; ///< row * 128 + allele: reader and matrix keep alleles below 128

/// The least replacement that says the same, so that one change has one form. `ref` stands at `offset`.
Edit leastEdit(int64_t offset, std::string_view ref, std::string_view alt) {
    const TrimmedAlleles trimmed = trimAlleles(offset, ref, alt);
    return {trimmed.position, static_cast<int32_t>(trimmed.ref.size()), std::string(trimmed.alt)};
}

/// Records as they are written, SNVs and indels.
EditList toEdits(const std::vector<Row>& rows, const std::vector<AppliedAllele>& applied, int64_t origin) {
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
EditList toSnvs(const std::vector<Row>& rows, const std::vector<AppliedAllele>& applied, int64_t origin) {
    EditList edits;
    edits.reserve(applied.size());
    for (const AppliedAllele one : applied) {
        const AlleleChange snv = rows[one / 128].site->change(static_cast<int>(one % 128));
        edits.push_back({snv.position - origin, 1, std::string(snv.alt)});
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
        if (isNew)
            m_lists.push_back(std::move(edits));
        return static_cast<int32_t>(place->second);
    }
    std::vector<EditList> take() { return std::move(m_lists); }

private:
    std::map<Digest, size_t> m_indexOf;
    std::vector<EditList> m_lists;
};

/// The first haplotype from `h` on that has not the reference; `count` where all have it. Most are.
size_t nextOther(const int8_t* alleles, size_t h, size_t count) {
    for (uint64_t several = 0; h + sizeof several <= count; h += sizeof several) {
        std::memcpy(&several, alleles + h, sizeof several);
        if (several != 0)
            break;
    }
    while (h < count && alleles[h] == 0)
        ++h;
    return h;
}

} // namespace

Haplotypes buildHaplotypes(const AlleleMatrix& matrix, int64_t origin, VariantMode mode) {
    const size_t count = matrix.haplotypeCount();
    std::vector<std::vector<AppliedAllele>> applied(count);
    for (std::vector<AppliedAllele>& own : applied)
        own.reserve(UsualAlleles);
    std::vector<Cursor> cursors(count);
    Haplotypes result;

    const std::vector<Row> rows =
        mode == VariantMode::Snv ? snvRows(matrix, result.leftOut) : recordRows(matrix);
    for (size_t r = 0; r < rows.size(); ++r) {
        const Row& row = rows[r];
        for (size_t h = nextOther(row.alleles, 0, count); h < count;
             h = nextOther(row.alleles, h + 1, count)) {
            const int8_t allele = row.alleles[h];
            if (allele <= 0 || !row.facts[static_cast<size_t>(allele)].usable)
                continue;
            const AlleleFacts& fact = row.facts[static_cast<size_t>(allele)];
            Cursor& cursor = cursors[h];
            const bool fits =
                row.position > cursor.lastEdited ||
                (row.position == cursor.lastEdited && fact.anchoredIndel && !cursor.lastWasInsertion);
            // Of a change that is listed again the first record's allele is counted. A repeat fits only where
            // that one was not applied, as it lies on the bases that it replaces.
            if (row.isRepeat)
                result.leftOut.overlapping -= fits;
            else
                result.leftOut.overlapping += !fits;
            if (!fits)
                continue;
            applied[h].push_back(static_cast<AppliedAllele>(r * 128 + static_cast<size_t>(allele)));
            cursor = {row.end - 1, fact.insertion};
        }
    }

    // Two steps: equal rows of alleles are found without making edits; then, because duplicated records can
    // say the same in two ways, equal lists.
    std::map<Digest, int32_t> indexOfRow;
    DistinctLists lists;
    result.indexOfHaplotype.resize(count);
    for (size_t h = 0; h < count; ++h) {
        std::vector<AppliedAllele>& row = applied[h];
        const std::string_view bytes(reinterpret_cast<const char*>(row.data()),
                                     row.size() * sizeof(AppliedAllele));
        const auto [place, isNew] = indexOfRow.try_emplace(digestOf(bytes), 0);
        if (isNew)
            place->second = lists.indexOf(mode == VariantMode::Snv ? toSnvs(rows, row, origin)
                                                                   : toEdits(rows, row, origin));
        result.indexOfHaplotype[h] = place->second;
        std::vector<AppliedAllele>().swap(row);
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
