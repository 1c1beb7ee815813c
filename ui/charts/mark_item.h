// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/mark_raster.h"
#include "charts/plot_item.h"

#include <QImage>

#include <span>
#include <utility>
#include <vector>

class QPainter;

namespace diploscope::ui {

/// All marks of one kind in a chart: the points of a scatter, or the stems of a track.
///
/// Series of Qt Charts take 118 ms a frame for 20,000 marks, so charts attach an empty series for the axes'
/// sake and draw marks here. On screen the marks are blitted into an image of the plot area, which is drawn
/// anew only when data, ranges, area or device pixel ratio change. Figures take them down as ShownMarks;
/// without a widget they are drawn as shapes.
///
/// Measured: 20,000 stems at 1200 x 420, offscreen, one core of a server: 7 ms of processor time a pan
/// frame, ticks and labels included (median of 40; `tst_mark_item panning` prints it).
class MarkItem final : public PlotItem {
public:
    explicit MarkItem(QGraphicsItem* parent);

    /// Sorts by x (equal x keep their order) and drops marks that are not finite. Marks are drawn in that
    /// order, not by colour, or common variants would cover rare ones; those with a ring come last, in the
    /// order given.
    void setMarks(std::vector<Mark> marks);
    void setLook(const MarkLayerLook& look);

    [[nodiscard]] const std::vector<Mark>& marks() const { return m_marks; }
    [[nodiscard]] const MarkLayerLook& look() const { return m_look; }
    /// Those within the x range, as [first, last) of marks().
    [[nodiscard]] std::pair<size_t, size_t> visible() const;

    [[nodiscard]] const char* partName() const override { return "marks"; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void mapChanged() override { m_imageStale = true; }
    void paintImage(QPainter* painter);

    std::vector<Mark> m_marks;
    MarkLayerLook m_look;
    MarkRaster m_raster;
    QImage m_image;
    QPoint m_imageOrigin;
    bool m_imageStale = true;
};

/// What a MarkItem shows, for any thread to draw.
struct ShownMarks {
    std::vector<Mark> marks; ///< as the item's
    MarkLayerLook look;
    PlotMap map;
};

/// Marks as shapes; those with a ring last. \param marks by x
void paintMarks(QPainter& painter, std::span<const Mark> marks, const MarkLayerLook& look,
                const PlotMap& map);
/// The same by MarkRaster into the image that the painter draws on: a PNG of 20,000 marks at 300 dpi takes a
/// tenth of the time. \return false, with nothing drawn, where marks are too large for it, or turned
[[nodiscard]] bool blendMarks(QPainter& painter, QImage& image, std::span<const Mark> marks,
                              const MarkLayerLook& look, const PlotMap& map);

/// Marks of `marks` (sorted by x) with x in the closed range, as [first, last). O(log n).
[[nodiscard]] std::pair<size_t, size_t> visibleMarks(std::span<const Mark> marks, const AxisRange& range);

} // namespace diploscope::ui
