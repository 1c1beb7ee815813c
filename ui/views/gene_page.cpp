// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/gene_page.h"

#include "viewmodels/motif_finder.h"
#include "viewmodels/other_models.h"
#include "views/driver_panel.h"
#include "views/effects_panel.h"
#include "views/gene_header.h"
#include "views/guide_button.h"
#include "views/locus_panel.h"
#include "views/person_card.h"
#include "views/scatter_panel.h"
#include "views/snv_inspector.h"
#include "views/update_pacer.h"

#include <QPushButton>
#include <QResizeEvent>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <set>
#include <utility>

namespace diploscope::ui {
namespace {

constexpr int partialEveryMs = 250;
constexpr int lowPage = 640; ///< pixels; what is less has smaller gaps, as its charts need the room

} // namespace

GenePage::GenePage(Session& session, Selection& selection, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_selection(selection)
    , m_pages(new QStackedWidget)
    , m_header(new GeneHeader)
    , m_scatter(new ScatterPanel(session, selection))
    , m_effects(new EffectsPanel(session, selection))
    , m_locus(new LocusPanel(session, selection))
    , m_drivers(new DriverPanel(session, selection))
    , m_inspector(new SnvInspector(session, selection))
    , m_person(new PersonCard(session, selection))
    , m_motifs(new MotifFinder(session.jobs(), this))
    , m_models(new OtherModels(session, this))
    , m_side(new QWidget)
    , m_pacer(new UpdatePacer(partialEveryMs, this)) {
    setGuidePlace(*this, QStringLiteral("reading.md"));
    m_pages->addWidget(makeEmpty());
    m_pages->addWidget(makeErrorCard());
    m_pages->addWidget(makeContent());
    auto* all = new QVBoxLayout(this);
    all->addWidget(m_header);
    all->addWidget(m_pages, 1);

    connect(m_pacer, &UpdatePacer::due, this, &GenePage::showReport);
    connect(m_locus, &LocusPanel::snvColourChosen, this, [this](SnvColour colour) {
        m_effects->setSnvColour(colour);
        Q_EMIT snvColourChosen(colour);
    });
    connect(m_motifs, &MotifFinder::found, m_inspector, &SnvInspector::setMotifs);
    connect(m_motifs, &MotifFinder::dropped, m_inspector, &SnvInspector::dropMotifs);
    connect(m_motifs, &MotifFinder::failed, this, &GenePage::failed);
    connect(m_inspector, &SnvInspector::variantShown, this, &GenePage::askForMotifs);
    connect(m_locus, &LocusPanel::arrangementChanged, this, &GenePage::askForMotifs);
    connect(m_locus, &LocusPanel::arrangementChanged, this, &GenePage::askForModels);
    connect(m_models, &OtherModels::changed, this, &GenePage::showModels);
    connect(m_models, &OtherModels::failed, this, &GenePage::failed);
    for (AgainstPanel* panel : std::initializer_list<AgainstPanel*>{m_scatter, m_effects})
        connect(panel, &AgainstPanel::againstChosen, this, [this](const QString& model) {
            if (model.toStdString() == m_against)
                return;
            setAgainst(model.toStdString());
            Q_EMIT againstChosen(model);
        });
    connect(&session.shown(), &ShownGene::geneChanged, this, &GenePage::takeGene);
    connect(&session.shown(), &ShownGene::reportChanged, this, &GenePage::takeReport);
    connect(&session, &Session::modelChanged, this, &GenePage::takeReport);
    if (const auto style = ChartStyle::screen(lightTheme()))
        setChartStyle(*style);
    takeGene();
}

void GenePage::setDrag(ChartView::Drag drag) {
    for (ChartPanel* panel : std::initializer_list<ChartPanel*>{m_scatter, m_effects, m_locus})
        panel->view().setDrag(drag);
}

void GenePage::setSnvColour(SnvColour colour) {
    m_effects->setSnvColour(colour);
    m_locus->setSnvColour(colour);
}

void GenePage::setAgainst(const std::string& model) {
    if (std::exchange(m_against, model) != model)
        askForModels();
}

/// Those whose tracks are shown, and the one that the upper charts are of.
void GenePage::askForModels() {
    std::set<std::string> wanted{m_against};
    for (const ShownModel& model : m_models->models())
        if (isShown(m_locus->arrangement(), model.key))
            wanted.insert(model.model);
    m_models->want(wanted);
    showModels();
}

void GenePage::showModels() {
    const std::vector<ShownModel> models = m_models->models();
    m_locus->setModels(models);
    const bool hasReads = m_shown && m_shown->allelic;
    m_scatter->setModels(models, m_against, hasReads);
    m_effects->setModels(models, m_against, hasReads);
}

QWidget* GenePage::makeContent() {
    auto* upper = new QHBoxLayout;
    upper->addWidget(m_scatter, 1);
    upper->addWidget(m_effects, 1);
    // A low window scrolls: below its least height the locus' tracks would lie over each other.
    auto* board = new QWidget;
    auto* charts = new QVBoxLayout(board);
    charts->setContentsMargins(0, 0, 0, 0);
    charts->addLayout(upper, 9);
    charts->addWidget(m_locus, 13);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    board->setAutoFillBackground(false);
    scroll->setWidget(board);
    auto* side = new QVBoxLayout(m_side);
    side->setContentsMargins(0, 0, 0, 0);
    side->addWidget(m_drivers, 2);
    side->addWidget(m_person, 4);
    side->addWidget(m_inspector, 3);
    connect(m_person, &PersonCard::peopleChanged, this, &GenePage::showPerson);
    showPerson();

    auto* content = new QWidget;
    auto* row = new QHBoxLayout(content);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(scroll, 1);
    m_spaced = {upper, charts, side, row};
    row->addWidget(m_side);
    return content;
}

QWidget* GenePage::makeErrorCard() {
    auto* card = new PanelCard(tr("This gene could not be analysed"));
    m_errorCard = card;
    m_errorWhat = new QLabel;
    m_errorWhere = new QLabel;
    m_errorRemedy = new QLabel;
    card->content()->setSpacing(10);
    for (QLabel* label : {m_errorWhat, m_errorWhere, m_errorRemedy}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        card->content()->addWidget(label);
    }
    auto* again = new QPushButton(tr("Try again"));
    connect(again, &QPushButton::clicked, this, [this] {
        if (m_session.shown().gene() != nullptr)
            m_session.showGene(QString::fromStdString(m_session.shown().gene()->id));
    });
    card->content()->addWidget(again, 0, Qt::AlignLeft);
    card->setMaximumWidth(640);

    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 24, 0, 0);
    column->addWidget(card, 0, Qt::AlignHCenter);
    column->addStretch(1);
    card->setMinimumWidth(420);
    return page;
}

QWidget* GenePage::makeEmpty() {
    m_empty = new QLabel(tr("Choose a gene on the left, or type its name above."));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    return m_empty;
}

GenePage::State GenePage::state() const {
    switch (m_pages->currentIndex()) {
    case 0:
        return State::Empty;
    case 1:
        return State::Failed;
    default:
        return State::Shown;
    }
}

QString GenePage::errorText() const {
    if (state() != State::Failed)
        return {};
    return QStringList{m_errorWhat->text(), m_errorWhere->text(), m_errorRemedy->text()}.join(
        QLatin1Char('\n'));
}

void GenePage::setChartStyle(const ChartStyle& style) {
    m_header->setChartStyle(style);
    for (PanelCard* card : std::initializer_list<PanelCard*>{m_scatter, m_effects, m_locus, m_drivers,
                                                             m_inspector, m_person, m_errorCard})
        card->setChartStyle(style);
    m_empty->setFont(style.font(style.titleSize + 2));
    setTextColour(*m_empty, style.theme.muted);
    for (QLabel* label : {m_errorWhat, m_errorWhere, m_errorRemedy})
        label->setFont(style.textFont());
    setTextColour(*m_errorWhat, style.theme.text);
    setTextColour(*m_errorWhere, style.theme.muted);
    setTextColour(*m_errorRemedy, style.theme.accent);
    QPalette ground = palette();
    ground.setColor(QPalette::Window, style.theme.ground);
    setPalette(ground);
    setAutoFillBackground(true);
}

void GenePage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_side->setFixedWidth(std::clamp(width() * 29 / 100, 300, 372));
    const bool low = height() < lowPage;
    layout()->setContentsMargins(16, low ? 6 : 10, 16, low ? 8 : 14);
    layout()->setSpacing(low ? 6 : 10);
    for (QBoxLayout* line : m_spaced)
        line->setSpacing(low ? 10 : 14);
}

void GenePage::takeGene() {
    m_pacer->now();
    const std::string gene = m_session.shown().geneId();
    if (std::exchange(m_gene, gene) == gene)
        return;
    m_selection.clear();
    m_locus->setRegion(std::nullopt);
}

void GenePage::askForMotifs() {
    std::vector<std::filesystem::path> files;
    if (const auto& study = m_session.study())
        files = study->file().motifs;
    const auto& added = m_locus->arrangement().motifs;
    files.insert(files.end(), added.begin(), added.end());
    m_motifs->want(m_session.study(), m_inspector->variant(), files);
}

void GenePage::takeReport() {
    // The first word on a gene and the last one are shown at once; what comes between, when it is time.
    const auto& report = m_session.shown().report();
    if (report && !report->complete && m_shown && !m_session.shown().error())
        m_pacer->soon();
    else
        m_pacer->now();
}

void GenePage::showHeader() {
    if (m_session.shown().gene() == nullptr) {
        m_header->show({});
        return;
    }
    GeneSummary summary = geneSummary(*m_session.shown().gene(), m_session.shown().report().get());
    const auto& error = m_session.shown().error();
    if (error) {
        const bool stopped = error->kind == ErrorKind::Cancelled;
        summary.verdict = stopped ? tr("stopped · scores so far are kept") : tr("failed");
        summary.tone = GeneSummary::Tone::Neutral;
    } else if (!m_session.shown().report()) {
        summary.verdict = m_session.model().predictor() ? tr("computing…") : tr("no model is open");
        summary.tone = m_session.model().predictor() ? GeneSummary::Tone::Busy : GeneSummary::Tone::Neutral;
    }
    m_header->show(summary);
}

void GenePage::showPerson() {
    m_person->setVisible(m_person->hasPeople());
    m_drivers->setVisible(!m_person->hasPeople());
}

void GenePage::showReport() {
    showHeader();
    const auto& error = m_session.shown().error();
    const bool failed = error && error->kind != ErrorKind::Cancelled;
    m_pages->setCurrentIndex(m_session.shown().gene() == nullptr ? 0 : failed ? 1 : 2);
    if (failed) {
        m_errorWhat->setText(QString::fromStdString(error->what));
        m_errorWhere->setText(QString::fromStdString(error->where));
        m_errorWhere->setVisible(!error->where.empty());
        m_errorRemedy->setText(QString::fromStdString(error->remedy));
        m_errorRemedy->setVisible(!error->remedy.empty());
    }
    m_shown = m_session.shown().gene() == nullptr || failed ? nullptr : m_session.shown().report();
    askForModels(); // what another gene's said goes before this one is drawn
    const QString waiting = error                           ? tr("stopped")
                            : m_session.model().predictor() ? tr("computing…")
                                                            : tr("Open a model to see its predictions.");
    for (ChartPanel* panel : std::initializer_list<ChartPanel*>{m_scatter, m_effects, m_locus}) {
        panel->setPlaceholder(m_shown && m_shown->complete ? tr("nothing to show") : waiting);
        panel->setReport(m_shown);
    }
    m_drivers->setReport(m_shown);
    m_inspector->setReport(m_shown);
    m_person->setReport(m_shown);
}

} // namespace diploscope::ui
