// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/file_stems.h"
#include "analysis/gene_analysis.h"
#include "analysis/given_snv.h"
#include "analysis/report_writer.h"
#include "analysis/result_places.h"
#include "base/atomic_file.h"
#include "base/rate_meter.h"
#include "base/stage_clock.h"
#include "base/words.h"
#include "cli/analyze_genome.h"
#include "cli/commands.h"
#include "cli/eqtl_given.h"
#include "cli/options/console.h"
#include "cli/options/model_argument.h"
#include "cli/options/score_options.h"
#include "cli/options/statistics_options.h"
#include "cli/options/study_argument.h"
#include "cli/options/work_options.h"
#include "io/text_reader.h"
#ifdef DIPLOSCOPE_UI
#include "cli/requests/window_module.h"
#endif

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <sstream>

namespace diploscope::cli {

namespace {

namespace fs = std::filesystem;

struct AnalyzeRequest : WorkRequest {
    fs::path study;
    std::vector<std::string> genes;
    std::string geneSet; ///< `--genes`: "all" or a file
    std::vector<std::string> models;
    ScoreRequest score;
    bool gradients = false;
    StatisticsOptions statistics;
    fs::path out;
    std::string eqtlGiven; ///< an SNV as written; empty: none
    int figures = -1;      ///< of how many genes; -1: none
#ifdef DIPLOSCOPE_UI
    GeneFigureOptions drawing;
#endif
};

/// A gene to analyse and what its files are called: as the user named it, or as the annotation does.
struct Target {
    const StudyGene* gene = nullptr;
    std::string stem;
};

Result<std::vector<Target>> targetsOf(const AnalyzeRequest& request, const Study& study) {
    std::vector<Target> targets;
    std::vector<std::string> names = request.genes;
    const GeneFileStems stems(study.genes());
    if (request.geneSet == "all") {
        for (const StudyGene& gene : study.genes())
            targets.push_back({&gene, stems.of(gene.gene)});
        return targets;
    }
    if (!request.geneSet.empty()) {
        DS_ASSIGN(TextReader reader, TextReader::open(request.geneSet));
        for (std::string_view line;;) {
            DS_ASSIGN(const bool more, reader.next(line));
            if (!more)
                break;
            std::istringstream words{std::string(line)};
            for (std::string name; words >> name;)
                names.push_back(name);
        }
    }
    for (const std::string& name : names) {
        DS_ASSIGN(const StudyGene* gene, study.findGene(name));
        targets.push_back({gene, stems.of(gene->gene, name)});
    }
    if (targets.empty())
        return fail(ErrorKind::BadInput, "No gene was named.", request.geneSet,
                    "Give --gene NAME, or --genes with 'all' or a file of one gene a line.");
    return targets;
}

std::string text(const std::optional<double>& value, const char* format = "{:.3f}") {
    return value ? fmt::format(fmt::runtime(format), *value) : "–";
}

/// "3 drivers: 1 supported, 2 undecidable"
std::string supportText(const GeneReport& report) {
    if (report.drivers.empty())
        return "no driver";
    std::string text = counted(report.drivers.size(), "driver", "drivers");
    const Support support = report.support();
    const char* before = ": ";
    for (const auto& [standing, count] : {std::pair(Standing::Supported, support.supported),
                                          std::pair(Standing::Unsupported, support.unsupported),
                                          std::pair(Standing::Undecidable, support.undecidable),
                                          std::pair(Standing::Undefined, support.undefined)})
        if (count > 0) {
            text += fmt::format("{}{} {}", before, count, toText(standing));
            before = ", ";
        }
    return text;
}

void printVerdict(const GeneReport& report) {
    say("{:<12} r = {:>6}  p = {:>8}  n = {}  {}  {}{}  scores: {} computed, {} from the cache\n",
        report.gene.name, text(report.pearson.r), text(report.pearson.p, "{:.1e}"), report.pearson.n,
        counted(report.variants.size(), "SNV", "SNVs"), supportText(report),
        report.additive || !report.linearR ? "" : "  not additive", report.scoresComputed,
        report.scoresFromCache);
}

#ifdef DIPLOSCOPE_UI
/// Half of them the best predicted, half the most wrongly predicted.
std::vector<size_t> mostTelling(const Reports& reports, size_t count) {
    std::vector<size_t> order;
    for (size_t i = 0; i < reports.size(); ++i)
        if (reports[i]->pearson.r)
            order.push_back(i);
    std::sort(order.begin(), order.end(),
              [&](size_t a, size_t b) { return *reports[a]->pearson.r > *reports[b]->pearson.r; });
    if (order.size() <= count)
        return order;
    std::vector<size_t> chosen(order.begin(), order.begin() + static_cast<std::ptrdiff_t>((count + 1) / 2));
    chosen.insert(chosen.end(), order.end() - static_cast<std::ptrdiff_t>(count / 2), order.end());
    return chosen;
}

/// \param chosen, reports of all models, of which one's figures are drawn
Result<void> drawFigures(const AnalyzeRequest& request, const Study& study,
                         const std::vector<ScoredModel>& chosen, const std::vector<Reports>& reports,
                         size_t model, const fs::path& folder,
                         const std::map<std::string, std::string>& stemOfGene, const RunContext& context) {
    DS_ASSIGN(const WindowModule* window, windowModule());
    const Reports& own = reports[model];
    const auto count = request.figures == 0 ? own.size() : static_cast<size_t>(request.figures);
    for (const size_t i : mostTelling(own, count)) {
        DS_ASSIGN(
            const FigureFiles files,
            window->drawGene({request.drawing, study, chosen, request.score, request.statistics, reports,
                              model, own[i], request.eqtlGiven, folder, stemOfGene.at(own[i]->gene.id)},
                             context));
        tellFigures(files, request.quiet);
    }
    return {};
}
#endif

/// Folders, tables and summaries call models by their names.
Result<void> checkNames(const std::vector<ScoredModel>& models) {
    std::map<std::string, size_t> known;
    for (size_t i = 0; i < models.size(); ++i) {
        const std::string& name = models[i].predictor->info().name;
        const auto [other, added] = known.emplace(lowerCase(fileStem(name)), i);
        if (added)
            continue;
        const std::string& before = models[other->second].predictor->info().name;
        return fail(
            ErrorKind::Mismatch,
            before == name
                ? fmt::format("Two of the models are called `{}`: their results could not "
                              "be told apart.",
                              name)
                : fmt::format("The models `{}` and `{}` would write into the same folder.", before, name),
            models[other->second].place + ", " + models[i].place,
            "Give one of them another \"name\" in its model.json, or analyse with one at a time, each "
            "with an --out of its own.");
    }
    return {};
}

/// Those that --model names, else the study's first, each with what is asked of it here or in the study.
Result<std::vector<ScoredModel>> modelsOf(const AnalyzeRequest& request, const Study& study) {
    std::vector<std::string> names = request.models;
    if (names.empty()) {
        DS_ASSIGN(std::string first, firstModelOf(study.file()));
        names.push_back(std::move(first));
    }
    DS_ASSIGN(const PredictorOptions options, predictorOptionsOf(request));
    std::vector<ScoredModel> models;
    for (const std::string& name : names) {
        DS_ASSIGN(ScoredModel model,
                  openAllowedModel(
                      request.trust,
                      {.place = name, .score = request.score, .study = &study.file(), .options = options}));
        const ModelInfo& info = model.predictor->info();
        if (const std::string text = describeScore(model.score, info); !text.empty())
            say("{}Score: {}\n", names.size() > 1 ? info.name + ". " : "", text);
        models.push_back(std::move(model));
    }
    DS_TRY(checkNames(models));
    return models;
}

/// An SNV that no gene has would only be told behind all the work.
Result<void> checkEqtlGiven(const AnalyzeRequest& request, const Study& study,
                            const std::vector<Target>& targets, const std::vector<ScoredModel>& models,
                            const RunContext& context) {
    if (request.eqtlGiven.empty())
        return {};
    std::vector<Region> windows;
    for (const Target& target : targets)
        for (const ScoredModel& model : models) {
            const Gene& gene = target.gene->gene;
            windows.push_back(
                inputRegion(model.predictor->info().input, gene.region.contig, gene.tss(), gene.strand));
        }
    DS_TRY(checkGivenSnv(study, std::move(windows), request.eqtlGiven, context));
    finishProgress();
    return {};
}

Result<void> analyze(const AnalyzeRequest& request) {
    const RunContext context = consoleContext(request.quiet);
#ifdef DIPLOSCOPE_UI
    if (request.figures >= 0)
        DS_TRY(windowModule());
#endif

    DS_ASSIGN(const std::shared_ptr<const Study> opened, usableStudy(request.study, context));
    const Study& study = *opened;
    reportLeftOut(study.leftOut());
    DS_ASSIGN(const std::vector<Target> targets, targetsOf(request, study));

    DS_ASSIGN(const std::vector<ScoredModel> chosen,
              inStage(context, Stage::Model, [&] { return modelsOf(request, study); }));
    DS_TRY(checkEqtlGiven(request, study, targets, chosen, context));
    Workspace workspace;
    workspace.setStudy(opened);
    workspace.options.gradients = request.gradients;
    workspace.options.statistics = request.statistics;
    DS_ASSIGN(const auto sideTables, workspace.sideTables(context));
    if (sideTables)
        reportLeftOut(sideTables->leftOut);
    DS_TRY(applyWork(request, workspace, context));

    removeAbandonedTemporaries(request.out);
    std::map<std::string, std::string> stemOfGene;
    std::vector<const StudyGene*> genes;
    for (const Target& target : targets)
        if (stemOfGene.emplace(target.gene->gene.id, target.stem).second)
            genes.push_back(target.gene);
    std::vector<GenomeModel> models;
    std::vector<Reports> reports(chosen.size());
    SelfCheck checked;
    for (size_t m = 0; m < chosen.size(); ++m) {
        GenomeModel model{workspace, {}, {}};
        model.workspace.predictor = chosen[m].predictor;
        model.workspace.options.score = chosen[m].score;
        // Where the run cannot be told, its files are no run's; why, is said where it is stored.
        const Result<ResultRun> keys = model.workspace.keys(context);
        if (!keys && keys.error().kind == ErrorKind::Cancelled)
            return fail(keys.error());
        const std::string key = keys ? runDigest(*keys, request.gradients) : std::string();
        model.folder =
            chosen.size() == 1 ? request.out : request.out / fileStem(chosen[m].predictor->info().name);
        model.sinks.onReport = [&, m, key, folder = model.folder](
                                   const std::shared_ptr<const GeneReport>& report) -> Result<void> {
            const StageTime time(context, Stage::Store);
            DS_TRY(writeGeneReport(*report, folder, stemOfGene.at(report->gene.id), key));
            DS_TRY(writeEqtlGiven(request.eqtlGiven, study, *report, folder, stemOfGene.at(report->gene.id)));
            finishProgress();
            printVerdict(*report);
            checked.add(report->selfCheck);
            if (request.figures >= 0)
                reports[m].push_back(report);
            return {};
        };
        // What is stored counts as done where its files are here too, unless something asks for the whole
        // report.
        model.sinks.needed = [&, key, folder = model.folder](const StudyGene& gene) {
            return request.figures >= 0 || request.noCache || !request.eqtlGiven.empty() ||
                   !reportIsOf(folder, stemOfGene.at(gene.gene.id), gene.gene.id, key);
        };
        models.push_back(std::move(model));
    }
    if (!request.geneSet.empty()) {
        DS_TRY(analyzeGenome(study, genes, models, request.out, context));
    } else {
        Progress whole{"Analysing genes", 0, static_cast<int64_t>(genes.size() * models.size()), 0, {}};
        for (const GenomeModel& model : models)
            for (const StudyGene* gene : genes) {
                const RunContext own =
                    whole.total == 1 ? context : contextOfItem(context, whole, stemOfGene.at(gene->gene.id));
                DS_ASSIGN(const Workspace::Analysed analysed,
                          model.workspace.analyze(*gene, request.gradients, own));
                ++whole.done;
                whole.given += analysed.report->scoresComputed == 0 ? 1 : 0;
                DS_TRY(model.sinks.onReport(analysed.report));
                if (analysed.notStored)
                    warn("{} is not kept in the study's result store. {}\n", gene->gene.name,
                         analysed.notStored->message());
            }
    }
#ifdef DIPLOSCOPE_UI
    for (size_t m = 0; request.figures >= 0 && m < models.size(); ++m)
        DS_TRY(drawFigures(request, study, chosen, reports, m, models[m].folder, stemOfGene, context));
#endif
    if (checked.checked > 0)
        say("Self-check: {} sequence{} by whole forward passes too, largest difference {:.1e} of the score\n",
            checked.checked, checked.checked == 1 ? "" : "s", checked.largestDifference);
    sayWritten(request.out, request.quiet);
    if (const ResultPlaces places = resultPlacesOf(study.file()); places.isAway)
        say("Results are kept in {}, as the study's folder may not be written to\n", places.file.string());
    return {};
}

} // namespace

void addAnalyzeCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<AnalyzeRequest>();
    CLI::App* command = program.add_subcommand(
        "analyze", "Predict every person's expression of a gene and say which variants decide it");
    command->add_option("STUDY", request->study, "A *.study.json")->required();
    CLI::Option* gene =
        command->add_option("--gene", request->genes, "Gene id or symbol; may be given several times")
            ->type_name("G");
    command
        ->add_option("--genes", request->geneSet,
                     "'all', or a file that names genes: results are kept in the study's result store, and "
                     "genes.tsv and drivers.tsv written")
        ->type_name("all|FILE")
        ->excludes(gene);
    command
        ->add_option("--model", request->models,
                     "Model folder or name (default: the study's first model); several may be given")
        ->type_name("DIR");
    addScoreOptions(*command, request->score);
    command->add_flag("--gradients", request->gradients,
                      "Also every SNV's gradient attribution, beside ISM; one backward pass a gene");
    addStatisticsOptions(*command, request->statistics);
    command
        ->add_option("--eqtl-given", request->eqtlGiven,
                     "Also GENE.eqtl-given.tsv: what is left of every eQTL effect beside this SNV (an id, or "
                     "22:120:A:G) of one gene's window; figures then show that")
        ->type_name("SNV");
    command->add_option("--out", request->out, "Folder for the tables")->required()->type_name("DIR");
#ifdef DIPLOSCOPE_UI
    CLI::Option* figures =
        command
            ->add_option(
                "--figures", request->figures,
                "Also draw figures (SVG, PNG); with a number, of that many genes: the best and the most "
                "wrongly predicted")
            ->expected(0, 1)
            ->default_str("0")
            ->type_name("[N]");
    request->drawing.addTo(*command, *figures);
#endif
    addWorkOptions(*command, *request);
    command->footer("Writes GENE.people.tsv, GENE.variants.tsv, GENE.drivers.tsv and GENE.report.json.\n"
                    "Positions are 1-based; effects are per copy of effect_allele.\n"
                    "Example:  diploscope analyze demo/demo.study.json --gene PUKTI6 --out results");
    command->callback([request, &exitCode] {
        if (request->genes.empty() && request->geneSet.empty())
            throw CLI::RequiredError("--gene or --genes");
        exitCode = runCommand([&] { return analyze(*request); });
    });
}

} // namespace diploscope::cli
