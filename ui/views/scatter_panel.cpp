// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/scatter_panel.h"

#include "charts/observed_predicted_chart.h"
#include "viewmodels/effect_text.h"
#include "viewmodels/number_text.h"
#include "viewmodels/observed_predicted.h"
#include "viewmodels/snv_details.h"

#include <QVBoxLayout>

namespace diploscope::ui {
namespace {

Figure makeFigure(const ObservedPredicted& shown, const ChartStyle& style, Medium medium) {
    auto chart = std::make_unique<ObservedPredictedChart>(shown, style);
    if (medium == Medium::Screen)
        chart->hideHeader();
    Figure figure;
    FigureTrack track{chart.get(), {&chart->people()}, {}};
    for (const auto& person : shown.people)
        track.datum.push_back(person.person);
    figure.tracks.push_back(std::move(track));
    figure.widget = std::move(chart);
    return figure;
}

QString slopeText(const std::optional<double>& slope) {
    if (!slope)
        return effectText(slope);
    const QString arrow = *slope > 0   ? QStringLiteral("↗ +")
                          : *slope < 0 ? QStringLiteral("↘ ")
                                       : QStringLiteral("→ ");
    return arrow + effectText(*slope);
}

Verdict signOf(const ObservedPredicted::Split& split) {
    return split.undecidable ? Verdict::Undefined
                             : verdictOf(split.predictedSlope.value_or(0), split.observedSlope);
}

} // namespace

ScatterPanel::ScatterPanel(Session& session, Selection& selection, QWidget* parent)
    : ChartPanel(tr("Observed and predicted"), ChartView::Zoom::Plane, {85, 75, 300},
                 QStringLiteral("observed_predicted"), session, selection, parent)
    , m_slopes(new QLabel) {
    m_slopes->setTextFormat(Qt::PlainText);
    m_slopes->setWordWrap(true);
    content()->addWidget(m_slopes);
    view().setToolTipSource(
        [this](size_t person) { return personToolTip(*report(), person, selectedVariant()); });
    connect(&view(), &ChartView::clicked, this, [this](int person) {
        if (person < 0 || !report())
            this->selection().selectPerson(std::nullopt);
        else
            this->selection().selectPerson(report()->people[static_cast<size_t>(person)].sample);
    });
    connect(&selection, &Selection::peopleChanged, this, [this] { view().setSelected(selectedPerson()); });
    connect(&selection, &Selection::variantsChanged, this, [this] {
        if (report())
            refresh(ChartView::Keep::View);
    });
}

void ScatterPanel::setChartStyle(const ChartStyle& style) {
    m_style = style;
    ChartPanel::setChartStyle(style);
    m_slopes->setFont(style.font(style.smallSize, QFont::DemiBold));
    setTextColour(*m_slopes, style.theme.verdict(m_sign).colour);
}

void ScatterPanel::refresh(ChartView::Keep keep) {
    const auto shown =
        std::make_shared<const ObservedPredicted>(observedPredicted(*report(), selectedVariant()));
    setSummary(shown->summary);
    QString slopes;
    m_sign = Verdict::Undefined;
    if (shown->split) {
        m_sign = signOf(*shown->split);
        // A narrow panel breaks between the two.
        slopes = tr("per %1: %2 · %3")
                     .arg(shown->split->copy,
                          unbroken(tr("observed %1").arg(slopeText(shown->split->observedSlope))),
                          unbroken(tr("predicted %1").arg(slopeText(shown->split->predictedSlope))));
        if (m_sign == Verdict::Unsupported)
            slopes += tr(", opposite");
    }
    m_slopes->setText(slopes);
    if (m_style)
        setTextColour(*m_slopes, m_style->theme.verdict(m_sign).colour);
    if (shown->people.empty()) {
        view().clearFigure();
        return;
    }
    view().setFigure(
        [shown](const ChartStyle& style, Medium medium) { return makeFigure(*shown, style, medium); }, keep);
    view().setSelected(selectedPerson());
}

} // namespace diploscope::ui
