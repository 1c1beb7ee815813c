// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBrush>
#include <QColor>
#include <QList>
#include <QPaintDevice>
#include <QPaintEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPen>
#include <QPolygonF>
#include <QTransform>

#include <utility>
#include <vector>

namespace diploscope::test {

/// A text as it was drawn, and what it stands on.
struct DrawnText {
    QString text;
    QColor colour; ///< blended with the ground
    QColor ground;
    QRectF place; ///< pixels of the device
};

/// What is seen of a colour on another.
inline QColor blended(const QColor& top, const QColor& below, double opacity) {
    const double share = static_cast<double>(top.alphaF()) * opacity;
    const auto mix = [share](int a, int b) { return static_cast<int>(a * share + b * (1 - share) + 0.5); };
    return {mix(top.red(), below.red()), mix(top.green(), below.green()), mix(top.blue(), below.blue())};
}

/// Takes note of texts, and of whatever is filled, as the ground of what is drawn over it. Pictures are no
/// ground: nothing of ours writes on one.
class TextEngine final : public QPaintEngine {
public:
    TextEngine() : QPaintEngine(QPaintEngine::AllFeatures) {}

    [[nodiscard]] const std::vector<DrawnText>& texts() const { return m_texts; }

    bool begin(QPaintDevice*) override { return true; }
    bool end() override { return true; }
    [[nodiscard]] Type type() const override { return User; }
    void updateState(const QPaintEngineState&) override {}
    void drawPixmap(const QRectF&, const QPixmap&, const QRectF&) override {}
    void drawImage(const QRectF&, const QImage&, const QRectF&, Qt::ImageConversionFlags) override {}
    void drawTiledPixmap(const QRectF&, const QPixmap&, const QPointF&) override {}
    void drawLines(const QLineF*, int) override {}
    void drawPoints(const QPointF*, int) override {}
    void drawEllipse(const QRectF& box) override { fill(box); }
    void drawRects(const QRectF* boxes, int count) override {
        for (int i = 0; i < count; ++i)
            fill(boxes[i]);
    }
    void drawPath(const QPainterPath& path) override { fill(path.boundingRect()); }
    void drawPolygon(const QPointF* points, int count, PolygonDrawMode mode) override {
        if (mode != PolylineMode)
            fill(QPolygonF(QList<QPointF>(points, points + count)).boundingRect());
    }
    void drawTextItem(const QPointF& at, const QTextItem& item) override {
        if (item.text().trimmed().isEmpty())
            return;
        const QRectF box(at.x(), at.y() - item.ascent(), item.width(), item.ascent() + item.descent());
        const QRectF place = state->transform().mapRect(box);
        const QRectF seen = seenOf(place); // what scrolls is drawn beyond what shows it
        if (seen.isEmpty())
            return;
        QColor ground = Qt::white;
        for (const auto& [filled, colour] : m_fills)
            if (filled.adjusted(-1, -1, 1, 1).contains(seen))
                ground = blended(colour, ground, 1);
        m_texts.push_back(
            {item.text(), blended(state->pen().color(), ground, state->opacity()), ground, place});
    }

private:
    [[nodiscard]] QRectF seenOf(QRectF place) const {
        if (!systemClip().isEmpty())
            place &= QRectF(systemClip().boundingRect());
        if (painter()->hasClipping())
            place &= state->transform().mapRect(painter()->clipBoundingRect());
        return place;
    }
    void fill(const QRectF& box) {
        if (state->brush().style() != Qt::SolidPattern)
            return;
        QColor colour = state->brush().color();
        colour.setAlphaF(static_cast<float>(static_cast<double>(colour.alphaF()) * state->opacity()));
        m_fills.emplace_back(state->transform().mapRect(box), colour);
    }

    std::vector<std::pair<QRectF, QColor>> m_fills; ///< in the order in which they are drawn
    std::vector<DrawnText> m_texts;
};

/// What QWidget::render() may draw on, to be asked for its texts.
class TextRecorder final : public QPaintDevice {
public:
    explicit TextRecorder(QSize size) : m_size(size) {}
    [[nodiscard]] QPaintEngine* paintEngine() const override { return &m_engine; }
    [[nodiscard]] const std::vector<DrawnText>& texts() const { return m_engine.texts(); }

protected:
    [[nodiscard]] int metric(PaintDeviceMetric metric) const override {
        constexpr int dotsAnInch = 96;
        switch (metric) {
        case PdmWidth:
            return m_size.width();
        case PdmHeight:
            return m_size.height();
        case PdmWidthMM:
            return m_size.width() * 254 / (10 * dotsAnInch);
        case PdmHeightMM:
            return m_size.height() * 254 / (10 * dotsAnInch);
        case PdmDpiX:
        case PdmDpiY:
        case PdmPhysicalDpiX:
        case PdmPhysicalDpiY:
            return dotsAnInch;
        case PdmNumColors:
            return 1 << 24;
        case PdmDepth:
            return 32;
        case PdmDevicePixelRatio:
            return 1;
        case PdmDevicePixelRatioScaled:
            return static_cast<int>(devicePixelRatioFScale());
        default: // those of newer versions of Qt, whose base knows them
            return QPaintDevice::metric(metric);
        }
    }

private:
    QSize m_size;
    mutable TextEngine m_engine;
};

} // namespace diploscope::test
