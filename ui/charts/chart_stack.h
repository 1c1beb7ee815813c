// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/figure.h"
#include "charts/furniture.h"
#include "charts/plot_frame.h"

#include <QGraphicsWidget>

#include <vector>

namespace diploscope::ui {

/// Charts of one figure, beside each other or above each other, below a header (on paper) and a legend that
/// they share. Those above each other share their x axis too, which the lowest one has, and their plot areas
/// line up to the pixel. Owned by a scene or an exporter; owns its charts.
class ChartStack final : public QGraphicsWidget, public PlotFrame {
    Q_OBJECT

public:
    ChartStack(Qt::Orientation orientation, const ChartStyle& style);

    /// \param chart a child of this \param share of the plots' width or height
    void add(PlotChart* chart, double share = 1);
    void setHeader(const QString& gene, const QString& title, const QString& summary,
                   const QStringList& notes = {});
    void setLegend(const QString& heading, std::vector<LegendItem::Entry> entries);

    [[nodiscard]] PlotRoom neededRoom() const override;
    void setLeastRoom(const PlotRoom& room) override;
    [[nodiscard]] QRectF plotsArea() const override;

    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

protected:
    void resizeEvent(QGraphicsSceneResizeEvent* event) override;

private:
    struct Part {
        PlotChart* chart;
        double share;
    };
    void layOut();
    void layOutBeside(const QRectF& area);
    void layOutAbove(const QRectF& area);
    void lineUp();

    Qt::Orientation m_orientation;
    ChartStyle m_style;
    HeaderItem* m_header = nullptr;
    LegendItem* m_legend = nullptr;
    std::vector<Part> m_parts;
    PlotRoom m_least;
    double m_extraTop = 0, m_extraBottom = 0; ///< of those above each other, so that they have that room
    bool m_liningUp = false;
};

} // namespace diploscope::ui
