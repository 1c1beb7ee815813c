// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/before_after_chart.h"

#include <QPainter>

#include <algorithm>

namespace diploscope::ui {

MoveItem::MoveItem(std::vector<Move> moves, const QPen& pen, QGraphicsItem* parent)
    : PlotItem(parent), m_moves(std::move(moves)), m_pen(pen) {
    setZValue(layer::marks - 0.5);
}

void MoveItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    painter->save();
    painter->setPen(m_pen);
    for (const Move& move : m_moves) {
        if (move.x < map().x.lower || move.x > map().x.upper)
            continue;
        // Exporters do not clip.
        const double from = std::clamp(move.from, map().y.lower, map().y.upper);
        const double to = std::clamp(move.to, map().y.lower, map().y.upper);
        if (from != to)
            painter->drawLine(map().toScene(move.x, from), map().toScene(move.x, to));
    }
    painter->restore();
}

BeforeAfterChart::BeforeAfterChart(const BeforeAfter& shown, const ChartStyle& style, QGraphicsItem* parent)
    : PlotChart(style, {shown.xTitle}, {shown.yTitle}, parent)
    , m_before(follow(new MarkItem(this)))
    , m_after(follow(new MarkItem(this))) {
    const Theme& theme = style.theme;
    MarkLayerLook look;
    look.size = style.markSize;
    look.ringWidth = style.axisWidth;
    look.ground = theme.card.rgb();
    std::vector<Mark> before, after;
    std::vector<MoveItem::Move> moves;
    std::vector<double> observed, predicted;
    for (size_t i = 0; i < shown.people.size(); ++i) {
        const auto& person = shown.people[i];
        const auto source = static_cast<uint32_t>(i);
        before.push_back({.x = person.observed, .y = person.before, .hollow = true, .source = source});
        after.push_back({.x = person.observed, .y = person.after, .source = source});
        moves.push_back({person.observed, person.before, person.after});
        observed.push_back(person.observed);
        predicted.insert(predicted.end(), {person.before, person.after});
    }
    look.palette.fill(theme.muted.rgb());
    m_before->setLook(look);
    m_before->setMarks(std::move(before));
    look.palette.fill(theme.accent.rgb());
    m_after->setLook(look);
    m_after->setMarks(std::move(after));
    m_after->setZValue(layer::drivers);
    follow(new MoveItem(std::move(moves), QPen(theme.pale, style.stemWidth), this));
    setLegend({}, {{.text = QStringLiteral("before"),
                    .look = {theme.muted, MarkShape::Circle},
                    .fill = LegendItem::Fill::Hollow},
                   {.text = QStringLiteral("after"), .look = {theme.accent, MarkShape::Circle}}});
    setHeader(shown.gene, shown.title, shown.summary, shown.notes);
    setFullRanges(rangeOf(observed, 0.05), rangeOf(predicted, 0.06));
}

} // namespace diploscope::ui
