// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/weights_button.h"

#include "views/dialog_parts.h"

#include <QFileDialog>
#include <QMenu>

namespace diploscope::ui {

WeightsButton::WeightsButton(JobRunner& jobs, QWidget* parent)
    : QPushButton(tr("Choose &weights"), parent), m_jobs(jobs) {
    setObjectName(QStringLiteral("chooseWeights"));
    setAutoDefault(false);
    setToolTip(
        tr("Weights that you have as a file: they are checked against model.json before they are taken"));
    auto* menu = new QMenu(this);
    menu->addAction(tr("&Copy a weights file…"), this, [this] { ask(InstallMode::Copy); });
    menu->addAction(tr("&Link to a weights file…"), this, [this] { ask(InstallMode::Link); });
    setMenu(menu);
    setModel({}, {});
}

void WeightsButton::setModel(const std::filesystem::path& folder, const QString& name) {
    m_folder = folder;
    m_name = name;
    setVisible(!folder.empty());
}

void WeightsButton::ask(InstallMode mode) {
    QFileDialog* dialog =
        openFileDialog(window(), tr("Weights of %1").arg(m_name), QFileDialog::ExistingFile);
    dialog->setNameFilters(
        {tr("Weights (*.safetensors *.pt *.pth *.bin *.ckpt *.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, mode](const QString& file) { install(file, mode); });
}

void WeightsButton::install(const QString& file, InstallMode mode) {
    if (m_folder.empty())
        return;
    setEnabled(false);
    Q_EMIT checking(file);
    m_jobs.run<std::filesystem::path>(
        tr("Weights of %1").arg(m_name), QString(), JobRunner::Priority::Seen,
        [folder = m_folder, path = std::filesystem::path(file.toStdString()),
         mode](const RunContext& context) { return installWeights(folder, path, mode, context); },
        this,
        [this, folder = m_folder, mode](const Result<std::filesystem::path>& place) {
            setEnabled(true);
            if (!place) {
                Q_EMIT failed(place.error());
                return;
            }
            const QString there = QString::fromStdString(place->string());
            Q_EMIT installed(folder, mode == InstallMode::Link
                                         ? tr("The weights belong to the model; linked as %1").arg(there)
                                         : tr("The weights belong to the model; copied to %1").arg(there));
        });
}

} // namespace diploscope::ui
