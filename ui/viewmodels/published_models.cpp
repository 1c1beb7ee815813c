// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/published_models.h"

#include "analysis/result_places.h"
#include "analysis/stored_runs.h"

#include <utility>

namespace diploscope::ui {

Result<PublishedModels> PublishedModels::read(const StudyFile& study) {
    DS_ASSIGN(ChosenRuns tables, chooseRuns(resultPlacesOf(study), {}));
    PublishedModels read;
    read.m_models = std::move(tables.models);
    return read;
}

QStringList PublishedModels::names() const {
    QStringList names;
    for (const ModelGenes& model : m_models)
        names << QString::fromStdString(model.model);
    return names;
}

const ModelGenes* PublishedModels::find(const QString& model) const {
    for (const ModelGenes& one : m_models)
        if (one.model == model.toStdString())
            return &one;
    return nullptr;
}

std::shared_ptr<const std::vector<ModelGenes>> PublishedModels::besides(const ModelGenes& model) const {
    auto others = std::make_shared<std::vector<ModelGenes>>();
    for (const ModelGenes& one : m_models)
        if (&one != &model)
            others->push_back(one);
    return others;
}

} // namespace diploscope::ui
