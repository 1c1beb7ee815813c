// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/chart_view.h"

#include <QPainter>
#include <QRubberBand>

#include <algorithm>
#include <cmath>

namespace diploscope::ui {
namespace {

constexpr double closest = 1e-4; ///< of the full range is the least that is shown
constexpr int oneStepMs = 700;   ///< quicker than this, wheel notches are one step back
constexpr size_t historyLimit = 100;

/// A range of at most the full one's width whose middle lies within it: a person may look past the ends but
/// not get lost there.
AxisRange within(const AxisRange& range, const AxisRange& full, double least) {
    const double span = std::clamp(range.span(), least, full.span());
    const double middle = std::clamp((range.lower + range.upper) / 2, full.lower, full.upper);
    if (span == range.span() && middle == (range.lower + range.upper) / 2)
        return range; // not rebuilt: rounding would make it another range
    return {middle - span / 2, middle + span / 2};
}

AxisRange scaled(const AxisRange& range, double factor, double at, double fullSpan, double least) {
    const double span = std::clamp(range.span() / factor, least, fullSpan);
    const double share = (at - range.lower) / range.span();
    return {at - share * span, at + (1 - share) * span};
}

} // namespace

ChartView::ChartView(Zoom zoom, QWidget* parent)
    : QGraphicsView(parent), m_zoom(zoom), m_band(new QRubberBand(QRubberBand::Rectangle, viewport())) {
    setScene(new QGraphicsScene(this));
    // Items of charts move all together or not at all, so an index of places is work for nothing.
    scene()->setItemIndexMethod(QGraphicsScene::NoIndex);
    setFrameShape(QFrame::NoFrame);
    setAlignment(Qt::AlignLeft | Qt::AlignTop);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setContextMenuPolicy(Qt::CustomContextMenu);
    // A scene takes every drop for itself; files are the window's.
    setAcceptDrops(false);
    viewport()->setAcceptDrops(false);
}

ChartView::~ChartView() = default;

void ChartView::setPlaceholder(const QString& text) {
    m_placeholder = text;
    viewport()->update();
}

void ChartView::setChartStyle(const ChartStyle& style) {
    m_style = style;
    setBackgroundBrush(style.theme.card);
    buildFigure(Keep::View);
}

std::vector<ChartView::Seen> ChartView::seen() const {
    std::vector<Seen> seen;
    for (const FigureTrack& track : m_tracks) {
        const AxisRange x = track.chart->xRange(), y = track.chart->yRange();
        seen.push_back({x == track.chart->fullX() ? std::nullopt : std::optional(x),
                        y == track.chart->fullY() ? std::nullopt : std::optional(y)});
    }
    return seen;
}

ChartView::View ChartView::view() const {
    View view;
    for (const FigureTrack& track : m_tracks)
        view.push_back({track.chart->xRange(), track.chart->yRange()});
    return view;
}

void ChartView::apply(const View& view) {
    if (view.size() != m_tracks.size())
        return;
    bool changed = false;
    for (size_t i = 0; i < view.size(); ++i) {
        PlotChart* chart = m_tracks[i].chart;
        if (chart->xRange() == view[i].x && chart->yRange() == view[i].y)
            continue;
        chart->setRanges(view[i].x, view[i].y);
        changed = true;
    }
    if (!changed)
        return;
    if (m_mode == Mode::Panning)
        hover(std::nullopt);
    else
        showHovered();
    Q_EMIT rangesChanged();
}

void ChartView::remember(Step step) {
    const bool goesOn = step == m_lastStep && step != Step::Jump && step != Step::Drag &&
                        m_sinceStep.isValid() && m_sinceStep.elapsed() < oneStepMs && !m_history.empty();
    m_lastStep = step;
    m_sinceStep.start();
    if (goesOn)
        return;
    m_history.push_back(view());
    if (m_history.size() > historyLimit)
        m_history.erase(m_history.begin());
}

ChartView::View ChartView::clamped(View view) const {
    for (size_t i = 0; i < view.size(); ++i) {
        const AxisRange& x = m_tracks[i].chart->fullX();
        const AxisRange& y = m_tracks[i].chart->fullY();
        view[i].x = within(view[i].x, x, leastX(x));
        view[i].y = within(view[i].y, y, y.span() * closest);
    }
    return view;
}

double ChartView::leastX(const AxisRange& full) const {
    return m_leastSpan > 0 ? std::min(m_leastSpan, full.span()) : full.span() * closest;
}

std::optional<size_t> ChartView::trackAt(QPointF position) const {
    for (size_t i = 0; i < m_tracks.size(); ++i) {
        const PlotChart* chart = m_tracks[i].chart;
        if (chart->mapRectToScene(chart->boundingRect()).contains(position))
            return i;
    }
    return std::nullopt;
}

QPointF ChartView::middle() const {
    if (m_tracks.empty())
        return {};
    const PlotChart* chart = m_tracks.front().chart;
    return chart->mapToScene(chart->plotArea().center());
}

void ChartView::zoomBy(double factor, QPointF centre, bool both) {
    if (m_tracks.empty())
        return;
    const size_t under = trackAt(centre).value_or(0);
    View next = view();
    for (size_t i = 0; i < next.size(); ++i) {
        const PlotChart* chart = m_tracks[i].chart;
        const QRectF plot = chart->plotArea();
        const QPointF at = chart->mapFromScene(centre);
        // Beside the plot, the edge is what stays.
        const double shareX = std::clamp((at.x() - plot.left()) / plot.width(), 0.0, 1.0);
        const double shareY = std::clamp((plot.bottom() - at.y()) / plot.height(), 0.0, 1.0);
        const double fullX = chart->fullX().span(), fullY = chart->fullY().span();
        next[i].x = scaled(next[i].x, factor, next[i].x.lower + shareX * next[i].x.span(), fullX,
                           leastX(chart->fullX()));
        if (both && i == under)
            next[i].y = scaled(next[i].y, factor, next[i].y.lower + shareY * next[i].y.span(), fullY,
                               fullY * closest);
    }
    apply(clamped(std::move(next)));
}

ChartView::View ChartView::panned(const View& from, QPointF by, size_t track) const {
    View next = from;
    for (size_t i = 0; i < next.size(); ++i) {
        const double x = by.x() * next[i].x.span();
        next[i].x = {next[i].x.lower + x, next[i].x.upper + x};
        // A track that shows its full height has nothing to see above or below.
        if (i != track || (m_zoom == Zoom::AlongX && next[i].y == m_tracks[i].chart->fullY()))
            continue;
        const double y = by.y() * next[i].y.span();
        next[i].y = {next[i].y.lower + y, next[i].y.upper + y};
    }
    return clamped(std::move(next));
}

void ChartView::panBy(QPointF by) {
    if (!m_tracks.empty())
        apply(panned(view(), by, 0));
}

void ChartView::showAll() {
    if (m_tracks.empty())
        return;
    View all;
    for (const FigureTrack& track : m_tracks)
        all.push_back({track.chart->fullX(), track.chart->fullY()});
    if (all == view())
        return;
    remember(Step::Jump);
    apply(all);
}

void ChartView::showAlongX(const AxisRange& x) {
    View next = view();
    for (Ranges& ranges : next)
        ranges.x = x;
    apply(clamped(std::move(next)));
}

void ChartView::goBack() {
    while (!m_history.empty()) {
        const View last = std::move(m_history.back());
        m_history.pop_back();
        m_lastStep = Step::Jump;
        if (last == view())
            continue;
        apply(last);
        return;
    }
}

void ChartView::zoomToBand(const QRectF& band, size_t track) {
    constexpr double least = 4;
    if (band.width() < least || (m_zoom == Zoom::Plane && band.height() < least))
        return;
    const PlotChart* chart = m_tracks[track].chart;
    const QRectF plot = chart->plotArea();
    const QRectF area = chart->mapRectFromScene(band) & plot;
    if (area.isEmpty())
        return;
    View next = view();
    const auto part = [](const AxisRange& range, double from, double to) {
        return AxisRange{range.lower + from * range.span(), range.lower + to * range.span()};
    };
    const AxisRange x = part(next[track].x, (area.left() - plot.left()) / plot.width(),
                             (area.right() - plot.left()) / plot.width());
    for (Ranges& ranges : next)
        ranges.x = x;
    if (m_zoom == Zoom::Plane)
        next[track].y = part(next[track].y, (plot.bottom() - area.bottom()) / plot.height(),
                             (plot.bottom() - area.top()) / plot.height());
    remember(Step::Jump);
    apply(clamped(std::move(next)));
}

void ChartView::resizeEvent(QResizeEvent* event) {
    QGraphicsView::resizeEvent(event);
    setSceneRect(QRectF(QPointF(), viewport()->size()));
    if (m_figure != nullptr)
        m_figure->setGeometry(QRectF(QPointF(), viewport()->size()));
}

void ChartView::drawForeground(QPainter* painter, const QRectF&) {
    if (m_mode == Mode::Lassoing && m_style) {
        QColor inside = m_style->theme.accent;
        inside.setAlphaF(0.12F);
        painter->setPen(QPen(m_style->theme.accent, 1.4));
        painter->setBrush(inside);
        painter->drawPolygon(m_lasso);
    }
    if (m_figure != nullptr || m_placeholder.isEmpty() || !m_style)
        return;
    painter->setFont(m_style->textFont());
    painter->setPen(m_style->theme.muted);
    painter->drawText(sceneRect(), Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
}

} // namespace diploscope::ui
