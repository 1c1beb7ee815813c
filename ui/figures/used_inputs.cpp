// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures/used_inputs.h"

#include "base/checksum.h"
#include "base/file_digest.h"
#include "base/paths.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string_view>
#include <utility>

namespace diploscope::ui {

namespace {

// As study files say it, and figures' files.
constexpr const char* alternateWord = "alt";
constexpr const char* minorWord = "minor";

} // namespace

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

FigureDesign::Statistics askedStatistics(const StatisticsOptions& options, const DriverThresholds& thresholds,
                                         std::optional<AlleleConvention> allele) {
    const StatisticsOptions usual;
    const DriverThresholds usualThresholds;
    FigureDesign::Statistics asked;
    if (options.nullPredictors != usual.nullPredictors)
        asked.nullPredictors = options.nullPredictors;
    if (options.resamples != usual.resamples)
        asked.resamples = options.resamples;
    if (options.seed != usual.seed)
        asked.seed = options.seed;
    if (options.fineMapping != usual.fineMapping)
        asked.fineMapping = options.fineMapping;
    asked.backwardDrivers = options.driverMethod == DriverMethod::Backward;
    if (thresholds.minimumLinearR != usualThresholds.minimumLinearR)
        asked.driverR = thresholds.minimumLinearR;
    if (thresholds.minimumGain != usualThresholds.minimumGain)
        asked.driverGain = thresholds.minimumGain;
    if (thresholds.ownP != usualThresholds.ownP)
        asked.driverP = thresholds.ownP;
    if (allele)
        asked.effectAllele = *allele == AlleleConvention::Minor ? minorWord : alternateWord;
    return asked;
}

void askStatistics(const FigureDesign::Statistics& design, AnalysisOptions& options) {
    StatisticsOptions& statistics = options.statistics;
    statistics.nullPredictors = design.nullPredictors.value_or(statistics.nullPredictors);
    statistics.resamples = design.resamples.value_or(statistics.resamples);
    statistics.seed = design.seed.value_or(statistics.seed);
    statistics.fineMapping = design.fineMapping.value_or(statistics.fineMapping);
    if (design.backwardDrivers)
        statistics.driverMethod = DriverMethod::Backward;
    DriverThresholds& thresholds = options.thresholds;
    thresholds.minimumLinearR = design.driverR.value_or(thresholds.minimumLinearR);
    thresholds.minimumGain = design.driverGain.value_or(thresholds.minimumGain);
    thresholds.ownP = design.driverP.value_or(thresholds.ownP);
    if (!design.effectAllele.empty())
        options.allele =
            design.effectAllele == minorWord ? AlleleConvention::Minor : AlleleConvention::Alternate;
}

} // namespace diploscope::ui
