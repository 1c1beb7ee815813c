// SPDX-License-Identifier: GPL-3.0-or-later
#include "experiment/ablation.h"

#include "base/stage_clock.h"

#include <set>
#include <span>
#include <string>

namespace diploscope {

namespace {

/// Sets alleles of one record to the reference. \param alleles [haplotypes]
void keepSome(const Site& site, const std::string& contig, std::span<int8_t> alleles,
              const std::function<bool(const Variant&)>& keeps) {
    std::vector<bool> kept(site.alts.size() + 1, true);
    for (size_t allele = 1; allele < kept.size(); ++allele)
        if (const AlleleChange change = site.change(static_cast<int>(allele)); isSequence(change.kind))
            kept[allele] = keeps(change.variant(contig));
    for (int8_t& allele : alleles)
        if (allele > 0 && !kept[static_cast<size_t>(allele)])
            allele = 0;
}

} // namespace

AlleleMatrix keptAlleles(const AlleleMatrix& alleles, const std::function<bool(const Variant&)>& keeps) {
    AlleleMatrix kept = alleles;
    const size_t haplotypes = kept.haplotypeCount();
    for (size_t s = 0; s < kept.sites.size(); ++s)
        keepSome(kept.sites[s], kept.region.contig, {kept.alleles.data() + s * haplotypes, haplotypes},
                 keeps);
    for (AlleleMatrix::Repeat& repeat : kept.repeats)
        keepSome(repeat.site, kept.region.contig, repeat.alleles, keeps);
    return kept;
}

Result<Ablation> ablate(PreparedLocus& locus, const AblationRequest& request, const Eigen::VectorXd& observed,
                        const RunContext& context, const AblationSink& onFound) {
    const StageTime time(context, Stage::Statistics); // but for scores
    DS_TRY(locus.checkListed(request.variants));
    std::set<Variant> chosen;
    for (const Variant& variant : request.variants)
        chosen.insert(locus.aligned(variant));
    DS_ASSIGN(const Haplotypes left,
              locus.haplotypesOf(keptAlleles(locus.locus().alleles, [&](const Variant& variant) {
                  return chosen.contains(locus.aligned(variant)) == request.keepOnly;
              })));
    const Haplotypes& own = locus.locus().haplotypes;

    Ablation found;
    const auto fill = [&](const Eigen::VectorXd& after, int64_t resamples) -> Result<void> {
        found.after = locus.byPerson(left, after);
        DS_ASSIGN(found.r, pairedR(observed, found.predictedBefore(), found.predictedAfter(),
                                   locus.resolution(), resamples, request.seed, context));
        return {};
    };
    const auto onScores = [&](const ExperimentScores& scores) {
        if (onFound && !scores.byMember.hasNaN() && fill(scores.scores(), 0))
            onFound(found);
    };
    // Two runs, as a self-check looks at some of each kind of sequences.
    DS_ASSIGN(const ExperimentScores whole,
              locus.run({"Predicting people's haplotypes", own.distinct}, context));
    found.counts.add(whole);
    found.before = locus.byPerson(own, whole.scores());
    DS_ASSIGN(const ExperimentScores ablated,
              locus.run({request.keepOnly ? "Predicting haplotypes with these variants alone"
                                          : "Predicting haplotypes without these variants",
                         left.distinct},
                        context, onScores));
    found.counts.add(ablated);
    DS_TRY(fill(ablated.scores(), request.resamples));
    return found;
}

} // namespace diploscope
