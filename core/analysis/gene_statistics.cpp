// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/gene_statistics.h"

#include "base/checksum.h"
#include "stats/bootstrap.h"
#include "stats/random_bits.h"
#include "stats/residuals.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <map>

namespace diploscope {

namespace {

/// Resamples that are worked on at once, and how many people's draws they hold: what bounds memory, and how
/// long a stop is waited for.
constexpr int64_t BlockResamples = 500;
constexpr int64_t MostDraws = 2'000'000;

Result<void> addNull(GeneReport& report, const GeneData& data, int64_t predictors, uint64_t seed,
                     const RunContext& context) {
    if (!report.pearson.r)
        return {};
    const int64_t count = std::max(predictors, PublishedNullPredictors);
    DS_ASSIGN(const Eigen::VectorXd null,
              nullCorrelations(data.dosages, data.observed, count, seed, context));
    if (null.size() == 0)
        return {};
    report.publishedNull = testAgainstNull(*report.pearson.r, null.head(PublishedNullPredictors));
    report.calibratedNull = testAgainstNull(*report.pearson.r, null);
    return {};
}

/// Variants that enough people have a genotype of, ascending: what is said of the gene is said of them.
std::vector<Eigen::Index> usedVariants(const GeneReport& report) {
    std::vector<Eigen::Index> used;
    for (size_t v = 0; v < report.variants.size(); ++v)
        if (!report.variants[v].poorlyGenotyped)
            used.push_back(static_cast<Eigen::Index>(v));
    return used;
}

/// \param used the variants that are the residuals' columns
Result<void> addFineMapping(GeneReport& report, const Residuals& residuals,
                            const std::vector<Eigen::Index>& used, const RunContext& context) {
    DS_ASSIGN(report.fineMapping, fineMap(residuals, {}, context));
    if (!report.fineMapping)
        return {};
    for (size_t v = 0; v < used.size(); ++v) {
        VariantResult& variant = report.variants[static_cast<size_t>(used[v])];
        variant.pip = report.fineMapping->pip[static_cast<Eigen::Index>(v)];
        variant.prunedPip = report.fineMapping->prunedPip[static_cast<Eigen::Index>(v)];
    }
    for (CredibleSet& set : report.fineMapping->sets)
        for (int64_t& v : set.variants)
            v = used[static_cast<size_t>(v)];
    // The purest set that a variant is in; sets rarely overlap.
    for (size_t s = report.fineMapping->sets.size(); s-- > 0;)
        for (const int64_t v : report.fineMapping->sets[s].variants)
            report.variants[static_cast<size_t>(v)].credibleSet = static_cast<int64_t>(s) + 1;
    return {};
}

Doubt doubtOf(const VariantResult& variant) {
    if (const auto interval = slopeInterval(variant.eqtl); interval && interval->holds(0))
        return Doubt::IntervalHoldsZero;
    if (variant.eqtl.slope && variant.givenLead.slope && *variant.eqtl.slope * *variant.givenLead.slope < 0)
        return Doubt::FlipsGivenLead;
    return Doubt::None;
}

/// The columns of the drivers, in their order. \param used the variants that are the residuals' columns
std::vector<Eigen::Index> residualsOfDrivers(const GeneReport& report,
                                             const std::vector<Eigen::Index>& used) {
    std::vector<Eigen::Index> columns;
    for (const DriverResult& driver : report.drivers)
        columns.push_back(
            std::lower_bound(used.begin(), used.end(), static_cast<Eigen::Index>(driver.variant)) -
            used.begin());
    return columns;
}

/// Of these people, those on the rarer side: with the effect allele, or without two.
int64_t rarerSide(const Eigen::VectorXd& dosages) {
    // Half a copy apart: an imputed mean is no carrier.
    return std::min((dosages.array() >= 0.5).count(), (dosages.array() <= 1.5).count());
}

void addSlopeInterval(DriverResult& driver, const GeneReport& report, const Eigen::ArrayXd& slopes) {
    driver.bootstrapInterval = percentileInterval(slopes);
    const auto known = slopes.isFinite().count();
    if (driver.verdict == Verdict::Undefined || known == 0)
        return;
    const double sign = *report.variants[driver.variant].eqtl.slope > 0 ? 1 : -1;
    driver.verdictShare = double((slopes * sign > 0).count()) / double(known);
}

Result<void> addIntervals(GeneReport& report, const GeneData& data, const Residuals& residuals,
                          const std::vector<Eigen::Index>& used, int64_t resamples, uint64_t seed,
                          const RunContext& context) {
    const Eigen::Index people = residuals.dosages.rows();
    if (resamples == 0 || people < 3)
        return {};
    const Eigen::VectorXd observed = data.observed(residuals.people());
    const Eigen::VectorXd predicted = data.predicted(residuals.people());
    const bool withSlopes = !report.drivers.empty() && residuals.defined();
    const std::vector<Eigen::Index> columns =
        withSlopes ? residualsOfDrivers(report, used) : std::vector<Eigen::Index>();
    const Eigen::MatrixXd x = residuals.x(columns);
    const Eigen::VectorXd y = residuals.y * residuals.scale;
    std::map<Eigen::Index, CompleteCase> incomplete; // drivers that some have no genotype of
    for (size_t d = 0; d < columns.size(); ++d)
        if (residuals.dosages.missing().contains(columns[d]))
            incomplete.emplace(static_cast<Eigen::Index>(d), completeCase(residuals, columns[d]));

    Eigen::VectorXd correlations(resamples);
    Eigen::MatrixXd slopes(resamples, x.cols());
    const int64_t atOnce = std::clamp(MostDraws / people, int64_t{1}, BlockResamples);
    for (int64_t first = 0; first < resamples; first += atOnce) {
        DS_TRY(context.checkpoint());
        const int64_t block = std::min(atOnce, resamples - first);
        const Eigen::MatrixXd draws = drawPeople(seed, people, first, block);
        correlations.segment(first, block) =
            resampledCorrelations(observed, predicted, draws, report.resolution);
        slopes.middleRows(first, block) = resampledSlopes(x, y, draws);
        for (const auto& [d, known] : incomplete)
            slopes.col(d).segment(first, block) =
                resampledSlopes(known.x, known.y * residuals.scale, draws(known.rows, Eigen::all));
    }
    if (report.pearson.r)
        report.rInterval = percentileInterval(correlations);
    for (Eigen::Index d = 0; d < x.cols(); ++d) {
        DriverResult& driver = report.drivers[static_cast<size_t>(d)];
        const auto column = static_cast<Eigen::Index>(driver.variant);
        if (rarerSide(data.counted.column(column, residuals.people())) >= FewestCarriers)
            addSlopeInterval(driver, report, slopes.col(d));
    }
    return {};
}

/// \param residuals of the variants `used` \param given one of these columns \return [variants]
std::vector<EqtlEffect> leftBeside(const Residuals& residuals, const std::vector<Eigen::Index>& used,
                                   int64_t given, size_t variants) {
    const std::vector<EqtlEffect> left = marginalEffects(beside(residuals, std::span(&given, 1)));
    std::vector<EqtlEffect> effects(variants);
    for (size_t v = 0; v < left.size(); ++v)
        effects[static_cast<size_t>(used[v])] = left[v];
    return effects;
}

} // namespace

std::optional<size_t> leadOf(const GeneReport& report) {
    if (report.lead)
        return report.lead;
    std::vector<EqtlEffect> known(report.variants.size());
    for (size_t v = 0; v < known.size(); ++v)
        if (report.variants[v].eqtl.p && !report.variants[v].poorlyGenotyped)
            known[v] = report.variants[v].eqtl;
    const std::optional<int64_t> lead = leadVariant(known);
    return lead ? std::optional(static_cast<size_t>(*lead)) : std::nullopt;
}

std::vector<EqtlEffect> effectsGiven(const GeneReport& report, const Eigen::MatrixXd& covariates,
                                     size_t given) {
    std::vector<size_t> columns;
    for (size_t v = 0; v < report.variants.size(); ++v)
        if (report.isGenotyped(v))
            columns.push_back(v);
    const std::vector<Eigen::Index> used(columns.begin(), columns.end());
    const auto at = std::find(columns.begin(), columns.end(), given);
    assert(at != columns.end());
    Eigen::VectorXd observed(static_cast<Eigen::Index>(report.people.size()));
    for (size_t p = 0; p < report.people.size(); ++p)
        observed[static_cast<Eigen::Index>(p)] = report.people[p].observed.value_or(std::nan(""));
    return leftBeside(residualise(report.dosages(columns), observed, covariates), used, at - columns.begin(),
                      report.variants.size());
}

uint64_t geneSeed(const std::string& studyName, const std::string& geneId, uint64_t seed) {
    const Digest digest = digestOf(studyName + '\0' + geneId);
    uint64_t bits = 0;
    std::memcpy(&bits, digest.data(), sizeof bits);
    return randomBits(bits, seed);
}

uint64_t drawsSeed(const std::string& studyName, const std::string& geneId, uint64_t seed, Draws draws) {
    return randomBits(geneSeed(studyName, geneId, seed), static_cast<uint64_t>(draws));
}

Result<void> addStatistics(GeneReport& report, const std::string& studyName, const GeneData& data,
                           const StatisticsOptions& options, const RunContext& context) {
    const auto stream = [&](Draws draws) {
        return drawsSeed(studyName, report.gene.id, options.seed, draws);
    };
    DS_TRY(context.checkpoint());
    const std::vector<Eigen::Index> used = usedVariants(report);
    const Residuals residuals = residualise(data.counted.only(used), data.observed, data.covariates);
    DS_TRY(context.checkpoint());
    const std::vector<EqtlEffect> effects = marginalEffects(residuals);

    DS_TRY(context.checkpoint());
    if (const std::optional<int64_t> lead = leadVariant(effects)) {
        report.lead = static_cast<size_t>(used[static_cast<size_t>(*lead)]);
        const std::vector<EqtlEffect> left = leftBeside(residuals, used, *lead, report.variants.size());
        for (size_t v = 0; v < left.size(); ++v)
            report.variants[v].givenLead = left[v];
    }
    DS_TRY(addNull(report, data, options.nullPredictors, stream(Draws::Null), context));
    if (options.fineMapping)
        DS_TRY(addFineMapping(report, residuals, used, context));
    for (DriverResult& driver : report.drivers)
        driver.doubt = doubtOf(report.variants[driver.variant]);
    DS_TRY(addIntervals(report, data, residuals, used, options.resamples, stream(Draws::Bootstrap), context));
    return {};
}

} // namespace diploscope
