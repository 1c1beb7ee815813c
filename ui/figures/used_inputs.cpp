// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures/used_inputs.h"

#include "base/checksum.h"
#include "base/file_digest.h"
#include "base/paths.h"
#include "study/study_words.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string_view>
#include <utility>

namespace diploscope::ui {

std::vector<FigureProof::Input> shownInputs(const std::vector<StudyInput>& inputs, FigureKind kind) {
    std::vector<FigureProof::Input> shown;
    for (const StudyInput& input : inputs)
        if (kind == FigureKind::Genome || input.what != "predixcan") // which single genes do not show
            shown.push_back({input.what, input.file.filename().string(), input.digest});
    return shown;
}

void addInput(FigureProof::UsedStudy& study, FigureProof::Input input) {
    if (std::find(study.inputs.begin(), study.inputs.end(), input) == study.inputs.end())
        study.inputs.push_back(std::move(input));
}

Result<std::vector<StudyInput>> inputsOf(const StudyFile& study, const RunContext& context) {
    return study.published ? std::vector<StudyInput>() : studyInputs(study, context);
}

FigureProof::Input resultsInput(const GenomeTable& table) {
    DigestOfPieces digest;
    for (size_t c = 0; c < table.columns().size(); ++c) {
        digest.add(table.columns()[c].name);
        for (size_t row = 0; row < table.rowCount(); ++row) {
            if (table.isText(c)) {
                digest.add(table.text(row, c));
                digest.add("\n");
                continue;
            }
            const double value = table.number(row, c);
            const double same = std::isnan(value) ? std::nan("") : value;
            char bytes[sizeof same];
            std::memcpy(bytes, &same, sizeof same);
            digest.add(std::string_view(bytes, sizeof same));
        }
    }
    return {"results", table.model(), toHex(digest.digest())};
}

Result<std::vector<FigureProof::Input>> trackInputs(const std::vector<ShownFile>& files,
                                                    const RunContext& context) {
    std::vector<FigureProof::Input> inputs;
    for (const ShownFile& file : files)
        if (file.data) {
            DS_ASSIGN(const Digest digest,
                      rememberedDigestOfFile(file.file, userCacheFolder() / "digests", context));
            inputs.push_back({"tracks", file.file.filename().string(), toHex(digest)});
        }
    return inputs;
}

namespace {

/// What a design says of statistics beside the option that it stands for: the one list for both directions.
template <class Visit>
void forEachAskedNumber(Visit&& visit) {
    using Asked = FigureDesign::Statistics;
    const auto number = [](auto member) {
        return [member](auto& options) -> auto& {
            return options.statistics.*member;
        };
    };
    const auto threshold = [](auto member) {
        return [member](auto& options) -> auto& {
            return options.thresholds.*member;
        };
    };
    visit(&Asked::nullPredictors, number(&StatisticsOptions::nullPredictors));
    visit(&Asked::resamples, number(&StatisticsOptions::resamples));
    visit(&Asked::seed, number(&StatisticsOptions::seed));
    visit(&Asked::fineMapping, number(&StatisticsOptions::fineMapping));
    visit(&Asked::driverR, threshold(&DriverThresholds::minimumLinearR));
    visit(&Asked::driverGain, threshold(&DriverThresholds::minimumGain));
    visit(&Asked::driverP, threshold(&DriverThresholds::ownP));
}

} // namespace

FigureDesign::Statistics askedStatistics(const StatisticsOptions& options, const DriverThresholds& thresholds,
                                         std::optional<AlleleConvention> allele) {
    const AnalysisOptions usual;
    AnalysisOptions given;
    given.statistics = options;
    given.thresholds = thresholds;
    FigureDesign::Statistics asked;
    forEachAskedNumber([&](auto number, const auto& optionOf) {
        if (optionOf(given) != optionOf(usual))
            asked.*number = optionOf(given);
    });
    asked.backwardDrivers = options.driverMethod == DriverMethod::Backward;
    if (allele) // in the words of study files
        asked.effectAllele = wordOf(*allele, alleleWords());
    return asked;
}

void askStatistics(const FigureDesign::Statistics& design, AnalysisOptions& options) {
    forEachAskedNumber([&](auto number, const auto& optionOf) {
        optionOf(options) = (design.*number).value_or(optionOf(options));
    });
    if (design.backwardDrivers)
        options.statistics.driverMethod = DriverMethod::Backward;
    for (const auto& [word, convention] : alleleWords())
        if (design.effectAllele == word)
            options.allele = convention;
}

} // namespace diploscope::ui
