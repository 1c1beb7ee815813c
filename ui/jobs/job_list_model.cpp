// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/job_list_model.h"

namespace diploscope::ui {

namespace {

double fractionOf(const JobStatus& job) {
    if (!job.isUnderway())
        return job.state == JobStatus::State::Finished ? 1.0 : 0.0;
    return job.total > 0 ? static_cast<double>(job.done) / static_cast<double>(job.total) : -1.0;
}

QString text(const std::string& words) {
    return QString::fromStdString(words);
}

QString countText(const JobStatus& job) {
    return job.total > 0
               ? QObject::tr("%1 of %2").arg(text(countWords(job.done)), text(countWords(job.total)))
               : QString();
}

QString stageText(const JobStatus& job) {
    switch (job.state) {
    case JobStatus::State::Waiting:
        return QObject::tr("waiting");
    case JobStatus::State::Running:
        return job.paused             ? QObject::tr("paused: what you look at goes first")
               : job.detail.isEmpty() ? job.stage
                                      : job.stage + QStringLiteral(" · ") + job.detail;
    case JobStatus::State::Finished:
        return QObject::tr("done");
    case JobStatus::State::Failed:
        return job.message;
    case JobStatus::State::Cancelled:
        return QObject::tr("stopped");
    }
    return {};
}

} // namespace

QString rateText(const JobStatus& job) {
    return job.isUnderway() ? text(rateWords(job.perSecond)) : QString();
}

QString timeLeftText(const JobStatus& job) {
    return job.isUnderway() ? text(timeLeftWords(job.secondsLeft)) : QString();
}

QString progressText(const JobStatus& job) {
    if (!job.isUnderway() || job.paused || job.state == JobStatus::State::Waiting)
        return stageText(job);
    QStringList parts{job.total > 0 ? job.stage + QLatin1Char(' ') + countText(job) : job.stage};
    for (const QString& part : {rateText(job), timeLeftText(job), job.detail})
        if (!part.isEmpty())
            parts << part;
    return parts.join(QStringLiteral(" · "));
}

JobListModel::JobListModel(JobRunner& runner, QObject* parent)
    : QAbstractTableModel(parent), m_runner(runner), m_rows(static_cast<int>(runner.jobs().size())) {
    connect(&runner, &JobRunner::jobAdded, this, [this] {
        beginInsertRows({}, 0, 0);
        ++m_rows;
        endInsertRows();
    });
    connect(&runner, &JobRunner::jobChanged, this, [this](int row) {
        Q_EMIT dataChanged(index(flipped(row), 0), index(flipped(row), ColumnCount - 1));
    });
    connect(&runner, &JobRunner::jobsReset, this, [this] {
        beginResetModel();
        m_rows = static_cast<int>(m_runner.jobs().size());
        endResetModel();
    });
}

int JobListModel::flipped(int row) const {
    return m_rows - 1 - row;
}

int JobListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : m_rows;
}

int JobListModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant JobListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const JobStatus& job = m_runner.jobs()[static_cast<size_t>(flipped(index.row()))];
    switch (role) {
    case JobIdRole:
        return job.id;
    case FractionRole:
        return fractionOf(job);
    case ActiveRole:
        return job.isUnderway();
    case Qt::ToolTipRole:
        return job.message.isEmpty() ? QVariant() : job.message.toHtmlEscaped();
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    switch (index.column()) {
    case Title:
        return job.title;
    case Stage:
        return stageText(job);
    case ProgressColumn:
        return countText(job);
    case Rate:
        return rateText(job);
    case TimeLeft:
        return timeLeftText(job);
    default:
        return {};
    }
}

QVariant JobListModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Title:
        return tr("Job");
    case Stage:
        return tr("Doing");
    case ProgressColumn:
        return tr("Progress");
    case Rate:
        return tr("Rate");
    case TimeLeft:
        return tr("Time left");
    default:
        return {};
    }
}

} // namespace diploscope::ui
