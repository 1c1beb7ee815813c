// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/person_locus.h"

#include <QPointer>
#include <QThread>

#include <chrono>
#include <utility>

namespace diploscope::ui {

std::shared_ptr<PersonLocus> PersonLocus::make(JobRunner& jobs, std::shared_ptr<const Workspace> workspace,
                                               std::shared_ptr<const Study> study, Gene gene) {
    const auto letGo = [runner = QPointer<JobRunner>(&jobs), gui = jobs.thread()](PersonLocus* locus) {
        std::shared_ptr<PersonLocus> last(locus);
        if (QThread::currentThread() == gui && runner)
            runner->run<void>({}, {}, JobRunner::Priority::Background,
                              [last = std::move(last)](const RunContext&) mutable -> Result<void> {
                                  last.reset();
                                  return {};
                              },
                              nullptr, {});
    };
    return {new PersonLocus(std::move(workspace), std::move(study), std::move(gene)), letGo};
}

PersonLocus::PersonLocus(std::shared_ptr<const Workspace> workspace, std::shared_ptr<const Study> study,
                         Gene gene)
    : m_workspace(std::move(workspace)), m_study(std::move(study)), m_gene(std::move(gene)) {}

Result<void> PersonLocus::read(const RunContext& context) {
    const AnalysisOptions& options = m_workspace->options;
    const std::shared_ptr<const Predictor>& predictor = m_workspace->predictor;
    DS_ASSIGN(std::shared_ptr<ScoreCache> cache, m_workspace->scores(context));
    DS_ASSIGN(PreparedLocus locus,
              PreparedLocus::read(*m_study, m_gene, predictor,
                                  options.score.value_or(defaultScore(predictor->info())),
                                  {options.method, std::move(cache), options.selfCheckEvery}, context));
    m_locus.emplace(std::move(locus));
    return {};
}

Result<PersonPaths> PersonLocus::follow(const std::string& sample, const std::string& against,
                                        const RunContext& context, const PersonSink& onPaths) {
    // Who is not asked for any more may still be in a last batch.
    std::unique_lock turn(m_turn, std::defer_lock);
    while (!turn.try_lock_for(std::chrono::milliseconds(20)))
        DS_TRY(context.checkpoint());
    if (!m_locus)
        DS_TRY(read(context));
    Result<PersonPaths> found = followPerson(*m_locus, sample, against, context, onPaths);
    if (!found && found.error().kind != ErrorKind::Cancelled)
        m_locus.reset(); // what failed once is not asked again as it is
    return found;
}

} // namespace diploscope::ui
