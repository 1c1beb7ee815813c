// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: which models there are, and which have their weights.
#include "main_window.h"

#include "viewmodels/model_choices.h"
#include "views/message_stack.h"
#include "views/top_bar.h"

#include <QEvent>

namespace diploscope::ui {

void MainWindow::showModels() {
    const bool published = m_session.isPublished();
    m_topBar->setModels(published ? modelChoices(m_session.published().names())
                                  : modelChoices(modelsOf(m_session.study().get()), m_surroundings.models),
                        !published);
    m_topBar->setModelChoice(m_session.model().choice());
    showState();
}

void MainWindow::lookAround() {
    m_jobs.run<Surroundings>(
        tr("Models and libraries"), QStringLiteral("surroundings"), JobRunner::Priority::Background,
        [notes = m_options.remember](const RunContext&) -> Result<Surroundings> {
            return ui::lookAround(notes);
        },
        this,
        [this](Result<Surroundings> found) {
            if (!found)
                return;
            m_surroundings = std::move(*found);
            if (!m_surroundings.crashNotes.isEmpty())
                m_messages->showError(
                    {ErrorKind::Internal, tr("The program crashed when it ran before.").toStdString(),
                     m_surroundings.crashNotes.front().toStdString(),
                     tr("Please report it with this note. Finished work was kept.").toStdString()});
            showModels();
        });
}

/// Weights are put in their place by other programs, while the window looks on. A model that could not be
/// opened for want of them is opened as soon as they are there.
void MainWindow::lookForModels() {
    using Entries = std::vector<ModelEntry>;
    m_jobs.run<Entries>(
        {}, QStringLiteral("models"), JobRunner::Priority::Background,
        [ofStudy = modelsOf(m_session.study().get())](const RunContext&) -> Result<Entries> {
            return listModels(ofStudy);
        },
        this,
        [this](Result<Entries> found) {
            if (!found || *found == m_surroundings.models)
                return;
            const QString choice = m_session.model().choice();
            const bool isWanted = isOpen() && !m_session.model().predictor() &&
                                  becameReady(choice, m_surroundings.models, *found);
            m_surroundings.models = std::move(*found);
            showModels();
            if (isWanted)
                m_session.chooseModel(choice);
        });
}

bool MainWindow::event(QEvent* event) {
    if (event->type() == QEvent::WindowActivate)
        lookForModels();
    return QMainWindow::event(event);
}

} // namespace diploscope::ui
