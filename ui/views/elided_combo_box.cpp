// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/elided_combo_box.h"

#include "views/elided_text.h"

#include <QPalette>
#include <QStyleOptionComboBox>
#include <QStylePainter>

namespace diploscope::ui {
namespace {

constexpr int besideText = 4; ///< the style keeps as much free beside the text

} // namespace

QString ElidedComboBox::shownText() const {
    return currentIndex() < 0 ? placeholderText() : currentText();
}

int ElidedComboBox::fieldWidth(int ofWidth) const {
    QStyleOptionComboBox option;
    initStyleOption(&option);
    option.rect = QRect(0, 0, ofWidth, height());
    return style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, this).width();
}

int ElidedComboBox::widthFor(const QString& text) const {
    constexpr int any = 400;
    return fontMetrics().horizontalAdvance(text) + any - fieldWidth(any) + besideText;
}

void ElidedComboBox::paintEvent(QPaintEvent*) {
    QStylePainter painter(this);
    QStyleOptionComboBox option;
    initStyleOption(&option);
    if (currentIndex() < 0) { // as the base class says it
        option.palette.setBrush(QPalette::ButtonText, option.palette.placeholderText());
        option.currentText = placeholderText();
    }
    painter.drawComplexControl(QStyle::CC_ComboBox, option);
    option.currentText =
        elidedTo(fieldWidth(width()) - besideText, option.currentText, fontMetrics(), Qt::ElideMiddle);
    painter.drawControl(QStyle::CE_ComboBoxLabel, option);
}

} // namespace diploscope::ui
