// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/wrapped_text.h"

#include <QFrame>
#include <QScrollBar>
#include <QSizePolicy>
#include <QTextDocument>
#include <QTextOption>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace diploscope::ui {

namespace {

constexpr auto wrap = QTextOption::WrapAtWordBoundaryOrAnywhere;

} // namespace

WrappedText::WrappedText(const QString& text, const char* role, QWidget* parent) : QTextEdit(parent) {
    setProperty("role", QString::fromLatin1(role));
    setReadOnly(true);
    setAcceptDrops(false);
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setFocusPolicy(Qt::ClickFocus);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setWordWrapMode(wrap);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    document()->setDocumentMargin(0);
    viewport()->setAutoFillBackground(false);
    // As high as a width asks for, not as sizeHint() says of another: that of a fixed height would be the
    // most.
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    // What has no room is scrolled to, by keys as well.
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this,
            [this](int, int most) { setFocusPolicy(most > 0 ? Qt::StrongFocus : Qt::ClickFocus); });
    setPlainText(text);
}

void WrappedText::setMostLines(int lines) {
    m_mostLines = lines;
    updateGeometry();
}

int WrappedText::heightForWidth(int width) const {
    ensurePolished();
    QTextDocument measured;
    measured.setDefaultFont(font());
    measured.setDocumentMargin(0);
    QTextOption option;
    option.setWrapMode(wrap);
    measured.setDefaultTextOption(option);
    measured.setPlainText(toPlainText());
    measured.setTextWidth(width);
    const int whole = static_cast<int>(std::ceil(measured.size().height()));
    return std::min(whole, m_mostLines * fontMetrics().lineSpacing());
}

QSize WrappedText::sizeHint() const {
    const int wide = std::min(fontMetrics().horizontalAdvance(toPlainText()) + 2, 360);
    return {wide, heightForWidth(wide)};
}

QSize WrappedText::minimumSizeHint() const {
    return {40, fontMetrics().lineSpacing()};
}

/// Room that comes and goes leaves it scrolled to where nobody has read.
void WrappedText::resizeEvent(QResizeEvent* event) {
    QTextEdit::resizeEvent(event);
    if (!hasFocus())
        verticalScrollBar()->setValue(0);
}

void WrappedText::wheelEvent(QWheelEvent* event) {
    if (verticalScrollBar()->maximum() > 0)
        QTextEdit::wheelEvent(event);
    else
        event->ignore();
}

} // namespace diploscope::ui
