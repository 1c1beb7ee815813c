// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/model_kind.h"

#include "base/checksum.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace diploscope {

std::vector<std::string> ModelKind::inDetail(const ModelManifest&) const {
    return {};
}

Result<void> ModelKind::parseOutput(const JsonFields&, ModelManifest&) const {
    return {};
}

Result<nlohmann::json> ModelKind::ofHuggingFace(const nlohmann::json&, int64_t) const {
    return fail(ErrorKind::Unsupported,
                fmt::format("Hugging Face's folders of {} cannot be read.", words().many));
}

std::optional<WeightNeeds> ModelKind::needs(const ModelManifest&) const {
    return std::nullopt;
}

Result<void> ModelKind::checkFile(const std::filesystem::path&) const {
    return {};
}

Result<ForeignProgram> ModelKind::program(const ModelManifest& model) const {
    DS_ASSIGN(std::filesystem::path file, model.findWeights());
    DS_ASSIGN(std::string sha256, sha256OfFile(file));
    return ForeignProgram{std::move(file), {}, std::move(sha256)};
}

std::optional<double> ModelKind::operations(const ModelManifest&) const {
    return std::nullopt;
}

Result<TrainingForm> ModelKind::trainingForm(const ModelManifest& model) const {
    return hasNoLayers(model);
}

Result<TrainingResult> ModelKind::train(const ModelManifest& model, const TrainingData&,
                                        const TrainingOptions&, const RunContext&) const {
    return hasNoLayers(model);
}

std::string inWords(const std::vector<TensorSpec>& tensors) {
    int64_t parameters = 0;
    for (const TensorSpec& tensor : tensors)
        parameters += elementCount(tensor.shape);
    return fmt::format("weights    {} tensors, {} numbers", tensors.size(), parameters);
}

Failure hasNoLayers(const ModelManifest& model) {
    return fail(ErrorKind::Unsupported,
                fmt::format("The model \"{}\" is of kind {}, which has no list of layers.", model.name,
                            model.kind->name()),
                {}, "Use a model of kind sequential.");
}

} // namespace diploscope
