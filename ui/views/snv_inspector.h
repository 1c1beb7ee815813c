// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/gene_figures.h"
#include "viewmodels/carriers.h"
#include "viewmodels/selection.h"
#include "viewmodels/session.h"
#include "viewmodels/snv_details.h"
#include "views/panel_card.h"

#include <memory>

namespace diploscope::ui {

class CardScroll;
class ChartView;
class FigureSaver;

/// What is known of the selected SNV, else of the main driver: the verdict in words, what carriers express
/// and what the model predicts for them with the line through both, alleles, frequency, effects. Of two SNVs
/// the means by both genotypes, as lines and as a table. Also names the selected person.
class SnvInspector final : public PanelCard {
    Q_OBJECT

public:
    SnvInspector(Session& session, Selection& selection, QWidget* parent = nullptr);

    void setReport(std::shared_ptr<const GeneReport> report);
    /// What motifs say of a variant: shown as long as it is the one told of.
    void setMotifs(const Variant& variant, std::vector<SnvDetails::Row> rows);
    /// They say nothing of any variant any more.
    void dropMotifs();
    /// The variant told of: selected, else the main driver.
    [[nodiscard]] const std::optional<Variant>& variant() const { return m_variant; }
    void setChartStyle(const ChartStyle& style) override;
    [[nodiscard]] QString verdict() const { return m_verdict->text(); }
    [[nodiscard]] QString values() const { return m_values->text(); } ///< a table, HTML
    [[nodiscard]] QString person() const { return m_person->fullText(); }
    /// Means by genotype.
    [[nodiscard]] ChartView& carriersView() const { return *m_view; }
    [[nodiscard]] FigureSaver& saver() const { return *m_saver; }

Q_SIGNALS:
    void variantShown(); ///< variant() is another

private:
    void refresh();
    void showPerson();
    void showOne(size_t variant);
    void showTwo(size_t first, size_t second);
    void showNone();
    void showCarriers(Carriers carriers, GeneFigure figure, const GeneFigureSpec& spec);
    /// The selected one, else the main driver.
    [[nodiscard]] std::optional<size_t> shownVariant() const;
    /// Empty where not two are selected that the report has.
    [[nodiscard]] std::vector<size_t> selectedTwo() const;

    Session& m_session;
    Selection& m_selection;
    std::shared_ptr<const GeneReport> m_report;
    std::optional<ChartStyle> m_style;
    std::optional<Variant> m_variant;
    std::optional<Variant> m_motifsOf;
    std::vector<SnvDetails::Row> m_motifs;
    Verdict m_sign = Verdict::Undefined;
    const FigureEntry* m_figure;
    ReadyFigure m_shown;
    Carriers m_carriersShown;
    QLabel* m_facts;
    QLabel* m_values;
    QLabel* m_carriers;
    QLabel* m_verdict;
    ElidedLabel* m_person;
    CardScroll* m_scroll;
    ChartView* m_view;
    FigureSaver* m_saver;
};

} // namespace diploscope::ui
