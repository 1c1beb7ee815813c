// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chart_text.h"
#include "export/svg_marks.h"

#include <QByteArray>
#include <QPaintDevice>
#include <QPaintEngine>
#include <QString>

#include <map>
#include <optional>
#include <vector>

namespace diploscope::ui {

/// What was drawn, as SVG in points: a plain value, which any thread may write.
struct SvgDrawing {
    struct Piece {
        QByteArray text;                 ///< elements; or
        std::optional<ShownMarks> marks; ///< whose text is made when it is written
    };
    struct Group {
        QString id; ///< "panel-a/axis-x/labels"; those that have a beginning in common lie in one another
        std::vector<Piece> pieces;
    };
    std::vector<Group> groups; ///< in the order in which they were begun
    QByteArray definitions;
};

/// As a `font-family` of SVG: the family, and what stands in for it where it is not installed.
[[nodiscard]] QByteArray fontFamilyText(const QString& family);

/// Elements of all groups, nested.
[[nodiscard]] QByteArray svgGroups(const SvgDrawing& drawing);

/// A paint engine that writes SVG for people: flat coordinates in points, one element a shape, one `<text>` a
/// label with its anchor, groups by name. QSvgGenerator writes transforms and empty groups round every item,
/// texts without anchors, and the system's font. Clips are not written: items keep within their plots.
class SvgEngine final : public QPaintEngine, public TextSink {
public:
    /// \param family of the document's root, which texts of it do not repeat
    explicit SvgEngine(QString family);

    /// What is drawn from now on is part of that group.
    void setGroup(const QString& id);
    /// Marks in coordinates of `transform`.
    void addMarks(const ShownMarks& marks, const QTransform& transform);
    [[nodiscard]] SvgDrawing takeDrawing() { return std::move(m_drawing); }

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
    void write(const QByteArray& element);
    [[nodiscard]] QTransform transform() const;
    [[nodiscard]] double scale() const;
    [[nodiscard]] QByteArray fillText();
    [[nodiscard]] QByteArray strokeText() const;
    [[nodiscard]] QByteArray gradientId(const QGradient& gradient);

    QString m_family;
    SvgDrawing m_drawing;
    std::map<QString, size_t> m_groups; ///< index into the drawing's
    size_t m_group = 0;
    std::map<QByteArray, QByteArray> m_gradients; ///< ids by content
};

/// What a QPainter begins on.
class SvgDevice final : public QPaintDevice {
public:
    SvgDevice(SvgEngine& engine, const QSizeF& points) : m_engine(engine), m_points(points) {}
    [[nodiscard]] QPaintEngine* paintEngine() const override { return &m_engine; }

protected:
    [[nodiscard]] int metric(PaintDeviceMetric metric) const override;

private:
    SvgEngine& m_engine;
    QSizeF m_points;
};

} // namespace diploscope::ui
