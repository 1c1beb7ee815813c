// SPDX-License-Identifier: GPL-3.0-or-later
#include "sequence/snv_panel.h"

#include "sequence/window_cut.h"

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

std::vector<size_t> peopleWithOneCopy(const AlleleMatrix& matrix, size_t site) {
    std::vector<size_t> found;
    if (site < matrix.oneCopy.size())
        for (size_t person = 0; person < matrix.oneCopy[site].size(); ++person)
            if (matrix.oneCopy[site][person])
                found.push_back(person);
    return found;
}

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
    for (const size_t person : peopleWithOneCopy(matrix, site))
        if (const int8_t allele = first[2 * person]; allele != AlleleMatrix::Missing) {
            --counts.ofAllele[static_cast<size_t>(allele)];
            --counts.called;
        }
    return counts;
}

/// Alleles of one record that are SNVs of one position once trimmed, or others of one once left-aligned.
/// Nearly every record has one such group.
struct AlleleGroup {
    int64_t position = 0;
    bool isSnv = true;
    std::vector<int> alleles;
    std::vector<Variant> variants; ///< what each is called
};

/// \param reference null: SNVs alone
std::vector<AlleleGroup> groupsOf(const Site& site, const Region& window, const ReferenceStretch* reference) {
    std::vector<AlleleGroup> groups;
    for (int allele = 1; allele <= static_cast<int>(site.alts.size()); ++allele) {
        const AlleleChange change = site.change(allele);
        const bool isSnv = change.kind == AlleleKind::Snv;
        if (!isSnv && (reference == nullptr || !isSequence(change.kind)))
            continue;
        Variant variant = change.variant(window.contig);
        if (!isSnv)
            variant = leftAligned(std::move(variant), *reference);
        const bool isAnchored = changesLength(variant) && variant.ref.front() == variant.alt.front();
        if (!window.contains(variant.position) || !window.contains(variant.position + isAnchored))
            continue;
        auto group = std::find_if(groups.begin(), groups.end(), [&](const AlleleGroup& known) {
            return known.position == variant.position && known.isSnv == isSnv;
        });
        if (group == groups.end())
            group = groups.insert(groups.end(), {variant.position, isSnv, {}, {}});
        group->alleles.push_back(allele);
        group->variants.push_back(std::move(variant));
    }
    return groups;
}

/// Of SNVs the most common one, the first listed on a tie; of others all. None that nobody carries.
/// \return indexes into the group
std::vector<size_t> effectAllelesOf(const AlleleGroup& group, const AlleleCounts& counts) {
    const auto countOf = [&](size_t i) { return counts.ofAllele[static_cast<size_t>(group.alleles[i])]; };
    std::vector<size_t> chosen;
    for (size_t i = 0; i < group.alleles.size(); ++i) {
        if (countOf(i) == 0)
            continue;
        if (!group.isSnv || chosen.empty())
            chosen.push_back(i);
        else if (countOf(i) > countOf(chosen.front()))
            chosen.front() = i;
    }
    return chosen;
}

/// Whether a haplotype with this allele of the record has REF's base at the position: one that changes others
/// has, and so has the anchor of an indel.
bool keepsBase(const Site& site, int allele, int64_t position) {
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

/// Whether a haplotype with this allele of the record has REF where `effect` changes it.
bool keepsReference(const Site& site, int allele, const AlleleChange& effect) {
    if (effect.kind == AlleleKind::Snv)
        return keepsBase(site, allele, effect.position);
    if (allele == 0)
        return true;
    const AlleleChange change = site.change(allele);
    if (!isSequence(change.kind))
        return change.kind == AlleleKind::Same;
    // First and last of what it changes, bases and gaps in one order: base i is 2 i, the gap behind it 2 i
    // + 1.
    const auto changed = [](const AlleleChange& of) {
        const bool isAnchored = of.kind == AlleleKind::Indel && of.ref.front() == of.alt.front();
        const int64_t first = 2 * of.position + isAnchored;
        return std::pair(first, std::max(first, 2 * (of.position + static_cast<int64_t>(of.ref.size())) - 2));
    };
    const auto [first, last] = changed(effect);
    const auto [otherFirst, otherLast] = changed(change);
    return otherLast < first || last < otherFirst;
}

/// Groups of all records by position: those of one position are often written as a record each.
using GroupSites = std::map<int64_t, std::vector<std::pair<size_t, AlleleGroup>>>;

GroupSites groupSitesOf(const AlleleMatrix& matrix, const Region& window, const ReferenceStretch* reference) {
    GroupSites sites;
    for (size_t s = 0; s < matrix.sites.size(); ++s)
        for (AlleleGroup& group : groupsOf(matrix.sites[s], window, reference))
            sites[group.position].emplace_back(s, std::move(group));
    return sites;
}

/// What a haplotype has at a variant by its allele of the variant's record, where no other record counts.
struct AlleleMeaning {
    SnvGenotypes::Haplotype haplotype;
    bool isOfGroup = false; ///< the variant's, or another one of its place
};

/// \return [alleles + 1], from missing on
std::vector<AlleleMeaning> meaningsOf(const Site& site, const AlleleGroup& group, int effectAllele,
                                      const AlleleCounts& counts) {
    std::vector<AlleleMeaning> meanings(1); // missing
    const AlleleChange effect = site.change(effectAllele);
    for (int allele = 0; allele < static_cast<int>(counts.ofAllele.size()); ++allele) {
        AlleleMeaning meaning;
        meaning.haplotype.allele = allele == effectAllele ? HaplotypeAllele::Alternate
                                   : allele == 0          ? HaplotypeAllele::Reference
                                                          : HaplotypeAllele::Other;
        meaning.haplotype.hasReference =
            counts.ofAllele[static_cast<size_t>(allele)] > 0 && keepsReference(site, allele, effect);
        meaning.isOfGroup =
            std::find(group.alleles.begin(), group.alleles.end(), allele) != group.alleles.end();
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
        const bool carriesAny = first.isOfGroup || second.isOfGroup;
        snv.missing += isEither(HaplotypeAllele::Missing) ? pairs[pair] : 0;
        snv.carriers += isEither(HaplotypeAllele::Alternate) ? pairs[pair] : 0;
        anyCarriers += carriesAny ? pairs[pair] : 0;
        known += carriesAny || !isEither(HaplotypeAllele::Missing) ? pairs[pair] : 0;
        ofReference += pairs[pair] * (first.haplotype.hasReference + second.haplotype.hasReference);
    }
    snv.carrierFraction = known == 0 ? 0 : static_cast<double>(anyCarriers) / static_cast<double>(known);
    return ofReference;
}

/// \param chosen index into the group \param ofPosition all groups of its position
Snv snvOf(const AlleleMatrix& matrix, size_t s, const AlleleGroup& group, size_t chosen,
          const AlleleCounts& counts, const std::vector<std::pair<size_t, AlleleGroup>>& ofPosition) {
    const Site& site = matrix.sites[s];
    const int effectAllele = group.alleles[chosen];
    Snv snv;
    static_cast<Variant&>(snv) = group.variants[chosen];
    snv.contig = matrix.region.contig;
    snv.id = site.id;
    snv.alleleFrequency = static_cast<double>(counts.ofAllele[static_cast<size_t>(effectAllele)]) /
                          static_cast<double>(counts.called);
    const std::vector<AlleleMeaning> meanings = meaningsOf(site, group, effectAllele, counts);
    const auto isOther = [&](const std::pair<size_t, AlleleGroup>& one) {
        return one.first != s && one.second.isSnv == group.isSnv;
    };
    const auto isElsewhere = [&](size_t haplotype) { // another record's change stands there
        return std::any_of(ofPosition.begin(), ofPosition.end(), [&](const auto& other) {
            const auto& [otherSite, alleles] = other;
            return isOther(other) && std::find(alleles.alleles.begin(), alleles.alleles.end(),
                                               matrix.allele(otherSite, haplotype)) != alleles.alleles.end();
        });
    };
    const bool hasOthers =
        ofPosition.size() > 1 && std::any_of(ofPosition.begin(), ofPosition.end(), isOther);
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
    int64_t ofReference = addCounts(meanings, counts, snv) - covered;
    for (const size_t person : peopleWithOneCopy(matrix, s)) {
        snv.genotypes.setOneCopy(person);
        ofReference -= snv.genotypes.hasReference(2 * person);
    }
    int64_t withoutCopy = 0;
    for (size_t p = 0; p < matrix.withoutCopy.size(); ++p)
        withoutCopy += matrix.hasNoCopy(s, p);
    snv.missing -= withoutCopy;
    snv.people = static_cast<int64_t>(matrix.people.size()) - withoutCopy;
    snv.referenceFrequency = static_cast<double>(ofReference) / static_cast<double>(counts.called);
    return snv;
}

/// Whether a record before has the allele, written otherwise.
bool isListed(const SnvPanel& panel, const Variant& variant) {
    for (auto one = panel.snvs.rbegin(); one != panel.snvs.rend() && one->position == variant.position; ++one)
        if (one->ref == variant.ref && one->alt == variant.alt)
            return true;
    return false;
}

SnvPanel panelOf(const AlleleMatrix& matrix, const Region& window, const ReferenceStretch* reference) {
    SnvPanel panel;
    panel.people = static_cast<int64_t>(matrix.people.size());
    for (const auto& [position, ofPosition] : groupSitesOf(matrix, window, reference))
        for (const auto& [s, group] : ofPosition) {
            const AlleleCounts counts = countAlleles(matrix, s);
            for (const size_t chosen : effectAllelesOf(group, counts))
                if (group.isSnv || !isListed(panel, group.variants[chosen]))
                    panel.snvs.push_back(snvOf(matrix, s, group, chosen, counts, ofPosition));
        }
    return panel;
}

} // namespace

std::vector<size_t> SnvPanel::indels() const {
    std::vector<size_t> found;
    for (size_t v = 0; v < snvs.size(); ++v)
        if (changesLength(snvs[v]))
            found.push_back(v);
    return found;
}

SnvPanel buildSnvPanel(const AlleleMatrix& matrix, const Region& window) {
    return panelOf(matrix, window, nullptr);
}

SnvPanel buildPanel(const AlleleMatrix& matrix, const Region& window, VariantMode mode,
                    const ReferenceStretch& reference) {
    return panelOf(matrix, window, mode == VariantMode::Snv ? nullptr : &reference);
}

std::vector<Eigen::Index> wellGenotyped(const SnvPanel& panel) {
    std::vector<Eigen::Index> columns;
    for (size_t v = 0; v < panel.snvs.size(); ++v)
        if (!isPoorlyGenotyped(panel.snvs[v]))
            columns.push_back(static_cast<Eigen::Index>(v));
    return columns;
}

std::vector<EditList> ismSequences(const SnvPanel& panel, const ReferenceWindow& window) {
    std::vector<EditList> sequences;
    const std::vector<size_t> indels = panel.indels();
    sequences.reserve(panel.snvs.size() + indels.size());
    for (const Snv& snv : panel.snvs)
        sequences.push_back(
            {Edit(snv.position - window.region.start, static_cast<int32_t>(snv.ref.size()), snv.alt)});
    for (const size_t v : indels) {
        Edit& edit = sequences[v].front();
        const int64_t atLeft = growthAtLeft(edit, window.tssOffset);
        // What deletes bases on both sides of the TSS would draw on both ends: neither trim leaves it there.
        if (atLeft != 0 && atLeft != edit.growth())
            edit.room = RoomAt::RightEnd;
        const bool isAtLeft = growthAtLeft(edit, window.tssOffset) != 0;
        sequences.push_back(
            {Edit(edit.offset, edit.refLength, edit.alt, isAtLeft ? RoomAt::RightEnd : RoomAt::LeftEnd)});
    }
    return sequences;
}

OverTrims overTrims(const SnvPanel& panel, const Eigen::MatrixXd& values) {
    const auto variants = static_cast<Eigen::Index>(panel.snvs.size());
    const std::vector<size_t> indels = panel.indels();
    OverTrims found{values.topRows(variants), {}};
    found.halfDifference.resize(static_cast<Eigen::Index>(indels.size()), values.cols());
    for (size_t i = 0; i < indels.size(); ++i) {
        const auto row = static_cast<Eigen::Index>(indels[i]);
        const auto other = static_cast<Eigen::Index>(i);
        found.halfDifference.row(other) = 0.5 * (values.row(row) - values.row(variants + other));
        found.mean.row(row) = 0.5 * (values.row(row) + values.row(variants + other));
    }
    return found;
}

} // namespace diploscope
