// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/audit_text.h"

#include "viewmodels/counted_text.h"
#include "viewmodels/effect_text.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"

#include <QObject>

namespace diploscope::ui {

QString additivityText(const Audit& found, const std::vector<std::string>& people) {
    const QString text = QObject::tr("r = %1 of predictions with the sum of effects")
                             .arg(found.additivity.r ? fixedText(*found.additivity.r, 4) : undefinedText());
    const std::optional<Eigen::Index> largest = found.additivity.largestResidual();
    if (!largest)
        return text;
    return text + QObject::tr("; residuals of sd %1, the largest %2 (%3)")
                      .arg(effectText(found.additivity.residualSd()),
                           changeText(found.additivity.residual[*largest]),
                           shownName(people[static_cast<size_t>(*largest)]));
}

QString signCourtText(const Audit& found) {
    const SignCourt& court = found.court;
    if (found.drivers.empty())
        return QObject::tr("The gene has no driver under this model.");
    if (!court.r && !court.turnedR)
        return QObject::tr("The sum of effects does not vary among these people.");
    const QString drivers = countedText(static_cast<int64_t>(found.drivers.size()), counted::drivers);
    if (court.turned.empty())
        return QObject::tr("No driver has to turn: with the signs as they are, R of the sum of effects is "
                           "%1, and no other signs of the %2 give more.")
            .arg(ratioText(court.r), drivers);
    QStringList names;
    for (const int64_t driver : court.turned)
        names << shownName(toText(found.drivers[static_cast<size_t>(driver)]));
    QString text = QObject::tr("%1 of %2 turned: %3. R of the sum of effects %4 → %5 (%6).")
                       .arg(countText(static_cast<int64_t>(court.turned.size())), drivers,
                            names.join(QStringLiteral(", ")), ratioText(court.r), ratioText(court.turnedR),
                            court.exact ? QObject::tr("the best of all subsets")
                                        : QObject::tr("found one driver at a time"));
    const QString sets = countedText(court.nullSets, counted::sets);
    if (court.nullMean && court.nullLow && court.nullHigh)
        text += (court.nullIsAll
                     ? QObject::tr(" All %1 of as many drivers turned at random: R %2 %3, %4 reach it.")
                     : QObject::tr(" %1 of as many drivers turned at random: R %2 %3, %4 reach it."))
                    .arg(sets, ratioText(court.nullMean),
                         bracketText(fixedText(*court.nullLow, 2), fixedText(*court.nullHigh, 2)),
                         court.nullShare ? percentText(*court.nullShare) : undefinedText());
    return text;
}

} // namespace diploscope::ui
