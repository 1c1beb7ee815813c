// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/furniture.h"

#include <QFontMetricsF>
#include <QLinearGradient>
#include <QPainter>
#include <QPen>

#include <algorithm>

namespace diploscope::ui {
namespace {

/// Draws `text` from `x` on the baseline, cut to `room`. \return the width drawn
double drawCut(QPainter* painter, const QFont& font, const QColor& colour, double x, double baseline,
               double room, const QString& text) {
    const QFontMetricsF metrics(font);
    const QString shown = metrics.elidedText(text, Qt::ElideRight, std::max(room, 0.0));
    // An ellipsis alone says nothing.
    if (shown.isEmpty() || room <= 0 || (shown.size() == 1 && shown != text))
        return 0;
    painter->setFont(font);
    painter->setPen(colour);
    painter->drawText(QPointF(x, baseline), shown);
    return metrics.horizontalAdvance(shown);
}

} // namespace

HeaderItem::HeaderItem(QString gene, QString title, QString summary, QStringList notes,
                       const ChartStyle& style, QGraphicsItem* parent)
    : FurnitureItem(parent)
    , m_gene(std::move(gene))
    , m_title(std::move(title))
    , m_summary(std::move(summary))
    , m_notes(std::move(notes))
    , m_style(style) {}

bool HeaderItem::inTwoLines(double width) const {
    return m_gene.isEmpty() && !m_summary.isEmpty() &&
           QFontMetricsF(m_style.titleFont()).horizontalAdvance(m_title) + 2 * m_style.gap +
                   QFontMetricsF(m_style.smallFont()).horizontalAdvance(m_summary) >
               width;
}

double HeaderItem::height(double width) const {
    return QFontMetricsF(m_style.titleFont()).height() +
           static_cast<double>((inTwoLines(width) ? 1 : 0) + m_notes.size()) *
               QFontMetricsF(m_style.smallFont()).height();
}

void HeaderItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QFont geneFont = m_style.font(m_style.titleSize, QFont::Bold, true);
    const QFont titleFont = m_style.titleFont();
    const double baseline = rect().top() + QFontMetricsF(titleFont).ascent();
    const QFontMetricsF summaryMetrics(m_style.smallFont());
    if (inTwoLines(rect().width())) {
        drawCut(painter, titleFont, m_style.theme.text, rect().left(), baseline, rect().width(), m_title);
        drawCut(painter, m_style.smallFont(), m_style.theme.muted, rect().left(),
                rect().top() + QFontMetricsF(titleFont).height() + summaryMetrics.ascent(), rect().width(),
                m_summary);
        paintNotes(painter);
        painter->restore();
        return;
    }
    // Whoever looks at a figure must find the gene and the numbers; the words between are what the axes say
    // anyway.
    const double geneWidth =
        std::min(QFontMetricsF(geneFont).horizontalAdvance(m_gene), rect().width() * 0.45);
    const double summaryRoom = rect().width() - (geneWidth > 0 ? geneWidth + 2 * m_style.gap : 0);
    const QString summary = summaryMetrics.elidedText(m_summary, Qt::ElideRight, summaryRoom);
    const double summaryLeft = rect().right() - summaryMetrics.horizontalAdvance(summary);
    drawCut(painter, m_style.smallFont(), m_style.theme.muted, summaryLeft, baseline, rect().width(),
            summary);

    double x = rect().left();
    x += drawCut(painter, geneFont, m_style.theme.text, x, baseline, geneWidth + 1, m_gene);
    if (!m_gene.isEmpty())
        x += m_style.gap * 0.75;
    const double room = summaryLeft - 2 * m_style.gap - x;
    if (QFontMetricsF(titleFont).horizontalAdvance(m_title) <= room)
        drawCut(painter, titleFont, m_style.theme.text, x, baseline, room + 1, m_title);
    paintNotes(painter);
    painter->restore();
}

void HeaderItem::paintNotes(QPainter* painter) const {
    const QFontMetricsF metrics(m_style.smallFont());
    double top = rect().bottom() - static_cast<double>(m_notes.size()) * metrics.height();
    for (const QString& note : m_notes) {
        const QString shown = metrics.elidedText(note, Qt::ElideRight, rect().width());
        drawCut(painter, m_style.smallFont(), m_style.theme.muted,
                rect().right() - metrics.horizontalAdvance(shown), top + metrics.ascent(), rect().width(),
                shown);
        top += metrics.height();
    }
}

LegendItem::LegendItem(QString heading, std::vector<Entry> entries, const ChartStyle& style,
                       QGraphicsItem* parent)
    : FurnitureItem(parent), m_heading(std::move(heading)), m_entries(std::move(entries)), m_style(style) {}

double LegendItem::diameterOf(const Entry& entry) const {
    // The larger of both, so that marks can be told apart that are tiny in the plot.
    const double usual = std::max(m_style.markSize, QFontMetricsF(m_style.smallFont()).xHeight() * 1.2);
    return entry.diameter > 0 ? entry.diameter : entry.line ? 2 * usual : usual;
}

double LegendItem::widthOf(const Entry& entry) const {
    return diameterOf(entry) + m_style.gap * 0.75 +
           QFontMetricsF(m_style.smallFont()).horizontalAdvance(entry.text) + 1.5 * m_style.gap;
}

double LegendItem::entriesWidth() const {
    double width = 0;
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
    double x = 0;
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

double LegendItem::height(double width) const {
    return static_cast<double>(breaks(width).size() + 1) * rowHeight();
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
    double x = rect().left();
    // "rs1332018 G/T", else "rs1332018", else nothing: half a name tells nobody anything.
    const double headingRoom = rows.empty() ? rect().width() - entriesWidth() - 1.5 * m_style.gap : 0;
    QString heading = m_heading;
    if (metrics.horizontalAdvance(heading) > headingRoom)
        heading = heading.section(QLatin1Char(' '), 0, 0);
    const double headingWidth =
        metrics.horizontalAdvance(heading) > headingRoom
            ? 0
            : drawCut(painter, font, m_style.theme.muted, x, baseline(), headingRoom + 1, heading);
    if (headingWidth > 0)
        x += headingWidth + 1.5 * m_style.gap;
    for (size_t i = 0; i < m_entries.size(); ++i) {
        if (std::find(rows.begin(), rows.end(), i) != rows.end()) {
            x = rect().left();
            top += rowHeight();
        }
        const Entry& entry = m_entries[i];
        paintEntry(painter, entry, x, baseline() - metrics.xHeight() / 2);
        const double text = x + diameterOf(entry) + m_style.gap * 0.75;
        drawCut(painter, font, m_style.theme.text, text, baseline(), rect().right() - text, entry.text);
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
    painter->setFont(font);
    painter->setPen(m_style.theme.text);
    painter->drawText(QPointF(rect().left(), rect().top() + metrics.ascent()), m_title);

    // The lowest label hangs half below the bar.
    const double top = rect().top() + metrics.height() + m_style.gap / 2 + metrics.capHeight() / 2;
    const double height = std::min(rect().bottom() - top - metrics.capHeight() / 2, m_style.smallSize * 9);
    const QRectF bar(rect().left(), top, m_style.smallSize * 0.8, std::max(height, 1.0));
    QLinearGradient gradient(bar.bottomLeft(), bar.topLeft());
    constexpr int stops = 16;
    for (int i = 0; i <= stops; ++i)
        gradient.setColorAt(static_cast<double>(i) / stops, m_scale.colour(static_cast<double>(i) / stops));
    painter->fillRect(bar, gradient);
    painter->setPen(m_style.theme.muted);
    for (const Tick& tick : m_ticks) {
        const double y = bar.bottom() - tick.fraction * bar.height() + metrics.capHeight() / 2;
        painter->drawText(QPointF(bar.right() + m_style.gap / 2, y), tick.text);
    }
    painter->restore();
}

} // namespace diploscope::ui
