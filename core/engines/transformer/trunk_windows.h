// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/span.h"
#include "model/transformer_spec.h"

#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// All that decides which bases a token depends on: how far the steps of a trunk look, in their order,
/// whatever they compute.
struct TrunkReach {
    int64_t inputLength = 0; ///< bp, a multiple of basesPerToken()
    std::vector<Reach> steps;

    [[nodiscard]] static TrunkReach bySteps(const TransformerSpec& network);
    /// The same trunk, its stages for steps.
    [[nodiscard]] static TrunkReach byStages(const TransformerSpec& network);

    /// Positions that step `index` takes for a token.
    [[nodiscard]] int64_t perToken(size_t index) const;
    [[nodiscard]] int64_t basesPerToken() const { return perToken(0); }
    [[nodiscard]] int64_t tokens() const { return inputLength / basesPerToken(); }
};

/// The inputs that a step reads for some of its outputs.
[[nodiscard]] Span inputsOf(const Reach& step, Span outputs);

/// What a run of tokens depends on, step by step: [0] bases, [i] what step i takes, [steps] the tokens
/// themselves. Spans may pass the sequence's ends: there is zero padding.
[[nodiscard]] std::vector<Span> receptiveSpans(const TrunkReach& trunk, Span tokens);

/// The most tokens that one base reaches: 6 of the published Enformer's.
[[nodiscard]] int64_t tokensOfOneBase(const TrunkReach& trunk);

/// Multiply-adds of the trunk for a run of tokens, computed by itself.
[[nodiscard]] double trunkWork(const TransformerSpec& network, int64_t tokens);

/// A run of tokens with the bases that decide them, N where these pass the sequence's ends.
struct TokenWindow {
    int64_t firstToken = 0;
    int64_t tokens = 0;
    std::string bases;
    friend bool operator==(const TokenWindow&, const TokenWindow&) = default;
};

[[nodiscard]] TokenWindow tokenWindow(const TrunkReach& trunk, std::string_view input, int64_t firstToken,
                                      int64_t tokens);

/// Windows that cover every token whose bases differ between two inputs of one length, compared byte for
/// byte: a run of differing tokens that a single base could reach is one window of tokensOfOneBase() tokens,
/// a longer one is cut into chunks of `chunk` tokens at multiples of it, so that sequences that share
/// neighbouring edits share chunks. Chunks that do not differ are left out. Windows may overlap.
[[nodiscard]] std::vector<TokenWindow> changedWindows(const TrunkReach& trunk, std::string_view reference,
                                                      std::string_view input, int64_t chunk);

} // namespace diploscope
