// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/experiment_panel.h"

class QPushButton;
class QTableWidget;

namespace diploscope::ui {

/// Whether effects add up in people, which pairs of drivers do not, and which drivers' signs would have to
/// turn for the model to be right.
class AuditPanel final : public ExperimentPanel {
    Q_OBJECT

public:
    AuditPanel(Session& session, Experiments& experiments, Selection& selection, QWidget* parent = nullptr);

    [[nodiscard]] QPushButton& run() const { return *m_run; }
    [[nodiscard]] QString additivityText() const;
    [[nodiscard]] QString courtText() const;
    [[nodiscard]] QTableWidget& pairs() const { return *m_pairs; }

private:
    void refresh() override;
    void showPairs(const Audit& found);

    QPushButton* m_run;
    QLabel* m_additivity;
    QLabel* m_court;
    QLabel* m_pairsHeading;
    QTableWidget* m_pairs;
    std::shared_ptr<const AuditOutcome> m_shown;
};

} // namespace diploscope::ui
