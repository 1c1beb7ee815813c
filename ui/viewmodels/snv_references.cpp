// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/snv_references.h"

#include "analysis/gene_statistics.h"
#include "study/study.h"
#include "viewmodels/effect_text.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"

#include <QObject>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace diploscope::ui {

bool SnvReferences::isPinned(const Variant& variant) const {
    return std::find(pinned.begin(), pinned.end(), variant) != pinned.end();
}

SnvReferences withPinned(SnvReferences references, const Variant& variant, bool pinned) {
    if (references.isPinned(variant) == pinned)
        return references;
    if (!pinned)
        std::erase(references.pinned, variant);
    else if (references.pinned.size() < SnvReferences::MostPinned)
        references.pinned.push_back(variant);
    return references;
}

SnvReferences withGiven(SnvReferences references, const std::optional<Variant>& given) {
    references.given = given;
    return references;
}

std::optional<double> Linkage::r2(size_t variant) const {
    return variant < r.size() && r[variant] ? std::optional(*r[variant] * *r[variant]) : std::nullopt;
}

Linkage linkageWith(const GeneReport& report, size_t reference) {
    Linkage linkage{report.variants[reference], std::vector<std::optional<double>>(report.variants.size())};
    std::vector<size_t> columns;
    for (size_t v = 0; v < report.variants.size(); ++v)
        if (report.isGenotyped(v))
            columns.push_back(v);
    const auto at = std::find(columns.begin(), columns.end(), reference);
    if (at == columns.end())
        return linkage;
    const auto r = ldWith(report.dosages(columns), at - columns.begin());
    for (size_t c = 0; c < columns.size(); ++c)
        linkage.r[columns[c]] = r[c];
    return linkage;
}

std::optional<StrongestLinkage> strongestLinkage(const Linkages& linkages, size_t variant) {
    std::optional<StrongestLinkage> strongest;
    for (size_t i = 0; i < linkages.size(); ++i)
        if (const auto r2 = linkages[i].r2(variant); r2 && (!strongest || *r2 > strongest->r2))
            strongest = StrongestLinkage{i, *r2};
    return strongest;
}

std::vector<size_t> linkageReferences(const GeneReport& report, const SnvReferences& references,
                                      std::optional<size_t> selected) {
    std::vector<size_t> found;
    for (const Variant& variant : references.pinned)
        if (const std::optional<size_t> at = report.find(variant); at && report.isGenotyped(*at))
            found.push_back(*at);
    if (!found.empty())
        return found;
    if (const std::optional<size_t> one = selected ? selected : leadOf(report))
        found.push_back(*one);
    return found;
}

std::optional<size_t> givenVariant(const GeneReport& report, const SnvReferences& references) {
    const std::optional<size_t> at = references.given ? report.find(*references.given) : std::nullopt;
    return at && report.isGenotyped(*at) ? at : std::nullopt;
}

EqtlGiven eqtlGiven(const GeneReport& report, const Study& study, size_t given) {
    return {report.variants[given], effectsGiven(report, study.covariates(), given)};
}

QString referencesToolTip(const GeneReport& report, size_t variant, const Linkages* linkages,
                          const EqtlGiven* given) {
    QStringList lines;
    const auto nameOf = [&report](const Variant& reference) {
        const std::optional<size_t> at = report.find(reference);
        return at ? variantText(report.variants[*at]) : QString::fromStdString(toText(reference));
    };
    if (linkages != nullptr)
        for (const Linkage& linkage : *linkages)
            if (const auto r2 = linkage.r2(variant); r2 && linkage.reference != report.variants[variant])
                lines << QObject::tr("LD with %1: r² %2, r %3")
                             .arg(nameOf(linkage.reference), ratioText(r2), ratioText(linkage.r[variant]));
    if (given != nullptr && variant < given->effects.size()) {
        const EqtlEffect& left = given->effects[variant];
        lines << (given->given == report.variants[variant]
                      ? QObject::tr("eQTL effects are given this one")
                      : QObject::tr("eQTL slope given %1: ").arg(nameOf(given->given)) +
                            (left.slope ? effectText(left.slope) + QStringLiteral(" ± ") +
                                              effectText(left.se) + QStringLiteral(", ") + pText(left.p)
                                        : QObject::tr("nothing is left")));
    }
    QString html;
    for (const QString& line : lines)
        html += QStringLiteral("<br>") + line.toHtmlEscaped();
    return html;
}

} // namespace diploscope::ui
