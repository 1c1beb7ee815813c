// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/analyze_genome.h"

#include "analysis/import_published.h"
#include "cli/console.h"

#include <fmt/core.h>

namespace diploscope::cli {

Result<void> analyzeGenome(const Study& study, const std::vector<const StudyGene*>& genes,
                           std::vector<GenomeModel> models, const std::filesystem::path& out,
                           const RunContext& context) {
    DS_ASSIGN(ResultStore store, ResultStore::open(resultStoreOf(study.file())));
    DS_ASSIGN(const auto predixcan, predixcanR(study, context));
    std::vector<std::string> names;
    std::optional<Error> firstFailure;
    bool anything = false;
    for (GenomeModel& model : models) {
        model.run.predixcanR = predixcan;
        DS_ASSIGN(const GenomeRunResult result, runGenome(study, genes, model.run, store, context));
        finishProgress();
        names.push_back(model.run.predictor->info().name);
        if (result.stored > 0)
            fmt::print("{}: {} of {} genes were stored already\n", names.back(), result.stored, genes.size());
        for (const auto& [gene, error] : result.failures)
            fmt::print(stderr, "{} failed: {}\n", gene, error.message());
        if (!result.failures.empty()) {
            fmt::print(stderr, "{}: {} of {} genes failed\n", names.back(), result.failures.size(),
                       genes.size());
            if (!firstFailure)
                firstFailure = result.failures.front().second;
        }
        anything = anything || result.computed > 0 || result.stored > 0;
    }
    if (!anything && firstFailure)
        return fail(*firstFailure);

    std::vector<std::string> ids;
    for (const StudyGene* gene : genes)
        ids.push_back(gene->gene.id);
    DS_ASSIGN(const std::vector<ModelGenes> all, readModelGenes(resultStoreOf(study.file())));
    std::vector<ModelGenes> shown;
    for (const std::string& name : names) {
        DS_ASSIGN(const size_t index, findModel(all, name));
        shown.push_back(all[index]);
    }
    DS_TRY(writeGenomeTables(shown, NullChoice::Published, out, ids));
    return {};
}

} // namespace diploscope::cli
