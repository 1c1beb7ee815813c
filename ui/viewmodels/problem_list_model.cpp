// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/problem_list_model.h"

#include <QStringList>

namespace diploscope::ui {

namespace {

constexpr size_t ItemsInToolTip = 25;

/// The list behind a note's count, as far as a tool tip can show it.
QString itemsText(const StudyNote& note) {
    QStringList shown;
    for (size_t i = 0; i < std::min(note.items.size(), ItemsInToolTip); ++i)
        shown << QString::fromStdString(note.items[i]);
    if (note.items.size() > ItemsInToolTip)
        shown << QObject::tr("and %1 more").arg(note.items.size() - ItemsInToolTip);
    return shown.join(QLatin1Char('\n'));
}

} // namespace

ProblemListModel::ProblemListModel(QObject* parent) : QAbstractListModel(parent) {}

void ProblemListModel::setFindings(std::vector<Error> problems, std::vector<StudyNote> notes) {
    beginResetModel();
    m_problems = std::move(problems);
    m_notes = std::move(notes);
    endResetModel();
}

QString ProblemListModel::problemsAsText() const {
    QString text;
    for (size_t i = 0; i < m_problems.size(); ++i) {
        const Error& problem = m_problems[i];
        text += QStringLiteral("%1. %2\n").arg(i + 1).arg(QString::fromStdString(problem.what));
        if (!problem.where.empty())
            text += tr("   in  %1\n").arg(QString::fromStdString(problem.where));
        if (!problem.remedy.empty())
            text += tr("   do  %1\n").arg(QString::fromStdString(problem.remedy));
    }
    return text;
}

int ProblemListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_problems.size() + m_notes.size());
}

QVariant ProblemListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto row = static_cast<size_t>(index.row());
    return row < m_problems.size() ? problemData(m_problems[row], role)
                                   : noteData(m_notes[row - m_problems.size()], role);
}

QVariant ProblemListModel::problemData(const Error& problem, int role) const {
    switch (role) {
    case KindRole:
        return QVariant::fromValue(Kind::Problem);
    case Qt::DisplayRole:
    case WhatRole:
        return QString::fromStdString(problem.what);
    case WhereRole:
        return QString::fromStdString(problem.where);
    case RemedyRole:
        return QString::fromStdString(problem.remedy);
    case Qt::AccessibleTextRole:
        return tr("Problem: %1").arg(QString::fromStdString(problem.message()));
    default:
        return {};
    }
}

QVariant ProblemListModel::noteData(const StudyNote& note, int role) const {
    switch (role) {
    case KindRole:
        return QVariant::fromValue(Kind::Note);
    case Qt::DisplayRole:
    case WhatRole:
        return QString::fromStdString(note.text);
    case TopicRole:
        return QString::fromStdString(note.topic);
    case Qt::ToolTipRole:
        return note.items.empty()
                   ? QVariant()
                   : itemsText(note).toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br>"));
    case Qt::AccessibleTextRole:
        return QString::fromStdString(note.topic + ": " + note.text);
    default:
        return {};
    }
}

} // namespace diploscope::ui
