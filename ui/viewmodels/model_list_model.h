// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <filesystem>
#include <optional>
#include <tuple>
#include <vector>

namespace diploscope::ui {

/// What is known of one model's folder.
struct ModelEntry {
    enum class Origin { User, Program, Study };

    std::filesystem::path folder;
    QString name;
    QString kind;
    QString description;
    QString licence;
    QString source; ///< where its weights can be had
    qint64 inputLength = 0;
    Origin origin = Origin::Program;
    bool ready = false;
    QString weights;              ///< path where they are, or the file name that is missing
    QStringList placesForWeights; ///< full paths where missing weights are looked for, the user's own first
    std::optional<Error> problem; ///< of model.json

    friend bool operator==(const ModelEntry& a, const ModelEntry& b) {
        const auto facts = [](const ModelEntry& one) {
            return std::tie(one.folder, one.name, one.kind, one.description, one.licence, one.source,
                            one.inputLength, one.origin, one.ready, one.weights, one.placesForWeights);
        };
        return facts(a) == facts(b) && a.problem.has_value() == b.problem.has_value() &&
               (!a.problem || a.problem->message() == b.problem->message());
    }
};

/// The user's and the program's models, then those that the study names besides. Touches the disk: for a
/// worker.
[[nodiscard]] std::vector<ModelEntry> listModels(const QStringList& studyModels);

/// Models by name, ready or not. GUI thread.
class ModelListModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { NameColumn, InputColumn, OriginColumn, StatusColumn, ColumnCount };
    enum Role {
        FolderRole = Qt::UserRole + 1, ///< QString
        ReadyRole                      ///< bool
    };

    explicit ModelListModel(QObject* parent = nullptr);

    void setEntries(std::vector<ModelEntry> entries);
    [[nodiscard]] const std::vector<ModelEntry>& entries() const { return m_entries; }
    /// Null when there is no such row.
    [[nodiscard]] const ModelEntry* entry(int row) const;
    [[nodiscard]] int rowOf(const QString& folder) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<ModelEntry> m_entries;
};

} // namespace diploscope::ui
