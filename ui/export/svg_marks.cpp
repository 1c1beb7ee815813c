// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/svg_marks.h"

#include <QColor>

#include <algorithm>
#include <cmath>

namespace diploscope::ui {
namespace {

/// Two decimals of a point are 4 micrometres: finer than any press.
QByteArray number(double value) {
    QByteArray text = QByteArray::number(value, 'f', 2);
    while (text.contains('.') && (text.endsWith('0') || text.endsWith('.')))
        text.chop(1);
    return text == "-0" ? QByteArray("0") : text;
}

QByteArray colourText(QRgb colour) {
    return QColor::fromRgb(colour).name().toLatin1();
}

QByteArray shapeText(const Mark& mark, QPointF centre, double size) {
    if (mark.shape == MarkShape::Circle)
        return "<circle cx=\"" + number(centre.x()) + "\" cy=\"" + number(centre.y()) + "\" r=\"" +
               number(size / 2) + "\"";
    const QPolygonF corners = markPath(mark.shape, centre, size).toFillPolygon();
    QByteArray path = "<path d=\"M";
    for (qsizetype i = 0; i + 1 < corners.size(); ++i)
        path += (i > 0 ? "L" : "") + number(corners[i].x()) + "," + number(corners[i].y());
    return path + "Z\"";
}

} // namespace

QByteArray svgMarks(const ShownMarks& shown) {
    const MarkLayerLook& look = shown.look;
    const PlotMap& map = shown.map;
    const auto [first, last] = visibleMarks(shown.marks, map.x);
    QByteArray svg = "<g class=\"marks\" stroke=\"none\" fill-opacity=\"" + number(look.opacity) + "\">\n";
    if (look.stemWidth > 0) {
        const double base = map.toY(std::clamp(look.baseline, map.y.lower, map.y.upper));
        svg += "<g class=\"stems\" fill=\"none\" stroke-width=\"" + number(look.stemWidth) +
               "\" stroke-linecap=\"butt\">\n";
        for (size_t i = first; i < last; ++i) {
            const Mark& mark = shown.marks[i];
            svg += "<path stroke=\"" + colourText(look.palette[mark.colour]) + "\" d=\"M" +
                   number(map.toX(mark.x)) + "," + number(base) + "V" +
                   number(map.toY(std::clamp(mark.y, map.y.lower, map.y.upper))) + "\"/>\n";
        }
        svg += "</g>\n";
    }
    for (const bool ringed : {false, true}) {
        for (size_t i = first; i < last; ++i) {
            const Mark& mark = shown.marks[i];
            if ((mark.ring != 0) != ringed || !map.showsY(mark.y))
                continue;
            svg += shapeText(mark, map.toScene(mark.x, mark.y), mark.size > 0 ? mark.size : look.size);
            if (mark.hollow && !ringed)
                svg += " fill=\"none\"";
            else
                svg += " fill=\"" + colourText(mark.hollow ? look.ground : look.palette[mark.colour]) + "\"";
            if (ringed)
                svg += " fill-opacity=\"1\"";
            if (ringed || mark.hollow)
                svg += " stroke=\"" + colourText(ringed ? mark.ring : look.palette[mark.colour]) +
                       "\" stroke-width=\"" + number(look.ringWidth) + "\"";
            svg += "/>\n";
        }
    }
    return svg + "</g>\n";
}

} // namespace diploscope::ui
