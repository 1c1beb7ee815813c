// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: what is done in its parts becomes steps of the document, and the parts follow it.
#include "main_window.h"

#include "base/atomic_file.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/genome_text.h"
#include "viewmodels/number_text.h"
#include "views/dialog_parts.h"
#include "views/experiments_page.h"
#include "views/export_places.h"
#include "views/gene_list_panel.h"
#include "views/gene_page.h"
#include "views/locus_panel.h"
#include "views/menu_text.h"
#include "views/message_stack.h"
#include "views/regions_dialog.h"
#include "views/window_actions.h"

#include <QAction>
#include <QFileDialog>
#include <QScopedValueRollback>

namespace diploscope::ui {

namespace {

using Kind = DocumentStack::Kind;

/// What the Edit menu calls it. \param report may be null
QString nameOfSelecting(const Selected& before, const Selected& now, const GeneReport* report) {
    const QString select = MainWindow::tr("Select %1");
    const auto variants = static_cast<qsizetype>(now.variants.size());
    const auto people = static_cast<qsizetype>(now.people.size());
    if (now.variants != before.variants && variants > 1)
        return select.arg(countedText(variants, MainWindow::tr("SNV"), MainWindow::tr("SNVs")));
    if (now.variants != before.variants && variants == 1) {
        const Variant& variant = *now.variants.begin();
        const std::optional<size_t> known = report == nullptr ? std::nullopt : report->find(variant);
        return select.arg(known ? variantText(report->variants[*known])
                                : QString::fromStdString(toText(variant)));
    }
    if (now.people != before.people && people > 1)
        return select.arg(countedText(people, MainWindow::tr("person"), MainWindow::tr("people")));
    if (now.people != before.people && people == 1)
        return select.arg(shownName(*now.people.begin()));
    return MainWindow::tr("Clear the selection");
}

/// \param table whose genes have names
QString nameOfSelectingGenes(const QSet<QString>& genes, const GenomeTable& table) {
    if (genes.isEmpty())
        return MainWindow::tr("Clear the selection");
    const QString select = MainWindow::tr("Select %1");
    if (genes.size() > 1)
        return select.arg(countedText(genes.size(), MainWindow::tr("gene"), MainWindow::tr("genes")));
    const std::string id = genes.begin()->toStdString();
    const std::optional<size_t> row = table.rowOfGene(id);
    return select.arg(shownName(row ? table.genes()[*row].geneName : id));
}

QString shortModelName(const QString& model) {
    return shownName(model.section(QLatin1Char('/'), -1).toStdString());
}

} // namespace

void MainWindow::connectDocument() {
    QUndoStack& steps = m_documents.steps();
    connect(&m_documents, &DocumentStack::changed, this, &MainWindow::follow);
    connect(&steps, &QUndoStack::indexChanged, this, &MainWindow::showSteps);
    connect(m_actions->undo, &QAction::triggered, this, [this, &steps] {
        const QScopedValueRollback undoing(m_undoing, true);
        steps.undo();
    });
    connect(m_actions->redo, &QAction::triggered, this, [this, &steps] {
        const QScopedValueRollback undoing(m_undoing, true);
        steps.redo();
    });
    for (const auto signal : {&Selection::variantsChanged, &Selection::peopleChanged})
        connect(&m_selection, signal, this, &MainWindow::takeSelection);
    connect(&m_genePage->locus(), &LocusPanel::regionChosen, this, [this] {
        change(
            tr("Zoom"), [this](Document& next) { next.region = m_genePage->locus().region(); }, Kind::Zoom);
    });
    connect(&m_genePage->locus(), &LocusPanel::placeChosen, this, [this](const QString& name) {
        const QScopedValueRollback jumping(m_jumping, true);
        change(tr("Go to %1").arg(name),
               [this](Document& next) { next.region = m_genePage->locus().region(); });
    });
    connect(&m_genePage->locus(), &LocusPanel::placeTyped, this, &MainWindow::goTo);
    connect(&m_genePage->locus(), &LocusPanel::attributionChosen, this, [this](Attribution attribution) {
        change(attribution == Attribution::Gradient ? tr("Show the gradient") : tr("Show ISM"),
               [attribution](Document& next) { next.attribution = attribution; });
    });
    connect(&m_genePage->locus(), &LocusPanel::regionsWanted, this, &MainWindow::showRegions);
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
        change(model.isEmpty() ? tr("Hold the model against what is observed")
                               : tr("Hold the model against %1").arg(shortModelName(model)),
               [&model](Document& next) { next.against = model.toStdString(); });
    });
    connect(m_experimentsPage, &ExperimentsPage::asked, this,
            [this](const QString& name, const ExperimentRequests& requests) {
                change(name, [&requests](Document& next) { next.experiments = requests; });
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
            nameOfSelectingGenes(m_genome.selected(), *m_genome.table()),
            [this](Document& next) { next.genome.genes = m_genome.selected(); }, Kind::Selection);
    });
    m_autosavePause.setSingleShot(true);
    m_autosavePause.setInterval(500);
    connect(&m_autosavePause, &QTimer::timeout, this, &MainWindow::autosave);
    showSteps();
}

void MainWindow::change(const QString& name, const std::function<void(Document&)>& edit, Kind kind) {
    if (!isOpen())
        return;
    Document next = m_documents.document();
    edit(next);
    m_documents.change(name, std::move(next), kind);
}

void MainWindow::follow(const Document& before, bool byStep) {
    const Document& now = m_documents.document();
    if (isOpen())
        followInSession(before, now);
    m_selection.select(now.selected);
    m_genePage->setSnvColour(now.colour);
    m_genePage->setAgainst(now.against);
    m_genePage->locus().setAttribution(now.attribution);
    m_genePage->locus().setArrangement(now.tracks);
    m_genePage->locus().setReferences(now.references);
    m_genePage->locus().setRegions(now.regions);
    if (auto* dialog = findChild<RegionsDialog*>(QString(), Qt::FindDirectChildrenOnly))
        dialog->setRegions(now.regions);
    m_genePage->locus().setRegion(now.region);
    m_experimentsPage->offerRegion(now.region);
    m_experiments.setRequests(now.experiments); // which fill the fields in the end
    m_genes->setFilterText(QString::fromStdString(now.filter));
    m_genome.setNull(now.genome.null);
    m_genome.setSelected(now.genome.genes);
    m_genome.runs().follow(now.genome.run);
    takePlace(before);
    showPage();
    if (now.colour != before.colour && byStep) { // a session file is nobody's preference
        m_preferences.snvColour = now.colour;
        remember();
    }
    if (m_options.remember && !m_autosavePause.isActive())
        m_autosavePause.start();
}

/// Models and scores take a while to open: only another wish than before is one.
void MainWindow::followInSession(const Document& before, const Document& now) {
    const QString model = QString::fromStdString(now.model);
    if (now.scores != before.scores || now.model != before.model) {
        for (const auto& [of, request] : now.scores.byModel())
            m_session.model().askOf(of, request);
        if (!model.isEmpty() && !now.scores.of(now.model))
            m_session.model().askOf(now.model, std::nullopt);
    }
    if (now.model != before.model && !model.isEmpty() && model != m_session.model().choice())
        m_session.chooseModel(model);
    const QString gene = QString::fromStdString(now.gene);
    if (gene.isEmpty())
        m_session.hideGene();
    else if (now.gene != m_session.shown().geneId() &&
             m_session.genes().find(gene)) // or the published model lacks it
        m_session.showGene(gene);
}

void MainWindow::showRegions() {
    auto* dialog = findChild<RegionsDialog*>(QString(), Qt::FindDirectChildrenOnly);
    if (dialog == nullptr) {
        dialog = new RegionsDialog(this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        LocusPanel& locus = m_genePage->locus();
        for (const auto signal : {&ChartView::rangesChanged, &ChartView::figureChanged})
            connect(&locus.view(), signal, dialog, [dialog, &locus] { dialog->setSeen(locus.seenBases()); });
        connect(dialog, &RegionsDialog::changed, this,
                [this](const QString& step, const std::vector<RegionOfInterest>& regions) {
                    change(step, [&regions](Document& next) { next.regions = regions; });
                });
        connect(dialog, &RegionsDialog::showWanted, this, // also where another gene's window holds it
                [this](const Region& region) { goTo(QString::fromStdString(toText(region))); });
        connect(dialog, &RegionsDialog::exportWanted, this, &MainWindow::askToSaveRegions);
    }
    dialog->setSeen(m_genePage->locus().seenBases());
    dialog->setRegions(m_documents.document().regions);
    dialog->show();
    dialog->raise();
}

void MainWindow::askToSaveRegions() {
    askForExport(
        m_jobs, this,
        {.title = tr("Save the regions of interest"),
         .proposal = QStringLiteral("regions.bed"),
         .suffix = QStringLiteral("bed"),
         .filters = {tr("BED (*.bed)")}},
        m_session.study(), this, [this](const QString& file) {
            m_jobs.run<QString>(
                tr("Saving %1").arg(file.section(QLatin1Char('/'), -1)), {}, JobRunner::Priority::Seen,
                [file, text = toBed(m_documents.document().regions)](const RunContext&) -> Result<QString> {
                    DS_TRY(writeFileAtomically(std::filesystem::path(file.toStdString()), text));
                    return file;
                },
                this,
                [this](const Result<QString>& written) {
                    if (written)
                        m_messages->tell(tr("Regions saved"), *written);
                    else
                        showError(written.error());
                });
        });
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

void MainWindow::setModel(Document& document, const QString& model) const {
    ui::chooseModel(document, model.toStdString());
    if (const std::optional<ScoreRequest> asked = m_session.model().asked().of(document.model))
        document.scores.set(document.model, asked);
}

void MainWindow::chooseModel(const QString& model) {
    if (!isOpen() || model.toStdString() == m_documents.document().model)
        return m_session.chooseModel(model); // once more, after a failure
    change(tr("Model %1").arg(shortModelName(model)),
           [this, &model](Document& next) { setModel(next, model); });
}

void MainWindow::takeModel() {
    if (m_wish.allGenes && m_session.model().predictor() && m_session.shown().gene() == nullptr) {
        m_wish.allGenes = false;
        analyseAll();
    }
    const QString model = m_session.model().choice();
    if (model.toStdString() != m_documents.document().model)
        change(tr("Model %1").arg(shortModelName(model)),
               [this, &model](Document& next) { setModel(next, model); });
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

void MainWindow::showGenePage() {
    change(tr("Show one gene"), [](Document& next) { next.page = Document::Page::Gene; });
    showPage();
}

void MainWindow::showExperimentsPage() {
    change(tr("Show what is tried"), [](Document& next) { next.page = Document::Page::Experiments; });
    showPage();
}

void MainWindow::showGenomePage() {
    change(tr("Show all genes"), [](Document& next) { next.page = Document::Page::Genome; });
    showPage();
}

} // namespace diploscope::ui
