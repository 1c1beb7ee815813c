// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json_text.h"
#include "cli/commands.h"
#include "cli/options/console.h"
#include "machine/machine_words.h"
#ifdef DIPLOSCOPE_UI
#include "cli/requests/window_module.h"
#endif

#include <CLI/CLI.hpp>
#include <fmt/core.h>

namespace diploscope::cli {

namespace {

struct InfoRequest {
    bool json = false;
    std::filesystem::path cacheFile = ScoreCache::defaultFile();
};

Result<void> show(const InfoRequest& request) {
    DS_ASSIGN(MachineInfo info, lookAtMachine(request.cacheFile, consoleContext(request.json)));
    finishProgress();
#ifdef DIPLOSCOPE_UI
    const Result<const WindowModule*> window = windowModule();
    info.libraries.insert(info.libraries.begin(),
                          {"Qt", window ? (*window)->qtVersion() : "none: " + window.error().message()});
#endif
    if (request.json) {
        nlohmann::json out = jsonOf(info);
        out["diploscope"] = DIPLOSCOPE_VERSION;
        sayText(jsonText(out, 2) + "\n");
        return {};
    }
    say("Diploscope {}\n", DIPLOSCOPE_VERSION);
    for (const FactGroup& group : factsOf(info)) {
        say("\n{}\n", group.title);
        for (const Fact& fact : group.facts)
            say("  {:<14} {}\n", fact.name, fact.value);
    }
    for (const std::string& warning : warningsOf(info))
        say("\nWarning: {}\n", warning);
    return {};
}

} // namespace

void addInfoCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<InfoRequest>();
    CLI::App* command = program.add_subcommand(
        "info", "What this machine computes with, how fast it is, and what slows it down");
    command->add_flag("--json", request->json, "For machines to read");
    command->add_option("--cache", request->cacheFile, "The score cache to look at")
        ->capture_default_str()
        ->type_name("FILE");
    command->footer("Measures matrix products for about a second; other programs that run meanwhile show.");
    command->callback([request, &exitCode] { exitCode = runCommand([&] { return show(*request); }); });
}

} // namespace diploscope::cli
