// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/gene_summary.h"

#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace diploscope::ui {
namespace {

/// What the drivers say that these people can decide, and how many they cannot.
QString driversWord(const GeneReport& report) {
    const Support support = report.support();
    const auto [supported, unsupported, undecidable] =
        std::tuple(support.supported, support.unsupported, support.undecidable);
    if (report.drivers.empty())
        return QStringLiteral("no drivers");
    if (supported + unsupported == 0)
        return undecidable > 0 ? QStringLiteral("drivers undecidable") : QStringLiteral("drivers undefined");
    const QString word = supported > unsupported   ? QStringLiteral("drivers supported")
                         : supported < unsupported ? QStringLiteral("drivers unsupported")
                                                   : QStringLiteral("drivers divided");
    return undecidable == 0 ? word : word + QStringLiteral(", %1 undecidable").arg(countText(undecidable));
}

/// How far r stands out of the gene's random predictors, each p with its choice of null.
QString nullsOf(const GeneReport& report) {
    QStringList parts;
    if (report.calibratedNull && !report.calibratedNull->testable)
        return unbroken(QStringLiteral("null not testable: one |r| for all %1 random predictors")
                            .arg(countText(report.calibratedNull->predictors)));
    if (const auto& test = report.publishedNull)
        parts << QStringLiteral("%1 (published, K = %2)")
                     .arg(pNumberText(test->publishedP), countText(test->predictors));
    if (const auto& test = report.calibratedNull) {
        QStringList kinds{pNumberText(test->calibratedP) + QStringLiteral(" (calibrated")};
        if (test->empiricalP)
            kinds << rankPText(test->empiricalP, test->predictors) + QStringLiteral(" (empirical");
        kinds.last() += QStringLiteral(", K = ") + countText(test->predictors);
        parts << kinds.join(QStringLiteral(") · ")) + QLatin1Char(')');
    }
    // A label drops what does not fit at commas with a space behind them.
    return parts.isEmpty() ? QString()
                           : unbroken(QStringLiteral("null p: ") + parts.join(QStringLiteral(" · ")));
}

/// What each p of the nulls is, in words.
QStringList meaningOf(const GeneReport& report) {
    QStringList lines{
        QStringLiteral("Does the model correlate better than K random predictors, which give every "
                       "SNV of the window a normal random weight? Mean and sd are of their |r|.")};
    if (report.calibratedNull && !report.calibratedNull->testable)
        return lines << QStringLiteral(
                   "Here every random predictor has the same |r|, because the window holds "
                   "one SNV, or SNVs in perfect LD: no p, and no test among others.");
    if (report.publishedNull)
        lines << QStringLiteral("Published: (|r| − mean) / √(sd / K), as the paper’s authors computed it; "
                                "upper tail of t with K − 1 degrees of freedom, 1 where it is negative.");
    if (report.calibratedNull)
        lines << QStringLiteral("Calibrated: (|r| − mean) / (sd · √(1 + 1 / K)), the model as one more draw; "
                                "the same tail.")
              << QStringLiteral("Empirical: the share of random predictors that reach the model’s |r|, the "
                                "model counted among them.");
    return lines;
}

/// What of the genotypes is not as it stands in the file, and what is left out.
QStringList genotypeNotesOf(const GenotypeCounts& counts) {
    QStringList read{QStringLiteral("Genotypes, not as they stand:")};
    QStringList leftOut{QStringLiteral("Left out:")};
    for (const GenotypeCountName& name : genotypeCountNames())
        if (const int64_t count = counts.*name.count; count > 0)
            (name.leftOut ? leftOut : read)
                << countedText(count, QString::fromUtf8(name.one), QString::fromUtf8(name.many));
    QStringList notes;
    for (const QStringList& kinds : {read, leftOut})
        if (kinds.size() > 1)
            notes += kinds;
    return notes;
}

QString listedText(const ListedPredictions& listed) {
    QString text =
        QStringLiteral("The model is a table of predictions, which has nothing of %1 of these people")
            .arg(countText(listed.lacking));
    if (listed.others > 0)
        text += QStringLiteral(" and tells of %1 others").arg(countText(listed.others));
    return text + QLatin1Char('.');
}

/// What a table that is the model has of the gene.
QString listedText(const ListedEffects& listed) {
    const auto known = std::count(listed.has.begin(), listed.has.end(), true);
    QString text = QStringLiteral("Rows of the model’s table in the window: %1")
                       .arg(QString::fromStdString(inWords(listed.counts)));
    if (listed.beyond > 0)
        text += QStringLiteral("; %1 beyond it").arg(countText(listed.beyond));
    return text +
           QStringLiteral(". It has an effect of %1 of %2 SNVs; the others add nothing to predictions, and "
                          "their effect is not known.")
               .arg(countText(known), countText(static_cast<int64_t>(listed.has.size())));
}

} // namespace

GeneSummary geneSummary(const Gene& gene, const GeneReport* report) {
    GeneSummary summary;
    summary.symbol = geneText(gene);
    QStringList facts;
    if (gene.name != gene.id)
        facts << shownName(gene.id);
    facts << QStringLiteral("%1:%2 (%3)")
                 .arg(QString::fromStdString(gene.region.contig), countText(gene.tss() + 1),
                      gene.strand == Strand::Forward ? QStringLiteral("+") : QStringLiteral("−"));
    if (report == nullptr) {
        summary.facts = facts.join(QStringLiteral(" · "));
        return summary;
    }
    facts << countedText(static_cast<int64_t>(report->people.size()), QStringLiteral("person"),
                         QStringLiteral("people"))
          << variantCountText(*report);
    summary.facts = facts.join(QStringLiteral(" · "));
    if (const std::string leftOut = leftOutInWords(report->genotypes); !leftOut.empty())
        summary.facts += QStringLiteral(", without ") + QString::fromStdString(leftOut);
    summary.genotypeNotes = genotypeNotesOf(report->genotypes);
    for (const ImportedTable& table : report->importedTables)
        summary.genotypeNotes << QStringLiteral("Rows of %1: %2.")
                                     .arg(shownName(table.name),
                                          QString::fromStdString(inWords(table.counts)));

    if (report->listedPeople)
        summary.genotypeNotes << listedText(*report->listedPeople);
    if (report->listed && !(report->listedPeople && hasNoEffects(*report)))
        summary.genotypeNotes << listedText(*report->listed);
    else if (report->listed)
        summary.genotypeNotes << QStringLiteral(
            "This model has no effects here: of single alleles nothing is said, "
            "and there are no drivers.");

    const auto& r = report->pearson.r;
    const auto& p = report->pearson.p;
    if (report->complete) {
        summary.nulls = nullsOf(*report);
        summary.nullsMeaning = meaningOf(*report);
    }
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
