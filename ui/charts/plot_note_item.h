// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/plot_item.h"
#include "charts/theme.h"

namespace diploscope::ui {

/// Words in the middle of a plot area that has no data: why there are none. In as many lines as there is room
/// for, the last one cut; in print none is, letters are smaller instead.
class PlotNoteItem final : public PlotItem {
public:
    PlotNoteItem(QString text, const ChartStyle& style, QGraphicsItem* parent);
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;
    [[nodiscard]] const QString& text() const { return m_text; }
    [[nodiscard]] const char* partName() const override { return "note"; }

private:
    QString m_text;
    ChartStyle m_style;
};

} // namespace diploscope::ui
