// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/options/console.h"
#include "cli/options/model_argument.h"
#include "cli/options/score_options.h"
#include "cli/requests/drawing_commands.h"
#include "cli/requests/window_module.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace diploscope::cli {
namespace {

/// In the order of SnapshotRequest::Page.
const std::vector<std::string>& pages() {
    static const std::vector<std::string> words{"gene",       "person", "genome",  "what-if", "ablation",
                                                "saturation", "audit",  "figures", "welcome"};
    return words;
}

} // namespace

void addSnapshotCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<SnapshotRequest>();
    auto page = std::make_shared<std::string>("gene");
    auto size = std::make_shared<std::string>("1440x900");
    auto theme = std::make_shared<std::string>("light");
    CLI::App* command = program.add_subcommand(
        "snapshot", "Save a picture of the window, once a gene is analysed; needs no display");
    command->add_option("STUDY", request->window.study,
                        "A *.study.json, or a session (not needed for the welcome page)");
    command->add_option("--gene", request->window.gene,
                        "Id, symbol or chr:pos; without it the study's page, or what the session shows");
    command->add_option("--model", request->window.model,
                        "A model's folder or name; default: the session's, else the study's first");
    addScoreOptions(*command, request->score);
    addTrustOption(*command, request->trust);
    command->add_flag("--all", request->allGenes, "Analyse all genes as well, so that the list is full");
    command
        ->add_option("--page", *page,
                     "gene, person (the gene's page with the card of a person), genome, what is tried on the "
                     "gene (what-if, ablation, saturation or audit), figures, or welcome")
        ->check(CLI::IsMember(pages()))
        ->capture_default_str();
    command
        ->add_option("--person", request->people,
                     "A sample that is selected; twice: the way from the one to the other")
        ->allow_extra_args(false);
    command
        ->add_option("--figure", request->figure,
                     "Of the figures' page: a template's name, or a *.figure.json, used with the gene")
        ->type_name("NAME|FILE");
    command
        ->add_option("--size", *size, "WIDTHxHEIGHT in device-independent pixels; a window has a least size")
        ->check([](const std::string& text) {
            int width = 0;
            int height = 0;
            char rest = 0;
            const bool good = std::sscanf(text.c_str(), "%5dx%5d%c", &width, &height, &rest) == 2 &&
                              width >= 1 && height >= 1 && width <= 10000 && height <= 10000;
            return good ? std::string() : fmt::format("{} is no size such as 1440x900", text);
        })
        ->capture_default_str();
    command->add_option("--scale", request->scale, "Pixels for each of them")
        ->check(CLI::Range(1, 4))
        ->capture_default_str();
    command->add_option("--theme", *theme, "light or dark")
        ->check(CLI::IsMember({"light", "dark"}))
        ->capture_default_str();
    command
        ->add_option("--language", request->window.language,
                     "That the window speaks: system, en or de; default: en, so that pictures are the same "
                     "everywhere")
        ->type_name("WORD");
    command->add_option("--out", request->file, "The PNG file")->required();
    command->callback([request, page, size, theme, command, &exitCode] {
        if (command->count("--page") > 0)
            request->page = static_cast<SnapshotRequest::Page>(
                std::find(pages().begin(), pages().end(), *page) - pages().begin());
        request->dark = *theme == "dark";
        if (request->page != SnapshotRequest::Page::Welcome && request->window.study.empty())
            throw CLI::RequiredError("STUDY");
        (void)std::sscanf(size->c_str(), "%5dx%5d", &request->width, &request->height);
        exitCode = runCommand([&]() -> Result<void> {
            DS_ASSIGN(const WindowModule* window, windowModule());
            return window->takeSnapshot(*request);
        });
    });
}

} // namespace diploscope::cli
