// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/eqtl_track_chart.h"
#include "charts/figure.h"
#include "charts/gene_track_item.h"
#include "charts/ism_track_chart.h"
#include "charts/pip_track_chart.h"

#include <QGraphicsWidget>

#include <vector>

namespace diploscope::ui {

/// The locus of a gene as stacked tracks on one x axis: gene models, ISM, eQTL and, where there is fine
/// mapping, PIP. Their plot areas line up to the pixel: each chart says what it needs beside its plot, and
/// all get the most. Owned by a scene or an exporter.
class LocusChart final : public QGraphicsWidget {
    Q_OBJECT

public:
    LocusChart(const LocusTracks& shown, const ChartStyle& style, Medium medium);

    [[nodiscard]] IsmTrackChart& ism() const { return *m_ism; }
    [[nodiscard]] EqtlTrackChart& eqtl() const { return *m_eqtl; }
    [[nodiscard]] PipTrackChart* pip() const { return m_pip; } ///< null without fine mapping
    [[nodiscard]] const GeneTrackItem& genes() const { return *m_genes; }

    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

protected:
    void resizeEvent(QGraphicsSceneResizeEvent* event) override;

private:
    void layOut();
    void lineUp();

    ChartStyle m_style;
    HeaderItem* m_header = nullptr; ///< on paper
    GeneTrackItem* m_genes;
    IsmTrackChart* m_ism;
    EqtlTrackChart* m_eqtl;
    PipTrackChart* m_pip = nullptr;
    std::vector<PlotChart*> m_charts; ///< top to bottom
    double m_genesTop = 0;
    double m_genesHeight = 0;
    bool m_liningUp = false;
};

} // namespace diploscope::ui
