// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/module/onednn_block.h"

#include "engines/torch/module/float_kernels.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <utility>

namespace diploscope {

namespace {

constexpr int64_t kTile = PackedDense::kRows;

/// Calls work(first row, rows) for each tile, on all threads.
template <class Work>
void forTiles(int64_t rows, Work&& work) {
    at::parallel_for(0, (rows + kTile - 1) / kTile, 1, [&](int64_t first, int64_t last) {
        for (int64_t tile = first; tile < last; ++tile)
            work(tile * kTile, std::min(kTile, rows - tile * kTile));
    });
}

void scaleRow(float* row, int64_t count, float factor) {
    for (int64_t i = 0; i < count; ++i)
        row[i] *= factor;
}

} // namespace

OnednnBlock::OnednnBlock(const AttentionBlock& its, int64_t tokens, const DenseWeights& queriesKeysValues,
                         const DenseWeights& out, const DenseWeights& hidden, const DenseWeights& hiddenOut)
    : m_tokens(tokens)
    , m_dim(its.dim)
    , m_heads(its.heads)
    , m_key(its.key)
    , m_value(its.value)
    , m_queriesKeysValues(queriesKeysValues)
    , m_out(out, PackedDense::Then::Add)
    , m_hidden(hidden, PackedDense::Then::Relu)
    , m_hiddenOut(hiddenOut, PackedDense::Then::Add) {}

Result<OnednnBlock> OnednnBlock::pack(const AttentionBlock& its, int64_t tokens, bool last,
                                      const TransformerWeights& weights,
                                      const Eigen::MatrixXd& positionFeatures) {
    DS_ASSIGN(const DenseWeights queriesKeysValues, weights.queriesKeysValues(its));
    DS_ASSIGN(const DenseWeights out, weights.attentionOut(its));
    DS_ASSIGN(const DenseWeights hidden, weights.hidden(its));
    DS_ASSIGN(const DenseWeights hiddenOut, weights.hiddenOut(its));
    OnednnBlock block(its, tokens, queriesKeysValues, out, hidden, hiddenOut);
    DS_ASSIGN(const Eigen::MatrixXd relativeKeys, weights.relativeKeys(its, positionFeatures));
    DS_ASSIGN(const Eigen::VectorXd shift, weights.positionShift(its));
    block.m_positionShift.assign(shift.begin(), shift.end());
    block.m_relativeKeys.resize(static_cast<size_t>(relativeKeys.size()));
    Eigen::Map<Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(
        block.m_relativeKeys.data(), relativeKeys.rows(), relativeKeys.cols()) = relativeKeys.cast<float>();
    if (last) {
        const int64_t keys = its.keys();
        const auto keysBegin = queriesKeysValues.values.begin() + keys * its.dim;
        const auto valuesBegin = keysBegin + keys * its.dim;
        block.m_keyWeights.assign(keysBegin, valuesBegin);
        block.m_valueWeights.assign(valuesBegin, queriesKeysValues.values.end());
        block.m_valueBias.assign(queriesKeysValues.bias.begin() + 2 * keys, queriesKeysValues.bias.end());
    }
    return block;
}

void OnednnBlock::attend(const float* queriesKeysValues, int64_t head, float* mixed, float* weights) const {
    const int64_t stride = m_queriesKeysValues.out();
    const int64_t mixedStride = m_heads * m_value;
    const float* keys = queriesKeysValues + (m_heads + head) * m_key;
    const float* values = queriesKeysValues + 2 * m_heads * m_key + head * m_value;
    float* keysByToken = threadScratch(0, m_key * m_tokens); // [key x tokens]: products run faster
    for (int64_t token = 0; token < m_tokens; ++token)
        for (int64_t k = 0; k < m_key; ++k)
            keysByToken[k * m_tokens + token] = keys[token * stride + k];
    for (int64_t begin = 0; begin < m_tokens; begin += kTile) {
        const int64_t rows = std::min(kTile, m_tokens - begin);
        const float* queries = queriesKeysValues + begin * stride + head * m_key;
        float* logits = threadScratch(1, kTile * m_tokens);
        multiply(rows, m_tokens, m_key, queries, stride, keysByToken, m_tokens, false, logits, m_tokens);
        // Query i and key j meet at distance j - i, column j - i + tokens - 1: of these rows' distances there
        // are tokens + rows - 1.
        const int64_t distances = m_tokens + rows - 1;
        float* shifted = threadScratch(2, kTile * m_key);
        for (int64_t row = 0; row < rows; ++row)
            for (int64_t k = 0; k < m_key; ++k)
                shifted[row * m_key + k] =
                    queries[row * stride + k] + m_positionShift[static_cast<size_t>(head * m_key + k)];
        float* relative = threadScratch(3, kTile * (m_tokens + kTile));
        multiply(rows, distances, m_key, shifted, m_key,
                 m_relativeKeys.data() + head * m_key * (2 * m_tokens - 1) + (m_tokens - begin - rows),
                 2 * m_tokens - 1, false, relative, distances);
        float* sums = threadScratch(4, kTile);
        for (int64_t row = 0; row < rows; ++row)
            sums[row] = shiftedExponentials(m_tokens, logits + row * m_tokens,
                                            relative + row * distances + (rows - 1 - row));
        float* target = mixed + begin * mixedStride + head * m_value;
        multiply(rows, m_value, m_tokens, logits, m_tokens, values, stride, false, target, mixedStride);
        for (int64_t row = 0; row < rows; ++row)
            scaleRow(target + row * mixedStride, m_value, 1.0F / sums[row]);
        for (int64_t key = 0; weights != nullptr && key < m_tokens; ++key)
            for (int64_t row = 0; row < rows; ++row)
                weights[key * m_tokens + begin + row] = logits[row * m_tokens + key] / sums[row];
    }
}

/// Layer norm, queries, keys and values of a tile of rows.
void OnednnBlock::project(int64_t rows, const float* x, float* projected) const {
    float* normal = threadScratch(0, kTile * m_dim);
    standardise(rows, m_dim, x, normal);
    m_queriesKeysValues.apply(normal, projected, rows);
}

void OnednnBlock::finish(const float* mixed, float* x, int64_t rows) const {
    m_out.apply(mixed, x, rows);
    float* normal = threadScratch(0, kTile * m_dim);
    float* hidden = threadScratch(1, kTile * m_hidden.out());
    standardise(rows, m_dim, x, normal);
    m_hidden.apply(normal, hidden, rows);
    m_hiddenOut.apply(hidden, x, rows);
}

void OnednnBlock::apply(int64_t sequences, float* x) const {
    const int64_t rows = sequences * m_tokens;
    const int64_t wide = m_queriesKeysValues.out();
    const int64_t mixedWide = m_heads * m_value;
    const std::unique_ptr<float[]> projected(new float[static_cast<size_t>(rows * wide)]);
    const std::unique_ptr<float[]> mixed(new float[static_cast<size_t>(rows * mixedWide)]);
    forTiles(rows, [&](int64_t begin, int64_t count) {
        project(count, x + begin * m_dim, projected.get() + begin * wide);
    });
    at::parallel_for(0, sequences * m_heads, 1, [&](int64_t first, int64_t last) {
        for (int64_t i = first; i < last; ++i)
            attend(projected.get() + i / m_heads * m_tokens * wide, i % m_heads,
                   mixed.get() + i / m_heads * m_tokens * mixedWide, nullptr);
    });
    forTiles(rows, [&](int64_t begin, int64_t count) {
        finish(mixed.get() + begin * mixedWide, x + begin * m_dim, count);
    });
}

void OnednnBlock::applyTo(int64_t sequences, const float* x, const std::vector<int64_t>& queries,
                          float* output) const {
    const auto asked = static_cast<int64_t>(queries.size());
    const int64_t wide = m_queriesKeysValues.out();
    const int64_t mixedWide = m_heads * m_value;
    const auto room = [](int64_t floats) {
        return std::unique_ptr<float[]>(new float[static_cast<size_t>(floats)]);
    };
    const auto normal = room(sequences * m_tokens * m_dim);
    forTiles(sequences * m_tokens, [&](int64_t begin, int64_t count) {
        standardise(count, m_dim, x + begin * m_dim, normal.get() + begin * m_dim);
    });
    const auto mixed = room(sequences * asked * mixedWide);
    at::parallel_for(0, sequences, 1, [&](int64_t first, int64_t last) {
        const auto gathered = room(asked * m_dim);
        const auto projected = room(std::max(asked, kTile) * wide);
        const auto throughKeys = room(m_heads * asked * m_dim);
        const auto logits = room(m_heads * asked * m_tokens);
        const auto relative = room(2 * m_tokens - 1);
        const auto shifted = room(m_key);
        const auto means = room(m_heads * asked * m_dim);
        for (int64_t n = first; n < last; ++n) {
            const float* tokens = normal.get() + n * m_tokens * m_dim;
            for (int64_t q = 0; q < asked; ++q) {
                std::copy_n(tokens + queries[static_cast<size_t>(q)] * m_dim, m_dim,
                            gathered.get() + q * m_dim);
                std::copy_n(x + (n * m_tokens + queries[static_cast<size_t>(q)]) * m_dim, m_dim,
                            output + (n * asked + q) * m_dim);
            }
            for (int64_t q = 0; q < asked; q += kTile)
                m_queriesKeysValues.apply(gathered.get() + q * m_dim, projected.get() + q * wide,
                                          std::min(kTile, asked - q));
            // A key's bias adds the same to all of a query's logits: softmax does not see it.
            for (int64_t head = 0; head < m_heads; ++head)
                multiply(asked, m_dim, m_key, projected.get() + head * m_key, wide,
                         m_keyWeights.data() + head * m_key * m_dim, m_dim, false,
                         throughKeys.get() + head * asked * m_dim, m_dim);
            multiply(m_heads * asked, m_tokens, m_dim, throughKeys.get(), m_dim, tokens, m_dim, true,
                     logits.get(), m_tokens);
            for (int64_t i = 0; i < m_heads * asked; ++i) {
                const int64_t head = i / asked;
                const float* query = projected.get() + i % asked * wide + head * m_key;
                for (int64_t k = 0; k < m_key; ++k)
                    shifted[static_cast<size_t>(k)] =
                        query[k] + m_positionShift[static_cast<size_t>(head * m_key + k)];
                multiply(1, m_tokens, m_key, shifted.get(), m_key,
                         m_relativeKeys.data() + head * m_key * (2 * m_tokens - 1) +
                             (m_tokens - 1 - queries[static_cast<size_t>(i % asked)]),
                         2 * m_tokens - 1, false, relative.get(), m_tokens);
                float* row = logits.get() + i * m_tokens;
                scaleRow(row, m_tokens, 1.0F / shiftedExponentials(m_tokens, row, relative.get()));
            }
            multiply(m_heads * asked, m_dim, m_tokens, logits.get(), m_tokens, tokens, m_dim, false,
                     means.get(), m_dim);
            // Weights sum to one, so that a value's bias is added once.
            float* target = mixed.get() + n * asked * mixedWide;
            for (int64_t head = 0; head < m_heads; ++head)
                multiply(asked, m_value, m_dim, means.get() + head * asked * m_dim, m_dim,
                         m_valueWeights.data() + head * m_value * m_dim, m_dim, true, target + head * m_value,
                         mixedWide);
            for (int64_t q = 0; q < asked; ++q)
                for (int64_t v = 0; v < mixedWide; ++v)
                    target[q * mixedWide + v] += m_valueBias[static_cast<size_t>(v)];
        }
    });
    forTiles(sequences * asked, [&](int64_t begin, int64_t count) {
        finish(mixed.get() + begin * mixedWide, output + begin * m_dim, count);
    });
}

OnednnBlock::Reference OnednnBlock::applyToReference(float* x) const {
    const int64_t wide = m_queriesKeysValues.out();
    const int64_t mixedWide = m_heads * m_value;
    Reference kept;
    kept.projected.resize(static_cast<size_t>(m_tokens * wide));
    kept.mixed.resize(static_cast<size_t>(m_tokens * mixedWide));
    kept.weights.resize(static_cast<size_t>(m_heads * m_tokens * m_tokens));
    forTiles(m_tokens, [&](int64_t begin, int64_t count) {
        project(count, x + begin * m_dim, kept.projected.data() + begin * wide);
    });
    at::parallel_for(0, m_heads, 1, [&](int64_t first, int64_t last) {
        for (int64_t head = first; head < last; ++head)
            attend(kept.projected.data(), head, kept.mixed.data(),
                   kept.weights.data() + head * m_tokens * m_tokens);
    });
    forTiles(m_tokens, [&](int64_t begin, int64_t count) {
        finish(kept.mixed.data() + begin * mixedWide, x + begin * m_dim, count);
    });
    return kept;
}

/// A sequence beside the reference.
struct OnednnBlock::Beside {
    const Reference& reference;
    const std::vector<int64_t>& changed;
    std::vector<float> projected; ///< of the changed tokens
};

void OnednnBlock::attendAnew(const Beside& beside, int64_t head, std::span<const int64_t> tokens,
                             float* mixed) const {
    const int64_t stride = m_queriesKeysValues.out();
    const int64_t mixedStride = m_heads * m_value;
    const int64_t keysAt = (m_heads + head) * m_key, valuesAt = 2 * m_heads * m_key + head * m_value;
    const float* const known = beside.reference.projected.data();
    float* logits = threadScratch(1, m_tokens);
    float* shifted = threadScratch(2, m_key);
    float* relative = threadScratch(3, m_tokens);
    for (const int64_t token : tokens) {
        const auto own = std::lower_bound(beside.changed.begin(), beside.changed.end(), token);
        const bool isChanged = own != beside.changed.end() && *own == token;
        const float* query = (isChanged ? beside.projected.data() + (own - beside.changed.begin()) * stride
                                        : known + token * stride) +
                             head * m_key;
        multiply(1, m_tokens, m_key, query, stride, known + keysAt, stride, true, logits, m_tokens);
        for (size_t c = 0; c < beside.changed.size(); ++c) {
            const float* key = beside.projected.data() + static_cast<int64_t>(c) * stride + keysAt;
            logits[beside.changed[c]] = std::inner_product(query, query + m_key, key, 0.0F);
        }
        for (int64_t k = 0; k < m_key; ++k)
            shifted[k] = query[k] + m_positionShift[static_cast<size_t>(head * m_key + k)];
        multiply(1, m_tokens, m_key, shifted, m_key,
                 m_relativeKeys.data() + head * m_key * (2 * m_tokens - 1) + (m_tokens - 1 - token),
                 2 * m_tokens - 1, false, relative, m_tokens);
        const float scale = 1.0F / shiftedExponentials(m_tokens, logits, relative);
        float* target = mixed + token * mixedStride + head * m_value;
        std::vector<float> weightsOfChanged;
        for (const int64_t c : beside.changed)
            weightsOfChanged.push_back(std::exchange(logits[c], 0.0F));
        multiply(1, m_value, m_tokens, logits, m_tokens, known + valuesAt, stride, false, target,
                 mixedStride);
        for (size_t c = 0; c < beside.changed.size(); ++c)
            addMultiple(m_value, weightsOfChanged[c],
                        beside.projected.data() + static_cast<int64_t>(c) * stride + valuesAt, target);
        scaleRow(target, m_value, scale);
    }
}

void OnednnBlock::attendBeside(const Beside& beside, int64_t head, float* mixed) const {
    constexpr float MostGrowth = 16;   // of a logit: what had underflowed stays small
    constexpr float LeastLeft = 0.25F; // of a sum, before its difference loses more than two bits
    const auto count = static_cast<int64_t>(beside.changed.size());
    const int64_t stride = m_queriesKeysValues.out();
    const int64_t mixedStride = m_heads * m_value;
    const int64_t keysAt = (m_heads + head) * m_key, valuesAt = 2 * m_heads * m_key + head * m_value;
    const float* const known = beside.reference.projected.data();
    // A logit changes by the query times the key's difference; its relative part stays.
    std::vector<float> keyChange(static_cast<size_t>(count * m_key));
    for (int64_t c = 0; c < count; ++c)
        for (int64_t k = 0; k < m_key; ++k)
            keyChange[static_cast<size_t>(c * m_key + k)] =
                beside.projected[static_cast<size_t>(c * stride + keysAt + k)] -
                known[beside.changed[static_cast<size_t>(c)] * stride + keysAt + k];
    float* growth = threadScratch(1, m_tokens * count);
    multiply(m_tokens, count, m_key, known + head * m_key, stride, keyChange.data(), m_key, true, growth,
             count);
    const float* const weights = beside.reference.weights.data() + head * m_tokens * m_tokens;
    std::vector<int64_t> anew;
    auto nextChanged = beside.changed.begin();
    for (int64_t token = 0; token < m_tokens; ++token) {
        if (nextChanged != beside.changed.end() && *nextChanged == token) {
            anew.push_back(token);
            ++nextChanged;
            continue;
        }
        float* own = growth + token * count;
        float* target = mixed + token * mixedStride + head * m_value;
        float sum = 1;
        bool isNear = true;
        for (int64_t c = 0; c < count; ++c) {
            isNear &= own[c] < MostGrowth;
            const float before = weights[beside.changed[static_cast<size_t>(c)] * m_tokens + token];
            own[c] = before * std::exp(own[c]);
            sum += own[c] - before;
        }
        if (!isNear || !(sum > LeastLeft)) {
            anew.push_back(token);
            continue;
        }
        for (int64_t c = 0; c < count; ++c) {
            const int64_t key = beside.changed[static_cast<size_t>(c)];
            addDifference(m_value, own[c], beside.projected.data() + c * stride + valuesAt,
                          weights[key * m_tokens + token], known + key * stride + valuesAt, target);
        }
        scaleRow(target, m_value, 1.0F / sum);
    }
    attendAnew(beside, head, anew, mixed);
}

void OnednnBlock::applyBeside(const Reference& reference, std::span<const std::vector<int64_t>> changed,
                              float* x) const {
    const auto sequences = static_cast<int64_t>(changed.size());
    const int64_t wide = m_queriesKeysValues.out();
    const int64_t mixedWide = m_heads * m_value;
    std::vector<Beside> all;
    for (int64_t n = 0; n < sequences; ++n) {
        const std::vector<int64_t>& tokens = changed[static_cast<size_t>(n)];
        const auto count = static_cast<int64_t>(tokens.size());
        Beside beside{reference, tokens, std::vector<float>(static_cast<size_t>(count * wide))};
        std::vector<float> own(static_cast<size_t>(count * m_dim));
        for (int64_t c = 0; c < count; ++c)
            std::copy_n(x + (n * m_tokens + tokens[static_cast<size_t>(c)]) * m_dim, m_dim,
                        own.data() + c * m_dim);
        forTiles(count, [&](int64_t begin, int64_t rows) {
            project(rows, own.data() + begin * m_dim, beside.projected.data() + begin * wide);
        });
        all.push_back(std::move(beside));
    }
    const std::unique_ptr<float[]> mixed(new float[static_cast<size_t>(sequences * m_tokens * mixedWide)]);
    for (int64_t n = 0; n < sequences; ++n)
        std::copy(reference.mixed.begin(), reference.mixed.end(), mixed.get() + n * m_tokens * mixedWide);
    at::parallel_for(0, sequences * m_heads, 1, [&](int64_t first, int64_t last) {
        for (int64_t i = first; i < last; ++i)
            if (const Beside& beside = all[static_cast<size_t>(i / m_heads)]; !beside.changed.empty())
                attendBeside(beside, i % m_heads, mixed.get() + i / m_heads * m_tokens * mixedWide);
    });
    forTiles(sequences * m_tokens, [&](int64_t begin, int64_t rows) {
        finish(mixed.get() + begin * mixedWide, x + begin * m_dim, rows);
    });
}

} // namespace diploscope
