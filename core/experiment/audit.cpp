// SPDX-License-Identifier: GPL-3.0-or-later
#include "experiment/audit.h"

#include "analysis/effect_alleles.h"
#include "base/stage_clock.h"
#include "sequence/snv_panel.h"

#include <algorithm>

namespace diploscope {

Result<Audit> audit(PreparedLocus& locus, const GeneReport& report, const Eigen::VectorXd& observed,
                    const AuditRequest& request, const RunContext& context) {
    const StageTime time(context, Stage::Statistics); // but for scores
    const Locus& own = locus.locus();
    SnvPanel panel = panelOf(own);
    DS_ASSIGN(const std::vector<bool> listed,
              locus.lists(std::vector<Variant>(panel.snvs.begin(), panel.snvs.end())));
    size_t next = 0;
    std::erase_if(panel.snvs, [&](const Snv&) { return !listed[next++]; });
    const std::vector<Eigen::Index> used = wellGenotyped(panel);
    DS_ASSIGN(const ExperimentScores single,
              locus.run({"Predicting single variants (ISM)", ismSequences(panel, own.window)}, context));
    DS_ASSIGN(const ExperimentScores haplotypes,
              locus.run({"Predicting people's haplotypes", own.haplotypes.distinct}, context));
    const Eigen::VectorXd ism = overTrims(panel, single.effects()).mean(used, 0);
    const Dosages dosages = alternateDosages(panel, HaploidDosage::AsTwo).only(used);

    Audit found;
    found.counts.add(single);
    found.counts.add(haplotypes);
    found.predicted = locus.byPerson(own.haplotypes, haplotypes.scores()).rowwise().mean();
    found.additivity =
        additivityOf(ism, dosages, found.predicted, single.referenceScore(), locus.resolution());

    std::vector<int64_t> columns; // of the drivers
    for (const DriverResult& driver : report.drivers) {
        const Variant& variant = report.variants[driver.variant];
        const auto column = std::find_if(used.begin(), used.end(), [&](Eigen::Index v) {
            return static_cast<const Variant&>(panel.snvs[static_cast<size_t>(v)]) == variant;
        });
        if (column == used.end())
            continue;
        columns.push_back(column - used.begin());
        found.drivers.push_back(variant);
    }
    DS_ASSIGN(found.court, signCourt(ism, dosages, observed, columns, request.seed, context));
    for (int64_t& turned : found.court.turned)
        turned = std::find(columns.begin(), columns.end(), turned) - columns.begin();

    if (locus.isListed()) {
        found.note = AddsUp;
        return found;
    }
    const size_t pairsOf = std::min(request.pairsOf, found.drivers.size());
    DS_ASSIGN(
        found.interactions,
        interactionsOf(locus,
                       {found.drivers.begin(), found.drivers.begin() + static_cast<std::ptrdiff_t>(pairsOf)},
                       context));
    found.counts.add(found.interactions.counts);
    return found;
}

} // namespace diploscope
