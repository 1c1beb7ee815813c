// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "model/transformer_spec.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <utility>
#include <vector>

namespace diploscope {

/// The sizes of an Enformer (Avsec et al. 2021), named as in the public port's `config.json`.
/// Bases -> stem and tower (each halves the positions) -> tokens -> blocks -> crop to `targetLength` bins ->
/// pointwise -> heads.
struct EnformerConfig {
    int64_t inputLength = 196608; ///< bp; not in config.json
    int64_t dim = 1536;
    int64_t depth = 11;
    int64_t heads = 8;
    int64_t attnDimKey = 64;
    int64_t numDownsamples = 7;
    int64_t dimDivisibleBy = 128;
    int64_t targetLength = 896;                                                                 ///< bins
    std::vector<std::pair<std::string, int64_t>> outputHeads{{"human", 5313}, {"mouse", 1643}}; ///< by name
    std::string head = "human"; ///< which of them is asked
    bool useTfGamma = false;    ///< wants the published table of position features where it is at hand
    std::string positionTable;  ///< file name of a table that must be used; empty: see findPositionTable()

    [[nodiscard]] int64_t basesPerToken() const { return int64_t{1} << numDownsamples; }
    [[nodiscard]] int64_t tokens() const { return inputLength / basesPerToken(); }
    /// Tokens dropped on each side before the heads.
    [[nodiscard]] int64_t crop() const { return (tokens() - targetLength) / 2; }
    /// Channels after the stem and after each tower stage: [numDownsamples]; dim/2 ... dim, the public port's
    /// `exponential_linspace_int`.
    [[nodiscard]] std::vector<int64_t> channels() const;
    [[nodiscard]] int64_t valueDim() const { return dim / heads; }
    /// Position features an attention layer sees: as many as a head's values.
    [[nodiscard]] int64_t positionFeatures() const { return dim / heads; }
    [[nodiscard]] int64_t trackCount() const; ///< of `head`
    /// Its stages, under the weights' canonical names ("stem.0.weight"; aliases are not among them). Stem: a
    /// convolution of width 15 over the bases. Tower stage: norm, GELU and a convolution of width 5. Behind
    /// both a pointwise residual convolution, and the pool of pairs.
    [[nodiscard]] TransformerSpec network() const;
};

/// Reads a `config.json`, or the `config` of a model.json. Keys that only matter for training are accepted,
/// others are an error with the nearest known one.
/// \param path JSON path for errors. \param inputLength bp.
/// \error BadInput; Unsupported for `use_convnext`; Mismatch for sizes that cannot belong together (the
/// length is not a multiple of 2^num_downsamples, target_length above the tokens, dim / heads no multiple of
/// 6, ...).
[[nodiscard]] Result<EnformerConfig> parseEnformerConfig(const nlohmann::json& config,
                                                         const std::string& path, int64_t inputLength);

} // namespace diploscope
