// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/ensemble_kind.h"

#include "engines/ensemble_predictor.h"
#include "engines/open_model.h"
#include "model/model_kinds.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace diploscope {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

class EnsembleKind final : public ModelKind {
public:
    std::string name() const override { return "ensemble"; }
    KindWords words() const override { return {"an ensemble", "ensembles"}; }

    std::vector<std::string> keys() const override { return {"models"}; }
    bool isOfMembers() const override { return true; }
    Result<void> parse(const JsonFields& fields, ModelManifest& model) const override;
    Result<void> mayBeMember() const override {
        return fail(ErrorKind::Unsupported, "An ensemble cannot be part of another one.", "kind",
                    "List its models instead.");
    }

    /// \param randomWeightsSeed of no effect: members are opened as they are
    Result<std::shared_ptr<const Predictor>> open(const ModelManifest& model, const PredictorOptions& options,
                                                  int64_t randomWeightsSeed) const override;
    /// As its members.
    Gradients gradients() const override { return Gradients::Perhaps; }
};

/// All but the name comes from the members.
Result<void> refuseOwn(const JsonFields& fields, const ModelKind& kind) {
    std::vector<std::string> keys{"weights", "sha256", "input", "output", "outputs"};
    const std::vector<std::string> others = keysOfOtherKinds(kind);
    keys.insert(keys.end(), others.begin(), others.end());
    keys.emplace_back("targets");
    for (const std::string& key : keys)
        if (fields.has(key))
            return fail(ErrorKind::BadInput, fmt::format("An ensemble has no \"{}\".", key), key,
                        "Remove the key: all but the name comes from its models.");
    return {};
}

Result<void> checkAlike(const ModelManifest& first, const ModelManifest& member) {
    if (member.input != first.input || member.binCount != first.binCount ||
        member.trackCount != first.trackCount || member.unit != first.unit)
        return fail(ErrorKind::Mismatch,
                    fmt::format("The models \"{}\" and \"{}\" differ in what they read or give: {} bp, "
                                "TSS at {}, {} x {} of {} against {} bp, TSS at {}, {} x {} of {}.",
                                first.name, member.name, first.input.length, first.input.tssIndex,
                                first.binCount, first.trackCount, first.unit, member.input.length,
                                member.input.tssIndex, member.binCount, member.trackCount, member.unit),
                    "models", "Only models of equal input and output can be averaged.");
    return {};
}

/// The list `models`: folders beside its own, or names of known models.
Result<void> EnsembleKind::parse(const JsonFields& fields, ModelManifest& model) const {
    DS_TRY(refuseOwn(fields, *this));
    const auto isText = [](const json& item) { return item.is_string(); };
    const json none;
    const json& list = fields.has("models") ? fields.at("models") : none;
    if (!list.is_array() || list.size() < 2 || !std::all_of(list.begin(), list.end(), isText))
        return fail(ErrorKind::BadInput, "An ensemble needs a list of at least two models' folders or names.",
                    "models", R"(Write "models": ["../first", "../second"].)");
    for (const json& item : list) {
        const std::string name = item.get<std::string>();
        const fs::path beside = model.folder / name;
        DS_ASSIGN(const fs::path found, findModelFolder(isModelFolder(beside) ? beside.string() : name));
        DS_ASSIGN(ModelManifest member, readMemberManifest(found));
        DS_TRY(checkAlike(model.members.empty() ? member : model.members.front(), member));
        model.members.push_back(std::move(member));
    }
    const ModelManifest& first = model.members.front();
    model.input = first.input;
    model.output = first.output;
    model.binCount = first.binCount;
    model.trackCount = first.trackCount;
    model.unit = first.unit;
    model.outputs = first.outputs;
    return {};
}

Result<std::shared_ptr<const Predictor>> EnsembleKind::open(const ModelManifest& model,
                                                            const PredictorOptions& options, int64_t) const {
    std::vector<std::shared_ptr<const Predictor>> members;
    for (const ModelManifest& member : model.members) {
        DS_ASSIGN(auto opened, openModel(member.folder.string(), options));
        members.push_back(std::move(opened));
    }
    ModelInfo info = members.front()->info();
    info.name = model.name;
    info.kind = name();
    info.licence = model.licence;
    info.source = model.source;
    return std::shared_ptr<const Predictor>(
        std::make_shared<EnsemblePredictor>(std::move(info), std::move(members)));
}

} // namespace

const ModelKind& ensembleKind() {
    static const EnsembleKind kind;
    return kind;
}

} // namespace diploscope
