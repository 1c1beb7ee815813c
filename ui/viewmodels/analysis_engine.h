// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/external_tables.h"
#include "analysis/gene_analysis.h"
#include "analysis/genome_run.h"
#include "analysis/stored_runs.h"
#include "study/study.h"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace diploscope::ui {

/// A value that the first worker that needs it makes, because that may wait for a disk; made again after a
/// failure. Any thread.
template <class T>
class Lazy {
public:
    explicit Lazy(std::function<Result<T>(const RunContext&)> make) : m_make(std::move(make)) {}
    [[nodiscard]] Result<T> get(const RunContext& context) {
        const std::lock_guard lock(m_mutex);
        if (!m_value) {
            DS_ASSIGN(m_value, m_make(context));
        }
        return *m_value;
    }

private:
    std::mutex m_mutex;
    std::function<Result<T>(const RunContext&)> m_make;
    std::optional<T> m_value;
};

/// What the window's workers share: one study, one model, one set of options, and the files behind them.
/// Immutable; any thread. Results of two engines do not mix.
class AnalysisEngine {
public:
    using Report = std::shared_ptr<const GeneReport>;

    /// A gene's report, and what became of it in the study's result store.
    struct Analysed {
        Report report;
        std::optional<Error> notStored; ///< the report is good, but not kept
    };

    [[nodiscard]] static std::shared_ptr<Lazy<std::shared_ptr<ScoreCache>>>
    lazyCache(const std::filesystem::path& file, int64_t limitBytes);

    void setStudy(std::shared_ptr<const Study> study);
    [[nodiscard]] bool isReady() const { return m_study && predictor; }

    /// Analyses and stores. \error as analyzeGene
    [[nodiscard]] Result<Analysed> analyze(const StudyGene& gene, bool gradients, const RunContext& context,
                                           const ReportSink& onPartial) const;
    /// As runGenome, with PrediXcan's R where the study names databases.
    [[nodiscard]] Result<GenomeRunResult> analyzeAll(const std::vector<const StudyGene*>& genes,
                                                     std::function<void(const GeneRow&)> onRow,
                                                     const RunContext& context) const;
    /// What was stored by an engine equal to this one, here or on the command line, and of other models.
    [[nodiscard]] Result<StoredResults> stored(const RunContext& context) const;
    /// The key under which its results are stored; without a model what is of the study alone.
    /// \error as studyIdentity
    [[nodiscard]] Result<ResultRun> keys(const RunContext& context) const;
    /// How its results are made, as tables and figures tell it.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> provenance() const;

    std::shared_ptr<const Predictor> predictor;
    AnalysisOptions options;
    std::shared_ptr<Lazy<std::shared_ptr<ScoreCache>>> cache;

private:
    using External = std::shared_ptr<const ExternalTables>;

    std::shared_ptr<const Study> m_study;
    std::shared_ptr<Lazy<External>> m_external;
    std::shared_ptr<Lazy<PredixcanRs>> m_predixcan;
};

} // namespace diploscope::ui
