// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/genome_summary.h"
#include "analysis/import_published.h"
#include "cli/commands.h"
#include "cli/console.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <memory>

namespace diploscope::cli {

namespace {

struct Request {
    std::filesystem::path study;
    std::string model;
    NullChoice null = NullChoice::Published;
    bool json = false;
};

std::string text(const std::optional<double>& value) {
    return value ? fmt::format("{:.4f}", *value) : "–";
}

void print(const GenomeSummary& summary) {
    fmt::print("Model       {}\n", summary.model);
    fmt::print("Genes       {}, {} with an R: mean {}, {} to {}\n", summary.genes, summary.withR,
               text(summary.meanR), text(summary.smallestR), text(summary.largestR));
    fmt::print("Significant {} at FDR 0.05 ({} null), {} of them with R < 0\n", summary.significant,
               toText(summary.null), summary.significantNegative);
    const GenomeSummary::Predixcan& predixcan = summary.predixcan;
    fmt::print(
        "PrediXcan   {} genes with both, {} above 0.2; mean R {} (model: {}), corr(|R|, PrediXcan R) {}\n",
        predixcan.both, predixcan.above, text(predixcan.meanR), text(predixcan.meanModelR),
        text(predixcan.corAbsoluteR));
    const GenomeSummary::Drivers& drivers = summary.drivers;
    fmt::print("Drivers     {} of {} genes, {} within 1,000 bp of the TSS\n", drivers.drivers, drivers.genes,
               drivers.within1000);
    fmt::print("Supported   {} of the drivers of {} genes with R > 0.2, {} of {} genes with R < -0.2\n",
               text(drivers.supportedPositive), drivers.genesPositive, text(drivers.supportedNegative),
               drivers.genesNegative);
}

Result<void> run(const Request& request) {
    std::vector<Error> problems;
    const std::optional<StudyFile> study = readStudyFile(request.study, problems);
    if (!study)
        return fail(problems.front());
    DS_ASSIGN(const std::vector<ModelGenes> models, readModelGenes(resultStoreOf(*study)));
    DS_ASSIGN(const size_t shown, findModel(models, request.model));
    const GenomeSummary summary = summarise(*GenomeTable::make(models, shown, request.null));
    if (request.json)
        fmt::print("{}\n", toJson(summary));
    else
        print(summary);
    return {};
}

} // namespace

void addSummaryCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<Request>();
    CLI::App* command =
        program.add_subcommand("summary", "Headline numbers of all genes that a study has results of");
    command->add_option("STUDY", request->study, "A *.study.json")->required();
    command
        ->add_option("--model", request->model,
                     "Whose results: a model's name, or a part of it (default: the first)")
        ->type_name("M");
    command->add_option("--null", request->null, "Which null the significance is of: published or calibrated")
        ->transform(CLI::CheckedTransformer(std::map<std::string, NullChoice>{
            {"published", NullChoice::Published}, {"calibrated", NullChoice::Calibrated}}))
        ->type_name("published|calibrated");
    command->add_flag("--json", request->json, "For programs");
    command->footer(
        "Results are made by `diploscope analyze STUDY --genes all --out DIR` and `diploscope import`.");
    command->callback([request, &exitCode] {
        if (auto result = run(*request); !result)
            exitCode = reportError(result.error());
    });
}

} // namespace diploscope::cli
