// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"
#include "study/study.h"

#include <cstdint>

namespace diploscope {

/// What is asked of the statistics. Random numbers follow from the seed, the study's name and the gene's id,
/// so that one gene's result does not depend on which others were asked for.
struct StatisticsOptions {
    DriverMethod driverMethod = DriverMethod::Forward;
    int64_t nullPredictors = 1000; ///< K of the calibrated null and the empirical p, at least 50
    int64_t resamples = 1000;      ///< bootstrap of people; 0: no intervals
    bool fineMapping = true;       ///< SuSiE
    uint64_t seed = 0;

    friend bool operator==(const StatisticsOptions&, const StatisticsOptions&) = default;
};

/// What the statistics ask of one gene. Rows are the study's people.
struct GeneData {
    const Dosages& dosages;            ///< [people x variants], of the effect alleles, as report.variants
    const Dosages& counted;            ///< the same, of who has one copy as the study counts it
    const Eigen::VectorXd& observed;   ///< [people], NaN = not measured
    const Eigen::VectorXd& predicted;  ///< [people], finite
    const Eigen::MatrixXd& covariates; ///< [people x k]
};

/// Adds to a report that has variants, drivers and R: the gene-specific null, intervals, the lead variant and
/// the effects that it leaves, fine mapping, and which verdicts the data cannot decide. With covariates the
/// bootstrap resamples residuals, it does not fit the covariates anew. \error Cancelled, asked for between
/// steps and within the long ones. Source: METHODS 4, 5, 7, 8.
[[nodiscard]] Result<void> addStatistics(GeneReport& report, const std::string& studyName,
                                         const GeneData& data, const StatisticsOptions& options,
                                         const RunContext& context);

/// The gene's lead eQTL as the report names it; before its statistics are there, the strongest of the effects
/// that it has so far, by the same rule (leadVariant()). \return index of the variant; empty where no effect
/// is known
[[nodiscard]] std::optional<size_t> leadOf(const GeneReport& report);

/// What is left of every variant's eQTL effect once the dosage of one of them is a covariate too: what
/// VariantResult::givenLead is of the lead. Time O(people x variants x covariates): for a worker.
/// \param report   of which people and dosages are known; nothing of a model is asked
/// \param covariates [people x k], the study's
/// \param given    a variant that isGenotyped()
/// \return [variants]; empty for that one, for what it and the covariates explain, and for variants that are
/// not isGenotyped(). Source: METHODS 7.
[[nodiscard]] std::vector<EqtlEffect> effectsGiven(const GeneReport& report,
                                                   const Eigen::MatrixXd& covariates, size_t given);

/// The seed of one gene's random numbers.
[[nodiscard]] uint64_t geneSeed(const std::string& studyName, const std::string& geneId, uint64_t seed);

/// Streams of one gene's random numbers.
enum class Draws : uint64_t { Null, Bootstrap, Turns };
[[nodiscard]] uint64_t drawsSeed(const std::string& studyName, const std::string& geneId, uint64_t seed,
                                 Draws draws);

} // namespace diploscope
