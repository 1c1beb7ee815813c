// SPDX-License-Identifier: GPL-3.0-or-later
// Session: all genes, and what the study's result store keeps of them.
#include "viewmodels/gene_text.h"
#include "viewmodels/session.h"
#include "viewmodels/session_groups.h"

#include <QPointer>

namespace diploscope::ui {

JobId Session::analyzeAllGenes() {
    if (!canAnalyze())
        return 0;
    const QPointer<Session> self(this);
    const std::shared_ptr<const Workspace> workspace = m_workspace;
    std::vector<const StudyGene*> wanted;
    for (const Gene& gene : genes()) {
        const auto known = m_results.constFind(QString::fromStdString(gene.id));
        if (known == m_results.constEnd() || !(*known)->failure.empty())
            wanted.push_back(&studyGene(gene));
    }
    return m_jobs.run<GenomeRunResult>(
        tr("All genes · %1").arg(shownName(m_model->info().name)), allGenesGroup,
        JobRunner::Priority::Background,
        [runner = &m_jobs, self, workspace, wanted](const RunContext& context) {
            const auto onRow = [&](const GeneRow& row) {
                runner->post([self, workspace, shared = std::make_shared<const GeneRow>(row)] {
                    if (self && self->m_workspace == workspace)
                        self->takeRow(shared);
                });
            };
            return workspace->analyzeAll(wanted, {.onReport = {}, .onRow = onRow, .needed = {}}, context);
        },
        this,
        [this, workspace](const Result<GenomeRunResult>& result) {
            if (m_workspace != workspace || !result)
                return;
            if (!result->leftOut.empty())
                Q_EMIT failed(leftOutInWords(result->leftOut));
            readResults(); // PrediXcan's R has come to genes that were stored before
        });
}

void Session::readResults() {
    if (!canAnalyze())
        return;
    m_jobs.run<StoredResults>(
        tr("Results so far"), resultsGroup, JobRunner::Priority::Seen,
        [workspace = m_workspace](const RunContext& context) { return workspace->stored(context); }, this,
        [this, workspace = m_workspace](Result<StoredResults> stored) {
            if (m_workspace != workspace)
                return;
            if (!stored) {
                Q_EMIT failed(stored.error());
                return;
            }
            for (GeneRow& row : stored->genes) {
                const QString id = QString::fromStdString(row.geneId);
                m_results.insert(id, std::make_shared<const GeneRow>(std::move(row)));
            }
            m_others = std::make_shared<const std::vector<ModelGenes>>(std::move(stored->others));
            m_keptRuns = stored->kept.size();
            Q_EMIT resultsReplaced();
            tellOfKept(stored->kept, stored->genes.size());
            if (stored->stray && !std::exchange(m_toldOfKept, true))
                Q_EMIT otherRunsKept(QString::fromStdString(stored->stray->what),
                                     QString::fromStdString(stored->stray->remedy));
        });
}

void Session::tellOfKept(const std::vector<StoredRun>& kept, size_t shown) {
    const StoredRun* most = nullptr;
    for (const StoredRun& run : kept)
        if (run.run.model == modelName() && (most == nullptr || run.run.genes > most->run.genes))
            most = &run;
    if (most == nullptr || most->run.genes <= static_cast<int64_t>(shown) ||
        std::exchange(m_toldOfKept, true))
        return;
    const QString state = most->standing == RunStanding::Current
                              ? m_model && most->run.modelChecksum != m_model->info().checksum
                                    ? tr("of other weights of this name")
                                    : tr("under other options")
                              : QString::fromStdString(standingInWords(*most));
    const QString what = most->run.genes == 1 ? tr("One gene is kept %1.").arg(state)
                                              : tr("%1 genes are kept %2.").arg(most->run.genes).arg(state);
    Q_EMIT otherRunsKept(what,
                         tr("On the command line: diploscope summary STUDY --run %1").arg(most->run.id));
}

} // namespace diploscope::ui
