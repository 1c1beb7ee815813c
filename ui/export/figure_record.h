// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chart_text.h"
#include "charts/mark_item.h"

#include <QBrush>
#include <QFont>
#include <QImage>
#include <QLineF>
#include <QPaintEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPen>
#include <QPolygonF>
#include <QString>
#include <QTransform>

#include <variant>
#include <vector>

namespace diploscope::ui {

/// What was drawn, in points from the top left corner: a plain value that any thread draws again, as SVG, PDF
/// or pixels; one thread at a time, as in what copies of fonts and paths share Qt keeps what it has worked
/// out. QPicture would lay its texts out anew, off by parts of a point, and split them from their anchors.
class FigureRecord {
public:
    struct Polygon {
        QPolygonF corners;
        QPaintEngine::PolygonDrawMode mode = QPaintEngine::WindingMode;
    };
    struct Text {
        QPointF at; ///< the anchor, on the baseline
        RichLabel text;
        QFont font;
        QColor colour;
        TextAnchor anchor = TextAnchor::Start;
    };
    struct Image {
        QRectF target;
        QImage image;
        QRectF source;
    };
    using Shape = std::variant<QPainterPath, Polygon, std::vector<QLineF>, std::vector<QRectF>, Text, Image,
                               ShownMarks>;
    struct Step {
        QString part; ///< "panel-a/axis-x/labels"; empty: none
        Shape shape;
        QTransform toPoints;
        QPen pen;
        QBrush brush;
        double opacity = 1;
        QPainter::RenderHints hints;
    };

    void add(Step step) { m_steps.push_back(std::move(step)); }
    [[nodiscard]] const std::vector<Step>& steps() const { return m_steps; }
    /// \param painter its transform is from points
    void drawInto(QPainter& painter) const;

private:
    std::vector<Step> m_steps;
};

/// A paint engine that takes down what is drawn. Clips are not: items keep within their plots.
class FigureRecorder final : public QPaintEngine, public TextSink {
public:
    FigureRecorder() : QPaintEngine(AllFeatures) {}

    /// What is drawn from now on is part of that group.
    void setPart(const QString& part) { m_part = part; }
    void addMarks(ShownMarks marks, const QTransform& toPoints);
    [[nodiscard]] FigureRecord takeRecord() { return std::move(m_record); }

    void takeText(const QPointF& at, const RichLabel& text, const QFont& font, const QColor& colour,
                  TextAnchor anchor) override;

    bool begin(QPaintDevice*) override { return true; }
    bool end() override { return true; }
    [[nodiscard]] Type type() const override { return User; }
    void updateState(const QPaintEngineState&) override {}
    void drawPath(const QPainterPath& path) override;
    void drawPolygon(const QPointF* points, int count, PolygonDrawMode mode) override;
    void drawLines(const QLineF* lines, int count) override;
    void drawRects(const QRectF* boxes, int count) override;
    void drawEllipse(const QRectF& box) override;
    void drawPoints(const QPointF*, int) override {}
    void drawPixmap(const QRectF& target, const QPixmap& pixmap, const QRectF& source) override;
    void drawImage(const QRectF& target, const QImage& image, const QRectF& source,
                   Qt::ImageConversionFlags flags) override;
    void drawTextItem(const QPointF& at, const QTextItem& item) override;

private:
    void add(FigureRecord::Shape shape);

    FigureRecord m_record;
    QString m_part;
};

} // namespace diploscope::ui
