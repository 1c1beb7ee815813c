// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shown_gene.h"

#include "viewmodels/gene_text.h"
#include "viewmodels/session_groups.h"

#include <QPointer>

#include <cstddef>
#include <utility>

namespace diploscope::ui {

namespace {

constexpr int keptReports = 24;

} // namespace

ShownGene::ShownGene(JobRunner& jobs, const StudyGenes& genes, const ChosenModel& model, GeneResults& results,
                     QObject* parent)
    : QObject(parent)
    , m_jobs(jobs)
    , m_genes(genes)
    , m_model(model)
    , m_results(results)
    , m_reports(keptReports) {}

ShownGene::~ShownGene() = default;

void ShownGene::forget(std::shared_ptr<const Study> study) {
    m_jobs.cancelGroup(geneGroup);
    m_study = std::move(study);
    m_gene = nullptr;
    m_report.reset();
    m_error.reset();
    m_fromCache = 0;
    m_computed = 0;
}

void ShownGene::setWorkspace(std::shared_ptr<const Workspace> workspace) {
    m_workspace = std::move(workspace);
    m_isCurrent = false;
    m_reports.clear();
    m_toldNotStored = false;
    m_toldTables = false;
}

void ShownGene::show(const Gene& gene) {
    // Asked for again while it is shown or on its way: the completer and the return key both ask.
    if (&gene == m_gene && !m_error)
        return;
    m_gene = &gene;
    m_report.reset();
    m_error.reset();
    Q_EMIT geneChanged();
    analyze();
}

void ShownGene::hide() {
    if (m_gene == nullptr)
        return;
    m_jobs.cancelGroup(geneGroup);
    m_gene = nullptr;
    m_report.reset();
    m_error.reset();
    Q_EMIT geneChanged();
}

void ShownGene::giveUp(const Error& error) {
    m_report.reset();
    m_error = error;
    Q_EMIT reportChanged();
}

void ShownGene::analyze() {
    if (m_gene == nullptr || !m_model.runsIn(*m_workspace))
        return;
    m_error.reset();
    if (const auto* known = m_reports.object(QString::fromStdString(m_gene->id))) {
        m_jobs.cancelGroup(geneGroup);
        m_report = *known;
        m_isCurrent = true;
        Q_EMIT reportChanged();
        if (!m_gradients || m_report->answersGradients())
            return;
    }
    using Analysed = Workspace::Analysed;
    const QPointer<ShownGene> self(this);
    const std::shared_ptr<const Workspace> workspace = m_workspace;
    const Gene* gene = m_gene;
    // Partial results go through the runner, which outlives its workers; whether they still matter is decided
    // here.
    const ReportSink onPartial = [runner = &m_jobs, self, workspace, gene](const Report& report) {
        runner->post([self, workspace, gene, report] {
            if (!self || self->m_workspace != workspace || self->m_gene != gene ||
                (self->m_report && self->m_report->complete))
                return;
            self->m_report = report;
            self->m_isCurrent = true;
            Q_EMIT self->reportChanged();
        });
    };
    m_jobs.run<Analysed>(
        geneText(*m_gene) + QStringLiteral(" · ") + shownName(m_model.name()), geneGroup,
        JobRunner::Priority::Seen,
        [workspace, asked = &m_genes.studyGene(*gene), gradients = m_gradients, onPartial](
            const RunContext& context) { return workspace->analyze(*asked, gradients, context, onPartial); },
        this,
        [this, workspace, gene](Result<Analysed> result) {
            if (m_workspace == workspace)
                take(*gene, std::move(result));
        });
}

void ShownGene::take(const Gene& gene, Result<Workspace::Analysed> result) {
    if (result) {
        const Report& report = result->report;
        m_fromCache += report->scoresFromCache;
        m_computed += report->scoresComputed;
        m_reports.insert(QString::fromStdString(gene.id), new Report(report));
        m_results.take(*report);
        tellOnce(*result);
    } else if (result.error().kind != ErrorKind::Cancelled) {
        m_results.takeFailure(gene, result.error());
    }
    if (m_gene != &gene)
        return;
    if (result) {
        m_report = std::move(result->report);
        m_isCurrent = true;
    } else {
        m_error = result.error();
    }
    Q_EMIT reportChanged();
    // Asked for while the scores were still being computed.
    if (m_gradients && !m_error && !m_report->answersGradients())
        analyze();
}

void ShownGene::tellOnce(const Workspace::Analysed& analysed) {
    // What the study's opening did not find is told with the first report that it concerns.
    const auto& leftOut = analysed.report->leftOut;
    const size_t known = m_study->leftOut().size();
    if (leftOut.size() > known && !std::exchange(m_toldTables, true))
        Q_EMIT failed(leftOutInWords({leftOut.begin() + static_cast<std::ptrdiff_t>(known), leftOut.end()}));
    if (analysed.notStored && analysed.notStored->kind != ErrorKind::Cancelled &&
        !std::exchange(m_toldNotStored, true))
        Q_EMIT failed(*analysed.notStored);
}

std::shared_ptr<SharedLocus> ShownGene::locus() {
    std::shared_ptr<SharedLocus> shared = m_locus.lock();
    if (!shared || !shared->isOf(m_workspace, m_gene->id)) {
        shared = std::make_shared<SharedLocus>(m_jobs, m_workspace, m_gene->id);
        m_locus = shared;
    }
    return shared;
}

void ShownGene::showGradients(bool wanted) {
    m_gradients = wanted;
    if (wanted && (!m_report || (m_report->complete && !m_report->answersGradients())))
        analyze();
}

void ShownGene::askAgain() {
    m_isCurrent = false;
    m_reports.clear();
    analyze();
}

void ShownGene::cancel() {
    m_jobs.stopGroup(geneGroup);
}

} // namespace diploscope::ui
