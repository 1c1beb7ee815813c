// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/scatter_panel.h"

#include "viewmodels/effect_text.h"
#include "viewmodels/number_text.h"
#include "viewmodels/observed_predicted.h"
#include "viewmodels/snv_details.h"

#include <QVBoxLayout>

namespace diploscope::ui {
namespace {

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
    : ChartPanel(tr("Observed and predicted"), ChartView::Zoom::Plane, GeneFigure::ObservedPredicted, session,
                 selection, parent)
    , m_slopes(new QLabel) {
    m_slopes->setTextFormat(Qt::PlainText);
    m_slopes->setWordWrap(true);
    content()->addWidget(m_slopes);
    view().setToolTipSource(
        [this](size_t person) { return personToolTip(*report(), person, selectedVariant()); });
    joinPeopleSelection();
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
    const std::optional<size_t> variant = selectedVariant();
    const ObservedPredicted shown = observedPredicted(*report(), variant);
    setSummary(shown.summary);
    QString slopes;
    m_sign = Verdict::Undefined;
    if (shown.split) {
        m_sign = signOf(*shown.split);
        // A narrow panel breaks between the two.
        slopes = tr("per %1: %2 · %3")
                     .arg(shown.split->copy,
                          unbroken(tr("observed %1").arg(slopeText(shown.split->observedSlope))),
                          unbroken(tr("predicted %1").arg(slopeText(shown.split->predictedSlope))));
        if (m_sign == Verdict::Unsupported)
            slopes += tr(", opposite");
    }
    m_slopes->setText(slopes);
    if (m_style)
        setTextColour(*m_slopes, m_style->theme.verdict(m_sign).colour);
    if (shown.people.empty()) { // nobody is predicted yet
        view().clearFigure();
        return;
    }
    showFigure({.report = report(), .variant = variant}, keep);
    view().setSelected(selectedPeople());
}

} // namespace diploscope::ui
