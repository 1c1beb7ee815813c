// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/report_pdf.h"

#include <QObject>
#include <QTextFormat>
#include <QTextObjectInterface>

#include <vector>

namespace diploscope::ui {

/// Figures as letters of a QTextDocument, which lays them out like any other and asks for them when it draws.
/// Lives where the document does.
class FigureObject : public QObject, public QTextObjectInterface {
    Q_OBJECT
    Q_INTERFACES(QTextObjectInterface)

public:
    static constexpr int Type = QTextFormat::UserObject + 1;

    /// \param unit of the document, so many to a point \param draw outlives this
    FigureObject(double unit, const FigureDrawer& draw) : m_unit(unit), m_draw(draw) {}

    /// The format of the letter that stands for the figure. \param figure outlives this
    /// \param gap right of it, pt
    [[nodiscard]] QTextCharFormat formatOf(const DesignedFigure& figure, double gap);
    /// Only what lies there is drawn. \param top, bottom in the document
    void setPage(double top, double bottom) {
        m_top = top;
        m_bottom = bottom;
    }
    /// The first error of drawing.
    [[nodiscard]] const Result<void>& outcome() const { return m_outcome; }

    QSizeF intrinsicSize(QTextDocument* document, int position, const QTextFormat& format) override;
    void drawObject(QPainter* painter, const QRectF& rect, QTextDocument* document, int position,
                    const QTextFormat& format) override;

private:
    double m_unit;
    const FigureDrawer& m_draw;
    std::vector<const DesignedFigure*> m_figures;
    double m_top = 0, m_bottom = 0;
    Result<void> m_outcome = {};
};

} // namespace diploscope::ui
