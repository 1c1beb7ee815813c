// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/gene_document.h"

#include "analysis/provenance.h"
#include "analysis/report_columns.h"
#include "viewmodels/column_text.h"
#include "viewmodels/gene_summary.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"

namespace diploscope::ui {
namespace {

QString correlationSentence(const GeneReport& report) {
    const QString people = countedText(report.pearson.n, QStringLiteral("person"), QStringLiteral("people"));
    if (!report.pearson.r)
        return QStringLiteral("Over %1 the correlation of observed and predicted expression is not defined.")
            .arg(people);
    QString text = QStringLiteral("Over %1 observed and predicted expression correlate with %2, %3")
                       .arg(people, correlationText(report), pText(report.pearson.p));
    if (report.rInterval)
        text += QStringLiteral(" (in brackets the 95\u00a0% interval)");
    if (report.spearman.rho)
        text += QStringLiteral("; Spearman’s rho = %1, %2")
                    .arg(ratioText(report.spearman.rho), pText(report.spearman.p));
    return text + QLatin1Char('.');
}

QString driverSentence(const GeneReport& report) {
    QString text = QStringLiteral("Drivers: %1").arg(driversText(report));
    if (const QString support = supportText(report); !support.isEmpty())
        text += QStringLiteral("; ") + support;
    if (report.linearR && report.additive)
        text += QStringLiteral(". The linear approximation correlates with the prediction with R_lin = %1")
                    .arg(ratioText(report.linearR));
    return text + QLatin1Char('.');
}

/// Of what people's expression says by itself.
QStringList mappingSentences(const GeneReport& report) {
    QStringList lines;
    if (report.lead) {
        const VariantResult& lead = report.variants[*report.lead];
        lines << QStringLiteral("The lead variant, of the smallest eQTL p, is %1 (%2).")
                     .arg(variantWithAlleles(lead), pText(lead.eqtl.p));
    }
    if (report.fineMapping) {
        const auto sets = static_cast<int64_t>(report.fineMapping->sets.size());
        lines << QStringLiteral("Fine mapping found %1.")
                     .arg(sets == 0 ? QStringLiteral("no credible set (95\u00a0%)")
                                    : countedText(sets, QStringLiteral("credible set (95\u00a0%)"),
                                                  QStringLiteral("credible sets (95\u00a0%)")));
    }
    return lines;
}

/// What was not counted, or was not used.
QStringList leftOutSentences(const GeneReport& report, const GeneSummary& summary) {
    QStringList lines = summary.genotypeNotes;
    const auto all = static_cast<int64_t>(report.people.size());
    if (report.pearson.n < all)
        lines << QStringLiteral("Of %1, %2 have no observed expression here and are not in the correlation.")
                     .arg(countedText(all, QStringLiteral("person"), QStringLiteral("people")),
                          countText(all - report.pearson.n));
    int64_t poor = 0;
    for (const VariantResult& variant : report.variants)
        poor += variant.poorlyGenotyped ? 1 : 0;
    if (poor > 0)
        lines << QStringLiteral("%1 left out of lead variant, LD, fine mapping and drivers: too many people "
                                "have no genotype.")
                     .arg(countedText(poor, QStringLiteral("SNV is"), QStringLiteral("SNVs are")));
    for (const Error& fault : report.leftOut)
        lines << QStringLiteral("Not used: %1").arg(QString::fromStdString(fault.message()));
    return lines;
}

ReportTable driverTable(const GeneReport& report) {
    struct Shown {
        const char* name; ///< among reportDriverColumns()
        double share;
        bool isNumber = true;
    };
    constexpr Shown columns[] = {{"distance_to_tss", 2.3}, {"maf", 1.3},    {"ism", 1.8},
                                 {"eqtl_slope", 1.8},      {"eqtl_p", 1.6}, {"gain", 1.3},
                                 {"verdict", 2.4, false}};
    ReportTable table;
    table.caption =
        QStringLiteral("Drivers, largest gain first. Effects (ISM%1; slope%2) are per copy of the "
                       "second allele.")
            .arg(report.model.unit.empty() ? QString() : QStringLiteral(" in ") + unitText(report.model.unit),
                 report.observedUnit.empty() ? QString()
                                             : QStringLiteral(" in ") + unitText(report.observedUnit));
    table.columns = {{QStringLiteral("SNV"), 3.2}, {QStringLiteral("alleles"), 1.6}};
    for (const Shown& column : columns)
        table.columns.push_back(
            {titleText(columnNamed(reportDriverColumns(), column.name)), column.share, column.isNumber});
    table.columns.push_back({QStringLiteral("why undecidable"), 3.6});
    for (size_t d = 0; d < report.drivers.size(); ++d) {
        const VariantResult& variant = report.variants[report.drivers[d].variant];
        std::vector<QString> row{
            variantText(variant),
            QStringLiteral("%1/%2").arg(otherAllele(variant), QString::fromStdString(variant.effectAllele))};
        for (const Shown& column : columns) {
            const ReportColumn& known = columnNamed(reportDriverColumns(), column.name);
            row.push_back(cellText(known.format, known.value(report, d)));
        }
        row.push_back(doubtText(report, report.drivers[d]));
        table.rows.push_back(std::move(row));
    }
    return table;
}

} // namespace

ReportDocument geneDocument(const ReportMaterial& material) {
    const GeneReport& report = *std::get<GeneFigureSpec>(material.data).report;
    const GeneSummary summary = geneSummary(report.gene, &report);
    const QString study = shownName(provenanceLine(report.provenance, "study"));
    ReportDocument document;
    document.subject =
        study.isEmpty() ? summary.symbol : QStringLiteral("%1 · %2").arg(summary.symbol, study);
    // An id is no symbol.
    if (report.gene.name != report.gene.id)
        document.symbol = summary.symbol;
    const auto say = [&](const QString& text) { document.blocks.emplace_back(ReportParagraph{text}); };
    document.blocks.emplace_back(ReportHeading{summary.symbol, 1});
    say(summary.facts);
    say(QStringLiteral("Model: %1%2")
            .arg(shownName(report.model.name),
                 study.isEmpty() ? QString() : QStringLiteral(" · study: ") + study));
    document.blocks.emplace_back(ReportHeading{QStringLiteral("Statistics")});
    say(QStringLiteral("Verdict: %1.").arg(summary.verdict));
    say(correlationSentence(report));
    if (!summary.nulls.isEmpty()) {
        say(QStringLiteral("Against its own null: %1.").arg(summary.nulls));
        addNotes(summary.nullsMeaning, document);
    }
    say(driverSentence(report));
    for (const QString& line : mappingSentences(report))
        say(line);
    addNotes(leftOutSentences(report, summary), document);
    if (!report.drivers.empty()) {
        document.blocks.emplace_back(ReportHeading{QStringLiteral("Drivers")});
        document.blocks.emplace_back(driverTable(report));
    }
    addFigures(material, document);
    addMethods(
        {.provenance = report.provenance, .modelKind = report.model.kind, .correlated = report.pearson.n},
        document);
    addProof(material, report.provenance,
             QStringLiteral("%1: report of %2").arg(summary.symbol, shownName(report.model.name)), document);
    return document;
}

} // namespace diploscope::ui
