// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/against_button.h"
#include "views/chart_panel.h"

namespace diploscope::ui {

/// A chart of the model against what is observed or, on request, against another model of the study or
/// people's reads by haplotype. What the other model cannot say of the gene stands in the chart's place. GUI
/// thread.
class AgainstPanel : public ChartPanel {
    Q_OBJECT

public:
    /// \param models the study's others; all as AgainstButton::setModels
    void setModels(const std::vector<ShownModel>& models, const std::string& against, bool hasReads);
    [[nodiscard]] AgainstButton& againstButton() const { return *m_against; }
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// By the user; who follows sets it. \param model empty: what is observed
    void againstChosen(const QString& model);

protected:
    /// A chart that is drawn in two ways.
    struct Words {
        QString title;    ///< where there is no other model: "Observed and predicted"
        QString observed; ///< the choice at first: "observed"
        QString reads;    ///< reads by haplotype; empty: no choice
    };
    struct Figures {
        GeneFigure observed, ofTwo;
        GeneFigure reads = observed;
    };
    AgainstPanel(const Words& words, const Figures& figures, Session& session, Selection& selection,
                 QWidget* parent);

    /// The other model's report; null: the chart is of what is observed.
    [[nodiscard]] const GeneReport* other() const;
    /// Whether there is something to draw; else the chart's place says why not.
    [[nodiscard]] bool isReady();
    /// Adds what the choice makes of a figure, and shows it.
    const ReadyFigure& draw(GeneFigureSpec spec, ChartView::Keep keep);
    /// What a tip says of an SNV by the other model. Rich text; empty where there is none.
    [[nodiscard]] QString otherToolTip(size_t variant) const;

private:
    Words m_words;
    Figures m_figures;
    AgainstButton* m_against;
};

} // namespace diploscope::ui
