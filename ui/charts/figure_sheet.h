// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/figure.h"
#include "charts/plot_frame.h"

#include <QGraphicsWidget>

#include <vector>

namespace diploscope::ui {

/// A printed figure: panels on a grid, each with its letter, plot areas of one row and of one column lined up
/// to the unit. A figure of one panel is one of these, too. Owned by an exporter; owns its panels.
class FigureSheet final : public QGraphicsWidget {
    Q_OBJECT

public:
    struct Panel {
        Figure figure;
        int row = 0, column = 0, rows = 1, columns = 1; ///< from 0
        QString letter;                                 ///< "a"; empty: none
    };
    struct Grid {
        std::vector<double> columnWidths{1}; ///< shares
        std::vector<double> rowHeights{1};
        double gap = 0;        ///< between cells, scene units
        double letterSize = 8; ///< scene units
    };
    FigureSheet(std::vector<Panel> panels, Grid grid, const ChartStyle& style);

    [[nodiscard]] const std::vector<Panel>& panels() const { return m_panels; }
    /// Null where it has none.
    [[nodiscard]] const QGraphicsItem* letterOf(size_t panel) const { return m_letters[panel]; }
    /// Cells of the grid, from 0 on.
    [[nodiscard]] QRectF cellAt(int row, int column, int rows, int columns) const;
    /// Where a panel's figure is, below its letter.
    [[nodiscard]] QRectF placeOf(size_t panel) const;

protected:
    void resizeEvent(QGraphicsSceneResizeEvent* event) override;

private:
    [[nodiscard]] QRectF cellOf(const Panel& panel) const {
        return cellAt(panel.row, panel.column, panel.rows, panel.columns);
    }
    [[nodiscard]] double letterRoom() const;
    void layOut();
    void lineUp();

    std::vector<Panel> m_panels;
    Grid m_grid;
    std::vector<FurnitureItem*> m_letters; ///< [panels]; null: none
};

} // namespace diploscope::ui
