// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/transformer/trunk_windows.h"

#include <algorithm>

namespace diploscope {

TrunkReach TrunkReach::bySteps(const TransformerSpec& network) {
    TrunkReach reach{network.inputLength, {}};
    for (const TrunkStep& step : network.steps())
        reach.steps.push_back(std::visit([](const auto& its) { return its.reach(); }, step));
    return reach;
}

TrunkReach TrunkReach::byStages(const TransformerSpec& network) {
    TrunkReach reach{network.inputLength, {}};
    for (const TrunkStage& stage : network.trunk)
        reach.steps.push_back(stage.reach());
    return reach;
}

int64_t TrunkReach::perToken(size_t index) const {
    int64_t positions = 1;
    for (; index < steps.size(); ++index)
        positions *= steps[index].stride;
    return positions;
}

Span inputsOf(const Reach& step, Span outputs) {
    return {outputs.begin * step.stride - step.before, outputs.end * step.stride + step.after};
}

std::vector<Span> receptiveSpans(const TrunkReach& trunk, Span tokens) {
    std::vector<Span> spans(trunk.steps.size() + 1, tokens);
    for (size_t i = trunk.steps.size(); i > 0; --i)
        spans[i - 1] = inputsOf(trunk.steps[i - 1], spans[i]);
    return spans;
}

int64_t tokensOfOneBase(const TrunkReach& trunk) {
    const int64_t seen = receptiveSpans(trunk, {0, 1}).front().length();
    return std::min(trunk.tokens(), (seen + trunk.basesPerToken() - 1) / trunk.basesPerToken());
}

double trunkWork(const TransformerSpec& network, int64_t tokens) {
    const std::vector<TrunkStep> steps = network.steps();
    const std::vector<Span> spans = receptiveSpans(TrunkReach::bySteps(network), {0, tokens});
    double work = 0;
    for (size_t i = 0; i < steps.size(); ++i)
        work += static_cast<double>(spans[i + 1].length()) *
                std::visit([](const auto& its) { return its.cost().computed; }, steps[i]);
    return work;
}

TokenWindow tokenWindow(const TrunkReach& trunk, std::string_view input, int64_t firstToken, int64_t tokens) {
    const Span span = receptiveSpans(trunk, {firstToken, firstToken + tokens}).front();
    TokenWindow window{firstToken, tokens, std::string(static_cast<size_t>(span.length()), 'N')};
    const int64_t begin = std::max<int64_t>(span.begin, 0);
    const int64_t end = std::min(span.end, static_cast<int64_t>(input.size()));
    std::copy(input.begin() + begin, input.begin() + end, window.bases.begin() + (begin - span.begin));
    return window;
}

namespace {

int64_t floorDivided(int64_t a, int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

} // namespace

std::vector<TokenWindow> changedWindows(const TrunkReach& trunk, std::string_view reference,
                                        std::string_view input, int64_t chunk) {
    const Span own = receptiveSpans(trunk, {0, 1}).front(); // token t sees it t * step further on
    const int64_t step = trunk.basesPerToken();
    const int64_t all = trunk.tokens();
    // Runs of tokens that see a difference.
    std::vector<Span> runs;
    const auto length = static_cast<int64_t>(input.size());
    for (int64_t i = 0; i < length; ++i) {
        if (input[static_cast<size_t>(i)] == reference[static_cast<size_t>(i)])
            continue;
        const Span reached{std::clamp<int64_t>(floorDivided(i - own.end, step) + 1, 0, all),
                           std::clamp<int64_t>(floorDivided(i - own.begin, step) + 1, 0, all)};
        if (reached.empty())
            continue; // no token reads this base
        if (runs.empty() || reached.begin > runs.back().end)
            runs.push_back(reached);
        else
            runs.back().end = std::max(runs.back().end, reached.end);
    }
    const int64_t single = tokensOfOneBase(trunk);
    std::vector<TokenWindow> windows;
    for (const Span& run : runs) {
        if (run.length() <= single) {
            windows.push_back(tokenWindow(trunk, input, std::min(run.begin, all - single), single));
            continue;
        }
        for (int64_t first = run.begin - run.begin % chunk; first < run.end; first += chunk) {
            const int64_t tokens = std::min(chunk, all - first);
            TokenWindow window = tokenWindow(trunk, input, first, tokens);
            if (window != tokenWindow(trunk, reference, first, tokens))
                windows.push_back(std::move(window));
        }
    }
    return windows;
}

} // namespace diploscope
