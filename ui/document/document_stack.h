// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"

#include <QObject>
#include <QString>
#include <QUndoStack>

#include <memory>

namespace diploscope::ui {

/// The window's document and the way back through those before it. Parts of the window tell what was done in
/// them by change() and follow changed(); what they tell while they follow is nobody's wish and left aside.
/// GUI thread.
class DocumentStack : public QObject {
    Q_OBJECT

public:
    /// Steps of one kind that come after each other are one step, but single ones and jumps, which lead to
    /// another place.
    enum class Kind { Single, Jump, Zoom, Selection, Filter };
    /// How a document came in the place of another.
    enum class How {
        Done,     ///< by a step
        Jumped,   ///< by a jump
        Returned, ///< by undoing a step, or by doing it again
        Given,    ///< another one is there: replace(), amend()
    };
    static constexpr int MostSteps = 500;

    explicit DocumentStack(QObject* parent = nullptr);

    [[nodiscard]] const Document& document() const { return *m_document; }
    /// The same, for who keeps it while the window goes on.
    [[nodiscard]] std::shared_ptr<const Document> shared() const { return m_document; }
    /// To undo and redo, and what that would be.
    [[nodiscard]] QUndoStack& steps() { return m_steps; }

    /// A step that can be undone; none where nothing changes. \param name as the Edit menu says it: "Zoom"
    void change(const QString& name, Document next, Kind kind = Kind::Single);
    /// Without a step of its own: what turned out about what was opened.
    void amend(Document next);
    /// Another study, or none: there is no way back.
    void replace(Document next);

Q_SIGNALS:
    void changed(const diploscope::ui::Document& before, diploscope::ui::DocumentStack::How how);

private:
    class Step;
    using Shared = std::shared_ptr<const Document>;
    void show(Shared document, How how);

    Shared m_document;
    QUndoStack m_steps;
    bool m_showing = false;
};

} // namespace diploscope::ui
