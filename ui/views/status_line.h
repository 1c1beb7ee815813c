// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job_runner.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;
class QPushButton;

namespace diploscope::ui {

class ElidedLabel;

/// What the machine has to say that the user should know.
struct MachineText {
    QString device;  ///< "cpu"
    int threads = 0; ///< that models may use
    QString blas;    ///< "OpenBLAS 0.3.21"; empty while unknown
    QString warning; ///< why it is slow, and the remedy; empty where it is not
};

/// The window's lower edge: study on the left, what runs just now in the middle, machine and cache on the
/// right.
class StatusLine : public QWidget {
    Q_OBJECT

public:
    StatusLine(JobRunner& jobs, QWidget* parent);

    void setStudy(const QString& text, const QString& toolTip);
    void setMachine(const MachineText& machine);
    /// Scores since the study was opened.
    void setScores(int64_t fromCache, int64_t computed);

Q_SIGNALS:
    void jobsClicked();

private:
    void showJob();

    JobRunner& m_jobs;
    JobId m_shown = 0; ///< the job in the middle; 0: none
    ElidedLabel* m_study;
    QPushButton* m_text;
    QProgressBar* m_bar;
    QToolButton* m_cancel;
    QLabel* m_warning;
    QLabel* m_cache;
    ElidedLabel* m_machine;
};

} // namespace diploscope::ui
