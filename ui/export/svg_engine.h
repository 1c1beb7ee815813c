// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chart_text.h"
#include "charts/mark_item.h"

#include <QByteArray>
#include <QPaintEngine>
#include <QString>

#include <map>
#include <vector>

namespace diploscope::ui {

/// What was drawn, as SVG in points.
struct SvgDrawing {
    struct Group {
        QString id; ///< "panel-a/axis-x/labels"; those that have a beginning in common lie in one another
        QByteArray elements;
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
    /// Marks in the painter's coordinates.
    void addMarks(const ShownMarks& marks);
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

} // namespace diploscope::ui
