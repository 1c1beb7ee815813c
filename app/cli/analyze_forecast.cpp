// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/analyze_forecast.h"

#include "analysis/result_places.h"
#include "analysis/run_forecast.h"
#include "base/rate_meter.h"
#include "base/words.h"
#include "cli/options/console.h"

#include <algorithm>
#include <set>

namespace diploscope::cli {

namespace {

/// That measuring takes, by and large.
constexpr double BudgetSeconds = 15;

/// Genes that are stored under the model's key. Makes no store.
Result<std::set<std::string>> finishedOf(const Workspace& workspace, const RunContext& context) {
    DS_ASSIGN(const ResultRun keys, workspace.keys(context));
    const std::filesystem::path file =
        workspace.store.empty() ? resultStoreOf(workspace.study()->file()) : workspace.store;
    Result<ResultStore> store = ResultStore::openExisting(file);
    if (!store && store.error().kind == ErrorKind::NotFound)
        return std::set<std::string>();
    if (!store)
        return fail(store.error());
    DS_ASSIGN(const std::vector<ResultRun> runs, store->runs());
    for (const ResultRun& run : runs)
        if (run.study == keys.study && run.modelChecksum == keys.modelChecksum && run.options == keys.options)
            return store->finishedGenes(run.id);
    return std::set<std::string>();
}

Result<RunForecast> forecastOf(const GenomeWork& work, const GenomeModel& model, const RunContext& context) {
    const Workspace& workspace = model.workspace;
    GenomeRun run{{}, workspace.predictor, nullptr, workspace.options, {}, workspace.threads};
    DS_ASSIGN(run.cache, workspace.scores(context));
    DS_ASSIGN(run.options.external, workspace.sideTables(context));
    DS_ASSIGN(const std::set<std::string> finished, finishedOf(workspace, context));
    const auto isKnown = [&](const StudyGene& gene) {
        return finished.contains(gene.gene.id) && !(model.sinks.needed && model.sinks.needed(gene));
    };
    return forecastRun(*workspace.study(), work.genes, run, isKnown, BudgetSeconds, context);
}

/// "0.2 s", "12 min", "3.21 h": a forecast is no finer than that.
std::string durationWords(double seconds) {
    if (seconds < 0.05)
        return "less than 0.1 s";
    if (seconds < 90)
        return fmt::format("{:.{}f} s", seconds, seconds < 9.95 ? 1 : 0);
    return seconds < 90 * 60 ? fmt::format("{:.0f} min", seconds / 60)
                             : fmt::format("{:.3g} h", seconds / 3600);
}

std::string gib(int64_t bytes) {
    return fmt::format("{:.2f} GiB", double(bytes) / double(int64_t{1} << 30));
}

} // namespace

Result<void> tellForecast(const GenomeWork& work, const std::vector<GenomeModel>& models,
                          const RunContext& context) {
    double seconds = 0;
    for (const GenomeModel& model : models) {
        DS_ASSIGN(const RunForecast forecast, forecastOf(work, model, context));
        finishProgress();
        seconds += forecast.seconds;
        say("{}\n", model.workspace.predictor->info().name);
        say("  genes      {}, {} of them stored already{}\n", countWords(forecast.genes),
            countWords(forecast.stored),
            forecast.failed == 0 ? "" : fmt::format(", {} that would fail", countWords(forecast.failed)));
        say("  sequences  {} to compute, {} more are in the cache\n", countWords(forecast.toCompute()),
            countWords(forecast.cached));
        say("  time       {} on this machine if nothing else runs, by some of {}\n",
            durationWords(forecast.seconds), counted(forecast.measured, "gene", "genes"));
        say("  memory     {}; the cache grows by {}\n", gib(forecast.peakBytes), gib(forecast.cacheBytes));
        if (model.workspace.options.gradients)
            say("  gradients  are not counted: a backward pass a gene more\n");
    }
    if (models.size() > 1)
        say("all models   {} on this machine\n", durationWords(seconds));
    return {};
}

} // namespace diploscope::cli
