// SPDX-License-Identifier: GPL-3.0-or-later
#include "workflow/experiment_locus.h"

#include "analysis/provenance.h"
#include "analysis/report_frame.h"
#include "experiment/experiment_tables.h"

#include <utility>

namespace diploscope {

Result<ExperimentLocus> readExperimentLocus(const Workspace& workspace, const StudyGene& gene,
                                            const RunContext& context, int64_t leastFlank) {
    const Study& study = *workspace.study();
    const AnalysisOptions& options = workspace.options;
    const ScoreOptions score = workspace.score();
    DS_ASSIGN(std::shared_ptr<ScoreCache> cache, workspace.scores(context));
    DS_ASSIGN(PreparedLocus locus,
              PreparedLocus::read(study, gene.gene, workspace.predictor, score,
                                  {options.method, std::move(cache), options.selfCheckEvery}, context,
                                  leastFlank));
    DS_ASSIGN(Eigen::VectorXd observed, observedAt(study, gene, locus.locus()));
    ExperimentSubject subject{
        gene.gene,
        workspace.predictor->info().unit,
        observedUnit(study.file()),
        locus.people(),
        std::move(observed),
        locusProvenance(locus, gene.gene, scoreProvenance(study, *workspace.predictor, score, options))};
    return ExperimentLocus{std::move(subject), std::move(locus)};
}

} // namespace diploscope
