// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/experiment_work.h"

#include <QString>
#include <QStringList>

#include <string>
#include <vector>

namespace diploscope::ui {

/// Observed against predicted expression before and after an experiment on everybody: a move of each person's
/// mark. An immutable snapshot.
struct BeforeAfter {
    struct Person {
        QString sample; ///< as it is shown
        double observed = 0;
        double before = 0;
        double after = 0;
        std::string id = {}; ///< that people are selected by
    };
    QString gene;
    QString title;   ///< "without 3 variants", "with nothing but 3 variants"
    QString summary; ///< "r = −0.49 → 0.12, difference +0.61 [0.50, 0.70]"
    QStringList notes;
    QString xTitle, yTitle;
    std::vector<Person> people; ///< those with all three numbers
};

/// \param predicted [people] \param r as of these
[[nodiscard]] BeforeAfter beforeAfter(const ExperimentSubject& subject, const QString& title,
                                      const PeopleScores& predicted, const PairedR& r);
[[nodiscard]] BeforeAfter beforeAfter(const ExperimentSubject& subject, const AblationOutcome& outcome);
/// \param outcome of everybody, through
[[nodiscard]] BeforeAfter beforeAfter(const ExperimentSubject& subject, const WhatIfOutcome& outcome);

/// "r = −0.49 → 0.12, difference +0.61 [0.50, 0.70]"
[[nodiscard]] QString pairedText(const PairedR& r);

} // namespace diploscope::ui
