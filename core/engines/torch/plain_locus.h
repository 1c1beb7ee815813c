// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engines/torch/torch_backend.h"
#include "model/predictor.h"

#include <memory>

namespace diploscope {

/// The whole forward pass of every sequence, in LibTorch.
class PlainLocus final : public LocusPredictor {
public:
    /// \param trackCount of the network: its outputs are [bins x tracks], bin-major.
    /// One that is shared must allow that, see TorchNetwork.
    PlainLocus(std::shared_ptr<TorchNetwork> network, ReferenceWindow window, const OutputChoice& output,
               int trackCount, int64_t batch);

    [[nodiscard]] Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences,
                                                  const RunContext& context) override;
    [[nodiscard]] int64_t batchSize() const override { return m_batch; }
    [[nodiscard]] Result<Eigen::MatrixXd> gradient(const RunContext& context) override;

private:
    std::shared_ptr<TorchNetwork> m_network;
    ReferenceWindow m_window;
    OutputChoice m_output;
    std::vector<int> m_columns; ///< of the network's outputs
    int64_t m_batch;
};

/// A gradient [L x 4] as the model reads it, on the forward strand: bases and their order turn round
/// together.
[[nodiscard]] Eigen::MatrixXd onForwardStrand(const Eigen::MatrixXd& gradient, const ReferenceWindow& window);

} // namespace diploscope
