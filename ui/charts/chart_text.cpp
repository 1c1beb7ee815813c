// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/chart_text.h"

#include <QFontMetricsF>
#include <QPaintEngine>
#include <QPainter>

namespace diploscope::ui {

void drawLabel(QPainter* painter, const QPointF& at, const RichLabel& text, const QFont& font,
               const QColor& colour, TextAnchor anchor) {
    if (text.isEmpty())
        return;
    if (auto* sink = dynamic_cast<TextSink*>(painter->paintEngine())) {
        sink->takeText(at, text, font, colour, anchor);
        return;
    }
    double x = at.x();
    if (anchor != TextAnchor::Start)
        x -= text.width(font) / (anchor == TextAnchor::Middle ? 2 : 1);
    painter->setPen(colour);
    for (const RichLabel::Run& run : text.runs()) {
        const QFont own = RichLabel::fontOf(run, font);
        painter->setFont(own);
        painter->drawText(QPointF(x, at.y() + RichLabel::shiftOf(run, font)), run.text);
        x += QFontMetricsF(own).horizontalAdvance(run.text);
    }
}

} // namespace diploscope::ui
