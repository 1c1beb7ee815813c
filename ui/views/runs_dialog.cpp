// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs_dialog.h"

#include "viewmodels/run_list_model.h"
#include "views/dialog_parts.h"
#include "views/plain_item_delegate.h"
#include "views/wrapped_text.h"

#include <QDialogButtonBox>
#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace diploscope::ui {

namespace {

QTableView* runTable(RunListModel* model) {
    auto* table = new QTableView;
    table->setObjectName(QStringLiteral("runList"));
    table->setAccessibleName(QObject::tr("Stored runs"));
    table->setModel(model);
    table->setItemDelegate(new PlainItemDelegate(table));
    table->setFrameShape(QFrame::NoFrame);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    QHeaderView* header = table->horizontalHeader();
    header->setHighlightSections(false);
    // What is of one length has all of it; the rest is cut, and said whole below the list.
    for (const int column : {RunListModel::RunColumn, RunListModel::StoredColumn, RunListModel::GenesColumn})
        header->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    header->resizeSection(RunListModel::ModelColumn, 120);
    header->resizeSection(RunListModel::ScoreColumn, 150);
    header->resizeSection(RunListModel::NullColumn, 200);
    header->resizeSection(RunListModel::FilesColumn, 140);
    header->setStretchLastSection(true);
    return table;
}

} // namespace

RunsDialog::RunsDialog(RunShelf& shelf, QWidget* parent)
    : QDialog(parent), m_shelf(shelf), m_model(new RunListModel(this)) {
    setWindowTitle(tr("Stored runs"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    m_show = buttons->addButton(tr("&Show this run"), QDialogButtonBox::AcceptRole);
    m_show->setDefault(true);
    connect(m_show, &QPushButton::clicked, this, &RunsDialog::showAsked);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    m_problem = new WrappedText({}, "warning", this);
    m_problem->setMostLines(5);
    m_problem->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(LargeGap, LargeGap, LargeGap, LargeGap);
    layout->setSpacing(Gap);
    layout->addWidget(
        makeText(tr("Results are kept when the study's files, its model or the options change, and "
                    "none is removed. Any of them can be looked at on the page of all genes."),
                 "muted"));
    layout->addWidget(listCard(), 1);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);

    connect(&shelf, &RunShelf::listed, this, &RunsDialog::takeList);
    connect(&shelf, &RunShelf::openedChanged, this, [this] { m_asked ? accept() : takeList(); });
    connect(&shelf, &RunShelf::failed, this, [this](const Error& error) {
        m_asked = false;
        tell(QString::fromStdString(error.message()));
        m_shelf.list();
    });
    takeList();
    m_shelf.list();
    m_table->setFocus();
    resize(1040, 460);
}

QWidget* RunsDialog::listCard() {
    const Card card = makeCard(QString());
    m_table = runTable(m_model);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RunsDialog::showEntry);
    connect(m_table, &QTableView::activated, this, &RunsDialog::showAsked);
    m_empty = makeText(QString(), "muted");
    m_details = new WrappedText({}, "plain", card.frame);
    m_details->setMostLines(5);
    card.layout->addWidget(m_table, 1);
    card.layout->addWidget(m_empty);
    card.layout->addWidget(m_details);
    return card.frame;
}

QString RunsDialog::problem() const {
    return m_problem->toPlainText();
}

const RunEntry* RunsDialog::current() const {
    return m_model->run(m_table->currentIndex().row());
}

void RunsDialog::takeList() {
    const RunEntry* before = current();
    const int64_t shown = m_shelf.opened() ? m_shelf.opened()->id() : 0;
    const int64_t wanted = before != nullptr ? before->stored.run.id : shown;
    m_model->setRuns(m_shelf.runs(), shown);
    const int row = m_model->rowOf(wanted);
    if (m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(std::max(0, row), 0));
    m_empty->setText(m_shelf.problem() ? QString() : tr("Nothing is stored of this study yet."));
    m_empty->setVisible(m_model->rowCount() == 0 && !m_shelf.problem());
    if (!m_shelf.problem() && m_toldOfList)
        tell(QString());
    m_toldOfList = m_shelf.problem().has_value();
    if (m_toldOfList)
        tell(tr("Stored runs cannot be compared with the study as it is. %1")
                 .arg(QString::fromStdString(m_shelf.problem()->message())));
    showEntry();
}

void RunsDialog::showEntry() {
    const RunEntry* run = current();
    m_details->setVisible(run != nullptr);
    m_show->setEnabled(run != nullptr && !m_model->isShown(*run));
    m_show->setText(run != nullptr && run->isCurrent ? tr("Back to the current &results")
                                                     : tr("&Show this run"));
    if (run == nullptr)
        return;
    m_details->setPlainText(
        tr("%1.\nScore: %2. Null: %3.")
            .arg(runText(*run),
                 m_model->index(m_table->currentIndex().row(), RunListModel::ScoreColumn).data().toString(),
                 m_model->index(m_table->currentIndex().row(), RunListModel::NullColumn).data().toString()));
    m_details->updateGeometry();
}

void RunsDialog::showAsked() {
    const RunEntry* run = current();
    if (run == nullptr || m_model->isShown(*run))
        return;
    tell(QString());
    m_asked = true;
    if (run->isCurrent)
        m_shelf.close();
    else
        m_shelf.open(run->stored.run.id);
}

void RunsDialog::tell(const QString& words) {
    m_problem->setPlainText(words);
    m_problem->setVisible(!words.isEmpty());
    m_problem->updateGeometry();
}

bool RunsDialog::event(QEvent* event) {
    if (event->type() == QEvent::WindowActivate)
        m_shelf.list();
    return QDialog::event(event);
}

} // namespace diploscope::ui
