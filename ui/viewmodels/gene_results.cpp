// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/gene_results.h"

#include "analysis/genome_run.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/session_groups.h"

#include <QPointer>

#include <utility>

namespace diploscope::ui {

GeneResults::GeneResults(JobRunner& jobs, const StudyGenes& genes, const ChosenModel& model, QObject* parent)
    : QObject(parent), m_jobs(jobs), m_genes(genes), m_model(model) {
    clear();
}

void GeneResults::clear() {
    m_rows.clear();
    m_others = std::make_shared<const std::vector<ModelGenes>>();
    m_keptRuns = 0;
}

void GeneResults::forget() {
    for (const QString& group : {allGenesGroup, resultsGroup})
        m_jobs.cancelGroup(group);
    m_published = false;
    m_toldOfKept = false;
    m_job = 0;
    clear();
}

void GeneResults::setWorkspace(std::shared_ptr<const Workspace> workspace) {
    m_workspace = std::move(workspace);
    if (m_published)
        return;
    m_provenance =
        std::make_shared<Provenance>([made = m_workspace](const RunContext&) -> Result<ProvenanceLines> {
            return made->isReady() ? made->provenance() : ProvenanceLines();
        });
    clear();
}

void GeneResults::setPublished(const PublishedModels& models, const ModelGenes& model) {
    m_published = true;
    m_rows.clear();
    for (const GeneRow& row : model.genes)
        m_rows.insert(QString::fromStdString(row.geneId), std::make_shared<const GeneRow>(row));
    m_provenance = std::make_shared<Provenance>(
        [known = model.provenance](const RunContext&) -> Result<ProvenanceLines> { return known; });
    m_others = models.besides(model);
}

void GeneResults::renew() {
    Q_EMIT replaced();
    readStored();
}

void GeneResults::take(const GeneReport& report) {
    if (isWanted(report.gene.id))
        add(std::make_shared<const GeneRow>(rowOf(report)));
}

void GeneResults::takeFailure(const Gene& gene, const Error& error) {
    add(std::make_shared<const GeneRow>(failedRow(gene, error)));
}

void GeneResults::add(std::shared_ptr<const GeneRow> row) {
    const QString id = QString::fromStdString(row->geneId);
    m_rows.insert(id, std::move(row));
    Q_EMIT rowAdded(id);
}

bool GeneResults::isWanted(const std::string& geneId) const {
    const auto known = m_rows.constFind(QString::fromStdString(geneId));
    return known == m_rows.constEnd() || !(*known)->failure.empty();
}

void GeneResults::analyzeAll() {
    if (!m_model.runsIn(*m_workspace))
        return;
    const QPointer<GeneResults> self(this);
    const std::shared_ptr<const Workspace> workspace = m_workspace;
    std::vector<const StudyGene*> wanted;
    for (const Gene& gene : m_genes.all())
        if (isWanted(gene.id))
            wanted.push_back(&m_genes.studyGene(gene));
    m_job = m_jobs.run<GenomeRunResult>(
        tr("All genes · %1").arg(shownName(m_model.name())), allGenesGroup, JobRunner::Priority::Background,
        [runner = &m_jobs, self, workspace, wanted](const RunContext& context) {
            const auto onRow = [&](const GeneRow& row) {
                runner->post([self, workspace, shared = std::make_shared<const GeneRow>(row)] {
                    if (self && self->m_workspace == workspace)
                        self->add(shared);
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
            readStored(); // PrediXcan's R has come to genes that were stored before
        });
}

void GeneResults::readStored() {
    if (!m_model.runsIn(*m_workspace))
        return;
    m_jobs.run<StoredResults>(
        tr("Results so far"), resultsGroup, JobRunner::Priority::Seen,
        [workspace = m_workspace](const RunContext& context) { return workspace->stored(context); }, this,
        [this, workspace = m_workspace](Result<StoredResults> stored) {
            if (m_workspace != workspace)
                return;
            if (stored)
                takeStored(std::move(*stored));
            else
                Q_EMIT failed(stored.error());
        });
}

void GeneResults::takeStored(StoredResults stored) {
    for (GeneRow& row : stored.genes) {
        const QString id = QString::fromStdString(row.geneId);
        m_rows.insert(id, std::make_shared<const GeneRow>(std::move(row)));
    }
    m_others = std::make_shared<const std::vector<ModelGenes>>(std::move(stored.others));
    m_keptRuns = stored.kept.size();
    Q_EMIT replaced();
    tellOfKept(stored.kept, stored.genes.size());
    if (stored.stray && !std::exchange(m_toldOfKept, true))
        Q_EMIT otherRunsKept(QString::fromStdString(stored.stray->what),
                             QString::fromStdString(stored.stray->remedy));
}

void GeneResults::tellOfKept(const std::vector<StoredRun>& kept, size_t shown) {
    const StoredRun* most = nullptr;
    for (const StoredRun& run : kept)
        if (run.run.model == m_model.name() && (most == nullptr || run.run.genes > most->run.genes))
            most = &run;
    if (most == nullptr || most->run.genes <= static_cast<int64_t>(shown) ||
        std::exchange(m_toldOfKept, true))
        return;
    const std::shared_ptr<const Predictor> open = m_model.predictor();
    const QString state = most->standing == RunStanding::Current
                              ? open && most->run.modelChecksum != open->info().checksum
                                    ? tr("of other weights of this name")
                                    : tr("under other options")
                              : QString::fromStdString(standingInWords(*most));
    const QString what = most->run.genes == 1 ? tr("One gene is kept %1.").arg(state)
                                              : tr("%1 genes are kept %2.").arg(most->run.genes).arg(state);
    Q_EMIT otherRunsKept(what,
                         tr("On the command line: diploscope summary STUDY --run %1").arg(most->run.id));
}

} // namespace diploscope::ui
