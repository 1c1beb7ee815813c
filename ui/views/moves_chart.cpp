// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/moves_chart.h"

#include "viewmodels/effect_text.h"

#include <utility>

namespace diploscope::ui {

MovesChart::MovesChart(Session& session, Selection& selection, QWidget* parent)
    : ExperimentChart(tr("Before and after"), ExperimentFigure::BeforeAfter, ChartView::Zoom::Plane, session,
                      parent)
    , m_selection(selection) {
    view().setToolTipSource([this](size_t mark) -> QString {
        if (!m_moves || mark >= m_moves->people.size())
            return {};
        const BeforeAfter::Person& person = m_moves->people[mark];
        return tr("%1: %2 → %3")
            .arg(person.sample, effectText(person.before), effectText(person.after))
            .toHtmlEscaped();
    });
    connect(&view(), &ChartView::clicked, this, [this](int mark, bool toggles) {
        const std::set<std::string> hit =
            peopleOf(mark < 0 ? std::vector<size_t>() : std::vector{static_cast<size_t>(mark)});
        m_selection.selectPeople(hit, clickMode(hit, m_selection.people(), toggles));
    });
    connect(&view(), &ChartView::brushed, this, [this](const std::vector<size_t>& marks, BrushMode mode) {
        m_selection.selectPeople(peopleOf(marks), mode);
    });
    connect(&selection, &Selection::peopleChanged, this, &MovesChart::markSelected);
}

const ReadyFigure& MovesChart::show(const ExperimentFigureSpec& spec, ChartView::Keep keep) {
    m_moves = spec.moves;
    const ReadyFigure& shown = ExperimentChart::show(spec, keep);
    markSelected();
    return shown;
}

void MovesChart::clear() {
    m_moves.reset();
    ExperimentChart::clear();
}

std::set<std::string> MovesChart::peopleOf(const std::vector<size_t>& marks) const {
    std::set<std::string> people;
    for (const size_t mark : marks)
        if (m_moves && mark < m_moves->people.size())
            people.insert(m_moves->people[mark].id);
    return people;
}

void MovesChart::markSelected() {
    std::vector<size_t> marks;
    if (m_moves && !m_selection.people().empty())
        for (size_t mark = 0; mark < m_moves->people.size(); ++mark)
            if (m_selection.people().contains(m_moves->people[mark].id))
                marks.push_back(mark);
    view().setSelected(std::move(marks));
}

} // namespace diploscope::ui
