// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/effect_alleles.h"

namespace diploscope {

namespace {

/// Of the SNVs of one position the first of those with the highest frequency. That one alone is told by REF,
/// as of one record with them all: else a linear model would count REF several times.
bool isMostCommonThere(const std::vector<Snv>& snvs, size_t v) {
    size_t best = v;
    while (best > 0 && snvs[best - 1].position == snvs[v].position)
        --best;
    for (size_t other = best + 1; other < snvs.size() && snvs[other].position == snvs[v].position; ++other)
        if (snvs[other].alleleFrequency > snvs[best].alleleFrequency)
            best = other;
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
    EffectAlleles alleles{panel.dosages, std::vector<bool>(panel.snvs.size(), false)};
    if (convention == AlleleConvention::Alternate)
        return alleles;
    for (size_t v = 0; v < panel.snvs.size(); ++v) {
        const Snv& snv = panel.snvs[v];
        if (snv.alleleFrequency <= snv.referenceFrequency || !isMostCommonThere(panel.snvs, v))
            continue;
        const auto column = static_cast<Eigen::Index>(v);
        alleles.isReference[v] = true;
        const SnvGenotypes turned = snv.genotypes.countingReference();
        for (size_t p = 0; p < turned.people(); ++p)
            if (const uint8_t copies = turned.copies(p); copies != SnvGenotypes::NoGenotype)
                alleles.dosages(static_cast<Eigen::Index>(p), column) = copies;
    }
    return alleles;
}

} // namespace diploscope
