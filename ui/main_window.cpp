// SPDX-License-Identifier: GPL-3.0-or-later
#include "main_window.h"

#include "study/recognise.h"
#include "viewmodels/gene_text.h"
#include "views/app_theme.h"
#include "views/cluster_tools.h"
#include "views/elsewhere_tools.h"
#include "views/experiments_page.h"
#include "views/export_places.h"
#include "views/exporter.h"
#include "views/figure_dialog.h"
#include "views/figure_genes_dialog.h"
#include "views/figures_page.h"
#include "views/gene_facts_page.h"
#include "views/gene_list_panel.h"
#include "views/gene_page.h"
#include "views/genome_page.h"
#include "views/help_tools.h"
#include "views/jobs_panel.h"
#include "views/locus_panel.h"
#include "views/message_stack.h"
#include "views/problems_dialog.h"
#include "views/region_tools.h"
#include "views/runs_dialog.h"
#include "views/score_dialog.h"
#include "views/session_files.h"
#include "views/status_line.h"
#include "views/study_page.h"
#include "views/study_tools.h"
#include "views/top_bar.h"
#include "views/welcome_page.h"
#include "views/window_actions.h"
#include "views/window_keys.h"

#include <QAction>
#include <QFileDialog>
#include <QFrame>
#include <QMenuBar>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace diploscope::ui {

namespace {

QFrame* rule(QWidget* parent) {
    auto* line = new QFrame(parent);
    line->setProperty("role", QStringLiteral("rule"));
    line->setFixedHeight(1);
    return line;
}

} // namespace

MainWindow::MainWindow(AppTheme& theme, Options options, QWidget* parent)
    : QMainWindow(parent)
    , m_theme(theme)
    , m_options(std::move(options))
    , m_session(m_jobs)
    , m_genome(m_session)
    , m_experiments(m_session)
    , m_keeper(m_jobs)
    , m_autosaver(m_jobs, m_documents)
    , m_demo(m_jobs, m_options.demoFolder)
    , m_cluster(m_jobs)
    , m_actions(new WindowActions(this)) {
    if (m_options.remember) {
        m_preferences = Preferences::load();
        m_theme.choose(m_preferences.theme);
        m_session.applySettings(m_preferences.settings);
        m_session.model().setAsked(m_preferences.scores);
    } else {
        m_preferences.theme = m_theme.choice();
    }
    build();
    connectSession();
    connectActions();
    connectViews();
    connectRuns();
    connectDocument();
    connect(&m_theme, &AppTheme::changed, this, &MainWindow::applyTheme);
    applyTheme();
    m_actions->setTheme(m_preferences.theme);
    m_actions->setRecentStudies(m_preferences.recentStudies);
    m_welcome->setRecentStudies(m_preferences.recentStudies);
    dropStudy(); // there is none
    showModels();
    lookAround();
    connect(&m_autosaver, &Autosaver::found, this, &MainWindow::offer);
    if (m_options.remember)
        m_autosaver.begin();
    resize(1280, 800);
    if (m_options.remember)
        restoreGeometry(QSettings().value(keys::geometry).toByteArray());
}

MainWindow::~MainWindow() {
    // Views go before the session and the jobs that they look at.
    qDeleteAll(findChildren<QDialog*>(QString(), Qt::FindDirectChildrenOnly));
    delete takeCentralWidget();
}

void MainWindow::build() {
    setWindowTitle(QStringLiteral("Diploscope"));
    setAcceptDrops(true);
    auto* centre = new QWidget(this);
    const QList<QAction*> pages{m_actions->genePage, m_actions->genomePage, m_actions->experimentsPage,
                                m_actions->figuresPage};
    for (QAction* page : pages)
        page->setCheckable(true);
    m_actions->genePage->setIconText(tr("Gene"));
    m_actions->genomePage->setIconText(tr("Genome"));
    m_actions->experimentsPage->setIconText(tr("What if"));
    m_actions->figuresPage->setIconText(tr("Figures"));
    m_topBar = new TopBar(m_actions->menuBar, pages, m_actions->exportMenu, centre);
    m_genes = new GeneListPanel(m_session, m_genome, centre);
    m_pages = new QStackedWidget(centre);
    m_pages->setObjectName(QStringLiteral("pages"));
    m_welcome = new WelcomePage(m_pages);
    m_studyPage = new StudyPage(m_session, m_pages);
    m_genePage = new GenePage(m_session, m_selection, m_pages);
    m_factsPage = new GeneFactsPage(m_session, m_genome, m_pages);
    m_genomePage = new GenomePage(m_session, m_genome, m_pages);
    m_experimentsPage = new ExperimentsPage(m_session, m_experiments, m_selection, m_pages);
    m_figuresPage = new FiguresPage(m_session, m_genome, m_pages);
    for (QWidget* page : std::initializer_list<QWidget*>{m_welcome, m_studyPage, m_genePage, m_factsPage,
                                                         m_genomePage, m_experimentsPage, m_figuresPage})
        m_pages->addWidget(page);
    m_jobsPanel = new JobsPanel(m_jobs, centre);
    m_status = new StatusLine(m_jobs, centre);
    m_messages = new MessageStack(m_pages);
    const auto* exporter =
        new Exporter(m_session, m_genome, *m_actions, *m_messages, {m_pages, m_genePage, m_genomePage});
    connect(exporter, &Exporter::composed, this, &MainWindow::addToFigure);
    auto* tools = new StudyTools(m_session, *m_actions, *m_messages, this);
    connect(tools, &StudyTools::studyReady, this, [this](const QString& file) {
        const Document shown = m_documents.document();
        if (shown.study == std::filesystem::path(file.toStdString()))
            openDocument(shown, {}); // it is the same one, of which more is known
        else
            openStudy(file);
    });
    new ElsewhereTools(m_session, *m_actions, *m_messages, this);
    const auto* cluster = new ClusterTools(m_session, m_genome, m_cluster, *m_actions, *m_messages, this);
    connect(&m_cluster, &ClusterRuns::watchedChanged, this, &MainWindow::remember);
    connect(cluster, &ClusterTools::studyWanted, this, [this](const QString& file) { openStudy(file); });
    m_sessions = new SessionFiles(m_session, m_documents, m_opening, *m_actions, *m_messages, this);
    connect(m_sessions, &SessionFiles::read, this,
            [this](const Document& document) { openDocument(document); });
    m_regions = new RegionTools(m_session, m_genePage->locus(), *m_messages, this);
    new HelpTools(m_session, *m_actions, *m_messages, this);

    m_splitter = new QSplitter(Qt::Horizontal, centre);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(m_genes);
    m_splitter->addWidget(m_pages);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({300, 980});
    if (m_options.remember) {
        const QSettings settings;
        m_splitter->restoreState(settings.value(keys::splitter).toByteArray());
        m_genes->showColumnsNamed(settings.value(keys::columns).toString());
    }

    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_topBar);
    layout->addWidget(rule(centre));
    layout->addWidget(m_splitter, 1);
    layout->addWidget(m_jobsPanel);
    layout->addWidget(rule(centre));
    layout->addWidget(m_status);
    setCentralWidget(centre);
}

void MainWindow::connectSession() {
    connect(&m_session, &Session::studyOpened, this, &MainWindow::takeStudy);
    connect(&m_session, &Session::studyClosed, this, &MainWindow::dropStudy);
    connect(&m_session, &Session::genesChanged, this, &MainWindow::takeGenes);
    connect(&m_session, &Session::studyRejected, this, &MainWindow::rejectStudy);
    connect(&m_session, &Session::partOpened, this, [this](const QString& file, const Error& error) {
        m_opening.forget();
        m_messages->showError(error);
        describeFiles({file});
    });
    connect(&m_session, &Session::failed, m_messages, &MessageStack::showError);
    connect(&m_session.model(), &ChosenModel::trustAsked, this, &MainWindow::askTrust);
    connect(&m_session, &Session::modelChanged, this, &MainWindow::takeModel);
    connect(&m_session, &Session::scoreChanged, this, &MainWindow::takeScore);
    connect(&m_session.model(), &ChosenModel::scoreRefused, this, &MainWindow::takeRefusedScore);
    connect(&m_session, &Session::settingsChanged, this, &MainWindow::showState);
    connect(&m_session.shown(), &ShownGene::geneChanged, this, &MainWindow::takeGene);
    connect(&m_session.shown(), &ShownGene::reportChanged, this, &MainWindow::takeReport);
    connect(&m_session.results(), &GeneResults::rowAdded, this, &MainWindow::showState);
    connect(&m_demo, &DemoMaker::changed, this, [this] {
        m_welcome->setDemoJob(m_demo.job());
        m_actions->openDemo->setEnabled(m_demo.job() == nullptr);
    });
    connect(&m_demo, &DemoMaker::failed, this, &MainWindow::showError);
    connect(&m_demo, &DemoMaker::made, this, [this](const QString& study) {
        openStudy(study, demoGene());
        analyseAllAfterwards();
    });
    connect(&m_jobs, &JobRunner::idle, this, [this] {
        if (m_closed)
            Q_EMIT finished();
    });
    connect(&m_jobs, &JobRunner::jobChanged, this, &MainWindow::showState);
    connect(&m_jobs, &JobRunner::jobAdded, this, &MainWindow::showState);
    connect(&m_jobs, &JobRunner::deliveryFailed, this, &MainWindow::showError);
}

void MainWindow::connectViews() {
    connect(m_topBar, &TopBar::placeRequested, this, [this](const QString& text) {
        goTo(text);
        m_pages->currentWidget()->setFocus();
    });
    connect(m_genomePage, &GenomePage::geneRequested, this, &MainWindow::openGene);
    connect(m_factsPage, &GeneFactsPage::geneRequested, this, &MainWindow::openGene);
    connect(m_experimentsPage, &ExperimentsPage::failed, this, &MainWindow::showError);
    connect(m_experimentsPage, &ExperimentsPage::saved, this,
            [this](const QString& file) { m_messages->tell(tr("Changes written"), file); });
    connect(m_experimentsPage, &ExperimentsPage::figureSaved, this,
            [this](const QString& file) { m_messages->tell(tr("Figure saved"), file); });
    connect(m_experimentsPage, &ExperimentsPage::composed, this, &MainWindow::addToFigure);
    connect(m_figuresPage, &FiguresPage::saved, this,
            [this](const QString& what, const QString& place) { m_messages->tell(what, place); });
    connect(m_genomePage, &GenomePage::analyseAllRequested, this, &MainWindow::analyseAll);
    connect(m_topBar, &TopBar::modelRequested, this, &MainWindow::chooseModel);
    connect(m_topBar, &TopBar::modelManagerRequested, this, &MainWindow::manageModels);
    connect(m_topBar, &TopBar::scoreClicked, this, &MainWindow::chooseScore);
    connect(m_topBar, &TopBar::deviceClicked, this, &MainWindow::editPreferences);
    connect(m_topBar, &TopBar::helpRequested, m_actions->shortcuts, &QAction::trigger);
    connect(m_genes, &GeneListPanel::geneRequested, this, &MainWindow::openGene);
    connect(m_genes, &GeneListPanel::analyseAllRequested, this, &MainWindow::analyseAll);
    connect(m_genes, &GeneListPanel::stopAllRequested, &m_session.results(), &GeneResults::stop);
    connect(m_welcome, &WelcomePage::demoRequested, &m_demo, &DemoMaker::make);
    connect(m_welcome, &WelcomePage::openRequested, this, &MainWindow::askForStudy);
    connect(m_welcome, &WelcomePage::describeRequested, this, [this] { describeFiles({}); });
    connect(m_welcome, &WelcomePage::studyRequested, this, [this](const QString& file) { openStudy(file); });
    connect(m_status, &StatusLine::jobsClicked, m_actions->jobs, &QAction::trigger);
    connect(m_jobsPanel, &JobsPanel::openChanged, m_actions->jobs, &QAction::setChecked);
}

void MainWindow::rejectStudy(const QString& file, const std::vector<Error>& problems) {
    m_opening.forget();
    // Data opened as a study is an easy slip, and the assistant makes a study of them.
    m_jobs.run<RecognisedFile>(
        {}, QStringLiteral("rejected study"), JobRunner::Priority::Seen,
        [path = std::filesystem::path(file.toStdString())](const RunContext&) -> Result<RecognisedFile> {
            return recognise(path);
        },
        this,
        [this, file, problems](const Result<RecognisedFile>& found) {
            if (!found || found->kind == FileKind::Study || found->kind == FileKind::Index ||
                found->kind == FileKind::Unknown)
                return showProblems(file, problems);
            describeFiles({file});
            m_messages->tell(
                tr("%1 is no study file").arg(file.section(QLatin1Char('/'), -1)),
                tr("It holds %1: the assistant makes a study of it and the files that belong to it.")
                    .arg(QString::fromStdString(found->description)));
        });
}

void MainWindow::showProblems(const QString& file, const std::vector<Error>& problems) {
    auto* dialog = new ProblemsDialog(file, problems, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ProblemsDialog::retry, this, [this, file] { openStudy(file); });
    dialog->show();
}

/// What they ask is about a study that is gone.
void MainWindow::closeDialogsOfStudy() {
    m_jobs.cancelGroup(exportPlaceGroup);
    for (QDialog* dialog : findChildren<QDialog*>(QString(), Qt::FindDirectChildrenOnly))
        if (qobject_cast<ScoreDialog*>(dialog) || qobject_cast<FigureDialog*>(dialog) ||
            qobject_cast<FigureGenesDialog*>(dialog) || qobject_cast<RunsDialog*>(dialog) ||
            qobject_cast<QFileDialog*>(dialog))
            dialog->close();
}

void MainWindow::showError(const Error& error) {
    m_messages->showError(error);
}

void MainWindow::analyseAll() {
    m_genome.runs().close(); // what is asked for are the current results
    m_session.results().analyzeAll();
    showState();
}

} // namespace diploscope::ui
