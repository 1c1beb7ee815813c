// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/models_background_command.h"

#include "analysis/effect_background.h"
#include "cli/options/console.h"
#include "cli/options/model_argument.h"
#include "cli/options/score_options.h"
#include "cli/options/study_argument.h"
#include "cli/options/unsigned_options.h"
#include "cli/options/work_options.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace diploscope::cli {

namespace {

struct BackgroundCommand : WorkRequest {
    std::string model;
    std::filesystem::path study;
    ScoreRequest score;
    BackgroundRequest background;
};

/// The effect that a share of a bin's is below.
double quantile(const std::vector<double>& sorted, double share) {
    const auto at = static_cast<size_t>(share * double(sorted.size() - 1) + 0.5);
    return sorted[at];
}

void print(const EffectBackground& background) {
    say("{:<16} {:>8} {:>14} {:>10} {:>10} {:>10}\n", "distance to TSS", "SNVs", "of them random",
        "half below", "95 % below", "99 % below");
    for (size_t bin = 0; bin < EffectBackground::Bins; ++bin) {
        const EffectBackground::Bin& here = background.bins[bin];
        if (here.effects.empty())
            continue;
        say("{:<16} {:>8} {:>14} {:>10.3g} {:>10.3g} {:>10.3g}\n", EffectBackground::binName(bin),
            here.effects.size(), here.substitutions, quantile(here.effects, .5), quantile(here.effects, .95),
            quantile(here.effects, .99));
    }
}

Result<void> measure(const BackgroundCommand& request) {
    const RunContext context = consoleContext(request.quiet);
    DS_ASSIGN(const auto study, usableStudy(request.study, context));
    ModelRequest wanted{.place = request.model, .score = request.score, .study = &study->file()};
    DS_ASSIGN(wanted.options, predictorOptionsOf(request));
    DS_ASSIGN(const ScoredModel model, openAllowedModel(request.trust, wanted));
    Workspace workspace;
    workspace.setStudy(study);
    DS_TRY(applyWork(request, workspace, context));
    DS_ASSIGN(const auto cache, workspace.scores(context));
    DS_ASSIGN(const EffectBackground background,
              measureBackground(*study, model.predictor, model.score, workspace.options.method, cache,
                                request.background, context));
    const std::filesystem::path file =
        backgroundFile(background.checksum, background.score, background.inputs);
    DS_TRY(writeBackground(background, file));
    finishProgress();
    print(background);
    sayWritten(file, request.quiet);
    if (!request.quiet)
        say("Reports of this study and model say from now on how large an effect is among these.\n");
    return {};
}

} // namespace

void addModelsBackground(CLI::App& models, int& exitCode) {
    const auto request = std::make_shared<BackgroundCommand>();
    CLI::App* command = models.add_subcommand(
        "background",
        "How large a model's effects of common SNVs are, by distance to the TSS: what the effects of a "
        "gene's variants are held against from then on");
    command->add_option("MODEL", request->model, "A model's folder, or the name of a known one")->required();
    command->add_option("STUDY", request->study, "A *.study.json")->required();
    command
        ->add_option("--variants", request->background.variants,
                     "SNVs to score, in all bins of distance together")
        ->capture_default_str()
        ->check(CLI::Range(int64_t{6}, int64_t{10'000'000}))
        ->type_name("N");
    command->add_option("--least-maf", request->background.leastMaf, "Of a common SNV")
        ->capture_default_str()
        ->check(CLI::Range(0.0, 0.5));
    addSeedOption(*command, request->background.seed, "Of which genes and SNVs");
    addScoreOptions(*command, request->score);
    addWorkOptions(*command, *request);
    command->footer("Example:\n  diploscope models background demo-cnn demo/demo.study.json");
    command->callback([request, &exitCode] { exitCode = runCommand([&] { return measure(*request); }); });
}

} // namespace diploscope::cli
