// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/session.h"

#include <QPointer>
#include <QRegularExpression>

#include <cstdlib>
#include <limits>
#include <mutex>

namespace diploscope::ui {

namespace {

/// The score cache, opened by the first worker that needs it: opening may wait for a disk.
class LazyCache {
public:
    LazyCache(std::filesystem::path file, int64_t limitBytes)
        : m_file(std::move(file)), m_limit(limitBytes) {}
    Result<std::shared_ptr<ScoreCache>> get() {
        const std::lock_guard lock(m_mutex);
        if (!m_cache) {
            DS_ASSIGN(m_cache, ScoreCache::open(m_file, m_limit));
        }
        return m_cache;
    }

private:
    std::mutex m_mutex;
    std::filesystem::path m_file;
    int64_t m_limit;
    std::shared_ptr<ScoreCache> m_cache;
};

/// The gene whose TSS is nearest to `chr:pos` (1-based, thousands separators allowed); null when `text` is no
/// position.
const StudyGene* geneAt(const Study& study, const QString& text) {
    static const QRegularExpression pattern(QStringLiteral("^\\s*(?:chr)?([\\w.]+):([\\d,]+)\\s*$"),
                                            QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = pattern.match(text);
    if (!match.hasMatch())
        return nullptr;
    const int64_t position = match.captured(2).remove(QLatin1Char(',')).toLongLong() - 1;
    const StudyGene* nearest = nullptr;
    int64_t distance = std::numeric_limits<int64_t>::max();
    for (const StudyGene& gene : study.genes()) {
        QString contig = QString::fromStdString(gene.gene.region.contig);
        if (contig.startsWith(QLatin1String("chr"), Qt::CaseInsensitive))
            contig.remove(0, 3);
        const int64_t gap = std::abs(gene.gene.tss() - position);
        if (contig.compare(match.captured(1), Qt::CaseInsensitive) == 0 && gap < distance) {
            nearest = &gene;
            distance = gap;
        }
    }
    return nearest;
}

QString idOf(const StudyGene& gene) {
    return QString::fromStdString(gene.gene.id);
}

std::string nameOf(const StudyGene& gene) {
    return gene.gene.name.empty() ? gene.gene.id : gene.gene.name;
}

const QString studyGroup = QStringLiteral("study");
const QString modelGroup = QStringLiteral("model");
const QString geneGroup = QStringLiteral("gene");
const QString allGenesGroup = QStringLiteral("all genes");

} // namespace

/// What workers share: values that do not change while they run.
struct Session::Engine {
    std::shared_ptr<const Study> study;
    std::shared_ptr<const Predictor> predictor;
    std::shared_ptr<LazyCache> cache;
    AnalysisOptions options;

    Result<std::shared_ptr<const GeneReport>> analyze(const StudyGene& gene, bool gradients,
                                                      const RunContext& context,
                                                      const ReportSink& onPartial) const {
        DS_ASSIGN(const std::shared_ptr<ScoreCache> scores, cache->get());
        AnalysisOptions asked = options;
        asked.gradients = gradients;
        return analyzeGene(*study, gene, predictor, scores, asked, context, onPartial);
    }
};

Session::Session(JobRunner& jobs, QObject* parent) : QObject(parent), m_jobs(jobs) {
    applySettings({});
}

Session::~Session() = default;

void Session::applySettings(const Settings& settings) {
    const bool newEngine = !m_engine || settings.cacheFile != m_settings.cacheFile ||
                           settings.cacheLimitBytes != m_settings.cacheLimitBytes;
    const bool newModel = settings.devices != m_settings.devices || settings.threads != m_settings.threads;
    m_settings = settings;

    auto engine = std::make_shared<Engine>(m_engine ? *m_engine : Engine{});
    if (newEngine)
        engine->cache = std::make_shared<LazyCache>(settings.cacheFile, settings.cacheLimitBytes);
    engine->options.allele = settings.allele;
    engine->options.thresholds = settings.thresholds;
    engine->options.statistics = settings.statistics;
    engine->options.selfCheckEvery = settings.selfCheckEvery;
    m_engine = std::move(engine);
    Q_EMIT settingsChanged();

    forgetResults();
    if (newModel && !m_modelChoice.isEmpty())
        chooseModel(m_modelChoice);
    else
        analyzeShown();
}

void Session::openStudy(const QString& file) {
    m_jobs.run<StudyCheck>(
        tr("Opening %1").arg(file.section(QLatin1Char('/'), -1)), studyGroup, JobRunner::Priority::Seen,
        [path = std::filesystem::path(file.toStdString())](const RunContext& context) -> Result<StudyCheck> {
            StudyCheck check = diploscope::openStudy(path, context);
            if (context.cancelled())
                return fail(ErrorKind::Cancelled, "Stopped on request.");
            return check;
        },
        this, [this, file](Result<StudyCheck> result) { takeStudy(file, std::move(result)); });
}

void Session::takeStudy(const QString& file, Result<StudyCheck> result) {
    if (!result) {
        Q_EMIT failed(result.error());
        return;
    }
    if (!result->study) {
        Q_EMIT studyRejected(file, result->problems);
        return;
    }
    m_jobs.cancelGroup(geneGroup);
    m_jobs.cancelGroup(allGenesGroup);
    m_check = std::move(*result);
    m_gene = nullptr;
    m_report.reset();
    m_geneError.reset();
    m_fromCache = 0;
    m_computed = 0;
    auto engine = std::make_shared<Engine>(*m_engine);
    engine->study = m_check.study;
    m_engine = std::move(engine);
    forgetResults();
    Q_EMIT studyOpened();
    Q_EMIT geneChanged();

    const auto& models = m_check.study->file().models;
    if (!models.empty())
        chooseModel(QString::fromStdString(models.front().string()));
}

void Session::chooseModel(const QString& folderOrName) {
    m_modelChoice = folderOrName;
    m_model =
        nullptr; // a gene chosen meanwhile waits for the new model instead of being asked of the old one
    m_jobs.cancelGroup(geneGroup);
    m_jobs.cancelGroup(allGenesGroup);
    PredictorOptions options;
    options.devices = m_settings.devices;
    options.threads = m_settings.threads;
    struct Opened {
        std::shared_ptr<const Predictor> model;
        ScoreOptions score;
        std::optional<Error> scoreError; ///< what was asked of the model does not suit it: it has its own
    };
    m_score.reset();
    m_jobs.run<Opened>(
        tr("Opening model %1").arg(folderOrName.section(QLatin1Char('/'), -1)), modelGroup,
        JobRunner::Priority::Seen,
        [folder = folderOrName.toStdString(), options,
         request = scoreRequest()](const RunContext&) -> Result<Opened> {
            DS_ASSIGN(auto model, openModel(folder, options));
            Result<ScoreOptions> score = resolveScore(request, model->info());
            Opened opened{model, score ? std::move(*score) : defaultScore(model->info()), {}};
            if (!score)
                opened.scoreError = score.error();
            return opened;
        },
        this,
        [this](Result<Opened> result) {
            m_model = result ? std::move(result->model) : nullptr;
            m_score = result ? std::optional(std::move(result->score)) : std::nullopt;
            auto engine = std::make_shared<Engine>(*m_engine);
            engine->predictor = m_model;
            engine->options.score = m_score;
            m_engine = std::move(engine);
            forgetResults();
            Q_EMIT modelChanged();
            if (result && result->scoreError)
                Q_EMIT failed(*result->scoreError);
            if (!m_model) {
                m_report.reset();
                m_geneError = result.error();
                Q_EMIT reportChanged();
                Q_EMIT failed(result.error());
                return;
            }
            analyzeShown();
        });
}

ScoreRequest Session::scoreRequest() const {
    const auto chosen = m_settings.scores.constFind(m_modelChoice);
    if (chosen != m_settings.scores.constEnd())
        return *chosen;
    const ScoreRequest ofStudy =
        m_check.study ? m_check.study->file().scoreOf(m_modelChoice.toStdString()) : ScoreRequest{};
    return m_settings.scores.value(QString()).orElse(ofStudy);
}

void Session::chooseScore(const ScoreRequest& request) {
    if (!m_model)
        return;
    m_jobs.run<ScoreOptions>(
        tr("Score of %1").arg(QString::fromStdString(m_model->info().name)), modelGroup,
        JobRunner::Priority::Seen,
        [request, model = m_model](const RunContext&) { return resolveScore(request, model->info()); }, this,
        [this, request](Result<ScoreOptions> result) {
            if (!result) {
                Q_EMIT failed(result.error());
                return;
            }
            m_settings.scores[m_modelChoice] = request;
            m_score = std::move(*result);
            auto engine = std::make_shared<Engine>(*m_engine);
            engine->options.score = m_score;
            m_engine = std::move(engine);
            m_jobs.cancelGroup(geneGroup);
            m_jobs.cancelGroup(allGenesGroup);
            m_report.reset();
            forgetResults();
            Q_EMIT scoreChanged();
            Q_EMIT reportChanged();
            analyzeShown();
        });
}

void Session::showGene(const QString& text) {
    if (!m_check.study)
        return;
    const StudyGene* gene = geneAt(*m_check.study, text);
    if (gene == nullptr) {
        const Result<const StudyGene*> found = m_check.study->findGene(text.trimmed().toStdString());
        if (!found) {
            Q_EMIT failed(found.error());
            return;
        }
        gene = *found;
    }
    // Asked for again while it is shown or on its way: the completer and the return key both ask.
    if (gene == m_gene && !m_geneError)
        return;
    m_gene = gene;
    m_report.reset();
    m_geneError.reset();
    Q_EMIT geneChanged();
    analyzeShown();
}

void Session::analyzeShown() {
    if (m_gene == nullptr || !m_model || !m_check.study)
        return;
    m_geneError.reset();
    if (const auto known = m_results.constFind(idOf(*m_gene)); known != m_results.constEnd()) {
        m_jobs.cancelGroup(geneGroup);
        m_report = known.value();
        Q_EMIT reportChanged();
        if (!m_gradients || m_report->answersGradients())
            return;
    }
    using Report = std::shared_ptr<const GeneReport>;
    const QPointer<Session> self(this);
    const std::shared_ptr<const Engine> engine = m_engine;
    const StudyGene* gene = m_gene;
    // Partial results go through the runner, which outlives its workers; whether they still matter is decided
    // here.
    const ReportSink onPartial = [runner = &m_jobs, self, engine, gene](const Report& report) {
        QMetaObject::invokeMethod(
            runner,
            [self, engine, gene, report] {
                if (!self || self->m_engine != engine || self->m_gene != gene ||
                    (self->m_report && self->m_report->complete))
                    return;
                self->m_report = report;
                Q_EMIT self->reportChanged();
            },
            Qt::QueuedConnection);
    };
    m_jobs.run<Report>(
        QString::fromStdString(m_gene->gene.name + " · " + m_model->info().name), geneGroup,
        JobRunner::Priority::Seen,
        [engine, gene, gradients = m_gradients, onPartial](const RunContext& context) {
            return engine->analyze(*gene, gradients, context, onPartial);
        },
        this,
        [this, engine, gene](Result<Report> result) {
            if (m_engine == engine)
                takeReport(*gene, std::move(result));
        });
}

void Session::takeReport(const StudyGene& gene, Result<std::shared_ptr<const GeneReport>> result) {
    const QString id = idOf(gene);
    if (result) {
        m_fromCache += (*result)->scoresFromCache;
        m_computed += (*result)->scoresComputed;
        m_results.insert(id, *result);
        m_failures.remove(id);
    } else if (result.error().kind != ErrorKind::Cancelled) {
        m_failures.insert(id, result.error());
    }
    Q_EMIT resultAdded(id);
    if (m_gene != &gene)
        return;
    if (result)
        m_report = std::move(*result);
    else
        m_geneError = result.error();
    Q_EMIT reportChanged();
    // Asked for while the scores were still being computed.
    if (m_gradients && !m_geneError && !m_report->answersGradients())
        analyzeShown();
}

void Session::showGradients(bool wanted) {
    m_gradients = wanted;
    if (wanted && (!m_report || (m_report->complete && !m_report->answersGradients())))
        analyzeShown();
}

void Session::cancelGene() {
    m_jobs.stopGroup(geneGroup);
}

void Session::analyzeAllGenes() {
    if (!m_check.study || !m_model)
        return;
    const QPointer<Session> self(this);
    const std::shared_ptr<const Engine> engine = m_engine;
    QList<const StudyGene*> wanted;
    for (const StudyGene& gene : m_check.study->genes())
        if (!m_results.contains(idOf(gene)))
            wanted.push_back(&gene);
    m_jobs.run<int>(
        tr("All genes · %1").arg(QString::fromStdString(m_model->info().name)), allGenesGroup,
        JobRunner::Priority::Background,
        [runner = &m_jobs, self, engine, wanted](const RunContext& context) -> Result<int> {
            Progress whole{"Analysing genes", 0, wanted.size(), 0, {}};
            for (const StudyGene* gene : wanted) {
                DS_TRY(context.checkpoint());
                context.report(whole.stage, whole.done, whole.total, whole.given);
                auto result = std::make_shared<Result<std::shared_ptr<const GeneReport>>>(
                    engine->analyze(*gene, false, contextOfItem(context, whole, nameOf(*gene)), {}));
                ++whole.done;
                whole.given += *result && (**result)->scoresComputed == 0 ? 1 : 0;
                QMetaObject::invokeMethod(
                    runner,
                    [self, engine, gene, result] {
                        if (self && self->m_engine == engine)
                            self->takeReport(*gene, std::move(*result));
                    },
                    Qt::QueuedConnection);
            }
            context.report(whole.stage, whole.done, whole.total, whole.given);
            return static_cast<int>(wanted.size());
        },
        this, [](const Result<int>&) {});
}

void Session::forgetResults() {
    m_results.clear();
    m_failures.clear();
    Q_EMIT resultsCleared();
}

} // namespace diploscope::ui
