// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/session.h"

#include "viewmodels/session_groups.h"

#include <QPointer>
#include <QThread>

#include <utility>

namespace diploscope::ui {

namespace {

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

PredictorOptions Session::Settings::predictorOptions() const {
    PredictorOptions options;
    options.devices = devices;
    options.threads = threads;
    return options;
}

Session::Session(JobRunner& jobs, QObject* parent)
    : QObject(parent)
    , m_jobs(jobs)
    , m_workspace(std::make_shared<const Workspace>())
    , m_model(std::make_unique<ChosenModel>(jobs))
    , m_results(std::make_unique<GeneResults>(jobs, m_genes, *m_model))
    , m_shown(std::make_unique<ShownGene>(jobs, m_genes, *m_model, *m_results)) {
    connect(m_model.get(), &ChosenModel::opened, this, &Session::takeModel);
    connect(m_model.get(), &ChosenModel::scored, this, &Session::takeScore);
    connect(m_model.get(), &ChosenModel::failed, this, &Session::failed);
    connect(m_results.get(), &GeneResults::failed, this, &Session::failed);
    connect(m_shown.get(), &ShownGene::failed, this, &Session::failed);
    applySettings({});
}

Session::~Session() = default;

/// Results of the workspace before do not count any more.
void Session::replaceWorkspace(const std::function<void(Workspace&)>& change) {
    auto workspace = std::make_shared<Workspace>(*m_workspace);
    change(*workspace);
    m_workspace = std::move(workspace);
    m_results->setWorkspace(m_workspace);
    m_shown->setWorkspace(m_workspace);
}

void Session::renew(const std::function<void(Workspace&)>& change) {
    replaceWorkspace(change);
    m_results->renew();
}

void Session::applySettings(const Settings& settings) {
    const bool newCache = !m_workspace->cache || settings.cacheFile != m_settings.cacheFile ||
                          settings.cacheLimitBytes != m_settings.cacheLimitBytes;
    const bool newModel = settings.devices != m_settings.devices || settings.threads != m_settings.threads;
    m_settings = settings;
    m_model->setOptions(settings.predictorOptions());
    renew([&](Workspace& workspace) {
        if (newCache)
            workspace.cache =
                closedByJob(m_jobs, Workspace::cacheIn(settings.cacheFile, settings.cacheLimitBytes));
        workspace.options.allele = settings.allele;
        workspace.options.thresholds = settings.thresholds;
        workspace.options.statistics = settings.statistics;
        workspace.options.selfCheckEvery = settings.selfCheckEvery;
        workspace.threads = settings.threads;
    });
    Q_EMIT settingsChanged();
    if (newModel && !m_model->choice().isEmpty() && !isPublished())
        m_model->open(m_model->choice());
    else
        m_shown->analyze();
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
                if (auto tables = PublishedModels::read(check.study->file()))
                    opened.published = std::move(*tables);
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
    if (isPublished()) {
        const ModelGenes* asked = m_published.find(model);
        takePublished(asked != nullptr ? *asked : m_published.first());
    } else if (!model.isEmpty() || !models.empty()) {
        m_model->choose(model.isEmpty() ? QString::fromStdString(models.front().string()) : model);
    }
    Q_EMIT studyOpened();
    if (!m_check.leftOut.empty())
        Q_EMIT failed(leftOutInWords(m_check.leftOut));
    Q_EMIT m_shown->geneChanged();
    if (isPublished() || m_model->choice().isEmpty())
        Q_EMIT modelChanged();
    else
        m_model->open(m_model->choice());
}

void Session::closeStudy() {
    m_jobs.cancelGroup(studyGroup);
    replaceStudy({}, {});
    Q_EMIT studyClosed();
    Q_EMIT m_shown->geneChanged();
    Q_EMIT modelChanged();
    m_results->renew();
}

/// Nothing of the study before reaches the next one. Nobody is told yet.
void Session::replaceStudy(StudyCheck check, PublishedModels published) {
    m_check = std::move(check);
    m_model->forget(m_check.study);
    m_results->forget();
    m_shown->forget(m_check.study);
    m_published = std::move(published);
    m_genes = m_check.study && !isPublished() ? StudyGenes(m_check.study) : StudyGenes();
    replaceWorkspace([this](Workspace& workspace) {
        workspace.predictor = nullptr;
        workspace.setStudy(m_check.study);
    });
}

/// Its genes and what is known of them. Nobody is told yet.
void Session::takePublished(const ModelGenes& model) {
    const std::string shown = m_shown->geneId();
    m_model->choose(QString::fromStdString(model.model));
    m_genes = StudyGenes(model);
    m_shown->moveTo(shown.empty() ? nullptr : m_genes.findId(shown));
    m_results->setPublished(m_published, model);
}

void Session::showPublished(const QString& model) {
    const ModelGenes* tables = m_published.find(model);
    if (tables == nullptr)
        return;
    takePublished(*tables);
    Q_EMIT genesChanged();
    Q_EMIT modelChanged();
    m_results->renew();
    Q_EMIT m_shown->geneChanged();
}

void Session::chooseModel(const QString& folderOrName) {
    if (isPublished())
        showPublished(folderOrName);
    else
        m_model->open(folderOrName);
}

void Session::takeModel(const std::optional<Error>& error) {
    renew([this](Workspace& workspace) {
        workspace.predictor = m_model->predictor();
        workspace.options.score = m_model->score();
    });
    Q_EMIT modelChanged();
    if (error)
        m_shown->giveUp(*error);
    else
        m_shown->analyze();
}

void Session::takeScore() {
    m_shown->dropReport();
    renew([this](Workspace& workspace) { workspace.options.score = m_model->score(); });
    Q_EMIT scoreChanged();
    Q_EMIT m_shown->reportChanged();
    m_shown->analyze();
}

void Session::showGene(const QString& text) {
    if (!m_check.study)
        return;
    if (const Result<const Gene*> found = m_genes.find(text))
        m_shown->show(**found);
    else
        Q_EMIT failed(found.error());
}

void Session::hideGene() {
    m_shown->hide();
}

} // namespace diploscope::ui
