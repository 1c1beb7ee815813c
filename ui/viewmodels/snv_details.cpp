// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/snv_details.h"

#include "viewmodels/effect_text.h"
#include "viewmodels/gene_summary.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"

#include <QStringList>

#include <algorithm>
#include <cmath>
#include <limits>

namespace diploscope::ui {
namespace {

const QString dot = QStringLiteral(" · ");

std::array<QString, 3> genotypesOf(const VariantResult& variant) {
    const QString effect = QString::fromStdString(variant.effectAllele);
    const QString other = otherAllele(variant);
    return {other + other, other + effect, effect + effect};
}

struct Spread {
    double lowest = std::numeric_limits<double>::infinity();
    double highest = -std::numeric_limits<double>::infinity();
    void add(double value) {
        lowest = std::min(lowest, value);
        highest = std::max(highest, value);
    }
    [[nodiscard]] double share(double value) const {
        return highest > lowest ? (value - lowest) / (highest - lowest) : 0.5;
    }
};

std::array<SnvDetails::Group, 3> groupsOf(const GeneReport& report, const VariantResult& variant) {
    std::array<SnvDetails::Group, 3> groups;
    const auto genotypes = genotypesOf(variant);
    for (size_t dosage = 0; dosage < 3; ++dosage)
        groups[dosage].genotype = genotypes[dosage];
    if (variant.dosages.size() != report.people.size())
        return groups;
    std::array<double, 3> observed{};
    std::array<double, 3> predicted{};
    std::array<int, 3> measured{};
    Spread observedSpread;
    Spread predictedSpread;
    for (size_t i = 0; i < report.people.size(); ++i) {
        const PersonResult& person = report.people[i];
        const size_t dosage = std::min<size_t>(variant.dosages[i], 2);
        ++groups[dosage].people;
        if (!person.observed || !std::isfinite(*person.observed) || !std::isfinite(person.predicted))
            continue;
        ++measured[dosage];
        observed[dosage] += *person.observed;
        predicted[dosage] += person.predicted;
        observedSpread.add(*person.observed);
        predictedSpread.add(person.predicted);
    }
    for (size_t dosage = 0; dosage < 3; ++dosage) {
        if (measured[dosage] == 0)
            continue;
        auto& group = groups[dosage];
        group.observed = observed[dosage] / measured[dosage];
        group.predicted = predicted[dosage] / measured[dosage];
        group.observedShare = observedSpread.share(*group.observed);
        group.predictedShare = predictedSpread.share(*group.predicted);
    }
    return groups;
}

QString placeOf(const VariantResult& variant) {
    return QStringLiteral("%1:%2 %3→%4")
        .arg(QString::fromStdString(variant.chrom), countText(variant.position + 1),
             QString::fromStdString(variant.ref), QString::fromStdString(variant.alt));
}

QString effectsOf(const VariantResult& variant) {
    QString text = QStringLiteral("ISM ") + effectText(variant.ism);
    if (variant.ismSpread)
        text += QStringLiteral(" ± ") + effectText(*variant.ismSpread);
    if (variant.gradient)
        text += dot + QStringLiteral("gradient ") + effectText(*variant.gradient);
    text += dot + QStringLiteral("slope ") + effectText(variant.eqtl.slope);
    if (variant.eqtl.se)
        text += QStringLiteral(" ± ") + effectText(variant.eqtl.se);
    if (variant.eqtl.p)
        text += dot + pText(variant.eqtl.p);
    return text;
}

QString line(const QString& text) {
    return QStringLiteral("<br>") + text.toHtmlEscaped();
}

} // namespace

Verdict signVerdict(const VariantResult& variant) {
    if (!variant.eqtl.slope || !std::isfinite(variant.ism) || variant.ism == 0 || *variant.eqtl.slope == 0)
        return Verdict::Undefined;
    return (variant.ism > 0) == (*variant.eqtl.slope > 0) ? Verdict::Supported : Verdict::Unsupported;
}

QString signWords(const VariantResult& variant) {
    if (!std::isfinite(variant.ism))
        return QStringLiteral("the model's effect is not known yet");
    if (!variant.eqtl.slope)
        return QStringLiteral("the observed effect is undefined: no verdict");
    if (variant.ism == 0)
        return QStringLiteral("the model sees no effect: no verdict");
    if (*variant.eqtl.slope == 0)
        return QStringLiteral("no observed effect: no verdict");
    const auto moves = [](double effect) {
        return effect > 0 ? QStringLiteral("rises") : QStringLiteral("falls");
    };
    QString words = signVerdict(variant) == Verdict::Supported
                        ? QStringLiteral("observed and predicted both %1: right sign")
                              .arg(variant.ism > 0 ? QStringLiteral("rise") : QStringLiteral("fall"))
                        : QStringLiteral("observed %1, predicted %2: wrong sign")
                              .arg(moves(*variant.eqtl.slope), moves(variant.ism));
    if (variant.eqtl.p && *variant.eqtl.p >= clearP)
        words += QStringLiteral(", but the observed effect is not clear");
    return words;
}

SnvDetails snvDetails(const GeneReport& report, size_t index) {
    const VariantResult& variant = report.variants[index];
    SnvDetails details;
    details.name = variantText(variant);
    details.place = placeOf(variant);
    details.facts = QStringLiteral("MAF %1").arg(fixedText(variant.maf, variant.maf < 0.01 ? 4 : 2)) + dot +
                    countedText(variant.carriers, QStringLiteral("carrier"), QStringLiteral("carriers")) +
                    dot + distanceText(variant.distanceToTss) + QStringLiteral(" from TSS");
    details.effects = effectsOf(variant);
    for (const DriverResult& driver : report.drivers)
        if (driver.variant == index)
            details.driver =
                QStringLiteral("%1, gain %2")
                    .arg(driver.driver.main ? QStringLiteral("main driver") : QStringLiteral("driver"),
                         percentText(driver.driver.gain));
    details.sign = signVerdict(variant);
    details.verdict = signWords(variant);
    details.groups = groupsOf(report, variant);
    return details;
}

QString snvToolTip(const GeneReport& report, size_t index) {
    const VariantResult& variant = report.variants[index];
    QString html = QStringLiteral("<b>%1</b>").arg(variantText(variant).toHtmlEscaped()) +
                   line(placeOf(variant)) +
                   line(QStringLiteral("MAF ") + fixedText(variant.maf, variant.maf < 0.01 ? 4 : 2) + dot +
                        distanceText(variant.distanceToTss) + QStringLiteral(" from TSS")) +
                   line(effectsOf(variant));
    for (const DriverResult& driver : report.drivers)
        if (driver.variant == index)
            html += line(QStringLiteral("driver, gain %1: %2")
                             .arg(percentText(driver.driver.gain), signWords(variant)));
    return html;
}

QString personText(const GeneReport& report, size_t index, std::optional<size_t> variant) {
    const PersonResult& person = report.people[index];
    QStringList parts{QString::fromStdString(person.sample)};
    if (variant && *variant < report.variants.size() && index < report.variants[*variant].dosages.size()) {
        const VariantResult& snv = report.variants[*variant];
        parts << genotypesOf(snv)[std::min<size_t>(snv.dosages[index], 2)];
    }
    parts << QStringLiteral("observed ") + effectText(person.observed)
          << QStringLiteral("predicted ") + effectText(person.predicted) +
                 (person.spread ? QStringLiteral(" ± ") + effectText(*person.spread) : QString());
    return parts.join(dot);
}

QString personToolTip(const GeneReport& report, size_t index, std::optional<size_t> variant) {
    QStringList parts = personText(report, index, variant).split(dot);
    QString html = QStringLiteral("<b>%1</b>").arg(parts.takeFirst().toHtmlEscaped());
    for (const QString& part : parts)
        html += line(part);
    return html + line(QStringLiteral("haplotypes %1, %2")
                           .arg(effectText(report.people[index].haplotype1),
                                effectText(report.people[index].haplotype2)));
}

} // namespace diploscope::ui
