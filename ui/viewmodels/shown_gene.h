// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/gene_results.h"
#include "viewmodels/warm_locus.h"

#include <QCache>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <string>

namespace diploscope::ui {

/// The gene that is shown: its report, as far as it is there, or why there is none. Analyses in a job; of
/// genes shown before, reports are kept for a while. A gene of a published study has none. Lives on the GUI
/// thread.
class ShownGene : public QObject {
    Q_OBJECT

public:
    /// \param genes, model, results the session's
    ShownGene(JobRunner& jobs, const StudyGenes& genes, const ChosenModel& model, GeneResults& results,
              QObject* parent = nullptr);
    ~ShownGene() override;

    /// One of the session's genes; null: none is shown.
    [[nodiscard]] const Gene* gene() const { return m_gene; }
    [[nodiscard]] std::string geneId() const { return m_gene == nullptr ? std::string() : m_gene->id; }
    /// Null until something is known; may be incomplete.
    [[nodiscard]] std::shared_ptr<const GeneReport> report() const { return m_report; }
    /// Whether that is made with the session's workspace: after another model or setting, the one before
    /// stays until there is another.
    [[nodiscard]] bool reportIsCurrent() const { return m_report && m_isCurrent; }
    /// What ended the analysis, if something did.
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }
    /// Whether there are to be gradients beside ISM. Where there are none yet, the gene is asked for again;
    /// its scores come from the cache.
    void showGradients(bool wanted);
    /// What reports also tell of has come to the disk: the gene is asked for again; its scores come from the
    /// cache.
    void askAgain();
    /// Stops the analysis; finished scores stay in the cache.
    void cancel();
    /// Under the session's workspace: the same for all who ask while one of them holds it. Only while a gene
    /// is shown.
    [[nodiscard]] std::shared_ptr<SharedLocus> locus();

    /// Scores taken from the cache and computed for genes shown since the study was opened.
    [[nodiscard]] int64_t scoresFromCache() const { return m_fromCache; }
    [[nodiscard]] int64_t scoresComputed() const { return m_computed; }

Q_SIGNALS:
    void geneChanged();   ///< another gene, or none; the report is that of the new gene or null
    void reportChanged(); ///< of the same gene
    void failed(const diploscope::Error& error);

private:
    friend class Session; // which says what is shown, and of what
    using Report = std::shared_ptr<const GeneReport>;
    /// No gene, of another study or of none; the session tells.
    void forget(std::shared_ptr<const Study> study);
    /// \param workspace never null
    void setWorkspace(std::shared_ptr<const Workspace> workspace);
    /// \param gene one of the session's genes
    void show(const Gene& gene);
    void hide();
    /// The same gene among others of the session, or none; the session tells.
    void moveTo(const Gene* gene) { m_gene = gene; }
    /// The session tells.
    void dropReport() { m_report.reset(); }
    /// There is nothing to analyse it with.
    void giveUp(const Error& error);
    void analyze();

    void take(const Gene& gene, Result<Workspace::Analysed> result);
    void tellOnce(const Workspace::Analysed& analysed);

    JobRunner& m_jobs;
    const StudyGenes& m_genes;
    const ChosenModel& m_model;
    GeneResults& m_results;
    std::shared_ptr<const Study> m_study; ///< null: none is open
    std::shared_ptr<const Workspace> m_workspace;
    const Gene* m_gene = nullptr; ///< in m_genes
    Report m_report;
    bool m_isCurrent = false; ///< the report is made with m_workspace
    std::optional<Error> m_error;
    bool m_gradients = false;
    QCache<QString, Report> m_reports; ///< of genes shown last
    std::weak_ptr<SharedLocus> m_locus;
    bool m_toldNotStored = false;
    bool m_toldTables = false; ///< that a side table is left out
    int64_t m_fromCache = 0;
    int64_t m_computed = 0;
};

} // namespace diploscope::ui
