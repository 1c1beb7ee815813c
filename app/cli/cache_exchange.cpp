// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cache_exchange.h"

#include "analysis/window_trials.h"
#include "base/rate_meter.h"
#include "base/words.h"
#include "cache/cache_join.h"
#include "cli/analyze_request.h"
#include "cli/options/console.h"
#include "cli/options/score_options.h"
#include "cli/options/study_argument.h"
#include "machine/machine_words.h"

#include <CLI/CLI.hpp>

#include <limits>
#include <memory>

namespace diploscope::cli {

namespace {

namespace fs = std::filesystem;

struct ExchangeRequest : AnalyzeRequest {
    fs::path file; ///< that is named beside the user's cache, or to write to
    std::vector<fs::path> sources;
};

std::string scoreCount(int64_t count) {
    return counted(count, "score", "scores");
}

/// Opened without a limit: a join drops nothing.
Result<std::shared_ptr<ScoreCache>> openToJoin(const fs::path& file) {
    DS_ASSIGN(auto cache, ScoreCache::open(file, std::numeric_limits<int64_t>::max()));
    if (cache->setAside())
        warn("The cache was damaged; it now lies at {}, and a new one was begun.\n",
             cache->setAside()->string());
    return cache;
}

/// \error Mismatch where two numbers stand under one key
Result<void> tellJoin(const CacheJoin& join, ScoreCache& into, bool quiet) {
    finishProgress();
    DS_ASSIGN(const ScoreCache::Info info, into.info());
    say("{} added, {} there already; {} now, {}\n", scoreCount(join.added), countWords(join.known),
        scoreCount(info.entries), sizeWords(info.bytes));
    if (join.refuted > 0)
        warn("{} of windows on which a self-check failed were not taken.\n", scoreCount(join.refuted));
    if (join.damaged > 0)
        warn("{} were not what was stored, and not taken.\n", scoreCount(join.damaged));
    if (info.bytes > ScoreCache::DefaultLimitBytes)
        warn("The cache is larger than the {} at which what was unused longest is dropped.\n",
             sizeWords(ScoreCache::DefaultLimitBytes));
    sayWritten(info.file, quiet);
    if (join.conflicting == 0)
        return {};
    std::string named;
    for (const CacheConflict& one : join.conflicts)
        named +=
            fmt::format("{}{} under {} ({}): {} here, {} there", named.empty() ? "" : "; ",
                        toHex(one.sequence), one.scope.modelChecksum, one.scope.output, one.kept, one.other);
    return fail(
        ErrorKind::Mismatch,
        fmt::format("{} other numbers than are here already, which stay: {}{}.",
                    join.conflicting == 1 ? "1 sequence has"
                                          : countWords(join.conflicting) + " sequences have",
                    named, join.conflicts.size() < static_cast<size_t>(join.conflicting) ? "; …" : ""),
        info.file.string(),
        "All other scores were taken. Machines whose last digits differ keep caches of their own; else "
        "find out which one is right with `diploscope analyze --no-cache`.");
}

Result<void> joinAll(const fs::path& out, const std::vector<fs::path>& sources,
                     const std::optional<std::set<Digest>>& trials, bool quiet) {
    const RunContext context = consoleContext(quiet);
    for (const fs::path& source : sources) {
        std::error_code ignored;
        if (source == out || fs::equivalent(source, out, ignored))
            return fail(ErrorKind::BadInput, "The cache to write to is the one to read.", source.string(),
                        "Leave it out: what it holds stays.");
        DS_TRY(cacheScopes(source)); // before anything is made or written
    }
    DS_ASSIGN(const std::shared_ptr<ScoreCache> into, openToJoin(out));
    CacheJoin join;
    for (const fs::path& source : sources) {
        DS_ASSIGN(const CacheJoin one, joinCache(*into, source, trials, context));
        join.add(one);
    }
    return tellJoin(join, *into, quiet);
}

/// Those of the study's genes, under the models asked for, whatever the method.
Result<std::set<Digest>> trialsOf(const ExchangeRequest& request, const fs::path& source) {
    const RunContext context = consoleContext(request.quiet);
    DS_ASSIGN(const std::vector<ScoreScope> scopes, cacheScopes(source));
    DS_ASSIGN(const std::shared_ptr<const Study> study, usableStudy(request.study, context));
    DS_ASSIGN(const std::vector<ScoredModel> models, modelsOf(request, *study));
    std::set<Digest> trials;
    for (const ScoredModel& model : models) {
        DS_ASSIGN(std::set<Digest> own, windowTrials(*study, model.predictor, model.score, scopes, context));
        trials.merge(own);
    }
    return trials;
}

Result<void> exchange(const ExchangeRequest& request, const fs::path& from, const fs::path& into) {
    DS_ASSIGN(const std::set<Digest> trials, trialsOf(request, from));
    return joinAll(into, {from}, trials, request.quiet);
}

/// Options that export and import share.
CLI::App* addExchange(CLI::App& command, const std::shared_ptr<ExchangeRequest>& request, const char* name,
                      const char* description) {
    CLI::App* added = command.add_subcommand(name, description);
    added->add_option("FILE", request->file, "The file to exchange scores with")->required();
    added->add_option("--study", request->study, "Only of this study's genes (their windows)")
        ->required()
        ->type_name("STUDY");
    added->add_option("--file", request->cacheFile, "The cache")->capture_default_str()->type_name("CACHE");
    added
        ->add_option("--model", request->models,
                     "Model folder or name (default: the study's first model); several may be given")
        ->type_name("DIR");
    addScoreOptions(*added, request->score);
    added->add_flag("--trust", request->trust, "Allow a model that is a program (TorchScript)");
    added->add_flag("--quiet", request->quiet, QuietHelp);
    request->geneSet = "all";
    return added;
}

} // namespace

void addCacheExchange(CLI::App& command, int& exitCode) {
    auto merging = std::make_shared<ExchangeRequest>();
    CLI::App* merge = command.add_subcommand(
        "merge", "Take the scores of other caches into one; where numbers differ, exit code 1");
    merge->add_option("OUT", merging->file, "The cache to write, or to add to")->required();
    merge->add_option("CACHE", merging->sources, "Caches to read; they are not changed")->required();
    merge->add_flag("--quiet", merging->quiet, QuietHelp);
    merge->callback([merging, &exitCode] {
        exitCode = runCommand(
            [&] { return joinAll(merging->file, merging->sources, std::nullopt, merging->quiet); });
    });
    auto out = std::make_shared<ExchangeRequest>();
    addExchange(command, out, "export", "Write what the cache has of a study's genes to a file to take along")
        ->callback([out, &exitCode] {
            exitCode = runCommand([&] { return exchange(*out, out->cacheFile, out->file); });
        });
    auto in = std::make_shared<ExchangeRequest>();
    addExchange(command, in, "import", "Take what such a file has of a study's genes into the cache")
        ->callback([in, &exitCode] {
            exitCode = runCommand([&] { return exchange(*in, in->file, in->cacheFile); });
        });
}

} // namespace diploscope::cli
