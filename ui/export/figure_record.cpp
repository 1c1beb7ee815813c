// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/figure_record.h"

#include <QPixmap>

#include <utility>

namespace diploscope::ui {
namespace {

/// Draws one step into a painter whose state is the step's.
struct StepPainter {
    QPainter& painter;

    void operator()(const QPainterPath& path) const { painter.drawPath(path); }
    void operator()(const FigureRecord::Polygon& polygon) const {
        if (polygon.mode == QPaintEngine::PolylineMode)
            painter.drawPolyline(polygon.corners);
        else
            painter.drawPolygon(polygon.corners, polygon.mode == QPaintEngine::WindingMode ? Qt::WindingFill
                                                                                           : Qt::OddEvenFill);
    }
    void operator()(const std::vector<QLineF>& lines) const {
        painter.drawLines(lines.data(), static_cast<int>(lines.size()));
    }
    void operator()(const std::vector<QRectF>& boxes) const {
        painter.drawRects(boxes.data(), static_cast<int>(boxes.size()));
    }
    void operator()(const FigureRecord::Text& text) const {
        drawLabel(&painter, text.at, text.text, text.font, text.colour, text.anchor);
    }
    void operator()(const FigureRecord::Image& image) const {
        painter.drawImage(image.target, image.image, image.source);
    }
    void operator()(const ShownMarks& shown) const {
        auto* image = dynamic_cast<QImage*>(painter.device());
        if (image == nullptr || !blendMarks(painter, *image, shown.marks, shown.look, shown.map))
            paintMarks(painter, shown.marks, shown.look, shown.map);
    }
};

} // namespace

void FigureRecord::drawInto(QPainter& painter) const {
    const QTransform fromPoints = painter.worldTransform();
    painter.save();
    for (const Step& step : m_steps) {
        for (const auto hint :
             {QPainter::Antialiasing, QPainter::TextAntialiasing, QPainter::SmoothPixmapTransform})
            painter.setRenderHint(hint, step.hints.testFlag(hint));
        painter.setWorldTransform(step.toPoints * fromPoints);
        painter.setPen(step.pen);
        painter.setBrush(step.brush);
        painter.setOpacity(step.opacity);
        std::visit(StepPainter{painter}, step.shape);
    }
    painter.restore();
}

void FigureRecorder::add(FigureRecord::Shape shape) {
    const QPainter& from = *painter();
    m_record.add({m_part, std::move(shape), from.combinedTransform(), from.pen(), from.brush(),
                  from.opacity(), from.renderHints()});
}

void FigureRecorder::addMarks(ShownMarks marks, const QTransform& toPoints) {
    m_record.add({m_part, std::move(marks), toPoints, {}, {}, 1, QPainter::Antialiasing});
}

void FigureRecorder::takeText(const QPointF& at, const RichLabel& text, const QFont& font,
                              const QColor& colour, TextAnchor anchor) {
    // A copy of its own: in what copies share, Qt keeps with what the thread drew that drew last.
    QFont own = font;
    own.setKerning(!font.kerning());
    own.setKerning(font.kerning());
    add(FigureRecord::Text{at, text, own, colour, anchor});
}

void FigureRecorder::drawPath(const QPainterPath& path) {
    add(path);
}

void FigureRecorder::drawPolygon(const QPointF* points, int count, PolygonDrawMode mode) {
    FigureRecord::Polygon polygon{{}, mode};
    for (int i = 0; i < count; ++i)
        polygon.corners << points[i];
    add(std::move(polygon));
}

void FigureRecorder::drawLines(const QLineF* lines, int count) {
    add(std::vector<QLineF>(lines, lines + count));
}

void FigureRecorder::drawRects(const QRectF* boxes, int count) {
    add(std::vector<QRectF>(boxes, boxes + count));
}

void FigureRecorder::drawEllipse(const QRectF& box) {
    QPainterPath path;
    path.addEllipse(box);
    add(path);
}

void FigureRecorder::drawPixmap(const QRectF& target, const QPixmap& pixmap, const QRectF& source) {
    add(FigureRecord::Image{target, pixmap.toImage(), source});
}

void FigureRecorder::drawImage(const QRectF& target, const QImage& image, const QRectF& source,
                               Qt::ImageConversionFlags) {
    add(FigureRecord::Image{target, image, source});
}

void FigureRecorder::drawTextItem(const QPointF& at, const QTextItem& item) {
    takeText(at, RichLabel(item.text()), item.font(), painter()->pen().color(), TextAnchor::Start);
}

} // namespace diploscope::ui
