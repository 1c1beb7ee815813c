// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/study_document.h"

#include "analysis/genome_summary.h"
#include "results/gene_columns.h"
#include "viewmodels/column_text.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/genome_text.h"
#include "viewmodels/number_text.h"

#include <algorithm>
#include <cmath>

namespace diploscope::ui {
namespace {

using Genes = std::vector<size_t>; ///< rows of the table

double valueIn(const GenomeTable& table, size_t row, std::string_view column) {
    return table.number(row, *table.findColumn(column));
}

/// Significant genes of one sign of r, the largest |r| first.
Genes significantGenes(const GenomeTable& table, bool negative) {
    Genes rows;
    for (size_t row = 0; row < table.rowCount(); ++row) {
        const std::optional<double>& r = table.genes()[row].r;
        if (r && *r != 0 && (*r < 0) == negative && valueIn(table, row, "q") <= FalseDiscoveryRate)
            rows.push_back(row);
    }
    std::stable_sort(rows.begin(), rows.end(), [&](size_t a, size_t b) {
        return std::abs(*table.genes()[a].r) > std::abs(*table.genes()[b].r);
    });
    return rows;
}

/// The p that `p_null` is, with its logarithm where a double ends.
Cell nullPOf(const GenomeTable& table, const GeneRow& gene) {
    const char* name = table.null() == NullChoice::Published    ? "p_published"
                       : table.null() == NullChoice::Calibrated ? "p_calibrated"
                                                                : "p_empirical";
    for (const auto& column : geneColumns().numbers)
        if (column.name == name)
            return cellOf(column, gene);
    return {};
}

ReportTable geneTable(const GenomeTable& table, const Genes& genes, const QString& caption) {
    const auto titled = [](std::string_view name) { return titleText(*findGeneColumn(name)); };
    ReportTable shown{caption,
                      {{titled("gene_name"), 3},
                       {titled("n_people"), 1.2, true},
                       {titled("pearson_r"), 1.2, true},
                       {QStringLiteral("null p"), 1.4, true},
                       {titled("q"), 1.4, true},
                       {QStringLiteral("drivers"), 5}},
                      {}};
    for (const size_t row : genes) {
        const GeneRow& gene = table.genes()[row];
        const auto drivers = static_cast<int64_t>(gene.driverCount.value_or(0));
        shown.rows.push_back(
            {shownName(gene.geneName.empty() ? gene.geneId : gene.geneName),
             gene.people ? countText(static_cast<int64_t>(*gene.people)) : undefinedText(), ratioText(gene.r),
             cellText(Format::P, nullPOf(table, gene)), cellText(Format::P, valueIn(table, row, "q")),
             gene.driverCount ? driverCountText(drivers, supportOf(gene.drivers)) : undefinedText()});
    }
    return shown;
}

void addGenes(const GenomeTable& table, bool negative, ReportDocument& document) {
    Genes genes = significantGenes(table, negative);
    const QString which = negative ? QStringLiteral("anti-correlated") : QStringLiteral("well predicted");
    document.blocks.emplace_back(
        ReportHeading{negative ? QStringLiteral("Worst genes") : QStringLiteral("Best genes")});
    if (genes.empty()) {
        document.blocks.emplace_back(
            ReportParagraph{QStringLiteral("No gene is significantly %1 (FDR 0.05, null %2).")
                                .arg(negative ? which : QStringLiteral("and positively correlated"),
                                     nullText(table.null()))});
        return;
    }
    const auto all = static_cast<int64_t>(genes.size());
    genes.resize(std::min(genes.size(), listedGenes));
    document.blocks.emplace_back(geneTable(
        table, genes,
        QStringLiteral("%1 of %2 with %3 r, the largest |r| first (FDR 0.05, null %4).")
            .arg(countText(static_cast<int64_t>(genes.size())),
                 countedText(all, QStringLiteral("significant gene"), QStringLiteral("significant genes")),
                 negative ? QStringLiteral("negative") : QStringLiteral("positive"),
                 nullText(table.null()))));
}

ReportTable headlineTable(const GenomeSummary& summary) {
    ReportTable table{{}, {{QStringLiteral("number"), 1, true}, {QStringLiteral("of what"), 5}}, {}};
    for (const HeadlineNumber& number : headline(summary))
        table.rows.push_back({number.number, number.caption});
    const auto add = [&](const QString& number, const QString& what) {
        table.rows.push_back({number, what});
    };
    if (summary.smallestR && summary.largestR) {
        add(ratioText(summary.smallestR), QStringLiteral("smallest r"));
        add(ratioText(summary.largestR), QStringLiteral("largest r"));
    }
    if (summary.predixcan.both > 0) {
        add(countText(summary.predixcan.both), QStringLiteral("genes with an r of PrediXcan too"));
        add(ratioText(summary.predixcan.meanModelR), QStringLiteral("mean r of the model over these genes"));
    }
    const GenomeSummary::Drivers& drivers = summary.drivers;
    if (drivers.drivers > 0) {
        add(countText(drivers.supported), QStringLiteral("drivers supported by the observed effect"));
        add(countText(drivers.unsupported), QStringLiteral("drivers unsupported"));
        add(countText(drivers.undecidable), QStringLiteral("drivers undecidable by these people"));
        add(countText(drivers.within1000), summary.phenotypes == GenePhenotypes
                                               ? QStringLiteral("drivers at most 1,000 bp from the TSS")
                                               : QStringLiteral("drivers at most 1,000 bp from the centre"));
    }
    return table;
}

/// What is counted nowhere else.
QStringList leftOutLines(const GenomeTable& table, const GenomeSummary& summary) {
    QStringList lines;
    const auto genes = [](int64_t count) {
        return countedText(count, QStringLiteral("gene has"), QStringLiteral("genes have"));
    };
    if (const int64_t without = summary.genes - summary.withR; without > 0)
        lines << QStringLiteral("%1 no r and no p: observed or predicted expression does not differ between "
                                "people, or is not known.")
                     .arg(genes(without));
    if (summary.notTestable > 0)
        lines << QStringLiteral("%1 a null without spread and %2 left out of q.")
                     .arg(genes(summary.notTestable),
                          summary.notTestable == 1 ? QStringLiteral("is") : QStringLiteral("are"));
    const auto undriven = std::count_if(table.genes().begin(), table.genes().end(), [](const GeneRow& gene) {
        return gene.driverCount.value_or(0) == 0;
    });
    if (undriven > 0)
        lines << QStringLiteral("%1 no driver.").arg(genes(undriven));
    if (table.failedCount() > 0)
        lines << QStringLiteral("%1 not among these: the analysis failed.")
                     .arg(countedText(table.failedCount(), QStringLiteral("gene is"),
                                      QStringLiteral("genes are")));
    return lines;
}

QString studyNameOf(const ReportMaterial& material) {
    return material.all.studies.empty() ? QString() : shownName(material.all.studies.front().name);
}

} // namespace

ReportDocument studyDocument(const ReportMaterial& material) {
    const GenomeTable& table = *std::get<GenomeFigureSpec>(material.data).table;
    const GenomeSummary summary = summarise(table);
    const QString model = shownName(table.model());
    const QString study = studyNameOf(material);
    const QString name = study.isEmpty() ? QStringLiteral("All genes") : study;
    ReportDocument document;
    document.subject = QStringLiteral("%1 · %2").arg(name, model);
    document.blocks.emplace_back(ReportHeading{name, 1});
    document.blocks.emplace_back(
        ReportParagraph{QStringLiteral("%1 under the model %2; p and q are of the null %3.")
                            .arg(countedText(summary.genes, QStringLiteral("gene"), QStringLiteral("genes")),
                                 model, nullText(table.null()))});
    document.blocks.emplace_back(ReportHeading{QStringLiteral("Headline numbers")});
    document.blocks.emplace_back(headlineTable(summary));
    addNotes(leftOutLines(table, summary), document);
    addGenes(table, true, document);
    addGenes(table, false, document);
    addFigures(material, document);
    addMethods({.provenance = table.provenance(),
                .ofAllGenes = table.null(),
                .withPredixcan = summary.predixcan.both > 0},
               document);
    addProof(material, table.provenance(), QStringLiteral("%1: report of %2").arg(name, model), document);
    return document;
}

} // namespace diploscope::ui
