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
/// for each shape, size and quarter of a pixel and tinted while they are blended, four pixels at a time. Of
/// the stems in a column of pixels, each pixel is written once.
class MarkRaster {
public:
    static constexpr int Phases = 4;  ///< per pixel: a mark is at most an eighth of a pixel off
    static constexpr int AtOnce = 16; ///< bytes
    static constexpr double LargestMark = 255, WidestOutline = 15; ///< pixels
    /// How much of each pixel a mark takes, by its coverage and the layer's opacity.
    struct Mask {
        int left = 0, top = 0;       ///< from the pixel that the mark's centre lies in
        int columns = 0, rows = 0;   ///< columns: whole AtOnce
        std::vector<uint8_t> shares; ///< [rows x columns x channels], 0 to 255; empty: not rendered yet
    };
    /// Draws the plain marks (no ring) that `map` shows; stems of all of them.
    /// \param target ARGB32_Premultiplied, or RGB32; its pixel (0, 0) is at `origin` of the scene.
    /// \param ratio  device pixels per scene unit. \param marks by x
    void draw(QImage& target, QPointF origin, double ratio, std::span<const Mark> marks, const PlotMap& map,
              const MarkLayerLook& look);

private:
    /// Of one shape, size, outline and opacity, for each place within a pixel.
    using Masks = std::array<Mask, Phases * Phases>;
    /// \param outline its width in pixels; 0: filled \param opacity of 255
    const Mask& mask(MarkShape shape, double diameter, double outline, uint32_t opacity, int phaseX,
                     int phaseY);

    std::unordered_map<uint32_t, Masks> m_masks;
    uint32_t m_lastKey = 0;
    Masks* m_last = nullptr; ///< of that key
};

} // namespace diploscope::ui
