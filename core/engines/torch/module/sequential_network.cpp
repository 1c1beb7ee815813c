// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/module/edge.h"
#include "engines/torch/module/input_gradient.h"
#include "engines/torch/module/networks.h"
#include "engines/torch/module/one_hot.h"
#include "engines/torch/module/sequential_module.h"

#include <torch/torch.h>

#include <algorithm>

namespace diploscope {

namespace {

class SequentialNetwork final : public TorchNetwork {
public:
    SequentialNetwork(std::shared_ptr<SequentialModule> module, torch::Device device, TorchOptions options)
        : m_module(std::move(module)), m_device(device), m_options(options) {}

    Result<Eigen::MatrixXd> forward(std::span<const std::string> inputs, int64_t batchSize,
                                    const RunContext& context) override {
        return atTorchEdge("Running the model", [&]() -> Result<Eigen::MatrixXd> {
            const torch::NoGradGuard noGradients;
            useThreads(m_options.threads);
            const auto count = static_cast<int64_t>(inputs.size());
            Eigen::MatrixXd values(count, m_module->network().outputs());
            for (int64_t begin = 0; begin < count; begin += batchSize) {
                DS_TRY(context.checkpoint());
                const int64_t size = std::min(batchSize, count - begin);
                const torch::Tensor output_NK =
                    m_module
                        ->forward(
                            oneHotNCL(inputs.subspan(static_cast<size_t>(begin), static_cast<size_t>(size)),
                                      m_device, typeOf(m_options.precision)))
                        .to(torch::kCPU, torch::kFloat64)
                        .contiguous();
                using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
                values.middleRows(begin, size) =
                    Eigen::Map<const RowMajor>(output_NK.data_ptr<double>(), size, values.cols());
            }
            return values;
        });
    }

    Result<Eigen::MatrixXd> gradient(const std::string& input, const std::vector<int>& columns,
                                     const OutputChoice& output, const RunContext& context) override {
        return atTorchEdge("Computing the gradient", [&]() -> Result<Eigen::MatrixXd> {
            DS_TRY(context.checkpoint());
            useThreads(m_options.threads);
            return inputGradient(
                oneHotNCL(std::span(&input, 1), m_device, typeOf(m_options.precision)), columns, output,
                [this](const torch::Tensor& x) -> Result<torch::Tensor> { return m_module->forward(x); });
        });
    }

    static torch::ScalarType typeOf(Precision precision) {
        return precision == Precision::Double ? torch::kFloat64 : torch::kFloat32;
    }

private:
    std::shared_ptr<SequentialModule> m_module;
    torch::Device m_device;
    TorchOptions m_options;
};

} // namespace

Result<std::unique_ptr<TorchNetwork>>
makeSequentialNetwork(const NetworkSpec& network, const WeightSource& weights, const TorchOptions& options) {
    DS_ASSIGN(const torch::Device device, torchDevice(options.device));
    auto module = std::make_shared<SequentialModule>(network);
    module->to(SequentialNetwork::typeOf(options.precision));
    DS_TRY(module->setWeights(weights));
    module->to(device);
    module->eval();
    for (torch::Tensor& parameter : module->parameters())
        parameter.requires_grad_(false); // it is the input's gradient that is asked for
    return std::unique_ptr<TorchNetwork>(
        std::make_unique<SequentialNetwork>(std::move(module), device, options));
}

} // namespace diploscope
