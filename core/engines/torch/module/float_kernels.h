// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace diploscope {

// Inner loops of a transformer and its trunk on the processor, between the matrix products. fp32, rows of
// channels, exp() to some 1e-7 relative.

/// out = gelu(x * scale + shift), gelu(v) = v * sigmoid(1.702 v). In place where out is x.
void normaliseGelu(int64_t rows, int64_t channels, const float* x, const float* scale, const float* shift,
                   float* out);

/// difference[p] = x[2p] - x[2p + 1], for rows p.
void pairDifferences(int64_t pairs, int64_t channels, const float* x, float* difference);

/// logits[p] becomes x[2p + 1] + sigmoid(logits[p]) * difference[p]: the softmax pool of each pair, whose
/// logits differ by `logits`.
void poolPairs(int64_t pairs, int64_t channels, const float* x, const float* difference, float* logits);

/// Rows less their mean, over their standard deviation (eps 1e-5): a layer norm without scale and shift.
void standardise(int64_t rows, int64_t channels, const float* x, float* out);

/// content[j] becomes exp(content[j] + relative[j] - their maximum). \return its sum
float shiftedExponentials(int64_t count, float* content, const float* relative);

/// sum += factor * x
void addMultiple(int64_t count, float factor, const float* x, float* sum);

/// sum += a * x - b * y
void addDifference(int64_t count, float a, const float* x, float b, const float* y, float* sum);

} // namespace diploscope
