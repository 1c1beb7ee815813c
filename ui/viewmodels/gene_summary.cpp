// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/gene_summary.h"

#include "viewmodels/counted_text.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/language.h"
#include "viewmodels/number_text.h"

#include <QObject>

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
        return QObject::tr("no drivers");
    if (supported + unsupported == 0)
        return undecidable > 0 ? QObject::tr("drivers undecidable") : QObject::tr("drivers undefined");
    const QString word = supported > unsupported   ? QObject::tr("drivers supported")
                         : supported < unsupported ? QObject::tr("drivers unsupported")
                                                   : QObject::tr("drivers divided");
    return undecidable == 0 ? word : QObject::tr("%1, %2 undecidable").arg(word, countText(undecidable));
}

/// How far r stands out of the gene's random predictors, each p with its choice of null.
QString nullsOf(const GeneReport& report) {
    QStringList parts;
    if (report.calibratedNull && !report.calibratedNull->testable)
        return unbroken(QObject::tr("null not testable: one |r| for all %1 random predictors")
                            .arg(countText(report.calibratedNull->predictors)));
    if (const auto& test = report.publishedNull)
        parts << QObject::tr("%1 (published, K = %2)")
                     .arg(pNumberText(test->publishedP), countText(test->predictors));
    if (const auto& test = report.calibratedNull) {
        const QString predictors = countText(test->predictors);
        const QString calibrated = pNumberText(test->calibratedP);
        parts << (test->empiricalP
                      ? QObject::tr("%1 (calibrated) · %2 (empirical, K = %3)")
                            .arg(calibrated, rankPText(test->empiricalP, test->predictors), predictors)
                      : QObject::tr("%1 (calibrated, K = %2)").arg(calibrated, predictors));
    }
    // A label drops what does not fit at commas with a space behind them.
    return parts.isEmpty() ? QString()
                           : unbroken(QObject::tr("null p: %1").arg(parts.join(QStringLiteral(" · "))));
}

/// What each p of the nulls is, in words.
QStringList meaningOf(const GeneReport& report) {
    QStringList lines{
        QObject::tr("Does the model correlate better than K random predictors, which give every "
                    "SNV of the window a normal random weight? Mean and sd are of their |r|.")};
    if (report.calibratedNull && !report.calibratedNull->testable)
        return lines << QObject::tr("Here every random predictor has the same |r|, because the window holds "
                                    "one SNV, or SNVs in perfect LD: no p, and no test among others.");
    if (report.publishedNull)
        lines << QObject::tr("Published: (|r| − mean) / √(sd / K), as the paper’s authors computed it; "
                             "upper tail of t with K − 1 degrees of freedom, 1 where it is negative.");
    if (report.calibratedNull)
        lines << QObject::tr("Calibrated: (|r| − mean) / (sd · √(1 + 1 / K)), the model as one more draw; "
                             "the same tail.")
              << QObject::tr("Empirical: the share of random predictors that reach the model’s |r|, the "
                             "model counted among them.");
    return lines;
}

/// What of the genotypes is not as it stands in the file, and what is left out.
QStringList genotypeNotesOf(const GenotypeCounts& counts) {
    QStringList read{QObject::tr("Genotypes, not as they stand:")};
    QStringList leftOut{QObject::tr("Left out:")};
    for (const GenotypeCountName& name : genotypeCountNames())
        if (const int64_t count = counts.*name.count; count > 0)
            (name.leftOut ? leftOut : read) << QStringLiteral("%1 %2").arg(
                countText(count), translated(count == 1 ? name.one : name.many));
    QStringList notes;
    for (const QStringList& kinds : {read, leftOut})
        if (kinds.size() > 1)
            notes += kinds;
    return notes;
}

/// "3 indels, 1 `*` allele"
QString leftOutText(const GenotypeCounts& counts) {
    QStringList kinds;
    for (const GenotypeCountName& name : genotypeCountNames())
        if (const int64_t count = counts.*name.count; name.leftOut && count > 0)
            kinds << QStringLiteral("%1 %2").arg(count).arg(translated(count == 1 ? name.one : name.many));
    return kinds.join(QStringLiteral(", "));
}

QString listedText(const ListedPredictions& listed) {
    QString text = QObject::tr("The model is a table of predictions, which has nothing of %1 of these people")
                       .arg(countText(listed.lacking));
    if (listed.others > 0)
        text = QObject::tr("%1 and tells of %2 others").arg(text, countText(listed.others));
    return text + QLatin1Char('.');
}

/// What a table that is the model has of the gene.
QString listedText(const ListedEffects& listed) {
    const auto known = std::count(listed.has.begin(), listed.has.end(), true);
    QString text = QObject::tr("Rows of the model’s table in the window: %1")
                       .arg(QString::fromStdString(inWords(listed.counts)));
    if (listed.beyond > 0)
        text += QObject::tr("; %1 beyond it").arg(countText(listed.beyond));
    return text +
           QObject::tr(". It has an effect of %1 of %2 SNVs; the others add nothing to predictions, and "
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
    if (gene.centre)
        facts << QObject::tr("%1, centre of %2")
                     .arg(QString::fromStdString(gene.type), regionText(gene.region));
    facts << QStringLiteral("%1:%2 (%3)")
                 .arg(QString::fromStdString(gene.region.contig), countText(gene.tss() + 1),
                      gene.strand == Strand::Forward ? QStringLiteral("+") : QStringLiteral("−"));
    if (report == nullptr) {
        summary.facts = facts.join(QStringLiteral(" · "));
        return summary;
    }
    facts << countedText(static_cast<int64_t>(report->people.size()), counted::people)
          << variantCountText(*report);
    summary.facts = facts.join(QStringLiteral(" · "));
    if (const QString leftOut = leftOutText(report->genotypes); !leftOut.isEmpty())
        summary.facts = QObject::tr("%1, without %2").arg(summary.facts, leftOut);
    summary.genotypeNotes = genotypeNotesOf(report->genotypes);
    for (const ImportedTable& table : report->importedTables)
        summary.genotypeNotes << QObject::tr("Rows of %1: %2.")
                                     .arg(shownName(table.name),
                                          QString::fromStdString(inWords(table.counts)));

    if (report->listedPeople)
        summary.genotypeNotes << listedText(*report->listedPeople);
    if (report->listed && !(report->listedPeople && hasNoEffects(*report)))
        summary.genotypeNotes << listedText(*report->listed);
    else if (report->listed)
        summary.genotypeNotes << QObject::tr(
            "This model has no effects here: of single alleles nothing is said, "
            "and there are no drivers.");

    const auto& r = report->pearson.r;
    const auto& p = report->pearson.p;
    if (report->complete) {
        summary.nulls = nullsOf(*report);
        summary.nullsMeaning = meaningOf(*report);
    }
    if (!report->complete) {
        summary.verdict = QObject::tr("computing %1 of %2")
                              .arg(countText(report->scoresKnown), countText(report->scoresAsked));
        summary.tone = GeneSummary::Tone::Busy;
    } else if (!r || !p) {
        summary.verdict = QObject::tr("no verdict: correlation undefined");
    } else if (*p >= clearP) {
        summary.verdict = QObject::tr("no clear association · %1").arg(driversWord(*report));
    } else if (std::abs(*r) <= strongR) {
        summary.verdict =
            (*r > 0 ? QObject::tr("weakly predicted · %1") : QObject::tr("weakly anti-correlated · %1"))
                .arg(driversWord(*report));
    } else {
        summary.verdict = (*r > 0 ? QObject::tr("well predicted · %1") : QObject::tr("anti-correlated · %1"))
                              .arg(driversWord(*report));
        summary.tone = *r > 0 ? GeneSummary::Tone::Good : GeneSummary::Tone::Bad;
    }
    return summary;
}

} // namespace diploscope::ui
