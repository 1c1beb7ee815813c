// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/model_choices.h"

#include <algorithm>

namespace diploscope::ui {

namespace {

bool isReady(const QString& choice, const std::vector<ModelEntry>& known) {
    const std::filesystem::path folder = choice.toStdString();
    return std::any_of(known.begin(), known.end(), [&](const ModelEntry& entry) {
        return entry.ready && (choice == entry.name || entry.folder == folder);
    });
}

} // namespace

QStringList modelsOf(const Study* study) {
    QStringList folders;
    if (study != nullptr)
        for (const std::filesystem::path& path : study->file().models)
            folders << QString::fromStdString(path.string());
    return folders;
}

std::vector<ModelChoice> modelChoices(const QStringList& ofStudy, const std::vector<ModelEntry>& known) {
    std::vector<ModelChoice> choices;
    for (const QString& folder : ofStudy)
        choices.push_back({folder, folder.section(QLatin1Char('/'), -1), folder, true, true});
    for (const ModelEntry& model : known) {
        const QString folder = QString::fromStdString(model.folder.string());
        const qsizetype listed = ofStudy.indexOf(folder);
        if (listed < 0 && model.origin == ModelEntry::Origin::Study)
            continue; // of a study before
        ModelChoice choice{folder, model.name, model.description, model.ready, listed >= 0};
        if (model.problem)
            choice.note = QString::fromStdString(model.problem->message());
        else if (!model.ready)
            choice.note = model.source;
        if (listed >= 0)
            choices[static_cast<size_t>(listed)] = choice;
        else
            choices.push_back(choice);
    }
    return choices;
}

std::vector<ModelChoice> modelChoices(const QStringList& published) {
    std::vector<ModelChoice> choices;
    for (const QString& name : published)
        choices.push_back({name, name, {}, true, true});
    return choices;
}

bool becameReady(const QString& choice, const std::vector<ModelEntry>& before,
                 const std::vector<ModelEntry>& now) {
    return !choice.isEmpty() && !isReady(choice, before) && isReady(choice, now);
}

} // namespace diploscope::ui
