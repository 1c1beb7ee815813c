// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/jobs_panel.h"

#include "views/guide_button.h"
#include "views/job_times_dialog.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QPropertyAnimation>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace diploscope::ui {

namespace {

constexpr int panelHeight = 180;

bool isActive(const QModelIndex& index) {
    return index.data(JobListModel::ActiveRole).toBool();
}

QRect crossRect(const QRect& cell) {
    constexpr int size = 22;
    return {cell.right() - size - 6, cell.center().y() - size / 2, size, size};
}

QTableView* jobTable(QAbstractItemModel* model, QWidget* parent) {
    auto* table = new QTableView(parent);
    table->setObjectName(QStringLiteral("jobList"));
    table->setAccessibleName(QObject::tr("Jobs"));
    table->setModel(model);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(28);
    QHeaderView* header = table->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(JobListModel::Stage, QHeaderView::Stretch);
    header->resizeSection(JobListModel::Title, 230);
    header->resizeSection(JobListModel::ProgressColumn, 250);
    header->resizeSection(JobListModel::Rate, 90);
    header->resizeSection(JobListModel::TimeLeft, 130);
    return table;
}

} // namespace

void JobRowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const {
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    cell.state &= ~QStyle::State_HasFocus;
    const QStyle* style = cell.widget->style();
    if (index.column() == JobListModel::TimeLeft && isActive(index)) {
        style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);
        const QRect cross = crossRect(option.rect);
        painter->save();
        painter->setPen(cell.palette.color(QPalette::Text));
        painter->drawText(cross, Qt::AlignCenter, QStringLiteral("✕"));
        painter->restore();
        return;
    }
    if (index.column() == JobListModel::ProgressColumn && !isActive(index))
        cell.text.clear(); // what is done needs no count
    if (index.column() != JobListModel::ProgressColumn || !isActive(index)) {
        style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);
        return;
    }
    const double fraction = index.data(JobListModel::FractionRole).toDouble();
    const QString count = cell.text;
    cell.text.clear();
    style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);
    constexpr double barWidth = 110;
    constexpr double barHeight = 6;
    const QRectF track(option.rect.left() + 6, option.rect.center().y() + 0.5 - barHeight / 2, barWidth,
                       barHeight);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    QColor ground = cell.palette.color(QPalette::Text);
    ground.setAlphaF(0.14F);
    painter->setBrush(ground);
    painter->drawRoundedRect(track, barHeight / 2, barHeight / 2);
    if (fraction > 0) {
        QRectF filled = track;
        filled.setWidth(std::max(barHeight, track.width() * fraction));
        painter->setBrush(cell.palette.color(QPalette::Link));
        painter->drawRoundedRect(filled, barHeight / 2, barHeight / 2);
    }
    painter->setPen(cell.palette.color(QPalette::Text));
    const QRectF words(track.right() + 10, option.rect.top(), option.rect.right() - track.right() - 10,
                       option.rect.height());
    painter->drawText(words, Qt::AlignLeft | Qt::AlignVCenter, count);
    painter->restore();
}

bool JobRowDelegate::editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                                 const QModelIndex& index) {
    if (event->type() == QEvent::MouseButtonRelease && index.column() == JobListModel::TimeLeft &&
        isActive(index) &&
        crossRect(option.rect).contains(static_cast<QMouseEvent*>(event)->position().toPoint())) {
        Q_EMIT stopRequested(index.data(JobListModel::JobIdRole).toLongLong());
        return true;
    }
    return QStyledItemDelegate::editorEvent(event, model, option, index);
}

JobsPanel::JobsPanel(JobRunner& jobs, QWidget* parent)
    : QWidget(parent)
    , m_jobs(jobs)
    , m_model(new JobListModel(jobs, this))
    , m_empty(new QLabel(tr("Nothing has run yet."), this))
    , m_times(new QPushButton(tr("Where did the time go?"), this))
    , m_stopAll(new QPushButton(tr("Stop all"), this))
    , m_clear(new QPushButton(tr("Clear finished"), this))
    , m_slide(new QPropertyAnimation(this, "maximumHeight", this)) {
    setGuidePlace(*this, QStringLiteral("window.md#jobs"));
    setProperty("role", QStringLiteral("bar"));
    setAttribute(Qt::WA_StyledBackground);
    m_table = jobTable(m_model, this);
    auto* delegate = new JobRowDelegate(m_table);
    m_table->setItemDelegate(delegate);
    connect(delegate, &JobRowDelegate::stopRequested, this, [this](qint64 job) { m_jobs.cancel(job); });
    m_empty->setProperty("role", QStringLiteral("muted"));
    m_empty->setContentsMargins(8, 6, 0, 0);
    m_empty->setAlignment(Qt::AlignTop | Qt::AlignLeft);

    auto* heading = new QLabel(tr("Jobs"), this);
    heading->setProperty("role", QStringLiteral("heading"));
    for (QPushButton* button : {m_times, m_clear, m_stopAll})
        button->setProperty("role", QStringLiteral("small"));
    auto* close = new QToolButton(this);
    close->setText(QStringLiteral("✕"));
    close->setToolTip(tr("Hide the jobs (Ctrl+J)"));
    close->setAccessibleName(tr("Hide the jobs"));
    connect(close, &QToolButton::clicked, this, [this] { setOpen(false); });
    connect(m_stopAll, &QPushButton::clicked, this, [this] { m_jobs.cancelAll(); });
    m_times->setToolTip(tr("Of the chosen job, once it is over"));
    connect(m_times, &QPushButton::clicked, this, [this] {
        if (const JobStatus* job = finishedJob())
            (new JobTimesDialog(*job, this))->show();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &JobsPanel::showState);
    connect(m_clear, &QPushButton::clicked, this, [this] { m_jobs.clearFinished(); });

    auto* edge = new QFrame(this);
    edge->setProperty("role", QStringLiteral("rule"));
    edge->setFixedHeight(1);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(16, 8, 12, 4);
    top->setSpacing(8);
    top->addWidget(heading);
    top->addStretch(1);
    top->addWidget(m_times);
    top->addWidget(m_clear);
    top->addWidget(m_stopAll);
    top->addWidget(close);
    auto* body = new QVBoxLayout;
    body->setContentsMargins(10, 0, 10, 6);
    body->addWidget(m_table, 1);
    body->addWidget(m_empty, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(edge);
    layout->addLayout(top);
    layout->addLayout(body, 1);

    m_slide->setDuration(160);
    m_slide->setEasingCurve(QEasingCurve::OutCubic);
    connect(m_slide, &QPropertyAnimation::finished, this, [this] {
        if (!m_open)
            hide();
    });
    setMaximumHeight(0);
    hide();
    connect(&jobs, &JobRunner::jobAdded, this, &JobsPanel::showState);
    connect(&jobs, &JobRunner::jobChanged, this, &JobsPanel::showState);
    connect(&jobs, &JobRunner::jobsReset, this, &JobsPanel::showState);
    showState();
}

void JobsPanel::setOpen(bool open) {
    if (open == m_open)
        return;
    m_open = open;
    if (open)
        show();
    m_slide->stop();
    m_slide->setStartValue(maximumHeight());
    m_slide->setEndValue(open ? panelHeight : 0);
    m_slide->start();
    Q_EMIT openChanged(open);
}

void JobsPanel::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        setOpen(false);
    } else if (event->key() == Qt::Key_Delete) {
        stop(m_table->currentIndex());
    } else {
        QWidget::keyPressEvent(event);
    }
}

void JobsPanel::stop(const QModelIndex& index) {
    if (index.isValid() && isActive(index))
        m_jobs.cancel(index.data(JobListModel::JobIdRole).toLongLong());
}

const JobStatus* JobsPanel::finishedJob() const {
    const QModelIndex row = m_table->currentIndex();
    if (!row.isValid() || isActive(row))
        return nullptr;
    const auto id = row.data(JobListModel::JobIdRole).toLongLong();
    for (const JobStatus& job : m_jobs.jobs())
        if (job.id == id)
            return &job;
    return nullptr;
}

void JobsPanel::showState() {
    const bool any = !m_jobs.jobs().empty();
    m_table->setVisible(any);
    m_empty->setVisible(!any);
    m_times->setEnabled(finishedJob() != nullptr);
    m_stopAll->setEnabled(m_jobs.isBusy());
    m_clear->setEnabled(any);
}

} // namespace diploscope::ui
