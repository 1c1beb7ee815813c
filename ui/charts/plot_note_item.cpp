// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/plot_note_item.h"

#include "charts/chart_text.h"
#include "charts/text_lines.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace diploscope::ui {

PlotNoteItem::PlotNoteItem(QString text, const ChartStyle& style, QGraphicsItem* parent)
    : PlotItem(parent), m_text(std::move(text)), m_style(style) {
    setZValue(layer::labels);
}

void PlotNoteItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    const QRectF room = map().plot.adjusted(m_style.gap, 0, -m_style.gap, 0);
    QFont font = m_style.smallFont();
    const auto most = [&] { return static_cast<qsizetype>(room.height() / QFontMetricsF(font).height()); };
    if (room.width() <= 0 || (most() < 1 && !m_style.printed))
        return;
    QStringList lines = brokenLines(m_text, font, room.width());
    for (double size = m_style.smallSize - 1;
         m_style.printed && size >= m_style.leastSize && lines.size() > most(); size -= 1) {
        font = m_style.font(size);
        lines = brokenLines(m_text, font, room.width());
    }
    const QFontMetricsF metrics(font);
    if (lines.size() > most() && !m_style.printed) {
        const QString rest = lines.mid(most() - 1).join(QLatin1Char(' '));
        lines = lines.mid(0, most() - 1);
        lines << metrics.elidedText(rest, Qt::ElideRight, room.width());
    }
    painter->save();
    double baseline =
        room.center().y() - static_cast<double>(lines.size()) * metrics.height() / 2 + metrics.ascent();
    for (const QString& line : lines) {
        drawLabel(painter, {room.center().x(), baseline}, line, font, m_style.theme.muted,
                  TextAnchor::Middle);
        baseline += metrics.height();
    }
    painter->restore();
}

} // namespace diploscope::ui
