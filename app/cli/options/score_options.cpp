// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/options/score_options.h"

#include "scoring/self_check.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

namespace diploscope::cli {

void addScoreOptions(CLI::App& command, ScoreRequest& request) {
    constexpr const char* group = "Score (default: as the study file, then the model says)";
    const auto add = [&](const char* name, auto& target, const char* help, const char* type) {
        return command.add_option(name, target, help)->type_name(type)->group(group);
    };
    CLI::Option* tracks = add("--tracks", request.tracks,
                              "Numbers from 0, ranges, names with * and ?: \"4980,CAGE:brain*\"", "LIST");
    add("--bins", request.bins, "Of the output, from 0: 447-449", "LIST");
    CLI::Option* aggregate =
        add("--aggregate", request.aggregate, "sum, sum-log1p or log2-of-sum of these bins and tracks", "HOW")
            ->check(CLI::IsMember(aggregateWords()));
    add("--head", request.head, "A fine-tuned head (CSV tracks,weights) in place of tracks and aggregate",
        "FILE")
        ->excludes(tracks)
        ->excludes(aggregate);
    add("--targets", request.targets, "What the tracks are called: targets_human.txt, or one name a line",
        "FILE");
    add("--shifts", request.shifts, "Average over windows moved by -N to N bp (2 N + 1 predictions)", "N")
        ->check(CLI::NonNegativeNumber);
    command
        .add_flag_callback(
            "--reverse-complement", [&request] { request.reverseComplement = true; },
            "Average over both strands (twice as many predictions)")
        ->group(group);
    command
        .add_flag("--own-score", request.ownScore,
                  "What is not said here is as the model says, whatever the study file does")
        ->group(group);
}

void addSelfCheckOption(CLI::App& command, int& every) {
    const auto parse = [&every](const CLI::results_t& words) {
        if (words.front() == "off") {
            every = 0;
            return true;
        }
        return CLI::detail::lexical_cast(words.front(), every) && every > 0;
    };
    command
        .add_option(
            "--self-check", parse,
            fmt::format("Score every Nth new sequence and one of each kind by a whole forward pass too, and "
                        "compare (default: {}, as far as it takes a tenth of the work)",
                        kSelfCheckEvery))
        ->type_name("N|off");
}

} // namespace diploscope::cli
