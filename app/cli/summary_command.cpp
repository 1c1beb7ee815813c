// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/genome_summary.h"
#include "analysis/import_published.h"
#include "cli/commands.h"
#include "cli/console.h"

#ifdef DIPLOSCOPE_UI
#include "cli/drawing/figures.h"
#endif

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace diploscope::cli {

namespace {

struct Request {
    std::filesystem::path study;
    std::string model;
    NullChoice null = NullChoice::Published;
    bool json = false;
    std::filesystem::path figures; ///< folder; empty: none
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

#ifdef DIPLOSCOPE_UI
/// Says what it did on stderr: stdout is for the numbers.
Result<void> drawFigures(const std::shared_ptr<const GenomeTable>& table,
                         const std::filesystem::path& folder) {
    DS_ASSIGN(const GenomeFigureFiles files, writeGenomeFigures(table, folder));
    for (const std::filesystem::path& file : files.written)
        fmt::print(stderr, "  {}\n", file.string());
    for (const std::string& skipped : files.skipped)
        fmt::print(stderr, "Not drawn: {}\n", skipped);
    return {};
}
#endif

Result<void> run(const Request& request) {
    std::vector<Error> problems;
    const std::optional<StudyFile> study = readStudyFile(request.study, problems);
    if (!study)
        return fail(problems.front());
    DS_ASSIGN(const std::vector<ModelGenes> models, readModelGenes(resultStoreOf(*study)));
    DS_ASSIGN(const size_t shown, findModel(models, request.model));
    const std::shared_ptr<const GenomeTable> table = GenomeTable::make(models, shown, request.null);
    const std::vector<double>& p = table->numbers(*table->findColumn("p_null"));
    if (request.null == NullChoice::Empirical &&
        std::all_of(p.begin(), p.end(), [](double value) { return std::isnan(value); }))
        return fail(ErrorKind::NotFound, "No gene has an empirical p.", study->path.string(),
                    "Published tables tell a null's mean and deviation alone: choose published or "
                    "calibrated.");
    const GenomeSummary summary = summarise(*table);
    if (request.json)
        fmt::print("{}\n", toJson(summary));
    else
        print(summary);
#ifdef DIPLOSCOPE_UI
    if (!request.figures.empty())
        return drawFigures(table, request.figures);
#endif
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
    command->add_option("--null", request->null, "Which p against the null the significance is of")
        ->transform(
            CLI::CheckedTransformer(std::map<std::string, NullChoice>{{"published", NullChoice::Published},
                                                                      {"calibrated", NullChoice::Calibrated},
                                                                      {"empirical", NullChoice::Empirical}}))
        ->type_name("published|calibrated|empirical");
    command->add_flag("--json", request->json, "For programs");
#ifdef DIPLOSCOPE_UI
    command
        ->add_option("--figures", request->figures,
                     "Also draw the figures of all genes (SVG, PDF, PNG) into this folder")
        ->type_name("DIR");
#endif
    command->footer(
        "Results are made by `diploscope analyze STUDY --genes all --out DIR` and `diploscope import`.");
    command->callback([request, &exitCode] {
        if (auto result = run(*request); !result)
            exitCode = reportError(result.error());
    });
}

} // namespace diploscope::cli
