// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/analyze_request.h"

#include "analysis/file_stems.h"
#include "analysis/given_snv.h"
#include "base/words.h"
#include "cli/options/console.h"
#include "cli/options/model_argument.h"
#include "io/text_reader.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

namespace diploscope::cli {

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
    std::set<std::string> known;
    for (const std::string& name : names) {
        DS_ASSIGN(const StudyGene* gene, study.findGene(name));
        if (known.insert(gene->gene.id).second)
            targets.push_back({gene, stems.of(gene->gene, name)});
    }
    if (targets.empty())
        return fail(ErrorKind::BadInput, "No gene was named.", request.geneSet,
                    "Give --gene NAME, or --genes with 'all' or a file of one gene a line.");
    return targets;
}

std::optional<SharedList> takeShare(std::vector<Target>& targets, const std::optional<GeneShare>& share,
                                    const std::vector<ScoredModel>& models) {
    if (!share)
        return std::nullopt;
    int shifts = 0;
    for (const ScoredModel& model : models)
        shifts = std::max(shifts, model.score.shifts);
    std::vector<const StudyGene*> genes;
    for (const Target& target : targets)
        genes.push_back(target.gene);
    const std::vector<int> shareOf = sharesOf(genes, share->of, shifts);
    SharedList list{share->of, {}};
    std::vector<Target> own;
    for (size_t i = 0; i < targets.size(); ++i) {
        list.genes.emplace_back(targets[i].gene->gene.id, shareOf[i]);
        if (shareOf[i] == share->index)
            own.push_back(targets[i]);
    }
    targets = std::move(own);
    return list;
}

namespace {

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

} // namespace

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

} // namespace diploscope::cli
