// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chart_view.h"
#include "figures/genome_figures.h"
#include "viewmodels/genome.h"
#include "views/figure_saver.h"
#include "views/panel_card.h"

namespace diploscope::ui {

class ElidedComboBox;

/// A card with one figure of all genes. A click opens a gene, a rubber band selects genes. What is shown is
/// worked out by a job; charts are built only while they are seen. GUI thread.
class GenomePanel final : public PanelCard {
    Q_OBJECT

public:
    GenomePanel(GenomeFigure figure, Session& session, Genome& genome, QWidget* parent = nullptr);

    [[nodiscard]] const FigureEntry& figure() const { return m_figure; }
    /// Why there is nothing to show, and what to do about it; empty where there is something.
    [[nodiscard]] const QString& emptyText() const { return m_shown.figure.empty; }
    [[nodiscard]] ChartView& view() const { return *m_view; }
    [[nodiscard]] FigureSaver& saver() const { return *m_saver; }
    void setChartStyle(const ChartStyle& style) override;

Q_SIGNALS:
    void geneRequested(const QString& geneId);
    void emptyTextChanged();

protected:
    void showEvent(QShowEvent* event) override;

private:
    /// Worked out from one table, focus and choice.
    struct Shown {
        ReadyFigure figure;
        std::shared_ptr<const GenomeTable> table; ///< whose rows the figure's data are
    };
    void takeTable();
    void refresh();
    void draw();
    void markGene();
    [[nodiscard]] GenomeFigureOptions options() const;

    const FigureEntry& m_figure;
    Session& m_session;
    Genome& m_genome;
    ChartView* m_view;
    FigureSaver* m_saver;
    ElidedComboBox* m_otherModel = nullptr; ///< of a figure that is of two
    Shown m_shown;
    bool m_stale = true;
};

} // namespace diploscope::ui
