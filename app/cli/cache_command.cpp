// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/rate_meter.h"
#include "cache/score_cache.h"
#include "cli/cache_exchange.h"
#include "cli/commands.h"
#include "cli/options/console.h"
#include "cli/options/unsigned_options.h"
#include "machine/machine_words.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <system_error>

namespace diploscope::cli {

namespace {

namespace fs = std::filesystem;

struct CacheRequest {
    fs::path file = ScoreCache::defaultFile();
    int64_t keepBytes = 0;
};

std::string scoresInWords(int64_t count) {
    return countWords(count) + (count == 1 ? " score" : " scores");
}

/// Says that there is nothing to do, and makes no file for it.
bool absent(const fs::path& file) {
    std::error_code error;
    if (fs::exists(file, error) || error)
        return false;
    say("No scores are cached: {} does not exist.\n", file.string());
    return true;
}

Result<std::shared_ptr<ScoreCache>> openCache(const fs::path& file) {
    DS_ASSIGN(auto cache, ScoreCache::open(file));
    if (cache->setAside())
        warn("The cache was damaged; it now lies at {}, and a new one was begun.\n",
             cache->setAside()->string());
    return cache;
}

Result<void> showInfo(const CacheRequest& request) {
    if (absent(request.file))
        return {};
    DS_ASSIGN(const auto cache, openCache(request.file));
    DS_ASSIGN(const ScoreCache::Info info, cache->info());
    say("file    {}\n", info.file.string());
    say("scores  {}{}\n", countWords(info.entries),
        info.unchecked == 0 ? "" : fmt::format(", {} of them not checked yet", countWords(info.unchecked)));
    if (info.refuted > 0)
        say("refuted {} window{}, of which no score is kept\n", countWords(info.refuted),
            info.refuted == 1 ? "" : "s");
    say("models  {}\n", countWords(info.models));
    say("size    {} (at {}, what was unused longest is dropped)\n", sizeWords(info.bytes),
        sizeWords(info.limitBytes));
    return {};
}

Result<void> clear(const CacheRequest& request) {
    if (absent(request.file))
        return {};
    DS_ASSIGN(const auto cache, openCache(request.file));
    DS_ASSIGN(const int64_t removed, cache->clear(request.keepBytes));
    DS_ASSIGN(const ScoreCache::Info info, cache->info());
    say("Removed {}; {} left, {}.\n", scoresInWords(removed), countWords(info.entries),
        sizeWords(info.bytes));
    return {};
}

Result<void> verify(const CacheRequest& request) {
    if (absent(request.file))
        return {};
    DS_ASSIGN(const auto cache, ScoreCache::open(request.file));
    if (cache->setAside())
        return fail(ErrorKind::BadInput,
                    fmt::format("The cache was damaged; it now lies at {}, and a new one was begun.",
                                cache->setAside()->string()),
                    request.file.string(),
                    "Scores are computed again as they are needed; the damaged file may be deleted.");
    DS_TRY(cache->verify(consoleContext()));
    finishProgress();
    DS_ASSIGN(const ScoreCache::Info info, cache->info());
    say("{}: the file is sound and holds what was stored.\n", scoresInWords(info.entries));
    return {};
}

CLI::App* addAction(CLI::App& command, const std::shared_ptr<CacheRequest>& request, int& exitCode,
                    const char* name, const char* description, Result<void> (*action)(const CacheRequest&)) {
    CLI::App* added = command.add_subcommand(name, description);
    added->add_option("--file", request->file, "The cache's file")->capture_default_str()->type_name("FILE");
    added->callback(
        [request, &exitCode, action] { exitCode = runCommand([&] { return action(*request); }); });
    return added;
}

} // namespace

void addCacheCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<CacheRequest>();
    CLI::App* command = program.add_subcommand("cache", "Look after the scores that were computed before");
    command->require_subcommand(1);
    addAction(*command, request, exitCode, "info", "How many scores there are, and how much room they take",
              showInfo);
    addSizeOption(
        *addAction(*command, request, exitCode, "clear", "Remove all scores, or those unused longest", clear),
        "--limit", request->keepBytes,
        "Keep the scores used last, up to this size: 500M, 1G (default: keep none)");
    addAction(*command, request, exitCode, "verify",
              "Check the file and every score in it; exit code 1 if any is not what was stored", verify);
    addCacheExchange(*command, exitCode);
    command->footer(
        "Every score is kept by what it depends on: the model, the choice of its outputs and the sequence.\n"
        "Whatever is removed here is computed again when it is next asked for.\n"
        "A score counts once the self-check of its window has passed; until then it is kept as not checked.\n"
        "Where a check fails, its window's scores are removed and the verdict is kept.");
}

} // namespace diploscope::cli
