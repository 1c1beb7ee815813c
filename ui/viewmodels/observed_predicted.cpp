// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/observed_predicted.h"

#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"

#include <algorithm>
#include <cmath>

namespace diploscope::ui {
namespace {

ObservedPredicted::Split splitBy(const VariantResult& variant) {
    ObservedPredicted::Split split;
    const QString effect = QString::fromStdString(variant.effectAllele);
    const QString other = otherAllele(variant);
    if (effect.size() == 1 && other.size() == 1) {
        split.variant = QStringLiteral("%1 %2/%3").arg(variantText(variant), other, effect);
        split.genotypes = {other + other, other + effect, effect + effect};
    } else {
        // Written out, the genotypes of an indel would not fit any legend.
        split.variant = variantText(variant);
        split.genotypes = {QStringLiteral("0 copies"), QStringLiteral("1 copy"), QStringLiteral("2 copies")};
    }
    return split;
}

/// \return null where there is none, or nobody's genotype is known
const VariantResult* splittingVariant(const GeneReport& report, std::optional<size_t> chosen) {
    if (chosen && *chosen < report.variants.size()) {
        const VariantResult& variant = report.variants[*chosen];
        return variant.dosages.size() == report.people.size() ? &variant : nullptr;
    }
    const auto found = std::find_if(report.drivers.begin(), report.drivers.end(),
                                    [](const DriverResult& driver) { return driver.driver.main; });
    if (found == report.drivers.end())
        return nullptr;
    const VariantResult& variant = report.variants[found->variant];
    return variant.dosages.size() == report.people.size() ? &variant : nullptr;
}

/// Over everybody whose prediction is there.
std::optional<double> predictedSlope(const GeneReport& report, const VariantResult& variant) {
    const auto people = static_cast<Eigen::Index>(report.people.size());
    Eigen::VectorXd dosage(people);
    Eigen::VectorXd predicted(people);
    for (Eigen::Index i = 0; i < people; ++i) {
        dosage[i] = variant.dosages[static_cast<size_t>(i)];
        predicted[i] = report.people[static_cast<size_t>(i)].predicted;
    }
    return pearson(dosage, predicted).slope;
}

} // namespace

ObservedPredicted observedPredicted(const GeneReport& report, std::optional<size_t> variant) {
    ObservedPredicted shown;
    shown.gene = geneText(report.gene);
    shown.summary =
        QStringLiteral("r = %1, %2, n = %3")
            .arg(ratioText(report.pearson.r), pText(report.pearson.p), countText(report.pearson.n));
    shown.xTitle = withUnit(QStringLiteral("Observed"), unitText(report.observedUnit));
    shown.yTitle = withUnit(QStringLiteral("Predicted"), unitText(report.model.unit));
    if (report.pearson.slope && report.pearson.intercept)
        shown.fit = ObservedPredicted::Line{*report.pearson.slope, *report.pearson.intercept};

    const VariantResult* driver = splittingVariant(report, variant);
    if (driver != nullptr) {
        shown.split = splitBy(*driver);
        shown.split->observedSlope = driver->eqtl.slope;
        shown.split->predictedSlope = predictedSlope(report, *driver);
    }
    shown.people.reserve(report.people.size());
    for (size_t i = 0; i < report.people.size(); ++i) {
        const PersonResult& person = report.people[i];
        if (!person.observed || !std::isfinite(*person.observed) || !std::isfinite(person.predicted))
            continue;
        const uint8_t dosage = driver != nullptr ? std::min<uint8_t>(driver->dosages[i], 2) : uint8_t{0};
        shown.people.push_back(
            {QString::fromStdString(person.sample), *person.observed, person.predicted, dosage, i});
        if (shown.split)
            ++shown.split->people[dosage];
    }
    return shown;
}

} // namespace diploscope::ui
