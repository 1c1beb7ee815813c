// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/locus_options.h"

#include "analysis/provenance.h"
#include "base/atomic_file.h"
#include "base/stage_clock.h"
#include "cli/console.h"
#include "cli/model_argument.h"
#include "cli/score_options.h"
#include "cli/study_argument.h"
#include "engines/open_model.h"

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

Result<PreparedLocus> OpenedLocus::prepare(const RunContext& context, int64_t leastFlank) const {
    return PreparedLocus::read(*study, gene->gene, predictor, *options.score,
                               {options.method, cache, options.selfCheckEvery}, context, leastFlank);
}

Provenance OpenedLocus::provenance(const PreparedLocus& locus) const {
    return locusProvenance(locus, gene->gene, scoreProvenance(*study, *predictor, *options.score, options));
}

const std::vector<std::string>& OpenedLocus::contigs() const {
    return study->reference().contigs();
}

Result<OpenedLocus> openLocus(const LocusRequest& request, const RunContext& context) {
    OpenedLocus opened;
    DS_ASSIGN(opened.study, usableStudy(request.study, context));
    DS_ASSIGN(opened.gene, opened.study->findGene(request.gene));

    std::string model = request.model;
    if (model.empty()) {
        DS_ASSIGN(model, firstModelOf(opened.study->file()));
    }
    DS_ASSIGN(const PredictorOptions options, predictorOptionsOf(request));
    DS_TRY(allowModel(request.trust, model));
    DS_ASSIGN(opened.predictor, inStage(context, Stage::Model, [&] { return openModel(model, options); }));
    const ModelInfo& info = opened.predictor->info();
    if (!info.note.empty())
        warn("{}: {}\n", info.name, info.note);
    DS_ASSIGN(opened.options.score,
              resolveScore(request.score.orElse(opened.study->file().scoreOf(model)), info));
    if (const auto& head = opened.options.score->output.head; head && !head->note.empty())
        warn("{}\n", head->note);
    opened.place = std::move(model);
    opened.asked = request.score;
    opened.options.method = methodOf(request);
    opened.options.selfCheckEvery = request.selfCheckEvery;
    // A table of one experiment is about scores alone.
    opened.options.statistics.fineMapping = false;
    opened.options.statistics.nullPredictors = PublishedNullPredictors;
    opened.options.statistics.resamples = 0;
    if (!request.noCache) {
        DS_ASSIGN(opened.cache, ScoreCache::open(request.cacheFile));
        if (const auto& damaged = opened.cache->setAside())
            warn("The score cache was damaged; it was set aside as {} and begun anew.\n", damaged->string());
    }
    removeAbandonedTemporaries(request.out.has_parent_path() ? request.out.parent_path() : ".");
    return opened;
}

void addFigureFile(CLI::App& command, std::filesystem::path& file) {
#ifdef DIPLOSCOPE_UI
    const auto isPicture = [](const std::string& text) {
        const std::string ending = std::filesystem::path(text).extension().string();
        return ending == ".svg" || ending == ".pdf" || ending == ".png"
                   ? std::string()
                   : fmt::format("`{}` is no name of a picture: it ends with .svg, .pdf or .png", text);
    };
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
    return {{"gene_id", gene->gene.id}, {"gene_name", gene->gene.name}, {"model", predictor->info().name}};
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
