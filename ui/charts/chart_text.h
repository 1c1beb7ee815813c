// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/rich_label.h"

#include <QColor>
#include <QPointF>

class QPainter;

namespace diploscope::ui {

/// Which point of a text stays where it is, whatever font a reader has.
enum class TextAnchor { Start, Middle, End };

/// A paint engine that takes texts as wholes and with their anchors, instead of glyphs: for SVG.
class TextSink {
public:
    virtual ~TextSink() = default;
    /// \param at the anchor, on the baseline; in the painter's coordinates
    virtual void takeText(const QPointF& at, const RichLabel& text, const QFont& font, const QColor& colour,
                          TextAnchor anchor) = 0;
};

/// Draws a line of text: all words of charts but Qt Charts' own. \param at the anchor, on the baseline
void drawLabel(QPainter* painter, const QPointF& at, const RichLabel& text, const QFont& font,
               const QColor& colour, TextAnchor anchor = TextAnchor::Start);

} // namespace diploscope::ui
