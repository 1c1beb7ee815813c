// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/cluster_tools.h"

#include "analysis/file_stems.h"
#include "base/paths.h"
#include "views/cluster_dialog.h"
#include "views/dialog_parts.h"
#include "views/message_stack.h"
#include "views/window_actions.h"
#include "workflow/analyze_options.h"

#include <QAction>
#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace diploscope::ui {

namespace {

bool runsOnCards(const DeviceList& devices) {
    return std::any_of(devices.begin(), devices.end(),
                       [](const Device& device) { return device.kind == Device::Kind::Cuda; });
}

/// In genome order; none where the focus leaves nothing out. Those of a stored run may be no genes of the
/// study any more.
std::vector<std::string> genesInFocus(const Genome& genome, const Study& study) {
    std::vector<std::string> ids;
    if (!genome.focus())
        return ids;
    for (const StudyGene& each : study.genes())
        if (const auto row = genome.rowOf(QString::fromStdString(each.gene.id));
            row && genome.isInFocus(*row))
            ids.push_back(each.gene.id);
    return ids;
}

} // namespace

ClusterTools::ClusterTools(Session& session, const Genome& genome, ClusterRuns& runs, WindowActions& actions,
                           MessageStack& messages, QWidget* window)
    : QObject(window)
    , m_session(session)
    , m_genome(genome)
    , m_runs(runs)
    , m_actions(actions)
    , m_messages(messages)
    , m_window(window) {
    connect(actions.runOnCluster, &QAction::triggered, this, &ClusterTools::askHow);
    connect(actions.watchCluster, &QAction::triggered, this, &ClusterTools::askForRun);
    connect(&session, &Session::studyOpened, this, &ClusterTools::showState);
    connect(&session, &Session::studyClosed, this, &ClusterTools::showState);
    connect(&session, &Session::modelChanged, this, &ClusterTools::showState);
    connect(&runs, &ClusterRuns::done, this, &ClusterTools::takeDone);
    connect(&runs, &ClusterRuns::failed, &messages, &MessageStack::showError);
    connect(&runs, &ClusterRuns::written, this, [this](const QString& folder) {
        m_messages.tell(tr("The scripts are written: sh submit.sh hands them to Slurm"), folder);
    });
    connect(&runs, &ClusterRuns::takenBack, this, [this](const QString& folder) {
        m_messages.tell(
            tr("The cluster's jobs are taken back; what they have computed stays, and a run in the same "
               "folder goes on from there"),
            folder);
    });
    showState();
}

void ClusterTools::showState() {
    m_actions.runOnCluster->setEnabled(m_session.study() && !m_session.isPublished() &&
                                       m_session.model().predictor());
}

void ClusterTools::askHow() {
    const auto study = m_session.study();
    if (!study || !m_session.model().predictor())
        return;
    const Session::Settings& settings = m_session.settings();
    ClusterRequest request;
    request.study = study->file().path;
    request.program = programFolder() / "diploscope";
    request.models = {m_session.model().choice().toStdString()};
    request.options =
        analyzeOptions(m_session.model().request(), settings.statistics, settings.selfCheckEvery);
    request.device = runsOnCards(settings.devices) ? "cuda" : "cpu";
    request.figures = true;
    const QString file = QString::fromStdString(request.study.string());
    const QString folder = QFileInfo(file).fileName().section(QStringLiteral(".study.json"), 0, 0) + u'-' +
                           QString::fromStdString(fileStem(m_session.model().name()));
    const ClusterDialog::Facts facts{file,
                                     QString::fromStdString(m_session.model().name()),
                                     static_cast<qint64>(study->genes().size()),
                                     QDir::home().filePath(QStringLiteral("diploscope-jobs/") + folder),
                                     !settings.allele && settings.thresholds == DriverThresholds{},
                                     genesInFocus(m_genome, *study)};
    auto* dialog = new ClusterDialog(facts, std::move(request), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog] { m_runs.run(dialog->request(), !dialog->onlyWrites()); });
    dialog->show();
}

void ClusterTools::askForRun() {
    const QFileDialog* dialog =
        openFileDialog(m_window, tr("The folder of a cluster's run"), QFileDialog::Directory, {},
                       QDir::home().filePath(QStringLiteral("diploscope-jobs")));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& folder) { m_runs.watch(folder.toStdString()); });
}

void ClusterTools::takeDone(const QString& folder, const QString& study) {
    const auto open = m_session.study();
    if (open && QString::fromStdString(open->file().path.string()) == study) {
        m_session.results().lookAgain();
        m_messages.tell(tr("The cluster's run is done: its results are here"), folder);
        return;
    }
    m_messages.tellWith(tr("The cluster's run of another study is done"), study, tr("Open it"),
                        [this, study] { Q_EMIT studyWanted(study); });
}

} // namespace diploscope::ui
