// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/figure.h"
#include "viewmodels/saturation_shown.h"

#include <QGraphicsWidget>

#include <vector>

namespace diploscope::ui {

/// A saturated stretch: for each sequence its logo and below it the 4 x L heat map, all on one x axis and one
/// colour scale, the logos on one y axis. Owned by a scene or an exporter.
class SaturationChart final : public QGraphicsWidget {
    Q_OBJECT

public:
    SaturationChart(const SaturationShown& shown, const ChartStyle& style, Medium medium);

    /// Of the whole, top to bottom; FigureTrack::datum of heat maps on screen counts cells as cellText().
    [[nodiscard]] std::vector<FigureTrack> figureTracks() const { return m_figureTracks; }

    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

protected:
    void resizeEvent(QGraphicsSceneResizeEvent* event) override;

private:
    void layOut();
    void lineUp();

    ChartStyle m_style;
    HeaderItem* m_header = nullptr; ///< on paper
    std::vector<PlotChart*> m_charts;
    std::vector<FigureTrack> m_figureTracks;
    bool m_liningUp = false;
};

} // namespace diploscope::ui
