// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/options/console.h"
#include "cli/requests/drawing_commands.h"
#include "cli/requests/window_module.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <vector>

namespace diploscope::cli {

namespace {

struct GuideRequest {
    std::vector<std::filesystem::path> files;
    bool quiet = false;
};

Result<void> writeGuides(const GuideRequest& request) {
    const RunContext context = consoleContext(request.quiet);
    DS_ASSIGN(const WindowModule* window, windowModule());
    for (const std::filesystem::path& file : request.files) {
        DS_TRY(window->writeGuide(file, context));
        sayWritten(file, request.quiet);
    }
    return {};
}

} // namespace

void addGuideCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<GuideRequest>();
    CLI::App* command =
        program.add_subcommand("guide", "Write the guide, which the window shows by F1, in one file");
    command
        ->add_option("--out", request->files,
                     "The file, whose ending is .html or .pdf; may be given several times")
        ->required()
        ->allow_extra_args(false)
        ->type_name("FILE")
        ->check([](const std::string& name) {
            const std::filesystem::path ending = std::filesystem::path(name).extension();
            return ending == ".html" || ending == ".pdf" ? std::string()
                                                         : "the guide is written as .html or .pdf";
        });
    command->add_flag("--quiet", request->quiet, "Not the names of files that were written");
    command->footer("Needs no display and no network: all pictures are inside.\n"
                    "Example:  diploscope guide --out guide.html --out guide.pdf");
    command->callback([request, &exitCode] { exitCode = runCommand([&] { return writeGuides(*request); }); });
}

} // namespace diploscope::cli
