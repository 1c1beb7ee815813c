// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/genotype_track_chart.h"

#include <algorithm>
#include <cmath>

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
        entries.push_back({QStringLiteral("another allele, or no genotype"),
                           {theme.sets.front(), MarkShape::Square},
                           LegendItem::Fill::Hollow});
    setHeader(shown.ism.gene, m_rows->title, m_rows->note);
    if (!m_rows->note.isEmpty())
        entries.push_back({m_rows->note, {theme.muted, MarkShape::Diamond}, LegendItem::Fill::Hollow});
    setLegend(QStringLiteral("Haplotypes"), std::move(entries));
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

std::optional<FigureStop> GenotypeTrackChart::firstStop(double x, Way way) const {
    if (m_rows->rows.empty() || m_rows->positions.empty())
        return std::nullopt;
    const auto highest = static_cast<double>(m_rows->rows.size() - 1);
    const double row = way == Way::Up ? std::floor(yRange().lower) : std::ceil(yRange().upper) - 1;
    return FigureStop{nearestOf(m_rows->positions, x), static_cast<size_t>(std::clamp(row, 0.0, highest))};
}

std::optional<FigureStop> GenotypeTrackChart::nextStop(const FigureStop& from, Way way) const {
    const bool alongX = way == Way::Left || way == Way::Right;
    const size_t count = alongX ? m_rows->positions.size() : m_rows->rows.size();
    FigureStop next = from;
    size_t& at = alongX ? next.across : next.up;
    const bool isLast = way == Way::Right || way == Way::Up ? at + 1 >= count : at == 0;
    if (isLast)
        return std::nullopt;
    at = way == Way::Right || way == Way::Up ? at + 1 : at - 1;
    return next;
}

std::optional<QPointF> GenotypeTrackChart::placeOf(const FigureStop& stop) const {
    if (stop.across >= m_rows->positions.size() || stop.up >= m_rows->rows.size())
        return std::nullopt;
    return QPointF(m_rows->positions[stop.across], static_cast<double>(stop.up) + 0.5);
}

FigureArea GenotypeTrackChart::areaOf(const FigureStop& stop) const {
    return FigureArea{m_picture->cellRect(stop.up, stop.across),
                      haplotypeToolTip(*m_rows, stop.up, stop.across), m_rows->rows[stop.up].person};
}

} // namespace diploscope::ui
