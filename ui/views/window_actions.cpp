// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/window_actions.h"

#include "charts/chart_view.h"
#include "views/menu_text.h"

#include <QAbstractSpinBox>
#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>

namespace diploscope::ui {
namespace {

/// The field that keys for `watched` are typed into; null: none.
const QLineEdit* typedInto(const QObject* watched) {
    if (const auto* box = qobject_cast<const QAbstractSpinBox*>(watched))
        return box->findChild<QLineEdit*>();
    return qobject_cast<const QLineEdit*>(watched);
}

} // namespace

WindowActions::WindowActions(QWidget* window)
    : QObject(window), menuBar(new QMenuBar(window)), exportMenu(new QMenu(window)), m_window(window) {
    openStudy = make(tr("&Open a study…"), {QKeySequence::Open});
    newStudy = make(tr("&New study from files…"), {QKeySequence::New});
    addFiles = make(tr("&Add files to the study…"));
    openDemo = make(tr("Open the &demo study"));
    closeStudy = make(tr("&Close the study"), {QKeySequence(Qt::CTRL | Qt::Key_W)});
    openSession = make(tr("Open a &session…"));
    saveSession = make(tr("Save the s&ession…"), {QKeySequence(Qt::CTRL | Qt::Key_S)});
    preferences = make(tr("&Preferences…"), {QKeySequence(Qt::CTRL | Qt::Key_Comma)});
    quit = make(tr("&Quit"), {QKeySequence(Qt::CTRL | Qt::Key_Q)});
    undo = make(tr("&Undo"), {QKeySequence(Qt::CTRL | Qt::Key_Z)});
    undo->setIconText(tr("Undo")); // the text tells the step, too
    redo = make(tr("&Redo"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z)});
    redo->setIconText(tr("Redo"));
    genePage = make(tr("One &gene"), {QKeySequence(Qt::CTRL | Qt::Key_1)});
    genomePage = make(tr("All g&enes"), {QKeySequence(Qt::CTRL | Qt::Key_2)});
    experimentsPage = make(tr("&What if"), {QKeySequence(Qt::CTRL | Qt::Key_3)});
    figuresPage = make(tr("Fig&ures"), {QKeySequence(Qt::CTRL | Qt::Key_4)});
    storedRuns = make(tr("Stored &runs…"));
    currentRun = make(tr("Back to the &current results"));
    search = make(tr("Fin&d a gene, an SNV or a place"), {QKeySequence(Qt::CTRL | Qt::Key_L)});
    region = make(tr("&Type the region seen"), {QKeySequence(Qt::CTRL | Qt::Key_R)});
    select = make(tr("&Select by condition or list…"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F)});
    dragMoves = make(tr("Drag to &move"), {QKeySequence(Qt::Key_F6)});
    dragRectangle = make(tr("Drag a r&ectangle to select"), {QKeySequence(Qt::Key_F7)});
    dragLasso = make(tr("Drag a &lasso to select"), {QKeySequence(Qt::Key_F8)});
    drags = new QActionGroup(this);
    const std::pair<QAction*, ChartView::Drag> dragging[] = {{dragMoves, ChartView::Drag::Pan},
                                                             {dragRectangle, ChartView::Drag::Rectangle},
                                                             {dragLasso, ChartView::Drag::Lasso}};
    for (const auto& [action, drag] : dragging) {
        action->setCheckable(true);
        action->setData(static_cast<int>(drag));
        drags->addAction(action);
    }
    dragMoves->setChecked(true);
    filter = make(tr("F&ilter the gene list"), {QKeySequence::Find});
    back = make(tr("&Back to the place before"), {QKeySequence(Qt::ALT | Qt::Key_Left)});
    forward = make(tr("&Forward again"), {QKeySequence(Qt::ALT | Qt::Key_Right)});
    jobs = make(tr("&Jobs"), {QKeySequence(Qt::CTRL | Qt::Key_J)});
    jobs->setCheckable(true);
    previousGene = make(tr("&Previous in the list"), {QKeySequence(Qt::CTRL | Qt::Key_Up)});
    nextGene = make(tr("&Next in the list"), {QKeySequence(Qt::CTRL | Qt::Key_Down)});
    analyseAll = make(tr("&Analyse all genes"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A)});
    runOnCluster = make(tr("&Run all genes on a cluster…"));
    watchCluster = make(tr("&Watch a cluster's run…"));
    cancel = make(tr("&Stop analysing this gene"), {QKeySequence(Qt::CTRL | Qt::Key_Period)});
    clearSelection = make(tr("&Clear the selection"), {QKeySequence(Qt::Key_Escape)});
    models = make(tr("&Models…"), {QKeySequence(Qt::CTRL | Qt::Key_M)});
    score = make(tr("S&core of the model…"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M)});
    importPublished = make(tr("&Import the paper's tables…"));
    trainPredixcan = make(tr("&Train PrediXcan on this study…"));
    fitHead = make(tr("&Fit the model's head to this study…"));
    measureBackground = make(tr("&How large effects of common SNVs are…"));
    writeSequences = make(tr("Write se&quences to score elsewhere…"));
    readScores = make(tr("Read scores made &elsewhere…"));
    saveScatter = make(tr("Figure: &observed and predicted…"));
    saveEffects = make(tr("Figure: &model and eQTL effect…"));
    saveLocus = make(tr("Figure: &locus…"));
    saveGene = make(tr("&All figures of this gene…"));
    saveGenome = make(tr("Figures of all &genes…"));
    reportGene = make(tr("&Report of this gene (PDF)…"));
    reportStudy = make(tr("Report of the st&udy (PDF)…"));
    exportTables = make(tr("&Tables of this gene…"), {QKeySequence(Qt::CTRL | Qt::Key_E)});
    exportSummary = make(tr("Tables of all genes in &focus…"));
    exportAnnData = make(tr("A&nnData of all genes (h5ad)…"));
    savePicture = make(tr("&Picture of this page…"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)});
    copyPicture = make(tr("&Copy a picture of this page"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)});
    guide = make(tr("&Guide"), {QKeySequence(Qt::Key_F1)});
    guide->setShortcutContext(Qt::ApplicationShortcut); // of dialogs, too
    shortcuts = make(tr("&Shortcuts"), {QKeySequence(Qt::Key_Question)});
    machine = make(tr("About this &machine"));
    showLog = make(tr("Show the &log"));
    showCrashNotes = make(tr("Show &crash notes"));
    about = make(tr("&About Diploscope"));
    fillMenus();
    qApp->installEventFilter(this);
}

bool WindowActions::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::ShortcutOverride)
        return QObject::eventFilter(watched, event);
    const QLineEdit* field = typedInto(watched);
    const QKeySequence keys(static_cast<const QKeyEvent*>(event)->keyCombination());
    const bool isLeft = field != nullptr && m_window->isAncestorOf(field) &&
                        ((keys == undo->shortcut() && !field->isUndoAvailable()) ||
                         (keys == redo->shortcut() && !field->isRedoAvailable()));
    if (isLeft)
        event->ignore();
    return isLeft || QObject::eventFilter(watched, event);
}

QAction* WindowActions::make(const QString& text, const QList<QKeySequence>& keys) {
    auto* action = new QAction(text, this);
    action->setShortcuts(keys);
    m_window->addAction(action);
    m_all.push_back(action);
    return action;
}

void WindowActions::fillMenus() {
    QMenu* file = menuBar->addMenu(tr("&File"));
    file->addAction(openStudy);
    m_recent = file->addMenu(tr("&Recent studies"));
    file->addAction(newStudy);
    file->addAction(addFiles);
    file->addAction(openDemo);
    file->addAction(importPublished);
    file->addAction(closeStudy);
    file->addSeparator();
    file->addActions({openSession, saveSession});
    file->addSeparator();
    file->addAction(preferences);
    file->addSeparator();
    file->addAction(quit);

    QMenu* edit = menuBar->addMenu(tr("&Edit"));
    edit->addActions({undo, redo});
    edit->addSeparator();
    edit->addActions({select, clearSelection});
    edit->addSeparator();
    edit->addActions({dragMoves, dragRectangle, dragLasso});

    QMenu* view = menuBar->addMenu(tr("&View"));
    view->addActions({genePage, genomePage, experimentsPage, figuresPage});
    view->addSeparator();
    view->addActions({storedRuns, currentRun});
    view->addSeparator();
    view->addActions({back, forward});
    view->addSeparator();
    view->addActions({search, region, filter, jobs});
    view->addSeparator();
    m_themes = new QActionGroup(this);
    using Choice = Preferences::ThemeChoice;
    const std::pair<QString, Choice> themes[] = {
        {tr("As the &system"), Choice::System}, {tr("&Light"), Choice::Light}, {tr("&Dark"), Choice::Dark}};
    QMenu* theme = view->addMenu(tr("T&heme"));
    for (const auto& [text, choice] : themes) {
        QAction* action = theme->addAction(text);
        action->setCheckable(true);
        action->setData(static_cast<int>(choice));
        m_themes->addAction(action);
        connect(action, &QAction::triggered, this, [this, value = choice] { Q_EMIT themeChosen(value); });
    }

    QMenu* gene = menuBar->addMenu(tr("&Gene"));
    gene->addActions({previousGene, nextGene});
    gene->addSeparator();
    gene->addActions({analyseAll, cancel});
    gene->addSeparator();
    gene->addActions({runOnCluster, watchCluster});
    gene->addSeparator();
    gene->addActions({models, score});
    gene->addSeparator();
    gene->addActions({writeSequences, readScores});
    gene->addSeparator();
    gene->addActions({trainPredixcan, fitHead, measureBackground});

    QMenu* help = menuBar->addMenu(tr("&Help"));
    help->addActions({guide, shortcuts, machine, showLog, showCrashNotes, about});

    exportMenu->addActions({saveScatter, saveEffects, saveLocus, saveGene, saveGenome});
    exportMenu->addSeparator();
    exportMenu->addActions({reportGene, reportStudy});
    exportMenu->addSeparator();
    exportMenu->addActions({exportTables, exportSummary, exportAnnData});
    exportMenu->addSeparator();
    exportMenu->addActions({savePicture, copyPicture});
}

void WindowActions::setTheme(Preferences::ThemeChoice choice) {
    for (QAction* action : m_themes->actions())
        action->setChecked(action->data().toInt() == static_cast<int>(choice));
}

void WindowActions::setRecentStudies(const QStringList& files) {
    m_recent->clear();
    m_recent->setEnabled(!files.isEmpty());
    for (const QString& file : files) {
        QAction* action = m_recent->addAction(menuText(file));
        connect(action, &QAction::triggered, this, [this, file] { Q_EMIT recentStudyChosen(file); });
    }
}

} // namespace diploscope::ui
