// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/figure_object.h"

namespace diploscope::ui {
namespace {

constexpr int NumberProperty = QTextFormat::UserProperty + 1;
constexpr int GapProperty = QTextFormat::UserProperty + 2;

QSizeF printedSize(const DesignedFigure& figure, double unit) {
    const FigureSize size = sizeOf(figure);
    return QSizeF(size.widthMm, size.heightMm) * (72.0 / 25.4) * unit;
}

} // namespace

QTextCharFormat FigureObject::formatOf(const DesignedFigure& figure, double gap) {
    QTextCharFormat format;
    format.setObjectType(Type);
    format.setProperty(NumberProperty, static_cast<int>(m_figures.size()));
    format.setProperty(GapProperty, gap * m_unit);
    m_figures.push_back(&figure);
    return format;
}

QSizeF FigureObject::intrinsicSize(QTextDocument* /*document*/, int /*position*/, const QTextFormat& format) {
    const auto number = static_cast<size_t>(format.intProperty(NumberProperty));
    const QSizeF size = printedSize(*m_figures.at(number), m_unit);
    return {size.width() + format.doubleProperty(GapProperty), size.height()};
}

void FigureObject::drawObject(QPainter* painter, const QRectF& rect, QTextDocument* /*document*/,
                              int /*position*/, const QTextFormat& format) {
    const double middle = rect.center().y();
    if (!m_outcome || middle < m_top || middle >= m_bottom) // a neighbour of the page that is being drawn
        return;
    const DesignedFigure& figure = *m_figures.at(static_cast<size_t>(format.intProperty(NumberProperty)));
    const Result<DrawnFigure> drawn = m_draw(figure, FigureFormat::Pdf);
    if (drawn)
        drawn->paint(*painter, QRectF(rect.topLeft(), printedSize(figure, m_unit)));
    else
        m_outcome = fail(drawn.error());
}

} // namespace diploscope::ui
