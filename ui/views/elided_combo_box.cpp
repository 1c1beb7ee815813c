// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/elided_combo_box.h"

#include "views/elided_text.h"

#include <QPalette>
#include <QStyleOptionComboBox>
#include <QStylePainter>

namespace diploscope::ui {

void ElidedComboBox::paintEvent(QPaintEvent*) {
    QStylePainter painter(this);
    QStyleOptionComboBox option;
    initStyleOption(&option);
    if (currentIndex() < 0) { // as the base class says it
        option.palette.setBrush(QPalette::ButtonText, option.palette.placeholderText());
        option.currentText = placeholderText();
    }
    painter.drawComplexControl(QStyle::CC_ComboBox, option);
    const QRect field =
        style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, this);
    constexpr int padding = 4; // the style keeps as much free beside the text
    option.currentText =
        elidedTo(field.width() - padding, option.currentText, fontMetrics(), Qt::ElideMiddle);
    painter.drawControl(QStyle::CE_ComboBoxLabel, option);
}

} // namespace diploscope::ui
