// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/module/one_hot.h"
#include "engines/torch/module/transformer_layers.h"

#include <algorithm>
#include <optional>
#include <variant>

namespace diploscope {

namespace {

/// Queries whose logits are formed at a time.
constexpr int64_t kQueryTile = 256;

torch::Tensor sigmoidGelu(const torch::Tensor& x) {
    return x * torch::sigmoid(1.702 * x);
}

struct Dense {
    torch::Tensor weight, bias; ///< [out, in * width]; [out]
    int64_t width = 1;          ///< of a convolution

    /// A product of matrices, also for a convolution: LibTorch's own would take window after window.
    /// \param x [N, in, L] \return [N, out, L - width + 1]
    [[nodiscard]] torch::Tensor channelsFirst(const torch::Tensor& x) const {
        const torch::Tensor columns =
            width == 1 ? x
                       : x.unfold(2, width, 1)
                             .transpose(2, 3)
                             .reshape({x.size(0), x.size(1) * width, x.size(2) - width + 1});
        const torch::Tensor product = torch::matmul(weight, columns);
        return bias.defined() ? product + bias.view({-1, 1}) : product;
    }
};

struct Affine {
    torch::Tensor scale, shift; ///< [channels]

    /// \param x [N, channels, L]
    [[nodiscard]] torch::Tensor channelsFirst(const torch::Tensor& x) const {
        return torch::addcmul(shift.view({1, -1, 1}), x, scale.view({1, -1, 1}));
    }
};

struct Convolution {
    std::optional<Affine> norm; ///< and GELU
    Dense dense;
    bool residual = false;
};
struct PairPool {
    Dense logits; ///< without a bias
};
using Step = std::variant<Convolution, PairPool>;

class AtenLayers final : public TransformerLayers {
public:
    AtenLayers(const TransformerSpec& network, torch::TensorOptions options)
        : m_network(network), m_reach(TrunkReach::bySteps(network)), m_options(options) {}

    Result<void> pack(const TransformerWeights& weights, const Eigen::MatrixXd& positionFeatures);

    Result<torch::Tensor> trunk(std::span<const TokenWindow> windows,
                                const RunContext& context) const override;
    void block(int64_t index, torch::Tensor& x_NTC) const override {
        x_NTC = attended(m_blocks[static_cast<size_t>(index)], x_NTC, std::nullopt);
    }
    torch::Tensor blockOf(int64_t index, const torch::Tensor& x_NTC,
                          const std::vector<int64_t>& queries) const override {
        return attended(m_blocks[static_cast<size_t>(index)], x_NTC, queries);
    }
    torch::Tensor outputs(const torch::Tensor& x_NQC, const std::vector<int64_t>& tracks) const override;

    /// Matrix products choose their way by size, so all tokens come from windows of one size.
    int64_t tokensAtOnce() const override { return tokensOfOneBase(m_reach); }
    torch::TensorOptions options() const override { return m_options; }

private:
    struct Block {
        int64_t heads, key, value;
        Dense queriesKeysValues, out, hidden, hiddenOut;
        torch::Tensor relativeKeys;  ///< [heads, key, 2 tokens - 1]
        torch::Tensor positionShift; ///< [heads, 1, key]
    };

    [[nodiscard]] torch::Tensor tensor(std::vector<double> values, at::IntArrayRef shape) const {
        return torch::from_blob(values.data(), shape, torch::kFloat64).to(m_options, false, true);
    }
    [[nodiscard]] Dense dense(DenseWeights weights) const {
        return {tensor(std::move(weights.values), {weights.out, weights.in * weights.width}),
                tensor(std::move(weights.bias), {weights.out}), weights.width};
    }
    [[nodiscard]] Affine affine(const ChannelAffine& folded) const {
        return {tensor({folded.scale.begin(), folded.scale.end()}, {folded.scale.size()}),
                tensor({folded.shift.begin(), folded.shift.end()}, {folded.shift.size()})};
    }
    [[nodiscard]] static torch::Tensor standardised(const torch::Tensor& x) {
        return torch::layer_norm(x, {x.size(-1)}, {}, {}, 1e-5);
    }
    [[nodiscard]] Result<Step> packed(const ConvStep& step, const TransformerWeights& weights) const;
    [[nodiscard]] Result<Step> packed(const PairPoolStep& step, const TransformerWeights& weights) const;
    /// What step `index` gives of the windows' positions that it takes, those past the sequence's ends
    /// included.
    [[nodiscard]] torch::Tensor applied(const Convolution& step, size_t index, Span span,
                                        std::span<const TokenWindow> windows, torch::Tensor x_NCL) const;
    [[nodiscard]] torch::Tensor applied(const PairPool& step, size_t index, Span span,
                                        std::span<const TokenWindow> windows,
                                        const torch::Tensor& x_NCL) const;
    /// 1 within the sequence, 0 past its ends: [windows, 1, positions of `span` that step `index` takes].
    [[nodiscard]] torch::Tensor inside(std::span<const TokenWindow> windows, size_t index, Span span) const;
    [[nodiscard]] torch::Tensor attended(const Block& block, const torch::Tensor& x_NTC,
                                         const std::optional<std::vector<int64_t>>& queries) const;

    TransformerSpec m_network;
    TrunkReach m_reach; ///< of the steps
    torch::TensorOptions m_options;
    std::vector<std::vector<Step>> m_stages;
    std::vector<Block> m_blocks;
    Affine m_norm;
    Dense m_pointwise, m_head;
};

Result<void> AtenLayers::pack(const TransformerWeights& weights, const Eigen::MatrixXd& positionFeatures) {
    // The largest tensor, while nothing else is in memory.
    DS_ASSIGN(DenseWeights head, weights.head(m_network.head()));
    m_head = dense(std::move(head));
    for (const TrunkStage& stage : m_network.trunk) {
        std::vector<Step>& steps = m_stages.emplace_back();
        for (const TrunkStep& step : stage.steps) {
            DS_ASSIGN(Step made, std::visit([&](const auto& its) { return packed(its, weights); }, step));
            steps.push_back(std::move(made));
        }
    }
    for (const AttentionBlock& block : m_network.blocks) {
        DS_ASSIGN(DenseWeights queriesKeysValues, weights.queriesKeysValues(block));
        DS_ASSIGN(DenseWeights out, weights.attentionOut(block));
        DS_ASSIGN(DenseWeights hidden, weights.hidden(block));
        DS_ASSIGN(DenseWeights hiddenOut, weights.hiddenOut(block));
        DS_ASSIGN(const Eigen::MatrixXd keys, weights.relativeKeys(block, positionFeatures));
        DS_ASSIGN(const Eigen::VectorXd shift, weights.positionShift(block));
        // Eigen's columns are torch's rows.
        const torch::Tensor keys_RHK =
            tensor({keys.data(), keys.data() + keys.size()}, {keys.cols(), block.heads, block.key});
        m_blocks.push_back({block.heads, block.key, block.value, dense(std::move(queriesKeysValues)),
                            dense(std::move(out)), dense(std::move(hidden)), dense(std::move(hiddenOut)),
                            keys_RHK.permute({1, 2, 0}).contiguous(),
                            tensor({shift.begin(), shift.end()}, {block.heads, 1, block.key})});
    }
    DS_ASSIGN(const ChannelAffine norm, weights.norm(m_network.pointwise));
    DS_ASSIGN(DenseWeights pointwise, weights.convolution(m_network.pointwise));
    m_norm = affine(norm);
    m_pointwise = dense(std::move(pointwise));
    return {};
}

Result<Step> AtenLayers::packed(const ConvStep& step, const TransformerWeights& weights) const {
    Convolution made;
    if (!step.norm.empty()) {
        DS_ASSIGN(const ChannelAffine norm, weights.norm(step));
        made.norm = affine(norm);
    }
    DS_ASSIGN(DenseWeights convolution, weights.convolution(step));
    made.dense = dense(std::move(convolution));
    made.residual = step.residual;
    return Step(std::move(made));
}

Result<Step> AtenLayers::packed(const PairPoolStep& step, const TransformerWeights& weights) const {
    DS_ASSIGN(DenseWeights logits, weights.logits(step));
    return Step(PairPool{{dense(std::move(logits)).weight, {}, 1}});
}

torch::Tensor AtenLayers::inside(std::span<const TokenWindow> windows, size_t index, Span span) const {
    const int64_t perToken = m_reach.perToken(index);
    const int64_t length = m_reach.tokens() * perToken;
    torch::Tensor mask = torch::ones({static_cast<int64_t>(windows.size()), 1, span.length()}, m_options);
    for (size_t n = 0; n < windows.size(); ++n) {
        const int64_t first = windows[n].firstToken * perToken + span.begin;
        const torch::Tensor row = mask[static_cast<int64_t>(n)][0];
        if (first < 0)
            row.narrow(0, 0, -first).zero_();
        if (const int64_t behind = first + span.length() - length; behind > 0)
            row.narrow(0, span.length() - behind, behind).zero_();
    }
    return mask;
}

torch::Tensor AtenLayers::applied(const Convolution& step, size_t index, Span span,
                                  std::span<const TokenWindow> windows, torch::Tensor x_NCL) const {
    torch::Tensor y_NCL = step.norm ? sigmoidGelu(step.norm->channelsFirst(x_NCL)) : x_NCL;
    // Padding is zero behind the activation, so what stands past the ends is taken out there. Bases are none
    // there anyway.
    if (step.dense.width > 1 && (index > 0 || step.norm))
        y_NCL = y_NCL * inside(windows, index, span);
    if (!step.residual)
        x_NCL.reset(); // no longer needed, while unrolling takes memory
    y_NCL = step.dense.channelsFirst(y_NCL);
    return step.residual ? x_NCL.narrow(2, step.dense.width / 2, y_NCL.size(2)) + y_NCL : y_NCL;
}

torch::Tensor AtenLayers::applied(const PairPool& step, size_t, Span, std::span<const TokenWindow>,
                                  const torch::Tensor& x_NCL) const {
    // The softmax over a pair is the sigmoid of its logits' difference.
    const torch::Tensor pairs = x_NCL.reshape({x_NCL.size(0), x_NCL.size(1), x_NCL.size(2) / 2, 2});
    const torch::Tensor second = pairs.select(3, 1);
    const torch::Tensor difference = pairs.select(3, 0) - second;
    return second + torch::sigmoid(step.logits.channelsFirst(difference)) * difference;
}

Result<torch::Tensor> AtenLayers::trunk(std::span<const TokenWindow> windows,
                                        const RunContext& context) const {
    std::vector<std::string> bases;
    for (const TokenWindow& window : windows)
        bases.push_back(window.bases);
    const std::vector<Span> spans = receptiveSpans(m_reach, {0, windows.front().tokens});
    torch::Tensor x_NCL = oneHotNCL(bases, m_options.device(), c10::typeMetaToScalarType(m_options.dtype()));
    size_t index = 0;
    for (const std::vector<Step>& stage : m_stages) {
        DS_TRY(context.checkpoint());
        for (const Step& step : stage) {
            x_NCL = std::visit(
                [&](const auto& its) { return applied(its, index, spans[index], windows, std::move(x_NCL)); },
                step);
            ++index;
        }
    }
    return x_NCL.transpose(1, 2).contiguous();
}

torch::Tensor AtenLayers::attended(const Block& block, const torch::Tensor& x_NTC,
                                   const std::optional<std::vector<int64_t>>& asked) const {
    const int64_t count = x_NTC.size(0);
    const int64_t tokens = x_NTC.size(1);
    const int64_t heads = block.heads;
    const int64_t keys = heads * block.key;
    const int64_t values = heads * block.value;
    const auto rows = [&](const torch::Tensor& from, int64_t begin, int64_t size) {
        return from.narrow(0, begin, size);
    };
    const auto byHead = [&](const torch::Tensor& x, int64_t width) { // [N, rows, heads * width]
        return x.view({count, x.size(1), heads, width}).transpose(1, 2);
    };
    const torch::Tensor normal = standardised(x_NTC);
    const torch::Tensor keysValues =
        torch::linear(normal, rows(block.queriesKeysValues.weight, keys, keys + values),
                      rows(block.queriesKeysValues.bias, keys, keys + values));
    const torch::Tensor k_NHKT =
        byHead(keysValues.narrow(2, 0, keys).contiguous(), block.key).transpose(2, 3);
    const torch::Tensor v_NHTV =
        byHead(keysValues.narrow(2, keys, values).contiguous(), block.value).contiguous();

    torch::Tensor index;
    if (asked)
        index = torch::tensor(*asked, torch::kLong).to(m_options.device());
    const torch::Tensor from = asked ? normal.index_select(1, index) : normal;
    const torch::Tensor q_NHQK = byHead(torch::linear(from, rows(block.queriesKeysValues.weight, 0, keys),
                                                      rows(block.queriesKeysValues.bias, 0, keys)),
                                        block.key);
    const int64_t queries = q_NHQK.size(2);
    // Runs of neighbouring queries: of S x (2S - 1) relative logits they need a band.
    std::vector<torch::Tensor> parts;
    for (int64_t begin = 0; begin < queries;) {
        const int64_t token = asked ? (*asked)[static_cast<size_t>(begin)] : begin;
        int64_t size = 1;
        while (size < kQueryTile && begin + size < queries &&
               (!asked || (*asked)[static_cast<size_t>(begin + size)] == token + size))
            ++size;
        const torch::Tensor q = q_NHQK.narrow(2, begin, size);
        const int64_t distances = tokens + size - 1;
        const torch::Tensor band =
            torch::matmul(q + block.positionShift,
                          block.relativeKeys.narrow(2, tokens - token - size, distances))
                .contiguous();
        // Row i begins at column size - 1 - i: one step back a row.
        const torch::Tensor shifted =
            band.as_strided({count, heads, size, tokens},
                            {heads * size * distances, size * distances, distances - 1, 1}, size - 1);
        const torch::Tensor weights = torch::softmax(torch::matmul(q, k_NHKT) + shifted, -1);
        parts.push_back(torch::matmul(weights, v_NHTV));
        begin += size;
    }
    const torch::Tensor mixed = torch::cat(parts, 2).transpose(1, 2).reshape({count, queries, values});
    torch::Tensor y = (asked ? x_NTC.index_select(1, index) : x_NTC) +
                      torch::linear(mixed, block.out.weight, block.out.bias);
    const torch::Tensor hidden =
        torch::relu(torch::linear(standardised(y), block.hidden.weight, block.hidden.bias));
    return y + torch::linear(hidden, block.hiddenOut.weight, block.hiddenOut.bias);
}

torch::Tensor AtenLayers::outputs(const torch::Tensor& x_NQC, const std::vector<int64_t>& tracks) const {
    const torch::Tensor active = sigmoidGelu(torch::addcmul(m_norm.shift, x_NQC, m_norm.scale));
    const torch::Tensor hidden = sigmoidGelu(torch::linear(active, m_pointwise.weight, m_pointwise.bias));
    const torch::Tensor chosen = torch::tensor(tracks, torch::kLong).to(m_options.device());
    return torch::softplus(
        torch::linear(hidden, m_head.weight.index_select(0, chosen), m_head.bias.index_select(0, chosen)));
}

} // namespace

Result<std::unique_ptr<TransformerLayers>> makeAtenLayers(const TransformerSpec& network,
                                                          const TransformerWeights& weights,
                                                          const Eigen::MatrixXd& positionFeatures,
                                                          torch::TensorOptions options) {
    auto layers = std::make_unique<AtenLayers>(network, options);
    DS_TRY(layers->pack(weights, positionFeatures));
    return std::unique_ptr<TransformerLayers>(std::move(layers));
}

} // namespace diploscope
