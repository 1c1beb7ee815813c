// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/simulate/haplotype_reads.h"

#include <algorithm>
#include <cmath>

namespace diploscope::simulate {

namespace {

constexpr double kReadsPerSnv = 16;  ///< of both haplotypes, in a gene of average depth
constexpr double kDepthSpread = 0.5; ///< sd over genes, log2
constexpr double kRatioSpread = 0.2; ///< sd over people beyond counting and their SNVs, log2 of the ratio
constexpr int64_t kMostSnvs = 3;     ///< reads over more of them would be the same reads again

bool isTranscribed(const Gene& gene, int64_t position) {
    return std::any_of(gene.exons.begin(), gene.exons.end(), [position](const Region& exon) {
        return position >= exon.start && position < exon.end;
    });
}

} // namespace

std::vector<HaplotypeReads> makeHaplotypeReads(const Locus& locus, const std::vector<SimulatedSite>& sites,
                                               const std::vector<double>& haplotypes, Random& random) {
    std::vector<int64_t> telling(haplotypes.size() / 2);
    for (const SimulatedSite& site : sites) {
        if (!site.site.isSnv(1) || !isTranscribed(locus.gene, site.site.position))
            continue;
        for (size_t p = 0; p < telling.size(); ++p)
            telling[p] += site.alleles[2 * p] != site.alleles[2 * p + 1];
    }
    const double depth = kReadsPerSnv * std::exp2(kDepthSpread * random.normal());
    std::vector<HaplotypeReads> reads(telling.size());
    for (size_t p = 0; p < reads.size(); ++p) {
        if (telling[p] == 0)
            continue;
        const double total = depth * static_cast<double>(std::min(telling[p], kMostSnvs));
        const double ratio = haplotypes[2 * p] - haplotypes[2 * p + 1] + kRatioSpread * random.normal();
        const double share = 1 / (1 + std::exp2(-ratio));
        reads[p].first = random.poisson(total * share);
        reads[p].second = random.poisson(total * (1 - share));
    }
    return reads;
}

} // namespace diploscope::simulate
