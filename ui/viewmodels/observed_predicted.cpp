// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/observed_predicted.h"

#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"
#include "viewmodels/snv_details.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace diploscope::ui {
namespace {

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
    return variant.dosages.size() == report.people.size() ? &variant : nullptr;
}

std::optional<double> predictedSlope(const GeneReport& report, const VariantResult& variant) {
    const auto people = static_cast<Eigen::Index>(report.people.size());
    Eigen::VectorXd dosage(people);
    Eigen::VectorXd predicted(people);
    for (Eigen::Index i = 0; i < people; ++i) {
        const uint8_t copies = variant.dosages[static_cast<size_t>(i)];
        dosage[i] = copies == VariantResult::NoGenotype ? std::numeric_limits<double>::quiet_NaN() : copies;
        predicted[i] = report.people[static_cast<size_t>(i)].predicted;
    }
    return pearson(dosage, predicted, report.resolution).slope;
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
    shown.summary = summaryOf(report);
    shown.null = nullLines(report);
    shown.xTitle = withUnit(QStringLiteral("Observed"), unitText(report.observedUnit));
    shown.yTitle = withUnit(QStringLiteral("Predicted"), unitText(report.model.unit));
    if (report.complete && report.pearson.slope && report.pearson.intercept)
        shown.fit = ObservedPredicted::Line{*report.pearson.slope, *report.pearson.intercept};

    const VariantResult* driver = splittingVariant(report, variant);
    if (driver != nullptr) {
        shown.split = splitBy(*driver);
        shown.split->observedSlope = driver->eqtl.slope;
        shown.split->undecidable =
            !doubtText(report, static_cast<size_t>(driver - report.variants.data())).isEmpty();
        if (report.complete)
            shown.split->predictedSlope = predictedSlope(report, *driver);
    }
    shown.people.reserve(report.people.size());
    for (size_t i = 0; i < report.people.size(); ++i) {
        const PersonResult& person = report.people[i];
        if (!person.observed || !std::isfinite(*person.observed) || !std::isfinite(person.predicted))
            continue;
        std::optional<uint8_t> dosage;
        if (driver != nullptr && driver->dosages[i] != VariantResult::NoGenotype)
            dosage = std::min<uint8_t>(driver->dosages[i], 2);
        shown.people.push_back(
            {QString::fromStdString(person.sample), *person.observed, person.predicted, dosage, i});
        if (shown.split)
            ++(dosage ? shown.split->people[*dosage] : shown.split->withoutGenotype);
    }
    return shown;
}

} // namespace diploscope::ui
