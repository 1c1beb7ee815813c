// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engines/torch/torch_backend.h"
#include "model/predictor.h"
#include "model/transformer_spec.h"
#include "weights/tensor.h"

#include <memory>
#include <mutex>
#include <string>

namespace diploscope {

/// A transformer behind a trunk, computed by LibTorch. Weights are read when the first locus is prepared.
/// Safe to share between threads.
class TransformerPredictor final : public Predictor {
public:
    /// \param positionFeatures [2S - 1 x features]
    TransformerPredictor(ModelInfo info, TransformerSpec spec, WeightSource weights,
                         Eigen::MatrixXd positionFeatures, PredictorOptions options);

    [[nodiscard]] const ModelInfo& info() const override { return m_info; }
    [[nodiscard]] Result<std::unique_ptr<LocusPredictor>>
    prepare(const ReferenceWindow& window, const OutputChoice& output, Method method) const override;
    [[nodiscard]] std::string computation(Method method) const override;
    [[nodiscard]] double editsPerWholePass() const override;

private:
    [[nodiscard]] Result<std::shared_ptr<const TransformerNetwork>> network() const;

    ModelInfo m_info;
    TransformerSpec m_spec;
    WeightSource m_weights;
    Eigen::MatrixXd m_positionFeatures;
    PredictorOptions m_options;
    mutable std::mutex m_mutex;
    mutable std::shared_ptr<const TransformerNetwork> m_network; ///< made on first use
};

} // namespace diploscope
