// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/warm_locus.h"

#include "analysis/provenance.h"
#include "analysis/report_frame.h"
#include "experiment/experiment_tables.h"
#include "study/study.h"

#include <QPointer>
#include <QThread>

#include <chrono>

namespace diploscope::ui {
namespace {

std::shared_ptr<WarmLocus> droppedByJob(JobRunner& jobs, std::unique_ptr<WarmLocus> locus) {
    WarmLocus* raw = locus.get();
    return {raw, [runner = QPointer<JobRunner>(&jobs), gui = jobs.thread(),
                  owned = std::shared_ptr<WarmLocus>(std::move(locus))](WarmLocus*) mutable {
                if (QThread::currentThread() == gui && runner)
                    runner->run<void>({}, {}, JobRunner::Priority::Background,
                                      [owned = std::move(owned)](const RunContext&) mutable -> Result<void> {
                                          owned.reset();
                                          return {};
                                      },
                                      nullptr, {});
            }};
}

} // namespace

Result<std::unique_ptr<WarmLocus>> readWarmLocus(const Workspace& workspace, const Study& study,
                                                 const std::string& geneId, const RunContext& context) {
    DS_ASSIGN(const StudyGene* gene, study.findGene(geneId));
    DS_ASSIGN(std::shared_ptr<ScoreCache> cache, workspace.scores(context));
    const AnalysisOptions& options = workspace.options;
    const ScoreOptions score = options.score.value_or(defaultScore(workspace.predictor->info()));
    // Wide enough for what people try: deletions draw on what stands beside the window.
    DS_ASSIGN(PreparedLocus locus,
              PreparedLocus::read(study, gene->gene, workspace.predictor, score,
                                  {options.method, std::move(cache), options.selfCheckEvery}, context,
                                  MostDeleted + startingFlank(VariantMode::SnvAndIndel)));
    DS_ASSIGN(Eigen::VectorXd observed, observedAt(study, *gene, locus.locus().alleles));
    Provenance provenance =
        locusProvenance(locus, gene->gene, scoreProvenance(study, *workspace.predictor, score, options));
    ExperimentSubject subject{gene->gene,
                              workspace.predictor->info().unit,
                              observedUnit(study.file()),
                              locus.people(),
                              std::move(observed),
                              std::move(provenance)};
    return std::unique_ptr<WarmLocus>(new WarmLocus{std::move(subject),
                                                    std::move(locus),
                                                    study.reference().contigs(),
                                                    options.statistics,
                                                    study.file().name,
                                                    {}});
}

Result<std::unique_lock<std::timed_mutex>> turnOf(std::timed_mutex& mutex, const RunContext& context) {
    std::unique_lock lock(mutex, std::defer_lock);
    do
        DS_TRY(context.checkpoint());
    while (!lock.try_lock_for(std::chrono::milliseconds(20)));
    return Result<std::unique_lock<std::timed_mutex>>(std::move(lock));
}

SharedLocus::SharedLocus(JobRunner& jobs, std::shared_ptr<const Workspace> workspace,
                         std::shared_ptr<const Study> study, std::string geneId)
    : m_jobs(jobs), m_workspace(std::move(workspace)), m_study(std::move(study)), m_gene(std::move(geneId)) {}

Result<std::shared_ptr<WarmLocus>> SharedLocus::get(const RunContext& context) {
    DS_ASSIGN(const auto reading, turnOf(m_reading, context));
    if (!m_locus) {
        DS_ASSIGN(std::unique_ptr<WarmLocus> made, readWarmLocus(*m_workspace, *m_study, m_gene, context));
        m_locus = droppedByJob(m_jobs, std::move(made));
    }
    return m_locus;
}

} // namespace diploscope::ui
