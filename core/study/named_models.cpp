// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/named_models.h"

#include "model/model_kind.h"
#include "model/model_manifest.h"
#include "model/model_trust.h"
#include "model/weights_check.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

template <class Value>
std::optional<Value> keepModel(Result<Value> result, StudyCheck& check) {
    if (result)
        return std::move(result).value();
    Error error = std::move(result).error();
    if (error.kind == ErrorKind::NotFound)
        error.remedy += " The study file names it under `models`.";
    check.leftOut.push_back(std::move(error));
    return std::nullopt;
}

/// Which output is the score of phenotypes that are no genes; empty where the study file says so.
std::string outputNote(const ModelManifest& manifest, const StudyFile& study, const ScoreRequest& asked) {
    if (study.isOfGenes() || !asked.tracks.empty() || !asked.head.empty())
        return {};
    return manifest.outputs.contains(study.phenotypes)
               ? fmt::format(" Its output for {} is the score.", study.phenotypes)
               : fmt::format(" It names no output for {}: its own is the score.", study.phenotypes);
}

} // namespace

void findModels(StudyFile& study, StudyCheck& check) {
    for (fs::path& model : study.models) {
        const auto folder = keepModel(findModelFolder(study.modelWord(model)), check);
        if (!folder)
            continue;
        if (auto score = study.scores.extract(model)) {
            score.key() = *folder;
            study.scores.insert(std::move(score));
        }
        model = *folder;
        const auto manifest = keepModel(readModelManifest(model), check);
        if (!manifest)
            continue;
        const auto weights = manifest->findWeights();
        std::string state = "ready.";
        const Result<void> good = weights ? checkWeights(*manifest) : fail(weights.error());
        if (!good && good.error().kind == ErrorKind::NotFound) {
            state = good.error().what + " " + good.error().remedy; // nobody has put them there yet
        } else if (!good) {
            check.leftOut.push_back(good.error());
            state = "its weights cannot be used.";
        }
        if (!untrustedPrograms(*manifest).empty())
            state += " It is a program of its maker and asks before it runs.";
        state += outputNote(*manifest, study, study.scoreOf(model));
        check.notes.push_back(
            {"models", fmt::format("{} ({}): {}", manifest->name, manifest->kind->name(), state), {}});
    }
}

} // namespace diploscope
