// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: what is done in its parts becomes steps of the document, and the parts follow it.
#include "main_window.h"

#include "document/session_wishes.h"
#include "document/step_names.h"
#include "figure/design_edits.h"
#include "viewmodels/counted_text.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/genome_text.h"
#include "viewmodels/model_track.h"
#include "views/dialog_parts.h"
#include "views/experiments_page.h"
#include "views/figures_page.h"
#include "views/gene_list_panel.h"
#include "views/gene_page.h"
#include "views/locus_panel.h"
#include "views/menu_text.h"
#include "views/message_stack.h"
#include "views/region_tools.h"
#include "views/window_actions.h"

#include <QAction>
#include <QFileDialog>

namespace diploscope::ui {

namespace {

using Kind = DocumentStack::Kind;

} // namespace

void MainWindow::connectDocument() {
    QUndoStack& steps = m_documents.steps();
    connect(&m_documents, &DocumentStack::changed, this, &MainWindow::follow);
    connect(&steps, &QUndoStack::indexChanged, this, &MainWindow::showSteps);
    connect(m_actions->undo, &QAction::triggered, &steps, &QUndoStack::undo);
    connect(m_actions->redo, &QAction::triggered, &steps, &QUndoStack::redo);
    for (const auto signal : {&Selection::variantsChanged, &Selection::peopleChanged})
        connect(&m_selection, signal, this, &MainWindow::takeSelection);
    connect(&m_genePage->locus(), &LocusPanel::regionChosen, this, [this] {
        change(
            tr("Zoom"), [this](Document& next) { next.region = m_genePage->locus().region(); }, Kind::Zoom);
    });
    connect(&m_genePage->locus(), &LocusPanel::placeChosen, this, [this](const QString& name) {
        change(
            tr("Go to %1").arg(name), [this](Document& next) { next.region = m_genePage->locus().region(); },
            Kind::Jump);
    });
    connect(&m_genePage->locus(), &LocusPanel::placeTyped, this, &MainWindow::goTo);
    connect(&m_genePage->locus(), &LocusPanel::attributionChosen, this, [this](Attribution attribution) {
        change(attribution == Attribution::Gradient ? tr("Show the gradient") : tr("Show ISM"),
               [attribution](Document& next) { next.attribution = attribution; });
    });
    connect(m_regions, &RegionTools::placeWanted, this, &MainWindow::goTo);
    connect(m_regions, &RegionTools::changed, this,
            [this](const QString& step, const std::vector<RegionOfInterest>& regions) {
                change(step, [&regions](Document& next) { next.regions = regions; });
            });
    connect(&m_genePage->locus(), &LocusPanel::filesWanted, this, [this] {
        QFileDialog* dialog = openFileDialog(this, tr("Tracks for the locus"), QFileDialog::ExistingFiles);
        connect(dialog, &QFileDialog::filesSelected, this,
                [this](const QStringList& files) { m_genePage->locus().addFiles(files); });
    });
    connect(m_genePage, &GenePage::failed, this, &MainWindow::showError);
    connect(&m_genePage->locus(), &LocusPanel::failed, this, &MainWindow::showError);
    connect(&m_genePage->locus(), &LocusPanel::arrangementChosen, this, [this](const QString& step) {
        change(step, [this](Document& next) { next.tracks = m_genePage->locus().arrangement(); });
    });
    connect(&m_genePage->locus(), &LocusPanel::referencesChosen, this, [this](const QString& step) {
        change(step, [this](Document& next) { next.references = m_genePage->locus().references(); });
    });
    connect(m_genePage, &GenePage::snvColourChosen, this, [this](SnvColour colour) {
        change(tr("Colour by %1").arg(titleOf(colour)), [colour](Document& next) { next.colour = colour; });
    });
    connect(m_genePage, &GenePage::againstChosen, this, [this](const QString& model) {
        change(model.isEmpty()         ? tr("Hold the model against what is observed")
               : model == AgainstReads ? tr("Hold the model against reads by copy")
                                       : tr("Hold the model against %1").arg(shortModelName(model)),
               [&model](Document& next) { next.against = model.toStdString(); });
    });
    connect(m_experimentsPage, &ExperimentsPage::asked, this,
            [this](const QString& name, const ExperimentRequests& requests) {
                change(name, [&requests](Document& next) { next.experiments = requests; });
            });
    connect(m_figuresPage, &FiguresPage::asked, this,
            [this](const QString& step, const FigureDesign& design) {
                change(step, [&design](Document& next) { next.figure = design; });
            });
    connect(m_genes, &GeneListPanel::filterChanged, this, [this](const QString& text) {
        change(
            tr("Filter the genes"), [&text](Document& next) { next.filter = text.toStdString(); },
            Kind::Filter);
    });
    connect(&m_genome, &Genome::nullChosen, this, [this] {
        change(tr("Null: %1").arg(nullText(m_genome.null())),
               [this](Document& next) { next.genome.null = m_genome.chosenNull(); });
    });
    connect(&m_genome, &Genome::selectionChanged, this, [this] {
        change(
            nameOfSelecting(m_genome.selected(), *m_genome.table()),
            [this](Document& next) { next.genome.genes = m_genome.selected(); }, Kind::Selection);
    });
    showSteps();
}

void MainWindow::change(const QString& name, const std::function<void(Document&)>& edit, Kind kind) {
    if (!isOpen())
        return;
    Document next = m_documents.document();
    edit(next);
    m_documents.change(name, std::move(next), kind);
}

void MainWindow::follow(const Document& before, DocumentStack::How how) {
    const Document& now = m_documents.document();
    if (isOpen())
        askSession(m_session, before, now);
    m_selection.select(now.selected);
    m_genePage->setSnvColour(now.colour);
    m_genePage->setAgainst(now.against);
    m_genePage->locus().setAttribution(now.attribution);
    m_genePage->locus().setArrangement(now.tracks);
    m_genePage->locus().setReferences(now.references);
    m_genePage->locus().setRegions(now.regions);
    m_regions->setRegions(now.regions);
    m_genePage->locus().setRegion(now.region);
    m_experimentsPage->offerRegion(now.region);
    m_experiments.setRequests(now.experiments); // which fill the fields in the end
    m_genes->setFilterText(QString::fromStdString(now.filter));
    m_genome.setNull(now.genome.null);
    m_genome.setSelected(now.genome.genes);
    m_genome.runs().follow(now.genome.run);
    m_figuresPage->setDesign(now.figure);
    m_places.follow(before, now, how);
    showPlaces();
    showPage();
    // A session file is nobody's preference.
    if (now.colour != before.colour && how != DocumentStack::How::Given) {
        m_preferences.snvColour = now.colour;
        remember();
    }
}

void MainWindow::showSteps() {
    const QUndoStack& steps = m_documents.steps();
    const auto show = [](QAction* action, const QString& verb, const QString& step, bool enabled) {
        action->setText(step.isEmpty() ? verb : verb + QLatin1Char(' ') + menuText(step));
        action->setEnabled(enabled);
    };
    show(m_actions->undo, tr("&Undo"), steps.undoText(), steps.canUndo());
    show(m_actions->redo, tr("&Redo"), steps.redoText(), steps.canRedo());
}

void MainWindow::takeGene() {
    showVariants();
    const Gene* gene = m_session.shown().gene();
    if (gene != nullptr && gene->id != m_documents.document().gene)
        change(tr("Show %1").arg(geneText(*gene)), [gene](Document& next) {
            next = ofGene(std::move(next), gene->id);
            if (next.page == Document::Page::Genome)
                next.page = Document::Page::Gene;
        });
    showPage();
    showState();
    remember();
}

void MainWindow::takeSelection() {
    const Document& now = m_documents.document();
    if (m_session.shown().geneId() != now.gene)
        return; // another gene is on its way into the document, without any
    change(
        nameOfSelecting(now.selected, m_selection.selected(), m_session.shown().report().get()),
        [this](Document& next) { next.selected = m_selection.selected(); }, Kind::Selection);
}

void MainWindow::setModel(const QString& model) {
    change(tr("Model %1").arg(shortModelName(model)), [this, &model](Document& next) {
        ui::chooseModel(next, model.toStdString(), m_session.model().asked());
    });
}

void MainWindow::chooseModel(const QString& model) {
    if (!isOpen() || model.toStdString() == m_documents.document().model)
        return m_session.chooseModel(model); // once more, after a failure
    setModel(model);
}

void MainWindow::takeModel() {
    turnToAllGenes();
    setModel(m_session.model().choice());
    showModels();
}

void MainWindow::takeScore() {
    const std::string model = m_session.model().choice().toStdString();
    const std::optional<ScoreRequest> asked = m_session.model().asked().of(model);
    m_preferences.scores.set(model, asked);
    change(tr("Score of %1").arg(shortModelName(m_session.model().choice())),
           [&](Document& next) { askScore(next, model, asked); });
    showState();
    remember();
}

/// The document held the wish, which the model does not fulfil.
void MainWindow::takeRefusedScore() {
    Document next = m_documents.document();
    const std::string model = m_session.model().choice().toStdString();
    next.scores.set(model, m_session.model().asked().of(model));
    m_documents.amend(std::move(next));
}

void MainWindow::turnTo(Document::Page page) {
    const QString steps[]{tr("Show one gene"), tr("Show all genes"), tr("Show what is tried"),
                          tr("Show the figure")}; // in the order of Page
    change(steps[static_cast<size_t>(page)], [page](Document& next) { next.page = page; });
    showPage();
}

void MainWindow::addToFigure(const FigureDesign& single) {
    change(tr("Add a panel"), [&single](Document& next) { addPanel(next.figure, single); });
    const auto count = static_cast<qsizetype>(m_documents.document().figure.panels.size());
    m_messages->tell(
        tr("Added to the figure"),
        tr("It has %1 now; the page “Figures” shows it.").arg(countedText(count, counted::panels)));
}

} // namespace diploscope::ui
