// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/plot_item.h"
#include "charts/theme.h"
#include "genome/region.h"

#include <QPen>
#include <QString>

#include <optional>
#include <vector>

namespace diploscope::ui {

/// A vertical or horizontal line through a data value, with a word at its end.
class ReferenceLineItem final : public PlotItem {
public:
    struct Line {
        Qt::Orientation orientation = Qt::Horizontal;
        double value = 0; ///< y of a horizontal line, x of a vertical one
        QColor colour;
        double width = 1;
        bool dashed = false;
        QString word = {}; ///< at the end of a vertical line; empty: none
    };
    ReferenceLineItem(Line line, const ChartStyle& style, QGraphicsItem* parent);
    [[nodiscard]] const char* partName() const override { return "reference"; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;
    /// Parts of the chart, in scene units, that the word must keep off; call before the map changes.
    void setObstacles(std::vector<QRectF> obstacles) { m_obstacles = std::move(obstacles); }
    /// Where the word stands, in scene units, for labels to keep off: beside the line's upper end, else its
    /// lower one, else somewhere between. Empty when it is not in view or finds no room.
    [[nodiscard]] QRectF wordRect() const;
    /// The line itself, for the same use.
    [[nodiscard]] QRectF lineRect() const;

private:
    [[nodiscard]] bool inView() const;
    Line m_line;
    QFont m_font;
    std::vector<QRectF> m_obstacles;
};

/// The TSS. \param isCentre of what is no gene, and has no direction of its own \param named with its word
/// and the gene's direction, which one track of several has
[[nodiscard]] ReferenceLineItem::Line tssLine(double tss, Strand strand, bool isCentre,
                                              const ChartStyle& style, bool named);

/// y = intercept + slope x over a range of x, cut at the plot area's edges.
class FitLineItem final : public PlotItem {
public:
    FitLineItem(double slope, double intercept, AxisRange over, const ChartStyle& style,
                QGraphicsItem* parent);
    [[nodiscard]] const char* partName() const override { return "fit"; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    double m_slope;
    double m_intercept;
    AxisRange m_over;
    QPen m_pen;
};

/// A plus with a halo, where means over many marks are.
class CrossItem final : public PlotItem {
public:
    CrossItem(double x, double y, const ChartStyle& style, QGraphicsItem* parent);
    [[nodiscard]] const char* partName() const override { return "cross"; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;
    [[nodiscard]] QPointF at() const { return m_at; } ///< data coordinates

private:
    QPointF m_at;
    double m_arm;
    QPen m_pen;
    QPen m_halo;
};

/// The quadrants round (0, 0), tinted by whether signs agree, with a word for it in each corner.
class QuadrantItem final : public PlotItem {
public:
    /// \param agree "supported" \param disagree "unsupported"
    QuadrantItem(QString agree, QString disagree, const ChartStyle& style, QGraphicsItem* parent);
    [[nodiscard]] const char* partName() const override { return "quadrants"; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;
    /// Where the words stand, for labels to keep off.
    [[nodiscard]] std::vector<QRectF> wordRects() const;

private:
    struct Quadrant {
        QRectF area; ///< empty when out of view
        QRectF word; ///< empty when there is no room for it
        bool agrees = false;
        Qt::Alignment corner;
    };
    [[nodiscard]] std::vector<Quadrant> quadrants() const;
    QString m_agree, m_disagree;
    Theme m_theme;
    QFont m_font;
    double m_gap;
};

/// Names of marks, placed so that none overlaps another or a named mark (see placeLabels).
class LabelItem final : public PlotItem {
public:
    struct Label {
        double x = 0; ///< data coordinates of the mark
        double y = 0;
        double extent = 0; ///< half the mark's size, scene units
        QString text;
        bool strong = false;
        bool italic = false; ///< a gene's symbol
    };
    /// \param points data that labels should rather not cover.
    LabelItem(std::vector<Label> labels, std::vector<QPointF> points, const ChartStyle& style,
              QGraphicsItem* parent);
    /// Parts of the chart, in scene units, that labels must keep off; call before the map changes.
    void setObstacles(std::vector<QRectF> obstacles) { m_obstacles = std::move(obstacles); }
    [[nodiscard]] const char* partName() const override { return "labels"; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;
    /// Where each label stands; nothing where it is out of view or finds no room.
    [[nodiscard]] const std::vector<std::optional<QRectF>>& places() const { return m_places; }

private:
    void mapChanged() override;
    [[nodiscard]] QFont fontOf(const Label& label) const;

    std::vector<Label> m_labels;
    std::vector<QPointF> m_points;
    std::vector<QRectF> m_obstacles;
    std::vector<std::optional<QRectF>> m_places;
    std::vector<bool> m_veiled; ///< [labels], stands on data
    ChartStyle m_style;
};

} // namespace diploscope::ui
