// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/last_shown.h"

#include <QSettings>

#include <utility>

namespace diploscope::ui {

namespace {

const QString studyKey = QStringLiteral("session/study");
const QString geneKey = QStringLiteral("session/gene");
const QString modelKey = QStringLiteral("session/model");

} // namespace

LastShown LastShown::of(const Session& session) {
    if (!session.study())
        return {};
    return {QString::fromStdString(session.study()->file().path.string()),
            QString::fromStdString(session.shown().geneId()), session.model().choice()};
}

LastShown LastShown::load() {
    const QSettings settings;
    const LastShown last{settings.value(studyKey).toString(), settings.value(geneKey).toString(),
                         settings.value(modelKey).toString()};
    return last.study.isEmpty() ? LastShown{} : last;
}

void LastShown::save() const {
    QSettings settings;
    for (const auto& [key, value] :
         {std::pair(studyKey, study), std::pair(geneKey, gene), std::pair(modelKey, model)}) {
        if (study.isEmpty())
            settings.remove(key);
        else
            settings.setValue(key, value);
    }
}

} // namespace diploscope::ui
