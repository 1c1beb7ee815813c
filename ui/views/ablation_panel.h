// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/experiment_panel.h"
#include "views/moves_chart.h"

class QAbstractButton;
class QButtonGroup;
class QCheckBox;

namespace diploscope::ui {

/// Variants set to the reference in everybody, or nothing but them left: R before and after, and each
/// person's prediction.
class AblationPanel final : public ExperimentPanel {
    Q_OBJECT

public:
    AblationPanel(Session& session, Experiments& experiments, Selection& selection,
                  QWidget* parent = nullptr);
    void setChartStyle(const ChartStyle& style) override;

    [[nodiscard]] QAbstractButton& button(AblationWish::Of of) const;
    [[nodiscard]] QCheckBox& keepOnly() const { return *m_keepOnly; }
    [[nodiscard]] MovesChart& chart() const { return *m_chart; }
    /// "r = −0.49 → 0.12, difference +0.61 [0.50, 0.70]"; before check and bootstrap are through, that the
    /// interval is pending.
    [[nodiscard]] QString resultText() const;

private:
    void refresh() override;
    void choose(AblationWish::Of of);

    QButtonGroup* m_of;
    QCheckBox* m_keepOnly;
    QLabel* m_result;
    QLabel* m_which;
    MovesChart* m_chart;
    std::shared_ptr<const AblationOutcome> m_shown;
};

} // namespace diploscope::ui
