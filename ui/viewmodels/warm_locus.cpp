// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/warm_locus.h"

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

Result<std::unique_ptr<WarmLocus>> readWarmLocus(const Workspace& workspace, const std::string& geneId,
                                                 const RunContext& context) {
    const Study& study = *workspace.study();
    DS_ASSIGN(const StudyGene* gene, study.findGene(geneId));
    // Wide enough for what people try: deletions draw on what stands beside the window.
    DS_ASSIGN(ExperimentLocus read,
              readExperimentLocus(workspace, *gene, context,
                                  MostDeleted + startingFlank(VariantMode::SnvAndIndel)));
    return std::unique_ptr<WarmLocus>(new WarmLocus{std::move(read.subject),
                                                    std::move(read.locus),
                                                    study.reference().contigs(),
                                                    workspace.options.statistics,
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

SharedLocus::SharedLocus(JobRunner& jobs, std::shared_ptr<const Workspace> workspace, std::string geneId)
    : m_jobs(jobs), m_workspace(std::move(workspace)), m_gene(std::move(geneId)) {}

Result<std::shared_ptr<WarmLocus>> SharedLocus::get(const RunContext& context) {
    DS_ASSIGN(const auto reading, turnOf(m_reading, context));
    if (!m_locus) {
        DS_ASSIGN(std::unique_ptr<WarmLocus> made, readWarmLocus(*m_workspace, m_gene, context));
        m_locus = droppedByJob(m_jobs, std::move(made));
    }
    return m_locus;
}

} // namespace diploscope::ui
