// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/result_places.h"
#include "base/suggestion.h"
#include "base/words.h"
#include "cli/commands.h"
#include "cli/options/console.h"
#include "results/result_merge.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace diploscope::cli {

namespace {

struct MergeRequest {
    std::filesystem::path out;
    std::vector<std::filesystem::path> stores;
    bool partial = false;
    bool quiet = false;
};

/// A study stands for its own store, wherever that is.
Result<std::filesystem::path> storeNamed(const std::filesystem::path& name) {
    if (name.extension() != ".json")
        return name;
    std::vector<Error> problems;
    const std::optional<StudyFile> study = readStudyFile(name, problems);
    if (!study)
        return fail(problems.front());
    return resultStoreOf(*study);
}

Result<void> merge(const MergeRequest& request) {
    DS_ASSIGN(const std::filesystem::path out, storeNamed(request.out));
    DS_ASSIGN(const std::vector<MergedRun> merged,
              mergeResults(out, request.stores, request.partial, consoleContext(request.quiet)));
    finishProgress();
    for (const MergedRun& one : merged) {
        say("{}: {}{} from {}{}\n", one.run.model, counted(one.run.genes, "gene", "genes"),
            one.run.failed == 0 ? "" : fmt::format(" and {} that failed", one.run.failed),
            counted(one.stores, "store", "stores"),
            one.listed == 0 || !one.missing.empty() ? ""
                                                    : fmt::format(", all of the {} of the list", one.listed));
        if (one.missing.empty())
            continue;
        std::vector<std::string> missing;
        for (const auto& [gene, share] : one.missing)
            missing.push_back(fmt::format("{} of shard {}/{}", gene, share, one.shares));
        warn("{}: {} of the list are missing: {}\n", one.run.model,
             counted(static_cast<int64_t>(missing.size()), "gene", "genes"), listed(missing));
    }
    sayWritten(out, request.quiet);
    return {};
}

} // namespace

void addResultsCommand(CLI::App& program, int& exitCode) {
    CLI::App* command = program.add_subcommand("results", "Look after result stores");
    command->require_subcommand(1);
    auto request = std::make_shared<MergeRequest>();
    CLI::App* merging = command->add_subcommand(
        "merge", "Join what several result stores hold, such as those of `analyze --shard`");
    merging
        ->add_option("OUT", request->out,
                     "The store to write, or to add to: NAME.results.sqlite, or a *.study.json for its own")
        ->required();
    merging->add_option("STORE", request->stores, "Stores to read; they are not changed")->required();
    merging->add_flag(
        "--partial", request->partial,
        "Also where genes of the shares' list are in none of them, which is an error otherwise");
    merging->add_flag("--quiet", request->quiet, QuietHelp);
    merging->footer(
        "Rows are joined by study, model and options, each by content, in the order of the shares' list: "
        "what\n"
        "comes of it equals one run over all genes. Where two stores have different numbers for one gene,\n"
        "they are named and nothing is written.\n"
        "Example:  diploscope results merge demo/demo.results.sqlite shards/*.sqlite");
    merging->callback([request, &exitCode] { exitCode = runCommand([&] { return merge(*request); }); });
}

} // namespace diploscope::cli
