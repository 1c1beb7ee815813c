// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_shares.h"
#include "cli/options/statistics_options.h"
#include "cli/options/work_options.h"
#include "model/score_request.h"
#include "results/result_store.h"
#include "study/study.h"
#include "workflow/scored_model.h"
#ifdef DIPLOSCOPE_UI
#include "cli/requests/gene_figure_options.h"
#endif

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace diploscope::cli {

/// What `analyze` is asked.
struct AnalyzeRequest : WorkRequest {
    std::filesystem::path study;
    std::vector<std::string> genes;
    std::string geneSet; ///< `--genes`: "all" or a file
    std::vector<std::string> models;
    ScoreRequest score;
    bool gradients = false;
    StatisticsOptions statistics;
    std::filesystem::path out;   ///< empty: rows alone are wanted
    std::filesystem::path store; ///< instead of the study's; empty: the study's
    std::optional<GeneShare> share;
    std::filesystem::path heartbeat; ///< empty: none
    bool dryRun = false;
    std::string eqtlGiven; ///< an SNV as written; empty: none
    int figures = -1;      ///< of how many genes; -1: none
#ifdef DIPLOSCOPE_UI
    GeneFigureOptions drawing;
#endif
};

/// A gene to analyse and what its files are called: as the user named it, or as the annotation does.
struct Target {
    const StudyGene* gene = nullptr;
    std::string stem;
};

/// Those that --gene or --genes name, each once. \error NotFound with near names; BadInput where none is
/// named
[[nodiscard]] Result<std::vector<Target>> targetsOf(const AnalyzeRequest& request, const Study& study);

/// Leaves of the targets those of this share. \return the list that it is a share of; none without --shard
[[nodiscard]] std::optional<SharedList> takeShare(std::vector<Target>& targets,
                                                  const std::optional<GeneShare>& share,
                                                  const std::vector<ScoredModel>& models);

/// Those that --model names, else the study's first, each with what is asked of it here or in the study.
/// \error as openAllowedModel; Mismatch where two could not be told apart
[[nodiscard]] Result<std::vector<ScoredModel>> modelsOf(const AnalyzeRequest& request, const Study& study);

/// An SNV that no gene has would only be told behind all the work.
[[nodiscard]] Result<void> checkEqtlGiven(const AnalyzeRequest& request, const Study& study,
                                          const std::vector<Target>& targets,
                                          const std::vector<ScoredModel>& models, const RunContext& context);

} // namespace diploscope::cli
