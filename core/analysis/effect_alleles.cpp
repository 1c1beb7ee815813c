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

} // namespace

Eigen::VectorXd EffectAlleles::turned(Eigen::VectorXd ofAlternate) const {
    for (Eigen::Index v = 0; v < ofAlternate.size(); ++v)
        if (isReference[static_cast<size_t>(v)])
            ofAlternate(v) = -ofAlternate(v);
    return ofAlternate;
}

EffectAlleles effectAlleles(const SnvPanel& panel, AlleleConvention convention) {
    EffectAlleles alleles{{}, std::vector<bool>(panel.snvs.size(), false)};
    const auto people = static_cast<size_t>(panel.people);
    std::vector<uint8_t> copies(people * panel.snvs.size());
    for (size_t v = 0; v < panel.snvs.size(); ++v) {
        const Snv& snv = panel.snvs[v];
        alleles.isReference[v] = convention == AlleleConvention::Minor &&
                                 snv.alleleFrequency > snv.referenceFrequency &&
                                 isMostCommonThere(panel.snvs, v);
        const std::span<uint8_t> own = std::span(copies).subspan(v * people, people);
        if (alleles.isReference[v])
            snv.genotypes.countingReference().readCopies(own);
        else
            snv.genotypes.readCopies(own);
    }
    alleles.dosages = Dosages(panel.people, std::move(copies));
    return alleles;
}

Dosages alternateDosages(const SnvPanel& panel) {
    return effectAlleles(panel, AlleleConvention::Alternate).dosages;
}

} // namespace diploscope
