// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/module/float_kernels.h"

#include "base/cpu_clones.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace diploscope {

namespace {

#define DS_INLINE __attribute__((always_inline)) inline

/// Cephes' polynomial after taking out the power of two; written so that compilers vectorise it.
DS_INLINE float exponential(float x) {
    x = x < -87.0F ? -87.0F : x;
    x = x > 88.0F ? 88.0F : x;
    constexpr float round = 12582912.0F; // 1.5 * 2^23: adding it rounds to a whole number
    const float power = (x * 1.44269504F + round) - round;
    const float rest = (x - power * 0.693359375F) + power * 2.12194440e-4F;
    float sum = 1.9875691500e-4F;
    sum = sum * rest + 1.3981999507e-3F;
    sum = sum * rest + 8.3334519073e-3F;
    sum = sum * rest + 4.1665795894e-2F;
    sum = sum * rest + 1.6666665459e-1F;
    sum = sum * rest + 5.0000001201e-1F;
    sum = sum * rest * rest + rest + 1.0F;
    return sum * std::bit_cast<float>((static_cast<int32_t>(power) + 127) << 23);
}

DS_INLINE float sigmoid(float x) {
    return 1.0F / (1.0F + exponential(-x));
}

/// Sums are kept in lanes, so that they vectorise without reordering.
constexpr int64_t kLanes = 32;

template <class Value>
DS_INLINE float sumOf(int64_t count, Value value) {
    float lanes[kLanes] = {};
    int64_t i = 0;
    for (; i + kLanes <= count; i += kLanes)
        for (int64_t lane = 0; lane < kLanes; ++lane)
            lanes[lane] += value(i + lane);
    float sum = 0;
    for (; i < count; ++i)
        sum += value(i);
    for (const float lane : lanes)
        sum += lane;
    return sum;
}

} // namespace

DS_CLONES void normaliseGelu(int64_t rows, int64_t channels, const float* x, const float* scale,
                             const float* shift, float* out) {
    for (int64_t row = 0; row < rows; ++row, x += channels, out += channels)
        for (int64_t c = 0; c < channels; ++c) {
            const float v = x[c] * scale[c] + shift[c];
            out[c] = v * sigmoid(1.702F * v);
        }
}

DS_CLONES void pairDifferences(int64_t pairs, int64_t channels, const float* x, float* difference) {
    for (int64_t pair = 0; pair < pairs; ++pair, x += 2 * channels, difference += channels)
        for (int64_t c = 0; c < channels; ++c)
            difference[c] = x[c] - x[channels + c];
}

DS_CLONES void poolPairs(int64_t pairs, int64_t channels, const float* x, const float* difference,
                         float* logits) {
    for (int64_t pair = 0; pair < pairs;
         ++pair, x += 2 * channels, difference += channels, logits += channels)
        for (int64_t c = 0; c < channels; ++c)
            logits[c] = x[channels + c] + sigmoid(logits[c]) * difference[c];
}

DS_CLONES void standardise(int64_t rows, int64_t channels, const float* x, float* out) {
    const auto count = static_cast<float>(channels);
    for (int64_t row = 0; row < rows; ++row, x += channels, out += channels) {
        const float mean = sumOf(channels, [x](int64_t c) { return x[c]; }) / count;
        const float variance =
            sumOf(channels, [x, mean](int64_t c) { return (x[c] - mean) * (x[c] - mean); }) / count;
        const float factor = 1.0F / std::sqrt(variance + 1e-5F);
        for (int64_t c = 0; c < channels; ++c)
            out[c] = (x[c] - mean) * factor;
    }
}

DS_CLONES float shiftedExponentials(int64_t count, float* content, const float* relative) {
    float lanes[kLanes];
    std::fill(lanes, lanes + kLanes, -INFINITY);
    int64_t i = 0;
    for (; i + kLanes <= count; i += kLanes)
        for (int64_t lane = 0; lane < kLanes; ++lane) {
            const float logit = content[i + lane] + relative[i + lane];
            content[i + lane] = logit;
            lanes[lane] = lanes[lane] > logit ? lanes[lane] : logit;
        }
    float most = -INFINITY;
    for (; i < count; ++i) {
        content[i] += relative[i];
        most = std::max(most, content[i]);
    }
    for (const float lane : lanes)
        most = std::max(most, lane);
    for (i = 0; i < count; ++i)
        content[i] = exponential(content[i] - most);
    return sumOf(count, [content](int64_t j) { return content[j]; });
}

DS_CLONES void addMultiple(int64_t count, float factor, const float* x, float* sum) {
    for (int64_t i = 0; i < count; ++i)
        sum[i] += factor * x[i];
}

DS_CLONES void addDifference(int64_t count, float a, const float* x, float b, const float* y, float* sum) {
    for (int64_t i = 0; i < count; ++i)
        sum[i] += a * x[i] - b * y[i];
}

} // namespace diploscope
