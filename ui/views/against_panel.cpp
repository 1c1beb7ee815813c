// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/against_panel.h"

#include <optional>
#include <utility>

namespace diploscope::ui {

AgainstPanel::AgainstPanel(const Words& words, const Figures& figures, Session& session, Selection& selection,
                           QWidget* parent)
    : ChartPanel(words.title, ChartView::Zoom::Plane, figures.observed, session, selection, parent)
    , m_words(words)
    , m_figures(figures)
    , m_against(new AgainstButton(words.observed, words.reads, this)) {
    constexpr int leastTitle = 60; // for "Against": two panels stand side by side in a small window
    setLeastTitle(leastTitle);
    addToHeader(m_against);
    connect(m_against, &AgainstButton::chosen, this, &AgainstPanel::againstChosen);
}

void AgainstPanel::setModels(const std::vector<ShownModel>& models, const std::string& against,
                             bool hasReads) {
    const std::optional<ShownModel> before = m_against->other();
    const bool wasOfReads = m_against->isOfReads();
    m_against->setModels(models, against, hasReads);
    setTitle(m_against->hasChoice() ? tr("Against") : m_words.title); // the choice that stands beside it
    const std::optional<ShownModel>& now = m_against->other();
    if (now == before && wasOfReads == m_against->isOfReads())
        return;
    const bool sameAxes = now && before && now->model == before->model;
    setFigure(now ? m_figures.ofTwo : m_against->isOfReads() ? m_figures.reads : m_figures.observed);
    if (report())
        refresh(sameAxes ? ChartView::Keep::View : ChartView::Keep::Nothing);
}

QSize AgainstPanel::minimumSizeHint() const {
    constexpr int room = 47; // for a scatter with its axes, also above lines of words
    const QSize least = ChartPanel::minimumSizeHint();
    return {least.width(), least.height() + room};
}

const GeneReport* AgainstPanel::other() const {
    return m_against->other() ? m_against->other()->report.get() : nullptr;
}

bool AgainstPanel::isReady() {
    const std::optional<ShownModel>& chosen = m_against->other();
    if (!chosen || chosen->report)
        return true;
    setSummary({});
    view().setPlaceholder(chosen->note.isEmpty() ? tr("computing…")
                                                 : chosen->title + QStringLiteral(": ") + chosen->note);
    view().clearFigure();
    return false;
}

const ReadyFigure& AgainstPanel::draw(GeneFigureSpec spec, ChartView::Keep keep) {
    spec.models = m_against->models();
    if (m_against->other())
        spec.otherModel = m_against->other()->model;
    return showFigure(spec, keep);
}

QString AgainstPanel::otherToolTip(size_t variant) const {
    return other() == nullptr ? QString() : modelsToolTip(*report(), variant, {*m_against->other()});
}

} // namespace diploscope::ui
