// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/gene_statistics.h"

#include "base/checksum.h"
#include "stats/bootstrap.h"
#include "stats/random_bits.h"
#include "stats/residuals.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace diploscope {

namespace {

/// Streams of one gene's random numbers.
enum class Draws : uint64_t { Null, Bootstrap };

void addNull(GeneReport& report, const GeneData& data, int64_t predictors, uint64_t seed) {
    if (!report.pearson.r)
        return;
    const int64_t count = std::max(predictors, PublishedNullPredictors);
    const Eigen::VectorXd null = nullCorrelations(data.dosages, data.observed, count, seed);
    if (null.size() == 0)
        return;
    report.publishedNull = testAgainstNull(*report.pearson.r, null.head(PublishedNullPredictors));
    report.calibratedNull = testAgainstNull(*report.pearson.r, null);
}

void addFineMapping(GeneReport& report, const Residuals& residuals) {
    report.fineMapping = fineMap(residuals);
    if (!report.fineMapping)
        return;
    for (size_t v = 0; v < report.variants.size(); ++v)
        report.variants[v].pip = report.fineMapping->pip[static_cast<Eigen::Index>(v)];
    // The purest set that a variant is in; sets rarely overlap.
    for (size_t s = report.fineMapping->sets.size(); s-- > 0;)
        for (const int64_t v : report.fineMapping->sets[s].variants)
            report.variants[static_cast<size_t>(v)].credibleSet = static_cast<int64_t>(s) + 1;
}

Doubt doubtOf(const VariantResult& variant, double degreesOfFreedom) {
    if (const auto interval = slopeInterval(variant.eqtl, degreesOfFreedom); interval && interval->holds(0))
        return Doubt::IntervalHoldsZero;
    if (variant.eqtl.slope && variant.givenLead.slope && *variant.eqtl.slope * *variant.givenLead.slope < 0)
        return Doubt::FlipsGivenLead;
    return Doubt::None;
}

void addIntervals(GeneReport& report, const GeneData& data, const Residuals& residuals, int64_t resamples,
                  uint64_t seed) {
    const auto people = static_cast<Eigen::Index>(residuals.people.size());
    if (resamples == 0 || people < 3)
        return;
    const Eigen::MatrixXd draws = drawPeople(people, resamples, seed);
    if (report.pearson.r)
        report.rInterval = percentileInterval(
            resampledCorrelations(data.observed(residuals.people), data.predicted(residuals.people), draws));
    if (report.drivers.empty() || !residuals.defined())
        return;

    Eigen::MatrixXd x(people, static_cast<Eigen::Index>(report.drivers.size()));
    for (size_t d = 0; d < report.drivers.size(); ++d)
        x.col(static_cast<Eigen::Index>(d)) =
            residuals.x.col(static_cast<Eigen::Index>(report.drivers[d].variant));
    const Eigen::MatrixXd slopes = resampledSlopes(x, residuals.y * residuals.scale, draws);
    for (size_t d = 0; d < report.drivers.size(); ++d) {
        DriverResult& driver = report.drivers[d];
        const Eigen::ArrayXd ofDriver = slopes.col(static_cast<Eigen::Index>(d));
        driver.slopeInterval = percentileInterval(ofDriver);
        const auto known = ofDriver.isFinite().count();
        if (driver.verdict == Verdict::Undefined || known == 0)
            continue;
        const double sign = *report.variants[driver.variant].eqtl.slope > 0 ? 1 : -1;
        driver.verdictShare = double((ofDriver * sign > 0).count()) / double(known);
    }
}

std::optional<double> fractionByGain(const std::vector<DriverResult>& drivers) {
    double supported = 0;
    double decided = 0;
    for (const DriverResult& driver : drivers) {
        if (driver.verdict == Verdict::Undefined)
            continue;
        decided += driver.driver.gain;
        if (driver.verdict == Verdict::Supported)
            supported += driver.driver.gain;
    }
    return decided > 0 ? std::optional(supported / decided) : std::nullopt;
}

} // namespace

uint64_t geneSeed(const std::string& studyName, const std::string& geneId, uint64_t seed) {
    const Digest digest = digestOf(studyName + '\0' + geneId);
    uint64_t bits = 0;
    std::memcpy(&bits, digest.data(), sizeof bits);
    return randomBits(bits, seed);
}

void addStatistics(GeneReport& report, const std::string& studyName, const GeneData& data,
                   const StatisticsOptions& options) {
    const uint64_t seed = geneSeed(studyName, report.gene.id, options.seed);
    const auto stream = [seed](Draws draws) { return randomBits(seed, static_cast<uint64_t>(draws)); };
    const Residuals residuals = residualise(data.dosages, data.observed, data.covariates);
    const std::vector<EqtlEffect> effects = marginalEffects(residuals);

    if (const std::optional<int64_t> lead = leadVariant(effects)) {
        report.lead = static_cast<size_t>(*lead);
        const std::vector<EqtlEffect> left =
            conditionalEffects(data.dosages, data.observed, data.covariates, std::span(&*lead, 1));
        for (size_t v = 0; v < left.size(); ++v)
            report.variants[v].givenLead = left[v];
    }
    addNull(report, data, options.nullPredictors, stream(Draws::Null));
    if (options.fineMapping)
        addFineMapping(report, residuals);
    for (DriverResult& driver : report.drivers)
        driver.doubt = doubtOf(report.variants[driver.variant], residuals.degreesOfFreedom);
    addIntervals(report, data, residuals, options.resamples, stream(Draws::Bootstrap));
    report.fractionSupportedByGain = fractionByGain(report.drivers);
}

} // namespace diploscope
