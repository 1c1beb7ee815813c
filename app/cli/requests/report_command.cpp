// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/genome_table.h"
#include "cli/options/console.h"
#include "cli/options/score_options.h"
#include "cli/options/statistics_options.h"
#include "cli/requests/drawing_commands.h"
#include "cli/requests/drawing_options.h"
#include "cli/requests/window_module.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>
#include <vector>

namespace diploscope::cli {

namespace {

/// What makes no command line of its own.
void checkReportRequest(const ReportRequest& request) {
    if (!request.verified.empty())
        return;
    if (request.study.empty())
        throw CLI::RequiredError("STUDY or --verify");
    if (request.file.empty())
        throw CLI::RequiredError("--out");
    if (request.file.extension() != ".pdf")
        throw CLI::ValidationError("--out", "reports are written as .pdf");
    if (request.genes.size() > 1 && !namesGene(request.file))
        throw CLI::ValidationError("--out", "several genes need {gene} in the name: {gene}.report.pdf");
}

} // namespace

void addReportCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<ReportRequest>();
    CLI::App* command = program.add_subcommand(
        "report", "Write a PDF of one gene, or of all: figures, statistics in words, tables, methods");
    command->add_option("STUDY", request->study, "A *.study.json");
    command
        ->add_option("--gene", request->genes,
                     "Gene id or symbol; may be given several times; none: all genes")
        ->allow_extra_args(false)
        ->type_name("G");
    command->add_option("--model", request->model, "Model folder or name (default: the study's first model)")
        ->type_name("M");
    command
        ->add_option("--out", request->file,
                     "The file, whose ending is .pdf; {gene} in it is the gene's name")
        ->type_name("FILE");
    command
        ->add_option("--null", request->null,
                     "Of all genes: which p and q (default: empirical; of published tables, as published)")
        ->check(CLI::IsMember({std::string(toText(NullChoice::Published)),
                               std::string(toText(NullChoice::Calibrated)),
                               std::string(toText(NullChoice::Empirical))}));
    addScoreOptions(*command, request->score);
    addStatisticsOptions(*command, request->statistics);
    addVerifyOptions(*command, *request);
    addWorkOptions(*command, *request);
    command->footer(
        "Needs no display. Scores come from the cache, results of all genes from what `analyze --genes`\n"
        "has stored. The file holds what it was made of, and the command that makes it again.\n"
        "Example:  diploscope report demo/demo.study.json --gene PUKTI6 --out PUKTI6.report.pdf\n"
        "          diploscope report demo/demo.study.json --out demo.report.pdf\n"
        "          diploscope report --verify demo.report.pdf");
    command->callback([request, &exitCode] {
        checkReportRequest(*request);
        exitCode = runCommand([&]() -> Result<int> {
            DS_ASSIGN(const WindowModule* window, windowModule());
            return window->makeReport(*request);
        });
    });
}

} // namespace diploscope::cli
