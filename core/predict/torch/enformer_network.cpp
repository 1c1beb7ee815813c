// SPDX-License-Identifier: GPL-3.0-or-later
#include "predict/torch/edge.h"
#include "predict/torch/enformer_gradient.h"
#include "predict/torch/enformer_module.h"
#include "predict/torch/networks.h"
#include "predict/torch/one_hot.h"

#include <torch/torch.h>

#include <array>

namespace diploscope {

namespace {

torch::ScalarType typeOf(Precision precision) {
    return precision == Precision::Double ? torch::kFloat64 : torch::kFloat32;
}

/// The whole forward pass of every sequence.
class PlainEnformer final : public LocusPredictor {
public:
    PlainEnformer(std::shared_ptr<const EnformerModule> module, ReferenceWindow window, OutputChoice output,
                  int threads)
        : m_module(std::move(module))
        , m_window(std::move(window))
        , m_output(std::move(output))
        , m_threads(threads) {}

    Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences, const RunContext& context) override {
        return atTorchEdge("Running the model", [&]() -> Result<Eigen::MatrixXd> {
            const torch::NoGradGuard noGradients;
            useThreads(m_threads);
            const torch::Tensor& weight = m_module->tensor("stem.0.weight");
            Eigen::MatrixXd values(static_cast<int64_t>(sequences.size()),
                                   static_cast<int64_t>(m_output.bins.size() * m_output.tracks.size()));
            for (int64_t i = 0; i < values.rows(); ++i) {
                DS_TRY(context.checkpoint());
                const std::array<std::string, 1> input{
                    modelInput(m_window, sequences[static_cast<size_t>(i)])};
                const torch::Tensor all_BK =
                    m_module->forward(oneHotNCL(input, weight.device(), weight.scalar_type()))
                        .squeeze(0)
                        .to(torch::kCPU, torch::kFloat64);
                int64_t column = 0;
                for (const int bin : m_output.bins)
                    for (const int track : m_output.tracks)
                        values(i, column++) = all_BK[bin][track].item<double>();
            }
            return values;
        });
    }

    int64_t batchSize() const override { return 1; }

    Result<Eigen::MatrixXd> gradient(const RunContext& context) override {
        return atTorchEdge("Computing the gradient", [&] {
            useThreads(m_threads);
            return enformerGradient(*m_module, m_window, m_output, context);
        });
    }

private:
    std::shared_ptr<const EnformerModule> m_module;
    ReferenceWindow m_window;
    OutputChoice m_output;
    int m_threads;
};

class PlainNetwork final : public EnformerNetwork {
public:
    PlainNetwork(std::shared_ptr<const EnformerModule> module, int threads)
        : m_module(std::move(module)), m_threads(threads) {}

    Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow& window, const OutputChoice& output,
                                                    Method) const override {
        return std::unique_ptr<LocusPredictor>(
            std::make_unique<PlainEnformer>(m_module, window, output, m_threads));
    }

private:
    std::shared_ptr<const EnformerModule> m_module;
    int m_threads;
};

} // namespace

Result<std::shared_ptr<const EnformerNetwork>> makeEnformerNetwork(const EnformerConfig& config,
                                                                   const WeightSource& weights,
                                                                   const Eigen::MatrixXd& positionFeatures,
                                                                   const DeviceList& devices,
                                                                   Precision precision, int threads) {
    DS_ASSIGN(const torch::Device device, torchDevice(devices.front()));
    const auto module = std::make_shared<EnformerModule>(config, positionFeatures);
    module->to(typeOf(precision));
    DS_TRY(module->setWeights(weights));
    module->to(device);
    module->eval();
    for (torch::Tensor& parameter : module->parameters())
        parameter.requires_grad_(false);
    return std::shared_ptr<const EnformerNetwork>(std::make_shared<PlainNetwork>(module, threads));
}

} // namespace diploscope
