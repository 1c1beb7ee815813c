// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/module/edge.h"
#include "engines/torch/module/input_gradient.h"
#include "engines/torch/module/networks.h"
#include "engines/torch/module/one_hot.h"

#include <fmt/format.h>
#include <torch/script.h>

#include <algorithm>

namespace diploscope {

namespace {

/// [N], [N,K], [N,T,K] or [N,K,T] as [N, T * K], bin-major.
Result<torch::Tensor> binMajor(torch::Tensor output, const ScriptShape& shape, int64_t count) {
    const int64_t bins = shape.binCount;
    const int64_t tracks = shape.trackCount;
    if (output.dim() == 3 && shape.tracksBeforeBins)
        output = output.transpose(1, 2);
    const bool fits =
        (output.dim() == 1 && output.size(0) == count && bins * tracks == 1) ||
        (output.dim() == 2 && output.size(0) == count && output.size(1) == bins * tracks &&
         (bins == 1 || tracks == 1)) ||
        (output.dim() == 3 && output.size(0) == count && output.size(1) == bins && output.size(2) == tracks);
    if (!fits)
        return fail(ErrorKind::Mismatch,
                    fmt::format("The module answered {} sequences with a tensor of shape {}, but model.json "
                                "declares {} bins and {} "
                                "tracks.",
                                count, shapeText(output.sizes().vec()), bins, tracks),
                    {}, "Correct \"output\" (bin_count, track_count, layout) in model.json.");
    return output.reshape({count, bins * tracks});
}

class ScriptNetwork final : public TorchNetwork {
public:
    ScriptNetwork(torch::jit::Module module, torch::Device device, ScriptShape shape, TorchOptions options)
        : m_module(std::move(module)), m_device(device), m_shape(shape), m_options(options) {}

    Result<Eigen::MatrixXd> forward(std::span<const std::string> inputs, int64_t batchSize,
                                    const RunContext& context) override {
        return atTorchEdge("Running the TorchScript model", [&]() -> Result<Eigen::MatrixXd> {
            const torch::NoGradGuard noGradients;
            useThreads(m_options.threads);
            const auto count = static_cast<int64_t>(inputs.size());
            Eigen::MatrixXd values(count, int64_t{m_shape.binCount} * m_shape.trackCount);
            for (int64_t begin = 0; begin < count; begin += batchSize) {
                DS_TRY(context.checkpoint());
                const int64_t size = std::min(batchSize, count - begin);
                DS_ASSIGN(torch::Tensor output, answer(oneHotNCL(inputs.subspan(static_cast<size_t>(begin),
                                                                                static_cast<size_t>(size)),
                                                                 m_device)));
                output = output.to(torch::kCPU, torch::kFloat64).contiguous();
                using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
                values.middleRows(begin, size) =
                    Eigen::Map<const RowMajor>(output.data_ptr<double>(), size, values.cols());
            }
            return values;
        });
    }

    Result<Eigen::MatrixXd> gradient(const std::string& input, const std::vector<int>& columns,
                                     const OutputChoice& output, const RunContext& context) override {
        return atTorchEdge("Computing the gradient", [&]() -> Result<Eigen::MatrixXd> {
            DS_TRY(context.checkpoint());
            useThreads(m_options.threads);
            return inputGradient(oneHotNCL(std::span(&input, 1), m_device), columns, output,
                                 [this](const torch::Tensor& x) { return answer(x); });
        });
    }

private:
    /// \param input_NCL [N, 4, L]. \return [N, T * K], bin-major
    Result<torch::Tensor> answer(const torch::Tensor& input_NCL) {
        const torch::IValue answer =
            m_module.forward({m_shape.channelsLast ? input_NCL.transpose(1, 2).contiguous() : input_NCL});
        if (!answer.isTensor())
            return fail(ErrorKind::Mismatch,
                        fmt::format("The module answers with a {}, not with a tensor.", answer.tagKind()), {},
                        "Script a module whose forward() returns one tensor.");
        return binMajor(answer.toTensor(), m_shape, input_NCL.size(0));
    }

    torch::jit::Module m_module;
    torch::Device m_device;
    ScriptShape m_shape;
    TorchOptions m_options;
};

} // namespace

Result<std::unique_ptr<TorchNetwork>>
makeScriptNetwork(const std::filesystem::path& file, const ScriptShape& shape, const TorchOptions& options) {
    DS_ASSIGN(const torch::Device device, torchDevice(options.device));
    torch::jit::Module module;
    try {
        module = torch::jit::load(file.string(), device);
    } catch (const c10::Error& error) {
        return fail(
            ErrorKind::BadInput,
            "The file is no TorchScript module: " + firstLine(error.what_without_backtrace()), file.string(),
            "Save the model with torch.jit.script(model).save(...) or torch.jit.trace(...).save(...).");
    }
    module.eval();
    return std::unique_ptr<TorchNetwork>(
        std::make_unique<ScriptNetwork>(std::move(module), device, shape, options));
}

} // namespace diploscope
