// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/locus_chart.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace diploscope::ui {
namespace {

constexpr int mostGeneRows = 3;

} // namespace

LocusChart::LocusChart(const LocusTracks& shown, const ChartStyle& style, Medium medium)
    : m_style(style)
    , m_genes(new GeneTrackItem(shown.genes, shown.ism.tss, style, this))
    , m_ism(new IsmTrackChart(shown.ism, style, this))
    , m_eqtl(new EqtlTrackChart(shown, style, this)) {
    if (medium == Medium::Paper)
        m_header = new HeaderItem(shown.ism.gene, QStringLiteral("locus"), shown.ism.summary, style, this);
    m_ism->hideHeader();
    m_ism->hideXAxis();
    m_eqtl->hideHeader();
    connect(m_ism, &PlotChart::mapChanged, this, &LocusChart::lineUp);
    connect(m_eqtl, &PlotChart::mapChanged, this, &LocusChart::lineUp);
}

void LocusChart::resizeEvent(QGraphicsSceneResizeEvent* event) {
    QGraphicsWidget::resizeEvent(event);
    layOut();
}

void LocusChart::layOut() {
    if (size().isEmpty())
        return;
    double top = 0;
    if (m_header != nullptr) {
        const double width = size().width() - 2 * m_style.gap;
        m_header->setRect(QRectF(m_style.gap, m_style.gap, width, m_header->height(width)));
        top = m_header->rect().bottom();
    }
    m_genesTop = top + m_style.gap / 2;
    // About the plot's width: the exact one follows from the charts, which are not laid out yet.
    const double width = std::max(size().width() - 14 * m_style.gap, 1.0);
    const int rows = std::min(m_genes->rowsFor(m_ism->fullX(), width), mostGeneRows);
    m_genesHeight = rows * m_genes->rowHeight();
    top = std::ceil(m_genesTop + m_genesHeight);

    // Both plots get the same height; the lower one has the axis below it, the upper one its legend above.
    const double axisRoom = std::ceil(QFontMetricsF(m_style.smallFont()).height() +
                                      QFontMetricsF(m_style.textFont()).height() + 1.5 * m_style.gap);
    const double each = std::max((size().height() - top - axisRoom) / 2, 1.0);
    m_ism->setGeometry(QRectF(0, top, size().width(), std::floor(each)));
    m_eqtl->setGeometry(
        QRectF(0, top + std::floor(each), size().width(), size().height() - top - std::floor(each)));
    lineUp();
}

void LocusChart::lineUp() {
    if (m_liningUp || size().isEmpty())
        return;
    m_liningUp = true;
    const PlotChart::Sides& a = m_ism->neededSides();
    const PlotChart::Sides& b = m_eqtl->neededSides();
    const PlotChart::Sides most{std::max(a.left, b.left), std::ceil(std::max(a.right, b.right))};
    m_ism->setLeastSides(most);
    m_eqtl->setLeastSides(most);
    const QRectF plot = m_ism->plotArea();
    m_genes->setMap({QRectF(plot.left(), m_genesTop, plot.width(), m_genesHeight), m_ism->xRange(), {}});
    m_liningUp = false;
}

void LocusChart::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    painter->fillRect(rect(), m_style.theme.card);
}

} // namespace diploscope::ui
