// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chart_view.h"
#include "viewmodels/genome.h"
#include "viewmodels/genome_figure.h"

#include <QWidget>

#include <utility>
#include <vector>

class QComboBox;
class QGridLayout;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QScrollArea;
class QStackedWidget;

namespace diploscope::ui {

class FlowLayout;

class GenomePanel;

/// All genes at once: headline numbers and the paper's figures 1B, 2A, 2C, 2E and 2F, r against the null, and
/// model against model. Figures that the study has nothing for are named below with what they need. A stored
/// run that is shown instead of the current results is named above all. GUI thread.
class GenomePage : public QWidget {
    Q_OBJECT

public:
    GenomePage(Session& session, Genome& genome, QWidget* parent = nullptr);

    void setChartStyle(const ChartStyle& style);
    /// A rectangle selects genes, or a lasso.
    void setDrag(ChartView::Drag drag);
    [[nodiscard]] GenomePanel& panel(GenomeFigure figure) const;
    [[nodiscard]] const std::vector<GenomePanel*>& panels() const { return m_panels; }
    /// Less than its parts would like: the stack of pages takes the largest of all.
    [[nodiscard]] QSize minimumSizeHint() const override { return {600, 400}; }

Q_SIGNALS:
    void geneRequested(const QString& geneId);
    void analyseAllRequested();
    void runsRequested(); ///< the list of stored runs

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void takeTable();
    void showFocus();
    void arrange();
    [[nodiscard]] QWidget* makeEmpty();
    [[nodiscard]] QHBoxLayout* makeTop();
    [[nodiscard]] QString emptyText() const;

    Session& m_session;
    Genome& m_genome;
    FlowLayout* m_headline;
    QComboBox* m_null;
    QPushButton* m_clear;
    QPushButton* m_runs;
    QStackedWidget* m_pages;
    QLabel* m_emptyText;
    QPushButton* m_analyse;
    QScrollArea* m_scroll;
    QWidget* m_board;
    QGridLayout* m_grid = nullptr;
    QLabel* m_missing;
    std::vector<GenomePanel*> m_panels;                          ///< in the order shown
    std::pair<std::vector<GenomePanel*>, int> m_arranged{{}, 0}; ///< in the grid, and its columns
};

} // namespace diploscope::ui
