// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/gene_summary.h"

#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"

#include <QStringList>

#include <cmath>

namespace diploscope::ui {
namespace {

QString driversWord(const GeneReport& report) {
    if (!report.fractionSupported)
        return report.drivers.empty() ? QStringLiteral("no drivers") : QStringLiteral("drivers undecided");
    if (*report.fractionSupported == 0.5)
        return QStringLiteral("drivers divided");
    return *report.fractionSupported > 0.5 ? QStringLiteral("drivers supported")
                                           : QStringLiteral("drivers unsupported");
}

} // namespace

GeneSummary geneSummary(const Gene& gene, const GeneReport* report) {
    GeneSummary summary;
    summary.symbol = geneText(gene);
    QStringList facts;
    if (gene.name != gene.id)
        facts << QString::fromStdString(gene.id);
    facts << QStringLiteral("%1:%2 (%3)")
                 .arg(QString::fromStdString(gene.region.contig), countText(gene.tss() + 1),
                      gene.strand == Strand::Forward ? QStringLiteral("+") : QStringLiteral("−"));
    if (report == nullptr) {
        summary.facts = facts.join(QStringLiteral(" · "));
        return summary;
    }
    facts << countedText(static_cast<int64_t>(report->people.size()), QStringLiteral("person"),
                         QStringLiteral("people"))
          << countedText(static_cast<int64_t>(report->variants.size()), QStringLiteral("SNV"),
                         QStringLiteral("SNVs"));
    summary.facts = facts.join(QStringLiteral(" · "));

    const auto& r = report->pearson.r;
    const auto& p = report->pearson.p;
    if (!report->complete) {
        summary.verdict = QStringLiteral("computing %1 of %2")
                              .arg(countText(report->scoresKnown), countText(report->scoresAsked));
        summary.tone = GeneSummary::Tone::Busy;
    } else if (!r || !p) {
        summary.verdict = QStringLiteral("no verdict: correlation undefined");
    } else if (*p >= clearP) {
        summary.verdict = QStringLiteral("no clear association · ") + driversWord(*report);
    } else if (std::abs(*r) <= strongR) {
        summary.verdict =
            (*r > 0 ? QStringLiteral("weakly predicted · ") : QStringLiteral("weakly anti-correlated · ")) +
            driversWord(*report);
    } else {
        summary.verdict =
            (*r > 0 ? QStringLiteral("well predicted · ") : QStringLiteral("anti-correlated · ")) +
            driversWord(*report);
        summary.tone = *r > 0 ? GeneSummary::Tone::Good : GeneSummary::Tone::Bad;
    }
    return summary;
}

} // namespace diploscope::ui
