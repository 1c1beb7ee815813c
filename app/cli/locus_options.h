// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_analysis.h"
#include "cli/work_options.h"
#include "experiment/experiment_tables.h"
#include "experiment/prepared_locus.h"
#include "model/score_request.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <memory>
#include <string>

namespace CLI {
class App;
} // namespace CLI

namespace diploscope::cli {

/// What every command asks that experiments on one gene under one model.
struct LocusRequest : WorkRequest {
    std::filesystem::path study;
    std::string gene;
    std::string model; ///< empty: the study's first
    ScoreRequest score;
    std::filesystem::path out;
};

/// `STUDY`, `--gene`, `--model`, the score's options, those of addWorkOptions() and `--out`.
/// \param isStudyRequired whether the command does nothing without a study and a gene
void addLocusOptions(CLI::App& command, LocusRequest& request, bool isStudyRequired = true);

/// A study's gene, a model and the cache, opened.
struct OpenedLocus {
    std::shared_ptr<const Study> study;
    const StudyGene* gene = nullptr; ///< of the study
    std::shared_ptr<const Predictor> predictor;
    std::string place;                 ///< folder or name that it was opened from
    ScoreRequest asked;                ///< of its score, on the command line
    AnalysisOptions options;           ///< with the score and its method
    std::shared_ptr<ScoreCache> cache; ///< may be null

    /// \param leastFlank see PreparedLocus::read
    [[nodiscard]] Result<PreparedLocus> prepare(const RunContext& context, int64_t leastFlank = 0) const;
    [[nodiscard]] Provenance provenance(const PreparedLocus& locus) const;
    [[nodiscard]] const std::vector<std::string>& contigs() const;
    /// What the JSON of every experiment begins with: gene and model.
    [[nodiscard]] nlohmann::ordered_json subjectJson() const;
};
/// Stdout is left to the command, as it may be JSON: notes go to stderr. \error of opening
[[nodiscard]] Result<OpenedLocus> openLocus(const LocusRequest& request, const RunContext& context);

/// `--figure FILE`: the experiment drawn. Only where the program is built with the window.
void addFigureFile(CLI::App& command, std::filesystem::path& file);

/// "scores: 12 computed, 3 from the cache"
[[nodiscard]] std::string countsText(const ExperimentScores& counts);
/// The same for programs, with what was checked.
[[nodiscard]] nlohmann::ordered_json countsJson(const ExperimentScores& counts);
/// null where there is none
[[nodiscard]] nlohmann::ordered_json jsonOf(const std::optional<double>& value);
[[nodiscard]] nlohmann::ordered_json jsonOf(const std::optional<Interval>& interval);

} // namespace diploscope::cli
