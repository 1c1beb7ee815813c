// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/svg_marks.h"

#include "export/xml_text.h"

#include <QColor>

#include <algorithm>
#include <cmath>

namespace diploscope::ui {
namespace {

QByteArray colourText(QRgb colour) {
    return QColor::fromRgb(colour).name().toLatin1();
}

QByteArray shapeText(const Mark& mark, QPointF centre, double size) {
    if (mark.shape == MarkShape::Circle)
        return "<circle cx=\"" + svgNumber(centre.x()) + "\" cy=\"" + svgNumber(centre.y()) + "\" r=\"" +
               svgNumber(size / 2) + "\"";
    const QPolygonF corners = markPath(mark.shape, centre, size).toFillPolygon();
    QByteArray path = "<path d=\"M";
    for (qsizetype i = 0; i + 1 < corners.size(); ++i)
        path += (i > 0 ? "L" : "") + svgNumber(corners[i].x()) + "," + svgNumber(corners[i].y());
    return path + "Z\"";
}

/// Elsewhere, and larger or smaller.
ShownMarks mapped(ShownMarks there, const QTransform& transform) {
    there.map.plot = transform.mapRect(there.map.plot);
    const double scale = transform.m11();
    if (scale == 1)
        return there;
    for (double* size : {&there.look.size, &there.look.stemWidth, &there.look.ringWidth})
        *size *= scale;
    for (Mark& mark : there.marks)
        mark.size *= static_cast<float>(scale);
    return there;
}

} // namespace

QByteArray svgMarks(const ShownMarks& drawn, const QTransform& toPoints) {
    const ShownMarks shown = mapped(drawn, toPoints);
    const MarkLayerLook& look = shown.look;
    const PlotMap& map = shown.map;
    const auto [first, last] = visibleMarks(shown.marks, map.x);
    QByteArray svg = "<g class=\"marks\" stroke=\"none\" fill-opacity=\"" + svgNumber(look.opacity) + "\">\n";
    if (look.stemWidth > 0) {
        const double base = map.toY(std::clamp(look.baseline, map.y.lower, map.y.upper));
        svg += "<g class=\"stems\" fill=\"none\" stroke-width=\"" + svgNumber(look.stemWidth) +
               "\" stroke-linecap=\"butt\">\n";
        for (size_t i = first; i < last; ++i) {
            const Mark& mark = shown.marks[i];
            svg += "<path stroke=\"" + colourText(look.palette[mark.colour]) + "\" d=\"M" +
                   svgNumber(map.toX(mark.x)) + "," + svgNumber(base) + "V" +
                   svgNumber(map.toY(std::clamp(mark.y, map.y.lower, map.y.upper))) + "\"/>\n";
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
                       "\" stroke-width=\"" + svgNumber(look.ringWidth) + "\"";
            svg += "/>\n";
        }
    }
    return svg + "</g>\n";
}

} // namespace diploscope::ui
