// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/mark_shape.h"
#include "charts/plot_map.h"

#include <QImage>

#include <array>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace diploscope::ui {

/// One datum on a chart.
struct Mark {
    double x = 0; ///< data coordinates
    double y = 0;
    uint8_t colour = 0; ///< step of the layer's palette
    MarkShape shape = MarkShape::Circle;
    float size = 0;      ///< diameter in scene units; 0: the layer's
    QRgb ring = 0;       ///< colour of the ring; 0: none
    bool hollow = false; ///< only its outline; within a ring the layer's ground
    uint32_t source = 0; ///< index of the datum in the view-model, for whoever asks what was hit
};

/// What all marks of a layer have in common. Sizes in scene units.
struct MarkLayerLook {
    std::array<QRgb, 256> palette{}; ///< opaque colours
    double opacity = 1;              ///< of marks; stems are opaque
    double size = 6;                 ///< diameter
    double stemWidth = 0;            ///< 0: no stems
    double baseline = 0;             ///< data y that stems start from
    double ringWidth = 0;            ///< also of the outline of hollow marks without a ring
    QRgb ground = 0;
};

/// Draws many marks into an image: stems as filled columns, marks from coverage masks that are rendered once
/// for each shape, size and quarter of a pixel and tinted while they are blended.
class MarkRaster {
public:
    /// How much of each pixel a mark covers.
    struct Mask {
        int side = 0;   ///< pixels
        int centre = 0; ///< the pixel that the mark's centre lies in, before the phase is added
        std::vector<uint8_t> coverage; ///< [side x side], 0 to 255
    };
    /// Draws the plain marks (no ring) that `map` shows; stems of all of them.
    /// \param target ARGB32_Premultiplied; its pixel (0, 0) is at `origin` of the scene.
    /// \param ratio  device pixels per scene unit.
    void draw(QImage& target, QPointF origin, double ratio, std::span<const Mark> marks, const PlotMap& map,
              const MarkLayerLook& look);

private:
    /// \param outline its width in pixels; 0: filled
    const Mask& mask(MarkShape shape, double diameter, double outline, int phaseX, int phaseY);

    std::unordered_map<uint32_t, Mask> m_masks;
};

} // namespace diploscope::ui
