// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/rich_label.h"
#include "charts/theme.h"

#include <QGraphicsItem>
#include <QString>
#include <QStringList>

#include <vector>

namespace diploscope::ui {

/// A part of a chart outside of its plot area, which the chart gives a rectangle. It draws within it, its
/// text in as many lines as the chart's width asks for.
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
    /// As groups of exported figures are called: "legend".
    [[nodiscard]] virtual const char* partName() const = 0;

private:
    QRectF m_rect;
};

/// The chart's title: the gene's symbol in italics, what is shown, and on the right the numbers that sum it
/// up; below them notes. Where they do not fit in a line, a gene's title gives way to the summary, which is
/// what is looked for; where that is not enough, the summary stands below, in as many lines as it needs. Of
/// ChartStyle::parts, title and statistics.
class HeaderItem final : public FurnitureItem {
public:
    HeaderItem(QString gene, const QString& title, const QString& summary, const QStringList& notes,
               const ChartStyle& style, QGraphicsItem* parent);
    void setStyle(const ChartStyle& style);
    /// Whether there is nothing to say, so that no room is needed.
    [[nodiscard]] bool isEmpty() const;
    /// In a chart of that width.
    [[nodiscard]] double height(double width) const;
    [[nodiscard]] const char* partName() const override { return "title"; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    struct Row {
        QString gene;
        RichLabel title;
        RichLabel summary; ///< on the right; alone in its row on the left
        RichLabel note;    ///< on the right, always alone
        [[nodiscard]] bool isLarge() const { return !gene.isEmpty() || !title.isEmpty(); }
    };
    [[nodiscard]] std::vector<Row> rows(double width) const;

    QString m_gene;
    RichLabel m_title;
    RichLabel m_summary;
    std::vector<RichLabel> m_notes;
    ChartStyle m_style;
};

/// Marks and what they mean, in rows, behind a heading: without it genotypes were nobody's.
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
    void setStyle(const ChartStyle& style);
    [[nodiscard]] const std::vector<Entry>& entries() const { return m_entries; }
    [[nodiscard]] const char* partName() const override { return "legend"; }
    /// Of heading and entries in one row.
    [[nodiscard]] double rowWidth() const;
    /// \param width of the rows that heading and entries are broken into
    [[nodiscard]] double height(double width) const;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    [[nodiscard]] double diameterOf(const Entry& entry) const;
    [[nodiscard]] double widthOf(const Entry& entry) const;
    [[nodiscard]] double rowHeight() const;
    /// With what parts it from the first entry; 0 without one.
    [[nodiscard]] double headingWidth() const;
    [[nodiscard]] QStringList headingLines(double width) const;
    /// Entries before which a row begins anew; the first one where the heading has rows of its own.
    [[nodiscard]] std::vector<size_t> breaks(double width) const;
    /// Of an entry that has the whole width to itself and needs more.
    [[nodiscard]] QStringList linesOf(const Entry& entry, double width) const;
    /// Of the row that begins with that entry.
    [[nodiscard]] double heightOfRow(size_t first, double width) const;
    /// Of the rows above the first of `breaks`.
    [[nodiscard]] double heightOfTop(const std::vector<size_t>& breaks, double width) const;
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
    [[nodiscard]] const char* partName() const override { return "colour-bar"; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    QString m_title;
    ColourScale m_scale;
    std::vector<Tick> m_ticks;
    ChartStyle m_style;
};

} // namespace diploscope::ui
