// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/furniture.h"
#include "charts/plot_chart.h"

#include <QGraphicsScene>
#include <QGraphicsTextItem>

#include <vector>

namespace diploscope::test {

/// A text without its margin, and without the room above capitals and below the baseline that digits leave
/// empty.
inline QRectF inkOf(const QGraphicsTextItem& text) {
    const double empty = text.boundingRect().height() * 0.15;
    return text.mapRectToScene(text.boundingRect().adjusted(1, empty, -1, -empty));
}

/// What is wrong with how charts in a scene are laid out: text or furniture that lies on another, in a plot
/// area or beyond the page. Empty: nothing. \param plots in scene coordinates
inline QString faultOfLayout(const QGraphicsScene& scene, QSizeF size, const std::vector<QRectF>& plots) {
    std::vector<std::pair<QRectF, QString>> boxes;
    for (const QGraphicsItem* item : scene.items()) {
        const auto* text = dynamic_cast<const QGraphicsTextItem*>(item);
        const auto* furniture = dynamic_cast<const ui::FurnitureItem*>(item);
        if (text != nullptr && text->isVisible() && !text->toPlainText().trimmed().isEmpty())
            boxes.emplace_back(inkOf(*text), text->toPlainText());
        else if (furniture != nullptr)
            boxes.emplace_back(furniture->mapRectToScene(furniture->rect()),
                               QStringLiteral("furniture at %1, %2")
                                   .arg(furniture->rect().left())
                                   .arg(furniture->rect().top()));
    }
    const QRectF page(QPointF(-0.5, -0.5), size + QSizeF(1, 1));
    for (size_t i = 0; i < boxes.size(); ++i) {
        const auto& [box, name] = boxes[i];
        if (!page.contains(box))
            return name + QStringLiteral(" beyond the page: %1, %2").arg(box.right()).arg(box.bottom());
        for (const QRectF& plot : plots)
            if (box.intersects(plot.adjusted(0.5, 0.5, -0.5, -0.5)))
                return name + QStringLiteral(" in a plot area");
        for (size_t j = 0; j < i; ++j)
            if (box.intersects(boxes[j].first))
                return name + QStringLiteral(" on ") + boxes[j].second;
    }
    return {};
}

/// The same of a chart alone in its scene, or that its plot area is left too small.
inline QString faultOfLayout(const ui::PlotChart& chart, QSizeF size) {
    const QRectF plot = chart.plotArea();
    if (plot.width() <= size.width() * 0.4 || plot.height() <= size.height() * 0.4)
        return QStringLiteral("plot area of %1 x %2").arg(plot.width()).arg(plot.height());
    return faultOfLayout(*chart.scene(), size, {plot});
}

} // namespace diploscope::test
