// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_locus.h"
#include "analysis/gene_report.h"
#include "analysis/gene_statistics.h"
#include "base/run_context.h"
#include "cache/score_cache.h"
#include "scoring/score_options.h"
#include "study/study.h"

#include <functional>
#include <memory>
#include <optional>

namespace diploscope {

struct EffectBackground;
struct ExternalTables;

/// What is asked of every gene.
struct AnalysisOptions {
    std::optional<ScoreOptions> score;    ///< default: the model's own output, asked once
    int selfCheckEvery = kSelfCheckEvery; ///< see checkSpacing(); 0: never
    Method method = Method::Fast;
    std::optional<AlleleConvention> allele; ///< default: the study's
    DriverThresholds thresholds;
    /// Also the gradient attribution of every SNV: one backward pass a gene. Where the model cannot, the
    /// report says so.
    bool gradients = false;
    StatisticsOptions statistics;
    std::shared_ptr<const ExternalTables> external; ///< of the study; may be null
    std::shared_ptr<const EffectBackground>
        background; ///< of model, score and study; null: none was measured
};

/// Shown while a slow model is still at work: a report whose `complete` is false. Called on the analysis'
/// thread.
using ReportSink = std::function<void(std::shared_ptr<const GeneReport>)>;

/// One gene under one model, from files to verdict: window -> alleles -> haplotypes -> scores -> statistics
/// -> report. This is the only place that knows that order. \param cache may be null. \error of every step;
/// Cancelled leaves all finished scores in the cache. Source: METHODS 1-4, 6-8.
[[nodiscard]] Result<std::shared_ptr<const GeneReport>>
analyzeGene(const Study& study, const StudyGene& gene, std::shared_ptr<const Predictor> predictor,
            std::shared_ptr<ScoreCache> cache, const AnalysisOptions& options, const RunContext& context,
            const ReportSink& onPartial = {});

/// What a locus' sequences score, by member of the score.
struct LocusScores {
    Eigen::MatrixXd ism;        ///< rows: the reference, then ismSequences() of panelOf() the locus
    Eigen::MatrixXd haplotypes; ///< rows: Haplotypes::distinct
};
/// The report of a locus whose scores somebody else has computed and checked: no gradients, and what was
/// computed is not counted. \param locus read for the predictor and the score \error of the statistics;
/// Cancelled
[[nodiscard]] Result<std::shared_ptr<const GeneReport>>
reportOfScores(const Study& study, const StudyGene& gene, const std::shared_ptr<const Predictor>& predictor,
               const Locus& locus, LocusScores scores, const AnalysisOptions& options,
               const RunContext& context);

} // namespace diploscope
