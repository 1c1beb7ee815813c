// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shortcuts_dialog.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>
#include <vector>

namespace diploscope::ui {

namespace {

QLabel* shortcutWords(const QString& text, const char* role, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setProperty("role", QString::fromLatin1(role));
    label->setTextFormat(Qt::PlainText);
    return label;
}

void addRow(QGridLayout* grid, const QString& what, const QString& how) {
    QWidget* parent = grid->parentWidget();
    const int row = grid->count() / 2;
    grid->addWidget(shortcutWords(what, "plain", parent), row, 0);
    grid->addWidget(shortcutWords(how, "key", parent), row, 1, Qt::AlignRight);
}

QGridLayout* column(const QString& title, QWidget* parent, QVBoxLayout* layout) {
    QLabel* heading = shortcutWords(title, "heading", parent);
    heading->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    layout->addWidget(heading);
    auto* box = new QWidget(parent);
    box->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 12);
    grid->setHorizontalSpacing(20);
    grid->setVerticalSpacing(5);
    grid->setColumnStretch(0, 1);
    layout->addWidget(box);
    return grid;
}

} // namespace

ShortcutsDialog::ShortcutsDialog(const QList<QAction*>& actions, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Shortcuts"));
    setAttribute(Qt::WA_DeleteOnClose);
    std::vector<std::pair<QString, QString>> keys;
    for (const QAction* action : actions) {
        QStringList texts;
        for (const QKeySequence& key : action->shortcuts())
            texts << key.toString(QKeySequence::NativeText);
        if (!texts.isEmpty())
            keys.emplace_back(action->iconText().remove(QStringLiteral("…")),
                              texts.join(QStringLiteral("  ")));
    }
    auto* columns = new QHBoxLayout;
    columns->setSpacing(32);
    // In two columns: in one they would be higher than a small screen.
    const size_t half = (keys.size() + 1) / 2;
    for (const size_t from : {size_t{0}, half}) {
        auto* some = new QVBoxLayout;
        some->setSpacing(8);
        QGridLayout* grid = column(from == 0 ? tr("Keys") : tr("More keys"), this, some);
        for (size_t i = from; i < std::min(from + half, keys.size()); ++i)
            addRow(grid, keys[i].first, keys[i].second);
        some->addStretch(1);
        columns->addLayout(some);
    }

    auto* right = new QVBoxLayout;
    right->setSpacing(8);
    QGridLayout* charts = column(tr("In charts"), this, right);
    addRow(charts, tr("Zoom"), tr("wheel, + and −"));
    addRow(charts, tr("Move"), tr("drag, Shift and arrows"));
    addRow(charts, tr("Zoom to a rectangle"), tr("Shift and drag"));
    addRow(charts, tr("Show everything again"), tr("double click, 0"));
    addRow(charts, tr("To the next person or SNV"), tr("arrows"));
    addRow(charts, tr("To rows, pairs, features"), tr("Down, PageDown"));
    addRow(charts, tr("Select it"), tr("click, Enter"));
    addRow(charts, tr("Select it too, or no more"), tr("the same with Ctrl"));
    addRow(charts, tr("Read a value"), tr("point at it"));
    addRow(charts, tr("Save, copy, carry off"), tr("right click, Alt-drag"));
    QGridLayout* brush = column(tr("With a rectangle or a lasso"), this, right);
    addRow(brush, tr("Select what is inside"), tr("drag"));
    addRow(brush, tr("Select more"), tr("Shift and drag"));
    addRow(brush, tr("Take away"), tr("Ctrl and drag"));
    addRow(brush, tr("Keep what is in both"), tr("Ctrl, Shift and drag"));
    addRow(brush, tr("Move"), tr("Space and drag"));
    QGridLayout* lists = column(tr("In lists"), this, right);
    addRow(lists, tr("Sort"), tr("click a heading, menu key"));
    addRow(lists, tr("Genes in a range"), QStringLiteral("22:17M-18M"));
    addRow(lists, tr("Genes round a place"), QStringLiteral("22:17,500,000"));
    addRow(lists, tr("Stop the job selected"), QKeySequence(Qt::Key_Delete).toString());
    right->addStretch(1);

    columns->addLayout(right);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(26, 22, 26, 18);
    layout->addLayout(columns);
    layout->addWidget(buttons);
}

} // namespace diploscope::ui
