// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/options/locus_options.h"

#include "base/atomic_file.h"
#include "base/stage_clock.h"
#include "cli/options/console.h"
#include "cli/options/model_argument.h"
#include "cli/options/score_options.h"
#include "cli/options/study_argument.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace diploscope::cli {

void addLocusOptions(CLI::App& command, LocusRequest& request, bool isStudyRequired) {
    command.add_option("STUDY", request.study, "A *.study.json")->required(isStudyRequired);
    command.add_option("--gene", request.gene, "Gene id or symbol")
        ->required(isStudyRequired)
        ->type_name("G");
    command.add_option("--out", request.out, "The table to write")->required()->type_name("FILE.tsv");
    command.add_option("--model", request.model, "Model folder or name (default: the study's first model)")
        ->type_name("DIR");
    addScoreOptions(command, request.score);
    addWorkOptions(command, request);
}

Result<OpenedLocus> openLocus(const LocusRequest& request, const RunContext& context) {
    OpenedLocus opened;
    DS_ASSIGN(const std::shared_ptr<const Study> study, usableStudy(request.study, context));
    DS_ASSIGN(opened.gene, study->findGene(request.gene));

    std::string model = request.model;
    if (model.empty()) {
        DS_ASSIGN(model, firstModelOf(study->file()));
    }
    DS_ASSIGN(const PredictorOptions options, predictorOptionsOf(request));
    DS_ASSIGN(const ScoredModel scored, inStage(context, Stage::Model, [&] {
                  return openAllowedModel(
                      request.trust,
                      {.place = model, .score = request.score, .study = &study->file(), .options = options},
                      stderr);
              }));
    opened.place = scored.place;
    opened.asked = request.score;
    Workspace& workspace = opened.workspace;
    workspace.setStudy(study);
    workspace.predictor = scored.predictor;
    workspace.options.score = scored.score;
    // A table of one experiment is about scores alone.
    workspace.options.statistics.fineMapping = false;
    workspace.options.statistics.nullPredictors = PublishedNullPredictors;
    workspace.options.statistics.resamples = 0;
    DS_TRY(applyWork(request, workspace, context));
    removeAbandonedTemporaries(request.out.has_parent_path() ? request.out.parent_path() : ".");
    return opened;
}

std::string pictureFault(const std::filesystem::path& file) {
    const std::string ending = file.extension().string();
    return ending == ".svg" || ending == ".pdf" || ending == ".png"
               ? std::string()
               : fmt::format("`{}` is no name of a picture: it ends with .svg, .pdf or .png", file.string());
}

void addFigureFile(CLI::App& command, std::filesystem::path& file) {
#ifdef DIPLOSCOPE_UI
    const auto isPicture = [](const std::string& text) { return pictureFault(text); };
    command.add_option("--figure", file, "Also draw it, as SVG, PDF or PNG")
        ->check(CLI::Validator(isPicture, "FILE.svg|pdf|png"))
        ->type_name("");
#else
    (void)command;
    (void)file;
#endif
}

std::string countsText(const ExperimentScores& counts) {
    return fmt::format("scores: {} computed, {} from the cache", counts.computed, counts.fromCache);
}

nlohmann::ordered_json OpenedLocus::subjectJson() const {
    return {{"gene_id", gene->gene.id}, {"gene_name", gene->gene.name}, {"model", model().name}};
}

nlohmann::ordered_json countsJson(const ExperimentScores& counts) {
    nlohmann::ordered_json json{{"scores_computed", counts.computed},
                                {"scores_from_cache", counts.fromCache},
                                {"self_checked", counts.selfCheck.checked}};
    if (!counts.selfCheck.skipped.empty())
        json["self_check_skipped"] = counts.selfCheck.skipped;
    return json;
}

nlohmann::ordered_json jsonOf(const std::optional<double>& value) {
    return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json(nullptr);
}

nlohmann::ordered_json jsonOf(const std::optional<Interval>& interval) {
    return interval ? nlohmann::ordered_json({interval->low, interval->high})
                    : nlohmann::ordered_json(nullptr);
}

} // namespace diploscope::cli
