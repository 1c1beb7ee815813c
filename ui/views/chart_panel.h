// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"
#include "charts/chart_view.h"
#include "figures/gene_figures.h"
#include "viewmodels/selection.h"
#include "viewmodels/session.h"
#include "views/figure_saver.h"
#include "views/panel_card.h"

#include <memory>
#include <optional>

namespace diploscope::ui {

/// A card that shows one figure of the gene's report. GUI thread.
class ChartPanel : public PanelCard {
    Q_OBJECT

public:
    /// Null shows none. The zoom stays where both reports are of one gene.
    void setReport(std::shared_ptr<const GeneReport> report);
    void setPlaceholder(const QString& text) { m_view->setPlaceholder(text); }
    void setChartStyle(const ChartStyle& style) override;

    /// Charts are as high as a page can make them: a page shares out what it has, and scrolls where that is
    /// less than the least heights alone. The chart gives way to words that break into lines.
    [[nodiscard]] bool hasHeightForWidth() const override { return false; }
    [[nodiscard]] QSize sizeHint() const override {
        return {QWidget::sizeHint().width(), minimumSizeHint().height()};
    }

    [[nodiscard]] ChartView& view() const { return *m_view; }
    [[nodiscard]] FigureSaver& saver() const { return *m_saver; }

protected:
    ChartPanel(const QString& title, ChartView::Zoom zoom, GeneFigure figure, Session& session,
               Selection& selection, QWidget* parent);

    /// From the next showFigure() on, another figure of the same things.
    void setFigure(GeneFigure figure) { m_figure = &registered(figure); }
    /// Shows the current report anew; also called for whatever else the figure depends on.
    virtual void refresh(ChartView::Keep keep) = 0;
    /// The report is another gene's, or another model's.
    virtual void reportReplaced() {}
    /// Shows the panel's figure of what is specified, or none where it has nothing to show.
    const ReadyFigure& showFigure(const GeneFigureSpec& spec, ChartView::Keep keep);
    /// The same where it differs from what is shown in one track alone.
    void showTrack(const std::string& key, const GeneFigureSpec& spec);

    /// What is shown, as a file has it: with what the view alone marks on screen.
    [[nodiscard]] virtual ReadyFigure toSave() const { return m_shown; }

    [[nodiscard]] const std::shared_ptr<const GeneReport>& report() const { return m_report; }
    [[nodiscard]] Session& session() const { return m_session; }
    [[nodiscard]] Selection& selection() const { return m_selection; }
    /// What is selected as the report shown has it: its charts' data are indices into that.
    [[nodiscard]] std::optional<size_t> selectedVariant() const;
    [[nodiscard]] std::vector<size_t> selectedVariants() const;
    [[nodiscard]] std::vector<size_t> selectedPeople() const;
    /// For charts of SNVs, or of people: a click, a rectangle or a lasso selects, and what is selected
    /// anywhere is marked.
    void joinVariantSelection();
    void joinPeopleSelection();
    /// Selects a person of the report, alone or, toggled, beside others. \param person -1: nobody
    void takePerson(int person, bool toggles);

private:
    Session& m_session;
    Selection& m_selection;
    const FigureEntry* m_figure; ///< never null
    ReadyFigure m_shown;
    ChartView* m_view;
    FigureSaver* m_saver;
    std::shared_ptr<const GeneReport> m_report;
};

} // namespace diploscope::ui
