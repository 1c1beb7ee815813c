// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/analyze_genome.h"

#include "analysis/result_places.h"
#include "base/words.h"
#include "cli/options/console.h"

#include <fmt/core.h>

namespace diploscope::cli {

namespace {

/// Before the first gene: a share that is killed says of what it is one.
Result<void> keepListOf(const GenomeModel& model, const SharedList& list, const RunContext& context) {
    DS_ASSIGN(const ResultRun keys, model.workspace.keys(context));
    DS_ASSIGN(ResultStore store, model.workspace.openStore());
    DS_ASSIGN(const int64_t run, store.beginRun(keys));
    return store.keepList(run, list);
}

Result<void> writeTables(const GenomeWork& work, const std::vector<GenomeModel>& models,
                         const std::vector<int64_t>& runs) {
    std::vector<std::string> ids;
    for (const StudyGene* gene : work.genes)
        ids.push_back(gene->gene.id);
    std::vector<ModelGenes> shown;
    DS_ASSIGN(ResultStore store, models.front().workspace.openStore());
    DS_ASSIGN(const std::vector<ResultRun> stored, store.runs());
    for (const int64_t id : runs)
        for (const ResultRun& run : stored)
            if (run.id == id) {
                DS_ASSIGN(std::vector<GeneRow> rows, store.genes(id));
                shown.push_back({run.model, std::move(rows), run.provenance});
            }
    DS_TRY(writeGenomeTables(shown, defaultNull(false), work.out, ids));
    return {};
}

} // namespace

Result<void> analyzeGenome(const GenomeWork& work, const std::vector<GenomeModel>& models,
                           const RunContext& console, const std::shared_ptr<Heartbeat>& heartbeat) {
    const std::vector<const StudyGene*>& genes = work.genes;
    std::vector<int64_t> runs;
    std::optional<Error> firstFailure;
    bool anything = false;
    for (const GenomeModel& model : models) {
        const RunContext context = heartbeat ? heartbeat->watching(console) : console;
        if (work.list)
            DS_TRY(keepListOf(model, *work.list, context));
        DS_ASSIGN(const GenomeRunResult result, model.workspace.analyzeAll(genes, model.sinks, context));
        finishProgress();
        if (runs.empty())
            reportLeftOut(result.leftOut);
        runs.push_back(result.run);
        const std::string& name = model.workspace.predictor->info().name;
        if (result.stored > 0)
            say("{}: {} of {} {} stored already\n", name, result.stored,
                counted(genes.size(), "gene", "genes"), result.stored == 1 ? "was" : "were");
        for (const auto& [gene, error] : result.failures)
            warn("{} failed: {}\n", gene, error.message());
        if (!result.failures.empty()) {
            warn("{}: {} of {} failed\n", name, result.failures.size(),
                 counted(genes.size(), "gene", "genes"));
            if (!firstFailure)
                firstFailure = result.failures.front().second;
        }
        anything = anything || result.computed > 0 || result.stored > 0;
    }
    if (!anything && firstFailure && !work.list) // a share of a list may have none that can be analysed
        return fail(*firstFailure);

    // Of a share q and ranks would be of no use.
    return work.list || work.out.empty() ? Result<void>() : writeTables(work, models, runs);
}

} // namespace diploscope::cli
