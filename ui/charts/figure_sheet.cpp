// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/figure_sheet.h"

#include "charts/chart_text.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace diploscope::ui {
namespace {

/// A panel's letter, in bold, at the exact size that was asked for: fonts have whole ones alone.
class PanelLetter final : public FurnitureItem {
public:
    PanelLetter(QString letter, double size, const ChartStyle& style, QGraphicsItem* parent)
        : FurnitureItem(parent), m_letter(std::move(letter)), m_size(size), m_style(style) {}

    [[nodiscard]] QFont font() const { return m_style.font(m_size, QFont::Bold); }
    [[nodiscard]] double scale() const { return m_size / font().pixelSize(); }
    [[nodiscard]] double height() const { return scale() * QFontMetricsF(font()).height(); }
    [[nodiscard]] const char* partName() const override { return "letter"; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override {
        painter->save();
        painter->translate(rect().topLeft());
        painter->scale(scale(), scale());
        drawLabel(painter, {0, QFontMetricsF(font()).ascent()}, m_letter, font(), m_style.theme.text);
        painter->restore();
    }

private:
    QString m_letter;
    double m_size;
    ChartStyle m_style;
};

/// Edges of cells along one direction, on whole units: cell i is [first, second).
std::vector<std::pair<double, double>> cellsAlong(double length, const std::vector<double>& shares,
                                                  double gap) {
    const double all = std::accumulate(shares.begin(), shares.end(), 0.0);
    const double room = std::max(length - gap * static_cast<double>(shares.size() - 1), 1.0);
    std::vector<std::pair<double, double>> cells;
    double before = 0;
    for (size_t i = 0; i < shares.size(); ++i) {
        const double begin = room * before / all + gap * static_cast<double>(i);
        before += shares[i];
        const double end = room * before / all + gap * static_cast<double>(i);
        cells.emplace_back(std::round(begin), i + 1 == shares.size() ? length : std::round(end));
    }
    return cells;
}

} // namespace

FigureSheet::FigureSheet(std::vector<Panel> panels, Grid grid, const ChartStyle& style)
    : m_panels(std::move(panels)), m_grid(std::move(grid)) {
    for (Panel& panel : m_panels) {
        panel.figure.widget->setParentItem(this);
        m_letters.push_back(
            panel.letter.isEmpty() ? nullptr : new PanelLetter(panel.letter, m_grid.letterSize, style, this));
    }
}

QRectF FigureSheet::cellAt(int row, int column, int rows, int columns) const {
    const auto across = cellsAlong(size().width(), m_grid.columnWidths, m_grid.gap);
    const auto down = cellsAlong(size().height(), m_grid.rowHeights, m_grid.gap);
    const auto at = [](const auto& cells, int index) {
        return cells[static_cast<size_t>(std::clamp(index, 0, static_cast<int>(cells.size()) - 1))];
    };
    return {QPointF(at(across, column).first, at(down, row).first),
            QPointF(at(across, column + columns - 1).second, at(down, row + rows - 1).second)};
}

double FigureSheet::letterRoom() const {
    double room = 0;
    for (const FurnitureItem* letter : m_letters)
        if (letter != nullptr)
            room = std::max(room, std::ceil(static_cast<const PanelLetter*>(letter)->height()));
    return room; // of all alike, so that panels with and without a letter line up
}

QRectF FigureSheet::placeOf(size_t panel) const {
    return cellOf(m_panels[panel]).adjusted(0, letterRoom(), 0, 0);
}

void FigureSheet::resizeEvent(QGraphicsSceneResizeEvent* event) {
    QGraphicsWidget::resizeEvent(event);
    layOut();
}

void FigureSheet::layOut() {
    if (size().isEmpty())
        return;
    for (size_t i = 0; i < m_panels.size(); ++i) {
        m_panels[i].figure.widget->setGeometry(placeOf(i));
        if (m_letters[i] != nullptr) {
            const QRectF cell = cellOf(m_panels[i]);
            m_letters[i]->setRect({cell.topLeft(), QSizeF(cell.width(), letterRoom())});
        }
    }
    if (m_panels.size() > 1)
        lineUp();
}

void FigureSheet::lineUp() {
    // What a plot needs beside it hangs on its height, and that on what others need above and below.
    constexpr int passes = 4;
    std::vector<PlotFrame*> frames;
    for (const Panel& panel : m_panels)
        frames.push_back(dynamic_cast<PlotFrame*>(panel.figure.widget.get()));
    for (int pass = 0; pass < passes; ++pass) {
        std::vector<PlotRoom> least(m_panels.size());
        for (size_t i = 0; i < m_panels.size(); ++i) {
            for (size_t j = 0; j < m_panels.size(); ++j) {
                if (frames[j] == nullptr)
                    continue;
                const Panel &own = m_panels[i], &other = m_panels[j];
                const PlotRoom needed = frames[j]->neededRoom();
                if (own.column == other.column)
                    least[i].left = std::max(least[i].left, needed.left);
                if (own.column + own.columns == other.column + other.columns)
                    least[i].right = std::max(least[i].right, needed.right);
                if (own.row == other.row)
                    least[i].top = std::max(least[i].top, needed.top);
                if (own.row + own.rows == other.row + other.rows)
                    least[i].bottom = std::max(least[i].bottom, needed.bottom);
            }
        }
        for (size_t i = 0; i < m_panels.size(); ++i)
            if (frames[i] != nullptr)
                frames[i]->setLeastRoom(least[i]);
    }
}

} // namespace diploscope::ui
