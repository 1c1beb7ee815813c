// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/module/transformer_gradient.h"

#include "engines/torch/module/one_hot.h"
#include "engines/torch/plain_locus.h"

#include <torch/torch.h>

#include <algorithm>
#include <array>
#include <vector>

namespace diploscope {

namespace {

/// Input positions x channels that a convolutional stage differentiates at a time: some ten tensors of
/// this size are alive then, 16 MiB each in fp32.
constexpr int64_t kChunkNumbers = int64_t{4} << 20;

torch::Tensor indices(const std::vector<int>& values, int64_t offset, const torch::Device& device) {
    std::vector<int64_t> all(values.begin(), values.end());
    for (int64_t& value : all)
        value += offset;
    return torch::tensor(all, torch::kInt64).to(device);
}

/// d (upstream . f(x)) / d x.
template <class F>
torch::Tensor pulledBack(const torch::Tensor& x, const torch::Tensor& upstream, F&& f) {
    const torch::AutoGradMode gradients(true);
    const torch::Tensor leaf = x.detach().requires_grad_();
    return torch::autograd::grad({f(leaf)}, {leaf}, {upstream}).front();
}

/// The same for a stage of the trunk, chunk of positions by chunk. Beside its own positions a chunk reads a
/// halo as wide as the stage reaches, rounded up so that what is pooled together stays together; what the
/// halo's own outputs would add is left to the chunk that they belong to.
Result<torch::Tensor> trunkStagePulledBack(const TransformerModule& module, int64_t index,
                                           const torch::Tensor& x_NCL, const torch::Tensor& upstream_NCL,
                                           const RunContext& context) {
    const int64_t length = x_NCL.size(2);
    const TrunkStage& stage = module.network().trunk[static_cast<size_t>(index)];
    const Reach reach = stage.reach();
    const int64_t pooled = reach.stride;
    const int64_t halo = (std::max(reach.before, reach.after) + pooled - 1) / pooled * pooled;
    const int64_t chunk = std::max({2 * halo, pooled, kChunkNumbers / stage.outChannels() / pooled * pooled});
    torch::Tensor gradient = torch::zeros_like(x_NCL);
    for (int64_t from = 0; from < length; from += chunk) {
        DS_TRY(context.checkpoint());
        const int64_t to = std::min(from + chunk, length);
        const int64_t begin = std::max<int64_t>(0, from - halo);
        const int64_t end = std::min(length, to + halo);
        const int64_t firstOut = (from - begin) / pooled;
        const int64_t outs = (to + pooled - 1) / pooled - from / pooled;
        const torch::Tensor part = pulledBack(
            x_NCL.narrow(2, begin, end - begin), upstream_NCL.narrow(2, from / pooled, outs),
            [&](const torch::Tensor& x) { return module.stage(index, x).narrow(2, firstOut, outs); });
        gradient.narrow(2, begin, end - begin).add_(part);
    }
    return gradient;
}

} // namespace

Result<Eigen::MatrixXd> transformerGradient(const TransformerModule& module, const ReferenceWindow& window,
                                            const OutputChoice& output, const RunContext& context) {
    const torch::NoGradGuard noGradients;
    const torch::Tensor anyWeight = module.parameters().front();
    const torch::Device device = anyWeight.device();
    const std::array<std::string, 1> input{modelInput(window, {})};
    torch::Tensor x = oneHotNCL(input, device, anyWeight.scalar_type());

    // Forwards, keeping what each stage takes.
    const int64_t stages = module.stageCount();
    const int64_t steps = 2 * stages + 1;
    std::vector<torch::Tensor> inputs;
    for (int64_t i = 0; i < stages; ++i) {
        DS_TRY(context.checkpoint());
        context.report("Computing the gradient", i, steps);
        if (i == module.trunkStages())
            x = TransformerModule::asTokens(x).contiguous();
        inputs.push_back(x);
        x = module.stage(i, x);
    }

    // The outputs, whose gradient the choice gives at their values.
    const torch::Tensor tokens = indices(output.bins, module.network().crop(), device);
    const torch::Tensor tracks = indices(output.tracks, 0, device);
    const torch::Tensor chosen_NBC = x.index_select(1, tokens);
    const torch::Tensor values =
        module.outputs(chosen_NBC, tracks).to(torch::kCPU, torch::kFloat64).contiguous();
    const Eigen::RowVectorXd byValue =
        output.scoreGradient(Eigen::Map<const Eigen::RowVectorXd>(values.data_ptr<double>(), values.numel()));
    const torch::Tensor upstream =
        torch::from_blob(const_cast<double*>(byValue.data()), values.sizes(), torch::kFloat64)
            .to(device, anyWeight.scalar_type());
    torch::Tensor gradient = torch::zeros_like(x).index_add_(
        1, tokens, pulledBack(chosen_NBC, upstream, [&](const torch::Tensor& leaf) {
            return module.outputs(leaf, tracks);
        }));

    // Backwards; each stage's input is let go with it.
    for (int64_t i = stages - 1; i >= 0; --i) {
        DS_TRY(context.checkpoint());
        context.report("Computing the gradient", 2 * stages - i, steps);
        if (i < module.trunkStages()) {
            DS_ASSIGN(gradient, trunkStagePulledBack(module, i, inputs.back(), gradient, context));
        } else {
            gradient = pulledBack(inputs.back(), gradient,
                                  [&](const torch::Tensor& leaf) { return module.stage(i, leaf); });
            if (i == module.trunkStages())
                gradient = gradient.transpose(1, 2);
        }
        inputs.pop_back();
    }
    const torch::Tensor columns = gradient.squeeze(0).to(torch::kCPU, torch::kFloat64).contiguous(); // [4, L]
    return onForwardStrand(
        Eigen::Map<const Eigen::MatrixXd>(columns.data_ptr<double>(), columns.size(1), columns.size(0)),
        window);
}

} // namespace diploscope
