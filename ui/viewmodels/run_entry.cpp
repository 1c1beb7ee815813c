// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/run_entry.h"

#include "base/suggestion.h"
#include "viewmodels/gene_text.h"

#include <QObject>

namespace diploscope::ui {

RunEntry entryOf(StoredRun run, const ResultRun& current) {
    RunEntry entry;
    entry.modelOpen = !current.modelChecksum.empty();
    entry.sameModel = entry.modelOpen && run.run.model == current.model;
    if (entry.sameModel && run.run.identityKnown)
        entry.otherwise = otherwiseInWords(run.run, current);
    entry.isCurrent = entry.sameModel && entry.otherwise.empty() && run.standing == RunStanding::Current;
    entry.stored = std::move(run);
    return entry;
}

QString filesText(const RunEntry& run) {
    switch (run.stored.standing) {
    case RunStanding::Current:
        return QObject::tr("as they are");
    case RunStanding::OtherState:
        return (run.stored.differs.size() == 1 ? QObject::tr("%1 differs") : QObject::tr("%1 differ"))
            .arg(QString::fromStdString(listed(run.stored.differs)));
    case RunStanding::NotKnown:
        return run.stored.run.identityKnown ? QObject::tr("cannot be compared") : QObject::tr("not known");
    }
    return {};
}

QString markText(const RunEntry& run) {
    if (run.isCurrent)
        return QObject::tr("current results");
    if (!run.modelOpen)
        return QObject::tr("no model is open to compare");
    if (!run.sameModel)
        return QObject::tr("another model");
    if (!run.stored.run.identityKnown)
        return QObject::tr("of an older version");
    return run.otherwise.empty() ? QObject::tr("options as chosen now")
                                 : QString::fromStdString(run.otherwise);
}

QString runText(const RunEntry& run) {
    std::string text = runInWords(run.stored);
    if (!run.otherwise.empty())
        text += ", " + run.otherwise;
    return shownName(text);
}

} // namespace diploscope::ui
