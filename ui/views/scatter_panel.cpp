// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/scatter_panel.h"

#include "viewmodels/effect_text.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/language.h"
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
    return split.undecidable ? Verdict::Undefined : verdictOf(split.ySlope.value_or(0), split.xSlope);
}

} // namespace

ScatterPanel::ScatterPanel(Session& session, Selection& selection, QWidget* parent)
    : AgainstPanel({tr("Observed and predicted"), tr("observed"), tr("reads by copy")},
                   {GeneFigure::ObservedPredicted, GeneFigure::PredictionsOfTwo, GeneFigure::Copies}, session,
                   selection, parent)
    , m_slopes(new QLabel) {
    explainBy(QStringLiteral("reading.md#observed-and-predicted"));
    m_slopes->setTextFormat(Qt::PlainText);
    m_slopes->setWordWrap(true);
    content()->addWidget(m_slopes);
    view().setToolTipSource([this](size_t person) { return toolTipOf(person); });
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

QString ScatterPanel::toolTipOf(size_t person) const {
    QString tip = personToolTip(*report(), person, selectedVariant());
    const GeneReport* theirs = other();
    const auto at = theirs == nullptr ? std::nullopt : theirs->findPerson(report()->people[person].sample);
    if (at)
        tip += QStringLiteral("<br>") +
               tr("%1: predicted %2")
                   .arg(shownName(theirs->model.name), effectText(theirs->people[*at].predicted))
                   .toHtmlEscaped();
    return tip;
}

void ScatterPanel::refresh(ChartView::Keep keep) {
    m_slopes->clear();
    if (!isReady())
        return;
    const std::optional<size_t> variant = selectedVariant();
    const bool isOfReads = againstButton().isOfReads();
    const ObservedPredicted shown = isOfReads            ? copiesCompared(*report(), variant)
                                    : other() == nullptr ? observedPredicted(*report(), variant)
                                                         : predictedByTwo(*report(), *other(), variant);
    setSummary(shown.summary);
    QString slopes;
    m_sign = Verdict::Undefined;
    if (shown.split) {
        m_sign = signOf(*shown.split);
        // A narrow panel breaks between the two.
        const auto part = [](const QString& name, const std::optional<double>& slope) {
            return unbroken(QStringLiteral("%1 %2").arg(translated(name.toStdString()), slopeText(slope)));
        };
        slopes = (isOfReads ? tr("the copy with %1: %2 · %3") : tr("per %1: %2 · %3"))
                     .arg(translated(shown.split->copy.toStdString()), part(shown.xName, shown.split->xSlope),
                          part(shown.yName, shown.split->ySlope));
        if (m_sign == Verdict::Unsupported)
            slopes += tr(", opposite");
    }
    m_slopes->setText(slopes);
    if (m_style)
        setTextColour(*m_slopes, m_style->theme.verdict(m_sign).colour);
    if (shown.people.empty()) { // nobody is predicted yet, or has reads
        if (isOfReads && report()->complete)
            view().setPlaceholder(tr("Nobody has enough reads of this gene by copy."));
        view().clearFigure();
        return;
    }
    draw({.report = report(), .variant = variant}, keep);
    view().setSelected(selectedPeople());
}

} // namespace diploscope::ui
