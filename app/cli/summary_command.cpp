// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/genome_summary.h"
#include "analysis/result_places.h"
#include "analysis/stored_runs.h"
#include "base/stage_clock.h"
#include "base/words.h"
#include "cli/commands.h"
#include "cli/options/console.h"
#include "study/study_identity.h"

#ifdef DIPLOSCOPE_UI
#include "cli/requests/window_module.h"
#endif

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace diploscope::cli {

namespace {

struct SummaryRequest {
    std::filesystem::path study;
    std::string model;
    int64_t run = 0;                ///< 0: the program chooses
    std::optional<NullChoice> null; ///< default: defaultNull()
    bool json = false;
    std::filesystem::path figures;        ///< folder; empty: none
    std::vector<std::string> figureNames; ///< none: all
};

std::string text(const std::optional<double>& value) {
    return value ? fmt::format("{:.4f}", *value) : "–";
}

/// Why this run, and which others there are.
void printRuns(const ChosenRuns& chosen, bool asked) {
    const StoredRun& shown = chosen.run();
    const auto rivals = std::count_if(chosen.all.begin(), chosen.all.end(), [&](const StoredRun& other) {
        return other.run.model == shown.run.model && other.standing == shown.standing;
    });
    say("Run         {}{}: {}{}\n", shown.run.id,
        shown.run.storedAt > 0 ? ", stored " + timeInWords(shown.run.storedAt) : "", standingInWords(shown),
        asked        ? ", as asked for"
        : rivals > 1 ? fmt::format(", of {} such runs the one with most genes", rivals)
                     : "");
}

void printKept(const ChosenRuns& chosen) {
    bool any = false;
    for (size_t i = 0; i < chosen.all.size(); ++i) {
        if (std::find(chosen.indices.begin(), chosen.indices.end(), i) != chosen.indices.end())
            continue;
        const StoredRun& kept = chosen.all[i];
        std::string text = runInWords(kept);
        if (kept.run.model == chosen.run().run.model && kept.run.study == chosen.run().run.study &&
            kept.run.identityKnown)
            if (const std::string otherwise = otherwiseInWords(kept.run, chosen.run().run);
                !otherwise.empty())
                text += ", " + otherwise;
        say("{} {}\n", any ? "           " : "Also kept  ", text);
        any = true;
    }
    if (any)
        say("            Show one of them with --run N.\n");
}

void print(const GenomeSummary& summary) {
    say("Model       {}\n", summary.model);
    const bool ofGenes = summary.phenotypes == GenePhenotypes;
    say("{:<11} {}, {} with an R: mean {}, {} to {}\n", ofGenes ? "Genes" : "Phenotypes",
        ofGenes ? fmt::format("{}", summary.genes)
                : fmt::format("{} ({})", summary.genes, summary.phenotypes),
        summary.withR, text(summary.meanR), text(summary.smallestR), text(summary.largestR));
    say("Significant {} at FDR 0.05 ({} null), {} of them with R < 0{}\n", summary.significant,
        toText(summary.null), summary.significantNegative,
        summary.notTestable == 0
            ? std::string()
            : fmt::format("; {} not testable: all random predictors have the same |R|", summary.notTestable));
    const GenomeSummary::Predixcan& predixcan = summary.predixcan;
    say("PrediXcan   {} with both, {} above 0.2; mean R {} (model: {}), corr(|R|, PrediXcan R) {}\n",
        counted(predixcan.both, "gene", "genes"), predixcan.above, text(predixcan.meanR),
        text(predixcan.meanModelR), text(predixcan.corAbsoluteR));
    const GenomeSummary::Drivers& drivers = summary.drivers;
    say("Drivers     {} of {}, {} within 1,000 bp of the {}: {} supported, {} unsupported, {} undecidable\n",
        drivers.drivers,
        ofGenes ? counted(drivers.genes, "gene", "genes") : counted(drivers.genes, "phenotype", "phenotypes"),
        drivers.within1000, ofGenes ? "TSS" : "centre", drivers.supported, drivers.unsupported,
        drivers.undecidable);
    say("Supported   {} by sign of the drivers of {} with R > 0.2, {} of {} with R < -0.2\n",
        text(drivers.supportedPositive), counted(drivers.genesPositive, "gene", "genes"),
        text(drivers.supportedNegative), counted(drivers.genesNegative, "gene", "genes"));
}

#ifdef DIPLOSCOPE_UI
/// Says what it did on stderr: stdout is for the numbers.
Result<void> drawFigures(const StudyFile& study, const std::shared_ptr<const GenomeTable>& table,
                         const SummaryRequest& request, const RunContext& context) {
    DS_ASSIGN(const WindowModule* window, windowModule());
    DS_ASSIGN(const FigureFiles files,
              window->drawGenome({study, table, request.figureNames, request.figures}, context));
    tellFigures(files, false, stderr);
    return {};
}
#endif

Result<void> run(const SummaryRequest& request) {
    const RunContext context = consoleContext(request.json);
#ifdef DIPLOSCOPE_UI
    if (!request.figures.empty())
        DS_TRY(windowModule());
#endif
    const StageTime time(context, Stage::Statistics); // but for what has a stage of its own
    std::vector<Error> problems;
    const std::optional<StudyFile> study = readStudyFile(request.study, problems);
    if (!study)
        return fail(problems.front());
    const ResultPlaces places = resultPlacesOf(*study);
    std::error_code ignored;
    // Without its files the study cannot be compared with what is stored of it, which is still there to see.
    Result<std::string> identity = std::string();
    if (!study->published && (!places.others.empty() || std::filesystem::exists(places.file, ignored)))
        identity = studyIdentity(*study, context);
    finishProgress();
    if (!identity && identity.error().kind == ErrorKind::Cancelled)
        return fail(identity.error());
    DS_ASSIGN(const ChosenRuns chosen,
              chooseRuns(places, identity ? *identity : std::string(), request.model,
                         request.run > 0 ? std::optional(request.run) : std::nullopt));
    if (!identity)
        warn("The study's files cannot be compared with what was stored. {}\n", identity.error().message());
    if (chosen.unreadable)
        warn("Not all that is kept of the study can be read. {}\n", chosen.unreadable->message());
    const NullChoice null = request.null.value_or(defaultNull(study->published.has_value()));
    const std::shared_ptr<const GenomeTable> table = GenomeTable::make(chosen.models, chosen.shown, null);
    const std::vector<double>& p = table->numbers(*table->findColumn("p_null"));
    if (request.null == NullChoice::Empirical &&
        std::all_of(p.begin(), p.end(), [](double value) { return std::isnan(value); }))
        return fail(ErrorKind::NotFound, "No gene has an empirical p.", study->path.string(),
                    "Published tables tell a null's mean and deviation alone: choose published or "
                    "calibrated.");
    GenomeSummary summary = summarise(*table);
    summary.run = chosen.run().run.id;
    summary.standing = toText(chosen.run().standing);
    if (request.json) {
        sayText(toJson(summary) + "\n");
    } else {
        printRuns(chosen, request.run > 0);
        print(summary);
        printKept(chosen);
    }
    if (chosen.run().standing != RunStanding::Current)
        warn("These results are {}.\n", standingInWords(chosen.run()));
    if (const auto& file = chosen.run().run.heldIn; !file.empty())
        warn("These results are kept in {}; those stored from now on go to {}.\n", file.string(),
             places.file.string());
    else if (places.isAway)
        warn("These results are kept in {}: the study's folder may not be written to.\n",
             places.file.string());
#ifdef DIPLOSCOPE_UI
    if (!request.figures.empty())
        return drawFigures(*study, table, request, context);
#endif
    return {};
}

} // namespace

void addSummaryCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<SummaryRequest>();
    CLI::App* command =
        program.add_subcommand("summary", "Headline numbers of all genes that a study has results of");
    command->add_option("STUDY", request->study, "A *.study.json")->required();
    command
        ->add_option("--model", request->model,
                     "Whose results: a model's name, or a part of it (default: the first that was run)")
        ->type_name("M");
    command
        ->add_option(
            "--run", request->run,
            "Show this of the stored runs, whatever state of the study it is of; the numbers stand in "
            "the list that `summary` ends with")
        ->check(CLI::PositiveNumber)
        ->type_name("N");
    command
        ->add_option("--null", request->null,
                     "Which p against the null the significance is of (default: empirical; published for "
                     "imported tables)")
        ->transform(
            CLI::CheckedTransformer(std::map<std::string, NullChoice>{{"published", NullChoice::Published},
                                                                      {"calibrated", NullChoice::Calibrated},
                                                                      {"empirical", NullChoice::Empirical}}))
        ->type_name("published|calibrated|empirical");
    command->add_flag("--json", request->json, "For programs");
#ifdef DIPLOSCOPE_UI
    CLI::Option* figures =
        command
            ->add_option("--figures", request->figures,
                         "Also draw the figures of all genes (SVG, PDF, PNG) into this folder")
            ->type_name("DIR");
    addFigureNames(*command, *figures, genomeFigureNames, request->figureNames);
#endif
    command->footer(
        "Results are made by `diploscope analyze STUDY --genes all --out DIR` and `diploscope import`.");
    command->callback([request, &exitCode] { exitCode = runCommand([&] { return run(*request); }); });
}

} // namespace diploscope::cli
