// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/run_entry.h"

#include <QAbstractTableModel>

#include <cstdint>
#include <vector>

namespace diploscope::ui {

/// The runs of a study's result store, a row each. GUI thread.
class RunListModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        RunColumn,
        ModelColumn,
        ScoreColumn,
        NullColumn,
        StoredColumn,
        GenesColumn,
        FilesColumn, ///< the study's, against now
        MarkColumn,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// \param shown id of the run that is open; 0: the current results are shown
    void setRuns(std::vector<RunEntry> runs, int64_t shown);
    /// Null when there is no such row.
    [[nodiscard]] const RunEntry* run(int row) const;
    /// -1 when it is not in the list.
    [[nodiscard]] int rowOf(int64_t id) const;
    [[nodiscard]] bool isShown(const RunEntry& run) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString textOf(const RunEntry& run, int column) const;

    std::vector<RunEntry> m_runs;
    int64_t m_shown = 0;
};

} // namespace diploscope::ui
