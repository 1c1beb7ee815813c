// SPDX-License-Identifier: GPL-3.0-or-later
#include "workflow/analyze_options.h"

#include "scoring/self_check.h"

#include <filesystem>

namespace diploscope {

std::vector<std::string> analyzeOptions(const ScoreRequest& score, const StatisticsOptions& statistics,
                                        int selfCheckEvery) {
    std::vector<std::string> words;
    const auto tell = [&](const char* option, const std::string& value) {
        words.emplace_back(option);
        words.push_back(value);
    };
    const auto tellText = [&](const char* option, const std::string& value) {
        if (!value.empty())
            tell(option, value);
    };
    const auto tellFile = [&](const char* option, const std::filesystem::path& file) {
        if (!file.empty())
            tell(option, std::filesystem::absolute(file).string());
    };
    const auto tellOther = [&](const char* option, auto value, auto byItself) {
        if (value != byItself)
            tell(option, std::to_string(value));
    };
    tellText("--tracks", score.tracks);
    tellText("--bins", score.bins);
    tellText("--aggregate", score.aggregate);
    tellFile("--head", score.head);
    tellFile("--targets", score.targets);
    tellOther("--shifts", score.shifts.value_or(0), 0);
    if (score.reverseComplement.value_or(false))
        words.emplace_back("--reverse-complement");
    if (score.ownScore)
        words.emplace_back("--own-score");

    const StatisticsOptions own;
    if (statistics.driverMethod != own.driverMethod)
        tell("--drivers", statistics.driverMethod == DriverMethod::Forward ? "forward" : "backward");
    tellOther("--null-predictors", statistics.nullPredictors, own.nullPredictors);
    tellOther("--bootstrap", statistics.resamples, own.resamples);
    if (!statistics.fineMapping)
        words.emplace_back("--no-fine-mapping");
    tellOther("--seed", statistics.seed, own.seed);
    if (selfCheckEvery != kSelfCheckEvery)
        tell("--self-check", selfCheckEvery == 0 ? "off" : std::to_string(selfCheckEvery));
    return words;
}

} // namespace diploscope
