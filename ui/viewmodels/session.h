// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job_runner.h"
#include "viewmodels/chosen_model.h"
#include "viewmodels/gene_results.h"
#include "viewmodels/published_models.h"
#include "viewmodels/shown_gene.h"
#include "viewmodels/study_genes.h"
#include "workflow/workspace.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace diploscope::ui {

/// What the window is about: one study, one model, one gene shown, and what is known of the others. Opens
/// studies and closes them, and keeps its parts together, each of which asks `core` through the JobRunner
/// and holds immutable results: a part hears of another study, model or setting before anybody is told. Never
/// waits. Lives on the GUI thread.
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
        int selfCheckEvery = kSelfCheckEvery; ///< see checkSpacing()

        /// How models are opened.
        [[nodiscard]] PredictorOptions predictorOptions() const;
        friend bool operator==(const Settings&, const Settings&) = default;
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
    [[nodiscard]] bool isPublished() const { return m_check.study && m_check.study->isPublished(); }
    [[nodiscard]] const PublishedModels& published() const { return m_published; }
    [[nodiscard]] const StudyGenes& genes() const { return m_genes; }

    /// A model's folder or name; modelChanged() follows, or failed().
    void chooseModel(const QString& folderOrName);
    [[nodiscard]] ChosenModel& model() const { return *m_model; }

    /// What StudyGenes::find() finds. ShownGene::geneChanged() follows at once, reportChanged() as results
    /// come; failed() where it finds none.
    void showGene(const QString& text);
    /// No gene; ShownGene::geneChanged() follows at once.
    void hideGene();
    [[nodiscard]] ShownGene& shown() const { return *m_shown; }

    [[nodiscard]] GeneResults& results() const { return *m_results; }
    /// What shown() and results() are made with, for jobs of other view-models. Another one whenever results
    /// of the one before no longer count.
    [[nodiscard]] std::shared_ptr<const Workspace> workspace() const { return m_workspace; }

Q_SIGNALS:
    void studyOpened();
    /// And none is open; ShownGene::geneChanged(), modelChanged() and GeneResults::replaced() follow.
    void studyClosed();
    void genesChanged(); ///< of the study shown: a published one's other model tells of other genes
    /// What was to be opened is no study but a file of one.
    void partOpened(const QString& file, const diploscope::Error& error);
    void studyRejected(const QString& file, const std::vector<diploscope::Error>& problems);
    void modelChanged();                         ///< and with it the score
    void scoreChanged();                         ///< of the same model
    void failed(const diploscope::Error& error); ///< the session, or one of its parts
    void settingsChanged();

private:
    struct Opened {
        QString file; ///< with its whole path
        StudyCheck check;
        PublishedModels published;
    };
    void takeStudy(Result<Opened> result, const QString& model);
    void replaceStudy(StudyCheck check, PublishedModels published);
    void takePublished(const ModelGenes& model);
    void showPublished(const QString& model);
    void takeModel(const std::optional<Error>& error);
    void takeScore();
    void replaceWorkspace(const std::function<void(Workspace&)>& change);
    void renew(const std::function<void(Workspace&)>& change);

    JobRunner& m_jobs;
    Settings m_settings;
    StudyCheck m_check;
    PublishedModels m_published;
    StudyGenes m_genes;
    std::shared_ptr<const Workspace> m_workspace;
    // In the order in which they know each other.
    const std::unique_ptr<ChosenModel> m_model;
    const std::unique_ptr<GeneResults> m_results;
    const std::unique_ptr<ShownGene> m_shown;
};

} // namespace diploscope::ui
