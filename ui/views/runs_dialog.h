// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/run_shelf.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QTableView;

namespace diploscope::ui {

class RunListModel;
class WrappedText;

/// All runs that the study's result store keeps, to open one of them instead of the current results, or to go
/// back to these; accepted once what was asked for is there. Reads the list anew whenever it becomes active:
/// other programs store in it, too. GUI thread.
class RunsDialog : public QDialog {
    Q_OBJECT

public:
    explicit RunsDialog(RunShelf& shelf, QWidget* parent = nullptr);

    [[nodiscard]] QTableView& table() const { return *m_table; }
    [[nodiscard]] RunListModel& model() const { return *m_model; }
    [[nodiscard]] QPushButton& showButton() const { return *m_show; }
    /// What went wrong, as shown; empty: nothing.
    [[nodiscard]] QString problem() const;

protected:
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QWidget* listCard();
    [[nodiscard]] const RunEntry* current() const;
    void takeList();
    void showEntry();
    void showAsked();
    void tell(const QString& words);

    RunShelf& m_shelf;
    RunListModel* m_model;
    QTableView* m_table = nullptr;
    QLabel* m_empty = nullptr;
    WrappedText* m_details = nullptr;
    WrappedText* m_problem = nullptr;
    QPushButton* m_show = nullptr;
    bool m_asked = false;      ///< for a run that is on its way
    bool m_toldOfList = false; ///< what is told is the list's problem
};

} // namespace diploscope::ui
