// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chart_view.h"
#include "figures/experiment_figures.h"
#include "viewmodels/session.h"
#include "views/figure_saver.h"

#include <QWidget>

namespace diploscope::ui {

/// A chart of what an experiment has brought, with the menu that saves it. GUI thread.
class ExperimentChart : public QWidget {
    Q_OBJECT

public:
    ExperimentChart(const QString& name, ExperimentFigure figure, ChartView::Zoom zoom, Session& session,
                    QWidget* parent = nullptr);

    /// \return what is shown, or why nothing is
    virtual const ReadyFigure& show(const ExperimentFigureSpec& spec, ChartView::Keep keep);
    virtual void clear();
    void setChartStyle(const ChartStyle& style) { m_view->setChartStyle(style); }

    [[nodiscard]] ChartView& view() const { return *m_view; }
    [[nodiscard]] FigureSaver& saver() const { return *m_saver; }

private:
    Session& m_session;
    const FigureEntry& m_figure;
    ReadyFigure m_shown;
    ChartView* m_view;
    FigureSaver* m_saver;
};

} // namespace diploscope::ui
