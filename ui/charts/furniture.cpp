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
    if (shown.isEmpty() || room <= 0)
        return 0;
    painter->setFont(font);
    painter->setPen(colour);
    painter->drawText(QPointF(x, baseline), shown);
    return metrics.horizontalAdvance(shown);
}

} // namespace

HeaderItem::HeaderItem(QString gene, QString title, QString summary, const ChartStyle& style,
                       QGraphicsItem* parent)
    : FurnitureItem(parent)
    , m_gene(std::move(gene))
    , m_title(std::move(title))
    , m_summary(std::move(summary))
    , m_style(style) {}

bool HeaderItem::inTwoLines(double width) const {
    return m_gene.isEmpty() && !m_summary.isEmpty() &&
           QFontMetricsF(m_style.titleFont()).horizontalAdvance(m_title) + 2 * m_style.gap +
                   QFontMetricsF(m_style.smallFont()).horizontalAdvance(m_summary) >
               width;
}

double HeaderItem::height(double width) const {
    return QFontMetricsF(m_style.titleFont()).height() +
           (inTwoLines(width) ? QFontMetricsF(m_style.smallFont()).height() : 0);
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
    painter->restore();
}

LegendItem::LegendItem(QString heading, std::vector<Entry> entries, const ChartStyle& style,
                       QGraphicsItem* parent)
    : FurnitureItem(parent), m_heading(std::move(heading)), m_entries(std::move(entries)), m_style(style) {}

double LegendItem::height() const {
    double height = QFontMetricsF(m_style.smallFont()).height();
    for (const Entry& entry : m_entries)
        height = std::max(height, entry.diameter);
    return height;
}

void LegendItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QFont font = m_style.smallFont();
    const QFontMetricsF metrics(font);
    const double baseline = rect().center().y() - metrics.height() / 2 + metrics.ascent();
    const double middle = baseline - metrics.xHeight() / 2;
    // The larger of both, so that marks can be told apart that are tiny in the plot.
    const double usual = std::max(m_style.markSize, metrics.xHeight() * 1.2);
    const auto diameterOf = [usual](const Entry& entry) {
        return entry.diameter > 0 ? entry.diameter : entry.line ? 2 * usual : usual;
    };
    double entriesWidth = 0;
    for (const Entry& entry : m_entries)
        entriesWidth += diameterOf(entry) + m_style.gap * 0.75 + metrics.horizontalAdvance(entry.text) +
                        1.5 * m_style.gap;
    double x = rect().left();
    const double headingRoom = rect().width() - entriesWidth;
    const double headingWidth =
        drawCut(painter, font, m_style.theme.muted, x, baseline, headingRoom, m_heading);
    if (headingWidth > 0)
        x += headingWidth + 1.5 * m_style.gap;
    for (const Entry& entry : m_entries) {
        const double diameter = diameterOf(entry);
        const QPointF centre(x + diameter / 2, middle);
        if (entry.line) {
            painter->setPen(QPen(entry.look.colour, m_style.lineWidth));
            painter->drawLine(QPointF(x, middle), QPointF(x + diameter, middle));
        } else if (entry.ringed) {
            painter->setPen(
                QPen(entry.look.colour, m_style.ringWidth, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
            painter->setBrush(m_style.theme.frequency.colour(1));
        } else {
            painter->setPen(Qt::NoPen);
            painter->setBrush(entry.look.colour);
        }
        if (!entry.line)
            painter->drawPath(markPath(entry.look.shape, centre, diameter));
        x += diameter + m_style.gap * 0.75;
        x += drawCut(painter, font, m_style.theme.text, x, baseline, rect().right() - x, entry.text) +
             1.5 * m_style.gap;
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
