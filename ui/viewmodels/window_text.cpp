// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/window_text.h"

#include "viewmodels/gene_text.h"

#include <QStringList>

namespace diploscope::ui {

QString titleOfWindow(const StudyFile* study, const Gene* gene) {
    QStringList parts;
    if (gene != nullptr)
        parts << geneText(*gene);
    if (study != nullptr)
        parts << shownName(study->name);
    parts << QStringLiteral("Diploscope");
    return parts.join(QStringLiteral(" — "));
}

QString studyText(const StudyFile& study) {
    const QString name = shownName(study.name);
    return study.build.empty() ? name : name + QStringLiteral(" · ") + QString::fromStdString(study.build);
}

} // namespace diploscope::ui
