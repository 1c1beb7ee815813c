// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job_runner.h"
#include "machine/machine_words.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QScrollArea;

namespace diploscope::ui {

/// What this machine computes with and how fast it is, measured by a job when the dialog opens. Deletes
/// itself when it is closed. GUI thread.
class MachineDialog : public QDialog {
    Q_OBJECT

public:
    MachineDialog(JobRunner& jobs, const std::filesystem::path& cacheFile, QWidget* parent);

    /// All facts as plain text, for a report to others; empty while they are being found.
    [[nodiscard]] const QString& text() const { return m_text; }

private:
    void showInfo(const MachineInfo& info);

    QLabel* m_waiting;
    QScrollArea* m_area;
    QPushButton* m_copy;
    QString m_text;
};

} // namespace diploscope::ui
