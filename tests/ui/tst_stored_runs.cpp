// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/genome_run.h"
#include "analysis/result_places.h"
#include "base/json_text.h"
#include "document/session_file.h"
#include "engines/open_model.h"
#include "io/text_reader.h"
#include "model/model_folder.h"
#include "viewmodels/gene_list_model.h"
#include "viewmodels/run_list_model.h"
#include "views/gene_list_panel.h"
#include "views/genome_page.h"
#include "views/message.h"
#include "views/message_stack.h"
#include "views/run_banner.h"
#include "views/runs_dialog.h"
#include "views/window_actions.h"
#include "widget_check.h"
#include "window_test.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QPushButton>
#include <QTableView>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

/// Runs of the store that are not the current one: listed, opened to read, marked, closed.
class TestStoredRuns : public WindowTest {
    Q_OBJECT

private:
    std::filesystem::path m_study;    ///< whose run 1 is of three genes
    std::filesystem::path m_original; ///< its file as it was then

    /// As `analyze` stores it.
    static Result<GenomeRunResult> analyse(const Study& study, size_t genes, uint64_t seed = 0) {
        DS_ASSIGN(const std::shared_ptr<const Predictor> predictor, openModel("demo-cnn", {}));
        DS_ASSIGN(ResultStore store, openResultStore(study.file()));
        GenomeRun run;
        run.predictor = predictor;
        DS_ASSIGN(run.options.score, resolveScore({}, predictor->info()));
        run.options.statistics.seed = seed;
        std::vector<const StudyGene*> wanted;
        for (size_t i = 0; i < genes; ++i)
            wanted.push_back(&study.genes()[i]);
        return runGenome(study, wanted, run, store, {});
    }
    [[nodiscard]] std::filesystem::path store() const { return ResultStore::fileOf(m_study); }

    /// The same numbers in another file are another content.
    [[nodiscard]] Result<void> changeExpression() const {
        DS_ASSIGN(TextReader reader, TextReader::open(m_study.parent_path() / "expression.bed.gz"));
        std::string text;
        for (std::string_view line;;) {
            DS_ASSIGN(const bool any, reader.next(line));
            if (!any)
                break;
            text.append(line).append("\n");
        }
        writeText(m_study.parent_path() / "changed.bed", text);
        DS_ASSIGN(nlohmann::json study, readJsonFile(m_original));
        study["expression"] = "changed.bed";
        writeText(m_study, jsonText(study, 1));
        return {};
    }
    std::unique_ptr<MainWindow> openedWindow() {
        auto window = makeWindow();
        window->openStudy(QString::fromStdString(m_study.string()));
        return opened(*window) && calm(*window) ? std::move(window) : nullptr;
    }
    static bool calm(MainWindow& window) {
        return waitUntil([&] { return !window.jobs().isBusy(); });
    }
    static RunsDialog* dialogOf(MainWindow& window) {
        window.findChild<WindowActions*>()->storedRuns->trigger();
        auto* dialog = window.findChild<RunsDialog*>();
        return dialog != nullptr && calm(window) ? dialog : nullptr;
    }
    /// Through the dialog, as a person would.
    static bool show(MainWindow& window, int64_t run) {
        RunsDialog* dialog = dialogOf(window);
        if (dialog == nullptr)
            return false;
        const int row = dialog->model().rowOf(run);
        if (row < 0)
            return false;
        dialog->table().setCurrentIndex(dialog->model().index(row, 0));
        dialog->showButton().click();
        return waitUntil([&] { return !window.findChild<RunsDialog*>() && isShown(window, run); });
    }
    static bool isShown(MainWindow& window, int64_t run) {
        const auto& shown = window.genome().shownRun();
        return shown != nullptr && shown->id() == run;
    }
    static RunBanner* banner(MainWindow& window, const QString& name = QStringLiteral("runBanner")) {
        return window.findChild<RunBanner*>(name);
    }

private Q_SLOTS:
    void initTestCase() {
        makeHome();
        m_study = m_home.study().toStdString();
        m_original = m_study.string() + ".before";
        std::filesystem::copy_file(m_study, m_original);
        const StudyCheck check = diploscope::openStudy(m_study);
        QVERIFY(check.study != nullptr);
        DS_VERIFY(analyse(*check.study, 3));
    }
    void init() {
        std::filesystem::copy_file(m_original, m_study, std::filesystem::copy_options::overwrite_existing);
    }
    void cleanupTestCase() { m_theme.reset(); }

    void aRunOfChangedFilesIsOfferedOpenedMarkedAndClosed() {
        DS_VERIFY(changeExpression());
        const auto window = openedWindow();
        QVERIFY(window != nullptr);
        QCOMPARE(window->session().results().rows().size(), 0);
        QCOMPARE(window->session().results().keptRuns(), size_t{1});

        // Offered: the notice leads to the list, which says what differs.
        const auto* messages = window->findChild<MessageStack*>();
        QVERIFY(waitUntil([&] { return messages->count() == 1; }));
        auto* offer = messages->findChild<Message*>()->findChild<QPushButton*>();
        QVERIFY(offer != nullptr);
        offer->click();
        auto* dialog = window->findChild<RunsDialog*>();
        QVERIFY(dialog != nullptr && calm(*window));
        QCOMPARE(dialog->model().rowCount(), 1);
        const auto cell = [&](int column) { return dialog->model().index(0, column).data().toString(); };
        QCOMPARE(cell(RunListModel::RunColumn), QStringLiteral("1"));
        QCOMPARE(cell(RunListModel::ModelColumn), QStringLiteral("demo-cnn"));
        QCOMPARE(cell(RunListModel::GenesColumn), QStringLiteral("3"));
        QVERIFY(cell(RunListModel::NullColumn).contains(QStringLiteral("random predictors")));
        QVERIFY(cell(RunListModel::StoredColumn).contains(QStringLiteral("UTC")));
        QCOMPARE(cell(RunListModel::FilesColumn), QStringLiteral("`expression` differs"));
        QCOMPARE(cell(RunListModel::MarkColumn), QStringLiteral("options as chosen now"));
        const QStringList faults = faultsOfWidgets(*dialog);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));

        // Opened and marked: on the page, in the list and in what is written of it.
        dialog->showButton().click();
        QVERIFY(waitUntil([&] { return isShown(*window, 1); }));
        QVERIFY(window->findChild<GenomePage*>()->isVisible());
        QCOMPARE(window->genome().table()->rowCount(), size_t{3});
        QVERIFY(banner(*window)->isVisible());
        QCOMPARE(banner(*window)->title(), QStringLiteral("Run 1 is shown, not the current results"));
        for (const char* part : {"`expression` differs", "demo-cnn, 3 genes", "as they are now"})
            QVERIFY2(banner(*window)->text().contains(QLatin1String(part)), part);
        QVERIFY(!banner(*window)->accessibleName().isEmpty());
        QVERIFY(banner(*window, QStringLiteral("runNotice"))->isVisible());
        const auto& provenance = window->genome().table()->provenance();
        QVERIFY(std::any_of(provenance.begin(), provenance.end(),
                            [](const auto& entry) { return entry.first == "stored_run"; }));

        // A gene that is opened is of today, and changes nothing of the run.
        typeGene(*window, gene(*window, 5));
        QVERIFY(verdict(*window));
        QVERIFY(calm(*window));
        QCOMPARE(window->session().results().rows().size(), 1);
        QCOMPARE(window->genome().table()->rowCount(), size_t{3});
        QVERIFY(banner(*window, QStringLiteral("runNotice"))->isVisible()); // the list's numbers still are
        window->turnTo(Document::Page::Genome);
        QVERIFY(banner(*window)->isVisible());

        // Closed.
        QTest::mouseClick(&banner(*window)->backButton(), Qt::LeftButton);
        QVERIFY(waitUntil([&] { return window->genome().shownRun() == nullptr; }));
        QVERIFY(!banner(*window)->isVisible());
        QVERIFY(!banner(*window, QStringLiteral("runNotice"))->isVisible());
        QCOMPARE(window->genome().table()->rowCount(), size_t{1});
        QVERIFY(closed(*window));
    }

    void otherOptionsAreNamedAndTheCurrentRunIsTheWayBack() {
        {
            const StudyCheck check = diploscope::openStudy(m_study);
            DS_VERIFY(analyse(*check.study, 2, 7));
        }
        const auto window = openedWindow();
        QVERIFY(window != nullptr);
        QCOMPARE(window->session().results().rows().size(), 3);
        auto* dialog = dialogOf(*window);
        QVERIFY(dialog != nullptr);
        const QAbstractItemModelTester tester(&dialog->model());
        const RunListModel& runs = dialog->model();
        const auto text = [&](int64_t run, int column) {
            return runs.index(runs.rowOf(run), column).data().toString();
        };
        QCOMPARE(text(1, RunListModel::MarkColumn), QStringLiteral("current results"));
        QCOMPARE(text(1, RunListModel::RunColumn), QStringLiteral("1, shown"));
        const auto seeded =
            std::find_if(window->genome().runs().runs().begin(), window->genome().runs().runs().end(),
                         [](const RunEntry& run) { return run.otherwise == "with other `statistics.seed`"; });
        QVERIFY(seeded != window->genome().runs().runs().end());
        const int64_t id = seeded->stored.run.id;
        QCOMPARE(text(id, RunListModel::FilesColumn), QStringLiteral("as they are"));
        dialog->close();
        QVERIFY(waitUntil([&] { return !window->findChild<RunsDialog*>(); }));

        QVERIFY(show(*window, id));
        QCOMPARE(window->genome().table()->rowCount(), size_t{2});
        QVERIFY(banner(*window)->text().contains(QStringLiteral("statistics.seed")));
        auto* actions = window->findChild<WindowActions*>();
        QVERIFY(actions->currentRun->isEnabled());
        // In the smallest window, too, nothing that the banner says or pushes aside is cut.
        window->resize(1100, 680);
        QTest::qWait(60);
        QCOMPARE(window->size(), QSize(1100, 680));
        for (const QString& fault : faultsOfWidgets(*window)) // charts of two genes are another matter
            QVERIFY2(!fault.startsWith(QStringLiteral("cut:")) &&
                         !fault.startsWith(QStringLiteral("out of sight:")),
                     qPrintable(fault));

        // By the list, by the menu, and with what is asked of the current study.
        dialog = dialogOf(*window);
        QVERIFY(dialog != nullptr);
        dialog->table().setCurrentIndex(dialog->model().index(dialog->model().rowOf(1), 0));
        dialog->showButton().click();
        QVERIFY(waitUntil([&] { return window->genome().shownRun() == nullptr; }));
        QCOMPARE(window->genome().table()->rowCount(), size_t{3});
        QVERIFY(waitUntil([&] { return !window->findChild<RunsDialog*>(); }));
        QVERIFY(show(*window, id));
        actions->currentRun->trigger();
        QVERIFY(waitUntil([&] { return window->genome().shownRun() == nullptr; }));
        QVERIFY(!actions->currentRun->isEnabled());
        QVERIFY(show(*window, id));
        window->session().chooseModel(m_slowModel);
        QVERIFY(waitUntil([&] { return window->genome().shownRun() == nullptr; }));
        QVERIFY(closed(*window));
    }

    /// Showing a run is a step, and so is what leads away from it: undo finds it again, or says that it is
    /// gone.
    void showingARunIsAStep() {
        DS_VERIFY(changeExpression());
        const auto window = openedWindow();
        QVERIFY(window != nullptr);
        const auto* actions = window->findChild<WindowActions*>();
        const auto isCurrent = [&] { return window->genome().shownRun() == nullptr; };
        const auto run = [&] { return window->documents().document().genome.run; };
        QVERIFY(show(*window, 1));
        QCOMPARE(actions->undo->text(), QStringLiteral("&Undo Show run 1"));
        QVERIFY(run() == 1);
        actions->undo->trigger();
        QVERIFY(!run() && waitUntil(isCurrent));
        QVERIFY(!window->findChild<GenomePage*>()->isVisible()); // to which the run had led
        actions->redo->trigger();
        QVERIFY(waitUntil([&] { return isShown(*window, 1); }));
        actions->redo->trigger(); // there is none
        QVERIFY(run() == 1);

        window->session().chooseModel(m_slowModel); // asks for its own results
        QVERIFY(waitUntil(isCurrent) && opened(*window) && calm(*window));
        QCOMPARE(actions->undo->text(), QStringLiteral("&Undo Model slow"));
        QVERIFY(!run());
        actions->undo->trigger();
        QVERIFY(run() == 1 && calm(*window) && opened(*window) && calm(*window));
        QVERIFY(isShown(*window, 1));
        // Undone and redone before either has been read: the last wish stands.
        actions->undo->trigger();
        actions->redo->trigger();
        actions->undo->trigger();
        QVERIFY(!run() && calm(*window) && waitUntil(isCurrent));
        actions->redo->trigger();
        QVERIFY(waitUntil([&] { return isShown(*window, 1); }));

        QTest::mouseClick(&banner(*window)->backButton(), Qt::LeftButton);
        QVERIFY(waitUntil(isCurrent));
        QCOMPARE(actions->undo->text(), QStringLiteral("&Undo Show the current results"));
        const std::filesystem::path away = store().string() + ".away";
        std::filesystem::rename(store(), away);
        actions->undo->trigger();
        QVERIFY(run() == 1 && calm(*window));
        QVERIFY(!run() && isCurrent()); // the document shows what there is
        QVERIFY(window->findChild<MessageStack*>()->count() > 0);
        std::filesystem::rename(away, store());
        QVERIFY(closed(*window));
    }

    void aSessionShowsItsRun() {
        DS_VERIFY(changeExpression());
        const std::filesystem::path file = m_home / "run.diploscope.json";
        Document wish;
        wish.study = m_study;
        wish.page = Document::Page::Genome;
        wish.genome.run = 1;
        const auto window = makeWindow();
        QSignalSpy studies(&window->session(), &Session::studyOpened);
        for (int time = 1; time <= 2; ++time) { // the second time in place of itself
            DS_VERIFY(writeSession(wish, file));
            window->openStudy(QString::fromStdString(file.string()));
            QVERIFY(waitUntil([&] { return studies.size() == time; }) && opened(*window) && calm(*window));
            QVERIFY(isShown(*window, 1));
            QVERIFY(window->documents().document().genome.run == 1);
            QVERIFY(banner(*window)->isVisible());
        }
        wish.genome.run = 99;
        DS_VERIFY(writeSession(wish, file));
        window->openStudy(QString::fromStdString(file.string()));
        QVERIFY(waitUntil([&] { return studies.size() == 3; }) && opened(*window) && calm(*window));
        QVERIFY(window->genome().shownRun() == nullptr);
        QVERIFY(!window->documents().document().genome.run);
        QVERIFY(window->findChild<MessageStack*>()->count() > 0);
        QVERIFY(closed(*window));
    }

    /// The settings that it is compared with may become its own.
    void otherSettingsAreComparedAnew() {
        DS_VERIFY(changeExpression());
        const auto window = openedWindow();
        QVERIFY(window != nullptr);
        QVERIFY(show(*window, 1));
        Session::Settings settings = window->session().settings();
        settings.statistics.seed = 11;
        window->session().applySettings(settings);
        QVERIFY(waitUntil([&] {
            const auto& run = window->genome().shownRun();
            return run != nullptr && run->entry.otherwise.find("statistics.seed") != std::string::npos;
        }));
        QVERIFY(banner(*window)->text().contains(QStringLiteral("statistics.seed")));
        QVERIFY(closed(*window));
    }

    void aStudyThatIsClosedTakesItsRunAlong() {
        DS_VERIFY(changeExpression());
        const auto window = openedWindow();
        QVERIFY(window != nullptr);
        QVERIFY(show(*window, 1));
        QVERIFY(dialogOf(*window) != nullptr);
        window->genome().runs().open(1); // and one is on its way
        window->findChild<WindowActions*>()->closeStudy->trigger();
        QVERIFY(window->genome().runs().opened() == nullptr);
        QVERIFY(window->genome().shownRun() == nullptr);
        QVERIFY(window->genome().runs().runs().empty());
        QVERIFY(!banner(*window)->isVisible());
        QVERIFY(calm(*window));
        QVERIFY(window->genome().shownRun() == nullptr); // nothing of it comes late
        QCOMPARE(window->genome().table()->rowCount(), size_t{0});
        QVERIFY(waitUntil([&] { return !window->findChild<RunsDialog*>(); }));
        QVERIFY(!window->findChild<WindowActions*>()->storedRuns->isEnabled());

        // Opened again as it was before: what was another state's run is the current one.
        std::filesystem::copy_file(m_original, m_study, std::filesystem::copy_options::overwrite_existing);
        window->openStudy(QString::fromStdString(m_study.string()));
        QVERIFY(opened(*window) && calm(*window));
        QCOMPARE(window->session().results().rows().size(), 3);
        QVERIFY(closed(*window));
    }

    void theWindowIsClosedWhileARunIsOpen() {
        DS_VERIFY(changeExpression());
        auto window = openedWindow();
        QVERIFY(window != nullptr);
        QVERIFY(show(*window, 1));
        window->genome().runs().list();
        window->genome().runs().open(1);
        QVERIFY(closed(*window));
        window.reset();
    }

    void aStoreThatVanishedIsTold() {
        DS_VERIFY(changeExpression());
        const auto window = openedWindow();
        QVERIFY(window != nullptr);
        QVERIFY(show(*window, 1));
        auto* dialog = dialogOf(*window);
        QVERIFY(dialog != nullptr);
        dialog->close();
        QVERIFY(waitUntil([&] { return !window->findChild<RunsDialog*>(); }));
        const std::filesystem::path away = store().string() + ".away";
        std::filesystem::rename(store(), away);

        QSignalSpy failed(&window->genome().runs(), &RunShelf::failed);
        window->genome().runs().open(1);
        QVERIFY(waitUntil([&] { return failed.size() == 1; }));
        QVERIFY(isShown(*window, 1)); // what was read stays, and stays marked
        QVERIFY(banner(*window)->isVisible());
        QVERIFY(window->findChild<MessageStack*>()->count() > 0);
        dialog = dialogOf(*window);
        QVERIFY(dialog != nullptr);
        QCOMPARE(dialog->model().rowCount(), 0);
        QVERIFY(!dialog->showButton().isEnabled());
        window->genome().runs().open(1);
        QVERIFY(waitUntil([&] { return dialog->problem().contains(QStringLiteral("no longer stored")); }));

        std::filesystem::rename(away, store());
        window->genome().runs().close();
        QVERIFY(waitUntil([&] { return window->genome().shownRun() == nullptr; }));
        QVERIFY(closed(*window));
    }
};

QTEST_MAIN(TestStoredRuns)
#include "tst_stored_runs.moc"
