// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/chosen_model.h"
#include "viewmodels/published_models.h"
#include "viewmodels/study_genes.h"

#include <QHash>
#include <QObject>
#include <QString>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace diploscope::ui {

/// What is known of every gene under the session's model and settings: from the study's result store, which
/// keeps it, from analyzeAll() and from genes that were shown; of a published study from its tables. Reads
/// and computes in jobs. Lives on the GUI thread.
class GeneResults : public QObject {
    Q_OBJECT

public:
    using Rows = QHash<QString, std::shared_ptr<const GeneRow>>;
    using ProvenanceLines = std::vector<std::pair<std::string, std::string>>;
    using Provenance = Lazy<ProvenanceLines>;

    /// \param genes, model the session's
    GeneResults(JobRunner& jobs, const StudyGenes& genes, const ChosenModel& model,
                QObject* parent = nullptr);

    /// By gene id. A gene that failed has its failure and nothing else.
    [[nodiscard]] const Rows& rows() const { return m_rows; }
    /// How rows() are made. Files are asked for their sizes by the first worker that wants to know, and by no
    /// other.
    [[nodiscard]] std::shared_ptr<Provenance> provenance() const { return m_provenance; }
    /// Stored results of the study's other models; never null.
    [[nodiscard]] std::shared_ptr<const std::vector<ModelGenes>> otherModels() const { return m_others; }
    /// Stored runs that are neither rows() nor otherModels(): of other files or options; see RunShelf.
    [[nodiscard]] size_t keptRuns() const { return m_keptRuns; }

    /// Analyses every gene that has no result yet, in the background; rows() fills. Nothing where there is
    /// nothing to analyse with.
    void analyzeAll();
    /// Whether that is underway.
    [[nodiscard]] bool isAnalyzing() const { return m_jobs.underway(m_job) != nullptr; }
    /// At what the store keeps: another program has written to it.
    void lookAgain() { readStored(); }
    /// Ends it; what is done is kept.
    void stop() { m_jobs.cancel(m_job); }

Q_SIGNALS:
    void rowAdded(const QString& geneId);
    void replaced(); ///< all of them, or other models': forgotten, or read from the store
    /// The store keeps more genes of another state of the study, or under other options, than of this one.
    /// Where to see them besides in the window, see RunShelf.
    void otherRunsKept(const QString& what, const QString& howToSee);
    void failed(const diploscope::Error& error);

private:
    friend class Session;   // which says what they are of
    friend class ShownGene; // whose analyses are results, too
    /// Nothing is known, of another study or of none.
    void forget();
    /// What was known under the workspace before does not count any more. \param workspace never null
    void setWorkspace(std::shared_ptr<const Workspace> workspace);
    /// Of a published study, whatever the workspace. \param model of `models`
    void setPublished(const PublishedModels& models, const ModelGenes& model);
    /// Tells that other results are here, and has those read that the store keeps.
    void renew();
    /// One that is there already stays, unless it is a failure.
    void take(const GeneReport& report);
    void takeFailure(const Gene& gene, const Error& error);

    void clear();
    void add(std::shared_ptr<const GeneRow> row);
    [[nodiscard]] bool isWanted(const std::string& geneId) const;
    void readStored();
    void takeStored(StoredResults stored);
    void tellOfKept(const std::vector<StoredRun>& kept, size_t shown);

    JobRunner& m_jobs;
    const StudyGenes& m_genes;
    const ChosenModel& m_model;
    std::shared_ptr<const Workspace> m_workspace;
    bool m_published = false; ///< of tables
    Rows m_rows;
    std::shared_ptr<Provenance> m_provenance;
    std::shared_ptr<const std::vector<ModelGenes>> m_others;
    size_t m_keptRuns = 0;
    JobId m_job = 0;           ///< that analyses all genes, or did
    bool m_toldOfKept = false; ///< since the study was opened
};

} // namespace diploscope::ui
