// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job_runner.h"
#include "viewmodels/asked_scores.h"
#include "viewmodels/warm_locus.h"
#include "workflow/workspace.h"

#include <QCache>
#include <QHash>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace diploscope::ui {

/// What the window is about: one study, one model, one gene shown, and what is known of the others. Asks
/// `core` for everything through the JobRunner and holds immutable results; never waits. Lives on the GUI
/// thread.
///
/// A study made of published tables has genes and results, but no people: its models are the tables', there
/// is no predictor, and no gene has a report.
class Session : public QObject {
    Q_OBJECT

public:
    struct Settings {
        DeviceList devices{Device{}};
        int threads = 0; ///< 0: all
        int64_t cacheLimitBytes = ScoreCache::DefaultLimitBytes;
        std::filesystem::path cacheFile = ScoreCache::defaultFile();
        std::optional<AlleleConvention> allele; ///< empty: as the study says
        DriverThresholds thresholds;
        StatisticsOptions statistics;
        int selfCheckEvery = kSelfCheckEvery; ///< see isChecked()
    };

    explicit Session(JobRunner& jobs, QObject* parent = nullptr);
    ~Session() override;

    /// For panels with background work of their own: figures, linkage.
    [[nodiscard]] JobRunner& jobs() const { return m_jobs; }

    /// Takes effect at once: the gene shown is asked for again where a setting changes its numbers.
    void applySettings(const Settings& settings);
    [[nodiscard]] const Settings& settings() const { return m_settings; }

    /// studyOpened(), studyRejected() or partOpened() follows. The study shown stays until the new one is
    /// there. \param model opened with it; empty: the study's first
    void openStudy(const QString& file, const QString& model = {});
    /// Leaves nothing of the study, its model and its genes, nor any of their jobs; studyClosed() follows at
    /// once.
    void closeStudy();
    [[nodiscard]] std::shared_ptr<const Study> study() const { return m_check.study; }
    /// What opening the study reconciled.
    [[nodiscard]] const std::vector<StudyNote>& studyNotes() const { return m_check.notes; }

    /// Genes that can be shown, in the order of the study.
    [[nodiscard]] const std::vector<Gene>& genes() const { return m_genes.genes(); }
    [[nodiscard]] bool isPublished() const { return m_check.study && m_check.study->isPublished(); }
    /// Names of a published study's models; none of another one's.
    [[nodiscard]] QStringList publishedModels() const;

    /// A model's folder or name; modelChanged() follows, or failed().
    void chooseModel(const QString& folderOrName);
    /// The answer to trustAsked(): lets the model run where it is a program, remembers that, and opens it.
    void trustModel(const QString& folderOrName);
    [[nodiscard]] QString modelChoice() const { return m_modelChoice; }
    [[nodiscard]] std::shared_ptr<const Predictor> model() const { return m_model; }
    /// The name under which results() are stored; empty while no model is open.
    [[nodiscard]] std::string modelName() const;

    /// How the model's outputs become a score; scoreChanged() follows, or failed() and all stays as it was.
    void chooseScore(const ScoreRequest& request);
    /// The same of any model, for when it is opened where it is not; empty: as the study says. Of several
    /// asked for in a row the last one stands, also where it is what the model has.
    void setScoreOf(const std::string& model, const std::optional<ScoreRequest>& request);
    [[nodiscard]] const AskedScores& askedScores() const { return m_asked; }
    /// Before a model is opened. \param ofOthers asked of all models of which nothing else is
    void setAskedScores(AskedScores asked, ScoreRequest ofOthers = {});
    /// What was asked for in the window, else in the study file; of any model, and of the open one.
    [[nodiscard]] ScoreRequest scoreRequestOf(const std::string& model) const;
    [[nodiscard]] ScoreRequest scoreRequest() const { return scoreRequestOf(m_modelChoice.toStdString()); }
    /// What that means for the model; nothing while no model is open.
    [[nodiscard]] const std::optional<ScoreOptions>& score() const { return m_score; }

    /// By id, symbol, or `chr:pos` (the gene with the nearest TSS). \error NotFound; BadInput: a symbol of
    /// several genes
    [[nodiscard]] Result<const Gene*> findGene(const QString& text) const;
    /// What findGene() finds. geneChanged() follows at once, reportChanged() as results come; failed() where
    /// it finds none.
    void showGene(const QString& text);
    /// No gene; geneChanged() follows at once.
    void hideGene();
    [[nodiscard]] const Gene* gene() const { return m_gene; }
    /// Of the gene shown; null until something is known; may be incomplete.
    [[nodiscard]] std::shared_ptr<const GeneReport> report() const { return m_report; }
    /// Whether that is made with workspace(): after another model or setting, the one before stays until
    /// there is another.
    [[nodiscard]] bool reportIsCurrent() const { return m_report && m_reportIsCurrent; }
    /// The error that ended the analysis of the gene shown, if one did.
    [[nodiscard]] const std::optional<Error>& geneError() const { return m_geneError; }
    /// Whether the gene shown is to have gradients beside ISM. Where it has none yet, it is asked for again;
    /// its scores come from the cache.
    void showGradients(bool wanted);
    /// Stops the analysis of the gene shown; finished scores stay in the cache.
    void cancelGene();

    /// Analyses every gene that has no result yet, in the background; results() fills.
    /// \return the job; 0 where there is nothing to analyse with
    JobId analyzeAllGenes();
    /// What is known of each gene under this model and these settings, by gene id: from the study's result
    /// store, which keeps it, and from this session. A gene that failed has its failure and nothing else.
    using Rows = QHash<QString, std::shared_ptr<const GeneRow>>;
    [[nodiscard]] const Rows& results() const { return m_results; }
    /// Stored results of the study's other models; never null.
    [[nodiscard]] std::shared_ptr<const std::vector<ModelGenes>> otherModels() const { return m_others; }
    /// Stored runs that are neither results() nor otherModels(): of other files or options; see RunShelf.
    [[nodiscard]] size_t keptRuns() const { return m_keptRuns; }
    /// What results() are made with, for jobs of other view-models.
    [[nodiscard]] std::shared_ptr<const Workspace> workspace() const { return m_workspace; }
    /// Of the gene shown, under workspace(): the same for all who ask while one of them holds it.
    [[nodiscard]] std::shared_ptr<SharedLocus> sharedLocus();
    /// How results() are made. Files are asked for their sizes by the first worker that wants to know, and by
    /// no other.
    using ProvenanceLines = std::vector<std::pair<std::string, std::string>>;
    using Provenance = Lazy<ProvenanceLines>;
    [[nodiscard]] std::shared_ptr<Provenance> provenance() const { return m_provenance; }

    /// Scores taken from the cache and computed since the study was opened.
    [[nodiscard]] int64_t scoresFromCache() const { return m_fromCache; }
    [[nodiscard]] int64_t scoresComputed() const { return m_computed; }

Q_SIGNALS:
    void studyOpened();
    void studyClosed();  ///< and none is open; geneChanged(), modelChanged() and resultsReplaced() follow
    void genesChanged(); ///< of the study shown: a published one's other model tells of other genes
    /// What was to be opened is no study but a file of one.
    void partOpened(const QString& file, const diploscope::Error& error);
    void studyRejected(const QString& file, const std::vector<diploscope::Error>& problems);
    void modelChanged(); ///< and with it the score
    void scoreChanged(); ///< of the same model
    void
    scoreRefused(); ///< the score asked for does not suit the open model, which keeps its own; failed() too
    void geneChanged();   ///< another gene, or none; the report is that of the new gene or null
    void reportChanged(); ///< of the gene shown
    void resultAdded(const QString& geneId);
    void resultsReplaced(); ///< all of them, or other models': forgotten, or read from the store
    /// The chosen model would run as a program, which the user has not allowed: `error` says what that means.
    /// In place of failed().
    void trustAsked(const QString& folderOrName, const diploscope::Error& error);
    void failed(const diploscope::Error& error);
    /// The store keeps more genes of another state of the study, or under other options, than of this one.
    /// Where to see them besides in the window, see RunShelf.
    void otherRunsKept(const QString& what, const QString& howToSee);
    void settingsChanged();

private:
    struct Opened {
        QString file; ///< with its whole path
        StudyCheck check;
        std::vector<ModelGenes> published; ///< of a published study, at least one
    };
    void takeStudy(Result<Opened> result, const QString& model);
    void replaceStudy(StudyCheck check, std::vector<ModelGenes> published);
    /// The first where there is none of that name.
    [[nodiscard]] const ModelGenes& publishedModel(const QString& model) const;
    void takePublished(const ModelGenes& model);
    void showPublished(const QString& model);
    [[nodiscard]] const StudyGene& studyGene(const Gene& gene) const;
    [[nodiscard]] bool canAnalyze() const { return m_model && m_workspace->isReady(); }
    void analyzeShown();
    void takeReport(const Gene& gene, Result<Workspace::Analysed> result);
    void takeRow(const std::shared_ptr<const GeneRow>& row);
    void askScore(const std::optional<ScoreRequest>& request);
    [[nodiscard]] ScoreRequest unaskedScore(const std::string& model) const;
    void replaceWorkspace(const std::function<void(Workspace&)>& change);
    void renew(const std::function<void(Workspace&)>& change);
    void readResults();
    void tellOfKept(const std::vector<StoredRun>& kept, size_t shown);

    JobRunner& m_jobs;
    Settings m_settings;
    AskedScores m_asked;
    ScoreRequest m_askedOfOthers;
    StudyCheck m_check;
    Annotation m_genes; ///< as the study's genes(), or those of a published study
    QString m_modelChoice;
    bool m_opensModel = false; ///< a job does
    std::shared_ptr<const Predictor> m_model;
    std::optional<ScoreOptions> m_score;
    const Gene* m_gene = nullptr; ///< in m_genes
    std::shared_ptr<const GeneReport> m_report;
    bool m_reportIsCurrent = false; ///< made with m_workspace
    std::optional<Error> m_geneError;
    bool m_gradients = false;
    bool m_toldNotStored = false;
    bool m_toldOfKept = false; ///< since the study was opened
    bool m_toldTables = false; ///< that a side table is left out
    size_t m_keptRuns = 0;
    Rows m_results;
    QCache<QString, std::shared_ptr<const GeneReport>> m_reports; ///< of genes shown last
    std::shared_ptr<const std::vector<ModelGenes>> m_others;
    std::vector<ModelGenes> m_published;          ///< of a published study
    std::shared_ptr<const Workspace> m_workspace; ///< a new one whenever results of the old no longer count
    std::weak_ptr<SharedLocus> m_sharedLocus;
    std::shared_ptr<Provenance> m_provenance; ///< of the workspace, or of the published model shown
    int64_t m_fromCache = 0;
    int64_t m_computed = 0;
};

} // namespace diploscope::ui
