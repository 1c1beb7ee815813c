// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/ablation_panel.h"

#include "figures/experiment_data.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"
#include "views/dialog_parts.h"
#include "views/flow_layout.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace diploscope::ui {

AblationPanel::AblationPanel(Session& session, Experiments& experiments, Selection& selection,
                             QWidget* parent)
    : ExperimentPanel(tr("Without these variants in anybody"), session, experiments, selection, parent)
    , m_of(new QButtonGroup(this))
    , m_keepOnly(new QCheckBox(tr("keep only these")))
    , m_result(makeText({}, "title", true))
    , m_which(makeText({}, "small", true))
    , m_chart(new MovesChart(session, selection)) {
    explainBy(QStringLiteral("why-wrong.md#without-them"));
    auto* choices = new FlowLayout(6, 6);
    const std::pair<AblationWish::Of, QString> kinds[] = {
        {AblationWish::Of::Unsupported, tr("Unsupported drivers")},
        {AblationWish::Of::Drivers, tr("All drivers")},
        {AblationWish::Of::Chosen, tr("Selected SNVs")}};
    for (const auto& [of, text] : kinds) {
        auto* button = new QPushButton(text);
        button->setProperty("role", QStringLiteral("chip"));
        button->setCheckable(true);
        m_of->addButton(button, static_cast<int>(of));
        choices->addWidget(button);
    }
    m_of->setExclusive(false); // none, at first
    choices->addWidget(m_keepOnly);
    m_keepOnly->setToolTip(tr("Set all other variants to the reference, in place of these"));
    m_result->setObjectName(QStringLiteral("ablationResult"));
    content()->setSpacing(SmallGap);
    content()->addLayout(choices);
    content()->addWidget(m_result);
    content()->addWidget(m_which);
    content()->addWidget(m_chart, 1);
    connect(m_of, &QButtonGroup::idClicked, this,
            [this](int of) { choose(static_cast<AblationWish::Of>(of)); });
    connect(m_keepOnly, &QCheckBox::clicked, this, [this](bool keepOnly) {
        ask(keepOnly ? tr("Keep only these") : tr("Ablate these"), [keepOnly](ExperimentRequests& next) {
            if (next.ablation)
                next.ablation->keepOnly = keepOnly;
        });
    });
    AblationPanel::refresh();
}

QAbstractButton& AblationPanel::button(AblationWish::Of of) const {
    return *m_of->button(static_cast<int>(of));
}

void AblationPanel::setChartStyle(const ChartStyle& style) {
    PanelCard::setChartStyle(style);
    m_chart->setChartStyle(style);
}

QString AblationPanel::resultText() const {
    return m_result->text();
}

void AblationPanel::choose(AblationWish::Of of) {
    refresh(); // a click has changed the button alone
    const QString name = tr("Ablate: %1").arg(m_of->button(static_cast<int>(of))->text());
    ask(name, [this, of](ExperimentRequests& next) {
        AblationWish wish = next.ablation.value_or(AblationWish{});
        wish.of = of;
        wish.chosen = of == AblationWish::Of::Chosen ? selection().variants() : std::set<Variant>{};
        wish.keepOnly = m_keepOnly->isChecked();
        next.ablation = wish;
    });
}

void AblationPanel::refresh() {
    const auto& wish = experiments().requests().ablation;
    for (QAbstractButton* button : m_of->buttons())
        button->setChecked(wish && m_of->id(button) == static_cast<int>(wish->of));
    const auto selected = static_cast<int64_t>(selection().variants().size());
    button(AblationWish::Of::Chosen)
        .setText(selected == 0 ? tr("Selected SNVs") : tr("Selected SNVs (%1)").arg(countText(selected)));
    button(AblationWish::Of::Chosen).setEnabled(selected > 0);
    if (wish)
        m_keepOnly->setChecked(wish->keepOnly);
    const auto outcome = experiments().ablation().outcome;
    const auto locus = experiments().locus();
    if (!outcome || !locus || !wish) {
        m_result->setText(wish && experiments().ablation().running ? tr("computing…") : QString());
        m_which->setText(
            wish ? QString()
                 : tr("Choose whose alleles everybody loses: R of the predictions without them follows."));
        m_shown.reset();
        m_chart->clear();
        return;
    }
    QString result = pairedText(outcome->found.r);
    if (!outcome->complete)
        result += experiments().ablation().running ? tr(", interval pending…") : tr(", without an interval");
    m_result->setText(result);
    if (outcome == m_shown)
        return;
    // Who looks closer while the interval is pending keeps looking.
    const auto keep =
        m_shown && m_shown->request == outcome->request ? ChartView::Keep::View : ChartView::Keep::Nothing;
    m_shown = outcome;
    const ExperimentFigureSpec spec = figureSpecOf(*locus, *outcome);
    const BeforeAfter& moves = *spec.moves;
    QStringList names;
    for (const Variant& variant : outcome->variants)
        names << shownName(toText(variant));
    constexpr qsizetype most = 6;
    const QString more =
        names.size() > most ? tr(" and %1 more").arg(countText(names.size() - most)) : QString();
    m_which->setText(moves.title + QStringLiteral(": ") + names.mid(0, most).join(QStringLiteral(", ")) +
                     more +
                     (moves.notes.isEmpty() ? QString() : QStringLiteral(" · ") + moves.notes.front()));
    m_chart->show(spec, keep);
}

} // namespace diploscope::ui
