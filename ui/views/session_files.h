// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document_stack.h"
#include "document/opening.h"
#include "viewmodels/session.h"

#include <QObject>
#include <QString>

namespace diploscope::ui {

class MessageStack;
class WindowActions;

/// Sessions as files: opens one, and asks where its study is by now where that has moved; saves what the
/// window shows. Asks for files, lets jobs read and write them, and says what became of it. GUI thread.
class SessionFiles : public QObject {
    Q_OBJECT

public:
    /// \param opening is told what is wanted, and that nothing is where nothing comes of it
    SessionFiles(Session& session, const DocumentStack& documents, Opening& opening, WindowActions& actions,
                 MessageStack& messages, QWidget* window);

    /// read() follows. \param gene, model in place of the session's; empty: those
    void open(const QString& file, const QString& gene = {}, const QString& model = {});
    /// As `*.diploscope.json`.
    void save(const QString& file);

Q_SIGNALS:
    void read(const diploscope::ui::Document& document); ///< its study is there

private:
    void askToOpen();
    void askToSave();
    void askWhereStudyIs(const Document& document, const Error& missing);

    Session& m_session;
    const DocumentStack& m_documents;
    Opening& m_opening;
    MessageStack& m_messages;
    QWidget* m_window;
};

} // namespace diploscope::ui
