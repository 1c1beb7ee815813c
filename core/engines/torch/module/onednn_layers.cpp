// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/module/float_kernels.h"
#include "engines/torch/module/onednn_block.h"
#include "engines/torch/module/onednn_trunk.h"
#include "engines/torch/module/transformer_layers.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>

namespace diploscope {

namespace {

/// More queries than this and a block's keys and values are cheaper formed.
constexpr int64_t kFewQueries = 64;
/// Of so many tokens one may have changed, and a block is still computed beside the reference's.
constexpr int64_t kShareOfFew = 32;
/// Windows of the whole sequence: large enough that halos cost little, small enough to stop between them.
constexpr int64_t kTokensAtOnce = 128;

class OnednnBeside final : public BlockBeside {
public:
    OnednnBeside(const OnednnBlock& block, const torch::Tensor& reference_TC)
        : m_block(block), m_reference(block.applyToReference(reference_TC.clone().data_ptr<float>())) {}

    void apply(const std::vector<std::vector<int64_t>>& changed, torch::Tensor& x_NTC) const override {
        const int64_t tokens = x_NTC.size(1), size = tokens * x_NTC.size(2);
        const auto isFew = [&](const std::vector<int64_t>& some) {
            return static_cast<int64_t>(some.size()) * kShareOfFew <= tokens;
        };
        float* const x = x_NTC.data_ptr<float>();
        if (std::all_of(changed.begin(), changed.end(), isFew)) {
            m_block.applyBeside(m_reference, changed, x);
            return;
        }
        for (size_t n = 0; n < changed.size(); ++n) {
            float* const own = x + static_cast<int64_t>(n) * size;
            if (isFew(changed[n]))
                m_block.applyBeside(m_reference, std::span(changed).subspan(n, 1), own);
            else
                m_block.apply(1, own);
        }
    }

private:
    const OnednnBlock& m_block;
    OnednnBlock::Reference m_reference;
};

class OnednnLayers final : public TransformerLayers {
public:
    explicit OnednnLayers(const TransformerSpec& network) : m_network(network) {}

    Result<void> pack(const TransformerWeights& weights, const Eigen::MatrixXd& positionFeatures) {
        DS_TRY(packHead(weights)); // the largest tensor, while nothing else is in memory
        DS_ASSIGN(OnednnTrunk trunk, OnednnTrunk::pack(m_network, weights));
        m_trunk.emplace(std::move(trunk));
        for (size_t i = 0; i < m_network.blocks.size(); ++i) {
            const bool last = i + 1 == m_network.blocks.size();
            DS_ASSIGN(OnednnBlock block, OnednnBlock::pack(m_network.blocks[i], m_network.tokens(), last,
                                                           weights, positionFeatures));
            m_blocks.push_back(std::move(block));
        }
        DS_ASSIGN(const ChannelAffine norm, weights.norm(m_network.pointwise));
        m_norm = FloatAffine::of(norm);
        DS_ASSIGN(const DenseWeights pointwise, weights.convolution(m_network.pointwise));
        m_pointwise.emplace(pointwise);
        return {};
    }

    Result<torch::Tensor> trunk(std::span<const TokenWindow> windows,
                                const RunContext& context) const override {
        torch::Tensor tokens_NTC = torch::empty(
            {static_cast<int64_t>(windows.size()), windows.front().tokens, m_network.dim()}, options());
        DS_TRY(m_trunk->apply(windows, tokens_NTC.data_ptr<float>(), context));
        return tokens_NTC;
    }

    void block(int64_t index, torch::Tensor& x_NTC) const override {
        m_blocks[static_cast<size_t>(index)].apply(x_NTC.size(0), x_NTC.data_ptr<float>());
    }

    std::unique_ptr<BlockBeside> firstBlockBeside(const torch::Tensor& reference_TC) const override {
        return std::make_unique<OnednnBeside>(m_blocks.front(), reference_TC);
    }

    torch::Tensor blockOf(int64_t index, const torch::Tensor& x_NTC,
                          const std::vector<int64_t>& queries) const override {
        const auto asked = static_cast<int64_t>(queries.size());
        if (static_cast<size_t>(index) + 1 < m_blocks.size() || asked > kFewQueries) {
            torch::Tensor all_NTC = x_NTC.clone();
            block(index, all_NTC);
            return all_NTC.index_select(1, torch::tensor(queries, torch::kLong));
        }
        torch::Tensor y_NQC = torch::empty({x_NTC.size(0), asked, m_network.dim()}, options());
        m_blocks.back().applyTo(x_NTC.size(0), x_NTC.data_ptr<float>(), queries, y_NQC.data_ptr<float>());
        return y_NQC;
    }

    torch::Tensor outputs(const torch::Tensor& x_NQC, const std::vector<int64_t>& tracks) const override {
        const torch::Tensor input = x_NQC.contiguous();
        const int64_t rows = input.size(0) * input.size(1);
        const int64_t dim = m_network.pointwise.in;
        const int64_t wide = m_network.pointwise.out;
        const int64_t allTracks = m_network.head().tracks;
        const auto count = static_cast<int64_t>(tracks.size());
        const torch::Tensor weights_KC =
            torch::from_blob(const_cast<float*>(m_headWeights.data()), {allTracks, wide}, options());
        const torch::Tensor chosen_KC =
            count == allTracks ? weights_KC : weights_KC.index_select(0, torch::tensor(tracks, torch::kLong));
        torch::Tensor y_NQK = torch::empty({input.size(0), input.size(1), count}, options());
        const std::unique_ptr<float[]> hidden(new float[static_cast<size_t>(rows * wide)]);
        const std::vector<float> none(static_cast<size_t>(wide), 0.0F);
        const std::vector<float> ones(static_cast<size_t>(wide), 1.0F);
        constexpr int64_t tile = PackedDense::kRows;
        for (int64_t begin = 0; begin < rows; begin += tile) {
            const int64_t size = std::min(tile, rows - begin);
            float* active = threadScratch(0, tile * dim);
            normaliseGelu(size, dim, input.data_ptr<float>() + begin * dim, m_norm.scale.data(),
                          m_norm.shift.data(), active);
            float* target = hidden.get() + begin * wide;
            m_pointwise->apply(active, target, size);
            normaliseGelu(size, wide, target, ones.data(), none.data(), target);
        }
        // A sequence at a time: a product's digits may depend on its size.
        const int64_t asked = input.size(1);
        for (int64_t n = 0; n < input.size(0); ++n)
            multiply(asked, count, wide, hidden.get() + n * asked * wide, wide, chosen_KC.data_ptr<float>(),
                     wide, true, y_NQK.data_ptr<float>() + n * asked * count, count);
        for (int64_t row = 0; row < rows; ++row)
            for (int64_t k = 0; k < count; ++k) {
                float& value = y_NQK.data_ptr<float>()[row * count + k];
                value += m_headBias[static_cast<size_t>(tracks[static_cast<size_t>(k)])];
                value = value > 20 ? value : std::log1p(std::exp(value)); // PyTorch's softplus
            }
        return y_NQK;
    }

    int64_t tokensAtOnce() const override { return kTokensAtOnce; }
    torch::TensorOptions options() const override { return torch::TensorOptions(torch::kFloat32); }

private:
    Result<void> packHead(const TransformerWeights& weights) {
        DS_ASSIGN(const DenseWeights head, weights.head(m_network.head()));
        m_headWeights.assign(head.values.begin(), head.values.end());
        m_headBias.assign(head.bias.begin(), head.bias.end());
        return {};
    }

    TransformerSpec m_network;
    std::optional<OnednnTrunk> m_trunk;
    std::vector<OnednnBlock> m_blocks;
    FloatAffine m_norm;
    std::optional<PackedDense> m_pointwise;
    std::vector<float> m_headWeights; ///< [tracks x channels]
    std::vector<float> m_headBias;
};

} // namespace

Result<std::unique_ptr<TransformerLayers>> makeOnednnLayers(const TransformerSpec& network,
                                                            const TransformerWeights& weights,
                                                            const Eigen::MatrixXd& positionFeatures) {
    auto layers = std::make_unique<OnednnLayers>(network);
    DS_TRY(layers->pack(weights, positionFeatures));
    return std::unique_ptr<TransformerLayers>(std::move(layers));
}

} // namespace diploscope
