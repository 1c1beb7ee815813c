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
    // Of the text alone: the base of a view that a style sheet made transparent is no ground to blend with.
    QColor colour = palette.color(QPalette::Text);
    colour.setAlphaF(0.68F); // 5:1 on the grounds of both themes
    return colour;
}

bool isOnDarkGround(const QPalette& palette) {
    return palette.color(QPalette::Text).lightness() > 128;
}

void setRole(QWidget* widget, const char* role) {
    widget->setProperty("role", QString::fromLatin1(role));
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

QFileDialog* openFileDialog(QWidget* parent, const QString& title, QFileDialog::FileMode mode,
                            const QString& proposal, const QString& folder) {
    auto* dialog = new QFileDialog(parent, title, folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(mode == QFileDialog::AnyFile ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    dialog->setFileMode(mode);
    if (!proposal.isEmpty())
        dialog->selectFile(proposal);
    dialog->open();
    return dialog;
}

} // namespace diploscope::ui
