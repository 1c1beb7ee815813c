// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/genotype_track_chart.h"

#include <algorithm>

namespace diploscope::ui {

GenotypeTrackChart::GenotypeTrackChart(const LocusTracks& shown, const ChartStyle& style,
                                       QGraphicsItem* parent)
    : TrackChart(style, shown.ism.xTitle, shown.haplotypes->title, parent)
    , m_rows(shown.haplotypes)
    , m_picture(follow(new HaplotypeItem(shown.haplotypes, style, this))) {
    follow(new ReferenceLineItem(tssLine(shown.ism, style), style, this));
    const Theme& theme = style.theme;
    std::vector<LegendItem::Entry> entries{{QStringLiteral("REF"), {theme.faint, MarkShape::Square}},
                                           {QStringLiteral("ALT"), {theme.accent, MarkShape::Square}}};
    if (m_rows->hasUnclear)
        entries.push_back({tr("another allele, or no genotype"),
                           {theme.sets.front(), MarkShape::Square},
                           LegendItem::Fill::Hollow});
    setHeader(shown.ism.gene, m_rows->title, m_rows->note);
    if (!m_rows->note.isEmpty())
        entries.push_back({m_rows->note, {theme.muted, MarkShape::Diamond}, LegendItem::Fill::Hollow});
    setLegend(tr("Haplotypes"), std::move(entries));
    setFullRanges({shown.ism.windowStart, shown.ism.windowEnd},
                  {0, std::max(1.0, static_cast<double>(m_rows->rows.size()))});
}

std::optional<FigureArea> GenotypeTrackChart::areaAt(QPointF at) const {
    const auto cell = m_picture->cellAt(at);
    if (!cell)
        return std::nullopt;
    return FigureArea{cell->rect, haplotypeToolTip(*m_rows, cell->row, cell->snv),
                      m_rows->rows[cell->row].person};
}

} // namespace diploscope::ui
