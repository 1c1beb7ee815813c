// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/cluster_runs.h"
#include "viewmodels/genome.h"

namespace diploscope::ui {

class MessageStack;
class WindowActions;

/// Genes on a cluster: asks how, lets ClusterRuns do it, and says what became of it. GUI thread.
class ClusterTools : public QObject {
    Q_OBJECT

public:
    ClusterTools(Session& session, const Genome& genome, ClusterRuns& runs, WindowActions& actions,
                 MessageStack& messages, QWidget* window);

Q_SIGNALS:
    void studyWanted(const QString& file); ///< whose results have come while another was open

private:
    void askHow();
    void askForRun();
    void takeDone(const QString& folder, const QString& study);
    void showState();

    Session& m_session;
    const Genome& m_genome;
    ClusterRuns& m_runs;
    WindowActions& m_actions;
    MessageStack& m_messages;
    QWidget* m_window;
};

} // namespace diploscope::ui
