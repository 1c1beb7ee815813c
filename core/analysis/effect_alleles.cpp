// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/effect_alleles.h"

#include <cstdint>
#include <span>
#include <utility>

namespace diploscope {

namespace {

/// Of the SNVs of one position, or of its other variants, the first of those with the highest frequency. That
/// one alone is told by REF, as of one record with them all: else a linear model would count REF several
/// times.
bool isMostCommonThere(const std::vector<Snv>& snvs, size_t v) {
    size_t first = v;
    while (first > 0 && snvs[first - 1].position == snvs[v].position)
        --first;
    size_t best = v;
    for (size_t other = first; other < snvs.size() && snvs[other].position == snvs[v].position; ++other) {
        const double ahead = snvs[other].alleleFrequency - snvs[best].alleleFrequency;
        if (isSnv(snvs[other]) == isSnv(snvs[v]) && (ahead > 0 || (ahead == 0 && other < best)))
            best = other;
    }
    return best == v;
}

Dosages dosagesOf(const SnvPanel& panel, const std::vector<bool>& isReference, HaploidDosage haploid) {
    const auto people = static_cast<size_t>(panel.people);
    std::vector<uint8_t> copies(people * panel.snvs.size());
    for (size_t v = 0; v < panel.snvs.size(); ++v) {
        const SnvGenotypes told = panel.snvs[v].genotypes.counting(haploid);
        (isReference[v] ? told.countingReference() : told)
            .readCopies(std::span(copies).subspan(v * people, people));
    }
    return Dosages(panel.people, std::move(copies));
}

bool hasOneCopies(const SnvPanel& panel) {
    return std::any_of(panel.snvs.begin(), panel.snvs.end(),
                       [](const Snv& snv) { return snv.genotypes.hasOneCopies(); });
}

} // namespace

Eigen::VectorXd EffectAlleles::turned(Eigen::VectorXd ofAlternate) const {
    for (Eigen::Index v = 0; v < ofAlternate.size(); ++v)
        if (isReference[static_cast<size_t>(v)])
            ofAlternate(v) = -ofAlternate(v);
    return ofAlternate;
}

EffectAlleles effectAlleles(const SnvPanel& panel, AlleleConvention convention, HaploidDosage haploid) {
    EffectAlleles alleles;
    alleles.isReference.resize(panel.snvs.size());
    for (size_t v = 0; v < panel.snvs.size(); ++v)
        alleles.isReference[v] = convention == AlleleConvention::Minor &&
                                 panel.snvs[v].alleleFrequency > panel.snvs[v].referenceFrequency &&
                                 isMostCommonThere(panel.snvs, v);
    alleles.dosages = dosagesOf(panel, alleles.isReference, HaploidDosage::AsTwo);
    alleles.counted = haploid == HaploidDosage::AsOne && hasOneCopies(panel)
                          ? dosagesOf(panel, alleles.isReference, haploid)
                          : alleles.dosages;
    return alleles;
}

Dosages alternateDosages(const SnvPanel& panel, HaploidDosage haploid) {
    return dosagesOf(panel, std::vector<bool>(panel.snvs.size()), haploid);
}

} // namespace diploscope
