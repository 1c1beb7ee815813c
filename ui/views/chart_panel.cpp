// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/chart_panel.h"

#include "views/export_places.h"

#include <QVBoxLayout>

namespace diploscope::ui {

ChartPanel::ChartPanel(const QString& title, ChartView::Zoom zoom, GeneFigure figure, Session& session,
                       Selection& selection, QWidget* parent)
    : PanelCard(title, parent)
    , m_session(session)
    , m_selection(selection)
    , m_figure(registered(figure))
    , m_view(new ChartView(zoom)) {
    m_view->setAccessibleName(title);
    content()->addWidget(m_view, 1);
    m_saver = new FigureSaver(
        *m_view, session.jobs(), m_figure.offered,
        [this]() -> FigureSaver::Subject {
            if (!m_report)
                return {};
            // As `analyze --figures` names it.
            const QString gene = geneFileStem(m_session.study().get(), m_report->gene);
            return {m_shown.info, gene + QLatin1Char('.') + QLatin1String(m_figure.name), m_session.study()};
        },
        this);
}

void ChartPanel::setReport(std::shared_ptr<const GeneReport> report) {
    if (report == m_report)
        return;
    const bool same = m_report && report && m_report->gene.id == report->gene.id &&
                      m_report->model.name == report->model.name &&
                      m_report->model.checksum == report->model.checksum;
    m_report = std::move(report);
    if (!same)
        reportReplaced();
    if (m_report) {
        refresh(!same                ? ChartView::Keep::Nothing
                : m_report->complete ? ChartView::Keep::View
                                     : ChartView::Keep::Steady);
        return;
    }
    m_view->clearFigure();
    setSummary({});
}

const ReadyFigure& ChartPanel::showFigure(const GeneFigureSpec& spec, ChartView::Keep keep) {
    m_shown = m_figure.make(spec);
    m_saver->setTaller(m_shown.taller);
    if (m_shown.empty.isEmpty())
        m_view->setFigure(m_shown.draw, keep);
    else
        m_view->clearFigure();
    return m_shown;
}

void ChartPanel::setChartStyle(const ChartStyle& style) {
    PanelCard::setChartStyle(style);
    m_view->setChartStyle(style);
}

std::optional<size_t> ChartPanel::selectedVariant() const {
    return m_report ? m_selection.variantIn(*m_report) : std::nullopt;
}

std::optional<size_t> ChartPanel::selectedPerson() const {
    return m_report ? m_selection.personIn(*m_report) : std::nullopt;
}

void ChartPanel::joinVariantSelection() {
    connect(m_view, &ChartView::clicked, this, [this](int datum) {
        if (datum < 0 || !m_report)
            m_selection.selectVariant(std::nullopt);
        else
            m_selection.selectVariant(m_report->variants[static_cast<size_t>(datum)]);
    });
    connect(&m_selection, &Selection::variantsChanged, this,
            [this] { m_view->setSelected(selectedVariant()); });
}

} // namespace diploscope::ui
