// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/locus_chart.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace diploscope::ui {
namespace {

constexpr int mostGeneRows = 3;
constexpr int mostGeneRowsOverFour = 2; ///< tracks, which must not get crowded
/// Height of the track of PIPs, as a share of each of the others: its values crowd at 0 and at 1.
constexpr double pipShare = 0.5;

std::vector<LegendItem::Entry> importedLegend(const LocusTracks& shown, const Theme& theme) {
    QStringList what;
    if (!shown.importedAssociations.empty())
        what << QStringLiteral("eQTL");
    if (!shown.importedProbabilities.empty())
        what << QStringLiteral("PIP");
    if (what.isEmpty())
        return {};
    return {{QStringLiteral("imported ") + what.join(QStringLiteral(" and ")),
             {theme.text, MarkShape::Circle},
             LegendItem::Fill::Hollow}};
}

} // namespace

LocusChart::LocusChart(const LocusTracks& shown, const ChartStyle& style, Medium medium)
    : m_style(style)
    , m_genes(new GeneTrackItem(shown.genes, shown.ism.tss, style, this))
    , m_ism(new IsmTrackChart(shown.ism, style, this, importedLegend(shown, style.theme)))
    , m_eqtl(new EqtlTrackChart(shown, style, this)) {
    if (medium == Medium::Paper)
        m_header =
            new HeaderItem(shown.ism.gene, QStringLiteral("locus"), shown.ism.summary, {}, style, this);
    m_charts = {m_ism, m_eqtl};
    if (shown.hasFineMapping()) {
        m_pip = new PipTrackChart(shown, style, this);
        m_charts.push_back(m_pip);
    }
    for (PlotChart* chart : m_charts) {
        chart->hideHeader();
        chart->setBackgroundVisible(false); // the lowest may reach up behind the one above it
        if (chart != m_charts.back())
            chart->hideXAxis();
        connect(chart, &PlotChart::mapChanged, this, &LocusChart::lineUp);
    }
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
    const int rows = std::min(m_genes->rowsFor(m_ism->fullX(), width),
                              m_pip != nullptr ? mostGeneRowsOverFour : mostGeneRows);
    m_genesHeight = rows * m_genes->rowHeight();
    top = std::ceil(m_genesTop + m_genesHeight);

    // The plots of ISM and eQTL get the same height; the lowest track has the axis below it, the uppermost
    // its legend above.
    const double axisRoom = std::ceil(QFontMetricsF(m_style.smallFont()).height() +
                                      QFontMetricsF(m_style.textFont()).height() + 1.5 * m_style.gap);
    const double free = size().height() - top - axisRoom;
    const double legend = std::min(m_ism->legendRoom(size().width()), 0.15 * std::max(free, 0.0));
    const double each = std::max((free - legend) / (m_pip != nullptr ? 2 + pipShare : 2), 1.0);
    for (PlotChart* chart : m_charts) {
        const bool lowest = chart == m_charts.back();
        const double height =
            lowest ? std::max(size().height() - top, 1.0) : std::floor(chart == m_ism ? each + legend : each);
        const double hidden =
            lowest ? std::ceil(std::max(0.0, axisRoom / PlotChart::mostOfAxes - height)) : 0.0;
        chart->setTopRoom(hidden);
        chart->setGeometry(QRectF(0, top - hidden, size().width(), height + hidden));
        top += height;
    }
    lineUp();
}

void LocusChart::lineUp() {
    if (m_liningUp || size().isEmpty())
        return;
    m_liningUp = true;
    PlotChart::Sides most;
    for (const PlotChart* chart : m_charts) {
        most.left = std::max(most.left, chart->neededSides().left);
        most.right = std::max(most.right, std::ceil(chart->neededSides().right));
    }
    for (PlotChart* chart : m_charts)
        chart->setLeastSides(most);
    const QRectF plot = m_ism->plotArea();
    m_genes->setMap({QRectF(plot.left(), m_genesTop, plot.width(), m_genesHeight), m_ism->xRange(), {}});
    m_liningUp = false;
}

void LocusChart::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    painter->fillRect(rect(), m_style.theme.card);
}

} // namespace diploscope::ui
