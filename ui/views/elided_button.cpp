// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/elided_button.h"

#include "views/elided_text.h"

#include <QPaintEvent>
#include <QStyle>
#include <QStyleOptionButton>
#include <QStylePainter>

#include <algorithm>

namespace diploscope::ui {

ElidedButton::ElidedButton(QWidget* parent) : QPushButton(parent) {
    // A layout squeezes no button of Qt's: it would widen the window with every longer word of a job.
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QSize ElidedButton::minimumSizeHint() const {
    const QSize whole = sizeHint();
    constexpr int letters = 12;
    const int frame = whole.width() - fontMetrics().horizontalAdvance(text());
    return {std::min(whole.width(), frame + letters * fontMetrics().averageCharWidth()), whole.height()};
}

void ElidedButton::paintEvent(QPaintEvent*) {
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    const int frame = sizeHint().width() - fontMetrics().horizontalAdvance(text());
    option.text = elidedTo(width() - frame, text(), fontMetrics());
    painter.drawControl(QStyle::CE_PushButton, option);
}

} // namespace diploscope::ui
