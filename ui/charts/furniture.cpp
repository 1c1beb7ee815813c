// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/furniture.h"

#include "charts/chart_text.h"
#include "charts/text_lines.h"

#include <QFontMetricsF>
#include <QLinearGradient>
#include <QPainter>
#include <QPen>

#include <algorithm>
#include <cmath>

namespace diploscope::ui {

HeaderItem::HeaderItem(QString gene, const QString& title, const QString& summary, const QStringList& notes,
                       const ChartStyle& style, QGraphicsItem* parent)
    : FurnitureItem(parent)
    , m_gene(std::move(gene))
    , m_title(title)
    , m_summary(RichLabel::ofStatistics(summary))
    , m_style(style) {
    for (const QString& note : notes)
        m_notes.push_back(RichLabel::ofStatistics(note));
    const ChartParts& parts = style.parts;
    if (!parts.title || parts.titleText)
        m_gene.clear();
    if (!parts.title)
        m_title = {};
    else if (parts.titleText)
        m_title = *parts.titleText;
    if (!parts.statistics) {
        m_summary = {};
        m_notes.clear();
    }
}

bool HeaderItem::isEmpty() const {
    return m_gene.isEmpty() && m_title.isEmpty() && m_summary.isEmpty() && m_notes.empty();
}

void HeaderItem::setStyle(const ChartStyle& style) {
    m_style = style;
    update();
}

std::vector<HeaderItem::Row> HeaderItem::rows(double width) const {
    const QFont geneFont = m_style.font(m_style.titleSize, QFont::Bold, true);
    const auto wide = [](const QFont& font, const QString& text) {
        return QFontMetricsF(font).horizontalAdvance(text);
    };
    const double apart = 2 * m_style.gap;
    const double gene = m_gene.isEmpty() ? 0 : wide(geneFont, m_gene) + 0.75 * m_style.gap;
    const double title = m_title.width(m_style.titleFont());
    const double summary = m_summary.isEmpty() ? 0 : apart + m_summary.width(m_style.smallFont());
    std::vector<Row> rows;
    if (m_gene.isEmpty() && m_title.isEmpty() && m_summary.isEmpty()) {
        // Notes alone, if any.
    } else if (gene + title + summary <= width) {
        rows.push_back({m_gene, m_title, m_summary, {}});
    } else if (!m_gene.isEmpty() && gene + summary <= width) {
        rows.push_back({m_gene, {}, m_summary, {}});
    } else {
        if (!m_gene.isEmpty())
            for (const QString& line : brokenLines(m_gene, geneFont, width))
                rows.push_back({line, {}, {}, {}});
        if (rows.size() == 1 && gene + title <= width)
            rows.front().title = m_title;
        else if (m_gene.isEmpty() && !m_title.isEmpty())
            for (const RichLabel& line : m_title.broken(m_style.titleFont(), width))
                rows.push_back({{}, line, {}, {}});
        if (!m_summary.isEmpty())
            for (const RichLabel& line : m_summary.broken(m_style.smallFont(), width))
                rows.push_back({{}, {}, line, {}});
    }
    for (const RichLabel& note : m_notes)
        for (const RichLabel& line : note.broken(m_style.smallFont(), width))
            rows.push_back({{}, {}, {}, line});
    return rows;
}

double HeaderItem::height(double width) const {
    double height = 0;
    for (const Row& row : rows(width))
        height += QFontMetricsF(row.isLarge() ? m_style.titleFont() : m_style.smallFont()).height();
    return height;
}

void HeaderItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QFont small = m_style.smallFont();
    const QFont geneFont = m_style.font(m_style.titleSize, QFont::Bold, true);
    double top = rect().top();
    const std::vector<Row> all = rows(rect().width());
    // Behind a summary that has rows of its own, notes begin where it does.
    const bool isLeft = std::any_of(all.begin(), all.end(),
                                    [](const Row& row) { return !row.isLarge() && !row.summary.isEmpty(); });
    const auto [at, anchor] =
        isLeft ? std::pair(rect().left(), TextAnchor::Start) : std::pair(rect().right(), TextAnchor::End);
    for (const Row& row : all) {
        const QFontMetricsF metrics(row.isLarge() ? m_style.titleFont() : small);
        const double baseline = top + metrics.ascent();
        double x = rect().left();
        drawLabel(painter, {x, baseline}, row.gene, geneFont, m_style.theme.text);
        if (!row.gene.isEmpty())
            x += QFontMetricsF(geneFont).horizontalAdvance(row.gene) + 0.75 * m_style.gap;
        drawLabel(painter, {x, baseline}, row.title, m_style.titleFont(), m_style.theme.text);
        drawLabel(painter, {at, baseline}, row.summary, small, m_style.theme.muted, anchor);
        drawLabel(painter, {at, baseline}, row.note, small, m_style.theme.muted, anchor);
        top += metrics.height();
    }
    painter->restore();
}

LegendItem::LegendItem(QString heading, std::vector<Entry> entries, const ChartStyle& style,
                       QGraphicsItem* parent)
    : FurnitureItem(parent), m_heading(std::move(heading)), m_entries(std::move(entries)), m_style(style) {}

void LegendItem::setStyle(const ChartStyle& style) {
    m_style = style;
    update();
}

double LegendItem::diameterOf(const Entry& entry) const {
    // The larger of both, so that marks can be told apart that are tiny in the plot.
    const double usual = std::max(m_style.markSize, QFontMetricsF(m_style.smallFont()).xHeight() * 1.2);
    return entry.diameter > 0 ? entry.diameter : entry.line ? 2 * usual : usual;
}

double LegendItem::widthOf(const Entry& entry) const {
    return diameterOf(entry) + m_style.gap * 0.75 +
           QFontMetricsF(m_style.smallFont()).horizontalAdvance(entry.text) + 1.5 * m_style.gap;
}

double LegendItem::headingWidth() const {
    return m_heading.isEmpty()
               ? 0
               : QFontMetricsF(m_style.smallFont()).horizontalAdvance(m_heading) + 1.5 * m_style.gap;
}

QStringList LegendItem::headingLines(double width) const {
    return brokenLines(m_heading, m_style.smallFont(), width);
}

double LegendItem::rowWidth() const {
    double width = headingWidth();
    for (const Entry& entry : m_entries)
        width += widthOf(entry);
    return width - 1.5 * m_style.gap;
}

double LegendItem::rowHeight() const {
    double height = QFontMetricsF(m_style.smallFont()).height();
    for (const Entry& entry : m_entries)
        height = std::max(height, entry.diameter);
    return height;
}

std::vector<size_t> LegendItem::breaks(double width) const {
    std::vector<size_t> breaks;
    double x = headingWidth();
    for (size_t i = 0; i < m_entries.size(); ++i) {
        const double needed = widthOf(m_entries[i]);
        if (x > 0 && x + needed - 1.5 * m_style.gap > width) {
            breaks.push_back(i);
            x = 0;
        }
        x += needed;
    }
    return breaks;
}

QStringList LegendItem::linesOf(const Entry& entry, double width) const {
    return brokenLines(entry.text, m_style.smallFont(), width - diameterOf(entry) - m_style.gap * 0.75);
}

double LegendItem::heightOfRow(size_t first, double width) const {
    const qsizetype more = first < m_entries.size() ? linesOf(m_entries[first], width).size() - 1 : 0;
    return rowHeight() + static_cast<double>(more) * QFontMetricsF(m_style.smallFont()).height();
}

double LegendItem::heightOfTop(const std::vector<size_t>& breaks, double width) const {
    const bool isHeading = !m_heading.isEmpty() && (m_entries.empty() || (!breaks.empty() && breaks[0] == 0));
    return isHeading
               ? static_cast<double>(headingLines(width).size()) * QFontMetricsF(m_style.smallFont()).height()
               : heightOfRow(0, width);
}

double LegendItem::height(double width) const {
    const std::vector<size_t> rows = breaks(width);
    double height = heightOfTop(rows, width);
    for (const size_t first : rows)
        height += heightOfRow(first, width);
    return height;
}

void LegendItem::paintEntry(QPainter* painter, const Entry& entry, double x, double middle) const {
    const double diameter = diameterOf(entry);
    if (entry.line) {
        painter->setPen(QPen(entry.look.colour, m_style.lineWidth));
        painter->drawLine(QPointF(x, middle), QPointF(x + diameter, middle));
        return;
    }
    if (entry.fill == Fill::Plain) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(entry.look.colour);
    } else {
        painter->setPen(
            QPen(entry.look.colour, m_style.ringWidth, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter->setBrush(entry.fill == Fill::Hollow ? m_style.theme.card
                                                     : m_style.theme.frequency.colour(1));
    }
    painter->drawPath(markPath(entry.look.shape, QPointF(x + diameter / 2, middle), diameter));
}

void LegendItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QFont font = m_style.smallFont();
    const QFontMetricsF metrics(font);
    const std::vector<size_t> rows = breaks(rect().width());
    double top = rect().top();
    const auto baseline = [&] { return top + (rowHeight() - metrics.height()) / 2 + metrics.ascent(); };
    double x = rect().left() + headingWidth();
    if (!m_heading.isEmpty()) {
        const bool isAlone = !rows.empty() && rows[0] == 0;
        double line = isAlone ? top + metrics.ascent() : baseline();
        for (const QString& words : headingLines(rect().width())) {
            drawLabel(painter, {rect().left(), line}, words, font, m_style.theme.muted);
            line += metrics.height();
        }
    }
    double rowRoom = heightOfTop(rows, rect().width());
    for (size_t i = 0; i < m_entries.size(); ++i) {
        if (std::find(rows.begin(), rows.end(), i) != rows.end()) {
            x = rect().left();
            top += rowRoom;
            rowRoom = heightOfRow(i, rect().width());
        }
        const Entry& entry = m_entries[i];
        paintEntry(painter, entry, x, baseline() - metrics.xHeight() / 2);
        double line = baseline();
        for (const QString& words : linesOf(entry, rect().width())) {
            drawLabel(painter, {x + diameterOf(entry) + m_style.gap * 0.75, line}, words, font,
                      m_style.theme.text);
            line += metrics.height();
        }
        x += widthOf(entry);
    }
    painter->restore();
}

ColourBarItem::ColourBarItem(QString title, ColourScale scale, std::vector<Tick> ticks,
                             const ChartStyle& style, QGraphicsItem* parent)
    : FurnitureItem(parent)
    , m_title(std::move(title))
    , m_scale(scale)
    , m_ticks(std::move(ticks))
    , m_style(style) {}

double ColourBarItem::width() const {
    const QFontMetricsF metrics(m_style.smallFont());
    double labels = 0;
    for (const Tick& tick : m_ticks)
        labels = std::max(labels, metrics.horizontalAdvance(tick.text));
    return std::max(metrics.horizontalAdvance(m_title), m_style.smallSize * 0.8 + m_style.gap / 2 + labels);
}

void ColourBarItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    painter->save();
    const QFont font = m_style.smallFont();
    const QFontMetricsF metrics(font);
    drawLabel(painter, {rect().left(), rect().top() + metrics.ascent()}, m_title, font, m_style.theme.text);

    // The lowest label hangs half below the bar.
    const double top = rect().top() + metrics.height() + m_style.gap / 2 + metrics.capHeight() / 2;
    const double height = std::min(rect().bottom() - top - metrics.capHeight() / 2, m_style.smallSize * 9);
    const double leastApart = 1.25 * metrics.capHeight(); // labels
    // Too low for those of both ends, it lies down without them, the least on the left.
    const bool lies = height < leastApart;
    const QRectF bar =
        lies ? QRectF(rect().left(), rect().top() + metrics.height(), width(), m_style.smallSize / 2)
             : QRectF(rect().left(), top, m_style.smallSize * 0.8, height);
    QLinearGradient gradient(bar.bottomLeft(), lies ? bar.bottomRight() : bar.topLeft());
    constexpr int stops = 16;
    for (int i = 0; i <= stops; ++i)
        gradient.setColorAt(static_cast<double>(i) / stops, m_scale.colour(static_cast<double>(i) / stops));
    painter->fillRect(bar, gradient);
    // On a low bar the ends come before what lies between them.
    std::vector<double> taken;
    const auto write = [&](const Tick& tick) {
        const double y = bar.bottom() - tick.fraction * bar.height() + metrics.capHeight() / 2;
        const bool free = std::none_of(taken.begin(), taken.end(),
                                       [&](double other) { return std::abs(other - y) < leastApart; });
        if (!free)
            return;
        drawLabel(painter, {bar.right() + m_style.gap / 2, y}, tick.text, font, m_style.theme.muted);
        taken.push_back(y);
    };
    const auto isEnd = [](const Tick& tick) { return tick.fraction == 0 || tick.fraction == 1; };
    for (const bool ends : {true, false})
        for (const Tick& tick : m_ticks)
            if (!lies && isEnd(tick) == ends)
                write(tick);
    painter->restore();
}

} // namespace diploscope::ui
