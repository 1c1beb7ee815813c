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
    , m_figure(&registered(figure))
    , m_view(new ChartView(zoom)) {
    m_view->setAccessibleName(title);
    content()->addWidget(m_view, 1);
    m_saver = new FigureSaver(
        *m_view, session, m_figure->offered,
        [this]() -> FigureSaver::Subject {
            if (!m_report)
                return {};
            // As `analyze --figures` names it.
            const QString gene = geneFileStem(m_session.study().get(), m_report->gene);
            return {m_figure, toSave(), gene + QLatin1Char('.') + QLatin1String(m_figure->name)};
        },
        this);
    m_saver->setHandle(titleWidget());
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
    m_shown = m_figure->make(spec);
    m_saver->setTaller(m_shown.taller);
    if (m_shown.empty.isEmpty())
        m_view->setFigure(m_shown.draw, keep);
    else
        m_view->clearFigure();
    return m_shown;
}

void ChartPanel::showTrack(const std::string& key, const GeneFigureSpec& spec) {
    m_shown = m_figure->make(spec);
    m_saver->setTaller(m_shown.taller);
    m_view->setTrack(key, m_shown.draw, m_shown.redraw);
}

void ChartPanel::setChartStyle(const ChartStyle& style) {
    PanelCard::setChartStyle(style);
    m_view->setChartStyle(style);
}

std::optional<size_t> ChartPanel::selectedVariant() const {
    return m_report ? m_selection.variantIn(*m_report) : std::nullopt;
}

std::vector<size_t> ChartPanel::selectedVariants() const {
    std::vector<size_t> found;
    if (m_report)
        for (const Variant& variant : m_selection.variants())
            if (const std::optional<size_t> at = m_report->find(variant))
                found.push_back(*at);
    return found;
}

std::vector<size_t> ChartPanel::selectedPeople() const {
    std::vector<size_t> found;
    if (m_report && !m_selection.people().empty())
        for (size_t p = 0; p < m_report->people.size(); ++p)
            if (m_selection.people().contains(m_report->people[p].sample))
                found.push_back(p);
    return found;
}

void ChartPanel::joinVariantSelection() {
    connect(m_view, &ChartView::clicked, this, [this](int datum, bool toggles) {
        std::set<Variant> chosen;
        if (datum >= 0 && m_report)
            chosen.insert(m_report->variants[static_cast<size_t>(datum)]);
        m_selection.selectVariants(chosen, clickMode(chosen, m_selection.variants(), toggles));
    });
    connect(m_view, &ChartView::brushed, this, [this](const std::vector<size_t>& inside, BrushMode mode) {
        std::set<Variant> chosen;
        for (const size_t datum : inside)
            chosen.insert(m_report->variants[datum]);
        m_selection.selectVariants(chosen, mode);
    });
    connect(&m_selection, &Selection::variantsChanged, this,
            [this] { m_view->setSelected(selectedVariants()); });
}

void ChartPanel::takePerson(int person, bool toggles) {
    std::set<std::string> chosen;
    if (person >= 0 && m_report)
        chosen.insert(m_report->people[static_cast<size_t>(person)].sample);
    m_selection.selectPeople(chosen, clickMode(chosen, m_selection.people(), toggles));
}

void ChartPanel::joinPeopleSelection() {
    connect(m_view, &ChartView::clicked, this, &ChartPanel::takePerson);
    connect(m_view, &ChartView::brushed, this, [this](const std::vector<size_t>& inside, BrushMode mode) {
        std::set<std::string> chosen;
        for (const size_t datum : inside)
            chosen.insert(m_report->people[datum].sample);
        m_selection.selectPeople(chosen, mode);
    });
    connect(&m_selection, &Selection::peopleChanged, this, [this] { m_view->setSelected(selectedPeople()); });
}

} // namespace diploscope::ui
