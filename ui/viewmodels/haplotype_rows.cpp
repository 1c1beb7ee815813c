// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/haplotype_rows.h"

#include "sequence/snv_panel.h"
#include "stats/haplotype_order.h"
#include "viewmodels/effect_text.h"
#include "viewmodels/gene_text.h"
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
    const uint8_t allele = shown.report->variants[*shown.sortedBy].haplotypes[haplotype];
    return allele == Snv::NoAllele ? notKnown : allele;
}

QString alleleText(const VariantResult& variant, uint8_t allele) {
    switch (allele) {
    case 0:
        return QStringLiteral("%1 (REF)").arg(QString::fromStdString(variant.ref));
    case 1:
        return QStringLiteral("%1 (ALT)").arg(QString::fromStdString(variant.alt));
    case Snv::OtherAllele:
        return QObject::tr("another allele");
    default:
        return QObject::tr("no genotype");
    }
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
    auto shown = std::make_shared<HaplotypeRows>();
    shown->report = report;
    shown->order = order;
    const size_t haplotypes = 2 * report->people.size();
    std::vector<std::span<const uint8_t>> carried;
    for (size_t v = 0; v < report->variants.size(); ++v) {
        const VariantResult& variant = report->variants[v];
        if (variant.haplotypes.size() != haplotypes || haplotypes == 0)
            continue;
        if (order == RowOrder::SelectedSnv && selected == v)
            shown->sortedBy = v;
        shown->variants.push_back(v);
        shown->positions.push_back(static_cast<double>(variant.position + 1));
        carried.emplace_back(variant.haplotypes);
    }
    shown->title = QObject::tr("haplotypes, by %1").arg(titleOf(order));
    if (order == RowOrder::SelectedSnv)
        shown->title = QObject::tr("haplotypes, by %1")
                           .arg(shown->sortedBy ? variantText(report->variants[*shown->sortedBy])
                                                : titleOf(RowOrder::Similarity));
    if (carried.empty())
        return std::shared_ptr<const HaplotypeRows>(shown);
    DS_TRY(context.checkpoint());
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
    shown->alleles.reserve(carried.size() * haplotypes);
    for (const std::span<const uint8_t> column : carried)
        for (const size_t h : sorted.order)
            shown->alleles.push_back(column[h]);
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
        lines << QStringLiteral("%1: %2").arg(variantText(variant),
                                              alleleText(variant, shown.column(*snv)[row]));
    }
    QString html = personToolTip(*shown.report, at.person);
    for (const QString& line : lines)
        html += QStringLiteral("<br>") + line.toHtmlEscaped();
    return html;
}

} // namespace diploscope::ui
