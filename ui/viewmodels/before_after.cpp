// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/before_after.h"

#include "viewmodels/effect_text.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"

#include <cmath>

namespace diploscope::ui {
namespace {

QString variantsText(size_t count) {
    return countedText(static_cast<int64_t>(count), QStringLiteral("variant"), QStringLiteral("variants"));
}

QString signedRatio(double value) {
    const QString text = fixedText(value, 2);
    return value > 0 ? QLatin1Char('+') + text : text;
}

} // namespace

QString pairedText(const PairedR& r) {
    QString text = QStringLiteral("r = %1 → %2").arg(ratioText(r.before.r), ratioText(r.after.r));
    if (!r.difference)
        return text;
    text += QStringLiteral(", difference ") + signedRatio(*r.difference);
    if (r.differenceInterval)
        text += QLatin1Char(' ') + bracketText(fixedText(r.differenceInterval->low, 2),
                                               fixedText(r.differenceInterval->high, 2));
    return text;
}

BeforeAfter beforeAfter(const ExperimentSubject& subject, const QString& title, const PeopleScores& predicted,
                        const PairedR& r) {
    BeforeAfter shown;
    shown.gene = geneText(subject.gene);
    shown.title = title;
    shown.summary = pairedText(r);
    const auto interval = [](const std::optional<Interval>& of) {
        return of ? QLatin1Char(' ') + bracketText(fixedText(of->low, 2), fixedText(of->high, 2)) : QString();
    };
    if (r.beforeInterval || r.afterInterval)
        shown.notes << QStringLiteral("before %1%2, after %3%4, n = %5")
                           .arg(ratioText(r.before.r), interval(r.beforeInterval), ratioText(r.after.r),
                                interval(r.afterInterval), countText(r.before.n));
    shown.xTitle = withUnit(QStringLiteral("Observed"), unitText(subject.observedUnit));
    shown.yTitle = withUnit(QStringLiteral("Predicted"), unitText(subject.modelUnit));
    for (Eigen::Index p = 0; p < predicted.before.size(); ++p)
        if (std::isfinite(subject.observed[p]) && std::isfinite(predicted.before[p]) &&
            std::isfinite(predicted.after[p])) {
            const std::string& sample = subject.people[static_cast<size_t>(p)];
            shown.people.push_back(
                {shownName(sample), subject.observed[p], predicted.before[p], predicted.after[p], sample});
        }
    return shown;
}

BeforeAfter beforeAfter(const ExperimentSubject& subject, const AblationOutcome& outcome) {
    const QString which = variantsText(outcome.variants.size());
    return beforeAfter(subject,
                       outcome.request.keepOnly ? QStringLiteral("with nothing but %1").arg(which)
                                                : QStringLiteral("without %1").arg(which),
                       {outcome.found.predictedBefore(), outcome.found.predictedAfter()}, outcome.found.r);
}

BeforeAfter beforeAfter(const ExperimentSubject& subject, const WhatIfOutcome& outcome) {
    return beforeAfter(subject,
                       QStringLiteral("with %1 in everybody")
                           .arg(countedText(static_cast<int64_t>(outcome.request.changes.size()),
                                            QStringLiteral("change"), QStringLiteral("changes"))),
                       *outcome.people, outcome.r.value_or(PairedR{}));
}

} // namespace diploscope::ui
