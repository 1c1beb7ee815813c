// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/job_times_dialog.h"

#include "viewmodels/language.h"
#include "views/dialog_parts.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFrame>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace diploscope::ui {

JobTimesDialog::JobTimesDialog(const JobStatus& job, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Where did the time go?"));
    setAttribute(Qt::WA_DeleteOnClose);
    const Card card = makeCard(job.title);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(2 * Gap);
    grid->setVerticalSpacing(SmallGap);
    QString copied = job.title + QLatin1Char('\n');
    const std::vector<StageRow> rows = stageRows(job.times);
    for (size_t r = 0; r < rows.size(); ++r)
        for (size_t c = 0; c < rows[r].size(); ++c) {
            const QString text =
                r == 0 || c == 0 ? translated(rows[r][c]) : QString::fromStdString(rows[r][c]);
            auto* cell = makeText(text, r == 0 || c == 0 ? "muted" : "", true);
            cell->setWordWrap(false);
            const Qt::Alignment side = c == 0 ? Qt::AlignLeft : Qt::AlignRight;
            grid->addWidget(cell, static_cast<int>(r), static_cast<int>(c), side);
            copied += text + (c + 1 < rows[r].size() ? QLatin1Char('\t') : QLatin1Char('\n'));
        }
    card.layout->addLayout(grid);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QPushButton* copy = buttons->addButton(tr("&Copy"), QDialogButtonBox::ActionRole);
    copy->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(copy, &QPushButton::clicked, this, [copied] { QGuiApplication::clipboard()->setText(copied); });
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(LargeGap, LargeGap, LargeGap, LargeGap);
    layout->setSpacing(Gap);
    layout->addWidget(card.frame);
    layout->addWidget(
        makeText(tr("Processor seconds and memory are the whole program's meanwhile."), "muted"));
    layout->addWidget(buttons);
    buttons->button(QDialogButtonBox::Close)->setFocus();
}

} // namespace diploscope::ui
