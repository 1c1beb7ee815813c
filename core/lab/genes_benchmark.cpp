// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/genes_benchmark.h"

#include "analysis/genome_run.h"
#include "analysis/report_writer.h"
#include "base/atomic_file.h"
#include "base/parallel.h"
#include "base/scratch_folder.h"
#include "engines/open_model.h"
#include "lab/benchmark_parts.h"
#include "lab/simulate/simulate_study.h"
#include "results/result_store.h"
#include "study/study.h"

#include <fmt/format.h>

#include <map>

namespace diploscope {

using namespace lab;
using nlohmann::json;

namespace {

constexpr int CachedRepeats = 3;
constexpr const char* GenesFailed = "A gene of the simulated study cannot be analysed.";

/// Runs over one study under one model, each with a result store and a folder of its own.
struct GenesBench {
    std::shared_ptr<const Study> study;
    std::shared_ptr<const Predictor> model;
    std::filesystem::path folder;
    const RunContext& context;

    /// As `analyze --genes all` does. \param name of the folder of its tables
    Result<void> run(const std::string& name, int threads, std::shared_ptr<ScoreCache> cache) const {
        const std::filesystem::path out = folder / name, file = folder / (name + ".sqlite");
        std::filesystem::remove(file);
        std::filesystem::remove_all(out);
        DS_ASSIGN(ResultStore store, ResultStore::open(file));
        GenomeRun run;
        run.predictor = model;
        run.cache = std::move(cache);
        run.threads = threads;
        run.onReport = [&](const std::shared_ptr<const GeneReport>& report) -> Result<void> {
            DS_TRY(writeGeneReport(*report, out, report->gene.id));
            return {};
        };
        std::vector<const StudyGene*> genes;
        for (const StudyGene& gene : study->genes())
            genes.push_back(&gene);
        DS_ASSIGN(const GenomeRunResult result, runGenome(*study, genes, run, store, context));
        if (!result.failures.empty())
            return fail(ErrorKind::Internal, GenesFailed, result.failures.front().first,
                        result.failures.front().second.message());
        DS_ASSIGN(std::vector<GeneRow> rows, store.genes(result.run));
        DS_TRY(writeGenomeTables({{model->info().name, std::move(rows), {}}}, NullChoice::Published, out));
        return {};
    }

    /// Without what tells how many scores were found in the cache.
    [[nodiscard]] Result<std::map<std::string, std::string>> tables(const std::string& name) const {
        std::map<std::string, std::string> bytes;
        for (const auto& file : std::filesystem::directory_iterator(folder / name))
            if (file.path().extension() == ".tsv") {
                DS_ASSIGN(bytes[file.path().filename().string()], readWholeFile(file.path()));
            }
        return bytes;
    }
};

Result<json> measureGenes(const GenesBench& bench, const char* what, int threads, int repeats,
                          const std::shared_ptr<ScoreCache>& cache) {
    const auto measured = [&](const char* name, int count) {
        return leastOf(repeats, what, bench.context, [&] { return bench.run(name, count, cache); });
    };
    DS_ASSIGN(const Measured ours, measured("several", threads));
    DS_ASSIGN(const Measured plain, measured("one", 1));
    DS_ASSIGN(const auto several, bench.tables("several"));
    DS_ASSIGN(const auto one, bench.tables("one"));
    if (several != one)
        return fail(ErrorKind::Internal, "Several threads write other tables than one.");
    json row{{"what", what},
             {"people", bench.study->people().size()},
             {"genes", bench.study->genes().size()},
             {"threads", threads},
             {"files", several.size()}};
    tellBoth(ours, plain, row);
    return row;
}

} // namespace

Result<json> runGenesBenchmark(const GenesBenchmarkOptions& options, const RunContext& context) {
    if (options.people < 20 || options.genes < 1 || options.threads < 0)
        return fail(ErrorKind::BadInput, "At least 20 people and one gene can be timed.");
    DS_ASSIGN(const ScratchFolder folder, ScratchFolder::make("bench", options.folder));
    simulate::SimulationOptions asked;
    asked.folder = folder.path() / "study";
    asked.seed = options.seed;
    asked.people = options.people;
    asked.genes = options.genes;
    DS_TRY(simulate::simulateStudy(asked, context));
    StudyCheck opened = openStudy(asked.folder / "demo.study.json", context);
    if (!opened.study)
        return fail(opened.problems.front());
    DS_ASSIGN(auto model, openModel(options.model, {}, options.randomWeightsSeed));
    DS_ASSIGN(const std::shared_ptr<ScoreCache> cache,
              ScoreCache::open(folder.path() / "scores.sqlite", int64_t{1} << 50));
    const GenesBench bench{std::move(opened.study), std::move(model), folder.path(), context};
    const int threads = options.threads > 0 ? options.threads : availableThreads();

    json report{{"workload", "genes"}, {"model", bench.model->info().name}, {"rows", json::array()}};
    DS_ASSIGN(json uncached, measureGenes(bench, "nothing cached", threads, 1, nullptr));
    DS_ASSIGN(const auto first, bench.tables("one"));
    DS_TRY(bench.run("filling", threads, cache));
    DS_ASSIGN(json cached, measureGenes(bench, "scores cached", threads, CachedRepeats, cache));
    DS_ASSIGN(const auto last, bench.tables("one"));
    if (first != last)
        return fail(ErrorKind::Internal, "Scores from the cache make other tables than new ones.");
    report["same_bytes"] = true;
    report["cpu_s_per_gene"] = cached["cpu_s"].get<double>() / cached["genes"].get<double>();
    report["rows"] = {std::move(uncached), std::move(cached)};
    addMachine({Device{}}, threads, report);
    return report;
}

} // namespace diploscope
