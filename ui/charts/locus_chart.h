// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/base_letters_item.h"
#include "charts/gene_track_item.h"
#include "charts/plot_frame.h"
#include "charts/track_chart.h"

#include <QGraphicsWidget>

#include <vector>

namespace diploscope::ui {

/// The locus of a gene as stacked tracks on one x axis, below its gene models: ISM, eQTL and, where there is
/// fine mapping, PIP; missing genotypes, where SNVs are left out for them; the bases, where few are seen.
/// Their plot areas line up to the pixel: each track says what it needs beside its plot, and all get the
/// most. Owned by a scene or an exporter.
class LocusChart final : public QGraphicsWidget, public PlotFrame {
    Q_OBJECT

public:
    LocusChart(const LocusTracks& shown, const ChartStyle& style, Medium medium);

    [[nodiscard]] const std::vector<TrackChart*>& tracks() const { return m_tracks; } ///< top to bottom
    [[nodiscard]] const GeneTrackItem& genes() const { return *m_genes; }
    [[nodiscard]] const BaseLettersItem& bases() const { return *m_bases; }

    [[nodiscard]] PlotRoom neededRoom() const override;
    void setLeastRoom(const PlotRoom& room) override;
    [[nodiscard]] QRectF plotsArea() const override;

    /// Draws one track anew, of data in which only its own have changed, and takes the old one away. \return
    /// null where there is no such track or no data for it: then nothing has changed
    TrackChart* redraw(const std::string& key, const LocusTracks& shown);

    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

protected:
    void resizeEvent(QGraphicsSceneResizeEvent* event) override;

private:
    /// Makes a track part of the stack.
    void take(TrackChart* track, const LocusTracks& shown);
    void layOut();
    void lineUp();

    ChartStyle m_style;
    HeaderItem* m_header = nullptr; ///< on paper
    GeneTrackItem* m_genes;
    std::vector<TrackChart*> m_tracks;
    BaseLettersItem* m_bases; ///< below the axis, where they have room
    double m_genesTop = 0;
    double m_genesHeight = 0;
    double m_basesHeight = 0; ///< 0: none are shown
    PlotRoom m_least;
    double m_extraTop = 0, m_extraBottom = 0; ///< so that plots have that room
    bool m_liningUp = false;
};

} // namespace diploscope::ui
