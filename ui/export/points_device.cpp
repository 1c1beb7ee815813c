// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/points_device.h"

#include <QtMath>

namespace diploscope::ui {

int PointsDevice::metric(PaintDeviceMetric metric) const {
    constexpr int dotsAnInch = 72;
    constexpr double mmPerPoint = 25.4 / dotsAnInch;
    switch (metric) {
    case PdmWidth:
        return qCeil(m_points.width());
    case PdmHeight:
        return qCeil(m_points.height());
    case PdmWidthMM:
        return qRound(m_points.width() * mmPerPoint);
    case PdmHeightMM:
        return qRound(m_points.height() * mmPerPoint);
    case PdmDpiX:
    case PdmDpiY:
    case PdmPhysicalDpiX:
    case PdmPhysicalDpiY:
        return dotsAnInch;
    case PdmNumColors:
        return 1 << 24;
    case PdmDepth:
        return 32;
    case PdmDevicePixelRatio:
        return 1;
    case PdmDevicePixelRatioScaled:
        return static_cast<int>(devicePixelRatioFScale());
    default: // those of newer versions of Qt, whose base knows them
        return QPaintDevice::metric(metric);
    }
}

} // namespace diploscope::ui
