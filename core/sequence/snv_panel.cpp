// SPDX-License-Identifier: GPL-3.0-or-later
#include "sequence/snv_panel.h"

#include "sequence/allele_rows.h"

#include <algorithm>
#include <map>
#include <utility>

namespace diploscope {

namespace {

/// Who has which alleles of a record.
struct AlleleCounts {
    size_t kinds = 0;           ///< missing, REF and alternates, in this order
    std::vector<int64_t> pairs; ///< [kinds x kinds] people, by their first and second haplotype's
    std::vector<int64_t> ofAllele;
    int64_t called = 0;
};

AlleleCounts countAlleles(const AlleleMatrix& matrix, size_t site) {
    AlleleCounts counts;
    const size_t alleles = matrix.sites[site].alts.size() + 1;
    counts.kinds = alleles + 1;
    counts.pairs.resize(counts.kinds * counts.kinds);
    const size_t haplotypes = matrix.haplotypeCount();
    const int8_t* const first = matrix.alleles.data() + site * haplotypes;
    auto ofReference = static_cast<int64_t>(matrix.people.size()); // on both haplotypes
    for (size_t p = nextOther(first, 0, haplotypes) / 2; 2 * p < haplotypes;
         p = nextOther(first, 2 * p + 2, haplotypes) / 2) {
        ++counts.pairs[static_cast<size_t>(first[2 * p] + 1) * counts.kinds +
                       static_cast<size_t>(first[2 * p + 1] + 1)];
        --ofReference;
    }
    counts.pairs[counts.kinds + 1] += ofReference;
    for (size_t kind = 1; kind < counts.kinds; ++kind) {
        int64_t count = 0;
        for (size_t other = 0; other < counts.kinds; ++other)
            count += counts.pairs[kind * counts.kinds + other] + counts.pairs[other * counts.kinds + kind];
        counts.ofAllele.push_back(count);
        counts.called += count;
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

/// What a haplotype has at an SNV by its allele of the SNV's record, where no other record counts.
struct AlleleMeaning {
    SnvGenotypes::Haplotype haplotype;
    bool isSnv = false; ///< the SNV's, or another one of its place
};

/// \return [alleles + 1], from missing on
std::vector<AlleleMeaning> meaningsOf(const Site& site, const SnvAlleles& group, int effectAllele,
                                      const AlleleCounts& counts) {
    std::vector<AlleleMeaning> meanings(1); // missing
    for (int allele = 0; allele < static_cast<int>(counts.ofAllele.size()); ++allele) {
        AlleleMeaning meaning;
        meaning.haplotype.allele = allele == effectAllele ? HaplotypeAllele::Alternate
                                   : allele == 0          ? HaplotypeAllele::Reference
                                                          : HaplotypeAllele::Other;
        meaning.haplotype.hasReference =
            counts.ofAllele[static_cast<size_t>(allele)] > 0 && keepsReference(site, allele, group.position);
        meaning.isSnv = std::find(group.alleles.begin(), group.alleles.end(), allele) != group.alleles.end();
        meanings.push_back(meaning);
    }
    return meanings;
}

/// Carriers and people without a genotype. \return haplotypes with the reference
int64_t addCounts(const std::vector<AlleleMeaning>& meanings, const AlleleCounts& counts, Snv& snv) {
    const std::vector<int64_t>& pairs = counts.pairs;
    int64_t anyCarriers = 0;
    int64_t known = 0; // of whom it is known whether they carry any
    int64_t ofReference = 0;
    for (size_t pair = 0; pair < pairs.size(); ++pair) {
        const AlleleMeaning& first = meanings[pair / meanings.size()];
        const AlleleMeaning& second = meanings[pair % meanings.size()];
        const auto isEither = [&](HaplotypeAllele allele) {
            return first.haplotype.allele == allele || second.haplotype.allele == allele;
        };
        const bool carriesAny = first.isSnv || second.isSnv;
        snv.missing += isEither(HaplotypeAllele::Missing) ? pairs[pair] : 0;
        snv.carriers += isEither(HaplotypeAllele::Alternate) ? pairs[pair] : 0;
        anyCarriers += carriesAny ? pairs[pair] : 0;
        known += carriesAny || !isEither(HaplotypeAllele::Missing) ? pairs[pair] : 0;
        ofReference += pairs[pair] * (first.haplotype.hasReference + second.haplotype.hasReference);
    }
    snv.carrierFraction = known == 0 ? 0 : static_cast<double>(anyCarriers) / static_cast<double>(known);
    return ofReference;
}

/// \param ofPosition all SNVs of its position
Snv snvOf(const AlleleMatrix& matrix, size_t s, const SnvAlleles& group, int effectAllele,
          const AlleleCounts& counts, const std::vector<std::pair<size_t, SnvAlleles>>& ofPosition) {
    const Site& site = matrix.sites[s];
    Snv snv;
    static_cast<Variant&>(snv) = site.change(effectAllele).variant(matrix.region.contig);
    snv.id = site.id;
    snv.alleleFrequency = static_cast<double>(counts.ofAllele[static_cast<size_t>(effectAllele)]) /
                          static_cast<double>(counts.called);
    const std::vector<AlleleMeaning> meanings = meaningsOf(site, group, effectAllele, counts);
    const auto isElsewhere = [&](size_t haplotype) { // another record's SNV stands there
        return std::any_of(ofPosition.begin(), ofPosition.end(), [&](const auto& other) {
            const auto& [otherSite, alleles] = other;
            return otherSite != s && std::find(alleles.alleles.begin(), alleles.alleles.end(),
                                               matrix.allele(otherSite, haplotype)) != alleles.alleles.end();
        });
    };
    const bool hasOthers = ofPosition.size() > 1;
    int64_t covered = 0; // haplotypes that keep the reference here, but not in another record
    const auto at = [&](size_t haplotype, size_t allele) {
        SnvGenotypes::Haplotype own = meanings[allele].haplotype;
        if (hasOthers && own.hasReference && isElsewhere(haplotype)) {
            own.hasReference = false;
            ++covered;
        }
        return own;
    };
    const size_t haplotypes = matrix.haplotypeCount();
    const int8_t* const alleles = matrix.alleles.data() + s * haplotypes;
    const auto next = [&](size_t p) { return hasOthers ? p : nextOther(alleles, 2 * p, haplotypes) / 2; };
    snv.genotypes.setAll(matrix.people.size(), meanings[1].haplotype);
    for (size_t p = next(0); p < matrix.people.size(); p = next(p + 1))
        snv.genotypes.set(p, at(2 * p, static_cast<size_t>(alleles[2 * p] + 1)),
                          at(2 * p + 1, static_cast<size_t>(alleles[2 * p + 1] + 1)));
    const int64_t ofReference = addCounts(meanings, counts, snv) - covered;
    snv.referenceFrequency = static_cast<double>(ofReference) / static_cast<double>(counts.called);
    return snv;
}

} // namespace

SnvPanel buildSnvPanel(const AlleleMatrix& matrix, const Region& window) {
    SnvPanel panel;
    panel.people = static_cast<int64_t>(matrix.people.size());
    for (const auto& [position, ofPosition] : snvSitesOf(matrix, window))
        for (const auto& [s, group] : ofPosition) {
            const AlleleCounts counts = countAlleles(matrix, s);
            if (const int effectAllele = effectAlleleOf(group, counts); effectAllele > 0)
                panel.snvs.push_back(snvOf(matrix, s, group, effectAllele, counts, ofPosition));
        }
    return panel;
}

std::vector<Eigen::Index> wellGenotyped(const SnvPanel& panel) {
    std::vector<Eigen::Index> columns;
    for (size_t v = 0; v < panel.snvs.size(); ++v)
        if (!isPoorlyGenotyped(panel.snvs[v], panel.people))
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
