// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/hugging_face.h"

#include "model/model_kinds.h"

#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <system_error>

namespace diploscope {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

bool isOfHuggingFace(const ModelKind& kind) {
    return kind.huggingFace() != nullptr;
}

/// "\"dim\" and \"depth\"", for each kind.
std::string keysThatTell() {
    std::vector<std::string> ofKinds;
    for (const ModelKind* kind : modelKinds())
        if (isOfHuggingFace(*kind))
            ofKinds.push_back(fmt::format("\"{}\"", fmt::join(kind->huggingFace()->keys, "\" and \"")));
    return fmt::format("{}", fmt::join(ofKinds, ", or "));
}

std::string kindsThatOpen() {
    std::vector<std::string> names;
    for (const ModelKind* kind : modelKinds())
        if (isOfHuggingFace(*kind))
            names.push_back(kind->words().many);
    return fmt::format("{}", fmt::join(names, " and "));
}

/// The kind of which a configuration is. \error Unsupported
Result<const ModelKind*> kindOfConfig(const json& config) {
    const auto type = config.find("model_type");
    const auto isMeant = [&](const HuggingFaceForm& form) {
        return type != config.end() ? *type == form.modelType
                                    : std::all_of(form.keys.begin(), form.keys.end(),
                                                  [&](const auto& key) { return config.contains(key); });
    };
    for (const ModelKind* kind : modelKinds())
        if (isOfHuggingFace(*kind) && isMeant(*kind->huggingFace()))
            return kind;
    return fail(
        ErrorKind::Unsupported,
        type != config.end()
            ? fmt::format("This is a model of type {}, not {}.", shortJson(*type), anyKind(isOfHuggingFace))
            : fmt::format("This is no configuration of {}: it has no {}.", anyKind(isOfHuggingFace),
                          keysThatTell()),
        "model_type",
        fmt::format("Of Hugging Face's models {} can be opened; others need a model.json.", kindsThatOpen()));
}

} // namespace

bool isHuggingFaceFolder(const fs::path& folder) {
    std::error_code ignored;
    return !fs::exists(folder / ManifestFile, ignored) &&
           fs::is_regular_file(folder / HuggingFaceConfig, ignored);
}

Result<json> manifestOfConfig(const fs::path& folder, const json& config, int64_t inputLength) {
    if (!config.is_object())
        return fail(ErrorKind::BadInput,
                    fmt::format("Expected an object {{...}}, found {}.", shortJson(config)));
    DS_ASSIGN(const ModelKind* const kind, kindOfConfig(config));
    DS_ASSIGN(json manifest, kind->ofHuggingFace(config, inputLength));
    std::error_code ignored;
    const bool safetensors = fs::is_regular_file(folder / HuggingFaceWeights[0], ignored);
    const fs::path name = fs::weakly_canonical(folder, ignored).filename();
    manifest["schema"] = 1;
    manifest["name"] = name.empty() ? kind->name() : name.string();
    manifest["kind"] = kind->name();
    manifest["weights"] = HuggingFaceWeights[safetensors ? 0 : 1];
    return manifest;
}

} // namespace diploscope
