// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/session.h"

#include "analysis/result_places.h"
#include "genome/contig_names.h"
#include "genome/region_name.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/session_groups.h"

#include <QPointer>
#include <QThread>

#include <cstdlib>
#include <limits>

namespace diploscope::ui {

namespace {

/// The gene whose TSS is nearest to a place on its contig; null when `text` is no such place.
const Gene* geneAt(const std::vector<Gene>& genes, const std::string& text) {
    const Result<PlaceName> place = parsePlace(text);
    if (!place || place->contig.empty() || place->isRange)
        return nullptr;
    const Gene* nearest = nullptr;
    int64_t distance = std::numeric_limits<int64_t>::max();
    for (const Gene& gene : genes) {
        const int64_t gap = std::abs(gene.tss() + 1 - place->first);
        if (gap < distance && matchingContig(place->contig, {gene.region.contig})) {
            nearest = &gene;
            distance = gap;
        }
    }
    return nearest;
}

QString idOf(const Gene& gene) {
    return QString::fromStdString(gene.id);
}

std::vector<Gene> genesOf(const Study& study) {
    std::vector<Gene> genes;
    for (const StudyGene& gene : study.genes())
        genes.push_back(gene.gene);
    return genes;
}

constexpr int keptReports = 24;

/// The cache, but whoever lets go of it last on the GUI thread hands it to a job: a database that is closed
/// writes what it has put off. \param jobs outlives what uses the cache
std::shared_ptr<Workspace::Cache> closedByJob(JobRunner& jobs, std::shared_ptr<Workspace::Cache> cache) {
    Workspace::Cache* raw = cache.get();
    return {raw, [runner = QPointer<JobRunner>(&jobs), gui = jobs.thread(),
                  cache = std::move(cache)](Workspace::Cache*) mutable {
                if (QThread::currentThread() == gui && runner)
                    runner->run<void>({}, {}, JobRunner::Priority::Background,
                                      [cache = std::move(cache)](const RunContext&) mutable -> Result<void> {
                                          cache.reset();
                                          return {};
                                      },
                                      nullptr, {});
            }};
}

} // namespace

Session::Session(JobRunner& jobs, QObject* parent)
    : QObject(parent)
    , m_jobs(jobs)
    , m_reports(keptReports)
    , m_others(std::make_shared<const std::vector<ModelGenes>>())
    , m_workspace(std::make_shared<const Workspace>()) {
    applySettings({});
}

Session::~Session() = default;

/// Results of the workspace before do not count any more.
void Session::replaceWorkspace(const std::function<void(Workspace&)>& change) {
    auto workspace = std::make_shared<Workspace>(*m_workspace);
    change(*workspace);
    m_workspace = std::move(workspace);
    m_reportIsCurrent = false;
    m_keptRuns = 0;
    if (isPublished())
        return;
    m_provenance =
        std::make_shared<Provenance>([made = m_workspace](const RunContext&) -> Result<ProvenanceLines> {
            return made->isReady() ? made->provenance() : ProvenanceLines();
        });
    m_reports.clear();
    m_results.clear();
    m_others = std::make_shared<const std::vector<ModelGenes>>();
    m_toldNotStored = false;
    m_toldTables = false;
}

void Session::renew(const std::function<void(Workspace&)>& change) {
    replaceWorkspace(change);
    Q_EMIT resultsReplaced();
    readResults();
}

void Session::applySettings(const Settings& settings) {
    const bool newCache = !m_workspace->cache || settings.cacheFile != m_settings.cacheFile ||
                          settings.cacheLimitBytes != m_settings.cacheLimitBytes;
    const bool newModel = settings.devices != m_settings.devices || settings.threads != m_settings.threads;
    m_settings = settings;
    renew([&](Workspace& workspace) {
        if (newCache)
            workspace.cache =
                closedByJob(m_jobs, Workspace::cacheIn(settings.cacheFile, settings.cacheLimitBytes));
        workspace.options.allele = settings.allele;
        workspace.options.thresholds = settings.thresholds;
        workspace.options.statistics = settings.statistics;
        workspace.options.selfCheckEvery = settings.selfCheckEvery;
    });
    Q_EMIT settingsChanged();
    if (newModel && !m_modelChoice.isEmpty() && !isPublished())
        chooseModel(m_modelChoice);
    else
        analyzeShown();
}

void Session::openStudy(const QString& file, const QString& model) {
    m_jobs.run<Opened>(
        tr("Opening %1").arg(file.section(QLatin1Char('/'), -1)), studyGroup, JobRunner::Priority::Seen,
        [path = std::filesystem::path(file.toStdString())](const RunContext& context) -> Result<Opened> {
            std::error_code ignored;
            const std::filesystem::path whole = std::filesystem::absolute(path, ignored);
            Opened opened{QString::fromStdString((ignored ? path : whole).string()),
                          diploscope::openStudy(path, context),
                          {}};
            if (context.cancelled())
                return fail(ErrorKind::Cancelled, "Stopped on request.");
            StudyCheck& check = opened.check;
            if (check.study && check.study->isPublished()) {
                if (auto tables = chooseRuns(resultPlacesOf(check.study->file()), {}))
                    opened.published = std::move(tables->models);
                else
                    check = {nullptr, {tables.error()}, {}};
            }
            return opened;
        },
        this, [this, model](Result<Opened> result) { takeStudy(std::move(result), model); });
}

void Session::takeStudy(Result<Opened> result, const QString& model) {
    if (!result) {
        if (result.error().kind != ErrorKind::Cancelled)
            Q_EMIT failed(result.error());
        return;
    }
    if (result->check.isPart) {
        Q_EMIT partOpened(result->file, result->check.problems.front());
        return;
    }
    if (!result->check.study) {
        Q_EMIT studyRejected(result->file, result->check.problems);
        return;
    }
    replaceStudy(std::move(result->check), std::move(result->published));
    const auto& models = m_check.study->file().models;
    if (isPublished())
        takePublished(publishedModel(model));
    else if (!model.isEmpty() || !models.empty())
        m_modelChoice = model.isEmpty() ? QString::fromStdString(models.front().string()) : model;
    Q_EMIT studyOpened();
    if (!m_check.leftOut.empty())
        Q_EMIT failed(leftOutInWords(m_check.leftOut));
    Q_EMIT geneChanged();
    if (isPublished() || m_modelChoice.isEmpty())
        Q_EMIT modelChanged();
    else
        chooseModel(m_modelChoice);
}

void Session::closeStudy() {
    m_jobs.cancelGroup(studyGroup);
    replaceStudy({}, {});
    Q_EMIT studyClosed();
    Q_EMIT geneChanged();
    Q_EMIT modelChanged();
    Q_EMIT resultsReplaced();
}

/// Nothing of the study before reaches the next one.
void Session::replaceStudy(StudyCheck check, std::vector<ModelGenes> published) {
    for (const QString& group : {geneGroup, allGenesGroup, resultsGroup, modelGroup})
        m_jobs.cancelGroup(group);
    m_check = std::move(check);
    m_gene = nullptr;
    m_report.reset();
    m_geneError.reset();
    m_model = nullptr;
    m_opensModel = false;
    m_score.reset();
    m_modelChoice.clear();
    m_fromCache = 0;
    m_computed = 0;
    m_toldOfKept = false;
    m_published = std::move(published);
    m_genes = Annotation(m_check.study ? genesOf(*m_check.study) : std::vector<Gene>());
    replaceWorkspace([this](Workspace& workspace) {
        workspace.predictor = nullptr;
        workspace.setStudy(m_check.study);
    });
    m_results.clear();
}

void Session::showGene(const QString& text) {
    if (!m_check.study)
        return;
    const Result<const Gene*> found = findGene(text);
    if (!found) {
        Q_EMIT failed(found.error());
        return;
    }
    const Gene* gene = *found;
    // Asked for again while it is shown or on its way: the completer and the return key both ask.
    if (gene == m_gene && !m_geneError)
        return;
    m_gene = gene;
    m_report.reset();
    m_geneError.reset();
    Q_EMIT geneChanged();
    analyzeShown();
}

void Session::hideGene() {
    if (m_gene == nullptr)
        return;
    m_jobs.cancelGroup(geneGroup);
    m_gene = nullptr;
    m_report.reset();
    m_geneError.reset();
    Q_EMIT geneChanged();
}

Result<const Gene*> Session::findGene(const QString& text) const {
    QString typed = text.trimmed();
    typed.remove(QChar(0x2068)).remove(QChar(0x2069)); // see shownName()
    const std::string name = typed.toStdString();
    if (const Gene* gene = geneAt(genes(), name))
        return gene;
    if (m_check.study && !isPublished()) {
        DS_ASSIGN(const StudyGene* found, m_check.study->findGene(name));
        return &genes()[static_cast<size_t>(found - m_check.study->genes().data())];
    }
    return m_genes.find(name);
}

const StudyGene& Session::studyGene(const Gene& gene) const {
    return m_check.study->genes()[static_cast<size_t>(&gene - genes().data())];
}

void Session::analyzeShown() {
    if (m_gene == nullptr || !canAnalyze())
        return;
    m_geneError.reset();
    if (const auto* known = m_reports.object(idOf(*m_gene))) {
        m_jobs.cancelGroup(geneGroup);
        m_report = *known;
        m_reportIsCurrent = true;
        Q_EMIT reportChanged();
        if (!m_gradients || m_report->answersGradients())
            return;
    }
    using Report = std::shared_ptr<const GeneReport>;
    using Analysed = Workspace::Analysed;
    const QPointer<Session> self(this);
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
            self->m_reportIsCurrent = true;
            Q_EMIT self->reportChanged();
        });
    };
    m_jobs.run<Analysed>(
        geneText(*m_gene) + QStringLiteral(" · ") + shownName(m_model->info().name), geneGroup,
        JobRunner::Priority::Seen,
        [workspace, asked = &studyGene(*gene), gradients = m_gradients, onPartial](
            const RunContext& context) { return workspace->analyze(*asked, gradients, context, onPartial); },
        this,
        [this, workspace, gene](Result<Analysed> result) {
            if (m_workspace == workspace)
                takeReport(*gene, std::move(result));
        });
}

void Session::takeReport(const Gene& gene, Result<Workspace::Analysed> result) {
    if (result) {
        const std::shared_ptr<const GeneReport>& report = result->report;
        m_fromCache += report->scoresFromCache;
        m_computed += report->scoresComputed;
        m_reports.insert(idOf(gene), new std::shared_ptr<const GeneReport>(report));
        const auto known = m_results.constFind(idOf(gene));
        if (known == m_results.constEnd() || !(*known)->failure.empty())
            takeRow(std::make_shared<const GeneRow>(rowOf(*report)));
        // What the study's opening did not find is told once, with the first report that it concerns.
        if (report->leftOut.size() > m_check.study->leftOut().size() && !std::exchange(m_toldTables, true))
            Q_EMIT failed(
                leftOutInWords({report->leftOut.begin() + std::ptrdiff_t(m_check.study->leftOut().size()),
                                report->leftOut.end()}));
        if (result->notStored && result->notStored->kind != ErrorKind::Cancelled &&
            !std::exchange(m_toldNotStored, true))
            Q_EMIT failed(*result->notStored);
    } else if (result.error().kind != ErrorKind::Cancelled) {
        takeRow(std::make_shared<const GeneRow>(failedRow(gene, result.error())));
    }
    if (m_gene != &gene)
        return;
    if (result) {
        m_report = std::move(result->report);
        m_reportIsCurrent = true;
    } else {
        m_geneError = result.error();
    }
    Q_EMIT reportChanged();
    // Asked for while the scores were still being computed.
    if (m_gradients && !m_geneError && !m_report->answersGradients())
        analyzeShown();
}

void Session::takeRow(const std::shared_ptr<const GeneRow>& row) {
    const QString id = QString::fromStdString(row->geneId);
    m_results.insert(id, row);
    Q_EMIT resultAdded(id);
}

std::shared_ptr<SharedLocus> Session::sharedLocus() {
    std::shared_ptr<SharedLocus> shared = m_sharedLocus.lock();
    if (!shared || !shared->isOf(m_workspace, m_gene->id)) {
        shared = std::make_shared<SharedLocus>(m_jobs, m_workspace, m_check.study, m_gene->id);
        m_sharedLocus = shared;
    }
    return shared;
}

void Session::showGradients(bool wanted) {
    m_gradients = wanted;
    if (wanted && (!m_report || (m_report->complete && !m_report->answersGradients())))
        analyzeShown();
}

void Session::cancelGene() {
    m_jobs.stopGroup(geneGroup);
}

} // namespace diploscope::ui
