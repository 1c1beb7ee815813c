// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/message.h"

#include "views/wrapped_text.h"

#include <QEnterEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace diploscope::ui {

namespace {

constexpr int newsMs = 6000;
constexpr int troubleMs = 15'000;
constexpr int letterMs = 60; ///< slow reading
constexpr int mostMs = 90'000;

} // namespace

Message::Message(const QString& what, const QString& where, const QString& remedy, bool isError,
                 QWidget* parent)
    : QFrame(parent)
    , m_what(what)
    , m_where(where)
    , m_remedy(remedy)
    , m_words(new QVBoxLayout)
    , m_count(new QLabel(this)) {
    setObjectName(QStringLiteral("message"));
    setProperty("role", isError ? QStringLiteral("trouble") : QStringLiteral("news"));
    m_words->setSpacing(4);
    const auto add = [&](const QString& text, const char* role) {
        if (text.isEmpty())
            return;
        m_texts << new WrappedText(text, role, this);
        m_words->addWidget(m_texts.last());
    };
    add(what, isError ? "error" : "heading");
    add(remedy, "plain");
    add(where, "small");

    m_count->setProperty("role", QStringLiteral("small"));
    m_count->hide();
    auto* close = new QToolButton(this);
    close->setText(QStringLiteral("✕"));
    close->setAccessibleName(tr("Close this message"));
    connect(close, &QToolButton::clicked, this, &QObject::deleteLater);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 10, 8, 12);
    layout->addLayout(m_words, 1);
    layout->addWidget(m_count, 0, Qt::AlignTop);
    layout->addWidget(close, 0, Qt::AlignTop);

    const auto letters =
        static_cast<int>(std::min<qsizetype>(what.size() + where.size() + remedy.size(), 2000));
    m_leave.setSingleShot(true);
    m_leave.setInterval(std::clamp(letterMs * letters, isError ? troubleMs : newsMs, mostMs));
    connect(&m_leave, &QTimer::timeout, this, &QObject::deleteLater);
    m_leave.start();
}

void Message::offer(const QString& text, const std::function<void()>& take) {
    auto* button = new QPushButton(text, this);
    button->setProperty("role", QStringLiteral("small"));
    connect(button, &QPushButton::clicked, this, [this, take] {
        deleteLater();
        take();
    });
    m_words->addWidget(button, 0, Qt::AlignLeft);
    button->show(); // counts in the height that is asked for now
    m_leave.setInterval(std::max(m_leave.interval(), troubleMs)); // time to get there by the keyboard, too
    m_leave.start();
}

bool Message::says(const QString& what, const QString& where, const QString& remedy) const {
    return what == m_what && where == m_where && remedy == m_remedy;
}

void Message::sayAgain() {
    m_count->setText(QStringLiteral("×%1").arg(++m_times));
    m_count->setToolTip(tr("This came %1 times").arg(m_times));
    m_count->show();
    if (!underMouse())
        m_leave.start();
}

void Message::setMostLines(int lines) {
    for (WrappedText* text : m_texts)
        text->setMostLines(lines);
    layout()->invalidate();
}

void Message::enterEvent(QEnterEvent* event) {
    m_leave.stop();
    QFrame::enterEvent(event);
}

void Message::leaveEvent(QEvent* event) {
    m_leave.start();
    QFrame::leaveEvent(event);
}

} // namespace diploscope::ui
