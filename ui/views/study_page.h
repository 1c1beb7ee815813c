// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/session.h"

#include <QWidget>

class QGridLayout;
class QLabel;

namespace diploscope::ui {

/// What is shown while a study is open and no gene: what is in it, what opening it reconciled, and what to do
/// next.
class StudyPage : public QWidget {
    Q_OBJECT

public:
    StudyPage(Session& session, QWidget* parent);

private:
    void showStudy();
    void showHint();

    Session& m_session;
    QLabel* m_name;
    QLabel* m_summary;
    QLabel* m_hint;
    QGridLayout* m_notes;
};

} // namespace diploscope::ui
