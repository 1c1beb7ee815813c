// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/effect_background.h"

#include "base/atomic_file.h"
#include "base/json_fields.h"
#include "base/json_text.h"
#include "base/log.h"
#include "base/paths.h"
#include "study/study_identity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace diploscope {

namespace {

using nlohmann::json;

constexpr int64_t kMostVariants = 100'000'000;

Result<EffectBackground::Bin> readBin(const json& value, const std::string& where) {
    const auto bad = [&](const char* what) {
        return fail(ErrorKind::BadInput, what, where,
                    "Measure the background anew: diploscope models background.");
    };
    if (!value.is_object() || !value.contains("effects") || !value["effects"].is_array() ||
        !value.contains("substitutions") || !value["substitutions"].is_number_unsigned())
        return bad("A bin of the background is none.");
    EffectBackground::Bin bin;
    bin.substitutions = value["substitutions"].get<int64_t>();
    for (const json& effect : value["effects"]) {
        if (!effect.is_number() || !(effect.get<double>() >= 0))
            return bad("An effect of the background is no size.");
        bin.effects.push_back(effect.get<double>());
    }
    if (!std::is_sorted(bin.effects.begin(), bin.effects.end()) ||
        bin.substitutions > static_cast<int64_t>(bin.effects.size()))
        return bad("The effects of the background are not in order.");
    return bin;
}

} // namespace

std::string scoreText(const ScoreOptions& score) {
    return fmt::format("{}, shifts {}{}", score.output.text(), score.shifts,
                       score.reverseComplement ? ", both strands" : "");
}

Result<std::string> backgroundInputs(const Study& study, const RunContext& context) {
    // What says where the genes are: of phenotypes that are none, the table of their values.
    const char* places = study.file().isOfGenes() ? "annotation" : "expression";
    DS_ASSIGN(const std::vector<StudyInput> inputs,
              studyInputs(study.file(), {"reference", places, "genotypes"}, context));
    std::string text;
    for (const StudyInput& input : inputs)
        text += input.what + " " + input.digest + "\n";
    return toHex(digestOf(text));
}

std::filesystem::path backgroundFile(const std::string& checksum, const std::string& score,
                                     const std::string& inputs) {
    return userDataFolder() / "backgrounds" /
           (toHex(digestOf(checksum + "\n" + score + "\n" + inputs)) + ".json");
}

Result<void> writeBackground(const EffectBackground& background, const std::filesystem::path& file) {
    json bins = json::array();
    for (const EffectBackground::Bin& bin : background.bins)
        bins.push_back({{"effects", bin.effects}, {"substitutions", bin.substitutions}});
    const json document{{"schema", 1},
                        {"model", background.model},
                        {"checksum", background.checksum},
                        {"score", background.score},
                        {"study", background.study},
                        {"inputs", background.inputs},
                        {"genes", background.genes},
                        {"seed", background.seed},
                        {"edges", EffectBackground::Edges},
                        {"bins", std::move(bins)}};
    return writeFileAtomically(file, jsonText(document) + "\n", Durability::Durable);
}

Result<EffectBackground> readBackground(const std::filesystem::path& file) {
    JsonLimits limits;
    limits.bytes = size_t{1} << 30;
    limits.values = size_t{kMostVariants};
    DS_ASSIGN(const json document, readJsonFile(file, limits));
    DS_TRY(refuseNewer(document, "schema", 1, "The background"));
    DS_ASSIGN(const JsonFields fields, JsonFields::open(document, file.string(),
                                                        {"schema", "model", "checksum", "score", "study",
                                                         "inputs", "genes", "seed", "edges", "bins"}));
    EffectBackground background;
    for (const auto& [key, target] :
         {std::pair("model", &background.model), std::pair("checksum", &background.checksum),
          std::pair("score", &background.score), std::pair("study", &background.study),
          std::pair("inputs", &background.inputs)}) {
        DS_ASSIGN(*target, fields.text(key));
    }
    DS_ASSIGN(background.genes, fields.integer("genes", 0, kMostVariants));
    if (!document.contains("seed") || !document["seed"].is_number_unsigned() || !document.contains("edges") ||
        document["edges"] != json(EffectBackground::Edges) || !document.contains("bins") ||
        !document["bins"].is_array() || document["bins"].size() != EffectBackground::Bins)
        return fail(ErrorKind::BadInput, "The background has other bins than this program's, or none.",
                    file.string(), "Measure it anew: diploscope models background.");
    background.seed = document["seed"].get<uint64_t>();
    for (size_t bin = 0; bin < EffectBackground::Bins; ++bin) {
        DS_ASSIGN(background.bins[bin], readBin(document["bins"][bin], file.string()));
    }
    return background;
}

Result<std::shared_ptr<const EffectBackground>> knownBackground(const Study& study, const ModelInfo& model,
                                                                const ScoreOptions& score,
                                                                const RunContext& context) {
    std::error_code ignored;
    // Nobody's files are read for what nobody has measured.
    if (!std::filesystem::is_directory(userDataFolder() / "backgrounds", ignored))
        return std::shared_ptr<const EffectBackground>();
    const Result<std::string> inputs = backgroundInputs(study, context);
    if (!inputs && inputs.error().kind == ErrorKind::Cancelled)
        return fail(inputs.error());
    if (!inputs) { // the gene's own analysis tells of it, where that matters
        logError(inputs.error());
        return std::shared_ptr<const EffectBackground>();
    }
    const std::filesystem::path file = backgroundFile(model.checksum, scoreText(score), *inputs);
    if (!std::filesystem::exists(file, ignored))
        return std::shared_ptr<const EffectBackground>();
    Result<EffectBackground> read = readBackground(file);
    if (!read) {
        logError(read.error());
        return std::shared_ptr<const EffectBackground>();
    }
    return std::make_shared<const EffectBackground>(std::move(*read));
}

} // namespace diploscope
