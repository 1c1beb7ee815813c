// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/options/work_options.h"
#include "experiment/experiment_tables.h"
#include "model/score_request.h"
#include "workflow/experiment_locus.h"

#include <nlohmann/json.hpp>

#include <filesystem>
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
    Workspace workspace;             ///< of study, model, score and cache
    const StudyGene* gene = nullptr; ///< of the study
    std::string place;               ///< folder or name that the model was opened from
    ScoreRequest asked;              ///< of its score, on the command line

    [[nodiscard]] const Study& study() const { return *workspace.study(); }
    [[nodiscard]] const ModelInfo& model() const { return workspace.predictor->info(); }
    [[nodiscard]] const std::vector<std::string>& contigs() const { return study().reference().contigs(); }
    /// What the JSON of every experiment begins with: gene and model.
    [[nodiscard]] nlohmann::ordered_json subjectJson() const;
};
/// Stdout is left to the command, as it may be JSON: notes go to stderr. \error of opening
[[nodiscard]] Result<OpenedLocus> openLocus(const LocusRequest& request, const RunContext& context);

/// Why a file cannot be a figure's; empty: it can.
[[nodiscard]] std::string pictureFault(const std::filesystem::path& file);

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
