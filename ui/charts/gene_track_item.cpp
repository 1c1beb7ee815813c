// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/gene_track_item.h"

#include "charts/chart_text.h"
#include "viewmodels/number_text.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace diploscope::ui {
namespace {

/// Half the height of an exon, as a share of the small type.
constexpr double exonHalf = 0.36;

} // namespace

GeneTrackItem::GeneTrackItem(std::vector<GeneModel> genes, double tss, const ChartStyle& style,
                             QGraphicsItem* parent)
    : PlotItem(parent), m_genes(std::move(genes)), m_tss(tss), m_style(style) {
    setZValue(layer::marks);
    for (const GeneModel& gene : m_genes)
        m_nameWidths.push_back(QFontMetricsF(fontOf(gene)).horizontalAdvance(gene.name));
}

QFont GeneTrackItem::fontOf(const GeneModel& gene) const {
    return m_style.font(m_style.smallSize, gene.analysed ? QFont::DemiBold : QFont::Normal, true);
}

double GeneTrackItem::rowHeight() const {
    return std::ceil(2 * exonHalf * m_style.smallSize + QFontMetricsF(m_style.smallFont()).height() + 3);
}

int GeneTrackItem::rowsFor(const AxisRange& range, double width) const {
    const std::vector<int> rows = pack(range, width, static_cast<int>(m_genes.size()));
    return rows.empty() ? 0 : 1 + *std::max_element(rows.begin(), rows.end());
}

std::vector<int> GeneTrackItem::pack(const AxisRange& range, double width, int rowLimit) const {
    struct Taken {
        double left;
        double right;
    };
    const double scale = width / range.span();
    std::vector<std::vector<Taken>> taken(static_cast<size_t>(std::max(rowLimit, 0)));
    std::vector<int> rows(m_genes.size(), -1);
    for (size_t i = 0; i < m_genes.size(); ++i) {
        const GeneModel& gene = m_genes[i];
        if (gene.end < range.lower || gene.start > range.upper)
            continue;
        const double left = std::max(gene.start, range.lower) * scale;
        const double right =
            std::max(std::min(gene.end, range.upper) * scale, left + m_nameWidths[i]) + 1.5 * m_style.gap;
        for (size_t row = 0; row < taken.size(); ++row) {
            const bool free = std::none_of(taken[row].begin(), taken[row].end(), [&](const Taken& other) {
                return left < other.right && right > other.left;
            });
            if (!free)
                continue;
            taken[row].push_back({left, right});
            rows[i] = static_cast<int>(row);
            break;
        }
    }
    return rows;
}

void GeneTrackItem::mapChanged() {
    const int limit = static_cast<int>((map().plot.height() + 1) / rowHeight());
    m_rows = pack(map().x, map().plot.width(), limit);
    m_hidden = 0;
    for (size_t i = 0; i < m_genes.size(); ++i)
        if (m_rows[i] < 0 && m_genes[i].end >= map().x.lower && m_genes[i].start <= map().x.upper)
            ++m_hidden;
}

void GeneTrackItem::paintGene(QPainter* painter, const GeneModel& gene, double top) const {
    const QRectF& plot = map().plot;
    const QColor colour = gene.analysed ? m_style.theme.accent : m_style.theme.muted;
    const double half = exonHalf * m_style.smallSize;
    const double middle = top + half;
    const auto toX = [&](double position) {
        return std::clamp(map().toX(position), plot.left(), plot.right());
    };
    const double left = toX(gene.start - 0.5);
    const double right = std::max(toX(gene.end + 0.5), left + 1);

    painter->setPen(QPen(colour, m_style.axisWidth, Qt::SolidLine, Qt::FlatCap));
    painter->drawLine(QPointF(left, middle), QPointF(right, middle));
    // Arrows of the strand where the line has room for them.
    const double step = 4 * m_style.smallSize;
    const double head = 0.22 * m_style.smallSize * (gene.strand == Strand::Forward ? 1 : -1);
    for (double x = left + step / 2; x < right - step / 4; x += step) {
        painter->drawLine(QPointF(x, middle), QPointF(x - head, middle - std::abs(head)));
        painter->drawLine(QPointF(x, middle), QPointF(x - head, middle + std::abs(head)));
    }
    if (gene.exons.empty())
        painter->fillRect(QRectF(left, middle - half / 2, right - left, half), colour);
    for (const auto& [start, end] : gene.exons) {
        if (end < map().x.lower || start > map().x.upper)
            continue;
        const double from = toX(start - 0.5);
        painter->fillRect(
            QRectF(from, middle - half, std::max(toX(end + 0.5) - from, m_style.axisWidth), 2 * half),
            colour);
    }

    const QFont font = fontOf(gene);
    const QFontMetricsF metrics(font);
    // Beside the TSS line where the gene begins at it.
    const double name = std::min(left + m_style.gap / 2, plot.right() - metrics.horizontalAdvance(gene.name));
    const bool endsPlot = name < left + m_style.gap / 2 && name > plot.left();
    drawLabel(painter,
              {endsPlot ? plot.right() : std::max(name, plot.left()), top + 2 * half + 1 + metrics.ascent()},
              gene.name, font, gene.analysed ? m_style.theme.text : m_style.theme.muted,
              endsPlot ? TextAnchor::End : TextAnchor::Start);
}

void GeneTrackItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    const QRectF& plot = map().plot;
    if (plot.isEmpty())
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (m_tss >= map().x.lower && m_tss <= map().x.upper) {
        QPen pen(m_style.theme.muted, m_style.ruleWidth, Qt::SolidLine, Qt::FlatCap);
        pen.setDashPattern({4, 3});
        painter->setPen(pen);
        painter->drawLine(QPointF(map().toX(m_tss), plot.bottom()), QPointF(map().toX(m_tss), plot.top()));
    }
    for (size_t i = 0; i < m_genes.size(); ++i)
        if (m_rows[i] >= 0)
            paintGene(painter, m_genes[i], plot.top() + m_rows[i] * rowHeight());
    if (m_hidden > 0) {
        const QString words =
            QStringLiteral("+") + countedText(m_hidden, QStringLiteral("gene"), QStringLiteral("genes"));
        const QFontMetricsF metrics(m_style.smallFont());
        drawLabel(painter, {plot.right() + m_style.gap / 2, plot.top() + metrics.ascent()}, words,
                  m_style.smallFont(), m_style.theme.muted);
    }
    painter->restore();
}

} // namespace diploscope::ui
