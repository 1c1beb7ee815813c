// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/carrier_bars.h"

#include "viewmodels/effect_text.h"
#include "viewmodels/number_text.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace diploscope::ui {
namespace {

constexpr double barHeight = 5;

} // namespace

void CarrierBars::setGroups(const std::array<SnvDetails::Group, 3>& groups) {
    m_groups = groups;
    QString spoken;
    for (const auto& group : groups)
        spoken += tr("%1: %2 people, observed %3, predicted %4. ")
                      .arg(group.genotype, countText(group.people), effectText(group.observed),
                           effectText(group.predicted));
    setAccessibleName(spoken);
    update();
}

void CarrierBars::setChartStyle(const ChartStyle& style) {
    m_style = style;
    updateGeometry();
    update();
}

double CarrierBars::rowHeight() const {
    return m_style ? std::ceil(2.3 * QFontMetricsF(m_style->smallFont()).height()) : 28;
}

QSize CarrierBars::sizeHint() const {
    // Three genotypes and the legend.
    return {180, static_cast<int>(3 * rowHeight() + 18)};
}

void CarrierBars::paintEvent(QPaintEvent*) {
    if (!m_style)
        return;
    const Theme& theme = m_style->theme;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QFont small = m_style->smallFont();
    const QFontMetricsF metrics(small);
    double nameWidth = 0;
    double valueWidth = 0;
    for (const auto& group : m_groups) {
        nameWidth = std::max(nameWidth, metrics.horizontalAdvance(group.genotype + QLatin1Char(' ') +
                                                                  countText(group.people)));
        for (const auto& mean : {group.observed, group.predicted})
            valueWidth = std::max(valueWidth, metrics.horizontalAdvance(effectText(mean)));
    }
    const double left = nameWidth + 12;
    const double room = width() - left - valueWidth - 8;
    if (room < 10)
        return;
    QColor track = theme.rule;
    track.setAlphaF(0.3F);
    const auto bar = [&](double middle, double share, const std::optional<double>& mean,
                         const QColor& colour) {
        const QRectF whole(left, middle - barHeight / 2, room, barHeight);
        painter.setPen(Qt::NoPen);
        painter.setBrush(track);
        painter.drawRoundedRect(whole, barHeight / 2, barHeight / 2);
        if (mean) {
            painter.setBrush(colour);
            painter.drawRoundedRect(
                QRectF(whole.topLeft(), QSizeF(std::max(share * room, barHeight), barHeight)), barHeight / 2,
                barHeight / 2);
        }
        painter.setFont(small);
        painter.setPen(mean ? colour : theme.muted);
        const QString text = effectText(mean);
        painter.drawText(QPointF(width() - metrics.horizontalAdvance(text), middle + metrics.capHeight() / 2),
                         text);
    };
    double top = 0;
    for (const auto& group : m_groups) {
        const double middle = top + rowHeight() / 2;
        painter.setFont(small);
        painter.setPen(theme.text);
        painter.drawText(QPointF(0, middle + metrics.capHeight() / 2),
                         group.genotype + QLatin1Char(' ') + countText(group.people));
        bar(middle - metrics.height() * 0.45, group.observedShare, group.observed, theme.text);
        bar(middle + metrics.height() * 0.45, group.predictedShare, group.predicted, theme.accent);
        top += rowHeight();
    }
    // Legend.
    double x = left;
    const double baseline = top + 4 + metrics.ascent();
    for (const auto& [word, colour] :
         {std::pair(tr("observed"), theme.text), std::pair(tr("predicted"), theme.accent)}) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawRoundedRect(QRectF(x, baseline - metrics.xHeight() / 2 - barHeight / 2, 12, barHeight),
                                2.5, 2.5);
        painter.setPen(theme.muted);
        painter.drawText(QPointF(x + 17, baseline), word);
        x += 17 + metrics.horizontalAdvance(word) + 14;
    }
}

} // namespace diploscope::ui
