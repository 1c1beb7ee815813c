// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/plot_item.h"

#include <QImage>

namespace diploscope::ui {

/// A picture that fills the plot area, for what has more cells than there are pixels: each pixel is blended
/// from what lies in it, so that nothing is dropped and a frame costs the same at every zoom. Drawn anew only
/// when the map or the device's pixels change. Exports hold it as an image, too, of four pixels a unit:
/// millions of shapes would make a file that no program opens.
class ImageItem : public PlotItem {
public:
    explicit ImageItem(QGraphicsItem* parent);
    [[nodiscard]] const char* partName() const override { return "cells"; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

protected:
    /// \param target ARGB32_Premultiplied, transparent; covers map().plot \param ratio its pixels a unit
    virtual void draw(QImage& target, double ratio) = 0;
    /// What stands on the picture.
    virtual void paintOver(QPainter&) const {}
    void mapChanged() override { m_stale = true; }

private:
    QImage m_image;
    bool m_stale = true;
};

} // namespace diploscope::ui
