// SPDX-License-Identifier: GPL-3.0-or-later
#include "sequence/snv_panel.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace diploscope {

namespace {

struct AlleleCounts {
    std::vector<int64_t> ofAllele;
    int64_t called = 0;
};

AlleleCounts countAlleles(const AlleleMatrix& matrix, size_t site) {
    AlleleCounts counts;
    counts.ofAllele.assign(matrix.sites[site].alts.size() + 1, 0);
    for (size_t haplotype = 0; haplotype < matrix.haplotypeCount(); ++haplotype) {
        const int8_t allele = matrix.allele(site, haplotype);
        if (allele == AlleleMatrix::Missing)
            continue;
        ++counts.called;
        ++counts.ofAllele[static_cast<size_t>(allele)];
    }
    return counts;
}

/// Alleles of one record that are SNVs of one position once trimmed. Nearly every record has one such group.
struct SnvAlleles {
    int64_t position = 0;
    std::vector<int> alleles;
};

std::vector<SnvAlleles> snvAllelesOf(const Site& site) {
    std::vector<SnvAlleles> groups;
    for (int allele = 1; allele <= static_cast<int>(site.alts.size()); ++allele) {
        const AlleleChange change = site.change(allele);
        if (change.kind != AlleleKind::Snv)
            continue;
        auto group = std::find_if(groups.begin(), groups.end(),
                                  [&](const SnvAlleles& known) { return known.position == change.position; });
        if (group == groups.end())
            group = groups.insert(groups.end(), {change.position, {}});
        group->alleles.push_back(allele);
    }
    return groups;
}

/// The most common of them, the first listed on a tie; 0 when nobody carries one.
int effectAlleleOf(const SnvAlleles& group, const AlleleCounts& counts) {
    int best = 0;
    for (const int allele : group.alleles) {
        const int64_t count = counts.ofAllele[static_cast<size_t>(allele)];
        if (count > 0 && (best == 0 || count > counts.ofAllele[static_cast<size_t>(best)]))
            best = allele;
    }
    return best;
}

/// Whether a haplotype with this allele of the record has REF's base at the position: one that changes others
/// has, and so has the anchor of an indel.
bool keepsReference(const Site& site, int allele, int64_t position) {
    if (allele == 0)
        return true;
    const AlleleChange change = site.change(allele);
    if (!isSequence(change.kind))
        return change.kind == AlleleKind::Same;
    const int64_t at = position - change.position;
    if (at < 0 || at >= static_cast<int64_t>(change.ref.size()))
        return true;
    const auto offset = static_cast<size_t>(at);
    return change.kind == AlleleKind::Indel ? at == 0 && change.ref.front() == change.alt.front()
                                            : change.ref[offset] == change.alt[offset];
}

/// Other records' SNVs by position: those of one position are often written as a record each.
using SnvSites = std::map<int64_t, std::vector<std::pair<size_t, SnvAlleles>>>;

SnvSites snvSitesOf(const AlleleMatrix& matrix, const Region& window) {
    SnvSites sites;
    for (size_t s = 0; s < matrix.sites.size(); ++s)
        for (SnvAlleles& group : snvAllelesOf(matrix.sites[s]))
            if (window.contains(group.position))
                sites[group.position].emplace_back(s, std::move(group));
    return sites;
}

/// What each haplotype has, and REF's frequency. \param ofPosition all SNVs of its position
void addGenotypes(const AlleleMatrix& matrix, size_t s, int effectAllele, const AlleleCounts& counts,
                  const std::vector<std::pair<size_t, SnvAlleles>>& ofPosition, Snv& snv) {
    std::vector<bool> keeps(counts.ofAllele.size());
    for (size_t allele = 0; allele < keeps.size(); ++allele)
        keeps[allele] = counts.ofAllele[allele] > 0 &&
                        keepsReference(matrix.sites[s], static_cast<int>(allele), snv.position);
    const auto isReference = [&](size_t haplotype) {
        const int8_t own = matrix.allele(s, haplotype);
        return own != AlleleMatrix::Missing && keeps[static_cast<size_t>(own)] &&
               std::none_of(ofPosition.begin(), ofPosition.end(), [&](const auto& other) {
                   const auto& [site, group] = other;
                   return site != s && std::find(group.alleles.begin(), group.alleles.end(),
                                                 matrix.allele(site, haplotype)) != group.alleles.end();
               });
    };
    int64_t ofReference = 0;
    const auto at = [&](size_t haplotype) {
        const int8_t allele = matrix.allele(s, haplotype);
        const SnvGenotypes::Haplotype own{allele == AlleleMatrix::Missing ? HaplotypeAllele::Missing
                                          : allele == effectAllele        ? HaplotypeAllele::Alternate
                                          : allele == 0                   ? HaplotypeAllele::Reference
                                                                          : HaplotypeAllele::Other,
                                          isReference(haplotype)};
        ofReference += own.hasReference;
        return own;
    };
    snv.genotypes.reserve(matrix.people.size());
    for (size_t p = 0; p < matrix.people.size(); ++p) {
        const SnvGenotypes::Haplotype first = at(2 * p);
        snv.genotypes.add(first, at(2 * p + 1));
    }
    snv.referenceFrequency = static_cast<double>(ofReference) / static_cast<double>(counts.called);
}

/// An SNV with everybody's dosage.
struct SnvColumn {
    Snv snv;
    Eigen::VectorXd dosage;
};

SnvColumn columnOf(const AlleleMatrix& matrix, size_t s, const SnvAlleles& group, int effectAllele,
                   const AlleleCounts& counts, const std::vector<std::pair<size_t, SnvAlleles>>& ofPosition) {
    const Site& site = matrix.sites[s];
    SnvColumn column;
    Snv& snv = column.snv;
    static_cast<Variant&>(snv) = site.change(effectAllele).variant(matrix.region.contig);
    snv.id = site.id;
    snv.alleleFrequency = static_cast<double>(counts.ofAllele[static_cast<size_t>(effectAllele)]) /
                          static_cast<double>(counts.called);
    addGenotypes(matrix, s, effectAllele, counts, ofPosition, snv);
    const auto isSnv = [&](int8_t allele) {
        return std::find(group.alleles.begin(), group.alleles.end(), allele) != group.alleles.end();
    };
    const size_t people = matrix.people.size();
    column.dosage.resize(static_cast<Eigen::Index>(people));
    int64_t anyCarriers = 0;
    int64_t known = 0; // of whom it is known whether they carry any
    for (size_t p = 0; p < people; ++p) {
        const int8_t first = matrix.allele(s, 2 * p);
        const int8_t second = matrix.allele(s, 2 * p + 1);
        const uint8_t copies = snv.genotypes.copies(p);
        const bool isMissing = copies == SnvGenotypes::NoGenotype;
        const bool carriesAny = isSnv(first) || isSnv(second);
        column.dosage(static_cast<Eigen::Index>(p)) =
            isMissing ? std::numeric_limits<double>::quiet_NaN() : copies;
        snv.missing += isMissing;
        snv.carriers += first == effectAllele || second == effectAllele;
        anyCarriers += carriesAny;
        known += carriesAny || !isMissing;
    }
    snv.carrierFraction = known == 0 ? 0 : static_cast<double>(anyCarriers) / static_cast<double>(known);
    return column;
}

} // namespace

SnvPanel buildSnvPanel(const AlleleMatrix& matrix, const Region& window) {
    std::vector<SnvColumn> columns;
    for (const auto& [position, ofPosition] : snvSitesOf(matrix, window))
        for (const auto& [s, group] : ofPosition) {
            const AlleleCounts counts = countAlleles(matrix, s);
            if (const int effectAllele = effectAlleleOf(group, counts); effectAllele > 0)
                columns.push_back(columnOf(matrix, s, group, effectAllele, counts, ofPosition));
        }
    SnvPanel panel;
    panel.dosages.resize(static_cast<Eigen::Index>(matrix.people.size()),
                         static_cast<Eigen::Index>(columns.size()));
    for (size_t v = 0; v < columns.size(); ++v) {
        panel.snvs.push_back(std::move(columns[v].snv));
        panel.dosages.col(static_cast<Eigen::Index>(v)) = columns[v].dosage;
    }
    return panel;
}

std::vector<Eigen::Index> wellGenotyped(const SnvPanel& panel) {
    std::vector<Eigen::Index> columns;
    for (size_t v = 0; v < panel.snvs.size(); ++v)
        if (!isPoorlyGenotyped(panel.snvs[v], panel.dosages.rows()))
            columns.push_back(static_cast<Eigen::Index>(v));
    return columns;
}

std::vector<EditList> ismSequences(const SnvPanel& panel, const ReferenceWindow& window) {
    std::vector<EditList> sequences;
    sequences.reserve(panel.snvs.size());
    for (const Snv& snv : panel.snvs)
        sequences.push_back({Edit{snv.position - window.region.start, 1, snv.alt}});
    return sequences;
}

} // namespace diploscope
