// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/ticks.h"
#include "views/experiment_chart.h"
#include "views/experiment_panel.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QTableWidget;

namespace diploscope::ui {

class UpdatePacer;

/// Every base of a stretch to the three others: logos and heat maps as they come, and what the paper's Table
/// S3 says of an SNV.
class SaturationPanel final : public ExperimentPanel {
    Q_OBJECT

public:
    SaturationPanel(Session& session, Experiments& experiments, Selection& selection,
                    QWidget* parent = nullptr);
    void setChartStyle(const ChartStyle& style) override;
    /// What is seen of the locus: offered as the region.
    void offerRegion(const std::optional<AxisRange>& seen);

    [[nodiscard]] QComboBox& where() const { return *m_where; }
    [[nodiscard]] QSpinBox& reach() const { return *m_reach; }
    [[nodiscard]] QLineEdit& region() const { return *m_region; }
    [[nodiscard]] QComboBox& on() const { return *m_on; }
    [[nodiscard]] QComboBox& logo() const { return *m_logo; }
    [[nodiscard]] QCheckBox& coherence() const { return *m_coherence; }
    [[nodiscard]] QPushButton& run() const { return *m_run; }
    [[nodiscard]] ExperimentChart& chart() const { return *m_chart; }
    [[nodiscard]] QTableWidget& table() const { return *m_table; }
    [[nodiscard]] QString errorText() const;

private:
    void refresh() override;
    void build();
    void askForRun();
    void showFields();
    void showOutcome();
    void draw();
    [[nodiscard]] Result<SaturationWish> wish() const;

    QComboBox* m_where;
    QSpinBox* m_reach;
    QLineEdit* m_region;
    QComboBox* m_on;
    QComboBox* m_logo;
    QCheckBox* m_coherence;
    QPushButton* m_run;
    QLabel* m_error;
    QLabel* m_note;
    ExperimentChart* m_chart;
    QTableWidget* m_table;
    UpdatePacer* m_pacer; ///< of results that are not complete
    std::shared_ptr<const SaturationOutcome> m_shownOutcome;
    std::shared_ptr<const SaturationShown> m_shown;
    std::optional<SaturationWish> m_filled; ///< what the fields were set to
    std::optional<AxisRange> m_offered;     ///< as seen, of this gene
    bool m_regionTyped = false;
};

/// Fills the table of coherence; hides it where there is none.
void showCoherence(QTableWidget& table, const std::vector<std::array<QString, 5>>& lines);

} // namespace diploscope::ui
