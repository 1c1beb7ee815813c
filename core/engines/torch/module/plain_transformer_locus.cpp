// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/module/edge.h"
#include "engines/torch/module/one_hot.h"
#include "engines/torch/module/transformer_gradient.h"
#include "engines/torch/module/transformer_model.h"
#include "engines/torch/module/transformer_module.h"

namespace diploscope {

namespace {

/// The differentiable module with the model's weights, on one of its devices.
Result<std::shared_ptr<TransformerModule>> moduleOf(const TransformerModel& model, size_t device) {
    const torch::TensorOptions options = model.layers[device]->options();
    auto module = std::make_shared<TransformerModule>(model.network, model.positionFeatures);
    module->to(c10::typeMetaToScalarType(options.dtype()));
    DS_TRY(module->setWeights(model.source));
    module->to(options.device());
    module->eval();
    return module;
}

/// Whole forward passes, one sequence at a time: the check on the fast way, and so without its shortcuts. In
/// fp32 on the processor the packed layers compute every token of every layer; elsewhere the differentiable
/// module does, which shares no code with them.
class PlainTransformerLocus final : public LocusPredictor {
public:
    PlainTransformerLocus(std::shared_ptr<const TransformerModel> model, ReferenceWindow window,
                          OutputChoice output)
        : m_model(std::move(model))
        , m_window(std::move(window))
        , m_output(std::move(output))
        , m_modules(m_model->devices.size()) {}

    Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences, const RunContext& context) override {
        std::vector<std::string> inputs;
        for (const EditList& edits : sequences)
            inputs.push_back(modelInput(m_window, edits));
        const auto columns = static_cast<int64_t>(m_output.bins.size() * m_output.tracks.size());
        return onAllDevices(
            *m_model, inputs, columns,
            [&](size_t device, std::span<const std::string> share) -> Result<Eigen::MatrixXd> {
                Eigen::MatrixXd rows(static_cast<int64_t>(share.size()), columns);
                for (size_t i = 0; i < share.size(); ++i) {
                    DS_ASSIGN(const torch::Tensor values_NQK, whole(device, share[i], context));
                    rows.row(static_cast<int64_t>(i)) = rowsOf(values_NQK);
                }
                return rows;
            });
    }

    int64_t batchSize() const override { return static_cast<int64_t>(m_model->devices.size()); }
    Result<Eigen::MatrixXd> gradient(const RunContext& context) override {
        return moduleGradient(*m_model, m_window, m_output, context);
    }

private:
    Result<torch::Tensor> whole(size_t device, const std::string& input, const RunContext& context) {
        const bool packed =
            m_model->precision == Precision::Single && m_model->devices[device].kind == Device::Kind::Cpu;
        return packed ? wholeInLayers(*m_model->layers[device], input, context)
                      : wholeInModule(device, input, context);
    }

    Result<torch::Tensor> wholeInLayers(const TransformerLayers& layers, const std::string& input,
                                        const RunContext& context) const {
        const TokenWindow all = tokenWindow(m_model->reach, input, 0, m_model->reach.tokens());
        DS_ASSIGN(torch::Tensor x_NTC, layers.trunk(std::span(&all, 1), context));
        const auto blocks = static_cast<int64_t>(m_model->network.blocks.size());
        for (int64_t i = 0; i < blocks; ++i) {
            DS_TRY(context.checkpoint());
            layers.block(i, x_NTC);
        }
        const torch::Tensor chosen_NQC =
            x_NTC.index_select(1, torch::tensor(m_model->tokensOf(m_output), torch::kLong));
        return layers.outputs(chosen_NQC, {m_output.tracks.begin(), m_output.tracks.end()});
    }

    Result<torch::Tensor> wholeInModule(size_t device, const std::string& input, const RunContext& context) {
        if (!m_modules[device]) {
            DS_ASSIGN(m_modules[device], moduleOf(*m_model, device));
        }
        const TransformerModule& module = *m_modules[device];
        const torch::TensorOptions options = m_model->layers[device]->options();
        torch::Tensor x =
            oneHotNCL(std::span(&input, 1), options.device(), c10::typeMetaToScalarType(options.dtype()));
        for (int64_t i = 0; i < module.stageCount(); ++i) {
            DS_TRY(context.checkpoint());
            x = module.stage(i, i == module.trunkStages() ? TransformerModule::asTokens(x) : x);
        }
        const auto indices = [&options](const std::vector<int64_t>& values) {
            return torch::tensor(values, torch::kLong).to(options.device());
        };
        return module.outputs(x.index_select(1, indices(m_model->tokensOf(m_output))),
                              indices({m_output.tracks.begin(), m_output.tracks.end()}));
    }

    std::shared_ptr<const TransformerModel> m_model;
    ReferenceWindow m_window;
    OutputChoice m_output;
    std::vector<std::shared_ptr<const TransformerModule>> m_modules; ///< by device, made on first use
};

} // namespace

Result<Eigen::MatrixXd> moduleGradient(const TransformerModel& model, const ReferenceWindow& window,
                                       const OutputChoice& output, const RunContext& context) {
    return atTorchEdge("Computing the gradient", [&]() -> Result<Eigen::MatrixXd> {
        useThreads(model.threads);
        // Made for this and dropped: the weights are a gigabyte.
        DS_ASSIGN(const std::shared_ptr<TransformerModule> module, moduleOf(model, 0));
        return transformerGradient(*module, window, output, context);
    });
}

std::unique_ptr<LocusPredictor> makePlainTransformerLocus(std::shared_ptr<const TransformerModel> model,
                                                          ReferenceWindow window, OutputChoice output) {
    return std::make_unique<PlainTransformerLocus>(std::move(model), std::move(window), std::move(output));
}

} // namespace diploscope
