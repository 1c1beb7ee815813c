// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: which models there are, and which have their weights.
#include "main_window.h"

#include "views/message_stack.h"
#include "views/top_bar.h"

#include <QEvent>

#include <algorithm>

namespace diploscope::ui {

void MainWindow::showModels() {
    std::vector<ModelChoice> choices;
    QStringList listed;
    if (isOpen() && m_session.isPublished()) {
        for (const QString& name : m_session.published().names())
            choices.push_back({name, name, {}, true, true});
        m_topBar->setModels(choices, false);
        m_topBar->setModelChoice(m_session.model().choice());
        showState();
        return;
    }
    for (const QString& folder : modelsOfStudy()) {
        listed << folder;
        choices.push_back({folder, folder.section(QLatin1Char('/'), -1), folder, true, true});
    }
    for (const ModelEntry& model : m_surroundings.models) {
        const QString folder = QString::fromStdString(model.folder.string());
        const qsizetype ofStudy = listed.indexOf(folder);
        if (ofStudy < 0 && model.origin == ModelEntry::Origin::Study)
            continue; // of a study before
        ModelChoice choice{folder, model.name, model.description, model.ready, ofStudy >= 0};
        if (model.problem)
            choice.note = QString::fromStdString(model.problem->message());
        else if (!model.ready)
            choice.note = model.source;
        if (ofStudy >= 0)
            choices[static_cast<size_t>(ofStudy)] = choice;
        else
            choices.push_back(choice);
    }
    m_topBar->setModels(choices);
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

QStringList MainWindow::modelsOfStudy() const {
    QStringList folders;
    if (isOpen())
        for (const std::filesystem::path& path : m_session.study()->file().models)
            folders << QString::fromStdString(path.string());
    return folders;
}

/// Weights are put in their place by other programs, while the window looks on. A model that could not be
/// opened for want of them is opened as soon as they are there.
void MainWindow::lookForModels() {
    using Entries = std::vector<ModelEntry>;
    m_jobs.run<Entries>(
        {}, QStringLiteral("models"), JobRunner::Priority::Background,
        [ofStudy = modelsOfStudy()](const RunContext&) -> Result<Entries> { return listModels(ofStudy); },
        this,
        [this](Result<Entries> found) {
            if (!found || *found == m_surroundings.models)
                return;
            const auto isReady = [choice = m_session.model().choice()](const Entries& entries) {
                return std::any_of(entries.begin(), entries.end(), [&](const ModelEntry& entry) {
                    return entry.ready && (choice == entry.name ||
                                           entry.folder == std::filesystem::path(choice.toStdString()));
                });
            };
            const bool wanted = !m_session.model().predictor() && isOpen() &&
                                !m_session.model().choice().isEmpty() && !isReady(m_surroundings.models) &&
                                isReady(*found);
            m_surroundings.models = std::move(*found);
            showModels();
            if (wanted)
                m_session.chooseModel(m_session.model().choice());
        });
}

bool MainWindow::event(QEvent* event) {
    if (event->type() == QEvent::WindowActivate)
        lookForModels();
    return QMainWindow::event(event);
}

} // namespace diploscope::ui
