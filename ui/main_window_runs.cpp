// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: the runs that the study's result store keeps.
#include "main_window.h"

#include "views/genome_page.h"
#include "views/message_stack.h"
#include "views/runs_dialog.h"
#include "views/window_actions.h"

#include <QAction>

namespace diploscope::ui {

void MainWindow::connectRuns() {
    RunShelf& runs = m_genome.runs();
    connect(m_actions->storedRuns, &QAction::triggered, this, &MainWindow::showRuns);
    connect(m_actions->currentRun, &QAction::triggered, &runs, &RunShelf::close);
    connect(m_genomePage, &GenomePage::runsRequested, this, &MainWindow::showRuns);
    connect(&m_session.results(), &GeneResults::otherRunsKept, this,
            [this](const QString& what, const QString& howToSee) {
                m_messages->tellWith(what, howToSee, tr("Stored runs…"), [this] { showRuns(); });
            });
    connect(&runs, &RunShelf::openedChanged, this, &MainWindow::showState);
    connect(&runs, &RunShelf::chosen, this, [this, &runs] {
        const std::optional<int64_t> run = runs.openedRun();
        change(run ? tr("Show run %1").arg(*run) : tr("Show the current results"), [&run](Document& next) {
            next.genome.run = run;
            if (run)
                next.page = Document::Page::Genome;
        });
    });
    // The document may hold a wish that came to nothing.
    connect(&runs, &RunShelf::settled, this, [this, &runs] {
        Document next = m_documents.document();
        next.genome.run = runs.openedRun();
        if (isOpen())
            m_documents.amend(std::move(next));
    });
    connect(&runs, &RunShelf::failed, this, [this](const Error& error) {
        if (!findChild<RunsDialog*>(QString(), Qt::FindDirectChildrenOnly)) // which says it itself
            m_messages->showError(error);
    });
}

void MainWindow::showRuns() {
    if (!isOpen() || m_session.isPublished())
        return;
    auto* dialog = findChild<RunsDialog*>(QString(), Qt::FindDirectChildrenOnly);
    if (dialog == nullptr) {
        dialog = new RunsDialog(m_genome.runs(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QDialog::accepted, this, [this] { turnTo(Document::Page::Genome); });
    }
    dialog->show();
    dialog->raise();
}

} // namespace diploscope::ui
