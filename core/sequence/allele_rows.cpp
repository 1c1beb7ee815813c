// SPDX-License-Identifier: GPL-3.0-or-later
#include "sequence/allele_rows.h"

#include "sequence/left_out_alleles.h"

#include <algorithm>
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

/// \param alleles  [haplotypes]
AlleleRow recordRow(const Site& site, const int8_t* alleles) {
    AlleleRow row{&site, alleles, site.position, site.end(), std::vector<AlleleFacts>(site.alts.size() + 1)};
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
std::vector<AlleleRow> recordRows(const AlleleMatrix& matrix) {
    std::vector<AlleleRow> rows;
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
std::vector<AlleleRow> snvRows(const AlleleMatrix& matrix, GenotypeCounts& leftOut) {
    std::vector<AlleleRow> rows;
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
            auto row = std::find_if(
                from, rows.end(), [&](const AlleleRow& known) { return known.position == change.position; });
            if (row == rows.end())
                row = rows.insert(rows.end(), {&site, matrix.alleles.data() + s * matrix.haplotypeCount(),
                                               change.position, change.position + 1,
                                               std::vector<AlleleFacts>(site.alts.size() + 1)});
            row->facts[a].usable = true;
            row->facts[a].snv = change.alt.front();
        }
    }
    // Nearly sorted: only a record with a longer REF may hold one behind the next record's.
    std::stable_sort(rows.begin(), rows.end(),
                     [](const AlleleRow& a, const AlleleRow& b) { return a.position < b.position; });
    return rows;
}

/// In the order in which rows are applied: places of records that are sorted.
void findThoseAlone(std::vector<AlleleRow>& rows) {
    int64_t behind = std::numeric_limits<int64_t>::min(); // the last base that earlier ones replace
    for (AlleleRow& row : rows) {
        row.isAlone = !row.isRepeat && row.position >= behind;
        behind = std::max(behind, row.end);
    }
    int64_t next = std::numeric_limits<int64_t>::max(); // the first base of later ones
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
        row->isAlone &= row->end <= next;
        next = std::min(next, row->position);
    }
}

} // namespace

std::vector<AlleleRow> alleleRows(const AlleleMatrix& matrix, VariantMode mode, GenotypeCounts& leftOut) {
    std::vector<AlleleRow> rows = mode == VariantMode::Snv ? snvRows(matrix, leftOut) : recordRows(matrix);
    findThoseAlone(rows);
    return rows;
}

GenotypeCounts leftOutAlleles(const AlleleMatrix& matrix, VariantMode mode) {
    GenotypeCounts leftOut;
    std::vector<AlleleRow> rows = alleleRows(matrix, mode, leftOut);
    std::erase_if(rows, [](const AlleleRow& row) { return row.isAlone; });
    forApplied(rows, matrix.haplotypeCount(), leftOut.overlapping, [](size_t, size_t, int8_t) {});
    return leftOut;
}

} // namespace diploscope
