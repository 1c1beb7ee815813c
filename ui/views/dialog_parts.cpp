// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/dialog_parts.h"

#include <QFormLayout>
#include <QFrame>
#include <QLabel>
#include <QPalette>
#include <QStyle>
#include <QVBoxLayout>

namespace diploscope::ui {

Card makeCard(const QString& heading) {
    Card card;
    card.frame = new QFrame;
    setRole(card.frame, "card");
    card.layout = new QVBoxLayout(card.frame);
    card.layout->setContentsMargins(LargeGap, Gap, LargeGap, Gap);
    card.layout->setSpacing(SmallGap);
    if (!heading.isEmpty())
        card.layout->addWidget(makeText(heading, "heading"));
    return card;
}

QFormLayout* makeForm() {
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(LargeGap);
    form->setVerticalSpacing(SmallGap);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    return form;
}

QLabel* makeText(const QString& text, const char* role, bool selectable) {
    auto* label = new QLabel;
    // Paths, names and errors of files are no markup, whatever they hold.
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    label->setWordWrap(true);
    if (selectable)
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setRole(label, role);
    return label;
}

QColor mutedColour(const QPalette& palette) {
    constexpr double share = 0.68; // of the text's colour: 5:1 on both grounds
    const QColor text = palette.color(QPalette::Text), base = palette.color(QPalette::Base);
    const auto between = [](int from, int to) { return static_cast<int>(from + share * (to - from)); };
    return {between(base.red(), text.red()), between(base.green(), text.green()),
            between(base.blue(), text.blue())};
}

void setRole(QWidget* widget, const char* role) {
    widget->setProperty("role", QString::fromLatin1(role));
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

} // namespace diploscope::ui
