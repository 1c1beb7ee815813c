// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui_thread_test.h"

#include "document/session_file.h"
#include "viewmodels/run_list_model.h"
#include "views/experiments_page.h"
#include "views/genome_page.h"
#include "views/locus_panel.h"
#include "views/person_card.h"
#include "views/runs_dialog.h"
#include "views/scatter_panel.h"
#include "views/session_files.h"
#include "views/what_if_panel.h"

#include <QDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QTableView>

#include <thread>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

/// The window never waits for a disk, which may be a network's, or asleep: its thread asks the file system
/// for nothing, jobs do.
class TestGuiThread : public GuiThreadTest {
    Q_OBJECT

private:
    void oneGene(MainWindow& window, FileCalls& calls) {
        calls.phase("open a study");
        window.openStudy(m_home.study());
        QVERIFY(opened(window) && calm(window));
        calls.phase("open a gene");
        typeGene(window, gene(window, 0));
        QVERIFY(verdict(window) && calm(window));
        calls.phase("switch genes");
        for (size_t row = 1; row < 4; ++row) {
            typeGene(window, gene(window, row));
            QVERIFY(verdict(window));
        }
        QTest::keyClick(&window, Qt::Key_Left, Qt::AltModifier);
        QVERIFY(verdict(window) && calm(window));
        calls.phase("select people and SNVs");
        QVERIFY(clickAPoint(window));
        const auto report = window.session().shown().report();
        for (size_t person = 0; person < 5; ++person)
            window.selection().selectPerson(report->people.at(person).sample);
        for (size_t variant = 0; variant < 5; ++variant) {
            window.selection().selectVariant(report->variants.at(variant));
            QTest::qWait(20);
        }
        QVERIFY(calm(window));
        calls.phase("two SNVs, and two people one after the other");
        window.selection().selectVariants({report->variants.at(0), report->variants.at(1)});
        window.selection().selectPeople({report->people.at(0).sample, report->people.at(1).sample});
        QVERIFY(calm(window));
        const auto* page = window.findChild<GenePage*>();
        QVERIFY(page->person().explorer().story() && page->person().explorer().story()->complete);
        window.selection().selectPeople({report->people.at(2).sample});
        window.selection().selectPeople({}); // before anything is known
        QVERIFY(calm(window));
    }
    void document(MainWindow& window, FileCalls& calls) {
        calls.phase("zoom, undo and redo");
        QTest::keyClick(&window.findChild<GenePage*>()->locus().view(), Qt::Key_Plus);
        for (int i = 0; i < 3; ++i)
            actions(window).undo->trigger();
        for (int i = 0; i < 3; ++i)
            actions(window).redo->trigger();
        QVERIFY(verdict(window) && calm(window));
        QVERIFY(window.documents().document().region);
        calls.phase("places and letters");
        const Region& read = window.session().shown().report()->window;
        typeGene(window,
                 QString::fromStdString(toText(Region{read.contig, read.start + 100, read.start + 180})));
        QTest::qWait(30);
        typeGene(window, QString::fromStdString(read.contig) + QStringLiteral(":999999999999")); // nowhere
        QTest::keyClick(&window.findChild<GenePage*>()->locus().view(), Qt::Key_Right);
        QTest::keyClick(&window, Qt::Key_Left, Qt::AltModifier);
        QVERIFY(calm(window));
        calls.phase("autosave");
        QVERIFY(waitUntil([&] { // asked for by another thread, whose calls are its own
            bool isThere = false;
            std::thread([&] { isThere = std::filesystem::exists(autosaveFile()); }).join();
            return isThere;
        }));
        QTest::qWait(600);
        QVERIFY(calm(window));
        calls.phase("save a session");
        const QString file = QString::fromStdString((m_home / "kept.diploscope.json").string());
        window.sessions().save(file);
        QVERIFY(calm(window));
        calls.phase("open a session");
        const Document before = window.documents().document();
        window.openStudy(file);
        QVERIFY(calm(window) && opened(window) && verdict(window) && calm(window));
        QVERIFY(window.documents().document() == before);
        calls.phase("a session whose study has moved");
        Document moved = before;
        moved.study = m_home / "nowhere.study.json";
        std::thread([&] { (void)writeSession(moved, file.toStdString()); }).join();
        window.openStudy(file);
        QVERIFY(calm(window));
        auto* box = window.findChild<QMessageBox*>(QStringLiteral("movedStudy"));
        QVERIFY(box != nullptr);
        box->close();
        QTest::qWait(20);
    }
    void experiments(MainWindow& window, FileCalls& calls) {
        calls.phase("what is tried on a gene");
        window.turnTo(Document::Page::Experiments);
        QVERIFY(waitUntil([&] { return window.experiments().locus() != nullptr; }));
        const VariantResult& snv = window.session().shown().report()->variants.at(0);
        Document trying = window.documents().document();
        trying.experiments.whatIf = {{snv}, "all"};
        trying.experiments.ablation = AblationWish{AblationWish::Of::Chosen, {snv}, false};
        trying.experiments.saturation = SaturationWish{};
        trying.experiments.audit = true;
        for (const auto kind : {ExperimentKind::WhatIf, ExperimentKind::Ablation, ExperimentKind::Saturation,
                                ExperimentKind::Audit}) {
            trying.experiments.shown = kind;
            window.documents().change(QStringLiteral("Try"), trying);
            QVERIFY(calm(window));
        }
        calls.phase("changes through a VCF");
        const QString file = QString::fromStdString((m_home / "changes.vcf").string());
        WhatIfPanel& panel = window.findChild<ExperimentsPage*>()->whatIf();
        panel.exportVcf(file);
        QVERIFY(calm(window));
        panel.importVcf(file);
        QVERIFY(calm(window));
        QVERIFY(panel.typedError().isEmpty());
        calls.phase("leave a locus that is ready");
        typeGene(window, gene(window, 2));
        QVERIFY(verdict(window) && calm(window));
        window.turnTo(Document::Page::Gene);
        typeGene(window, gene(window, 0));
        QVERIFY(verdict(window) && calm(window));
    }
    void figures(MainWindow& window, FileCalls& calls) {
        calls.phase("save and copy figures");
        const auto* page = window.findChild<GenePage*>();
        for (const std::string ending : {"svg", "pdf", "png"}) {
            QSignalSpy saved(&page->locus().saver(), &FigureSaver::saved);
            page->locus().saver().saveTo(QString::fromStdString((m_home / ("locus." + ending)).string()),
                                         {120, 80, 150});
            QVERIFY(saved.wait());
        }
        page->scatter().saver().copy();
        actions(window).copyPicture->trigger();
        QVERIFY(calm(window));
    }
    void allGenes(MainWindow& window, FileCalls& calls) {
        calls.phase("analyse all genes");
        window.turnTo(Document::Page::Genome);
        actions(window).analyseAll->trigger();
        QVERIFY(waitUntil([&] { return window.session().results().rows().size() == DemoHome::genes; }));
        QVERIFY(waitUntil([&] { return window.genome().table()->rowCount() == size_t(DemoHome::genes); }));
        QVERIFY(calm(window));
        calls.phase("filter and brush");
        auto* filter = window.findChild<QLineEdit*>(QStringLiteral("geneFilter"));
        QTest::keyClicks(filter, QStringLiteral("r > -2"));
        window.genome().select({0, 1}, BrushMode::Replace);
        QVERIFY(calm(window));
        window.genome().clearSelection();
        filter->clear();
        QVERIFY(calm(window));
    }
    void storedRuns(MainWindow& window, FileCalls& calls) {
        calls.phase("other settings");
        Session::Settings settings = window.session().settings();
        settings.statistics.seed = 7;
        settings.cacheLimitBytes /= 2; // the cache is closed, and opened anew
        window.session().applySettings(settings);
        QVERIFY(calm(window));
        calls.phase("stored runs");
        actions(window).storedRuns->trigger();
        auto* dialog = window.findChild<RunsDialog*>();
        QVERIFY(dialog != nullptr && calm(window));
        const RunListModel& runs = dialog->model();
        QVERIFY(runs.rowCount() > 0);
        dialog->table().setCurrentIndex(runs.index(runs.rowCount() - 1, 0));
        dialog->showButton().click();
        QVERIFY(waitUntil([&] { return window.genome().shownRun() != nullptr; }));
        window.genome().runs().close();
        QVERIFY(calm(window));
    }
    /// But not those that ask for a file: Qt's own looks at the disk for itself.
    void dialogs(MainWindow& window, FileCalls& calls) {
        const WindowActions& all = actions(window);
        for (QAction* action : {all.models, all.score, all.preferences, all.newStudy, all.guide, all.select,
                                all.shortcuts, all.about, all.jobs}) {
            calls.phase(action->text().toStdString());
            action->trigger();
            QVERIFY(calm(window));
            for (QDialog* dialog : window.findChildren<QDialog*>(QString(), Qt::FindDirectChildrenOnly))
                dialog->close();
            QTest::qWait(20);
        }
    }
    void theRest(MainWindow& window, FileCalls& calls) {
        calls.phase("log and crash notes");
        actions(window).showLog->trigger();
        actions(window).showCrashNotes->trigger();
        QVERIFY(calm(window));
        calls.phase("come back to the window");
        QEvent back(QEvent::WindowActivate);
        QApplication::sendEvent(&window, &back);
        QVERIFY(calm(window));
        calls.phase("another model");
        window.session().chooseModel(m_slowModel);
        QVERIFY(opened(window));
        QTest::qWait(50);
        calls.phase("close the study");
        window.closeStudy();
        QVERIFY(calm(window));
        calls.phase("close the window");
        QVERIFY(closed(window));
    }

private Q_SLOTS:
    void initTestCase() { makeHome(); }
    void cleanupTestCase() { m_theme.reset(); }

    /// Or there would be nothing to see where there is something.
    void callsOfThisThreadAreSeenAndNoOthers() {
        const std::filesystem::path there = m_home.study().toStdString();
        FileCalls calls(std::vector<AllowedPlace>{{"/proc/", "a test"}});
        calls.phase("look");
        QVERIFY(std::filesystem::exists("/proc/self"));
        QCOMPARE(calls.allowed().at("a test"), size_t{1});
        QCOMPARE(calls.count(), size_t{0});
        size_t before = 0;
        const auto isSeen = [&] { return std::exchange(before, calls.count()) < calls.count(); };
        QVERIFY(std::filesystem::exists(there) && isSeen());
        QVERIFY(QFile::exists(m_home.study()) && isSeen());
        QVERIFY(std::ifstream(there).good() && isSeen());
        DS_VERIFY(ResultStore::open(m_home / "made.sqlite"));
        QVERIFY(isSeen());
        QSettings().setValue(QStringLiteral("a"), 1);
        QVERIFY(isSeen());
        const std::string first = calls.notes().front();
        QVERIFY2(first.starts_with("look: "), first.c_str());
        std::thread([&] { (void)std::filesystem::exists(there); }).join();
        QCOMPARE(calls.count(), before);
    }

    void noFileIsAskedForInOrdinaryUse() {
        nothingIsAskedForBy({&TestGuiThread::oneGene, &TestGuiThread::document, &TestGuiThread::experiments,
                             &TestGuiThread::figures, &TestGuiThread::allGenes, &TestGuiThread::storedRuns,
                             &TestGuiThread::dialogs, &TestGuiThread::theRest});
    }
};

QTEST_MAIN(TestGuiThread)
#include "tst_gui_thread.moc"
