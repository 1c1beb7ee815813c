// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/effect_background.h"
#include "analysis/file_stems.h"
#include "analysis/report_writer.h"
#include "analysis/result_places.h"
#include "base/atomic_file.h"
#include "base/rate_meter.h"
#include "base/stage_clock.h"
#include "base/words.h"
#include "cli/analyze_forecast.h"
#include "cli/analyze_genome.h"
#include "cli/analyze_request.h"
#include "cli/analyze_words.h"
#include "cli/commands.h"
#include "cli/eqtl_given.h"
#include "cli/options/console.h"
#include "cli/options/score_options.h"
#include "cli/options/study_argument.h"
#ifdef DIPLOSCOPE_UI
#include "cli/requests/window_module.h"
#endif

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>

namespace diploscope::cli {

namespace {

namespace fs = std::filesystem;

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

/// What becomes of a gene's report: its files, and a line.
class ReportFiles {
public:
    ReportFiles(const AnalyzeRequest& request, const Study& study, const std::vector<Target>& targets)
        : m_request(request), m_study(study) {
        for (const Target& target : targets)
            m_stemOfGene.emplace(target.gene->gene.id, target.stem);
    }
    [[nodiscard]] const std::map<std::string, std::string>& stems() const { return m_stemOfGene; }
    [[nodiscard]] const std::string& stemOf(const Gene& gene) const { return m_stemOfGene.at(gene.id); }

    /// \param key runDigest() of the run that it is of
    [[nodiscard]] Result<void> write(const GeneReport& report, const fs::path& folder,
                                     const std::string& key) {
        if (!m_request.out.empty()) {
            DS_TRY(writeGeneReport(report, folder, stemOf(report.gene), key));
            DS_TRY(writeEqtlGiven(m_request.eqtlGiven, m_study, report, folder, stemOf(report.gene)));
        }
        finishProgress();
        printVerdict(report);
        m_checked.add(report.selfCheck);
        return {};
    }
    /// What is stored counts as done where its files are here too, unless something asks for the whole
    /// report.
    [[nodiscard]] bool needs(const StudyGene& gene, const fs::path& folder, const std::string& key) const {
        return !m_request.out.empty() &&
               (m_request.figures >= 0 || m_request.noCache || !m_request.eqtlGiven.empty() ||
                !reportIsOf(folder, stemOf(gene.gene), gene.gene.id, key));
    }
    void tellChecks() const {
        if (m_checked.checked > 0)
            say("Self-check: {} sequence{} by whole forward passes too, largest difference {:.1e} of the "
                "score\n",
                m_checked.checked, m_checked.checked == 1 ? "" : "s", m_checked.largestDifference);
    }

private:
    const AnalyzeRequest& m_request;
    const Study& m_study;
    std::map<std::string, std::string> m_stemOfGene;
    SelfCheck m_checked;
};

/// One model's work on the study. \param reports  takes those that figures are drawn of
Result<GenomeModel> workOf(const AnalyzeRequest& request, const Workspace& workspace,
                           const ScoredModel& chosen, bool isOnlyOne, ReportFiles& files, Reports& reports,
                           const RunContext& context) {
    GenomeModel model{workspace, {}, {}};
    model.workspace.predictor = chosen.predictor;
    model.workspace.options.score = chosen.score;
    // Where the run cannot be told, its files are no run's; why, is said where it is stored.
    const Result<ResultRun> keys = model.workspace.keys(context);
    if (!keys && keys.error().kind == ErrorKind::Cancelled)
        return fail(keys.error());
    std::string key = keys ? runDigest(*keys, request.gradients) : std::string();
    DS_ASSIGN(const auto background, model.workspace.background(context));
    if (background && !key.empty()) // files of before do not have what it says
        key += fmt::format(" background {} {}", background->count(), background->seed);
    model.folder = isOnlyOne ? request.out : request.out / fileStem(chosen.predictor->info().name);
    model.sinks.onReport = [&request, &files, &reports, &context, key, folder = model.folder](
                               const std::shared_ptr<const GeneReport>& report) -> Result<void> {
        const StageTime time(context, Stage::Store);
        DS_TRY(files.write(*report, folder, key));
        if (request.figures >= 0)
            reports.push_back(report);
        return {};
    };
    model.sinks.needed = [&files, key, folder = model.folder](const StudyGene& gene) {
        return files.needs(gene, folder, key);
    };
    return model;
}

/// Of --gene: each by itself, all threads on one.
Result<void> analyzeNamed(const std::vector<const StudyGene*>& genes, const std::vector<GenomeModel>& models,
                          const AnalyzeRequest& request, const ReportFiles& files, const RunContext& console,
                          const std::shared_ptr<Heartbeat>& heartbeat) {
    const RunContext context = heartbeat ? heartbeat->watching(console) : console;
    Progress whole{"Analysing genes", 0, static_cast<int64_t>(genes.size() * models.size()), 0, {}};
    for (const GenomeModel& model : models)
        for (const StudyGene* gene : genes) {
            const RunContext own = whole.total == 1 && !heartbeat
                                       ? context
                                       : contextOfItem(context, whole, files.stemOf(gene->gene));
            DS_ASSIGN(const Workspace::Analysed analysed,
                      model.workspace.analyze(*gene, request.gradients, own));
            ++whole.done;
            whole.given += analysed.report->scoresComputed == 0 ? 1 : 0;
            DS_TRY(model.sinks.onReport(analysed.report));
            if (analysed.notStored)
                warn("{} is not kept in the study's result store. {}\n", gene->gene.name,
                     analysed.notStored->message());
        }
    return {};
}

/// Runs the work, which tells --heartbeat of itself, where there is one.
template <class Run>
Result<void> withHeartbeat(const AnalyzeRequest& request, const GenomeWork& work, size_t models, Run&& run) {
    if (request.heartbeat.empty())
        return run(nullptr);
    std::vector<std::pair<std::string, std::string>> facts{{"study", request.study.string()}};
    if (request.share)
        facts.emplace_back("shard", fmt::format("{}/{}", request.share->index, request.share->of));
    DS_ASSIGN(const std::shared_ptr<Heartbeat> heartbeat,
              Heartbeat::begin(request.heartbeat, static_cast<int64_t>(work.genes.size() * models),
                               std::move(facts)));
    const Result<void> done = run(heartbeat);
    heartbeat->finish(done);
    return done;
}

void tellPlaces(const AnalyzeRequest& request, const Study& study) {
    if (!request.out.empty())
        sayWritten(request.out, request.quiet);
    if (!request.store.empty())
        sayWritten(request.store, request.quiet);
    else if (const ResultPlaces places = resultPlacesOf(study.file()); places.isAway)
        say("Results are kept in {}, as the study's folder may not be written to\n", places.file.string());
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
    DS_ASSIGN(std::vector<Target> targets, targetsOf(request, study));

    DS_ASSIGN(const std::vector<ScoredModel> chosen,
              inStage(context, Stage::Model, [&] { return modelsOf(request, study); }));
    GenomeWork work{{}, takeShare(targets, request.share, chosen), request.out};
    DS_TRY(checkEqtlGiven(request, study, targets, chosen, context));
    Workspace workspace;
    workspace.setStudy(opened);
    workspace.store = request.store;
    workspace.options.gradients = request.gradients;
    workspace.options.statistics = request.statistics;
    DS_ASSIGN(const auto sideTables, workspace.sideTables(context));
    if (sideTables)
        reportLeftOut(sideTables->leftOut);
    DS_TRY(applyWork(request, workspace, context));

    if (!request.out.empty())
        removeAbandonedTemporaries(request.out);
    ReportFiles files(request, study, targets);
    for (const Target& target : targets)
        work.genes.push_back(target.gene);
    std::vector<GenomeModel> models;
    std::vector<Reports> reports(chosen.size());
    for (size_t m = 0; m < chosen.size(); ++m) {
        DS_ASSIGN(GenomeModel model,
                  workOf(request, workspace, chosen[m], chosen.size() == 1, files, reports[m], context));
        models.push_back(std::move(model));
    }
    if (work.list)
        say("Share {} of {}: {} of {}\n", request.share->index, request.share->of, work.genes.size(),
            counted(static_cast<int64_t>(work.list->genes.size()), "gene", "genes"));
    if (request.dryRun)
        return tellForecast(work, models, context);
    const auto run = [&](const std::shared_ptr<Heartbeat>& heartbeat) {
        return request.geneSet.empty() ? analyzeNamed(work.genes, models, request, files, context, heartbeat)
                                       : analyzeGenome(work, models, context, heartbeat);
    };
    DS_TRY(withHeartbeat(request, work, models.size(), run));
#ifdef DIPLOSCOPE_UI
    for (size_t m = 0; request.figures >= 0 && m < models.size(); ++m)
        DS_TRY(drawFigures(request, study, chosen, reports, m, models[m].folder, files.stems(), context));
#endif
    files.tellChecks();
    tellPlaces(request, study);
    return {};
}

/// Which genes of which study, and where their rows go.
void addGenes(CLI::App& command, const std::shared_ptr<AnalyzeRequest>& request) {
    command.add_option("STUDY", request->study, "A *.study.json")->required();
    CLI::Option* gene =
        command.add_option("--gene", request->genes, "Gene id or symbol; may be given several times")
            ->type_name("G");
    CLI::Option* geneSet =
        command
            .add_option(
                "--genes", request->geneSet,
                "'all', or a file that names genes: results are kept in the study's result store, and "
                "genes.tsv and drivers.tsv written")
            ->type_name("all|FILE")
            ->excludes(gene);
    command
        .add_option_function<std::string>(
            "--shard",
            [request](const std::string& text) {
                const Result<GeneShare> share = parseGeneShare(text);
                if (!share)
                    throw CLI::ValidationError("--shard", share.error().message());
                request->share = *share;
            },
            "Of these genes the i-th of n shares: each gene is in one of them, whoever runs which; joined by "
            "`diploscope results merge`")
        ->type_name("I/N")
        ->needs(geneSet);
    command
        .add_option("--heartbeat", request->heartbeat,
                    "Every few seconds write to this file, as JSON, how far the run is: for schedulers")
        ->type_name("FILE");
    command
        .add_flag("--dry-run", request->dryRun,
                  "Only say how many genes and sequences there are to compute, and what time and memory that "
                  "takes here, by measuring some")
        ->needs(geneSet);
    command
        .add_option("--store", request->store,
                    "Keep rows in this result store instead of the study's; --out may be left out then")
        ->type_name("FILE");
}

/// All but the command itself.
void addAnalyzeOptions(CLI::App& command, const std::shared_ptr<AnalyzeRequest>& request) {
    addGenes(command, request);
    command
        .add_option("--model", request->models,
                    "Model folder or name (default: the study's first model); several may be given")
        ->type_name("DIR");
    addScoreOptions(command, request->score);
    command.add_flag("--gradients", request->gradients,
                     "Also every SNV's gradient attribution, beside ISM; one backward pass a gene");
    addStatisticsOptions(command, request->statistics);
    CLI::Option* eqtlGiven =
        command
            .add_option(
                "--eqtl-given", request->eqtlGiven,
                "Also GENE.eqtl-given.tsv: what is left of every eQTL effect beside this SNV (an id, or "
                "22:120:A:G) of one gene's window; figures then show that")
            ->type_name("SNV");
    CLI::Option* out = command.add_option("--out", request->out, "Folder for the tables")->type_name("DIR");
    eqtlGiven->needs(out);
#ifdef DIPLOSCOPE_UI
    CLI::Option* figures =
        command
            .add_option(
                "--figures", request->figures,
                "Also draw figures (SVG, PNG); with a number, of that many genes: the best and the most "
                "wrongly predicted")
            ->expected(0, 1)
            ->default_str("0")
            ->type_name("[N]")
            ->needs(out);
    request->drawing.addTo(command, *figures);
#endif
    addWorkOptions(command, *request);
}

} // namespace

Result<void> checkAnalyzeWords(const std::vector<std::string>& words) {
    auto request = std::make_shared<AnalyzeRequest>();
    CLI::App analyze;
    addAnalyzeOptions(analyze, request);
    std::vector<std::string> fromBehind(words.rbegin(), words.rend());
    fromBehind.emplace_back("STUDY");
    try {
        analyze.parse(fromBehind);
    } catch (const CLI::ParseError& error) {
        return fail(ErrorKind::BadInput,
                    error.get_name() == "CallForHelp" ? "--help is no option here."
                                                      : std::string(error.what()),
                    "analyze", "`diploscope analyze --help` lists its options.");
    }
    return {};
}

void addAnalyzeCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<AnalyzeRequest>();
    CLI::App* command = program.add_subcommand(
        "analyze", "Predict every person's expression of a gene and say which variants decide it");
    addAnalyzeOptions(*command, request);
    command->footer("Writes GENE.people.tsv, GENE.variants.tsv, GENE.drivers.tsv and GENE.report.json.\n"
                    "Positions are 1-based; effects are per copy of effect_allele.\n"
                    "Example:  diploscope analyze demo/demo.study.json --gene PUKTI6 --out results");
    command->callback([request, &exitCode] {
        if (request->genes.empty() && request->geneSet.empty())
            throw CLI::RequiredError("--gene or --genes");
        if (request->out.empty() && request->store.empty() && !request->dryRun)
            throw CLI::RequiredError("--out, or --store where rows alone are wanted,");
        exitCode = runCommand([&] { return analyze(*request); });
    });
}

} // namespace diploscope::cli
