// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/document_stack.h"

#include <QScopedValueRollback>

#include <utility>

namespace diploscope::ui {

class DocumentStack::Step final : public QUndoCommand {
public:
    Step(DocumentStack& stack, const QString& name, Shared after, Kind kind)
        : QUndoCommand(name)
        , m_stack(stack)
        , m_before(stack.m_document)
        , m_after(std::move(after))
        , m_kind(kind) {}

    void undo() override { m_stack.show(m_before, How::Returned); }
    void redo() override {
        const How first = m_kind == Kind::Jump ? How::Jumped : How::Done;
        m_stack.show(m_after, std::exchange(m_isDone, true) ? How::Returned : first);
    }
    [[nodiscard]] int id() const override {
        return m_kind == Kind::Single || m_kind == Kind::Jump ? -1 : static_cast<int>(m_kind);
    }
    bool mergeWith(const QUndoCommand* next) override {
        m_after = static_cast<const Step*>(next)->m_after;
        setText(next->text());
        setObsolete(*m_after == *m_before);
        return true;
    }

private:
    DocumentStack& m_stack;
    Shared m_before, m_after;
    Kind m_kind;
    bool m_isDone = false; ///< it was, perhaps undone since
};

DocumentStack::DocumentStack(QObject* parent)
    : QObject(parent), m_document(std::make_shared<const Document>()) {
    m_steps.setUndoLimit(MostSteps);
}

void DocumentStack::change(const QString& name, Document next, Kind kind) {
    if (m_showing || next == *m_document)
        return;
    m_steps.push(new Step(*this, name, std::make_shared<const Document>(std::move(next)), kind));
}

void DocumentStack::amend(Document next) {
    if (!m_showing && next != *m_document)
        show(std::make_shared<const Document>(std::move(next)), How::Given);
}

void DocumentStack::replace(Document next) {
    m_steps.clear();
    show(std::make_shared<const Document>(std::move(next)), How::Given);
}

void DocumentStack::show(Shared document, How how) {
    const Shared before = std::exchange(m_document, std::move(document));
    const QScopedValueRollback showing(m_showing, true);
    Q_EMIT changed(*before, how);
}

} // namespace diploscope::ui
