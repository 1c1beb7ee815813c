// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPaintDevice>
#include <QSizeF>

namespace diploscope::ui {

/// What a QPainter begins on to draw into a paint engine of ours, which outlives it: a page in points.
class PointsDevice final : public QPaintDevice {
public:
    PointsDevice(QPaintEngine& engine, const QSizeF& points) : m_engine(engine), m_points(points) {}
    [[nodiscard]] QPaintEngine* paintEngine() const override { return &m_engine; }

protected:
    [[nodiscard]] int metric(PaintDeviceMetric metric) const override;

private:
    QPaintEngine& m_engine;
    QSizeF m_points;
};

} // namespace diploscope::ui
