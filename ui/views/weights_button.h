// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job_runner.h"
#include "model/install_model.h"

#include <QPushButton>

namespace diploscope::ui {

/// Gives a model the weights that a person has as a file: copied or linked into the user's models, once the
/// file was found to belong to the model. GUI thread.
class WeightsButton final : public QPushButton {
    Q_OBJECT

public:
    explicit WeightsButton(JobRunner& jobs, QWidget* parent = nullptr);

    /// The model that wants weights; an empty folder: none does.
    void setModel(const std::filesystem::path& folder, const QString& name);
    /// installed() or failed() follows.
    void install(const QString& file, InstallMode mode);

Q_SIGNALS:
    void checking(const QString& file);
    /// \param words what was checked and where the weights are now
    void installed(const std::filesystem::path& folder, const QString& words);
    void failed(const diploscope::Error& error);

private:
    void ask(InstallMode mode);

    JobRunner& m_jobs;
    std::filesystem::path m_folder;
    QString m_name;
};

} // namespace diploscope::ui
