// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/transformer/enformer_windows.h"

#include <algorithm>
#include <limits>

namespace diploscope {

namespace {

constexpr int64_t kStemWidth = 15;
constexpr int64_t kTowerWidth = 5;

/// Tokens that depend on the bases [from, to).
Span tokensReached(const EnformerConfig& config, Span bases) {
    const Span own = receptiveSpans(config, {0, 1}).front();
    const int64_t step = config.basesPerToken();
    const auto floorDiv = [](int64_t a, int64_t b) { return a / b - (a % b < 0 ? 1 : 0); };
    // Token t sees [t * step + own.begin, t * step + own.end).
    const int64_t first = floorDiv(bases.begin - own.end, step) + 1;
    const int64_t last = floorDiv(bases.end - 1 - own.begin, step) + 1;
    return {std::clamp<int64_t>(first, 0, config.tokens()), std::clamp<int64_t>(last, 0, config.tokens())};
}

} // namespace

std::vector<Span> receptiveSpans(const EnformerConfig& config, Span tokens) {
    std::vector<Span> spans(static_cast<size_t>(config.numDownsamples) + 1);
    spans.back() = tokens;
    for (size_t level = spans.size() - 1; level > 0; --level) {
        const int64_t halo = (level == 1 ? kStemWidth : kTowerWidth) / 2;
        spans[level - 1] = {2 * spans[level].begin - halo, 2 * spans[level].end + halo};
    }
    return spans;
}

int64_t tokensOfOneBase(const EnformerConfig& config) {
    const int64_t seen = receptiveSpans(config, {0, 1}).front().length();
    return std::min(config.tokens(), (seen + config.basesPerToken() - 1) / config.basesPerToken());
}

double trunkWork(const EnformerConfig& config, int64_t tokens) {
    const std::vector<Span> spans = receptiveSpans(config, {0, tokens});
    const std::vector<int64_t> channels = config.channels();
    double work = 0;
    for (size_t level = 1; level < spans.size(); ++level) {
        const auto out = static_cast<double>(channels[level - 1]);
        const double in = level == 1 ? 4 : static_cast<double>(channels[level - 2]);
        const double width = static_cast<double>(level == 1 ? kStemWidth : kTowerWidth);
        // The convolution and the pointwise one at every position, the pool's logits once a pair.
        work += static_cast<double>(2 * spans[level].length()) * out * (in * width + 1.5 * out);
    }
    return work;
}

TokenWindow tokenWindow(const EnformerConfig& config, std::string_view input, int64_t firstToken,
                        int64_t tokens) {
    const Span span = receptiveSpans(config, {firstToken, firstToken + tokens}).front();
    TokenWindow window{firstToken, tokens, std::string(static_cast<size_t>(span.length()), 'N')};
    const int64_t begin = std::max<int64_t>(span.begin, 0);
    const int64_t end = std::min(span.end, static_cast<int64_t>(input.size()));
    std::copy(input.begin() + begin, input.begin() + end, window.bases.begin() + (begin - span.begin));
    return window;
}

std::vector<TokenWindow> changedWindows(const EnformerConfig& config, std::string_view reference,
                                        std::string_view input, int64_t chunk) {
    // Runs of tokens that see a difference.
    std::vector<Span> runs;
    const auto length = static_cast<int64_t>(input.size());
    for (int64_t i = 0; i < length; ++i) {
        if (input[static_cast<size_t>(i)] == reference[static_cast<size_t>(i)])
            continue;
        const Span reached = tokensReached(config, {i, i + 1});
        if (runs.empty() || reached.begin > runs.back().end)
            runs.push_back(reached);
        else
            runs.back().end = std::max(runs.back().end, reached.end);
    }
    const int64_t single = tokensOfOneBase(config);
    std::vector<TokenWindow> windows;
    for (const Span& run : runs) {
        if (run.length() <= single) {
            windows.push_back(
                tokenWindow(config, input, std::min(run.begin, config.tokens() - single), single));
            continue;
        }
        for (int64_t first = run.begin - run.begin % chunk; first < run.end; first += chunk) {
            const int64_t tokens = std::min(chunk, config.tokens() - first);
            TokenWindow window = tokenWindow(config, input, first, tokens);
            if (window != tokenWindow(config, reference, first, tokens))
                windows.push_back(std::move(window));
        }
    }
    return windows;
}

} // namespace diploscope
