// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engines/torch/torch_backend.h"
#include "model/enformer_config.h"
#include "model/predictor.h"
#include "sequence/reference_window.h"
#include "support.h"
#include "weights/tensor.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace diploscope::test {

/// Weights of an Enformer that depend on nothing but the seed and their name; norms are no identities.
inline WeightSource randomTensorsOf(uint64_t seed) {
    return [seed](const TensorSpec& spec) -> Result<NamedTensor> {
        std::mt19937_64 random(seed ^ std::hash<std::string>()(spec.name));
        const auto has = [&spec](const char* part) { return spec.name.find(part) != std::string::npos; };
        const bool factor = spec.shape.size() == 1 && !has("bias") && !has("mean");
        const double fanIn = static_cast<double>(elementCount(spec.shape) / spec.shape.front());
        const double width =
            spec.shape.size() == 1 || has("rel_pos") || has("rel_content") ? 0.3 : std::sqrt(3.0 / fanIn);
        NamedTensor tensor{spec.name, spec.shape, {}};
        for (int64_t i = 0; i < elementCount(spec.shape); ++i) {
            const double unit = static_cast<double>(random() >> 11) * 0x1p-53;
            tensor.values.push_back(static_cast<float>((factor ? 1.0 : 0.0) + width * (2 * unit - 1)));
        }
        return tensor;
    };
}

inline EnformerConfig smallEnformer(int64_t downsamples, int64_t tokens, int64_t heads, int64_t depth) {
    EnformerConfig config;
    config.numDownsamples = downsamples;
    config.inputLength = tokens << downsamples;
    config.dimDivisibleBy = 12;
    config.heads = heads;
    config.dim = 24 * heads;
    config.attnDimKey = 5;
    config.depth = depth;
    config.targetLength = tokens - 2;
    config.outputHeads = {{"mouse", 3}, {"human", 6}};
    return config;
}

/// Random bases with a run of N, and a flank that deletions draw from.
inline ReferenceWindow windowWithN(std::mt19937_64& random, int64_t length, bool reversed) {
    ReferenceWindow window;
    window.region = {"sequence", 1000, 1000 + length};
    window.tssOffset = length / 2;
    window.reversed = reversed;
    window.flank = 40;
    for (int64_t i = 0; i < length + 2 * window.flank; ++i)
        window.context += "ACGT"[random() % 4];
    window.context.replace(static_cast<size_t>(window.flank + length / 3), 9, 9, 'N');
    return window;
}

inline OutputChoice allOutputs(const TransformerSpec& network) {
    OutputChoice output;
    output.bins.resize(static_cast<size_t>(network.bins));
    output.tracks.resize(static_cast<size_t>(network.head().tracks));
    std::iota(output.bins.begin(), output.bins.end(), 0);
    std::iota(output.tracks.begin(), output.tracks.end(), 0);
    return output;
}
inline OutputChoice allOutputs(const EnformerConfig& config) {
    return allOutputs(config.network());
}

/// Asks for `batch` sequences at a time. \return [sequences x outputs]
inline Result<Eigen::MatrixXd> predictInBatches(LocusPredictor& locus, const OutputChoice& output,
                                                const std::vector<EditList>& sequences, size_t batch) {
    Eigen::MatrixXd values(static_cast<int64_t>(sequences.size()),
                           static_cast<int64_t>(output.bins.size() * output.tracks.size()));
    for (size_t begin = 0; begin < sequences.size(); begin += batch) {
        const auto some = std::span(sequences).subspan(begin, std::min(batch, sequences.size() - begin));
        DS_ASSIGN(values.middleRows(static_cast<int64_t>(begin), static_cast<int64_t>(some.size())),
                  locus.predict(some, {}));
    }
    return values;
}

/// Of the largest value.
inline double largestDifference(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) {
    return (a - b).cwiseAbs().maxCoeff() / b.cwiseAbs().maxCoeff();
}

} // namespace diploscope::test
