// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engines/span.h"
#include "model/enformer_config.h"

#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// What a run of tokens depends on, level by level: [0] bases, [l] the positions of level l (each level
/// halves), [numDownsamples] the tokens themselves. Spans may pass the sequence's ends: there is zero
/// padding. Follows from the layers: a convolution of width 15 before level 1, of width 5 before each other,
/// each followed by pooling pairs.
[[nodiscard]] std::vector<Span> receptiveSpans(const EnformerConfig& config, Span tokens);

/// The most tokens that one base reaches: 6 of the published model's.
[[nodiscard]] int64_t tokensOfOneBase(const EnformerConfig& config);

/// Multiply-adds of the trunk for a run of tokens, computed by itself.
[[nodiscard]] double trunkWork(const EnformerConfig& config, int64_t tokens);

/// A run of tokens with the bases that decide them, N where these pass the sequence's ends.
struct TokenWindow {
    int64_t firstToken = 0;
    int64_t tokens = 0;
    std::string bases;
    friend bool operator==(const TokenWindow&, const TokenWindow&) = default;
};

[[nodiscard]] TokenWindow tokenWindow(const EnformerConfig& config, std::string_view input,
                                      int64_t firstToken, int64_t tokens);

/// Windows that cover every token whose bases differ between two inputs of one length, compared byte for
/// byte: a run of differing tokens that a single base could reach is one window of tokensOfOneBase() tokens,
/// a longer one is cut into chunks of `chunk` tokens at multiples of it, so that sequences that share
/// neighbouring edits share chunks. Chunks that do not differ are left out. Ascending, may overlap.
[[nodiscard]] std::vector<TokenWindow> changedWindows(const EnformerConfig& config,
                                                      std::string_view reference, std::string_view input,
                                                      int64_t chunk);

} // namespace diploscope
