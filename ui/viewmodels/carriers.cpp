// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/carriers.h"

#include "viewmodels/counted_text.h"
#include "viewmodels/effect_text.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"
#include "viewmodels/snv_details.h"

#include <cmath>
#include <limits>

namespace diploscope::ui {
namespace {

constexpr double notKnown = std::numeric_limits<double>::quiet_NaN();

Eigen::VectorXd dosagesOf(const VariantResult& variant) {
    Eigen::VectorXd dosages(static_cast<Eigen::Index>(variant.genotypes.people()));
    for (Eigen::Index i = 0; i < dosages.size(); ++i) {
        const uint8_t copies = variant.genotypes.copies(static_cast<size_t>(i));
        dosages[i] = copies == SnvGenotypes::NoGenotype ? notKnown : copies;
    }
    return dosages;
}

/// Of people for whom both are known.
struct BothValues {
    Eigen::VectorXd observed, predicted;
};
BothValues valuesOf(const GeneReport& report) {
    const auto people = static_cast<Eigen::Index>(report.people.size());
    BothValues values{Eigen::VectorXd::Constant(people, notKnown),
                      Eigen::VectorXd::Constant(people, notKnown)};
    for (Eigen::Index i = 0; i < people; ++i) {
        const PersonResult& person = report.people[static_cast<size_t>(i)];
        if (!person.observed || !std::isfinite(*person.observed) || !std::isfinite(person.predicted))
            continue;
        values.observed[i] = *person.observed;
        values.predicted[i] = person.predicted;
    }
    return values;
}

Carriers framed(const GeneReport& report, const VariantResult& variant) {
    Carriers shown;
    shown.gene = geneText(report.gene);
    shown.variant = variantWithAlleles(variant);
    shown.genotypes = genotypesOf(variant);
    shown.caption = QStringLiteral("Means by genotype, 95 % intervals");
    if (!report.complete)
        shown.caption += QStringLiteral(", scores so far");
    shown.observed.title = withUnit(QStringLiteral("Observed"), unitText(report.observedUnit));
    shown.predicted.title = withUnit(QStringLiteral("Predicted"), unitText(report.model.unit));
    return shown;
}

/// The line over the genotypes that there are.
Carriers::Series seriesOf(const GenotypeMeans& means) {
    Carriers::Series series{means.groups, {}};
    if (!means.slope || !means.intercept)
        return series;
    for (size_t copies = 0; copies < 3; ++copies)
        if (means.groups[copies].mean)
            series.line.emplace_back(copies, *means.intercept + *means.slope * double(copies));
    return series;
}

std::vector<Carriers::Series> seriesOf(const GenotypePairMeans& means) {
    std::vector<Carriers::Series> all(3);
    for (size_t b = 0; b < 3; ++b)
        for (size_t a = 0; a < 3; ++a) {
            all[b].means[a] = means[a][b];
            if (means[a][b].mean)
                all[b].line.emplace_back(a, *means[a][b].mean);
        }
    return all;
}

int64_t countOf(const Carriers::Measure& measure) {
    int64_t people = 0;
    for (const Carriers::Series& series : measure.series)
        for (const GroupMean& group : series.means)
            people += group.n;
    return people;
}

void sayWhetherEmpty(const GeneReport& report, Carriers& shown) {
    if (countOf(shown.observed) == 0)
        shown.empty = report.complete
                          ? QStringLiteral("Nobody has a genotype, an observed expression and a prediction.")
                          : QStringLiteral("Nobody is predicted yet.");
}

QString meanText(const GroupMean& group) {
    return group.interval ? effectText(group.mean) + QLatin1Char(' ') +
                                bracketText(effectText(group.interval->low), effectText(group.interval->high))
                          : effectText(group.mean);
}

Carriers noCarriers(const GeneReport& report, const QString& why) {
    Carriers none;
    none.gene = geneText(report.gene);
    none.empty = why;
    return none;
}

std::optional<size_t> secondDriver(const GeneReport& report, size_t first) {
    for (const DriverResult& driver : report.drivers)
        if (driver.variant != first)
            return driver.variant;
    return std::nullopt;
}

} // namespace

QString Carriers::groupText(size_t copies, size_t series) const {
    const GroupMean& group = observed.series[series].means[copies];
    return QStringLiteral("%1: %2, observed %3, predicted %4")
        .arg(second.isEmpty() ? genotypes[copies]
                              : genotypes[copies] + QStringLiteral(", ") + secondGenotypes[series],
             countedText(group.n, counted::people), meanText(group),
             meanText(predicted.series[series].means[copies]));
}

QString shortGenotype(const QString& genotype) {
    return genotype.section(QLatin1Char(' '), 0, 0);
}

Carriers carriers(const GeneReport& report, std::optional<size_t> variant) {
    const std::optional<size_t> index = variant ? variant : mainDriver(report);
    if (!index || report.variants[*index].genotypes.people() != report.people.size()) {
        return noCarriers(report, QStringLiteral("No SNV is selected, and the gene has no driver."));
    }
    Carriers shown = framed(report, report.variants[*index]);
    const Eigen::VectorXd dosages = dosagesOf(report.variants[*index]);
    const BothValues values = valuesOf(report);
    shown.observed.series = {seriesOf(genotypeMeans(dosages, values.observed))};
    shown.predicted.series = {seriesOf(genotypeMeans(dosages, values.predicted, report.resolution))};
    shown.summary = snvDetails(report, *index).verdict;
    sayWhetherEmpty(report, shown);
    return shown;
}

Carriers carriersOfTwo(const GeneReport& report, std::optional<size_t> first, std::optional<size_t> second) {
    if (!first)
        first = mainDriver(report);
    if (first && !second)
        second = secondDriver(report, *first);
    if (!first || !second || report.variants[*first].genotypes.people() != report.people.size() ||
        report.variants[*second].genotypes.people() != report.people.size()) {
        return noCarriers(report, QStringLiteral("Two SNVs are needed, and the gene has fewer drivers."));
    }
    Carriers shown = framed(report, report.variants[*first]);
    shown.second = variantWithAlleles(report.variants[*second]);
    shown.secondGenotypes = genotypesOf(report.variants[*second]);
    const Eigen::VectorXd a = dosagesOf(report.variants[*first]);
    const Eigen::VectorXd b = dosagesOf(report.variants[*second]);
    const BothValues values = valuesOf(report);
    shown.observed.series = seriesOf(genotypePairMeans(a, b, values.observed));
    shown.predicted.series = seriesOf(genotypePairMeans(a, b, values.predicted));
    shown.summary = QStringLiteral("n = ") + countText(countOf(shown.observed));
    sayWhetherEmpty(report, shown);
    return shown;
}

} // namespace diploscope::ui
