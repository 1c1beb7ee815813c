// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/linkage_triangle.h"

#include "stats/eqtl.h"
#include "viewmodels/counted_text.h"
#include "viewmodels/language.h"
#include "viewmodels/number_text.h"

#include <QObject>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <limits>

namespace diploscope::ui {
namespace {

QString triangleTitle(const LinkageTriangle& shown) {
    QStringList parts{
        QObject::tr("LD of %1").arg(countedText(static_cast<int64_t>(shown.variants.size()), counted::snvs))};
    if (shown.tooRare > 0)
        parts << QObject::tr("%1 left out").arg(countedText(shown.tooRare, counted::rarerOnes));
    if (shown.poorlyGenotyped > 0)
        parts << QObject::tr("%1 with too few genotypes").arg(countText(shown.poorlyGenotyped));
    return parts.join(QStringLiteral(", "));
}

} // namespace

Result<std::shared_ptr<const LinkageTriangle>>
linkageTriangle(const std::shared_ptr<const GeneReport>& report, double first, double last,
                const RunContext& context) {
    const EnglishTexts english; // it is drawn
    auto shown = std::make_shared<LinkageTriangle>();
    shown->report = report;
    shown->first = first;
    shown->last = last;
    std::vector<size_t>& chosen = shown->variants;
    for (size_t v = 0; v < report->variants.size(); ++v) {
        const auto position = static_cast<double>(report->variants[v].position + 1);
        if (position < first || position > last)
            continue;
        if (report->isGenotyped(v))
            chosen.push_back(v);
        else
            ++shown->poorlyGenotyped;
    }
    if (chosen.size() > LinkageTriangle::MostSnvs) {
        shown->tooRare = static_cast<int64_t>(chosen.size() - LinkageTriangle::MostSnvs);
        std::stable_sort(chosen.begin(), chosen.end(), [&report](size_t a, size_t b) {
            return report->variants[a].maf > report->variants[b].maf;
        });
        chosen.resize(LinkageTriangle::MostSnvs);
        std::sort(chosen.begin(), chosen.end());
    }
    for (const size_t v : chosen)
        shown->positions.push_back(static_cast<double>(report->variants[v].position + 1));
    shown->title = triangleTitle(*shown);
    const Dosages dosages = report->dosages(chosen);
    shown->r2.reserve(chosen.size() * chosen.size());
    for (size_t v = 0; v < chosen.size(); ++v) {
        DS_TRY(context.checkpoint());
        for (const std::optional<double>& r : ldWith(dosages, static_cast<int64_t>(v)))
            shown->r2.push_back(r ? static_cast<float>(*r * *r) : std::numeric_limits<float>::quiet_NaN());
    }
    return std::shared_ptr<const LinkageTriangle>(shown);
}

QString linkageToolTip(const LinkageTriangle& shown, size_t a, size_t b) {
    const VariantResult& one = shown.report->variants[shown.variants[a]];
    const VariantResult& other = shown.report->variants[shown.variants[b]];
    const float r2 = shown.at(a, b);
    const QString names = QStringLiteral("%1 · %2").arg(variantText(one), variantText(other));
    const QString facts = QObject::tr("r² %1, %2 bp apart")
                              .arg(std::isnan(r2) ? undefinedText() : fixedText(r2, 2),
                                   countText(std::abs(other.position - one.position)));
    return QStringLiteral("<b>%1</b><br>%2").arg(names.toHtmlEscaped(), facts.toHtmlEscaped());
}

} // namespace diploscope::ui
