// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/predictor.h"

#include "model/model_kinds.h"

#include <fmt/format.h>

#include <algorithm>

namespace diploscope {

ModelInfo infoFor(const ModelInfo& model, const std::string& phenotypes) {
    ModelInfo info = model;
    if (const auto found = model.outputs.find(phenotypes); found != model.outputs.end()) {
        info.defaultOutput = found->second.choice;
        info.unit = found->second.unit;
    }
    return info;
}

Result<Eigen::MatrixXd> LocusPredictor::gradient(const RunContext&) {
    return fail(
        ErrorKind::Unsupported, "This kind of model has no gradients.", {},
        fmt::format("Use {}, or go without the gradient attribution.",
                    anyKind([](const ModelKind& kind) { return kind.gradients() == Gradients::Always; })));
}

Result<ListedEffects> Predictor::listedEffects(const ReferenceWindow&,
                                               std::span<const Variant> variants) const {
    return ListedEffects{std::vector<bool>(variants.size(), true), {}, 0};
}

Result<std::optional<ListedPredictions>> Predictor::listedPredictions(const ReferenceWindow&,
                                                                      std::span<const std::string>) const {
    return std::optional<ListedPredictions>();
}

Result<void> checkRequest(const ModelInfo& info, const ReferenceWindow& window, const OutputChoice& output) {
    if (window.length() != info.input.length)
        return fail(ErrorKind::Mismatch,
                    fmt::format("The model \"{}\" reads {} bases, but the window has {}.", info.name,
                                info.input.length, window.length()));
    // Augmentation aside, the TSS stands where the model expects it.
    const int64_t tssOffset = window.tssOffset + window.shift;
    const int64_t tssAsRead =
        window.reversed != window.otherStrand ? window.length() - 1 - tssOffset : tssOffset;
    if (tssAsRead != info.input.tssIndex)
        return fail(ErrorKind::Mismatch,
                    fmt::format("The model \"{}\" has the TSS at base {} of its input, but the window at {}.",
                                info.name, info.input.tssIndex, tssAsRead));
    const auto check = [&](const std::vector<int>& chosen, int count, const char* what) -> Result<void> {
        if (chosen.empty())
            return fail(ErrorKind::BadInput, fmt::format("No {} is chosen.", what));
        for (const int index : chosen)
            if (index < 0 || index >= count)
                return fail(ErrorKind::BadInput,
                            fmt::format("The model \"{}\" has no {} {}: they go from 0 to {}.", info.name,
                                        what, index, count - 1));
        return {};
    };
    DS_TRY(check(output.bins, info.binCount, "bin"));
    return check(output.tracks, info.trackCount, "track");
}

std::string plainComputation(Precision precision, const DeviceList& devices) {
    const bool onCard = std::any_of(devices.begin(), devices.end(),
                                    [](Device device) { return device.kind == Device::Kind::Cuda; });
    return (precision == Precision::Single ? "plain fp32 " : "plain fp64 ") + textOf(devices) +
           (onCard ? " without cuDNN" : ""); // what was computed with it is not taken for the same
}

} // namespace diploscope
