// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo_home.h"
#include "main_window.h"
#include "table_file.h"
#include "viewmodels/gene_list_model.h"
#include "views/app_theme.h"
#include "views/driver_panel.h"
#include "views/effects_panel.h"
#include "views/export_places.h"
#include "views/gene_list_panel.h"
#include "views/gene_page.h"
#include "views/jobs_panel.h"
#include "views/locus_panel.h"
#include "views/message_stack.h"
#include "views/problems_dialog.h"
#include "views/scatter_panel.h"
#include "views/score_dialog.h"
#include "views/snv_inspector.h"
#include "views/study_assistant.h"
#include "views/window_actions.h"
#include "waiting.h"
#include "watchdog.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QFontInfo>
#include <QLineEdit>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTableView>
#include <QTest>
#include <QThread>
#include <QUrl>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

/// The real window, offscreen, on a small simulated study with the shipped demo model.
class TestMainWindow : public QObject {
    Q_OBJECT

private:
    DemoHome m_home;
    QString m_slowModel;
    std::unique_ptr<AppTheme> m_theme;

    std::unique_ptr<MainWindow> makeWindow() {
        MainWindow::Options options;
        options.demoFolder = m_home.demoFolder();
        auto window = std::make_unique<MainWindow>(*m_theme, options);
        window->show();
        return window;
    }
    /// As a person would: into the search field, Enter.
    static void typeGene(MainWindow& window, const QString& text) {
        QTest::keyClick(&window, Qt::Key_L, Qt::ControlModifier);
        auto* field = window.findChild<QLineEdit*>(QStringLiteral("geneSearch"));
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, text);
        QTest::keyClick(field, Qt::Key_Return);
    }
    static QString gene(MainWindow& window, size_t row) {
        return QString::fromStdString(window.session().study()->genes()[row].gene.name);
    }
    static bool opened(MainWindow& window) {
        return waitUntil([&] { return window.session().model() != nullptr; });
    }
    static bool verdict(MainWindow& window) {
        return waitUntil([&] { return window.session().report() && window.session().report()->complete; });
    }
    static bool closed(MainWindow& window) {
        QSignalSpy finished(&window, &MainWindow::finished);
        window.close();
        return waitUntil([&] { return !finished.isEmpty(); });
    }
    /// On whatever widget lies there, as a drag from another program would.
    static void drop(QWidget& window, const QStringList& files) {
        QMimeData data;
        QList<QUrl> urls;
        for (const QString& file : files)
            urls << QUrl::fromLocalFile(file);
        data.setUrls(urls);
        QDragEnterEvent enter({300, 300}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent event({300, 300}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window, &event);
    }
    /// Clicks through a chart until something is hit.
    static bool clickAPoint(MainWindow& window) {
        QWidget* chart = window.findChild<GenePage*>()->effects().view().viewport();
        for (int y = 20; y < chart->height() - 40; y += 6)
            for (int x = 60; x < chart->width() - 10; x += 6) {
                QTest::mouseClick(chart, Qt::LeftButton, {}, {x, y});
                if (window.selection().variant())
                    return true;
            }
        return false;
    }
    static void clickRow(GeneListPanel& panel, int row) {
        QTest::mouseClick(panel.table().viewport(), Qt::LeftButton, {},
                          panel.table().visualRect(panel.filter().index(row, 0)).center());
    }
    static void turnWheel(QWidget* chart, int steps) {
        const QPointF middle = QRectF(chart->rect()).center();
        QWheelEvent event(middle, chart->mapToGlobal(middle), {}, {0, 120 * steps}, Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(chart, &event);
    }
    static QStackedWidget* pages(MainWindow& window) {
        return qobject_cast<QStackedWidget*>(window.findChild<GenePage*>()->parentWidget());
    }

private Q_SLOTS:
    void initTestCase() {
        DS_VERIFY(m_home.makeDemo());
        m_slowModel = m_home.makeSlowModel();
        const Result<ChartStyle> style = ChartStyle::screen(lightTheme());
        DS_VERIFY(style);
        m_theme = std::make_unique<AppTheme>(*style);
        // Without fonts every letter is a box and nothing else would fail.
        QVERIFY(!QFontInfo(QApplication::font()).family().isEmpty());
        QCOMPARE(QApplication::font().family(), style->fontFamily);
    }
    void cleanupTestCase() { m_theme.reset(); }

    void firstStartLeadsToAVerdictInOneClick() {
        MainWindow::Options options;
        options.demoFolder = m_home / "made"; // the real demo, made as on the first day
        const auto window = std::make_unique<MainWindow>(*m_theme, options);
        window->show();
        auto* demo = window->findChild<QPushButton*>(QStringLiteral("openDemo"));
        QVERIFY(demo->isVisible());
        QTest::mouseClick(demo, Qt::LeftButton);
        QVERIFY(!demo->isEnabled());
        QVERIFY(verdict(*window));
        // Anti-correlated, with drivers of both verdicts: what the program is for, at a glance.
        QVERIFY(window->session().report()->pearson.r < -0.5);
        const std::optional<double> supported = window->session().report()->support().fraction();
        QVERIFY(supported && *supported > 0.0 && *supported < 0.5);
        QVERIFY(waitUntil([&] { return window->session().results().size() == 60; })); // the list fills
        // LibTorch takes most of a second to load, and nothing here needs it.
        QFile maps(QStringLiteral("/proc/self/maps"));
        QVERIFY(maps.open(QIODevice::ReadOnly));
        QVERIFY(!maps.readAll().contains("libtorch"));
        QVERIFY(pages(*window)->currentWidget() == window->findChild<GenePage*>());
        QVERIFY(closed(*window));
    }

    void lastStudyAndGeneComeBackFromTheCache() {
        QString shown;
        {
            const auto window = makeWindow();
            window->openStudy(m_home.study());
            QVERIFY(opened(*window));
            typeGene(*window, gene(*window, 2));
            QVERIFY(verdict(*window));
            shown = gene(*window, 2);
            QVERIFY(closed(*window));
        }
        const auto window = makeWindow();
        window->restoreSession();
        QVERIFY(verdict(*window));
        QCOMPARE(QString::fromStdString(window->session().gene()->name), shown);
        QCOMPARE(window->session().scoresComputed(), 0);
        QVERIFY(window->session().scoresFromCache() > 0);
        QVERIFY(closed(*window));
    }

    void unknownGeneIsAMessageAndTheGeneStays() {
        const auto window = makeWindow();
        window->openStudy(m_home.study());
        QVERIFY(opened(*window));
        typeGene(*window, QStringLiteral("NOSUCHGENE"));
        auto* messages = window->findChild<MessageStack*>();
        QCOMPARE(messages->count(), 1);
        QVERIFY(messages->isVisible());
        typeGene(*window, QStringLiteral("NOSUCHGENE"));
        QCOMPARE(messages->count(), 1); // not twice
        QVERIFY(window->session().gene() == nullptr);
        QVERIFY(closed(*window));
    }

    void backAndForwardThroughGenes() {
        const auto window = makeWindow();
        window->openStudy(m_home.study());
        QVERIFY(opened(*window));
        const auto shown = [&] { return QString::fromStdString(window->session().gene()->name); };
        for (size_t row : {size_t(0), size_t(1), size_t(2)})
            typeGene(*window, gene(*window, row));
        QTest::keyClick(window.get(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(shown(), gene(*window, 1));
        QTest::keyClick(window.get(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(shown(), gene(*window, 0));
        QTest::keyClick(window.get(), Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(shown(), gene(*window, 1));
        typeGene(*window, gene(*window, 4));
        QTest::keyClick(window.get(), Qt::Key_Right, Qt::AltModifier); // nothing lies ahead any more
        QCOMPARE(shown(), gene(*window, 4));
        QVERIFY(closed(*window));
    }

    void geneListFollowsAndLeads() {
        const auto window = makeWindow();
        window->openStudy(m_home.study());
        QVERIFY(opened(*window));
        auto* panel = window->findChild<GeneListPanel*>();
        const QAbstractItemModelTester tester(&panel->filter(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QAbstractItemModelTester jobsTester(&window->findChild<JobsPanel*>()->model(),
                                                  QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(panel->filter().rowCount(), DemoHome::genes);
        typeGene(*window, gene(*window, 3));
        QCOMPARE(panel->table().currentIndex().data().toString(), gene(*window, 3));
        clickRow(*panel, 1);
        QCOMPARE(QString::fromStdString(window->session().gene()->name), gene(*window, 1));
        QTest::keyClick(&panel->table(), Qt::Key_Down);
        QCOMPARE(QString::fromStdString(window->session().gene()->name), gene(*window, 2));
        QTest::keyClick(window.get(), Qt::Key_Up, Qt::ControlModifier);
        QCOMPARE(QString::fromStdString(window->session().gene()->name), gene(*window, 1));
        QVERIFY(verdict(*window));
        QVERIFY(closed(*window));
    }

    // A view hands the mark of a row that is filtered out to its neighbour: no reason to analyse that one.
    void typingInTheFilterOpensNoGene() {
        const auto window = makeWindow();
        window->openStudy(m_home.study());
        QVERIFY(opened(*window));
        auto* panel = window->findChild<GeneListPanel*>();
        auto* filter = window->findChild<QLineEdit*>(QStringLiteral("geneFilter"));
        clickRow(*panel, 3);
        const QString shown = gene(*window, 3);
        const auto isShown = [&](const QString& name) {
            return QString::fromStdString(window->session().gene()->name) == name;
        };
        QSignalSpy changed(&window->session(), &Session::geneChanged);
        filter->setFocus();
        for (const QString& text :
             {gene(*window, 5), QStringLiteral("nothing is called so"), QStringLiteral("1:1-2"),
              QStringLiteral("r > 0.99"), QStringLiteral("q < ")}) {
            filter->selectAll();
            QTest::keyClicks(filter, text);
            QTest::qWait(10);
            QVERIFY2(isShown(shown), qPrintable(text));
            const QModelIndex current = panel->table().currentIndex();
            QVERIFY(!current.isValid() || current.siblingAtColumn(0).data().toString() == shown);
        }
        QTest::keyClick(filter, Qt::Key_Return); // of a condition that cannot be read
        QVERIFY(isShown(shown));
        filter->selectAll();
        QTest::keyClick(filter, Qt::Key_Delete);
        QCOMPARE(panel->filter().rowCount(), DemoHome::genes);
        QCOMPARE(panel->table().currentIndex().siblingAtColumn(0).data().toString(), shown);
        QTest::keyClicks(&panel->table(), gene(*window, 0).left(2)); // letters search the list
        QVERIFY(isShown(shown));
        QCOMPARE(changed.count(), 0);
        QTest::keyClicks(filter, gene(*window, 5));
        QCOMPARE(panel->filter().rowCount(), 1);
        QTest::keyClick(filter, Qt::Key_Return);
        QVERIFY(isShown(gene(*window, 5)));
        QVERIFY(verdict(*window));
        QVERIFY(closed(*window));
    }

    void aClosedStudyIsClosedEverywhere() {
        const auto window = makeWindow();
        window->openStudy(m_home.study());
        QVERIFY(opened(*window));
        typeGene(*window, gene(*window, 0));
        QVERIFY(verdict(*window));
        QVERIFY(clickAPoint(*window));
        auto* filter = window->findChild<QLineEdit*>(QStringLiteral("geneFilter"));
        QTest::keyClicks(filter, QStringLiteral("r > -2"));
        window->session().analyzeAllGenes();
        QVERIFY(waitUntil([&] { return window->genome().table()->rowCount() > 0; }));
        window->genome().select({0}, BrushMode::Replace);
        window->session().chooseModel(m_slowModel); // with a job that runs
        QVERIFY(waitUntil([&] { return window->session().model() != nullptr; }));
        auto* actions = window->findChild<WindowActions*>();
        QVERIFY(actions->score->isEnabled());
        actions->score->trigger();
        QVERIFY(window->findChild<ScoreDialog*>() != nullptr);

        actions->closeStudy->trigger();
        const Session& session = window->session();
        const auto* page = window->findChild<GenePage*>();
        const auto isClosed = [&] {
            QVERIFY(session.study() == nullptr && session.gene() == nullptr && session.model() == nullptr);
            QVERIFY(session.report() == nullptr && session.results().isEmpty() && session.genes().empty());
            QVERIFY(!window->selection().variant() && !window->selection().person());
            QVERIFY(window->genome().selected().isEmpty());
            QCOMPARE(page->state(), GenePage::State::Empty);
            for (ChartPanel* panel : page->findChildren<ChartPanel*>())
                QVERIFY(!panel->view().hasFigure());
            QVERIFY(page->inspector().values().isEmpty() || !page->inspector().isVisible());
            QCOMPARE(page->drivers().model().rowCount(), 0);
            QCOMPARE(window->findChild<GeneListPanel*>()->filter().rowCount(), 0);
            QVERIFY(filter->text().isEmpty());
            QCOMPARE(window->windowTitle(), QStringLiteral("Diploscope"));
            for (const JobStatus& job : window->jobs().jobs())
                QVERIFY2(job.state == JobStatus::State::Cancelled || job.state == JobStatus::State::Finished,
                         qPrintable(job.title));
            for (QAction* action :
                 {actions->closeStudy, actions->analyseAll, actions->score, actions->fitHead,
                  actions->trainPredixcan, actions->exportTables, actions->saveLocus, actions->exportSummary,
                  actions->savePicture, actions->genomePage, actions->back, actions->forward})
                QVERIFY2(!action->isEnabled(), qPrintable(action->text()));
        };
        isClosed();
        QVERIFY(waitUntil([&] { return !window->jobs().isBusy() && !window->findChild<ScoreDialog*>(); }));
        QCOMPARE(window->genome().table()->rowCount(), size_t{0});
        isClosed(); // nothing of it comes late
        QCOMPARE(window->findChild<MessageStack*>()->count(), 0);
        window->openStudy(m_home.study()); // and it opens again
        QVERIFY(opened(*window));
        QVERIFY(closed(*window));
    }

    void filesDroppedOnChartsAndFieldsAreTheWindows() {
        const auto window = makeWindow();
        window->openStudy(m_home.study());
        QVERIFY(opened(*window));
        typeGene(*window, gene(*window, 0));
        QVERIFY(verdict(*window));
        QSignalSpy again(&window->session(), &Session::studyOpened);
        const auto* page = window->findChild<GenePage*>();
        drop(*page->locus().view().viewport(), {m_home.study()});
        QVERIFY(waitUntil([&] { return again.count() == 1; }));
        auto* search = window->findChild<QLineEdit*>(QStringLiteral("geneSearch"));
        drop(*search, {m_home.study()});
        QVERIFY(waitUntil([&] { return again.count() == 2; }));
        QVERIFY(search->text().isEmpty());
        drop(*window->findChild<GeneListPanel*>()->table().viewport(),
             {QString::fromStdString((m_home.demoFolder() / "reference.fa.gz").string())});
        QVERIFY(window->findChild<StudyAssistant*>() != nullptr);
        QVERIFY(closed(*window));
    }

    void dataOpenedAsAStudyGoToTheAssistant() {
        const auto window = makeWindow();
        std::filesystem::path vcf;
        for (const auto& entry : std::filesystem::directory_iterator(m_home.demoFolder()))
            if (entry.path().string().ends_with(".vcf.gz"))
                vcf = entry.path();
        QVERIFY(!vcf.empty());
        window->openStudy(QString::fromStdString(vcf.string()));
        QVERIFY(waitUntil([&] { return window->findChild<StudyAssistant*>() != nullptr; }));
        auto* assistant = window->findChild<StudyAssistant*>();
        QVERIFY(waitUntil([&] { return assistant->draft().chosen(StudyDraft::Genotypes) >= 0; }));
        QVERIFY(window->findChild<ProblemsDialog*>() == nullptr);
        QVERIFY(closed(*window));
    }

    void weightsThatComeAreSeenOnComingBack() {
        const QString folder = m_home.makeSlowModel(0);
        const std::filesystem::path weights =
            std::filesystem::path(folder.toStdString()) / "weights.safetensors";
        QVERIFY(std::filesystem::exists(weights));
        std::filesystem::rename(weights, m_home / "elsewhere");
        const auto window = makeWindow();
        window->openStudy(m_home.study(), {}, folder);
        auto* chooser = window->findChild<QComboBox*>(QStringLiteral("modelChooser"));
        QVERIFY(waitUntil([&] {
            return window->session().modelChoice() == folder && !window->jobs().isBusy() &&
                   chooser->currentText().contains(QStringLiteral("weights missing"));
        }));
        QVERIFY(window->session().model() == nullptr);
        std::filesystem::rename(m_home / "elsewhere", weights);
        QEvent back(QEvent::WindowActivate);
        QApplication::sendEvent(window.get(), &back);
        QVERIFY(waitUntil([&] { return window->session().model() != nullptr; }));
        QVERIFY(!chooser->currentText().contains(QStringLiteral("missing")));
        QVERIFY(closed(*window));
        m_slowModel = m_home.makeSlowModel();
    }

    void droppedStudyOpensAndOtherFilesGoToTheAssistant() {
        const auto window = makeWindow();
        drop(*window, {m_home.study()});
        QVERIFY(opened(*window));
        QVERIFY(window->findChild<StudyAssistant*>() == nullptr);
        drop(*window, {QString::fromStdString((m_home.demoFolder() / "reference.fa.gz").string())});
        auto* assistant = window->findChild<StudyAssistant*>();
        QVERIFY(assistant != nullptr && assistant->isVisible());
        QVERIFY(closed(*window));
    }

    void rejectedStudyShowsItsProblemsAndTheOpenOneStays() {
        const auto window = makeWindow();
        window->openStudy(m_home.study());
        QVERIFY(opened(*window));
        writeText(m_home / "broken.study.json", R"({"schema": 1, "name": "broken", "reference": "no.fa"})");
        drop(*window, {QString::fromStdString((m_home / "broken.study.json").string())});
        QVERIFY(waitUntil([&] { return window->findChild<ProblemsDialog*>() != nullptr; }));
        QVERIFY(window->findChild<ProblemsDialog*>()->isVisible());
        QVERIFY(!window->findChild<ProblemsDialog*>()->isModal());
        QCOMPARE(window->session().study()->file().name, std::string("Simulated demo"));
        QVERIFY(closed(*window));
    }

    void allGenesAreExportedFromTheirPage() {
        const auto window = makeWindow();
        window->openStudy(m_home.study());
        QVERIFY(opened(*window));
        window->session().analyzeAllGenes();
        window->showGenomePage();
        QVERIFY(waitUntil([&] {
            return window->genome().table()->rowCount() == size_t(DemoHome::genes) &&
                   !window->jobs().isBusy();
        }));
        auto* actions = window->findChild<WindowActions*>();
        const std::filesystem::path folder = m_home / "exported";
        QString told;
        const auto choose = [&](QAction* action) {
            action->trigger();
            auto* dialog = window->findChild<QFileDialog*>();
            QVERIFY(dialog != nullptr);
            // Not among the data, and not before all that is written was named.
            QVERIFY(dialog->directory() != QDir(QString::fromStdString(m_home.demoFolder().string())));
            Q_EMIT dialog->fileSelected(QString::fromStdString(folder.string()));
            delete dialog;
            auto* question = window->findChild<QMessageBox*>(QStringLiteral("askToWrite"));
            QVERIFY(question != nullptr && question->isVisible());
            told = question->informativeText();
            QVERIFY(!window->jobs().isBusy());
            QTest::mouseClick(question->buttons().front(), Qt::LeftButton);
            delete question;
            QVERIFY(waitUntil([&] { return !window->jobs().isBusy(); }));
        };
        QVERIFY(!actions->saveLocus->isEnabled()); // that page is not shown
        choose(actions->saveGenome);
        for (const char* file : {"figure_2A.svg", "figure_2A.pdf", "figure_2A.png", "r-histogram.svg"})
            QVERIFY2(std::filesystem::exists(folder / file), file);

        window->genome().select({0, 1}, BrushMode::Replace);
        QVERIFY(waitUntil([&] { return !window->jobs().isBusy(); })); // figures follow the selection
        choose(actions->exportSummary);
        QCOMPARE(tableFile(folder / "genes.tsv").size(), size_t{2}); // those in focus
        QVERIFY(std::filesystem::exists(folder / "drivers.tsv"));
        QVERIFY(closed(*window));
    }

    void exportsStayAwayFromTheDataAndAskBeforeTheyWriteOver() {
        const auto window = makeWindow();
        window->openStudy(m_home.study());
        QVERIFY(opened(*window));
        typeGene(*window, gene(*window, 0));
        QVERIFY(verdict(*window));
        const QDir data(QString::fromStdString(m_home.demoFolder().string()));
        const Study* study = window->session().study().get();
        QDir::setCurrent(data.path()); // started among the data, as people do
        QSettings().remove(QStringLiteral("export/folder"));
        const auto isApart = [&](const QString& folder) {
            return QFileInfo(folder).isDir() && QDir(folder).canonicalPath() != data.canonicalPath();
        };
        QVERIFY(isApart(exportFolder(study)));
        auto* actions = window->findChild<WindowActions*>();
        const auto dialogOf = [&](QAction* action) {
            action->trigger();
            return window->findChild<QFileDialog*>();
        };
        for (QAction* action : {actions->exportTables, actions->savePicture, actions->exportSummary}) {
            QFileDialog* dialog = dialogOf(action);
            QVERIFY(dialog != nullptr && isApart(dialog->directory().path()));
            delete dialog;
        }
        // The folder of the last export comes again, but not where that was the data's.
        const QString chosen = QString::fromStdString((m_home / "results").string());
        QDir().mkpath(chosen);
        QFileDialog* dialog = dialogOf(actions->exportTables);
        Q_EMIT dialog->fileSelected(chosen);
        delete dialog;
        QCOMPARE(exportFolder(study), chosen);
        auto* question = window->findChild<QMessageBox*>(QStringLiteral("askToWrite"));
        QVERIFY(question != nullptr);
        QTest::mouseClick(question->button(QMessageBox::Cancel), Qt::LeftButton);
        QTRY_VERIFY(window->findChild<QMessageBox*>(QStringLiteral("askToWrite")) == nullptr);
        QVERIFY(QDir(chosen).isEmpty());
        const QString there = gene(*window, 0) + QStringLiteral(".people.tsv");
        writeText((chosen + QLatin1Char('/') + there).toStdString(), "mine");
        dialog = dialogOf(actions->exportTables);
        QCOMPARE(QDir(dialog->directory().path()), QDir(chosen));
        Q_EMIT dialog->fileSelected(chosen);
        delete dialog;
        question = window->findChild<QMessageBox*>(QStringLiteral("askToWrite"));
        QVERIFY(question->informativeText().contains(QStringLiteral("replaced: ") + there));
        QVERIFY(question->defaultButton() == question->button(QMessageBox::Cancel));
        for (QAbstractButton* button : question->buttons())
            if (question->buttonRole(button) == QMessageBox::AcceptRole)
                QTest::mouseClick(button, Qt::LeftButton);
        QTRY_COMPARE(QDir(chosen).count() - 2, 4U);
        dialog = dialogOf(actions->savePicture);
        Q_EMIT dialog->fileSelected(data.filePath(QStringLiteral("picture.png")));
        delete dialog;
        QVERIFY(isApart(exportFolder(study)));
        QDir::setCurrent(QDir::rootPath());
        QVERIFY(closed(*window));
        QFile::remove(data.filePath(QStringLiteral("picture.png")));
    }

    void themeSwitchesLive() {
        const auto window = makeWindow();
        m_theme->choose(Preferences::ThemeChoice::Dark);
        QVERIFY(m_theme->isDark());
        QVERIFY(window->palette().color(QPalette::Window).lightness() < 80);
        m_theme->choose(Preferences::ThemeChoice::Light);
        QVERIFY(window->palette().color(QPalette::Window).lightness() > 200);
        QVERIFY(closed(*window));
    }

    void closedWhileRunningItEndsSoon() {
        const auto window = makeWindow();
        window->openStudy(m_home.study(), {}, m_slowModel);
        QVERIFY(waitUntil(
            [&] { return window->session().model() && window->session().model()->info().name == "slow"; }));
        typeGene(*window, gene(*window, 0));
        QTest::qWait(50);
        QVERIFY(window->jobs().isBusy());
        QVERIFY(closed(*window));
        QVERIFY(!window->jobs().isBusy());
        QVERIFY(!window->isVisible());
    }

    void watchdogSeesWaitingAndComputing_data() {
        QTest::addColumn<bool>("waits");
        QTest::newRow("waiting") << true;
        QTest::newRow("computing") << false;
    }
    void watchdogSeesWaitingAndComputing() {
        QFETCH(bool, waits);
        Watchdog watchdog;
        if (waits && !watchdog.isExact())
            QSKIP("skipped: the kernel does not count waiting for a processor");
        QTest::qWait(20);
        watchdog.phase("blocked");
        const QDeadlineTimer end(waits ? 80 : 400); // shared with others, it may compute but a part of it
        if (waits)
            QThread::msleep(80);
        while (!end.hasExpired()) {
        }
        QTest::qWait(20);
        watchdog.stop();
        QVERIFY2(watchdog.longest().ms > 60, watchdog.text().c_str());
    }

    // Load, analyse, select, zoom, cancel, close: the event loop always answers within 50 ms. A program that
    // computes, reads a file or takes a lock on the GUI thread fails however often this is tried, while a
    // page fault or a stolen processor passes by: hence the best of three.
    void guiThreadNeverBlocks() {
        constexpr double limitMs = 50;
        Watchdog::Block best{1e9, 1e9, {}};
        for (int attempt = 0; attempt < 3 && best.ms > limitMs; ++attempt) {
            std::filesystem::remove_all(m_home / "cache");
            const Watchdog::Block block = longestBlockOfASession();
            if (QTest::currentTestFailed())
                return;
            if (block.ms < best.ms)
                best = block;
        }
        QVERIFY2(
            best.ms <= limitMs,
            qPrintable(
                QStringLiteral("%1 ms during \"%2\"").arg(best.ms).arg(QString::fromStdString(best.during))));
    }

private:
    Watchdog::Block longestBlockOfASession() {
        const auto window = makeWindow();
        (void)QTest::qWaitForWindowExposed(window.get());
        QTest::qWait(200);
        QSettings().clear();
        Watchdog watchdog;
        const auto session = [&] {
            watchdog.phase("load");
            window->openStudy(m_home.study());
            QVERIFY(opened(*window));
            watchdog.phase("analyse");
            typeGene(*window, gene(*window, 0));
            QVERIFY(verdict(*window));
            QTest::qWait(300); // drawing of the last report
            watchdog.phase("select");
            QVERIFY(clickAPoint(*window));
            QTest::qWait(50);
            watchdog.phase("zoom");
            QWidget* chart = window->findChild<GenePage*>()->effects().view().viewport();
            for (int i = 0; i < 6; ++i) {
                turnWheel(chart, i < 3 ? 1 : -1);
                QTest::qWait(20);
            }
            watchdog.phase("cancel");
            window->session().chooseModel(m_slowModel);
            QVERIFY(waitUntil([&] {
                return window->session().model() && window->session().model()->info().name == "slow";
            }));
            QTest::qWait(50);
            window->session().cancelGene();
            QVERIFY(waitUntil([&] { return window->session().geneError().has_value(); }));
            watchdog.phase("analyse all");
            window->session().chooseModel(QStringLiteral("demo-cnn"));
            QVERIFY(waitUntil([&] {
                return window->session().model() && window->session().model()->info().name == "demo-cnn";
            }));
            window->session().analyzeAllGenes();
            QVERIFY(waitUntil([&] { return window->session().results().size() == DemoHome::genes; }));
            watchdog.phase("close");
            QVERIFY(closed(*window));
        };
        session();
        watchdog.stop();
        qInfo("longest blocks of the GUI thread in ms (with waiting for a processor): %s",
              watchdog.text().c_str());
        if (!watchdog.isExact())
            qInfo("the kernel does not count waiting for a processor: blocks are computing time");
        return watchdog.longest();
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
