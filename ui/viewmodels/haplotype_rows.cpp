// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/haplotype_rows.h"

#include "stats/haplotype_order.h"
#include "viewmodels/effect_text.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/language.h"
#include "viewmodels/number_text.h"
#include "viewmodels/snv_details.h"

#include <QObject>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <limits>

namespace diploscope::ui {
namespace {

constexpr double notKnown = -std::numeric_limits<double>::infinity();

/// What a haplotype (2 person + 0 or 1) is sorted by: larger is higher.
double heightOf(const HaplotypeRows& shown, size_t haplotype) {
    const PersonResult& person = shown.report->people[haplotype / 2];
    switch (shown.order) {
    case RowOrder::Similarity:
        return 0;
    case RowOrder::Prediction: {
        const double score = haplotype % 2 == 0 ? person.haplotype1 : person.haplotype2;
        return std::isnan(score) ? notKnown : score;
    }
    case RowOrder::Expression:
        return person.observed.value_or(notKnown);
    case RowOrder::SelectedSnv:
        break;
    }
    if (!shown.sortedBy)
        return 0;
    const HaplotypeAllele allele = shown.report->variants[*shown.sortedBy].genotypes.haplotype(haplotype);
    return allele == HaplotypeAllele::Missing ? notKnown : static_cast<double>(allele);
}

QString alleleText(const VariantResult& variant, HaplotypeAllele allele) {
    switch (allele) {
    case HaplotypeAllele::Reference:
        return QStringLiteral("%1 (REF)").arg(QString::fromStdString(variant.ref));
    case HaplotypeAllele::Alternate:
        return QStringLiteral("%1 (ALT)").arg(QString::fromStdString(variant.alt));
    case HaplotypeAllele::Other:
        return QObject::tr("another allele");
    case HaplotypeAllele::Missing:
        break;
    }
    return QObject::tr("no genotype");
}

QString noteOn(const GeneReport& report, bool clustered) {
    QStringList notes;
    if (!clustered)
        notes << QObject::tr("too many for a tree: sorted from the first SNV on");
    if (report.genotypes.unphasedHeterozygotes > 0)
        notes << QObject::tr("some genotypes are unphased, as listed");
    return notes.join(QStringLiteral(", "));
}

} // namespace

Result<std::shared_ptr<const HaplotypeRows>> haplotypeRows(const std::shared_ptr<const GeneReport>& report,
                                                           RowOrder order, std::optional<size_t> selected,
                                                           const RunContext& context,
                                                           std::shared_ptr<const HaplotypeOrder> similarity) {
    const EnglishTexts english; // it is drawn
    auto shown = std::make_shared<HaplotypeRows>();
    shown->report = report;
    shown->order = order;
    const size_t haplotypes = 2 * report->people.size();
    for (size_t v = 0; v < report->variants.size(); ++v) {
        const VariantResult& variant = report->variants[v];
        if (variant.genotypes.people() != report->people.size() || haplotypes == 0)
            continue;
        if (order == RowOrder::SelectedSnv && selected == v)
            shown->sortedBy = v;
        shown->variants.push_back(v);
        shown->positions.push_back(static_cast<double>(variant.position + 1));
    }
    shown->title = QObject::tr("haplotypes, by %1").arg(titleOf(order));
    if (order == RowOrder::SelectedSnv)
        shown->title = QObject::tr("haplotypes, by %1")
                           .arg(shown->sortedBy ? variantText(report->variants[*shown->sortedBy])
                                                : titleOf(RowOrder::Similarity));
    if (shown->variants.empty())
        return std::shared_ptr<const HaplotypeRows>(shown);
    DS_TRY(context.checkpoint());
    shown->alleles.reserve(shown->variants.size() * haplotypes);
    for (const size_t v : shown->variants)
        for (size_t h = 0; h < haplotypes; ++h)
            shown->alleles.push_back(static_cast<uint8_t>(report->variants[v].genotypes.haplotype(h)));
    std::vector<std::span<const uint8_t>> carried;
    for (size_t snv = 0; snv < shown->variants.size(); ++snv)
        carried.emplace_back(shown->alleles.data() + snv * haplotypes, haplotypes);
    if (!similarity)
        similarity = std::make_shared<const HaplotypeOrder>(similarityOrder(carried, haplotypes));
    shown->similarity = similarity;
    HaplotypeOrder sorted = *similarity;
    DS_TRY(context.checkpoint());
    shown->note = noteOn(*report, sorted.clustered);
    std::vector<double> heights(haplotypes);
    for (size_t h = 0; h < haplotypes; ++h)
        heights[h] = heightOf(*shown, h);
    std::stable_sort(sorted.order.begin(), sorted.order.end(),
                     [&heights](size_t a, size_t b) { return heights[a] < heights[b]; });
    for (const size_t h : sorted.order)
        shown->rows.push_back({h / 2, static_cast<int>(h % 2)});
    std::vector<uint8_t> unsorted;
    for (size_t snv = 0; snv < shown->variants.size(); ++snv) {
        uint8_t* column = shown->alleles.data() + snv * haplotypes;
        unsorted.assign(column, column + haplotypes);
        for (size_t row = 0; row < haplotypes; ++row)
            column[row] = unsorted[sorted.order[row]];
    }
    shown->hasUnclear =
        std::any_of(shown->alleles.begin(), shown->alleles.end(), [](uint8_t allele) { return allele > 1; });
    return std::shared_ptr<const HaplotypeRows>(shown);
}

QString haplotypeToolTip(const HaplotypeRows& shown, size_t row, std::optional<size_t> snv) {
    const HaplotypeRows::Row& at = shown.rows[row];
    QStringList lines{QObject::tr("haplotype %1").arg(at.haplotype + 1)};
    const PersonResult& person = shown.report->people[at.person];
    const double score = at.haplotype == 0 ? person.haplotype1 : person.haplotype2;
    lines << QObject::tr("its prediction %1").arg(std::isnan(score) ? undefinedText() : effectText(score));
    if (snv) {
        const VariantResult& variant = shown.report->variants[shown.variants[*snv]];
        lines << QStringLiteral("%1: %2").arg(
            variantText(variant), alleleText(variant, static_cast<HaplotypeAllele>(shown.column(*snv)[row])));
    }
    QString html = personToolTip(*shown.report, at.person);
    for (const QString& line : lines)
        html += QStringLiteral("<br>") + line.toHtmlEscaped();
    return html;
}

} // namespace diploscope::ui
