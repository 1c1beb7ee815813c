// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chart_view.h"
#include "charts/theme.h"
#include "charts/ticks.h"
#include "figure/figure_design.h"
#include "viewmodels/experiments.h"
#include "viewmodels/selection.h"

#include <QWidget>

class QButtonGroup;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace diploscope::ui {

class AblationPanel;
class AuditPanel;
class ElidedLabel;
class ExperimentPanel;
class PublishedSaturationPanel;
class PublishedSaturations;
class SaturationPanel;
class WhatIfPanel;

/// What is tried on the gene shown: what if, ablation, saturation, audit, one at a time. What runs can be
/// stopped, and what went wrong is said here, with a way to try again. GUI thread.
class ExperimentsPage final : public QWidget {
    Q_OBJECT

public:
    ExperimentsPage(Session& session, Experiments& experiments, Selection& selection,
                    QWidget* parent = nullptr);

    void setChartStyle(const ChartStyle& style);
    /// What dragging does in its scatters.
    void setDrag(ChartView::Drag drag);
    /// What is seen of the locus on the gene page.
    void offerRegion(const std::optional<AxisRange>& seen);

    [[nodiscard]] WhatIfPanel& whatIf() const { return *m_whatIf; }
    [[nodiscard]] AblationPanel& ablation() const { return *m_ablation; }
    [[nodiscard]] SaturationPanel& saturation() const { return *m_saturation; }
    [[nodiscard]] AuditPanel& audit() const { return *m_audit; }
    /// In place of all of these where the study is made of published tables.
    [[nodiscard]] PublishedSaturationPanel& published() const { return *m_published; }
    [[nodiscard]] QButtonGroup& kinds() const { return *m_kinds; }
    [[nodiscard]] QPushButton& stop() const { return *m_stop; }
    [[nodiscard]] QPushButton& again() const { return *m_again; }
    /// How it stands with what is shown: an error's words, that it is computed or checked; empty: nothing.
    [[nodiscard]] QString stateText() const;

Q_SIGNALS:
    void asked(const QString& name, const diploscope::ui::ExperimentRequests& requests);
    void failed(const diploscope::Error& error);
    void saved(const QString& file); ///< changes, as a VCF
    void figureSaved(const QString& file);
    /// A chart is wanted as a panel of a figure of several.
    void composed(const diploscope::FigureDesign& design);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void refresh();
    [[nodiscard]] QString publishedState() const;
    [[nodiscard]] QWidget* makeHead();

    Session& m_session;
    Experiments& m_experiments;
    WhatIfPanel* m_whatIf;
    AblationPanel* m_ablation;
    SaturationPanel* m_saturation;
    AuditPanel* m_audit;
    PublishedSaturations* m_tables;
    PublishedSaturationPanel* m_published;
    QButtonGroup* m_kinds;
    QStackedWidget* m_panels;
    ElidedLabel* m_gene;
    QLabel* m_state;
    QPushButton* m_stop;
    QPushButton* m_again;
};

} // namespace diploscope::ui
