// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/person_figures.h"
#include "viewmodels/person_explorer.h"
#include "views/panel_card.h"

#include <memory>
#include <optional>
#include <vector>

class QPushButton;

namespace diploscope::ui {

class CardScroll;
class ChartView;
class FigureSaver;

/// Who is selected: what both copies carry along the locus, and step by step how the prediction comes about;
/// of two people, the same from the one to the other. Shown while one or two people are selected, as what it
/// tells is worked out. A click on an allele or a step selects its SNV. GUI thread.
class PersonCard final : public PanelCard {
    Q_OBJECT

public:
    PersonCard(Session& session, Selection& selection, QWidget* parent = nullptr);

    void setReport(std::shared_ptr<const GeneReport> report);
    void setChartStyle(const ChartStyle& style) override;

    /// Whether there is somebody to tell of.
    [[nodiscard]] bool hasPeople() const { return !m_explorer->people().empty(); }
    [[nodiscard]] const PersonExplorer& explorer() const { return *m_explorer; }
    [[nodiscard]] ChartView& haplotypes() const { return *m_haplotypes.view; }
    [[nodiscard]] ChartView& waterfall() const { return *m_waterfall.view; }
    [[nodiscard]] std::vector<FigureSaver*> savers() const { return {m_haplotypes.saver, m_waterfall.saver}; }
    [[nodiscard]] QString words() const { return m_words->text(); }
    /// What is being done, or what went wrong and what to do; empty where all is there.
    [[nodiscard]] QString note() const { return m_note->text(); }

Q_SIGNALS:
    void peopleChanged(); ///< hasPeople(), or who they are

private:
    struct Panel {
        const FigureEntry* figure;
        ChartView* view;
        FigureSaver* saver;
        ReadyFigure shown = {};
    };
    [[nodiscard]] Panel makePanel(PersonFigure figure, const QString& name);
    void refresh();
    void showFigure(Panel& panel, bool keepsZoom);
    void markSelected();

    Session& m_session;
    Selection& m_selection;
    PersonExplorer* m_explorer;
    std::shared_ptr<const GeneReport> m_report;
    std::optional<ChartStyle> m_style;
    std::vector<std::string> m_shownPeople;
    std::shared_ptr<const PersonStory> m_shownStory;
    QLabel* m_words;
    QLabel* m_note;
    QPushButton* m_again;
    QLabel* m_largest;
    CardScroll* m_scroll;
    Panel m_haplotypes;
    Panel m_waterfall;
};

} // namespace diploscope::ui
