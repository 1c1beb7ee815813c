// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo_home.h"
#include "main_window.h"
#include "table_file.h"
#include "viewmodels/gene_list_model.h"
#include "views/app_theme.h"
#include "views/effects_panel.h"
#include "views/gene_list_panel.h"
#include "views/gene_page.h"
#include "views/jobs_panel.h"
#include "views/message_stack.h"
#include "views/problems_dialog.h"
#include "views/study_assistant.h"
#include "views/window_actions.h"
#include "waiting.h"
#include "watchdog.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QDeadlineTimer>
#include <QFile>
#include <QFileDialog>
#include <QFontInfo>
#include <QLineEdit>
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
    static void drop(MainWindow& window, const QStringList& files) {
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
        QVERIFY(window->session().report()->fractionSupported > 0.0);
        QVERIFY(window->session().report()->fractionSupported < 0.5);
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
        panel->table().setCurrentIndex(panel->filter().index(1, 0));
        QCOMPARE(QString::fromStdString(window->session().gene()->name), gene(*window, 1));
        auto* filter = window->findChild<QLineEdit*>(QStringLiteral("geneFilter"));
        filter->setText(gene(*window, 5));
        QCOMPARE(panel->filter().rowCount(), 1);
        filter->clear();
        QCOMPARE(panel->filter().rowCount(), DemoHome::genes);
        QVERIFY(verdict(*window));
        QVERIFY(closed(*window));
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
        const auto choose = [&](QAction* action) {
            action->trigger();
            auto* dialog = window->findChild<QFileDialog*>();
            QVERIFY(dialog != nullptr);
            Q_EMIT dialog->fileSelected(QString::fromStdString(folder.string()));
            delete dialog;
            QVERIFY(waitUntil([&] { return !window->jobs().isBusy(); }));
        };
        QVERIFY(!actions->saveLocus->isEnabled()); // that page is not shown
        choose(actions->saveGenome);
        for (const char* file : {"figure_2A.svg", "figure_2A.pdf", "figure_2A.png", "r-histogram.svg"})
            QVERIFY2(std::filesystem::exists(folder / file), file);

        window->genome().select({0, 1}, BrushMode::Replace);
        choose(actions->exportSummary);
        QCOMPARE(tableFile(folder / "genes.tsv").size(), size_t{2}); // those in focus
        QVERIFY(std::filesystem::exists(folder / "drivers.tsv"));
        QVERIFY(closed(*window));
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
