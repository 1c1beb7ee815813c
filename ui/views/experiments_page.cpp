// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/experiments_page.h"

#include "viewmodels/gene_text.h"
#include "views/ablation_panel.h"
#include "views/audit_panel.h"
#include "views/dialog_parts.h"
#include "views/guide_button.h"
#include "views/published_saturation_panel.h"
#include "views/saturation_panel.h"
#include "views/what_if_panel.h"

#include <QButtonGroup>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace diploscope::ui {
namespace {

QString namesOfKind(ExperimentKind kind) {
    switch (kind) {
    case ExperimentKind::WhatIf:
        return ExperimentsPage::tr("What if");
    case ExperimentKind::Ablation:
        return ExperimentsPage::tr("Ablation");
    case ExperimentKind::Saturation:
        return ExperimentsPage::tr("Saturation");
    case ExperimentKind::Audit:
        break;
    }
    return ExperimentsPage::tr("Audit");
}

/// A low window scrolls.
QScrollArea* scrolled(QWidget* content) {
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setWidget(content);
    return scroll;
}

} // namespace

ExperimentsPage::ExperimentsPage(Session& session, Experiments& experiments, Selection& selection,
                                 QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_experiments(experiments)
    , m_whatIf(new WhatIfPanel(session, experiments, selection))
    , m_ablation(new AblationPanel(session, experiments, selection))
    , m_saturation(new SaturationPanel(session, experiments, selection))
    , m_audit(new AuditPanel(session, experiments, selection))
    , m_tables(new PublishedSaturations(session, this))
    , m_published(new PublishedSaturationPanel(session, experiments, *m_tables, selection))
    , m_kinds(new QButtonGroup(this))
    , m_panels(new QStackedWidget)
    , m_gene(new ElidedLabel)
    , m_state(makeText({}, "small", true))
    , m_stop(new QPushButton(tr("Stop")))
    , m_again(new QPushButton(tr("Try again"))) {
    setGuidePlace(*this, QStringLiteral("why-wrong.md"));
    for (ExperimentPanel* panel :
         std::initializer_list<ExperimentPanel*>{m_whatIf, m_ablation, m_saturation, m_audit, m_published}) {
        m_panels->addWidget(scrolled(panel));
        connect(panel, &ExperimentPanel::asked, this, &ExperimentsPage::asked);
        connect(panel, &ExperimentPanel::failed, this, &ExperimentsPage::failed);
        connect(panel, &ExperimentPanel::saved, this, &ExperimentsPage::saved);
    }
    for (const ExperimentChart* chart : std::initializer_list<const ExperimentChart*>{
             &m_whatIf->chart(), &m_ablation->chart(), &m_saturation->chart(), &m_published->chart()}) {
        connect(&chart->saver(), &FigureSaver::saved, this, &ExperimentsPage::figureSaved);
        connect(&chart->saver(), &FigureSaver::composed, this, &ExperimentsPage::composed);
    }
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(16, 10, 16, 14);
    all->setSpacing(SmallGap);
    all->addWidget(makeHead());
    all->addWidget(m_panels, 1);
    for (const auto signal :
         {&Experiments::requestsChanged, &Experiments::outcomeChanged, &Experiments::locusChanged})
        connect(&experiments, signal, this, &ExperimentsPage::refresh);
    connect(m_tables, &PublishedSaturations::changed, this, &ExperimentsPage::refresh);
    for (const auto signal : {&ShownGene::geneChanged, &ShownGene::reportChanged})
        connect(&session.shown(), signal, this, &ExperimentsPage::refresh);
    connect(&session, &Session::modelChanged, this, &ExperimentsPage::refresh);
    connect(m_stop, &QPushButton::clicked, &experiments, &Experiments::cancel);
    connect(m_again, &QPushButton::clicked, &experiments, &Experiments::again);
    if (const auto style = ChartStyle::screen(lightTheme()))
        setChartStyle(*style);
    refresh();
}

QWidget* ExperimentsPage::makeHead() {
    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(SmallGap);
    m_gene->setProperty("role", QStringLiteral("title"));
    m_gene->setLeastWidth(60);
    row->addWidget(m_gene);
    for (const ExperimentKind kind : {ExperimentKind::WhatIf, ExperimentKind::Ablation,
                                      ExperimentKind::Saturation, ExperimentKind::Audit}) {
        auto* tab = new QToolButton;
        tab->setText(namesOfKind(kind));
        tab->setCheckable(true);
        tab->setProperty("role", QStringLiteral("tab"));
        m_kinds->addButton(tab, static_cast<int>(kind));
        row->addWidget(tab);
    }
    connect(m_kinds, &QButtonGroup::idClicked, this, [this](int id) {
        const auto kind = static_cast<ExperimentKind>(id);
        ExperimentRequests next = m_experiments.requests();
        next.shown = kind;
        if (next != m_experiments.requests())
            Q_EMIT asked(tr("Show %1").arg(namesOfKind(kind)), next);
    });
    row->addWidget(m_state, 1);
    for (QPushButton* button : {m_stop, m_again}) {
        button->setProperty("role", QStringLiteral("small"));
        row->addWidget(button);
    }
    m_state->setObjectName(QStringLiteral("experimentState"));
    return head;
}

void ExperimentsPage::setChartStyle(const ChartStyle& style) {
    for (PanelCard* card :
         std::initializer_list<PanelCard*>{m_whatIf, m_ablation, m_saturation, m_audit, m_published})
        card->setChartStyle(style);
    QPalette ground = palette();
    ground.setColor(QPalette::Window, style.theme.ground);
    setPalette(ground);
    setAutoFillBackground(true);
}

void ExperimentsPage::setDrag(ChartView::Drag drag) {
    for (const MovesChart* chart : {&m_whatIf->chart(), &m_ablation->chart()})
        chart->view().setDrag(drag);
}

void ExperimentsPage::offerRegion(const std::optional<AxisRange>& seen) {
    m_saturation->offerRegion(seen);
}

QString ExperimentsPage::stateText() const {
    return m_state->text();
}

void ExperimentsPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    m_tables->setLookedAt(true);
}

void ExperimentsPage::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    m_tables->setLookedAt(false);
}

QString ExperimentsPage::publishedState() const {
    if (!m_session.study()->file().saturation)
        return tr("The study is made of published tables, without genotypes to try anything on. With the "
                  "saturation round the drivers, which may be imported with them, that is shown here.");
    if (m_tables->error())
        return QString::fromStdString(m_tables->error()->what + " " + m_tables->error()->where);
    if (!m_tables->isRead())
        return tr("reading…");
    return m_tables->drivers().empty() ? tr("The saturation holds no driver of this gene.") : QString();
}

void ExperimentsPage::refresh() {
    const auto shown = static_cast<int>(m_experiments.requests().shown);
    const bool isPublished = m_session.isPublished();
    m_panels->setCurrentIndex(isPublished ? m_panels->count() - 1 : shown);
    m_kinds->button(shown)->setChecked(true);
    for (QAbstractButton* tab : m_kinds->buttons())
        tab->setVisible(!isPublished);
    const Gene* gene = m_session.shown().gene();
    m_gene->setFullText(gene != nullptr ? geneText(*gene) : QString());

    const auto stateOf = [this](auto member) { return (m_experiments.*member)(); };
    bool running = false, checked = true, any = false;
    std::optional<Error> error = m_experiments.locusError();
    const auto take = [&](const auto& state) {
        running = state.running;
        checked = state.checked;
        any = state.outcome != nullptr;
        if (!error)
            error = state.error;
    };
    switch (m_experiments.requests().shown) {
    case ExperimentKind::WhatIf:
        take(stateOf(&Experiments::whatIf));
        break;
    case ExperimentKind::Ablation:
        take(stateOf(&Experiments::ablation));
        break;
    case ExperimentKind::Saturation:
        take(stateOf(&Experiments::saturation));
        break;
    case ExperimentKind::Audit:
        take(stateOf(&Experiments::audit));
        break;
    }
    QString text;
    if (gene == nullptr)
        text = tr("Choose a gene on the left, or type its name above.");
    else if (m_session.isPublished())
        text = publishedState();
    else if (!m_session.model().predictor())
        text = tr("Open a model first.");
    else if (error && error->kind == ErrorKind::Cancelled)
        text = tr("stopped · scores so far are kept");
    else if (error)
        text = QStringList{QString::fromStdString(error->what), QString::fromStdString(error->where),
                           QString::fromStdString(error->remedy)}
                   .join(QLatin1Char(' '))
                   .simplified();
    else if (!m_experiments.locus())
        text = tr("making the locus ready…");
    else if (running)
        text = any && !checked ? tr("not checked yet…") : tr("computing…");
    else if (m_experiments.waitsForReport())
        text = m_session.shown().error() ? QString::fromStdString(m_session.shown().error()->what)
                                         : tr("waiting for the gene's drivers…");
    m_state->setText(text);
    setRole(m_state, error && error->kind != ErrorKind::Cancelled ? "warning" : "small");
    m_stop->setVisible(running || m_experiments.isPreparing());
    m_again->setVisible(error.has_value());
}

} // namespace diploscope::ui
