// SPDX-License-Identifier: GPL-3.0-or-later
#include "experiment/locus_report.h"

#include "sequence/snv_panel.h"

#include <utility>

namespace diploscope {

Result<LocusReport> reportOfLocus(PreparedLocus& locus, const Study& study, const StudyGene& gene,
                                  const std::shared_ptr<const Predictor>& predictor,
                                  const AnalysisOptions& options, const RunContext& context) {
    const Locus& own = locus.locus();
    const SnvPanel panel = panelOf(own);
    Experiment ism{"Predicting single variants (ISM)", ismSequences(panel, own.window)};
    DS_ASSIGN(const std::vector<bool> listed,
              locus.lists(std::vector<Variant>(panel.snvs.begin(), panel.snvs.end())));
    const std::vector<size_t> indels = panel.indels();
    for (size_t i = 0; i < ism.sequences.size(); ++i)
        if (!listed[i < listed.size() ? i : indels[i - listed.size()]])
            ism.sequences[i].clear(); // of which the report says nothing
    DS_ASSIGN(const ExperimentScores single, locus.run(ism, context));
    DS_ASSIGN(const ExperimentScores haplotypes,
              locus.run({"Predicting people's haplotypes", own.haplotypes.distinct}, context));
    LocusScores scores;
    scores.ism.resize(single.byMember.rows() + 1, single.byMember.cols());
    scores.ism << single.reference, single.byMember;
    scores.haplotypes = haplotypes.byMember;
    LocusReport made;
    made.counts.add(single);
    made.counts.add(haplotypes);
    DS_ASSIGN(made.report, reportOfScores(study, gene, predictor, own, std::move(scores), options, context));
    return made;
}

} // namespace diploscope
