// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shortcuts_dialog.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace diploscope::ui {

namespace {

QLabel* words(const QString& text, const char* role, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setProperty("role", QString::fromLatin1(role));
    label->setTextFormat(Qt::PlainText);
    return label;
}

void addRow(QGridLayout* grid, const QString& what, const QString& how) {
    QWidget* parent = grid->parentWidget();
    const int row = grid->count() / 2;
    grid->addWidget(words(what, "plain", parent), row, 0);
    grid->addWidget(words(how, "key", parent), row, 1, Qt::AlignRight);
}

QGridLayout* column(const QString& title, QWidget* parent, QVBoxLayout* layout) {
    QLabel* heading = words(title, "heading", parent);
    heading->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    layout->addWidget(heading);
    auto* box = new QWidget(parent);
    box->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 12);
    grid->setHorizontalSpacing(36);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(0, 1);
    layout->addWidget(box);
    return grid;
}

} // namespace

ShortcutsDialog::ShortcutsDialog(const QList<QAction*>& actions, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Shortcuts"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* left = new QVBoxLayout;
    left->setSpacing(8);
    QGridLayout* keys = column(tr("Keys"), this, left);
    for (const QAction* action : actions) {
        QStringList texts;
        for (const QKeySequence& key : action->shortcuts())
            texts << key.toString(QKeySequence::NativeText);
        if (!texts.isEmpty())
            addRow(keys, action->text().remove(QLatin1Char('&')).remove(QStringLiteral("…")),
                   texts.join(QStringLiteral("  ")));
    }
    left->addStretch(1);

    auto* right = new QVBoxLayout;
    right->setSpacing(8);
    QGridLayout* charts = column(tr("In charts"), this, right);
    addRow(charts, tr("Zoom"), tr("wheel, + and −"));
    addRow(charts, tr("Move"), tr("drag, Shift and arrows"));
    addRow(charts, tr("Zoom to a rectangle"), tr("Shift and drag"));
    addRow(charts, tr("Show everything again"), tr("double click, 0"));
    addRow(charts, tr("To the next person or SNV"), tr("arrows"));
    addRow(charts, tr("Select it"), tr("click, Enter"));
    addRow(charts, tr("Select it too, or no more"), tr("Ctrl and click, Ctrl+Enter"));
    addRow(charts, tr("Read a value"), tr("point at it"));
    addRow(charts, tr("Save, copy"), tr("right click"));
    QGridLayout* brush = column(tr("With a rectangle or a lasso"), this, right);
    addRow(brush, tr("Select what is inside"), tr("drag"));
    addRow(brush, tr("Select more"), tr("Shift and drag"));
    addRow(brush, tr("Take away"), tr("Ctrl and drag"));
    addRow(brush, tr("Keep what is in both"), tr("Ctrl, Shift and drag"));
    addRow(brush, tr("Move"), tr("Space or middle button and drag"));
    QGridLayout* lists = column(tr("In lists"), this, right);
    addRow(lists, tr("Sort"), tr("click a heading"));
    addRow(lists, tr("Genes in a range, round a place"), QStringLiteral("22:17M-18M  22:17.5M"));
    addRow(lists, tr("Stop the job selected"), QKeySequence(Qt::Key_Delete).toString());
    right->addStretch(1);

    auto* columns = new QHBoxLayout;
    columns->setSpacing(48);
    columns->addLayout(left);
    columns->addLayout(right);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(26, 22, 26, 18);
    layout->addLayout(columns);
    layout->addWidget(buttons);
}

} // namespace diploscope::ui
