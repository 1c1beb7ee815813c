// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/annotation_items.h"

#include "charts/chart_text.h"
#include "charts/label_placement.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPen>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace diploscope::ui {
namespace {

/// Text set by its box: left edge and baseline follow from the font alone, the same on every device.
void drawTextIn(QPainter* painter, const QRectF& box, const QFont& font, const QColor& colour,
                const QString& text, TextAnchor anchor = TextAnchor::Start) {
    drawLabel(
        painter,
        {anchor == TextAnchor::End ? box.right() : box.left(), box.top() + QFontMetricsF(font).ascent()},
        text, font, colour, anchor);
}

QSizeF textSize(const QFont& font, const QString& text) {
    const QFontMetricsF metrics(font);
    return {metrics.horizontalAdvance(text), metrics.height()};
}

} // namespace

ReferenceLineItem::ReferenceLineItem(Line line, const ChartStyle& style, QGraphicsItem* parent)
    : PlotItem(parent), m_line(std::move(line)), m_font(style.smallFont()) {
    setZValue(layer::rule);
}

bool ReferenceLineItem::inView() const {
    const AxisRange& range = m_line.orientation == Qt::Horizontal ? map().y : map().x;
    return m_line.value >= range.lower && m_line.value <= range.upper;
}

QRectF ReferenceLineItem::wordRect() const {
    if (m_line.word.isEmpty() || m_line.orientation != Qt::Vertical || !inView())
        return {};
    const QSizeF size = textSize(m_font, m_line.word);
    const double x = map().toX(m_line.value);
    const double gap = size.height() / 4;
    const QRectF& plot = map().plot;
    std::vector<double> tops{plot.top(), plot.bottom() - size.height()};
    for (double top = plot.top() + size.height(); top < tops[1]; top += size.height())
        tops.push_back(top);
    for (const double top : tops)
        for (const double left : {x + gap, x - gap - size.width()}) {
            const QRectF place(QPointF(left, top), size);
            if (plot.contains(place) &&
                std::none_of(m_obstacles.begin(), m_obstacles.end(),
                             [&place](const QRectF& other) { return place.intersects(other); }))
                return place;
        }
    return {};
}

QRectF ReferenceLineItem::lineRect() const {
    if (!inView())
        return {};
    const QRectF& plot = map().plot;
    const double half = m_line.width;
    if (m_line.orientation == Qt::Horizontal)
        return {plot.left(), map().toY(m_line.value) - half, plot.width(), 2 * half};
    return {map().toX(m_line.value) - half, plot.top(), 2 * half, plot.height()};
}

void ReferenceLineItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    if (!inView())
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QPen pen(m_line.colour, m_line.width, Qt::SolidLine, Qt::FlatCap);
    if (m_line.dashed)
        pen.setDashPattern({4, 3});
    painter->setPen(pen);
    const QRectF& plot = map().plot;
    if (m_line.orientation == Qt::Horizontal) {
        const double y = map().toY(m_line.value);
        painter->drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
    } else {
        const double x = map().toX(m_line.value);
        painter->drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.top()));
    }
    if (const QRectF word = wordRect(); !word.isEmpty())
        drawTextIn(painter, word, m_font, m_line.colour, m_line.word,
                   word.right() < map().toX(m_line.value) ? TextAnchor::End : TextAnchor::Start);
    painter->restore();
}

ReferenceLineItem::Line tssLine(double tss, Strand strand, bool isCentre, const ChartStyle& style,
                                bool named) {
    const QString word = isCentre                    ? QStringLiteral("centre")
                         : strand == Strand::Forward ? QStringLiteral("TSS →")
                                                     : QStringLiteral("← TSS");
    return {.orientation = Qt::Vertical,
            .value = tss,
            .colour = style.theme.muted,
            .width = style.ruleWidth,
            .dashed = true,
            .word = named ? word : QString()};
}

FitLineItem::FitLineItem(double slope, double intercept, AxisRange over, const ChartStyle& style,
                         QGraphicsItem* parent)
    : PlotItem(parent)
    , m_slope(slope)
    , m_intercept(intercept)
    , m_over(over)
    , m_pen(style.theme.line, style.lineWidth, Qt::SolidLine, Qt::RoundCap) {
    setZValue(layer::line);
}

void FitLineItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    // Cut in data coordinates, because exporters cannot be relied on to clip.
    double from = std::max(m_over.lower, map().x.lower);
    double to = std::min(m_over.upper, map().x.upper);
    if (m_slope != 0) {
        const double atLower = (map().y.lower - m_intercept) / m_slope;
        const double atUpper = (map().y.upper - m_intercept) / m_slope;
        from = std::max(from, std::min(atLower, atUpper));
        to = std::min(to, std::max(atLower, atUpper));
    } else if (!map().showsY(m_intercept)) {
        return;
    }
    if (!(from < to))
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(m_pen);
    painter->drawLine(map().toScene(from, m_intercept + m_slope * from),
                      map().toScene(to, m_intercept + m_slope * to));
    painter->restore();
}

CrossItem::CrossItem(double x, double y, const ChartStyle& style, QGraphicsItem* parent)
    : PlotItem(parent)
    , m_at(x, y)
    , m_arm(style.markSize * 1.1)
    , m_pen(style.theme.text, 1.4 * style.lineWidth, Qt::SolidLine, Qt::FlatCap)
    , m_halo(style.theme.card, 3.4 * style.lineWidth, Qt::SolidLine, Qt::SquareCap) {
    setZValue(layer::line);
}

void CrossItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    if (!map().shows(m_at.x(), m_at.y()))
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QPointF at = map().toScene(m_at.x(), m_at.y());
    for (const QPen& pen : {m_halo, m_pen}) {
        painter->setPen(pen);
        painter->drawLine(at - QPointF(m_arm, 0), at + QPointF(m_arm, 0));
        painter->drawLine(at - QPointF(0, m_arm), at + QPointF(0, m_arm));
    }
    painter->restore();
}

QuadrantItem::QuadrantItem(QString agree, QString disagree, const ChartStyle& style, QGraphicsItem* parent)
    : PlotItem(parent)
    , m_agree(std::move(agree))
    , m_disagree(std::move(disagree))
    , m_theme(style.theme)
    , m_font(style.font(style.smallSize, QFont::DemiBold))
    , m_gap(style.gap / 2) {
    setZValue(layer::tint);
}

std::vector<QuadrantItem::Quadrant> QuadrantItem::quadrants() const {
    const QRectF& plot = map().plot;
    const double x = std::clamp(map().toX(0), plot.left(), plot.right());
    const double y = std::clamp(map().toY(0), plot.top(), plot.bottom());
    std::vector<Quadrant> all{
        {QRectF(QPointF(plot.left(), plot.top()), QPointF(x, y)), {}, false, Qt::AlignLeft | Qt::AlignTop},
        {QRectF(QPointF(x, plot.top()), QPointF(plot.right(), y)), {}, true, Qt::AlignRight | Qt::AlignTop},
        {QRectF(QPointF(plot.left(), y), QPointF(x, plot.bottom())),
         {},
         true,
         Qt::AlignLeft | Qt::AlignBottom},
        {QRectF(QPointF(x, y), QPointF(plot.right(), plot.bottom())),
         {},
         false,
         Qt::AlignRight | Qt::AlignBottom}};
    for (Quadrant& quadrant : all) {
        const QSizeF size = textSize(m_font, quadrant.agrees ? m_agree : m_disagree);
        const QRectF inner = quadrant.area.adjusted(m_gap, m_gap / 2, -m_gap, -m_gap / 2);
        if (inner.width() < size.width() || inner.height() < size.height())
            continue;
        const double left =
            quadrant.corner.testFlag(Qt::AlignLeft) ? inner.left() : inner.right() - size.width();
        const double top =
            quadrant.corner.testFlag(Qt::AlignTop) ? inner.top() : inner.bottom() - size.height();
        quadrant.word = QRectF(QPointF(left, top), size);
    }
    return all;
}

std::vector<QRectF> QuadrantItem::wordRects() const {
    std::vector<QRectF> rects;
    for (const Quadrant& quadrant : quadrants()) {
        if (!quadrant.word.isEmpty())
            rects.push_back(quadrant.word);
    }
    return rects;
}

void QuadrantItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    painter->save();
    for (const Quadrant& quadrant : quadrants()) {
        const QColor colour = quadrant.agrees ? m_theme.supported.colour : m_theme.unsupported.colour;
        QColor tint = colour;
        tint.setAlphaF(static_cast<float>(m_theme.tintOpacity));
        // One unit farther on the left, where Qt Charts has its y axis.
        const double join = quadrant.corner.testFlag(Qt::AlignLeft) ? 1 : 0;
        if (!quadrant.area.isEmpty())
            painter->fillRect(quadrant.area.adjusted(-join, 0, 0, 0), tint);
        if (!quadrant.word.isEmpty())
            drawTextIn(painter, quadrant.word, m_font, colour, quadrant.agrees ? m_agree : m_disagree,
                       quadrant.corner.testFlag(Qt::AlignRight) ? TextAnchor::End : TextAnchor::Start);
    }
    painter->restore();
}

LabelItem::LabelItem(std::vector<Label> labels, std::vector<QPointF> points, const ChartStyle& style,
                     QGraphicsItem* parent)
    : PlotItem(parent), m_labels(std::move(labels)), m_points(std::move(points)), m_style(style) {
    setZValue(layer::labels);
}

QFont LabelItem::fontOf(const Label& label) const {
    return m_style.font(m_style.smallSize, label.strong ? QFont::DemiBold : QFont::Normal, label.italic);
}

void LabelItem::mapChanged() {
    std::vector<LabelRequest> requests;
    std::vector<size_t> asked;
    std::vector<QRectF> obstacles = m_obstacles;
    for (size_t i = 0; i < m_labels.size(); ++i) {
        const Label& label = m_labels[i];
        if (!map().shows(label.x, label.y))
            continue;
        const QPointF anchor = map().toScene(label.x, label.y);
        const double reach = label.extent + m_style.ringWidth / 2;
        requests.push_back({anchor, textSize(fontOf(label), label.text), reach + m_style.gap / 3});
        obstacles.emplace_back(anchor.x() - reach, anchor.y() - reach, 2 * reach, 2 * reach);
        asked.push_back(i);
    }
    std::vector<QPointF> points;
    points.reserve(m_points.size());
    for (const QPointF& point : m_points) {
        if (map().shows(point.x(), point.y()))
            points.push_back(map().toScene(point.x(), point.y()));
    }
    const double reach = m_style.markSize / 2;
    const auto places = placeLabels(requests, map().plot, obstacles, points, reach);
    m_places.assign(m_labels.size(), std::nullopt);
    m_veiled.assign(m_labels.size(), false);
    for (size_t i = 0; i < asked.size(); ++i) {
        m_places[asked[i]] = places[i];
        if (!places[i])
            continue;
        const QRectF near = places[i]->adjusted(-reach, -reach, reach, reach);
        m_veiled[asked[i]] = std::any_of(points.begin(), points.end(),
                                         [&near](const QPointF& point) { return holds(near, point); });
    }
}

void LabelItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    for (size_t i = 0; i < m_places.size(); ++i) {
        if (!m_places[i])
            continue;
        const Label& label = m_labels[i];
        const QRectF& place = *m_places[i];
        const QPointF anchor = map().toScene(label.x, label.y);
        const QPointF nearest = leaderEnd(anchor, place);
        const QPointF way = nearest - anchor;
        const double length = std::hypot(way.x(), way.y());
        const double start = label.extent + m_style.ringWidth / 2;
        if (length > start + place.height()) {
            painter->setPen(QPen(m_style.theme.muted, m_style.ruleWidth));
            painter->drawLine(anchor + way * (start / length), nearest);
        }
        if (m_veiled[i]) {
            // A veil of the ground, so that a name can be read where it must stand on marks.
            QColor veil = m_style.theme.card;
            veil.setAlphaF(0.75F);
            painter->fillRect(place, veil);
        }
        // A name ends at what it names where it stands on the left of it.
        drawTextIn(painter, place, fontOf(label), m_style.theme.text, label.text,
                   place.right() <= anchor.x() ? TextAnchor::End : TextAnchor::Start);
    }
    painter->restore();
}

} // namespace diploscope::ui
