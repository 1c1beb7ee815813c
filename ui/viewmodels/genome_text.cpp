// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/genome_text.h"

#include "results/gene_columns.h"
#include "viewmodels/column_text.h"
#include "viewmodels/counted_text.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/language.h"
#include "viewmodels/number_text.h"

#include <QObject>

#include <cmath>

namespace diploscope::ui {

namespace {

std::optional<double> known(const GenomeTable& table, size_t row, std::string_view column) {
    const double value = table.number(row, *table.findColumn(column));
    return std::isnan(value) ? std::nullopt : std::optional(value);
}

QString labelOf(std::string_view column) {
    return titleText(*findGeneColumn(column));
}

QString numberOf(const std::optional<double>& value) {
    return value ? QString::number(*value, 'g', 4).replace(QLatin1Char('-'), QChar(0x2212)) : undefinedText();
}

QString placeOf(const GeneRow& gene) {
    if (gene.chrom.empty() || !gene.tss)
        return {};
    return QStringLiteral("%1:%2 (%3)")
        .arg(QString::fromStdString(gene.chrom), countText(static_cast<int64_t>(*gene.tss)),
             gene.strand == "-" ? QString(QChar(0x2212)) : QStringLiteral("+"));
}

} // namespace

QString nullText(NullChoice null) {
    return null == NullChoice::Published ? QObject::tr("as published") : translated(toText(null));
}

std::vector<HeadlineNumber> headline(const GenomeSummary& summary) {
    std::vector<HeadlineNumber> numbers{
        {countText(summary.genes), summary.genes == 1 ? QObject::tr("gene") : QObject::tr("genes")}};
    if (summary.withR > 0) {
        numbers.push_back({countText(summary.significant),
                           QObject::tr("significant, FDR 0.05, %1").arg(nullText(summary.null))});
        numbers.push_back({countText(summary.significantNegative), QObject::tr("of them anti-correlated")});
    }
    if (summary.notTestable > 0)
        numbers.push_back({countText(summary.notTestable), QObject::tr("not testable")});
    if (summary.meanR)
        numbers.push_back({ratioText(summary.meanR), QObject::tr("mean r")});
    if (summary.predixcan.meanR)
        numbers.push_back({ratioText(summary.predixcan.meanR), QObject::tr("mean r, PrediXcan")});
    if (summary.drivers.drivers > 0)
        numbers.push_back(
            {countText(summary.drivers.drivers),
             QObject::tr("drivers in %1").arg(countedText(summary.drivers.genes, counted::genes))});
    return numbers;
}

QStringList geneToolTip(const GenomeTable& table, size_t row) {
    const GeneRow& gene = table.genes()[row];
    QStringList lines{
        QStringLiteral("<b><i>%1</i></b>  %2")
            .arg(QString::fromStdString(gene.geneName).toHtmlEscaped(), placeOf(gene).toHtmlEscaped())};
    lines << QStringLiteral("r = %1").arg(ratioText(gene.r));
    if (const auto p = known(table, row, "p_null"))
        lines.back() += QObject::tr(" · null p %1").arg(pNumberText(p));
    if (const auto q = known(table, row, "q"))
        lines.back() += QStringLiteral(" · q %1").arg(pNumberText(q));
    if (gene.nullTestable == 0.0)
        lines.back() += QObject::tr(" · not testable");
    else if (known(table, row, "p_null"))
        lines.back() += QStringLiteral(" (%1)").arg(nullText(table.null()));
    if (gene.predixcanR)
        lines << QStringLiteral("PrediXcan r = %1").arg(ratioText(gene.predixcanR));
    if (const auto count = static_cast<int64_t>(gene.driverCount.value_or(0)); count > 0)
        lines << driverCountText(count, supportOf(gene.drivers));
    return lines;
}

std::vector<GeneFacts> geneFacts(const GenomeTable& table, size_t row) {
    const GeneRow& gene = table.genes()[row];
    std::vector<GeneFacts> facts;
    GeneFacts people{QObject::tr("Across people"), {}};
    people.lines.emplace_back(QObject::tr("Pearson r"), ratioText(gene.r));
    if (gene.p)
        people.lines.emplace_back(QObject::tr("its two-sided p"), pNumberText(gene.p));
    people.lines.emplace_back(QStringLiteral("q, %1").arg(nullText(table.null())),
                              pNumberText(known(table, row, "q")));
    for (size_t column = table.ownColumnCount(); column < table.columns().size(); ++column)
        if (const double r = table.number(row, column); !std::isnan(r))
            people.lines.emplace_back(
                QString::fromStdString("r, " + table.columns()[column].name.substr(2)), // r_MODEL
                ratioText(r));
    if (gene.predixcanR)
        people.lines.emplace_back(QObject::tr("r, PrediXcan"), ratioText(gene.predixcanR));
    facts.push_back(std::move(people));

    if (gene.nullMean) {
        GeneFacts null{QObject::tr("Gene-specific null"), {}};
        null.lines.emplace_back(labelOf("null_mean"), numberOf(gene.nullMean));
        null.lines.emplace_back(labelOf("null_sd"), numberOf(gene.nullSd));
        if (gene.nullTestable == 0.0)
            null.lines.emplace_back(QObject::tr("not testable"), QObject::tr("one |r| for all"));
        null.lines.emplace_back(labelOf("p_published"), pNumberText(gene.pPublished));
        null.lines.emplace_back(labelOf("p_calibrated"), pNumberText(gene.pCalibrated));
        if (gene.pEmpirical)
            null.lines.emplace_back(labelOf("p_empirical"), pNumberText(gene.pEmpirical));
        facts.push_back(std::move(null));
    }
    GeneFacts moments{QObject::tr("Expression"), {}};
    moments.lines.emplace_back(labelOf("observed_mean"), numberOf(gene.meanObserved));
    moments.lines.emplace_back(labelOf("observed_sd"), numberOf(gene.sdObserved));
    moments.lines.emplace_back(labelOf("predicted_mean"), numberOf(gene.meanPredicted));
    moments.lines.emplace_back(labelOf("predicted_sd"), numberOf(gene.sdPredicted));
    facts.push_back(std::move(moments));
    if (!gene.fineMapped.empty())
        facts.push_back(
            {QObject::tr("Fine mapping"),
             {{labelOf("fine_mapped"),
               QString::fromStdString(gene.fineMapped).replace(QLatin1Char(' '), QLatin1Char('\n'))}}});
    return facts;
}

} // namespace diploscope::ui
