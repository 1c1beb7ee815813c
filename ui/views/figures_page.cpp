// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/figures_page.h"

#include "base/log.h"
#include "figure/design_edits.h"
#include "figures/figure_registry.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/language.h"
#include "views/dialog_parts.h"
#include "views/elided_button.h"
#include "views/figure_dialog.h"
#include "views/figure_form.h"
#include "views/figure_saver.h"
#include "views/guide_button.h"
#include "views/panel_form.h"
#include "views/session_sources.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace diploscope::ui {

FiguresPage::FiguresPage(Session& session, Genome& genome, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_genome(genome)
    , m_reader(new DesignReader(
          session.jobs(), [this] { return sourcesOf(m_session); }, this))
    , m_state(makeText({}, "warning", true))
    , m_add(new QToolButton)
    , m_templates(new QToolButton)
    , m_size(new QToolButton)
    , m_several(new QPushButton(tr("For several genes…")))
    , m_save(new QPushButton(tr("Save figure…")))
    , m_withData(new QCheckBox(tr("Source data")))
    , m_canvas(new DesignCanvas(DesignCanvas::Use::Arrange))
    , m_figureForm(new FigureForm)
    , m_panelForm(new PanelForm(true)) {
    setGuidePlace(*this, QStringLiteral("figures.md"));
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(16, 10, 16, 14);
    all->setSpacing(SmallGap);
    all->addWidget(makeHead());
    all->addWidget(m_state);
    auto* row = new QHBoxLayout;
    row->setSpacing(Gap);
    row->addWidget(m_canvas, 1);
    row->addWidget(makeColumn());
    all->addLayout(row, 1);
    m_state->hide();

    connect(m_reader, &DesignReader::ready, this, &FiguresPage::takeReady);
    connect(m_reader, &DesignReader::failed, this, [this](const Error& error) {
        if (error.kind != ErrorKind::Cancelled)
            tell(error);
        m_canvas->setOutOfDate(true);
        if (m_figure.panels.empty())
            m_canvas->showWords(QString::fromStdString(error.what));
    });
    connect(m_reader, &DesignReader::readingChanged, this, &FiguresPage::showState);
    connect(m_canvas, &DesignCanvas::dpiChanged, this, &FiguresPage::redraw);
    connect(m_canvas, &DesignCanvas::panelChosen, this, &FiguresPage::showForms);
    connect(m_canvas, &DesignCanvas::panelMoved, this, &FiguresPage::move);
    connect(m_canvas, &DesignCanvas::panelRemoved, this, &FiguresPage::remove);
    connect(m_canvas, &DesignCanvas::editWanted, this, [this](size_t panel, DesignCanvas::Label label) {
        if (panel < m_design.panels.size() && panel < m_canvas->places().size())
            m_canvas->edit(panel, label,
                           labelWords(m_design.panels[panel], m_canvas->places()[panel], label));
    });
    connect(m_canvas, &DesignCanvas::edited, this, &FiguresPage::takeLabel);
    connect(m_figureForm, &FigureForm::edited, this, [this](const QString& step, const FigureDesign& design) {
        take(step, design, m_canvas->chosen());
    });
    connect(m_panelForm, &PanelForm::edited, this, [this](const QString& step, const FigureDesign& design) {
        take(step, design, m_canvas->chosen());
    });
    connect(m_panelForm, &PanelForm::refused, this, [this](const Error& error) {
        tell(error);
        showForms();
    });
    // What was read is of a study, a model and settings that may be others now.
    const auto forget = [this] {
        m_reader->forget();
        m_isRead = false;
        refresh();
    };
    for (const auto signal : {&Session::studyOpened, &Session::studyClosed, &Session::settingsChanged,
                              &Session::modelChanged, &Session::scoreChanged})
        connect(&session, signal, this, forget);
    connect(&genome, &Genome::tableChanged, this, forget);
    connect(&session.shown(), &ShownGene::geneChanged, this, &FiguresPage::showState);
    showForms();
    showState();
}

QWidget* FiguresPage::makeHead() {
    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(SmallGap);
    const std::pair<QToolButton*, QString> menus[] = {{m_add, tr("Add a panel")},
                                                      {m_templates, tr("Templates")}};
    for (const auto& [button, words] : menus) {
        button->setText(words + QStringLiteral(" ▾"));
        button->setPopupMode(QToolButton::InstantPopup);
        button->setMenu(new QMenu(button));
        row->addWidget(button);
    }
    connect(m_add->menu(), &QMenu::aboutToShow, this, &FiguresPage::fillAdd);
    connect(m_templates->menu(), &QMenu::aboutToShow, this, &FiguresPage::fillTemplates);
    m_size->setText(tr("True size"));
    m_size->setCheckable(true);
    m_size->setToolTip(tr("As large as it will be printed; else as it fits"));
    connect(m_size, &QToolButton::toggled, this, [this](bool isTrue) {
        m_canvas->setSize(isTrue ? DesignCanvas::Size::True : DesignCanvas::Size::Fit);
    });
    row->addWidget(m_size);
    row->addStretch(1);
    m_withData->setToolTip(tr("What is plotted, as TSV beside the figure: a section for each panel"));
    row->addWidget(m_withData);
    row->addWidget(m_several);
    m_save->setProperty("role", QStringLiteral("primary"));
    row->addWidget(m_save);
    connect(m_several, &QPushButton::clicked, this, &FiguresPage::askForGenes);
    connect(m_save, &QPushButton::clicked, this, &FiguresPage::askToSave);
    return head;
}

QWidget* FiguresPage::makeColumn() {
    // Fields that are wide stand below their words: what the forms do not take is the sheet's.
    for (const QWidget* form : {static_cast<QWidget*>(m_figureForm), static_cast<QWidget*>(m_panelForm)})
        static_cast<QFormLayout*>(form->layout())->setRowWrapPolicy(QFormLayout::WrapLongRows);
    const Card figure = makeCard(tr("Figure"));
    figure.layout->addWidget(m_figureForm);
    const Card panel = makeCard(tr("Panel"));
    panel.layout->addWidget(m_panelForm);
    auto* column = new QWidget;
    auto* cards = new QVBoxLayout(column);
    cards->setContentsMargins(0, 0, 4, 0);
    cards->setSpacing(Gap);
    cards->addWidget(panel.frame);
    cards->addWidget(figure.frame);
    cards->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setWidget(column);
    constexpr int bar = 14;
    scroll->setFixedWidth(column->minimumSizeHint().width() + bar);
    return scroll;
}

void FiguresPage::setLookedAt(bool lookedAt) {
    m_lookedAt = lookedAt;
    refresh();
}

void FiguresPage::setDesign(const FigureDesign& design) {
    if (design == m_design)
        return;
    m_design = design;
    m_isRead = false;
    const std::optional<size_t> chosen = m_next ? m_next : m_canvas->chosen();
    m_next.reset();
    m_canvas->setChosen(chosen && *chosen < design.panels.size() ? chosen : std::nullopt);
    refresh();
}

void FiguresPage::refresh() {
    showForms();
    showState();
    if (!m_lookedAt || m_isRead || !m_session.study())
        return;
    m_isRead = true;
    m_state->hide();
    if (m_design.panels.empty()) {
        m_figure = {};
        m_picture.reset();
        m_canvas->showWords(
            tr("There is no figure yet.\n\nAdd a panel, begin with a template, or choose “Add to "
               "the figure” in the menu of any chart."));
        return;
    }
    m_canvas->setOutOfDate(true);
    if (m_figure.panels.empty())
        m_canvas->showWords(tr("Reading what the figure shows…"));
    m_reader->read(m_design);
}

void FiguresPage::takeReady(const DesignedFigure& figure) {
    m_figure = figure;
    redraw();
}

/// In a turn of its own, once for all that changed before.
void FiguresPage::redraw() {
    if (m_figure.panels.empty() || std::exchange(m_redrawing, true))
        return;
    m_session.jobs().runHere(this, [this] {
        m_redrawing = false;
        if (m_figure.panels.empty())
            return;
        const auto group = QStringLiteral("composer's picture");
        m_session.jobs().cancelGroup(group); // an older one must not come after what is told of this one
        const Result<DesignPicture> picture = pictureOf(m_figure, m_canvas->dpi());
        if (!picture)
            return showPicture(picture);
        fillPicture(m_session.jobs(), group, *picture, this,
                    [this](const Result<DesignPicture>& filled) { showPicture(filled); });
    });
}

void FiguresPage::showPicture(const Result<DesignPicture>& picture) {
    if (m_figure.panels.empty() || m_redrawing) // meanwhile there is nothing, or a newer one to come
        return;
    if (!picture) {
        if (picture.error().kind == ErrorKind::Cancelled) // with all jobs: what was shown stays
            return;
        m_picture.reset();
        m_canvas->showWords(QString::fromStdString(picture.error().what));
        return tell(picture.error());
    }
    m_picture = *picture;
    m_canvas->show(m_picture->pixels, *m_picture);
    m_canvas->setOutOfDate(m_figure.design != m_design);
    showForms();
}

void FiguresPage::showForms() {
    const bool isDrawn = m_picture && m_figure.design == m_design;
    const std::optional<size_t> chosen = m_canvas->chosen();
    QSizeF size(twoColumnsMm, 120);
    if (m_picture)
        size = m_picture->sizeMm;
    m_figureForm->show(m_design, size);
    m_figureForm->setEnabled(!m_design.panels.empty());
    const bool isKnown = isDrawn && chosen && *chosen < m_picture->places.size();
    m_panelForm->show(m_design, chosen, isKnown ? &m_picture->places[*chosen] : nullptr);
}

void FiguresPage::showState() {
    const bool open = m_session.study() != nullptr;
    const bool any = open && !m_design.panels.empty();
    m_add->setEnabled(open);
    m_templates->setEnabled(open);
    m_size->setEnabled(any);
    m_save->setEnabled(any);
    m_withData->setEnabled(any);
    m_several->setEnabled(any && !m_session.isPublished());
}

void FiguresPage::tell(const Error& error) {
    m_state->setText(QString::fromStdString(error.message()));
    m_state->show();
    logError(error);
}

void FiguresPage::take(const QString& step, const FigureDesign& design, std::optional<size_t> chosen) {
    m_state->hide();
    m_next = chosen;
    Q_EMIT asked(step, design);
    m_next.reset();
}

void FiguresPage::move(size_t panel, int row, int column) {
    FigureDesign next = m_design;
    if (panel >= next.panels.size())
        return;
    const size_t now = movePanel(next, panel, row, column);
    if (next != m_design)
        take(tr("Move a panel"), next, now);
}

void FiguresPage::remove(size_t panel) {
    FigureDesign next = m_design;
    if (panel >= next.panels.size())
        return;
    removePanel(next, panel);
    take(tr("Take a panel away"), next, std::nullopt);
    m_canvas->setChosen(std::nullopt);
    showForms();
}

void FiguresPage::takeLabel(size_t panel, DesignCanvas::Label label, const QString& words) {
    FigureDesign next = m_design;
    if (panel >= next.panels.size() || panel >= m_canvas->places().size())
        return;
    if (const Result<void> set = setLabel(next.panels[panel], m_canvas->places()[panel], label, words); !set)
        return tell(set.error());
    if (next != m_design)
        take(tr("Label of a panel"), next, panel);
}

void FiguresPage::fillAdd() {
    QMenu* menu = m_add->menu();
    menu->clear();
    const Gene* gene = m_session.shown().gene();
    const auto add = [&](const QString& title, FigureKind kind) {
        menu->addSection(title);
        for (const FigureEntry& entry : figuresOf(kind))
            menu->addAction(translated(entry.title), this, [this, &entry] { addPanelOf(entry); });
    };
    if (gene != nullptr && !m_session.isPublished())
        add(tr("Of %1").arg(geneText(*gene)), FigureKind::Gene);
    add(tr("Of all genes"), FigureKind::Genome);
    menu->addSeparator();
    QAction* hint = menu->addAction(tr("What is tried, and people: from their charts' menus"));
    hint->setEnabled(false);
}

void FiguresPage::addPanelOf(const FigureEntry& entry) {
    if (!m_session.study())
        return;
    const Gene* gene = m_session.shown().gene();
    m_session.jobs().run<FigureDesign>(
        {}, {}, JobRunner::Priority::Seen,
        [&entry, origin = originOf(m_session), id = gene != nullptr ? gene->id : std::string(),
         model =
             m_session.isPublished() ? m_session.model().choice().toStdString() : m_session.model().name()](
            const RunContext&) -> Result<FigureDesign> { return freshDesign(entry, origin, id, model); },
        this,
        [this](const Result<FigureDesign>& single) {
            if (!single)
                return tell(single.error());
            FigureDesign next = m_design;
            const size_t now = addPanel(next, *single);
            take(tr("Add a panel"), next, now);
        });
}

} // namespace diploscope::ui
