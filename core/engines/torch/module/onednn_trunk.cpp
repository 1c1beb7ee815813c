// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/module/onednn_trunk.h"

#include "engines/torch/module/float_kernels.h"
#include "engines/torch/module/transformer_layers.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <memory>

namespace diploscope {

namespace {

/// The steps of a stage that a tile of rows goes through.
struct TileStage {
    ConvStep convolution, pointwise;
    PairPoolStep pool;
};

/// Nothing where a stage is made of others.
std::optional<TileStage> tileStage(const TrunkStage& stage, bool first) {
    if (stage.steps.size() != 3)
        return {};
    const auto* convolution = std::get_if<ConvStep>(&stage.steps[0]);
    const auto* pointwise = std::get_if<ConvStep>(&stage.steps[1]);
    const auto* pool = std::get_if<PairPoolStep>(&stage.steps[2]);
    if (convolution == nullptr || pointwise == nullptr || pool == nullptr)
        return {};
    if (convolution->residual || convolution->norm.empty() != first)
        return {};
    if (!pointwise->residual || pointwise->norm.empty() || pointwise->width != 1)
        return {};
    return TileStage{*convolution, *pointwise, *pool};
}

/// The stem's convolution as a linear layer over unrolled one-hot bases.
DenseWeights unrolled(const DenseWeights& stem) {
    return {stem.out, stem.in * stem.width, 1, stem.values, stem.bias};
}

/// Where base `base` seen at offset `at` stands in an unrolled row, whose order is the weights': channel,
/// then offset of `width`. -1 for none.
int64_t column(char base, int64_t at, int64_t width) {
    switch (base) {
    case 'A':
        return at;
    case 'C':
        return width + at;
    case 'G':
        return 2 * width + at;
    case 'T':
        return 3 * width + at;
    default:
        return -1;
    }
}

} // namespace

FloatAffine FloatAffine::of(const ChannelAffine& affine) {
    return {{affine.scale.begin(), affine.scale.end()}, {affine.shift.begin(), affine.shift.end()}};
}

bool onednnComputes(const TransformerSpec& network) {
    for (size_t i = 0; i < network.trunk.size(); ++i)
        if (!tileStage(network.trunk[i], i == 0))
            return false;
    return true;
}

Result<OnednnTrunk> OnednnTrunk::pack(const TransformerSpec& network, const TransformerWeights& weights) {
    OnednnTrunk trunk(network);
    for (size_t i = 0; i < network.trunk.size(); ++i) {
        const TileStage stage = tileStage(network.trunk[i], i == 0).value();
        DS_ASSIGN(const DenseWeights convolution, weights.convolution(stage.convolution));
        DS_ASSIGN(const ChannelAffine inner, weights.norm(stage.pointwise));
        DS_ASSIGN(const DenseWeights pointwise, weights.convolution(stage.pointwise));
        DS_ASSIGN(const DenseWeights logits, weights.logits(stage.pool));
        std::optional<FloatAffine> next;
        if (i + 1 < network.trunk.size()) {
            DS_ASSIGN(const ChannelAffine affine,
                      weights.norm(tileStage(network.trunk[i + 1], false).value().convolution));
            next = FloatAffine::of(affine);
        }
        trunk.m_stages.push_back({PackedDense(i == 0 ? unrolled(convolution) : convolution),
                                  convolution.width, FloatAffine::of(inner),
                                  PackedDense(pointwise, PackedDense::Then::Add),
                                  PackedDense(logits, PackedDense::Then::Store, PackedDense::kRows / 2),
                                  std::move(next), network.tokens() * trunk.m_reach.perToken(i + 1)});
    }
    return trunk;
}

const float* OnednnTrunk::poolTile(const Stage& stage, const float* input, int64_t rows) {
    const int64_t out = stage.convolution.out();
    float* y = threadScratch(0, PackedDense::kRows * out);
    float* z = threadScratch(1, PackedDense::kRows * out);
    stage.convolution.apply(input, y, rows);
    normaliseGelu(rows, out, y, stage.inner.scale.data(), stage.inner.shift.data(), z);
    stage.pointwise.apply(z, y, rows);
    float* difference = z;
    float* logits = z + PackedDense::kRows / 2 * out;
    pairDifferences(rows / 2, out, y, difference);
    stage.logits.apply(difference, logits, rows / 2);
    poolPairs(rows / 2, out, y, difference, logits);
    return logits;
}

void OnednnTrunk::finish(size_t index, const float* pooled, int64_t position, float* output) const {
    const Stage& stage = m_stages[index];
    const int64_t out = stage.convolution.out();
    if (!stage.next)
        std::copy_n(pooled, out, output);
    else if (position < 0 || position >= stage.positions)
        std::fill_n(output, out, 0.0F);
    else
        normaliseGelu(1, out, pooled, stage.next->scale.data(), stage.next->shift.data(), output);
}

void OnednnTrunk::stem(std::span<const TokenWindow> windows, Span span, float* output,
                       const RunContext& context) const {
    const Stage& stage = m_stages.front();
    const int64_t out = stage.convolution.out();
    const int64_t perWindow = span.length(); // pooled rows
    const int64_t total = static_cast<int64_t>(windows.size()) * perWindow;
    const int64_t step = m_reach.perToken(1);
    constexpr int64_t tile = PackedDense::kRows / 2;
    at::parallel_for(0, (total + tile - 1) / tile, 1, [&](int64_t first, int64_t last) {
        for (int64_t t = first; t < last && !context.cancelled(); ++t) {
            const int64_t begin = t * tile;
            const int64_t count = std::min(tile, total - begin);
            const int64_t columns = stage.convolution.in();
            float* oneHot = threadScratch(2, PackedDense::kRows * columns);
            std::fill_n(oneHot, 2 * count * columns, 0.0F);
            for (int64_t row = 0; row < 2 * count; ++row) {
                const int64_t window = (2 * begin + row) / (2 * perWindow);
                const int64_t base = (2 * begin + row) % (2 * perWindow);
                const std::string& bases = windows[static_cast<size_t>(window)].bases;
                for (int64_t at = 0; at < stage.width; ++at)
                    if (const int64_t set = column(bases[static_cast<size_t>(base + at)], at, stage.width);
                        set >= 0)
                        oneHot[row * columns + set] = 1.0F;
            }
            const float* pooled = poolTile(stage, oneHot, 2 * count);
            for (int64_t pair = 0; pair < count; ++pair) {
                const int64_t row = begin + pair;
                const int64_t firstToken = windows[static_cast<size_t>(row / perWindow)].firstToken;
                finish(0, pooled + pair * out, firstToken * step + span.begin + row % perWindow,
                       output + row * out);
            }
        }
    });
}

void OnednnTrunk::tower(size_t index, std::span<const TokenWindow> windows, int64_t inputRows, Span span,
                        const float* input, float* output, const RunContext& context) const {
    const Stage& stage = m_stages[index];
    const int64_t in = stage.convolution.in();
    const int64_t out = stage.convolution.out();
    const int64_t step = m_reach.perToken(index + 1);
    // All windows in one run of rows; the pooled rows that mix two windows are left out.
    const int64_t total = (static_cast<int64_t>(windows.size()) * inputRows - (stage.width - 1)) / 2;
    const int64_t perWindow = inputRows / 2;
    constexpr int64_t tile = PackedDense::kRows / 2;
    at::parallel_for(0, (total + tile - 1) / tile, 1, [&](int64_t first, int64_t last) {
        for (int64_t t = first; t < last && !context.cancelled(); ++t) {
            const int64_t begin = t * tile;
            const int64_t count = std::min(tile, total - begin);
            const float* pooled = poolTile(stage, input + 2 * begin * in, 2 * count);
            for (int64_t pair = 0; pair < count; ++pair) {
                const int64_t window = (begin + pair) / perWindow;
                const int64_t row = (begin + pair) % perWindow;
                if (row >= span.length())
                    continue;
                const int64_t firstToken = windows[static_cast<size_t>(window)].firstToken;
                finish(index, pooled + pair * out, firstToken * step + span.begin + row,
                       output + (window * span.length() + row) * out);
            }
        }
    });
}

Result<void> OnednnTrunk::apply(std::span<const TokenWindow> windows, float* tokens,
                                const RunContext& context) const {
    const auto count = static_cast<int64_t>(windows.size());
    const std::vector<Span> spans = receptiveSpans(m_reach, {0, windows.front().tokens});
    // Uninitialised on purpose: the largest of them is 300 MB.
    std::unique_ptr<float[]> input;
    for (size_t i = 0; i < m_stages.size(); ++i) {
        const Span& span = spans[i + 1];
        const bool last = i + 1 == m_stages.size();
        std::unique_ptr<float[]> output(
            last ? nullptr
                 : new float[static_cast<size_t>(count * span.length() * m_stages[i].convolution.out())]);
        if (i == 0)
            stem(windows, span, last ? tokens : output.get(), context);
        else
            tower(i, windows, spans[i].length(), span, input.get(), last ? tokens : output.get(), context);
        DS_TRY(context.checkpoint());
        input = std::move(output);
    }
    return {};
}

} // namespace diploscope
