// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/language.h"
#include "viewmodels/session.h"
#include "viewmodels/snv_colour.h"

#include <QStringList>

namespace diploscope::ui {

/// What the user has chosen once for all studies. A value; kept by QSettings of the organisation and program
/// "diploscope". load() and save() read and write files.
struct Preferences {
    enum class ThemeChoice { System, Light, Dark };
    static constexpr int MostRecentStudies = 10;
    static constexpr int64_t MostNullPredictors = 10'000;
    static constexpr int64_t MostResamples = 100'000;
    static constexpr int64_t LargestSeed = 2'147'483'647;

    Session::Settings settings;
    AskedScores scores; ///< chosen in a dialog of their own
    ThemeChoice theme = ThemeChoice::System;
    Language language = Language::System; ///< spoken from the next start on
    SnvColour snvColour = SnvColour::Maf; ///< chosen on the gene page
    QStringList recentStudies;            ///< absolute paths, the latest first

    /// What is missing or makes no sense in the file (other people may edit it) takes its default.
    [[nodiscard]] static Preferences load();
    void save() const;

    /// Puts a study in front.
    void addRecentStudy(const QString& file);
    /// What is chosen elsewhere than in the dialog as it is in others: recent studies, models' scores,
    /// colours of SNVs.
    void takeOtherPlaces(const Preferences& others);
    /// All but that as on the first day.
    void resetToDefaults();

    friend bool operator==(const Preferences&, const Preferences&) = default;
};

} // namespace diploscope::ui
