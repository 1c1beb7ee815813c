// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engines/sequential/locus_network.h"
#include "model/model_manifest.h"
#include "model/network_spec.h"
#include "model/predictor.h"
#include "weights/tensor.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace diploscope {

class TorchNetwork;

/// A sequential model. Fast is computed here, in fp64, and needs no LibTorch; Plain is LibTorch's forward
/// pass. Weights are read when the first sequence is predicted, and once more for each precision of
/// LibTorch's network, which every self-check and gradient then shares. Safe to share between threads.
class SequentialPredictor final : public Predictor, public std::enable_shared_from_this<SequentialPredictor> {
public:
    SequentialPredictor(ModelInfo info, NetworkSpec network, WeightSource weights, PredictorOptions options);

    [[nodiscard]] const ModelInfo& info() const override { return m_info; }
    [[nodiscard]] Result<std::unique_ptr<LocusPredictor>>
    prepare(const ReferenceWindow& window, const OutputChoice& output, Method method) const override;
    [[nodiscard]] std::string computation(Method method) const override;
    [[nodiscard]] double editsPerWholePass() const override;

private:
    [[nodiscard]] Result<std::shared_ptr<const PackedNetwork>> packed() const;
    [[nodiscard]] Result<std::unique_ptr<LocusPredictor>>
    plain(const ReferenceWindow& window, const OutputChoice& output, Precision precision) const;
    [[nodiscard]] Result<std::shared_ptr<TorchNetwork>> whole(Precision precision) const;

    ModelInfo m_info;
    NetworkSpec m_network;
    WeightSource m_weights;
    PredictorOptions m_options;
    mutable std::mutex m_mutex;
    mutable std::shared_ptr<const PackedNetwork> m_packed; ///< made on first use, and so are these
    mutable std::map<Precision, std::shared_ptr<TorchNetwork>> m_whole;
};

} // namespace diploscope
