// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/session_files.h"

#include "document/session_file.h"
#include "viewmodels/session_groups.h"
#include "views/dialog_parts.h"
#include "views/export_places.h"
#include "views/message_stack.h"
#include "views/window_actions.h"

#include <QAbstractButton>
#include <QAction>
#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>

#include <optional>
#include <utility>

namespace diploscope::ui {

namespace {

struct ReadSession {
    Document document;
    std::optional<Error> missing; ///< its study
};

QStringList sessionFilters() {
    return {SessionFiles::tr("Sessions (*.diploscope.json)"), SessionFiles::tr("All files (*)")};
}

} // namespace

SessionFiles::SessionFiles(Session& session, const DocumentStack& documents, Opening& opening,
                           WindowActions& actions, MessageStack& messages, QWidget* window)
    : QObject(window)
    , m_session(session)
    , m_documents(documents)
    , m_opening(opening)
    , m_messages(messages)
    , m_window(window) {
    connect(actions.openSession, &QAction::triggered, this, &SessionFiles::askToOpen);
    connect(actions.saveSession, &QAction::triggered, this, &SessionFiles::askToSave);
}

void SessionFiles::open(const QString& file, const QString& gene, const QString& model) {
    m_opening.want({.gene = gene});
    m_session.jobs().run<ReadSession>(
        tr("Opening %1").arg(file.section(QLatin1Char('/'), -1)), studyGroup, JobRunner::Priority::Seen,
        [path = std::filesystem::path(file.toStdString())](const RunContext&) -> Result<ReadSession> {
            DS_ASSIGN(Document document, readSession(path));
            std::optional<Error> missing = missingStudy(document, path);
            return ReadSession{std::move(document), std::move(missing)};
        },
        this,
        [this, model](Result<ReadSession> found) {
            if (!found) {
                m_opening.forget();
                return m_messages.showError(found.error());
            }
            if (!model.isEmpty())
                found->document.model = model.toStdString();
            if (found->missing)
                return askWhereStudyIs(found->document, *found->missing);
            Q_EMIT read(found->document);
        });
}

void SessionFiles::askWhereStudyIs(const Document& document, const Error& missing) {
    auto* box = new QMessageBox(QMessageBox::Warning, tr("Where is the study?"),
                                QString::fromStdString(missing.what), QMessageBox::Cancel, m_window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("movedStudy"));
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(
        tr("%1\n\nChoose the study where it is now: all else is as the session says. Its file stays as it is "
           "until you save it.")
            .arg(QString::fromStdString(missing.where)));
    const QAbstractButton* choose = box->addButton(tr("C&hoose the study…"), QMessageBox::AcceptRole);
    connect(box, &QMessageBox::buttonClicked, this, [this, choose, document](const QAbstractButton* clicked) {
        if (clicked != choose)
            return;
        QFileDialog* dialog = openFileDialog(m_window, tr("The session's study"), QFileDialog::ExistingFile);
        dialog->setNameFilters({tr("Studies (*.study.json)"), tr("All files (*)")});
        connect(dialog, &QFileDialog::fileSelected, this, [this, document](const QString& file) {
            Document found = document;
            found.study = file.toStdString();
            Q_EMIT read(found);
        });
    });
    box->open();
}

void SessionFiles::askToOpen() {
    QFileDialog* dialog = openFileDialog(m_window, tr("Open a session"), QFileDialog::ExistingFile);
    dialog->setNameFilters(sessionFilters());
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) { open(file); });
}

void SessionFiles::askToSave() {
    if (!m_session.study())
        return;
    const QString study = QString::fromStdString(m_documents.document().study.filename().string());
    const QString name = study.section(QLatin1Char('.'), 0, 0) + QStringLiteral(".diploscope.json");
    askForExport(m_session.jobs(), m_window,
                 {.title = tr("Save the session"),
                  .proposal = name,
                  .suffix = QStringLiteral("diploscope.json"),
                  .filters = sessionFilters()},
                 m_session.study(), this, [this](const QString& file) { save(file); });
}

void SessionFiles::save(const QString& file) {
    m_session.jobs().run<void>(
        tr("Saving %1").arg(file.section(QLatin1Char('/'), -1)), {}, JobRunner::Priority::Seen,
        [document = m_documents.shared(), path = std::filesystem::path(file.toStdString())](
            const RunContext&) { return writeSession(*document, path); },
        this,
        [this, file](const Result<void>& written) {
            if (written)
                m_messages.tell(tr("The session is saved"), file);
            else
                m_messages.showError(written.error());
        });
}

} // namespace diploscope::ui
