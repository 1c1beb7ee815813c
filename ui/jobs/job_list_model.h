// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job_runner.h"

#include <QAbstractTableModel>

namespace diploscope::ui {

/// The jobs panel's table over a JobRunner, newest first. GUI thread.
class JobListModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Title, Stage, ProgressColumn, Rate, TimeLeft, ColumnCount };
    enum Role {
        JobIdRole = Qt::UserRole + 1, ///< qint64
        FractionRole,                 ///< double in 0..1, negative while unknown
        ActiveRole                    ///< bool: waiting or running
    };

    explicit JobListModel(JobRunner& runner, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] int flipped(int row) const;

    JobRunner& m_runner;
    int m_rows = 0;
};

/// "41 /s", "12 s left", "2 min left"; empty while unknown.
[[nodiscard]] QString rateText(const JobStatus& job);
[[nodiscard]] QString timeLeftText(const JobStatus& job);
/// "Predicting haplotypes 1,204 of 1,678 · 41 /s · 12 s left": the status bar's line.
[[nodiscard]] QString progressText(const JobStatus& job);

} // namespace diploscope::ui
