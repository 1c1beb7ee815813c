// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_analysis.h"
#include "jobs/job_runner.h"
#include "study/study.h"

#include <QHash>
#include <QMap>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace diploscope::ui {

/// What the window is about: one study, one model, one gene shown, and what is known of the others. Asks
/// `core` for everything through the JobRunner and holds immutable results; never waits. Lives on the GUI
/// thread.
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
        /// By model choice: what the user asked of each model; under an empty one, of all others.
        QMap<QString, ScoreRequest> scores;
    };

    explicit Session(JobRunner& jobs, QObject* parent = nullptr);
    ~Session() override;

    /// For panels with background work of their own: figures, linkage.
    [[nodiscard]] JobRunner& jobs() const { return m_jobs; }

    /// Takes effect at once: the gene shown is asked for again where a setting changes its numbers.
    void applySettings(const Settings& settings);
    [[nodiscard]] const Settings& settings() const { return m_settings; }

    /// studyOpened() or studyRejected() follows. The study shown stays until the new one is there.
    void openStudy(const QString& file);
    [[nodiscard]] std::shared_ptr<const Study> study() const { return m_check.study; }
    /// What opening the study reconciled.
    [[nodiscard]] const std::vector<StudyNote>& studyNotes() const { return m_check.notes; }

    /// A model's folder or name; modelChanged() follows, or failed().
    void chooseModel(const QString& folderOrName);
    [[nodiscard]] QString modelChoice() const { return m_modelChoice; }
    [[nodiscard]] std::shared_ptr<const Predictor> model() const { return m_model; }

    /// How the model's outputs become a score; scoreChanged() follows, or failed() and all stays as it was.
    void chooseScore(const ScoreRequest& request);
    /// What was asked for in the window, else in the study file.
    [[nodiscard]] ScoreRequest scoreRequest() const;
    /// What that means for the model; nothing while no model is open.
    [[nodiscard]] const std::optional<ScoreOptions>& score() const { return m_score; }

    /// By id, symbol, or `chr:pos` (the gene with the nearest TSS). geneChanged() follows at once,
    /// reportChanged() as results come.
    void showGene(const QString& text);
    [[nodiscard]] const StudyGene* gene() const { return m_gene; }
    /// Of the gene shown; null until something is known; may be incomplete.
    [[nodiscard]] std::shared_ptr<const GeneReport> report() const { return m_report; }
    /// The error that ended the analysis of the gene shown, if one did.
    [[nodiscard]] const std::optional<Error>& geneError() const { return m_geneError; }
    /// Whether the gene shown is to have gradients beside ISM. Where it has none yet, it is asked for again;
    /// its scores come from the cache.
    void showGradients(bool wanted);
    /// Stops the analysis of the gene shown; finished scores stay in the cache.
    void cancelGene();

    /// Analyses every gene in the background, one after the other; results() fills.
    void analyzeAllGenes();
    /// Complete reports of this study and model so far, by gene id.
    [[nodiscard]] const QHash<QString, std::shared_ptr<const GeneReport>>& results() const {
        return m_results;
    }

    /// Genes whose analysis failed, and why.
    [[nodiscard]] const QHash<QString, Error>& failures() const { return m_failures; }

    /// Scores taken from the cache and computed since the study was opened.
    [[nodiscard]] int64_t scoresFromCache() const { return m_fromCache; }
    [[nodiscard]] int64_t scoresComputed() const { return m_computed; }

Q_SIGNALS:
    void studyOpened();
    void studyRejected(const QString& file, const std::vector<diploscope::Error>& problems);
    void modelChanged();  ///< and with it the score
    void scoreChanged();  ///< of the same model
    void geneChanged();   ///< another gene, or none; the report is that of the new gene or null
    void reportChanged(); ///< of the gene shown
    void resultAdded(const QString& geneId);
    void resultsCleared();
    void failed(const diploscope::Error& error);
    void settingsChanged();

private:
    struct Engine; ///< what a worker needs: study, model, cache; shared, immutable

    void takeStudy(const QString& file, Result<StudyCheck> result);
    void analyzeShown();
    void takeReport(const StudyGene& gene, Result<std::shared_ptr<const GeneReport>> result);
    void forgetResults();

    JobRunner& m_jobs;
    Settings m_settings;
    StudyCheck m_check;
    QString m_modelChoice;
    std::shared_ptr<const Predictor> m_model;
    std::optional<ScoreOptions> m_score;
    const StudyGene* m_gene = nullptr; ///< in m_check.study
    std::shared_ptr<const GeneReport> m_report;
    std::optional<Error> m_geneError;
    bool m_gradients = false;
    QHash<QString, std::shared_ptr<const GeneReport>> m_results;
    QHash<QString, Error> m_failures;
    std::shared_ptr<const Engine> m_engine; ///< a new one whenever results of the old one no longer count
    int64_t m_fromCache = 0;
    int64_t m_computed = 0;
};

} // namespace diploscope::ui
