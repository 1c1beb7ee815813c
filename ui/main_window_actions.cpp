// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: what menus, keys, drops and the window's own edges do.
#include "main_window.h"

#include "viewmodels/dropped_files.h"
#include "viewmodels/model_choices.h"
#include "views/app_theme.h"
#include "views/experiments_page.h"
#include "views/gene_facts_page.h"
#include "views/gene_list_panel.h"
#include "views/gene_page.h"
#include "views/genome_page.h"
#include "views/jobs_panel.h"
#include "views/locus_bar.h"
#include "views/locus_panel.h"
#include "views/message_stack.h"
#include "views/model_manager.h"
#include "views/preferences_dialog.h"
#include "views/score_dialog.h"
#include "views/study_assistant.h"
#include "views/top_bar.h"
#include "views/window_actions.h"

#include <QAbstractButton>
#include <QAction>
#include <QActionGroup>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QTimer>
#include <QUrl>

namespace diploscope::ui {

namespace {

const QString studyEnding = QStringLiteral(".study.json");
const QString sessionEnding = QStringLiteral(".diploscope.json");

QStringList localFiles(const QMimeData* data) {
    QStringList files;
    for (const QUrl& url : data->urls())
        if (url.isLocalFile())
            files << url.toLocalFile();
    return files;
}

} // namespace

void MainWindow::connectActions() {
    const auto on = [this](QAction* action, auto handler) {
        connect(action, &QAction::triggered, this, handler);
    };
    on(m_actions->openStudy, &MainWindow::askForStudy);
    on(m_actions->newStudy, [this] { describeFiles({}); });
    connect(m_actions->openDemo, &QAction::triggered, &m_demo, &DemoMaker::make);
    on(m_actions->closeStudy, &MainWindow::closeStudy);
    on(m_actions->preferences, &MainWindow::editPreferences);
    on(m_actions->quit, [this] { close(); });
    on(m_actions->search, [this] { m_topBar->focusSearch(); });
    on(m_actions->filter, [this] { m_genes->focusFilter(); });
    for (const auto& [action, page] : {std::pair(m_actions->genePage, Document::Page::Gene),
                                       std::pair(m_actions->genomePage, Document::Page::Genome),
                                       std::pair(m_actions->experimentsPage, Document::Page::Experiments),
                                       std::pair(m_actions->figuresPage, Document::Page::Figures)})
        on(action, [this, page = page] { turnTo(page); });
    on(m_actions->back, [this] {
        if (m_places.canGoBack())
            goToPlace(m_places.back(), tr("Back to %1"));
    });
    on(m_actions->forward, [this] {
        if (m_places.canGoForward())
            goToPlace(m_places.forward(), tr("Forward to %1"));
    });
    on(m_actions->region, [this] {
        turnTo(Document::Page::Gene);
        m_genePage->locus().bar().field().setFocus(Qt::ShortcutFocusReason);
        m_genePage->locus().bar().field().selectAll();
    });
    on(m_actions->select, &MainWindow::selectBy);
    connect(m_actions->drags, &QActionGroup::triggered, this, &MainWindow::chooseDrag);
    connect(m_actions->jobs, &QAction::toggled, m_jobsPanel, &JobsPanel::setOpen);
    on(m_actions->previousGene, [this] { m_genes->step(-1); });
    on(m_actions->nextGene, [this] { m_genes->step(1); });
    on(m_actions->analyseAll, &MainWindow::analyseAll);
    on(m_actions->cancel, [this] { m_session.shown().cancel(); });
    on(m_actions->clearSelection, [this] {
        const auto clear = [](Document& next) {
            next.selected = {};
            next.genome.genes = {};
        };
        change(tr("Clear the selection"), clear, DocumentStack::Kind::Selection);
        m_messages->clear();
    });
    on(m_actions->models, &MainWindow::manageModels);
    on(m_actions->score, &MainWindow::chooseScore);
    connect(m_actions, &WindowActions::recentStudyChosen, this,
            [this](const QString& file) { openStudy(file); });
    connect(m_actions, &WindowActions::themeChosen, this, [this](Preferences::ThemeChoice choice) {
        Preferences changed = m_preferences;
        changed.theme = choice;
        applyPreferences(changed);
    });
}

void MainWindow::askForStudy() {
    auto* dialog = new QFileDialog(this, tr("Open a study"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters(
        {tr("Studies (*%1)").arg(studyEnding), tr("Sessions (*%1)").arg(sessionEnding), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) { openStudy(file); });
    dialog->open();
}

void MainWindow::describeFiles(const QStringList& files) {
    auto* assistant = findChild<StudyAssistant*>(QString(), Qt::FindDirectChildrenOnly);
    if (assistant == nullptr) {
        assistant = new StudyAssistant(m_jobs, this);
        assistant->setAttribute(Qt::WA_DeleteOnClose);
        connect(assistant, &StudyAssistant::studySaved, this,
                [this](const QString& file) { openStudy(file); });
    }
    if (!files.isEmpty())
        assistant->addFiles(files);
    assistant->show();
    assistant->raise();
}

void MainWindow::manageModels() {
    auto* manager = findChild<ModelManager*>(QString(), Qt::FindDirectChildrenOnly);
    if (manager == nullptr) {
        manager = new ModelManager(m_jobs, this);
        manager->setAttribute(Qt::WA_DeleteOnClose);
        connect(manager, &ModelManager::modelChosen, this, &MainWindow::chooseModel);
        connect(manager, &ModelManager::listed, this, &MainWindow::lookForModels);
    }
    manager->setStudyModels(modelsOf(m_session.study().get()));
    manager->show();
    manager->raise();
}

void MainWindow::askTrust(const QString& model, const TrustQuestion& question) {
    auto* box = new QMessageBox(QMessageBox::Warning, tr("Let this model run?"),
                                QString::fromStdString(question.error.what), QMessageBox::Cancel, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("trust"));
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(
        tr("%1\n\nLet it run only if you trust whoever made it. The answer is kept for this "
           "content of its files.")
            .arg(QString::fromStdString(question.error.where)));
    const QAbstractButton* allow = box->addButton(tr("&Let it run"), QMessageBox::AcceptRole);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(box, &QMessageBox::buttonClicked, this,
            [this, allow, model, programs = question.programs](const QAbstractButton* clicked) {
                if (clicked == allow)
                    m_session.model().trust(model, programs);
            });
    box->open();
}

void MainWindow::chooseScore() {
    ChosenModel& model = m_session.model();
    if (!model.predictor() || !model.score())
        return;
    auto* dialog = new ScoreDialog(model.info(), model.request(), *model.score(), m_jobs, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [&model, dialog, asked = model.predictor()] {
        if (model.predictor() == asked) // another one may have been opened meanwhile
            model.ask(dialog->request());
    });
    dialog->show();
}

void MainWindow::editPreferences() {
    auto* dialog = new PreferencesDialog(m_preferences, m_jobs, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PreferencesDialog::changed, this, &MainWindow::applyPreferences);
    dialog->setVisible(true);
}

void MainWindow::applyTheme() {
    const ChartStyle& style = m_theme.chartStyle();
    m_genes->setChartStyle(style);
    m_genePage->setChartStyle(style);
    m_factsPage->setChartStyle(style);
    m_genomePage->setChartStyle(style);
    m_experimentsPage->setChartStyle(style);
    showModels(); // the bar's own colours
}

void MainWindow::closeEvent(QCloseEvent* event) {
    remember();
    if (m_options.remember)
        m_autosaver.end();
    m_closed = true;
    // Workers end with their current batch; the window is gone meanwhile, and finished() tells when they are.
    m_cluster.leave(); // what a cluster has been given goes on
    m_jobs.cancelAll();
    event->accept();
    if (!m_jobs.isBusy())
        QMetaObject::invokeMethod(this, &MainWindow::finished, Qt::QueuedConnection);
    else
        QTimer::singleShot(m_options.patience, this, [this] {
            if (m_jobs.isBusy())
                Q_EMIT stuck();
        });
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (!localFiles(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    const QStringList files = localFiles(event->mimeData());
    event->acceptProposedAction();
    LocusPanel& locus = m_genePage->locus();
    const bool onLocus = locus.isVisible() && m_session.shown().report() &&
                         locus.rect().contains(locus.mapFrom(this, event->position().toPoint()));
    switch (wishOf(files, onLocus)) {
    case DropWish::Nothing:
        break;
    case DropWish::Tracks:
        locus.addFiles(files);
        break;
    case DropWish::Open:
        openStudy(files.front());
        break;
    case DropWish::Study:
        describeFiles(files);
        break;
    }
}

} // namespace diploscope::ui
