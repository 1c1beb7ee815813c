// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/study.h"

#include <QAbstractListModel>

#include <vector>

namespace diploscope::ui {

/// What opening a study found, one row a finding: problems first, then what was reconciled. GUI thread.
class ProblemListModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum class Kind { Problem, Note };
    Q_ENUM(Kind)
    enum Role {
        KindRole = Qt::UserRole + 1, ///< Kind
        WhatRole,                    ///< QString: the sentence, also the display text
        WhereRole,                   ///< QString, of problems; may be empty
        RemedyRole,                  ///< QString, of problems; may be empty
        TopicRole                    ///< QString, of notes: "people"
    };

    explicit ProblemListModel(QObject* parent = nullptr);

    void setFindings(std::vector<Error> problems, std::vector<StudyNote> notes = {});
    [[nodiscard]] int problemCount() const { return static_cast<int>(m_problems.size()); }
    /// All problems as text, to paste into a mail.
    [[nodiscard]] QString problemsAsText() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QVariant problemData(const Error& problem, int role) const;
    [[nodiscard]] QVariant noteData(const StudyNote& note, int role) const;

    std::vector<Error> m_problems;
    std::vector<StudyNote> m_notes;
};

} // namespace diploscope::ui
