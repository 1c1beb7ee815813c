// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/study_draft.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;

namespace diploscope::ui {

/// One part of a study in the assistant: which file plays it, what was recognised, and a way to choose
/// another.
class StudySlotRow : public QWidget {
    Q_OBJECT

public:
    explicit StudySlotRow(StudyDraft::Slot slot, QWidget* parent = nullptr);

    void setDraft(const StudyDraft& draft);
    [[nodiscard]] QComboBox* combo() const { return m_combo; }
    [[nodiscard]] QString description() const;

Q_SIGNALS:
    void chosen(diploscope::ui::StudyDraft::Slot slot, int candidate); ///< -1: nothing
    void browseRequested(diploscope::ui::StudyDraft::Slot slot);

private:
    StudyDraft::Slot m_slot;
    QLabel* m_mark = nullptr;
    QComboBox* m_combo = nullptr;
    QLabel* m_text = nullptr;
};

} // namespace diploscope::ui
