// SPDX-License-Identifier: GPL-3.0-or-later
#include "drawing_time.h"
#include "viewmodels/gene_list_model.h"
#include "views/gene_list_panel.h"
#include "views/jobs_panel.h"
#include "views/message_stack.h"
#include "views/standing_tips.h"
#include "views/study_tools.h"
#include "watchdog.h"
#include "window_test.h"

#include <QAbstractItemModelTester>
#include <QDeadlineTimer>
#include <QFile>
#include <QFontInfo>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>
#include <QTableView>
#include <QThread>
#include <QWheelEvent>

#include <atomic>
#include <thread>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

/// What a person does in the window, and that it answers at all times.
class TestMainWindow : public WindowTest {
    Q_OBJECT

private:
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
        makeHome();
        // Without fonts every letter is a box and nothing else would fail.
        QVERIFY(!QFontInfo(QApplication::font()).family().isEmpty());
        QCOMPARE(QApplication::font().family(), ChartStyle::screen(lightTheme())->fontFamily);
    }
    void cleanupTestCase() { m_theme.reset(); }

    /// Who adds a file to the study goes on where he was.
    void addedFilesLeaveTheGene() {
        const auto window = windowWithAGene();
        QVERIFY(window);
        typeGene(*window, gene(*window, 2));
        const std::string id = window->session().study()->genes()[2].gene.id;
        const auto isShown = [&] {
            return window->session().shown().gene() && window->session().shown().gene()->id == id;
        };
        QVERIFY(waitUntil(isShown));
        QVERIFY(verdict(*window) && calm(*window));
        const std::filesystem::path motifs = m_home / "more.meme";
        std::filesystem::copy_file(m_home.demoFolder() / "motifs.meme", motifs);
        QSignalSpy reopened(&window->session(), &Session::studyOpened);
        window->findChild<StudyTools*>()->addFiles({QString::fromStdString(motifs.string())});
        QVERIFY(waitUntil([&] { return reopened.size() == 1 && isShown(); }));
        QCOMPARE(window->session().study()->file().motifs.size(), size_t{2});
        QVERIFY(verdict(*window));
        QVERIFY(closed(*window));
    }

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
        QVERIFY(window->session().shown().report()->pearson.r < -0.5);
        const std::optional<double> supported = window->session().shown().report()->support().fraction();
        QVERIFY(supported && *supported > 0.0 && *supported < 0.5);
        QVERIFY(waitUntil([&] { return window->session().results().rows().size() == 60; })); // the list fills
        // LibTorch takes most of a second to load, and nothing here needs it.
        QFile maps(QStringLiteral("/proc/self/maps"));
        QVERIFY(maps.open(QIODevice::ReadOnly));
        QVERIFY(!maps.readAll().contains("libtorch"));
        QVERIFY(pages(*window)->currentWidget() == window->findChild<GenePage*>());
        QVERIFY(closed(*window));
    }

    void lastStudyAndGeneComeBackFromTheCache() {
        const QList<int> columns{GeneListModel::RColumn, GeneListModel::PredixcanColumn};
        QString shown;
        {
            const auto window = makeWindow();
            window->openStudy(m_home.study());
            QVERIFY(opened(*window));
            typeGene(*window, gene(*window, 2));
            QVERIFY(verdict(*window));
            shown = gene(*window, 2);
            window->findChild<GeneListPanel*>()->setColumns(columns);
            QVERIFY(closed(*window));
        }
        // In words: a type of ours is known to QSettings only after it has been used once.
        QCOMPARE(QSettings().value(QStringLiteral("window/geneColumns")).typeId(), int(QMetaType::QString));
        const auto window = makeWindow();
        window->restoreSession();
        QVERIFY(verdict(*window));
        QCOMPARE(QString::fromStdString(window->session().shown().gene()->name), shown);
        QCOMPARE(window->session().shown().scoresComputed(), 0);
        QVERIFY(window->session().shown().scoresFromCache() > 0);
        QCOMPARE(window->findChild<GeneListPanel*>()->columns(), columns);
        QVERIFY(closed(*window));
        QSettings().remove(QStringLiteral("window/geneColumns"));
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
        QVERIFY(window->session().shown().gene() == nullptr);
        QVERIFY(closed(*window));
    }

    void backAndForwardThroughGenes() {
        const auto window = makeWindow();
        window->openStudy(m_home.study());
        QVERIFY(opened(*window));
        const auto shown = [&] { return QString::fromStdString(window->session().shown().gene()->name); };
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
        QCOMPARE(QString::fromStdString(window->session().shown().gene()->name), gene(*window, 1));
        QTest::keyClick(&panel->table(), Qt::Key_Down);
        QCOMPARE(QString::fromStdString(window->session().shown().gene()->name), gene(*window, 2));
        QTest::keyClick(window.get(), Qt::Key_Up, Qt::ControlModifier);
        QCOMPARE(QString::fromStdString(window->session().shown().gene()->name), gene(*window, 1));
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
            return QString::fromStdString(window->session().shown().gene()->name) == name;
        };
        QSignalSpy changed(&window->session().shown(), &ShownGene::geneChanged);
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

    void tipsOfTheWindowStay() {
        const auto window = makeWindow();
        int tips = 0;
        for (const QWidget* widget : window->findChildren<QWidget*>())
            if (!widget->toolTip().isEmpty()) {
                QCOMPARE(widget->toolTipDuration(), StandingTips::StayMs);
                ++tips;
            }
        QVERIFY(tips > 10);
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

    /// A worker whose batch has no end is told of, and none that ends in time.
    void closedItWaitsNotForEver() {
        for (const bool ends : {true, false}) {
            MainWindow::Options options;
            options.demoFolder = m_home.demoFolder();
            options.patience = std::chrono::milliseconds(ends ? 60'000 : 300);
            MainWindow window(*m_theme, options);
            window.show();
            std::atomic<bool> go = false;
            window.jobs().run<void>(
                QStringLiteral("endless"), {}, JobRunner::Priority::Seen,
                [&](const RunContext&) -> Result<void> {
                    while (!go)
                        std::this_thread::sleep_for(std::chrono::milliseconds(5));
                    return {};
                },
                &window, [](const Result<void>&) {});
            QSignalSpy stuck(&window, &MainWindow::stuck), finished(&window, &MainWindow::finished);
            window.close();
            if (!ends)
                QTRY_COMPARE(stuck.count(), 1);
            QCOMPARE(finished.count(), 0);
            go = true;
            QTRY_VERIFY(finished.count() > 0);
            QCOMPARE(stuck.count(), ends ? 0 : 1);
        }
    }

    void closedWhileRunningItEndsSoon() {
        const auto window = makeWindow();
        window->openStudy(m_home.study(), {}, m_slowModel);
        QVERIFY(waitUntil([&] {
            return window->session().model().predictor() &&
                   window->session().model().predictor()->info().name == "slow";
        }));
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

    // Load, analyse, select, zoom, cancel, close: the event loop always answers within 50 ms, or twice what
    // this machine takes to draw the page if that is more. A program that computes, reads a file or takes a
    // lock on the GUI thread fails however often this is tried, while a page fault or a stolen processor
    // passes by: hence the best of three.
    void guiThreadNeverBlocks() {
        const double drawing = pageDrawingMs();
        QVERIFY(drawing > 0);
        qInfo("the page drawn anew, ms: %.1f", drawing);
        const double limitMs = std::max(50.0, 2 * drawing);
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
    double pageDrawingMs() {
        const auto window = makeWindow();
        window->openStudy(m_home.study());
        if (!opened(*window))
            return 0;
        typeGene(*window, gene(*window, 0));
        const double ms = verdict(*window) ? drawingMs(*window->findChild<GenePage*>()) : 0;
        return closed(*window) ? ms : 0;
    }
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
                return window->session().model().predictor() &&
                       window->session().model().predictor()->info().name == "slow";
            }));
            QTest::qWait(50);
            window->session().shown().cancel();
            QVERIFY(waitUntil([&] { return window->session().shown().error().has_value(); }));
            watchdog.phase("analyse all");
            window->session().chooseModel(QStringLiteral("demo-cnn"));
            QVERIFY(waitUntil([&] {
                return window->session().model().predictor() &&
                       window->session().model().predictor()->info().name == "demo-cnn";
            }));
            window->session().results().analyzeAll();
            QVERIFY(waitUntil([&] { return window->session().results().rows().size() == DemoHome::genes; }));
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
