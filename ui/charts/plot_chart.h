// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/axis_names.h"
#include "charts/axis_title.h"
#include "charts/furniture.h"
#include "charts/plot_frame.h"
#include "charts/plot_item.h"
#include "charts/theme.h"

#include <QCategoryAxis>
#include <QChart>

#include <vector>

class QGraphicsLineItem;

namespace diploscope::ui {

/// What an axis shows besides its range.
struct AxisText {
    QString title;               ///< plain text with the unit; the axis adds a power of ten, or Mb, kb, bp
    bool genomePosition = false; ///< 1-based bp on a contig
    std::vector<AxisName> names = {}; ///< ascending; in place of numbers
};

/// The base of every chart of the program: Qt Charts draws axes and titles, PlotItems draw the data, and both
/// are the same on screen and on paper. The chart lays itself out so that nothing overlaps: header, legend
/// row, plot area with colour bar, axes. Lives on the GUI thread, like all of Qt Charts; owned by a scene or
/// by whoever exports it.
class PlotChart : public QChart, public PlotFrame {
    Q_OBJECT

public:
    PlotChart(const ChartStyle& style, AxisText x, AxisText y, QGraphicsItem* parent);
    ~PlotChart() override;

    [[nodiscard]] const ChartStyle& chartStyle() const { return m_style; }
    /// What its axes say by themselves.
    [[nodiscard]] const AxisText& xText() const { return m_xText; }
    [[nodiscard]] const AxisText& yText() const { return m_yText; }
    /// How data lie in this chart at the moment.
    [[nodiscard]] PlotMap map() const;
    /// What is shown; for zoom and pan as well.
    void setRanges(const AxisRange& x, const AxisRange& y);
    [[nodiscard]] AxisRange xRange() const;
    [[nodiscard]] AxisRange yRange() const;
    /// Ranges that show all data, as at first.
    /// What is shown while nobody zooms; shown at once. Ranges that a person chose (ChartParts) count more.
    void setFullRanges(const AxisRange& x, const AxisRange& y);
    [[nodiscard]] const AxisRange& fullX() const { return m_fullX; }
    [[nodiscard]] const AxisRange& fullY() const { return m_fullY; }

    /// For a window that says the title beside the chart.
    void hideHeader();
    /// For a window where the chart beside it has the same one.
    void hideColourBar();
    /// For charts that share the x axis of the one at the bottom.
    void hideXAxis();
    /// For charts whose heights are no numbers.
    void hideYLabels();
    /// Empty room above all else. Qt Charts (6.4) gives axes at most `mostOfAxes` of a chart's height and
    /// leaves the title out where that is too little, so a low chart reaches up behind the one above it.
    void setTopRoom(double room);
    static constexpr double mostOfAxes = 0.38;
    /// What the axis below the plot needs by itself, for whoever divides a height among charts.
    [[nodiscard]] static double axisRoom(const ChartStyle& style);
    /// Room beside the plot area that the chart needs: axis on the left, colour bar on the right.
    struct Sides {
        double left = 0;
        double right = 0;
    };
    [[nodiscard]] const Sides& neededSides() const { return m_neededSides; }
    /// What the legend takes of a chart of that width; 0 without one.
    [[nodiscard]] double legendRoom(double width) const;
    /// At least this much room, so that the plot areas of stacked charts line up.
    void setLeastSides(const Sides& sides);
    [[nodiscard]] PlotRoom neededRoom() const override;
    void setLeastRoom(const PlotRoom& room) override;
    [[nodiscard]] QRectF plotsArea() const override { return plotArea(); }

Q_SIGNALS:
    /// After every change of ranges or plot area; items know already.
    void mapChanged();

protected:
    /// Tells an item about every change of the map; the chart is its parent and owner.
    template <class Item>
    Item* follow(Item* item) {
        m_items.push_back(item);
        return item;
    }
    /// \param notes lines below it
    void setHeader(const QString& gene, const QString& title, const QString& summary,
                   const QStringList& notes = {});
    void setLegend(const QString& heading, std::vector<LegendItem::Entry> entries);
    void setColourBar(const QString& title, const ColourScale& scale, std::vector<ColourBarItem::Tick> ticks);
    /// For what depends on the map but is no PlotItem's own business; called before the items hear of it.
    virtual void mapWillChange(const PlotMap&) {}

    void resizeEvent(QGraphicsSceneResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    /// Heights of what stands above the plot area.
    struct Above {
        double header = 0;
        double legend = 0;
        bool besidePlot = false; ///< the legend, in one row; else below the header's whole width
    };
    /// Sets header and legend in letters so small that the plot, which a figure is for, keeps its share.
    Above setAbove(const QRectF& area, bool legendBelow);
    /// What a layout begins with, and begins again with where it finds that it takes more.
    struct Assumed {
        bool legendBelow = false; ///< not beside the plot, which leaves too little room
        double xTitleRoom = 0;    ///< for the lines of the x axis's title
        double xLabelRoom = 0;    ///< for those of its labels
    };
    void layOut();
    void layOut(const Assumed& assumed);
    void updateTicks();
    /// To the chart's edge, in line with those of charts above and below.
    void placeYTitle();
    void tellItems();
    void setUpAxis(QCategoryAxis* axis);
    void showTicks(QCategoryAxis* axis, const Ticks& ticks, const AxisTitle& title);
    [[nodiscard]] AxisTitle xTitle(double width, const Ticks& ticks) const;
    [[nodiscard]] AxisTitle yTitle(double height, const Ticks& ticks) const;
    [[nodiscard]] Ticks yTicks(double height) const;
    [[nodiscard]] Ticks xTicks(double width) const;
    [[nodiscard]] double widest(const Ticks& ticks) const;
    [[nodiscard]] double labelHeight(const Ticks& ticks) const;

    ChartStyle m_style;
    AxisText m_xText;
    AxisText m_yText;
    QCategoryAxis* m_xAxis;
    QCategoryAxis* m_yAxis;
    QGraphicsLineItem* m_corner; ///< joins the axes, which Qt Charts leaves a unit apart
    HeaderItem* m_header = nullptr;
    LegendItem* m_legend = nullptr;
    ColourBarItem* m_colourBar = nullptr;
    std::vector<PlotItem*> m_items;
    AxisRange m_fullX;
    AxisRange m_fullY;
    Sides m_neededSides;
    Sides m_leastSides;
    double m_neededTop = 0, m_neededBottom = 0; ///< room above and below the plot
    double m_leastTop = 0, m_leastBottom = 0;
    double m_topRoom = 0;
    bool m_xAxisShown = true;
    bool m_yLabelsShown = true;
    double m_labelRoom = 0;  ///< for the labels of the y axis
    double m_xTitleRoom = 0; ///< for the lines of its title
    double m_yTitleRoom = 0;
    bool m_layingOut = false;
    /// What ticks and title of the y axis hang on, and what they were for that.
    struct YKey {
        AxisRange range;
        double height = 0;
        QSizeF chart;
        bool labels = true;
        friend bool operator==(const YKey&, const YKey&) = default;
    };
    YKey m_yKey;
    Ticks m_yTicks;
    AxisTitle m_yWords;
    bool m_settling = false; ///< both axes are being set, or the plot area: tell the items once, at the end
};

} // namespace diploscope::ui
