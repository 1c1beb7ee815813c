// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/select_by.h"
#include "viewmodels/session.h"

#include <QDialog>
#include <QTimer>

#include <array>

class QCheckBox;
class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QWidget;

namespace diploscope::ui {

/// Selects SNVs and people of the gene shown by what is said of them: a condition on their columns, a list of
/// names, the genotype at the SNV that is selected. What that would be is counted while one types, by a job;
/// nothing is selected before the button is pressed. GUI thread.
class SelectDialog final : public QDialog {
    Q_OBJECT

public:
    SelectDialog(Session& session, Selection& selection, QWidget* parent);

private:
    [[nodiscard]] SelectBy how() const;
    void showFields();
    void showGenotypes();
    void look();
    void tell(const Result<Chosen>& chosen);
    void select();

    Session& m_session;
    Selection& m_selection;
    QComboBox* m_what;
    QPlainTextEdit* m_text;
    QWidget* m_genotypes;
    std::array<QCheckBox*, 3> m_copies{};
    QComboBox* m_mode;
    QLabel* m_found;
    QPushButton* m_select;
    QTimer m_pause; ///< runs while more is waited for
};

} // namespace diploscope::ui
