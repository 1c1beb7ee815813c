// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/published_saturations.h"
#include "views/experiment_chart.h"
#include "views/experiment_panel.h"

class QComboBox;
class QTableWidget;

namespace diploscope::ui {

/// The real Enformer's saturation round one of the gene's drivers, in the view of saturations made here.
class PublishedSaturationPanel final : public ExperimentPanel {
    Q_OBJECT

public:
    PublishedSaturationPanel(Session& session, Experiments& experiments, PublishedSaturations& published,
                             Selection& selection, QWidget* parent = nullptr);
    void setChartStyle(const ChartStyle& style) override;

    [[nodiscard]] QComboBox& driver() const { return *m_driver; }
    [[nodiscard]] QComboBox& logo() const { return *m_logo; }
    [[nodiscard]] ExperimentChart& chart() const { return *m_chart; }
    [[nodiscard]] QTableWidget& table() const { return *m_table; }

private:
    void refresh() override;
    void showDriver(const DriverSaturation* driver);

    PublishedSaturations& m_published;
    QComboBox* m_driver;
    QComboBox* m_logo;
    QLabel* m_note;
    ExperimentChart* m_chart;
    QTableWidget* m_table;
    std::shared_ptr<const SaturationShown> m_shown;
    const DriverSaturation* m_of = nullptr; ///< what is shown is of; never looked into
};

} // namespace diploscope::ui
