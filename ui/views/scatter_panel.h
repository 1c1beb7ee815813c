// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/against_panel.h"

#include <QLabel>

namespace diploscope::ui {

/// Observed against predicted expression of everybody, or two models' predictions, told apart by genotype at
/// the selected SNV, else at the main driver; below it both slopes, so that a wrong sign is seen. A click
/// selects a person.
class ScatterPanel final : public AgainstPanel {
    Q_OBJECT

public:
    ScatterPanel(Session& session, Selection& selection, QWidget* parent = nullptr);
    void setChartStyle(const ChartStyle& style) override;
    /// "per T: observed ↗ +0.438 · predicted ↘ −0.0861, opposite"; empty where nothing tells people apart.
    [[nodiscard]] QString slopes() const { return m_slopes->text(); }

private:
    void refresh(ChartView::Keep keep) override;
    [[nodiscard]] QString toolTipOf(size_t person) const;

    QLabel* m_slopes;
    std::optional<ChartStyle> m_style;
    Verdict m_sign = Verdict::Undefined;
};

} // namespace diploscope::ui
