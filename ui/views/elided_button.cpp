// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/elided_button.h"

#include "views/elided_text.h"

#include <QPaintEvent>
#include <QStyle>
#include <QStyleOptionButton>
#include <QStylePainter>

#include <algorithm>

namespace diploscope::ui {
namespace {

/// What the button is wider than its words by. The words are measured as Qt's own size hint measures them:
/// their advance rounds otherwise, by a pixel for some texts and fonts.
int frameWidth(const QPushButton& button) {
    return button.sizeHint().width() - button.fontMetrics().size(Qt::TextShowMnemonic, button.text()).width();
}

} // namespace

ElidedButton::ElidedButton(QWidget* parent) : QPushButton(parent) {
    // A layout squeezes no button of Qt's: it would widen the window with every longer word of a job.
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QSize ElidedButton::minimumSizeHint() const {
    const QSize whole = sizeHint();
    constexpr int letters = 12;
    return {std::min(whole.width(), frameWidth(*this) + letters * fontMetrics().averageCharWidth()),
            whole.height()};
}

int ElidedButton::widthFor(const QString& words) const {
    return frameWidth(*this) + fontMetrics().size(Qt::TextShowMnemonic, words).width();
}

void ElidedButton::paintEvent(QPaintEvent*) {
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    option.text = elidedTo(width() - frameWidth(*this), text(), fontMetrics());
    painter.drawControl(QStyle::CE_PushButton, option);
}

} // namespace diploscope::ui
