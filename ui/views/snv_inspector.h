// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/selection.h"
#include "viewmodels/snv_details.h"
#include "views/panel_card.h"

#include <memory>

namespace diploscope::ui {

class CarrierBars;

/// What is known of the selected SNV, else of the main driver: alleles, frequency, effects, what carriers
/// express and what the model predicts for them, and the verdict in words. Also names the selected person.
class SnvInspector final : public PanelCard {
    Q_OBJECT

public:
    explicit SnvInspector(Selection& selection, QWidget* parent = nullptr);

    void setReport(std::shared_ptr<const GeneReport> report);
    /// What motifs say of a variant: shown as long as it is the one told of.
    void setMotifs(const Variant& variant, std::vector<SnvDetails::Row> rows);
    /// The variant told of: selected, else the main driver.
    [[nodiscard]] const std::optional<Variant>& variant() const { return m_variant; }
    void setChartStyle(const ChartStyle& style) override;
    [[nodiscard]] QString verdict() const { return m_verdict->text(); }
    [[nodiscard]] QString values() const { return m_values->text(); } ///< a table, HTML
    [[nodiscard]] QString person() const { return m_person->fullText(); }

Q_SIGNALS:
    void variantShown(); ///< variant() is another

private:
    void refresh();

    Selection& m_selection;
    std::shared_ptr<const GeneReport> m_report;
    std::optional<ChartStyle> m_style;
    std::optional<Variant> m_variant;
    std::optional<Variant> m_motifsOf;
    std::vector<SnvDetails::Row> m_motifs;
    Verdict m_sign = Verdict::Undefined;
    QLabel* m_facts;
    QLabel* m_values;
    QLabel* m_carriers;
    CarrierBars* m_bars;
    QLabel* m_verdict;
    ElidedLabel* m_person;
};

} // namespace diploscope::ui
