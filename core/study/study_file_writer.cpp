// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_file.h"

#include "base/atomic_file.h"
#include "base/paths.h"
#include "model/score_request_json.h"
#include "study/study_words.h"

#include <nlohmann/json.hpp>

#include <utility>

namespace diploscope {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

namespace {

Result<void> writeDocument(const ordered_json& document, const fs::path& file) {
    try {
        return writeFileAtomically(file, document.dump(2) + "\n", Durability::Durable);
    } catch (const ordered_json::exception&) { // for bytes that are no UTF-8, which a file name may hold
        return fail(ErrorKind::Unsupported,
                    "A file name of the study is not in UTF-8, which JSON cannot hold.", file.string(),
                    "Rename that file or folder.");
    }
}

} // namespace

Result<void> writeStudyFile(const StudyFile& study, const fs::path& file) {
    const fs::path folder = resolvedPath({}, file).parent_path();
    const auto relative = [&](const fs::path& path) { return pathFrom(folder, path).string(); };
    const auto list = [&](const std::vector<fs::path>& paths) {
        ordered_json items = ordered_json::array();
        for (const fs::path& path : paths)
            items.push_back(relative(path));
        return items;
    };
    const auto optional = [&](const std::optional<fs::path>& path) {
        return path ? ordered_json(relative(*path)) : ordered_json(nullptr);
    };
    if (study.published) {
        ordered_json document{{"schema", study.schema},
                              {"name", study.name},
                              {"build", study.build},
                              {"published", relative(*study.published)}};
        if (study.saturation)
            document["published_saturation"] = relative(*study.saturation);
        if (study.tssStatistics)
            document["published_tss_statistics"] = relative(*study.tssStatistics);
        return writeDocument(document, file);
    }
    const auto models = [&] {
        ordered_json items = ordered_json::array();
        for (const fs::path& model : study.models) {
            const ScoreRequest score = study.scoreOf(model);
            if (score.empty()) {
                items.push_back(relative(model));
                continue;
            }
            ordered_json item{{"folder", relative(model)}};
            addScoreJson(item, score, relative);
            items.push_back(std::move(item));
        }
        return items;
    };
    ordered_json document{{"schema", study.schema},
                          {"name", study.name},
                          {"build", study.build},
                          {"reference", relative(study.reference)},
                          {"annotation", relative(study.annotation)},
                          {"genotypes", relative(study.genotypes)},
                          {"expression", relative(study.expression)},
                          {"expression_transform", wordOf(study.transform, transformWords())},
                          {"expression_unit", study.expressionUnit.empty()
                                                  ? ordered_json(nullptr)
                                                  : ordered_json(study.expressionUnit)},
                          {"covariates", optional(study.covariates)},
                          {"sample_map", optional(study.sampleMap)},
                          {"predixcan", list(study.predixcan)},
                          {"fine_mapping", list(study.fineMapping)},
                          {"eqtl", list(study.eqtl)},
                          {"models", models()},
                          {"options",
                           {{"variants", wordOf(study.options.variants, variantWords())},
                            {"unphased", wordOf(study.options.unphased, unphasedWords())},
                            {"allele", wordOf(study.options.allele, alleleWords())},
                            {"phase_sets", wordOf(study.options.phaseSets, phaseSetWords())}}}};
    if (study.options.haploidDosage != HaploidDosage::AsTwo)
        document["options"]["haploid_dosage"] = wordOf(study.options.haploidDosage, haploidDosageWords());
    if (study.annotation.empty())
        document.erase("annotation");
    if (!study.isOfGenes())
        document["phenotypes"] = study.phenotypes;
    if (!study.haplotypeCounts.empty())
        document["haplotype_counts"] = list(study.haplotypeCounts);
    if (!study.tracks.empty())
        document["tracks"] = list(study.tracks);
    if (!study.motifs.empty())
        document["motifs"] = list(study.motifs);
    if (!study.chains.empty())
        document["chain"] = list(study.chains);
    return writeDocument(document, file);
}

} // namespace diploscope
