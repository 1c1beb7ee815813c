// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/theme.h"
#include "charts/ticks.h"
#include "viewmodels/snv_details.h"

#include <QWidget>

#include <optional>

namespace diploscope::ui {

/// For each genotype what its people express on average, and what the model predicts for them: bars from
/// zero on an axis each, because the two have units of their own, with the 95 % intervals of the means.
class CarrierBars final : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;
    void show(const SnvDetails& details);
    void setChartStyle(const ChartStyle& style);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

    /// Of the observed means and of the predicted ones; both hold zero, every mean and every interval.
    [[nodiscard]] AxisRange observedAxis() const { return m_observed.axis; }
    [[nodiscard]] AxisRange predictedAxis() const { return m_predicted.axis; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Bar {
        std::optional<double> mean;
        std::optional<Interval> interval;
    };
    struct Measure {
        QString title;
        std::array<Bar, 3> bars;
        AxisRange axis;
    };
    static Measure measure(const QString& title, const std::array<Bar, 3>& bars);
    void paintMeasure(QPainter& painter, const Measure& measure, const QColor& colour,
                      const QRectF& area) const;
    [[nodiscard]] double lineHeight() const;
    [[nodiscard]] double rowHeight() const;

    std::array<QString, 3> m_names; ///< "GT 378"
    Measure m_observed;
    Measure m_predicted;
    std::optional<ChartStyle> m_style;
};

} // namespace diploscope::ui
