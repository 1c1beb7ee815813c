// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/requests/drawing_options.h"

#include <CLI/CLI.hpp>

#include <string_view>
#include <vector>

namespace diploscope::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view geneInName = "{gene}";

} // namespace

void addVerifyOptions(CLI::App& command, FigureRequest& request) {
    const std::vector<CLI::Option*> saysWhatIsDrawn = command.get_options();
    CLI::Option* verify =
        command
            .add_option("--verify", request.verified,
                        "Make this figure, or report, again as it says itself, and tell whether the bytes "
                        "are the same, else what differs: exit code 0 or 1")
            ->type_name("FILE");
    command
        .add_option("--study", request.studies,
                    "With --verify: where the study is now; of several in the order of the panels")
        ->needs(verify)
        ->allow_extra_args(false)
        ->type_name("STUDY");
    for (CLI::Option* option : saysWhatIsDrawn)
        if (option != command.get_help_ptr() && !option->get_positional())
            verify->excludes(option);
}

bool namesGene(const fs::path& file) {
    return file.string().find(geneInName) != std::string::npos;
}

fs::path withGene(const fs::path& file, const std::string& stem) {
    std::string name = file.string();
    for (size_t at = name.find(geneInName); at != std::string::npos;
         at = name.find(geneInName, at + stem.size()))
        name.replace(at, geneInName.size(), stem);
    return name;
}

} // namespace diploscope::cli
