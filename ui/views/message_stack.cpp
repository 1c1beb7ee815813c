// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/message_stack.h"

#include "views/message.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QEvent>
#include <QLineEdit>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace diploscope::ui {

namespace {

constexpr int mostShown = 3;
constexpr int stackWidth = 400;
constexpr int margin = 16;

/// What a person uses and must see.
bool isControl(const QWidget* widget) {
    return qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QComboBox*>(widget) ||
           qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QAbstractItemView*>(widget);
}

} // namespace

MessageStack::MessageStack(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this)) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(8);
    parent->installEventFilter(this);
    if (auto* pages = qobject_cast<QStackedWidget*>(parent))
        connect(pages, &QStackedWidget::currentChanged, this, &MessageStack::place);
    hide();
}

int MessageStack::count() const {
    return m_layout->count();
}

Message* MessageStack::at(int i) const {
    return qobject_cast<Message*>(m_layout->itemAt(i)->widget());
}

void MessageStack::showError(const Error& error) {
    if (error.kind == ErrorKind::Cancelled)
        return;
    add(QString::fromStdString(error.what), QString::fromStdString(error.where),
        QString::fromStdString(error.remedy), true);
}

void MessageStack::tell(const QString& text, const QString& detail) {
    add(text, detail, {}, false);
}

void MessageStack::tellWith(const QString& text, const QString& detail, const QString& button,
                            const std::function<void()>& take) {
    if (Message* message = add(text, detail, {}, false); message != nullptr) {
        message->offer(button, take);
        place();
    }
}

void MessageStack::clear() {
    while (m_layout->count() > 0)
        delete m_layout->itemAt(0)->widget();
}

Message* MessageStack::add(const QString& what, const QString& where, const QString& remedy, bool isError) {
    for (int i = 0; i < count(); ++i)
        if (at(i)->says(what, where, remedy)) {
            at(i)->sayAgain();
            place();
            return nullptr;
        }
    while (count() >= mostShown)
        delete at(0);
    auto* message = new Message(what, where, remedy, isError, this);
    connect(message, &QObject::destroyed, this,
            [this] { QTimer::singleShot(0, this, &MessageStack::place); });
    m_layout->addWidget(message);
    message->show(); // its height is asked for now, not when the event loop shows it
    place();
    return message;
}

void MessageStack::place() {
    setVisible(count() > 0);
    if (count() == 0)
        return;
    const QSize page = parentWidget()->size();
    const int wide = std::min(stackWidth, page.width() - 2 * margin);
    const int bottom = page.height() - margin;
    // The right corner, else the left one, whichever leaves the controls above it free.
    const int lefts[] = {page.width() - wide - margin, margin};
    int rooms[] = {bottom - margin, bottom - margin};
    for (const QWidget* widget : parentWidget()->findChildren<QWidget*>()) {
        if (!widget->isVisible() || !isControl(widget) || isAncestorOf(widget))
            continue;
        const QRect control(widget->mapTo(parentWidget(), QPoint()), widget->size());
        for (int side = 0; side < 2; ++side)
            if (control.right() >= lefts[side] && control.left() < lefts[side] + wide)
                rooms[side] = std::min(rooms[side], bottom - control.bottom() - m_layout->spacing());
    }
    int side = rooms[0] >= rooms[1] ? 0 : 1;
    int high = 0;
    for (const int lines : {8, 5, 3, 2, 1}) {
        for (int i = 0; i < count(); ++i)
            at(i)->setMostLines(lines);
        m_layout->invalidate();
        high = m_layout->heightForWidth(wide);
        const auto* fits =
            std::find_if(std::begin(rooms), std::end(rooms), [high](int room) { return high <= room; });
        if (fits != std::end(rooms)) {
            side = static_cast<int>(fits - std::begin(rooms));
            break;
        }
    }
    setGeometry(lefts[side], bottom - high, wide, high);
    raise();
}

bool MessageStack::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parent() && event->type() == QEvent::Resize)
        place();
    return QWidget::eventFilter(watched, event);
}

} // namespace diploscope::ui
