// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/gene_statistics.h"
#include "analysis/provenance.h"
#include "base/json_text.h"
#include "base/stage_clock.h"
#include "cli/commands.h"
#include "cli/options/console.h"
#include "cli/options/locus_options.h"
#include "cli/options/statistics_options.h"
#include "cli/options/unsigned_options.h"
#include "experiment/ablation.h"
#include "experiment/carried_variants.h"
#include "experiment/locus_report.h"

#ifdef DIPLOSCOPE_UI
#include "cli/requests/window_module.h"
#endif

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>

namespace diploscope::cli {

namespace {

struct AblateRequest {
    LocusRequest locus;
    std::string variants; ///< "drivers", "unsupported" or a file
    bool keepOnly = false;
    std::filesystem::path figure; ///< empty: none
    StatisticsOptions statistics;
};

/// Drivers of the gene's report, all or those that are unsupported. \param counts what they cost is added
/// \error NotFound: there is none
Result<std::vector<Variant>> driversOf(const OpenedLocus& opened, PreparedLocus& locus, bool unsupportedAlone,
                                       ExperimentScores& counts, const RunContext& context) {
    DS_ASSIGN(const LocusReport own,
              reportOfLocus(locus, opened.study(), *opened.gene, opened.workspace.predictor,
                            opened.workspace.options, context));
    counts.add(own.counts);
    const std::shared_ptr<const GeneReport>& report = own.report;
    std::vector<Variant> variants;
    for (const DriverResult& driver : report->drivers)
        if (!unsupportedAlone || driver.standing() == Standing::Unsupported)
            variants.push_back(report->variants[driver.variant]);
    if (variants.empty())
        return fail(ErrorKind::NotFound,
                    fmt::format("{} has {} under {}.", opened.gene->gene.name,
                                report->drivers.empty() ? "no driver" : "no unsupported driver",
                                opened.model().name),
                    "--variants",
                    report->drivers.empty() ? "Give a file of variants, or choose another gene."
                                            : "Give `drivers` for all of them, or a file of variants.");
    return variants;
}

nlohmann::ordered_json jsonOfAblation(const AblateRequest& request, const OpenedLocus& opened,
                                      const std::vector<Variant>& variants, const Ablation& found) {
    nlohmann::ordered_json json = opened.subjectJson();
    json["keep_only"] = request.keepOnly;
    json["variants"] = nlohmann::ordered_json::array();
    for (const Variant& variant : variants)
        json["variants"].push_back(toName(variant));
    json["n_people"] = found.r.before.n;
    json["r_before"] = jsonOf(found.r.before.r);
    json["r_after"] = jsonOf(found.r.after.r);
    json["r_difference"] = jsonOf(found.r.difference);
    json["interval"] = jsonOf(found.r.differenceInterval);
    json["r_before_interval"] = jsonOf(found.r.beforeInterval);
    json["r_after_interval"] = jsonOf(found.r.afterInterval);
    json["resamples"] = request.statistics.resamples;
    json.update(countsJson(found.counts));
    return json;
}

Result<void> ablateCommand(const AblateRequest& request) {
    const RunContext context = consoleContext(request.locus.quiet);
#ifdef DIPLOSCOPE_UI
    if (!request.figure.empty())
        DS_TRY(windowModule());
#endif
    const StageTime time(context, Stage::Statistics); // but for what has a stage of its own
    DS_ASSIGN(OpenedLocus opened, openLocus(request.locus, context));
    opened.workspace.options.statistics.driverMethod = request.statistics.driverMethod;
    const bool isFile = request.variants != "drivers" && request.variants != "unsupported";
    std::vector<Variant> variants;
    ExperimentScores ofReport;
    DS_ASSIGN(ExperimentLocus read, readExperimentLocus(opened.workspace, *opened.gene, context));
    PreparedLocus& locus = read.locus;
    if (isFile) {
        DS_ASSIGN(variants, readVariantList(request.variants, locus, opened.contigs()));
    } else {
        DS_ASSIGN(variants, driversOf(opened, locus, request.variants == "unsupported", ofReport, context));
    }
    const uint64_t seed = drawsSeed(opened.study().file().name, opened.gene->gene.id, request.statistics.seed,
                                    Draws::Bootstrap);
    DS_ASSIGN(Ablation found, ablate(locus, {variants, request.keepOnly, request.statistics.resamples, seed},
                                     read.subject.observed, context));

    found.counts.add(ofReport);
    Provenance provenance = read.subject.provenance;
    if (!isFile)
        provenance.emplace_back("drivers", driverText(opened.workspace.options));
    for (const Variant& variant : variants)
        provenance.emplace_back(request.keepOnly ? "kept" : "ablated", toName(variant));
    DS_TRY(ablationTable(locus, found, read.subject.observed, provenance).writeTo(request.locus.out));
    finishProgress();
#ifdef DIPLOSCOPE_UI
    if (!request.figure.empty()) {
        DS_ASSIGN(const WindowModule* window, windowModule());
        DS_TRY(
            window->drawAblation({opened, read, request.figure, context},
                                 {request.variants, request.keepOnly, variants, found, request.statistics}));
    }
#endif
    sayText(jsonText(jsonOfAblation(request, opened, variants, found), 2) + "\n");
    return {};
}

} // namespace

void addAblateCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<AblateRequest>();
    CLI::App* command = program.add_subcommand(
        "ablate", "Set variants to the reference in everybody, predict everybody anew, and compare R");
    addLocusOptions(*command, request->locus);
    command
        ->add_option("--variants", request->variants,
                     "drivers: the gene's, as `analyze` finds them; unsupported: those of verdict "
                     "unsupported; or a file of one variant a line (22:120:A:G, or an id of the genotypes)")
        ->required()
        ->type_name("drivers|unsupported|FILE");
    command->add_flag("--keep-only", request->keepOnly,
                      "Set all but these to the reference, in place of these");
    addFigureFile(*command, request->figure);
    addDriverMethodOption(*command, request->statistics);
    addBootstrapOption(*command, request->statistics);
    addSeedOption(*command, request->statistics.seed, "Of the resamples");
    command->footer(
        "On stdout, as JSON: r_before, r_after, r_difference and its bootstrap interval, in which both R of "
        "a\n"
        "resample are of the same people. The table has a row a person.\n"
        "Example:  diploscope ablate demo/demo.study.json --gene PUKTI6 --variants unsupported --out "
        "ablate.tsv");
    command->callback(
        [request, &exitCode] { exitCode = runCommand([&] { return ablateCommand(*request); }); });
}

} // namespace diploscope::cli
