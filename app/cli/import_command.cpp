// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/import_published.h"
#include "cli/commands.h"
#include "cli/options/console.h"
#include "cli/sequences_command.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <memory>

namespace diploscope::cli {

namespace {

struct ImportRequest {
    std::filesystem::path genes, drivers, means, saturation, tssStatistics, out;
};

Result<void> import(const ImportRequest& request) {
    const auto given = [](const std::filesystem::path& file) {
        return file.empty() ? std::nullopt : std::optional(file);
    };
    DS_ASSIGN(const std::filesystem::path study,
              importPublished({request.genes, given(request.drivers), given(request.means),
                               given(request.saturation), given(request.tssStatistics)},
                              request.out, consoleContext()));
    finishProgress();
    say("Written to {}\n", study.string());
    return {};
}

} // namespace

void addImportCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<ImportRequest>();
    CLI::App* command =
        program.add_subcommand("import", "Take in what was made elsewhere: published tables, scores");
    command->require_subcommand(1);
    CLI::App* published = command->add_subcommand(
        "published",
        "From the supplementary tables of Sasse et al. 2023: a study of results without genotypes");
    published->add_option("TABLE1", request->genes, "SupplementaryTable1.tsv: one row a gene")->required();
    published->add_option("--drivers", request->drivers, "SupplementaryTable2.tsv: one row a driver")
        ->type_name("TABLE2");
    published
        ->add_option("--means", request->means,
                     "MeanGeXPredFineTuned.txt: mean expression and prediction from the reference, one row a "
                     "gene; becomes a model of its own")
        ->type_name("FILE");
    CLI::Option* saturation =
        published
            ->add_option("--saturation", request->saturation,
                         "The real Enformer's saturation round the drivers (also .gz): the window shows it "
                         "beside the results")
            ->type_name("FILE");
    published
        ->add_option("--tss-stats", request->tssStatistics,
                     "tss_attribution_stats.txt, whose second number is a gene's largest |attribution| near "
                     "its TSS: with it, what Table S3 says of each driver")
        ->needs(saturation)
        ->type_name("FILE");
    published->add_option("--out", request->out, "Folder for published.study.json")
        ->required()
        ->type_name("DIR");
    published->footer("Then:  diploscope summary DIR/published.study.json --json");
    published->callback([request, &exitCode] { exitCode = runCommand([&] { return import(*request); }); });
    addImportScores(*command, exitCode);
}

} // namespace diploscope::cli
