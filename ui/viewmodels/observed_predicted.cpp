// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/observed_predicted.h"

#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"
#include "viewmodels/snv_details.h"

#include <cmath>
#include <limits>

namespace diploscope::ui {
namespace {

/// Reads say which copy has more of an allele's product where their p is not above it.
constexpr double ClearP = 0.05;

ObservedPredicted::Split splitBy(const VariantResult& variant) {
    ObservedPredicted::Split split;
    split.variant = variantWithAlleles(variant);
    split.genotypes = genotypesOf(variant);
    split.copy = variant.ref.size() == 1 && variant.alt.size() == 1
                     ? QString::fromStdString(variant.effectAllele)
                     : QStringLiteral("copy");
    return split;
}

/// \return null where there is none, or nobody's genotype is known
const VariantResult* splittingVariant(const GeneReport& report, std::optional<size_t> chosen) {
    const std::optional<size_t> index =
        chosen && *chosen < report.variants.size() ? chosen : mainDriver(report);
    if (!index)
        return nullptr;
    const VariantResult& variant = report.variants[*index];
    return variant.genotypes.people() == report.people.size() ? &variant : nullptr;
}

/// Of predictions on the copies that people carry. \param predicted [people]
std::optional<double> slopePerCopy(const VariantResult& variant, const Eigen::VectorXd& predicted,
                                   const Resolution& resolution) {
    Eigen::VectorXd dosage(predicted.size());
    for (Eigen::Index i = 0; i < predicted.size(); ++i) {
        const uint8_t copies = variant.genotypes.copies(static_cast<size_t>(i));
        dosage[i] = copies == SnvGenotypes::NoGenotype ? std::numeric_limits<double>::quiet_NaN() : copies;
    }
    return pearson(dosage, predicted, resolution).slope;
}

/// [people]
Eigen::VectorXd predictionsOf(const GeneReport& report) {
    Eigen::VectorXd predicted(static_cast<Eigen::Index>(report.people.size()));
    for (size_t i = 0; i < report.people.size(); ++i)
        predicted[static_cast<Eigen::Index>(i)] = report.people[i].predicted;
    return predicted;
}

/// The other report's predictions of this report's people, NaN where it has none.
Eigen::VectorXd predictionsOfSame(const GeneReport& report, const GeneReport& other) {
    Eigen::VectorXd predicted(static_cast<Eigen::Index>(report.people.size()));
    for (size_t i = 0; i < report.people.size(); ++i) {
        const std::string& sample = report.people[i].sample;
        // As a rule they stand in the same order.
        const std::optional<size_t> at = i < other.people.size() && other.people[i].sample == sample
                                             ? std::optional(i)
                                             : other.findPerson(sample);
        predicted[static_cast<Eigen::Index>(i)] =
            at ? other.people[*at].predicted : std::numeric_limits<double>::quiet_NaN();
    }
    return predicted;
}

/// S of METHODS 8, over the SNVs that it is defined by; one copy counts twice, whatever the study's
/// statistics of genotypes take it for (METHODS 17). \return [people]
Eigen::VectorXd sumsOfEffects(const GeneReport& report) {
    const auto people = static_cast<Eigen::Index>(report.people.size());
    Eigen::VectorXd sums = Eigen::VectorXd::Zero(people);
    for (size_t v = 0; v < report.variants.size(); ++v) {
        const VariantResult& variant = report.variants[v];
        if (!report.isGenotyped(v) || !std::isfinite(variant.ism))
            continue;
        const SnvGenotypes genotypes = variant.genotypes.counting(HaploidDosage::AsTwo);
        double known = 0;
        double copies = 0;
        for (size_t i = 0; i < report.people.size(); ++i)
            if (const uint8_t own = genotypes.copies(i); own != SnvGenotypes::NoGenotype) {
                ++known;
                copies += own;
            }
        const double mean = known > 0 ? copies / known : 0;
        for (Eigen::Index i = 0; i < people; ++i) {
            const uint8_t own = genotypes.copies(static_cast<size_t>(i));
            sums[i] += variant.ism * (own == SnvGenotypes::NoGenotype ? mean : own);
        }
    }
    return sums;
}

/// Adds who of the report has both numbers. \param x, y [people], NaN where one is not known
void addPeople(const GeneReport& report, const Eigen::VectorXd& x, const Eigen::VectorXd& y,
               const VariantResult* splits, ObservedPredicted& shown) {
    shown.people.reserve(report.people.size());
    for (size_t i = 0; i < report.people.size(); ++i) {
        const auto at = static_cast<Eigen::Index>(i);
        if (!std::isfinite(x[at]) || !std::isfinite(y[at]))
            continue;
        std::optional<uint8_t> dosage;
        if (const uint8_t copies = splits == nullptr ? SnvGenotypes::NoGenotype : splits->genotypes.copies(i);
            copies != SnvGenotypes::NoGenotype)
            dosage = copies;
        shown.people.push_back({QString::fromStdString(report.people[i].sample), x[at], y[at], dosage, i});
        if (shown.split)
            ++(dosage ? shown.split->people[*dosage] : shown.split->withoutGenotype);
    }
}

QString summaryOf(const GeneReport& report) {
    if (report.complete)
        return QStringLiteral("%1, %2, n = %3")
            .arg(correlationText(report), pText(report.pearson.p), countText(report.pearson.n));
    // r over some of the people would say something else every second.
    const auto measured =
        std::count_if(report.people.begin(), report.people.end(),
                      [](const PersonResult& person) { return person.observed.has_value(); });
    return QStringLiteral("%1 of %2 people so far").arg(countText(report.pearson.n), countText(measured));
}

QStringList nullLines(const GeneReport& report) {
    QStringList lines;
    if (report.calibratedNull && !report.calibratedNull->testable)
        return {QStringLiteral("null not testable: all random predictors have the same |r|")};
    if (const auto& test = report.publishedNull)
        lines << QStringLiteral("null of %1 random predictors, as published: %2")
                     .arg(countText(test->predictors), pText(test->publishedP));
    if (const auto& test = report.calibratedNull) {
        lines << QStringLiteral("null of %1: %2 calibrated")
                     .arg(countText(test->predictors), pText(test->calibratedP));
        if (test->empiricalP) {
            const QString rank = rankPText(test->empiricalP, test->predictors);
            lines.last() += QStringLiteral(", p %1 empirical")
                                .arg(rank.startsWith(u'≤') ? rank : QStringLiteral("= ") + rank);
        }
    }
    return lines;
}

} // namespace

ObservedPredicted observedPredicted(const GeneReport& report, std::optional<size_t> variant) {
    ObservedPredicted shown;
    shown.gene = geneText(report.gene);
    shown.title = QStringLiteral("observed and predicted");
    shown.xName = QStringLiteral("observed");
    shown.yName = QStringLiteral("predicted");
    shown.summary = summaryOf(report);
    shown.null = nullLines(report);
    shown.xTitle = withUnit(QStringLiteral("Observed"), unitText(report.observedUnit));
    shown.yTitle = withUnit(QStringLiteral("Predicted"), unitText(report.model.unit));
    if (report.complete && report.pearson.slope && report.pearson.intercept)
        shown.fit = ObservedPredicted::Line{*report.pearson.slope, *report.pearson.intercept};

    const VariantResult* driver = splittingVariant(report, variant);
    if (driver != nullptr) {
        shown.split = splitBy(*driver);
        shown.split->xSlope = driver->eqtl.slope;
        shown.split->undecidable =
            !doubtText(report, static_cast<size_t>(driver - report.variants.data())).isEmpty();
        if (report.complete)
            shown.split->ySlope = slopePerCopy(*driver, predictionsOf(report), report.resolution);
    }
    Eigen::VectorXd observed(static_cast<Eigen::Index>(report.people.size()));
    for (size_t i = 0; i < report.people.size(); ++i)
        observed[static_cast<Eigen::Index>(i)] =
            report.people[i].observed.value_or(std::numeric_limits<double>::quiet_NaN());
    addPeople(report, observed, predictionsOf(report), driver, shown);
    return shown;
}

ObservedPredicted predictedByTwo(const GeneReport& report, const GeneReport& other,
                                 std::optional<size_t> variant) {
    ObservedPredicted shown;
    shown.gene = geneText(report.gene);
    shown.title = QStringLiteral("predictions of two models");
    shown.xName = shownName(other.model.name);
    shown.yName = shownName(report.model.name);
    shown.xTitle = withUnit(QStringLiteral("Predicted by %1").arg(shown.xName), unitText(other.model.unit));
    shown.yTitle = withUnit(QStringLiteral("Predicted by %1").arg(shown.yName), unitText(report.model.unit));
    const Eigen::VectorXd theirs = predictionsOfSame(report, other);
    const Eigen::VectorXd own = predictionsOf(report);
    const VariantResult* split = splittingVariant(report, variant);
    if (split != nullptr) {
        shown.split = splitBy(*split);
        shown.split->xSlope = slopePerCopy(*split, theirs, other.resolution);
        shown.split->ySlope = slopePerCopy(*split, own, report.resolution);
    }
    addPeople(report, theirs, own, split, shown);
    // Predictions that differ by rounding alone are constant, on both sides.
    const Correlation between = pearson(theirs, own, report.resolution);
    const bool varies = pearson(own, theirs, other.resolution).r.has_value();
    shown.summary = QStringLiteral("r = %1 between them, n = %2")
                        .arg(ratioText(varies ? between.r : std::nullopt), countText(between.n));
    if (varies && between.slope && between.intercept)
        shown.fit = ObservedPredicted::Line{*between.slope, *between.intercept};
    return shown;
}

ObservedPredicted sumsAndPredictions(const GeneReport& report, std::optional<size_t> variant) {
    ObservedPredicted shown;
    shown.gene = geneText(report.gene);
    shown.title = QStringLiteral("sums of effects and predictions");
    shown.xName = QStringLiteral("sum of effects");
    shown.yName = QStringLiteral("predicted");
    shown.xTitle = withUnit(QStringLiteral("Sum of effects"), unitText(report.model.unit));
    shown.yTitle = withUnit(QStringLiteral("Predicted"), unitText(report.model.unit));
    const Eigen::VectorXd sums = sumsOfEffects(report);
    const Eigen::VectorXd predicted = predictionsOf(report);
    const VariantResult* split = splittingVariant(report, variant);
    if (split != nullptr) {
        shown.split = splitBy(*split);
        shown.split->xSlope = slopePerCopy(*split, sums, ExactValues);
        shown.split->ySlope = slopePerCopy(*split, predicted, report.resolution);
    }
    addPeople(report, sums, predicted, split, shown);
    shown.summary = QStringLiteral("r = %1, n = %2")
                        .arg(ratioText(report.linearR), countText(static_cast<int64_t>(shown.people.size())));
    const Correlation between = pearson(sums, predicted, report.resolution);
    if (report.linearR && between.slope && between.intercept)
        shown.fit = ObservedPredicted::Line{*between.slope, *between.intercept};
    return shown;
}

ObservedPredicted copiesCompared(const GeneReport& report, std::optional<size_t> variant) {
    ObservedPredicted shown;
    shown.gene = geneText(report.gene);
    shown.title = QStringLiteral("the two copies of each person");
    shown.zeroIsEqual = true;
    shown.xName = QStringLiteral("reads");
    shown.yName = QStringLiteral("predicted");
    const VariantResult* split = splittingVariant(report, variant);
    const auto people = static_cast<Eigen::Index>(report.people.size());
    const double unknown = std::numeric_limits<double>::quiet_NaN();
    Eigen::VectorXd ratios = Eigen::VectorXd::Constant(people, unknown);
    Eigen::VectorXd differences = ratios;
    std::vector<int> sides(report.people.size());
    for (size_t i = 0; i < report.people.size(); ++i) {
        const PersonResult& person = report.people[i];
        const auto at = static_cast<Eigen::Index>(i);
        sides[i] = split == nullptr ? 0 : split->genotypes.side(i);
        const int turn = sides[i] == 0 ? 1 : sides[i];
        if (const auto ratio = person.reads ? log2Ratio(*person.reads) : std::nullopt)
            ratios[at] = turn * *ratio;
        differences[at] = turn * (person.haplotype1 - person.haplotype2);
        sides[i] = std::abs(sides[i]); // turned
    }
    QString copies = QStringLiteral("first over second");
    if (split != nullptr) {
        shown.split = splitBy(*split);
        const AllelicChange observed = allelicChange(ratios, sides);
        shown.split->xSlope = observed.mean;
        shown.split->ySlope = allelicChange(differences, sides).mean;
        shown.split->undecidable = !observed.p || *observed.p > ClearP;
        shown.split->copy =
            QString::fromStdString(split->effectAllele); // of an indel, too: "the copy with T"
        copies = QStringLiteral("%1 over other").arg(shown.split->copy);
    }
    shown.xTitle = withUnit(QStringLiteral("Reads, ") + copies, unitText("log2 ratio"));
    shown.yTitle = withUnit(QStringLiteral("Predicted difference"), unitText(report.model.unit));
    addPeople(report, ratios, differences, split, shown);
    if (!report.allelic)
        return shown;
    const AllelicImbalance& allelic = *report.allelic;
    shown.summary = QStringLiteral("r = %1, %2, n = %3")
                        .arg(ratioText(allelic.r), pText(allelic.p), countText(allelic.n));
    if (allelic.decided > 0)
        shown.summary += QStringLiteral(" · same copy in %1 of %2")
                             .arg(countText(allelic.agreeing), countText(allelic.decided));
    if (report.complete && allelic.slope)
        shown.fit = ObservedPredicted::Line{*allelic.slope, 0};
    return shown;
}

} // namespace diploscope::ui
