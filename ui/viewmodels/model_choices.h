// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/study.h"
#include "viewmodels/model_list_model.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace diploscope::ui {

/// A model that can be chosen, as the bar lists it.
struct ModelChoice {
    QString folder; ///< what Session::chooseModel() takes: a folder or a known model's name
    QString name;
    QString note;         ///< shown as tool tip; what is missing, where something is
    bool ready = true;    ///< its weights are there
    bool ofStudy = false; ///< named by the study file: listed first

    friend bool operator==(const ModelChoice&, const ModelChoice&) = default;
};

/// The folders that a study's file names, in its order. \param study null: none is open
[[nodiscard]] QStringList modelsOf(const Study* study);

/// The study's models in its order, whether or not anything is known of them, then the user's and the
/// program's. \param ofStudy folders \param known of all, and perhaps of a study before
[[nodiscard]] std::vector<ModelChoice> modelChoices(const QStringList& ofStudy,
                                                    const std::vector<ModelEntry>& known);
/// Those of a published study, by name.
[[nodiscard]] std::vector<ModelChoice> modelChoices(const QStringList& published);

/// Whether what a model lacked has come. \param choice a folder or a name
[[nodiscard]] bool becameReady(const QString& choice, const std::vector<ModelEntry>& before,
                               const std::vector<ModelEntry>& now);

} // namespace diploscope::ui
