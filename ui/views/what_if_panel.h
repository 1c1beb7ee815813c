// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/experiment_panel.h"
#include "views/moves_chart.h"

class QComboBox;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace diploscope::ui {

class BaseStrip;

/// Changes of bases, by click, typed, pasted or from a VCF, on the reference, a haplotype or everybody's, and
/// the prediction with them.
class WhatIfPanel final : public ExperimentPanel {
    Q_OBJECT

public:
    WhatIfPanel(Session& session, Experiments& experiments, Selection& selection, QWidget* parent = nullptr);
    void setChartStyle(const ChartStyle& style) override;

    [[nodiscard]] BaseStrip& strip() const { return *m_strip; }
    [[nodiscard]] QLineEdit& field() const { return *m_field; }
    [[nodiscard]] QComboBox& on() const { return *m_on; }
    [[nodiscard]] QListWidget& list() const { return *m_list; }
    [[nodiscard]] MovesChart& chart() const { return *m_chart; }
    /// "1.23 → 1.31, difference +0.0812"
    [[nodiscard]] QString resultText() const;
    /// What is wrong with what was typed last; empty: nothing.
    [[nodiscard]] QString typedError() const;

    /// Read and written by jobs.
    void importVcf(const QString& file);
    void exportVcf(const QString& file);

private:
    void refresh() override;
    void build();
    void goToSelection();
    void typed();
    void putBase(int64_t place, char base);
    void put(const Variant& change);
    void takeSelected();
    void removeChosen();
    void setChanges(const QString& name, std::vector<Variant> changes);
    void showChoices();
    void showCarried();
    void showOutcome();
    void showMoves(const WarmLocus& locus);
    void showError(const std::optional<Error>& error);
    void askToImport();
    void askToExport();

    BaseStrip* m_strip;
    QLineEdit* m_field;
    QPushButton* m_add;
    QComboBox* m_on;
    QListWidget* m_list;
    QPushButton *m_remove, *m_clear, *m_selected, *m_import, *m_export;
    QLabel* m_error;
    QLabel* m_result;
    QLabel* m_note;
    MovesChart* m_chart;
    std::weak_ptr<const WarmLocus> m_shownLocus;
    std::shared_ptr<const WhatIfOutcome> m_shownOutcome;
    std::optional<Variant> m_seen;               ///< that the strip was taken to
    std::shared_ptr<const GeneReport> m_carried; ///< whose SNVs the strip rings
};

} // namespace diploscope::ui
