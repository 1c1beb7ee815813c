// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/plot_item.h"
#include "charts/theme.h"
#include "viewmodels/locus_files.h"

#include <memory>
#include <optional>
#include <utility>

namespace diploscope::ui {

/// A file's features: a signal as steps from 0, everything else as stretches in rows, blocks thick and what
/// joins them thin, with arrows of the strand and summits. Of what lies in one column of pixels the value
/// farthest from 0 is drawn; a stretch is never narrower than a line. y of stretches counts rows, the first
/// on top.
class FileTrackItem final : public PlotItem {
public:
    FileTrackItem(std::shared_ptr<const LaidOutTrack> track, const ChartStyle& style, QGraphicsItem* parent);

    /// The feature drawn there, and where; chart coordinates.
    [[nodiscard]] std::optional<std::pair<size_t, QRectF>> featureAt(QPointF at) const;

    /// The one drawn nearest to a place along x; empty where none is drawn.
    [[nodiscard]] std::optional<size_t> nearestTo(double x) const;
    /// The next one drawn, by start.
    [[nodiscard]] std::optional<size_t> nextTo(size_t feature, bool forward) const;
    /// Its middle, data coordinates.
    [[nodiscard]] QPointF middleOf(size_t feature) const;
    /// As far as it is seen; chart coordinates.
    [[nodiscard]] QRectF rectOf(size_t feature) const;

    [[nodiscard]] const char* partName() const override { return "features"; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    /// Features that may be seen, [first, last).
    [[nodiscard]] std::pair<size_t, size_t> seen(double lower, double upper) const;
    [[nodiscard]] bool isDrawn(size_t feature) const;
    [[nodiscard]] QRectF rectOf(const TrackFeature& feature, int row) const;
    /// Left and right of bases [start, end) within the plot.
    [[nodiscard]] std::pair<double, double> across(int64_t start, int64_t end) const;
    void paintSignal(QPainter& painter, bool onScreen) const;
    void paintStretches(QPainter& painter, bool onScreen) const;

    std::shared_ptr<const LaidOutTrack> m_track;
    ChartStyle m_style;
};

} // namespace diploscope::ui
