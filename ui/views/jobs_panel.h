// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job_list_model.h"

#include <QStyledItemDelegate>
#include <QWidget>

class QLabel;
class QPropertyAnimation;
class QPushButton;
class QTableView;

namespace diploscope::ui {

/// Draws a job's progress as a bar with its count, and a cross that stops it at the row's end.
class JobRowDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;

Q_SIGNALS:
    void stopRequested(qint64 job);
};

/// All background jobs, with progress, rate, time left and a way to stop each. Slides up from the lower edge.
class JobsPanel : public QWidget {
    Q_OBJECT

public:
    JobsPanel(JobRunner& jobs, QWidget* parent);

    void setOpen(bool open);
    [[nodiscard]] bool isOpen() const { return m_open; }
    [[nodiscard]] JobListModel& model() { return *m_model; }

Q_SIGNALS:
    void openChanged(bool open);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void stop(const QModelIndex& index);
    void showState();
    /// Of the current row, where it is a job that is over; else null.
    [[nodiscard]] const JobStatus* finishedJob() const;

    JobRunner& m_jobs;
    JobListModel* m_model;
    QTableView* m_table;
    QLabel* m_empty;
    QPushButton* m_times;
    QPushButton* m_stopAll;
    QPushButton* m_clear;
    QPropertyAnimation* m_slide;
    bool m_open = false;
};

} // namespace diploscope::ui
