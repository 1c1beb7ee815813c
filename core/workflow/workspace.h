// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/external_tables.h"
#include "analysis/gene_analysis.h"
#include "analysis/genome_run.h"
#include "analysis/stored_runs.h"
#include "base/lazy.h"
#include "study/study.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace diploscope {

/// What commands, the window and its workers run genes with: one study, one model, one set of options, and
/// the files behind them (score cache, side tables, result store). A copy shares what was read; a copy with a
/// change is another workspace, and results of two do not mix. Any thread once it is set up.
class Workspace {
public:
    using Cache = Lazy<std::shared_ptr<ScoreCache>>;

    /// A gene's report, and what became of it in the study's result store.
    struct Analysed {
        std::shared_ptr<const GeneReport> report;
        std::optional<Error> notStored; ///< the report is good, but not kept
    };

    [[nodiscard]] static std::shared_ptr<Cache> cacheIn(const std::filesystem::path& file,
                                                        int64_t limitBytes = ScoreCache::DefaultLimitBytes);

    void setStudy(std::shared_ptr<const Study> study);
    [[nodiscard]] const std::shared_ptr<const Study>& study() const { return m_study; } ///< null: none yet
    [[nodiscard]] bool isReady() const { return m_study && predictor; }

    std::shared_ptr<const Predictor> predictor;
    AnalysisOptions options;
    std::shared_ptr<Cache> cache; ///< null: without one
    int threads = 0;              ///< of analyzeAll(), see GenomeRun
    std::filesystem::path store;  ///< where rows go instead of the study's own result store; empty: there

    /// That of the options, else the model's own. There is a model.
    [[nodiscard]] ScoreOptions score() const;

    /// Opened and read by who asks first. \return null without a cache \error as ScoreCache::open
    [[nodiscard]] Result<std::shared_ptr<ScoreCache>> scores(const RunContext& context) const;
    /// What a person should know of the cache before it is used: that its file was damaged. Opens it. \return
    /// empty: nothing \error as scores()
    [[nodiscard]] Result<std::string> cacheNote(const RunContext& context) const;
    /// \return null where the study names none \error Cancelled
    [[nodiscard]] Result<std::shared_ptr<const ExternalTables>> sideTables(const RunContext& context) const;

    /// What effects are held against. \return null where nobody has measured it for this model, score and
    /// study \error Cancelled
    [[nodiscard]] Result<std::shared_ptr<const EffectBackground>> background(const RunContext& context) const;

    /// The result store that rows go to. \error as openResultStore()
    [[nodiscard]] Result<ResultStore> openStore() const;

    /// Analyses a gene and stores its row. \error as analyzeGene
    [[nodiscard]] Result<Analysed> analyze(const StudyGene& gene, bool gradients, const RunContext& context,
                                           const ReportSink& onPartial = {}) const;
    /// As runGenome, with PrediXcan's R where the study names databases.
    [[nodiscard]] Result<GenomeRunResult> analyzeAll(const std::vector<const StudyGene*>& genes,
                                                     GenomeSinks sinks, const RunContext& context) const;
    /// What was stored under this workspace's key, by whichever program, and of other models.
    [[nodiscard]] Result<StoredResults> stored(const RunContext& context) const;
    /// The key under which its results are stored; without a model what is of the study alone.
    /// \error as studyIdentity
    [[nodiscard]] Result<ResultRun> keys(const RunContext& context) const;
    /// How its results are made, as tables and figures tell it.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> provenance() const;

private:
    std::shared_ptr<const Study> m_study;
    std::shared_ptr<Lazy<std::shared_ptr<const ExternalTables>>> m_sideTables;
    std::shared_ptr<Lazy<PredixcanRs>> m_predixcan;
};

} // namespace diploscope
