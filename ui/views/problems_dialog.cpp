// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/problems_dialog.h"

#include "viewmodels/counted_text.h"
#include "viewmodels/problem_list_model.h"
#include "views/dialog_parts.h"
#include "views/finding_list.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace diploscope::ui {

ProblemsDialog::ProblemsDialog(const QString& file, const std::vector<Error>& problems, QWidget* parent)
    : QDialog(parent), m_file(file), m_model(new ProblemListModel(this)) {
    m_model->setFindings(problems);
    setWindowTitle(tr("Problems of a study"));

    auto* list = new FindingList;
    list->setModel(m_model);
    list->setAccessibleName(tr("Problems"));
    const Card card = makeCard(QString());
    card.layout->setContentsMargins(SmallGap, SmallGap, SmallGap, SmallGap);
    card.layout->addWidget(list);

    auto* buttons = new QDialogButtonBox;
    QPushButton* retryButton = buttons->addButton(tr("&Open again"), QDialogButtonBox::AcceptRole);
    QPushButton* copyButton = buttons->addButton(tr("&Copy all"), QDialogButtonBox::ActionRole);
    buttons->addButton(QDialogButtonBox::Close)->setAutoDefault(false);
    copyButton->setAutoDefault(false);
    retryButton->setDefault(true);
    connect(copyButton, &QPushButton::clicked, this, &ProblemsDialog::copyAll);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        accept();
        Q_EMIT retry();
    });

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(LargeGap, LargeGap, LargeGap, LargeGap);
    layout->setSpacing(SmallGap);
    layout->addWidget(makeText(
        tr("%1 in %2")
            .arg(countedText(m_model->problemCount(), counted::problems), file.section(QLatin1Char('/'), -1)),
        "title"));
    layout->addWidget(
        makeText(tr("The study was not opened. Mend what is listed here, then open it again."), "muted"));
    layout->addWidget(makeText(file, "small", true));
    layout->addSpacing(Gap - SmallGap);
    layout->addWidget(card.frame, 1);
    layout->addSpacing(Gap - SmallGap);
    layout->addWidget(buttons);
    list->setFocus();
    resize(760, 520);
}

void ProblemsDialog::copyAll() const {
    QApplication::clipboard()->setText(m_file + QLatin1Char('\n') + m_model->problemsAsText());
}

} // namespace diploscope::ui
