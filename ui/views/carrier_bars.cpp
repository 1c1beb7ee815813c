// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/carrier_bars.h"

#include "viewmodels/effect_text.h"
#include "viewmodels/number_text.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPen>

#include <algorithm>
#include <cmath>

namespace diploscope::ui {
namespace {

constexpr double barHeight = 8;
constexpr double tickLength = 3;
constexpr double between = 16; ///< the two measures

QString spoken(const std::optional<double>& mean, const std::optional<Interval>& interval) {
    return interval ? effectText(mean) + QLatin1Char(' ') +
                          bracketText(effectText(interval->low), effectText(interval->high))
                    : effectText(mean);
}

} // namespace

CarrierBars::Measure CarrierBars::measure(const QString& title, const std::array<Bar, 3>& bars) {
    AxisRange axis{0, 0};
    const auto take = [&axis](double value) {
        axis.lower = std::min(axis.lower, value);
        axis.upper = std::max(axis.upper, value);
    };
    for (const Bar& bar : bars) {
        if (bar.mean)
            take(*bar.mean);
        if (bar.interval) {
            take(bar.interval->low);
            take(bar.interval->high);
        }
    }
    if (axis.span() <= 0)
        axis.upper = 1;
    return {title, bars, axis};
}

void CarrierBars::show(const SnvDetails& details) {
    std::array<Bar, 3> observed;
    std::array<Bar, 3> predicted;
    QStringList lines;
    for (size_t dosage = 0; dosage < 3; ++dosage) {
        const SnvDetails::Group& group = details.groups[dosage];
        observed[dosage] = {group.observed, group.observedInterval};
        predicted[dosage] = {group.predicted, group.predictedInterval};
        m_names[dosage] = group.genotype + QLatin1Char(' ') + countText(group.people);
        lines << tr("%1: %2, observed %3, predicted %4")
                     .arg(group.genotype, countedText(group.people, tr("person"), tr("people")),
                          spoken(group.observed, group.observedInterval),
                          spoken(group.predicted, group.predictedInterval));
    }
    m_observed = measure(details.observedTitle, observed);
    m_predicted = measure(details.predictedTitle, predicted);
    setAccessibleName(lines.join(QStringLiteral(". ")));
    lines << tr("Means, with 95 % intervals by t where there are two people or more");
    setToolTip(QStringLiteral("<p>") + lines.join(QLatin1Char('\n')).toHtmlEscaped().replace('\n', "<br>"));
    update();
}

void CarrierBars::setChartStyle(const ChartStyle& style) {
    m_style = style;
    updateGeometry();
    update();
}

double CarrierBars::lineHeight() const {
    return m_style ? std::ceil(QFontMetricsF(m_style->smallFont()).height()) : 14;
}

double CarrierBars::rowHeight() const {
    return lineHeight() + barHeight + 6;
}

QSize CarrierBars::sizeHint() const {
    // Titles, three genotypes, ticks with their labels.
    return {200, static_cast<int>(lineHeight() + 3 * rowHeight() + tickLength + lineHeight() + 4)};
}

void CarrierBars::paintMeasure(QPainter& painter, const Measure& measure, const QColor& colour,
                               const QRectF& area) const {
    const Theme& theme = m_style->theme;
    const QFontMetricsF metrics(m_style->smallFont());
    const auto place = [&](double value) {
        return area.left() + (value - measure.axis.lower) / measure.axis.span() * area.width();
    };
    const Ticks ticks = niceTicks(measure.axis, area.width() > 110 ? 4 : 3);

    // The unit where there is room; its power of ten in any case.
    const QString power = ticks.unit.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(ticks.unit);
    QString title = measure.title + power;
    if (metrics.horizontalAdvance(title) > area.width())
        title = measure.title.section(QStringLiteral(", "), 0, 0) + power;
    painter.setPen(colour);
    painter.drawText(QPointF(area.left(), area.top() + metrics.ascent()), title);

    const double first = area.top() + lineHeight();
    const double bottom = first + 3 * rowHeight() + 2;
    painter.setPen(QPen(theme.axis, 1));
    painter.drawLine(QPointF(area.left(), bottom), QPointF(area.right(), bottom));
    double free = -1;
    for (size_t i = 0; i < ticks.values.size(); ++i) {
        const double x = place(ticks.values[i]);
        painter.setPen(QPen(theme.axis, 1));
        painter.drawLine(QPointF(x, bottom), QPointF(x, bottom + tickLength));
        const double wide = metrics.horizontalAdvance(ticks.labels[i]);
        const double left = std::clamp(x - wide / 2, area.left() - 6, area.right() + 6 - wide);
        if (left < free)
            continue;
        free = left + wide + 6;
        painter.setPen(theme.muted);
        painter.drawText(QPointF(left, bottom + tickLength + metrics.ascent()), ticks.labels[i]);
    }

    QColor pale = colour;
    pale.setAlphaF(0.38F);
    for (size_t row = 0; row < measure.bars.size(); ++row) {
        const Bar& bar = measure.bars[row];
        const double top = first + static_cast<double>(row) * rowHeight();
        painter.setPen(bar.mean ? colour : theme.muted);
        painter.drawText(QPointF(area.left(), top + metrics.ascent()), effectText(bar.mean));
        if (!bar.mean)
            continue;
        const double middle = top + lineHeight() + barHeight / 2;
        painter.fillRect(QRectF(QPointF(place(0), middle - barHeight / 2),
                                QPointF(place(*bar.mean), middle + barHeight / 2))
                             .normalized(),
                         pale);
        painter.setPen(QPen(colour, 1.4));
        painter.drawLine(QPointF(place(*bar.mean), middle - barHeight / 2),
                         QPointF(place(*bar.mean), middle + barHeight / 2));
        if (!bar.interval)
            continue;
        const double low = place(bar.interval->low);
        const double high = place(bar.interval->high);
        painter.drawLine(QPointF(low, middle), QPointF(high, middle));
        for (const double end : {low, high})
            painter.drawLine(QPointF(end, middle - 2.5), QPointF(end, middle + 2.5));
    }
    painter.setPen(QPen(theme.axis, 1));
    painter.drawLine(QPointF(place(0), first + 2), QPointF(place(0), bottom));
}

void CarrierBars::paintEvent(QPaintEvent*) {
    if (!m_style)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QFont small = m_style->smallFont();
    const QFontMetricsF metrics(small);
    painter.setFont(small);
    double nameWidth = 0;
    for (const QString& name : m_names)
        nameWidth = std::max(nameWidth, metrics.horizontalAdvance(name));
    nameWidth = std::min(nameWidth, width() * 0.3); // alleles of indels may be of any length
    const double left = nameWidth + 12;
    const double room = (width() - left - between - 6) / 2;
    if (room < 20)
        return;
    painter.setPen(m_style->theme.text);
    for (size_t row = 0; row < m_names.size(); ++row) {
        const double middle =
            lineHeight() + static_cast<double>(row) * rowHeight() + lineHeight() + barHeight / 2;
        painter.drawText(QPointF(0, middle + metrics.capHeight() / 2),
                         metrics.elidedText(m_names[row], Qt::ElideMiddle, nameWidth + 1));
    }
    const QRectF area(left, 0, room, height());
    paintMeasure(painter, m_observed, m_style->theme.text, area);
    paintMeasure(painter, m_predicted, m_style->theme.accent, area.translated(room + between, 0));
}

} // namespace diploscope::ui
