// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/model_list_model.h"

#include "base/paths.h"
#include "model/model_kind.h"
#include "model/model_manifest.h"
#include "viewmodels/number_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace diploscope::ui {

namespace fs = std::filesystem;

namespace {

QString text(const std::string& words) {
    return QString::fromStdString(words);
}

ModelEntry entryOf(const fs::path& folder, ModelEntry::Origin origin) {
    ModelEntry entry;
    entry.folder = folder;
    entry.origin = origin;
    entry.name = text(folder.filename().string());
    const Result<ModelManifest> model = readModelManifest(folder);
    if (!model) {
        entry.problem = model.error();
        return entry;
    }
    entry.name = text(model->name);
    entry.kind = text(model->kind->name());
    entry.description = text(model->json->value("description", std::string()));
    entry.licence = text(model->licence);
    entry.source = text(model->source);
    entry.inputLength = model->input.length;
    const Result<fs::path> weights = model->findWeights();
    entry.ready = weights.has_value();
    entry.weights = text(weights ? weights->string() : model->weightsFile);
    for (const fs::path& place :
         {model->userFolders().front() / model->weightsFile, folder / model->weightsFile})
        if (!entry.placesForWeights.contains(text(place.string())))
            entry.placesForWeights << text(place.string());
    return entry;
}

QString originText(ModelEntry::Origin origin) {
    switch (origin) {
    case ModelEntry::Origin::User:
        return QObject::tr("yours");
    case ModelEntry::Origin::Program:
        return QObject::tr("program");
    case ModelEntry::Origin::Study:
        return QObject::tr("study");
    }
    return {};
}

QString statusText(const ModelEntry& entry) {
    if (entry.problem)
        return QObject::tr("model.json has an error");
    return entry.ready ? QObject::tr("ready") : QObject::tr("weights missing");
}

} // namespace

std::vector<ModelEntry> listModels(const QStringList& studyModels) {
    std::vector<ModelEntry> entries;
    const fs::path ofUser = (userDataFolder() / "models").lexically_normal();
    for (const fs::path& folder : knownModelFolders())
        entries.push_back(entryOf(folder, folder.parent_path() == ofUser ? ModelEntry::Origin::User
                                                                         : ModelEntry::Origin::Program));
    for (const QString& model : studyModels) {
        const Result<fs::path> folder = findModelFolder(model.toStdString());
        if (!folder)
            continue; // the study's own check tells of it
        std::error_code ignored;
        const bool known = std::any_of(entries.begin(), entries.end(), [&](const ModelEntry& entry) {
            return fs::equivalent(entry.folder, *folder, ignored);
        });
        if (!known)
            entries.push_back(entryOf(*folder, ModelEntry::Origin::Study));
    }
    return entries;
}

ModelListModel::ModelListModel(QObject* parent) : QAbstractTableModel(parent) {}

void ModelListModel::setEntries(std::vector<ModelEntry> entries) {
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
}

const ModelEntry* ModelListModel::entry(int row) const {
    return row >= 0 && row < rowCount() ? &m_entries[static_cast<size_t>(row)] : nullptr;
}

int ModelListModel::rowOf(const QString& folder) const {
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&](const ModelEntry& entry) {
        return entry.folder == fs::path(folder.toStdString());
    });
    return found == m_entries.end() ? -1 : static_cast<int>(found - m_entries.begin());
}

int ModelListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int ModelListModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ModelListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ModelEntry& entry = m_entries[static_cast<size_t>(index.row())];
    switch (role) {
    case FolderRole:
        return text(entry.folder.string());
    case ReadyRole:
        return entry.ready;
    case Qt::ToolTipRole:
        return text(entry.folder.string()).toHtmlEscaped();
    case Qt::TextAlignmentRole:
        return index.column() == InputColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                             : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    switch (index.column()) {
    case NameColumn:
        return entry.name;
    case InputColumn:
        return entry.inputLength > 0 ? tr("%1 bp").arg(countText(entry.inputLength)) : undefinedText();
    case OriginColumn:
        return originText(entry.origin);
    case StatusColumn:
        return statusText(entry);
    default:
        return {};
    }
}

QVariant ModelListModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == InputColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                      : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Model");
    case InputColumn:
        return tr("Reads");
    case OriginColumn:
        return tr("From");
    case StatusColumn:
        return tr("Status");
    default:
        return {};
    }
}

} // namespace diploscope::ui
