// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/plot_note_item.h"

#include "charts/text_lines.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace diploscope::ui {

PlotNoteItem::PlotNoteItem(QString text, const ChartStyle& style, QGraphicsItem* parent)
    : PlotItem(parent)
    , m_text(std::move(text))
    , m_font(style.smallFont())
    , m_colour(style.theme.muted)
    , m_gap(style.gap) {
    setZValue(layer::labels);
}

void PlotNoteItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    const QRectF room = map().plot.adjusted(m_gap, 0, -m_gap, 0);
    const QFontMetricsF metrics(m_font);
    const auto most = static_cast<qsizetype>(room.height() / metrics.height());
    if (room.width() <= 0 || most < 1)
        return;
    QStringList lines = brokenLines(m_text, m_font, room.width());
    if (lines.size() > most) {
        const QString rest = lines.mid(most - 1).join(QLatin1Char(' '));
        lines = lines.mid(0, most - 1);
        lines << metrics.elidedText(rest, Qt::ElideRight, room.width());
    }
    painter->save();
    painter->setFont(m_font);
    painter->setPen(m_colour);
    double baseline =
        room.center().y() - static_cast<double>(lines.size()) * metrics.height() / 2 + metrics.ascent();
    for (const QString& line : lines) {
        painter->drawText(QPointF(room.center().x() - metrics.horizontalAdvance(line) / 2, baseline), line);
        baseline += metrics.height();
    }
    painter->restore();
}

} // namespace diploscope::ui
