// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/atomic_file.h"
#include "figures/gene_figures.h"
#include "saved_figure.h"
#include "table_file.h"
#include "views/driver_panel.h"
#include "views/export_places.h"
#include "views/gene_list_panel.h"
#include "views/locus_panel.h"
#include "views/message_stack.h"
#include "views/problems_dialog.h"
#include "views/scatter_panel.h"
#include "views/score_dialog.h"
#include "views/snv_inspector.h"
#include "views/study_assistant.h"
#include "views/window_actions.h"
#include "window_test.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QDir>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QTableView>
#include <QUrl>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

/// What comes into the window and what goes out of it: studies, data, weights, figures, tables.
class TestWindowFiles : public WindowTest {
    Q_OBJECT

private:
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

    /// Files are looked for and written by jobs.
    static bool calm(MainWindow& window) {
        return waitUntil([&] { return !window.jobs().isBusy(); });
    }

private Q_SLOTS:
    void initTestCase() { makeHome(); }
    void cleanupTestCase() { m_theme.reset(); }

    void aClosedStudyIsClosedEverywhere() {
        const auto window = makeWindow();
        window->openStudy(m_home.study());
        QVERIFY(opened(*window));
        typeGene(*window, gene(*window, 0));
        QVERIFY(verdict(*window));
        QVERIFY(clickAPoint(*window));
        auto* filter = window->findChild<QLineEdit*>(QStringLiteral("geneFilter"));
        QTest::keyClicks(filter, QStringLiteral("r > -2"));
        window->session().results().analyzeAll();
        QVERIFY(waitUntil([&] { return window->genome().table()->rowCount() > 0; }));
        window->genome().select({0}, BrushMode::Replace);
        window->session().chooseModel(m_slowModel); // with a job that runs
        QVERIFY(waitUntil([&] { return window->session().model().predictor() != nullptr; }));
        auto* actions = window->findChild<WindowActions*>();
        QVERIFY(actions->score->isEnabled());
        actions->score->trigger();
        QVERIFY(window->findChild<ScoreDialog*>() != nullptr);

        actions->closeStudy->trigger();
        const Session& session = window->session();
        const auto* page = window->findChild<GenePage*>();
        const auto isClosed = [&] {
            QVERIFY(session.study() == nullptr && session.shown().gene() == nullptr &&
                    session.model().predictor() == nullptr);
            QVERIFY(session.shown().report() == nullptr && session.results().rows().isEmpty() &&
                    session.genes().all().empty());
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
                  actions->trainPredixcan, actions->exportTables, actions->saveLocus, actions->saveGene,
                  actions->exportSummary, actions->savePicture, actions->genomePage, actions->experimentsPage,
                  actions->reportGene, actions->reportStudy, actions->exportAnnData, actions->back,
                  actions->forward})
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
            return window->session().model().choice() == folder && !window->jobs().isBusy() &&
                   chooser->currentText().contains(QStringLiteral("weights missing"));
        }));
        QVERIFY(window->session().model().predictor() == nullptr);
        std::filesystem::rename(m_home / "elsewhere", weights);
        QEvent back(QEvent::WindowActivate);
        QApplication::sendEvent(window.get(), &back);
        QVERIFY(waitUntil([&] { return window->session().model().predictor() != nullptr; }));
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
        window->session().results().analyzeAll();
        window->turnTo(Document::Page::Genome);
        QVERIFY(waitUntil([&] {
            return window->genome().table()->rowCount() == size_t(DemoHome::genes) &&
                   !window->jobs().isBusy();
        }));
        auto* actions = window->findChild<WindowActions*>();
        const std::filesystem::path folder = m_home / "exported";
        QString told;
        const auto choose = [&](QAction* action) {
            action->trigger();
            QVERIFY(waitUntil([&] { return window->findChild<QFileDialog*>() != nullptr; }));
            auto* dialog = window->findChild<QFileDialog*>();
            // Not among the data, and not before all that is written was named.
            QVERIFY(dialog->directory() != QDir(QString::fromStdString(m_home.demoFolder().string())));
            Q_EMIT dialog->fileSelected(QString::fromStdString(folder.string()));
            delete dialog;
            QVERIFY(calm(*window));
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

        QVERIFY(actions->exportAnnData->isEnabled());
        actions->exportAnnData->trigger();
        QVERIFY(waitUntil([&] { return window->findChild<QFileDialog*>() != nullptr; }));
        auto* dialog = window->findChild<QFileDialog*>();
        QVERIFY(dialog->selectedFiles().front().endsWith(".h5ad"));
        Q_EMIT dialog->fileSelected(QString::fromStdString((folder / "all.h5ad").string()));
        delete dialog;
        QVERIFY(waitUntil([&] { return std::filesystem::exists(folder / "all.h5ad"); }));
        QVERIFY(fileContent(folder / "all.h5ad").startsWith("\x89HDF")); // what is in it, the test h5ad tells
        QVERIFY(closed(*window));
    }

    /// Those that no panel shows, too, and as commands draw them.
    void allFiguresOfAGeneAreSaved() {
        const auto window = makeWindow();
        window->openStudy(m_home.study());
        QVERIFY(opened(*window));
        auto* actions = window->findChild<WindowActions*>();
        QVERIFY(!actions->saveGene->isEnabled());
        typeGene(*window, gene(*window, 0));
        QVERIFY(verdict(*window));
        QVERIFY(calm(*window));
        QVERIFY(actions->saveGene->isEnabled());
        actions->saveGene->trigger();
        QVERIFY(waitUntil([&] { return window->findChild<QFileDialog*>() != nullptr; }));
        const std::filesystem::path folder = m_home / "of a gene";
        std::filesystem::create_directories(folder);
        auto* dialog = window->findChild<QFileDialog*>();
        Q_EMIT dialog->fileSelected(QString::fromStdString(folder.string()));
        delete dialog;
        QVERIFY(waitUntil(
            [&] { return window->findChild<QMessageBox*>(QStringLiteral("askToWrite")) != nullptr; }));
        auto* question = window->findChild<QMessageBox*>(QStringLiteral("askToWrite"));
        const std::string stem = gene(*window, 0).toStdString();
        QVERIFY2(
            question->informativeText().contains(QString::fromStdString(stem + ".observed-predicted.svg")),
            qPrintable(question->informativeText()));
        QTest::mouseClick(question->buttons().front(), Qt::LeftButton);
        delete question;
        QVERIFY(waitUntil([&] { return std::filesystem::exists(folder / (stem + ".eqtl.png")); }));
        QVERIFY(calm(*window));
        const GeneFigureSpec spec =
            geneFigureSpec(window->session().shown().report(), window->session().study()->annotation());
        for (const FigureEntry& figure : geneFigures()) {
            const ReadyFigure ready = figure.make(spec);
            for (const char* ending : {".svg", ".pdf", ".png"})
                QCOMPARE(std::filesystem::exists(folder / (stem + "." + figure.name + ending)),
                         ready.empty.isEmpty());
            if (!ready.empty.isEmpty())
                continue;
            const std::string svg = readWholeFile(folder / (stem + "." + figure.name + ".svg")).value();
            const auto again = madeAgain(svg, FigureFormat::Svg, window->session().workspace()->cache);
            DS_VERIFY(again);
            QVERIFY2(*again == svg, figure.name);
        }
        QVERIFY(closed(*window));
    }

    /// As the command writes them: the window's study and settings, and the same way to bytes.
    void reportsOfAGeneAndOfTheStudy() {
        const auto window = makeWindow();
        auto* actions = window->findChild<WindowActions*>();
        QVERIFY(!actions->reportGene->isEnabled() && !actions->reportStudy->isEnabled());
        window->openStudy(m_home.study());
        QVERIFY(opened(*window));
        QVERIFY(!actions->reportGene->isEnabled());
        typeGene(*window, gene(*window, 0));
        QVERIFY(verdict(*window));
        window->session().results().analyzeAll();
        QVERIFY(waitUntil([&] { return window->genome().table()->rowCount() > 1; }));
        QVERIFY(calm(*window));
        for (const auto& [action, name, told] :
             {std::tuple(actions->reportGene, "gene.pdf", "--gene"),
              std::tuple(actions->reportStudy, "study.pdf", "diploscope report")}) {
            QVERIFY(action->isEnabled());
            action->trigger();
            QVERIFY(waitUntil([&] { return window->findChild<QFileDialog*>() != nullptr; }));
            auto* dialog = window->findChild<QFileDialog*>();
            const std::filesystem::path file = m_home / name;
            Q_EMIT dialog->fileSelected(QString::fromStdString(file.string()));
            delete dialog;
            QVERIFY(waitUntil([&] { return std::filesystem::exists(file); }));
            QVERIFY(calm(*window));
            const std::string pdf = readWholeFile(file).value();
            QVERIFY2(pdf.starts_with("%PDF") && pdf.find(told) != std::string::npos, name);
        }
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
            return calm(*window) ? window->findChild<QFileDialog*>() : nullptr;
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
        QVERIFY(calm(*window));
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
        QVERIFY(calm(*window));
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
        QVERIFY(calm(*window));
        QVERIFY(isApart(exportFolder(study)));
        QDir::setCurrent(QDir::rootPath());
        QVERIFY(closed(*window));
        QFile::remove(data.filePath(QStringLiteral("picture.png")));
    }
};

QTEST_MAIN(TestWindowFiles)
#include "tst_window_files.moc"
