// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/experiment_chart.h"

#include "views/export_places.h"

#include <QVBoxLayout>

namespace diploscope::ui {

ExperimentChart::ExperimentChart(const QString& name, ExperimentFigure figure, ChartView::Zoom zoom,
                                 Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_figure(registered(figure)), m_view(new ChartView(zoom)) {
    m_view->setAccessibleName(name);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_view, 1);
    m_saver = new FigureSaver(
        *m_view, session, m_figure.offered,
        [this]() -> FigureSaver::Subject {
            if (m_session.shown().gene() == nullptr)
                return {};
            const QString gene = geneFileStem(m_session.study().get(), *m_session.shown().gene());
            return {&m_figure, m_shown, gene + QLatin1Char('.') + QLatin1String(m_figure.name)};
        },
        this);
}

const ReadyFigure& ExperimentChart::show(const ExperimentFigureSpec& spec, ChartView::Keep keep) {
    m_shown = m_figure.make(spec);
    if (m_shown.empty.isEmpty())
        m_view->setFigure(m_shown.draw, keep);
    else
        clear();
    return m_shown;
}

void ExperimentChart::clear() {
    if (m_view->hasFigure())
        m_view->clearFigure();
    m_view->setPlaceholder(m_shown.empty);
}

} // namespace diploscope::ui
