// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/message_stack.h"

#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace diploscope::ui {

namespace {

constexpr int mostShown = 3;
constexpr int stackWidth = 400;
constexpr int goodNewsMs = 6000;

QLabel* line(const QString& text, const char* role, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setProperty("role", QString::fromLatin1(role));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

MessageStack::MessageStack(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this)) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(8);
    m_layout->setAlignment(Qt::AlignBottom);
    parent->installEventFilter(this);
    hide();
}

int MessageStack::count() const {
    return m_layout->count();
}

void MessageStack::showError(const Error& error) {
    add(QString::fromStdString(error.what), QString::fromStdString(error.where),
        QString::fromStdString(error.remedy), true);
}

void MessageStack::tell(const QString& text, const QString& detail) {
    QWidget* card = add(text, detail, {}, false);
    QTimer::singleShot(goodNewsMs, card, &QObject::deleteLater);
}

void MessageStack::clear() {
    while (m_layout->count() > 0)
        delete m_layout->itemAt(0)->widget();
}

QWidget* MessageStack::add(const QString& what, const QString& where, const QString& remedy, bool isError) {
    const QString same = what + QLatin1Char('\n') + where;
    for (int i = m_layout->count() - 1; i >= 0; --i)
        if (m_layout->itemAt(i)->widget()->property("message").toString() == same)
            delete m_layout->itemAt(i)->widget();
    while (m_layout->count() >= mostShown)
        delete m_layout->itemAt(0)->widget();

    auto* card = new QFrame(this);
    card->setProperty("role", isError ? QStringLiteral("trouble") : QStringLiteral("news"));
    card->setProperty("message", same);
    card->setObjectName(QStringLiteral("message"));
    auto* close = new QToolButton(card);
    close->setText(QStringLiteral("✕"));
    close->setAccessibleName(tr("Close this message"));
    connect(close, &QToolButton::clicked, card, &QObject::deleteLater);
    connect(card, &QObject::destroyed, this, [this] { QTimer::singleShot(0, this, &MessageStack::place); });

    auto* words = new QVBoxLayout;
    words->setSpacing(4);
    words->addWidget(line(what, isError ? "error" : "heading", card));
    if (!remedy.isEmpty())
        words->addWidget(line(remedy, "plain", card));
    if (!where.isEmpty())
        words->addWidget(line(where, "small", card));
    auto* layout = new QHBoxLayout(card);
    layout->setContentsMargins(14, 10, 8, 12);
    layout->addLayout(words, 1);
    layout->addWidget(close, 0, Qt::AlignTop);
    m_layout->addWidget(card);
    place();
    return card;
}

void MessageStack::place() {
    setVisible(m_layout->count() > 0);
    if (m_layout->count() == 0)
        return;
    const int wide = std::min(stackWidth, parentWidget()->width() - 32);
    const int high = m_layout->hasHeightForWidth() ? m_layout->heightForWidth(wide) : sizeHint().height();
    setGeometry(parentWidget()->width() - wide - 16, parentWidget()->height() - high - 16, wide, high);
    raise();
}

bool MessageStack::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parent() && event->type() == QEvent::Resize)
        place();
    return QWidget::eventFilter(watched, event);
}

} // namespace diploscope::ui
