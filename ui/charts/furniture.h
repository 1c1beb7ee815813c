// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/theme.h"

#include <QGraphicsItem>
#include <QString>
#include <QStringList>

#include <vector>

namespace diploscope::ui {

/// A part of a chart outside of its plot area, which the chart gives a rectangle. It draws within it, cutting
/// text with an ellipsis where the chart is too narrow.
class FurnitureItem : public QGraphicsItem {
public:
    using QGraphicsItem::QGraphicsItem;
    void setRect(const QRectF& rect) {
        if (rect == m_rect)
            return;
        prepareGeometryChange();
        m_rect = rect;
    }
    [[nodiscard]] const QRectF& rect() const { return m_rect; }
    [[nodiscard]] QRectF boundingRect() const override { return m_rect; }

private:
    QRectF m_rect;
};

/// The chart's title: the gene's symbol in italics, what is shown, and on the right the numbers that sum it
/// up; below them notes, a line each. Where title and summary do not fit in a line, a gene's title gives way
/// to the summary; a title without a gene, which says what axes do not, stands above it.
class HeaderItem final : public FurnitureItem {
public:
    HeaderItem(QString gene, QString title, QString summary, QStringList notes, const ChartStyle& style,
               QGraphicsItem* parent);
    /// In a chart of that width.
    [[nodiscard]] double height(double width) const;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    [[nodiscard]] bool inTwoLines(double width) const;
    void paintNotes(QPainter* painter) const;
    QString m_gene;
    QString m_title;
    QString m_summary;
    QStringList m_notes;
    ChartStyle m_style;
};

/// One row of marks and what they mean.
class LegendItem final : public FurnitureItem {
public:
    /// Ringed: drawn as a driver, ringed in the look's colour.
    enum class Fill { Plain, Ringed, Hollow };
    struct Entry {
        QString text;
        MarkLook look;
        Fill fill = Fill::Plain;
        double diameter = 0; ///< of the mark, scene units; 0: as suits the text
        bool line = false;   ///< a stroke in place of a mark
    };
    LegendItem(QString heading, std::vector<Entry> entries, const ChartStyle& style, QGraphicsItem* parent);
    /// Of all entries in one row; the heading takes what is left.
    [[nodiscard]] double entriesWidth() const;
    /// \param width of the rows that the entries are broken into
    [[nodiscard]] double height(double width) const;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    [[nodiscard]] double diameterOf(const Entry& entry) const;
    [[nodiscard]] double widthOf(const Entry& entry) const;
    [[nodiscard]] double rowHeight() const;
    /// Entries before which a row begins anew.
    [[nodiscard]] std::vector<size_t> breaks(double width) const;
    void paintEntry(QPainter* painter, const Entry& entry, double x, double middle) const;

    QString m_heading;
    std::vector<Entry> m_entries;
    ChartStyle m_style;
};

/// A vertical colour scale with its title and the values of its ends and middle.
class ColourBarItem final : public FurnitureItem {
public:
    struct Tick {
        double fraction = 0; ///< 0 at the bottom
        QString text;
    };
    ColourBarItem(QString title, ColourScale scale, std::vector<Tick> ticks, const ChartStyle& style,
                  QGraphicsItem* parent);
    [[nodiscard]] double width() const;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    QString m_title;
    ColourScale m_scale;
    std::vector<Tick> m_ticks;
    ChartStyle m_style;
};

} // namespace diploscope::ui
