// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job_runner.h"

#include <QDialog>

namespace diploscope::ui {

/// Where the time of a job that is over went, stage by stage. Deletes itself when it is closed.
class JobTimesDialog : public QDialog {
    Q_OBJECT

public:
    JobTimesDialog(const JobStatus& job, QWidget* parent);
};

} // namespace diploscope::ui
