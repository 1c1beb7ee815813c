// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engines/torch/module/transformer_layers.h"
#include "engines/torch/torch_backend.h"
#include "model/predictor.h"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace diploscope {

/// What loci share of a network: its layers, packed once for each device.
struct TransformerModel {
    TransformerSpec network;
    TrunkReach reach;
    WeightSource source; ///< asked again for gradients and whole passes in fp64
    Eigen::MatrixXd positionFeatures;
    DeviceList devices;
    Precision precision = Precision::Single;
    int threads = 0;                                              ///< of each processor "device"
    std::vector<std::shared_ptr<const TransformerLayers>> layers; ///< by device; one processor's are shared

    [[nodiscard]] static Result<std::shared_ptr<const TransformerModel>>
    make(const TransformerSpec& network, const WeightSource& source, const Eigen::MatrixXd& positionFeatures,
         const DeviceList& devices, Precision precision, int threads);

    /// Sequences to hand over at a time: some seconds of work.
    [[nodiscard]] int64_t batchSize() const;
    /// Sequences, and windows of the trunk, that a device's free memory holds while they are computed.
    [[nodiscard]] int64_t sequencesAtOnce(const TransformerLayers& on) const;
    [[nodiscard]] int64_t windowsAtOnce(const TransformerLayers& on) const;
    /// Tokens of the chosen bins.
    [[nodiscard]] std::vector<int64_t> tokensOf(const OutputChoice& output) const;
};

/// `sequences` as the model reads them, predicted on all devices at once: `predictOn(device, inputs)` gives
/// [inputs x columns] for a share of them, on a thread of its own with gradients off.
[[nodiscard]] Result<Eigen::MatrixXd> onAllDevices(
    const TransformerModel& model, std::span<const std::string> inputs, int64_t columns,
    const std::function<Result<Eigen::MatrixXd>(size_t device, std::span<const std::string>)>& predictOn);

/// [N, Q, K] on any device as [N x Q * K] in double.
[[nodiscard]] Eigen::MatrixXd rowsOf(const torch::Tensor& values_NQK);

/// LocusPredictor::gradient, by the differentiable module, on the first device.
[[nodiscard]] Result<Eigen::MatrixXd> moduleGradient(const TransformerModel& model,
                                                     const ReferenceWindow& window,
                                                     const OutputChoice& output, const RunContext& context);

[[nodiscard]] std::unique_ptr<LocusPredictor>
makeFastTransformerLocus(std::shared_ptr<const TransformerModel> model, ReferenceWindow window,
                         OutputChoice output);
[[nodiscard]] std::unique_ptr<LocusPredictor>
makePlainTransformerLocus(std::shared_ptr<const TransformerModel> model, ReferenceWindow window,
                          OutputChoice output);

} // namespace diploscope
