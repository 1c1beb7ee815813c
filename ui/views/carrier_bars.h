// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/theme.h"
#include "viewmodels/snv_details.h"

#include <QWidget>

#include <optional>

namespace diploscope::ui {

/// For each genotype two bars: what its people express on average, and what the model predicts for them. Each
/// measure's bar spans from the lowest to the highest person, so that both can be compared by eye.
class CarrierBars final : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;
    void setGroups(const std::array<SnvDetails::Group, 3>& groups);
    void setChartStyle(const ChartStyle& style);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] double rowHeight() const;

    std::array<SnvDetails::Group, 3> m_groups;
    std::optional<ChartStyle> m_style;
};

} // namespace diploscope::ui
