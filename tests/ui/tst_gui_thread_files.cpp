// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui_thread_test.h"

#include "figures/figure_registry.h"
#include "support.h"
#include "viewmodels/study_draft.h"
#include "views/figure_form.h"
#include "views/figures_page.h"
#include "views/locus_panel.h"
#include "views/model_manager.h"
#include "views/preferences_dialog.h"
#include "views/regions_dialog.h"
#include "views/scatter_panel.h"
#include "views/study_assistant.h"
#include "views/study_tools.h"
#include "views/tracks_button.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSpinBox>

#include <thread>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;
namespace fs = std::filesystem;

/// Files that come and go by a person's wish are read and written by jobs, too.
class TestGuiThreadFiles : public GuiThreadTest {
    Q_OBJECT

private:
    fs::path m_published;

    [[nodiscard]] QString place(const std::string& name) const {
        return QString::fromStdString((m_home / name).string());
    }
    /// What asks with Qt's dialog is answered; the dialog alone looks for itself.
    static bool answer(MainWindow& window, FileCalls& calls, const std::function<void()>& ask,
                       const QString& file) {
        calls.setLookingAway(true);
        ask();
        QFileDialog* dialog = nullptr;
        const bool asked = waitUntil([&] {
            dialog = window.findChild<QFileDialog*>();
            return dialog != nullptr && dialog->isVisible();
        });
        calls.setLookingAway(false);
        if (!asked)
            return false;
        Q_EMIT dialog->fileSelected(file);
        calls.setLookingAway(true);
        delete dialog;
        calls.setLookingAway(false);
        if (!calm(window))
            return false;
        if (auto* question = window.findChild<QMessageBox*>(QStringLiteral("askToWrite"))) {
            QTest::mouseClick(question->buttons().front(), Qt::LeftButton);
            delete question;
        }
        return calm(window);
    }
    static QPoint onLocus(MainWindow& window) {
        const LocusPanel& locus = window.findChild<GenePage*>()->locus();
        return locus.mapTo(&window, locus.rect().center());
    }
    static void drop(MainWindow& window, QPoint place, const QString& file) {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file)});
        QDragEnterEvent enter(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &enter); // a drop goes to who let it in
        QDropEvent event(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &event);
    }
    static void openGene(MainWindow& window, const QString& study) {
        window.openStudy(study);
        QVERIFY(opened(window));
        typeGene(window, gene(window, 0));
        QVERIFY(verdict(window) && calm(window));
    }

    void demo(MainWindow& window, FileCalls& calls) {
        calls.phase("the demo study");
        actions(window).openDemo->trigger();
        QVERIFY(opened(window) && calm(window));
        typeGene(window, gene(window, 0));
        QVERIFY(verdict(window) && calm(window));
    }
    void figures(MainWindow& window, FileCalls& calls) {
        calls.phase("a figure of several panels");
        window.turnTo(Document::Page::Figures);
        auto& page = *window.findChild<FiguresPage*>();
        for (const char* figure : {"ism", "observed-predicted", "carriers"}) {
            page.addPanelOf(**figureNamed(figure));
            QVERIFY(calm(window));
        }
        QVERIFY(waitUntil([&] { return page.canvas().places().size() == 3; }));
        page.figureForm().findChildren<QDoubleSpinBox*>().first()->setValue(114);
        QVERIFY(calm(window));
        for (const char* ending : {".svg", ".pdf", ".png"}) {
            calls.phase(std::string("save it as ") + ending);
            page.saveTo((m_home / (std::string("three") + ending)));
            QVERIFY(calm(window));
        }
        calls.phase("save a template, open it and the figure");
        page.saveTemplate(m_home / "mine.figure.json");
        QVERIFY(calm(window));
        for (const char* file : {"mine.figure.json", "three.svg"}) {
            page.openFile(m_home / file);
            QVERIFY(calm(window));
            QVERIFY(waitUntil([&] { return page.canvas().places().size() == 3; }));
        }
        calls.phase("figures of all genes");
        std::vector<std::string> genes;
        for (const auto& one : window.session().study()->genes())
            genes.push_back(one.gene.id);
        page.saveForGenes(genes, m_home / ".", FigureFormat::Svg);
        QVERIFY(calm(window));
        window.turnTo(Document::Page::Gene);
    }
    void carried(MainWindow& window, FileCalls& calls) {
        calls.phase("carry a chart out of the window");
        std::unique_ptr<QMimeData> data;
        window.findChild<GenePage*>()->scatter().saver().prepareDrag(
            [&](std::unique_ptr<QMimeData> made) { data = std::move(made); });
        QVERIFY(waitUntil([&] { return data != nullptr; }));
        QVERIFY(calm(window));
    }
    void exports(MainWindow& window, FileCalls& calls) {
        window.session().results().analyzeAll();
        QVERIFY(waitUntil([&] { return window.genome().table()->rowCount() == size_t(DemoHome::genes); }));
        QVERIFY(calm(window));
        std::thread([&] { fs::create_directory(m_home / "tables"); }).join();
        const WindowActions& all = actions(window);
        for (const auto& [action, to] :
             {std::pair(all.reportGene, "gene.pdf"), std::pair(all.reportStudy, "study.pdf"),
              std::pair(all.exportTables, "tables"), std::pair(all.exportSummary, "summary.tsv"),
              std::pair(all.exportAnnData, "all.h5ad"), std::pair(all.savePicture, "page.png"),
              std::pair(all.saveGene, "tables"), std::pair(all.saveGenome, "tables")}) {
            calls.phase(action->text().toStdString());
            if (action == all.saveGenome)
                window.turnTo(Document::Page::Genome);
            QVERIFY2(action->isEnabled() &&
                         answer(
                             window, calls, [&, act = action] { act->trigger(); }, place(to)),
                     qPrintable(action->text()));
        }
        window.turnTo(Document::Page::Gene);
        for (const char* made : {"gene.pdf", "study.pdf", "summary.tsv", "all.h5ad", "page.png"})
            QVERIFY2(isThere(m_home / made), made);
    }
    /// Asked for by another thread, whose calls are its own.
    static bool isThere(const fs::path& file) {
        bool there = false;
        std::thread([&] { there = fs::exists(file); }).join();
        return there;
    }
    void tracks(MainWindow& window, FileCalls& calls) {
        const Region region = window.session().shown().report()->window;
        const int64_t middle = (region.start + region.end) / 2;
        std::thread([&] {
            writeText(m_home / "peaks.bed", region.contig + "\t" + std::to_string(middle) + "\t" +
                                                std::to_string(middle + 50) + "\tpeak\t10\t+\n");
            writeText(m_home / "bad.bed", "1\t5\n");
            writeText(m_home / "mine.jaspar", ">M1 BASE\n9 9 9\n0 0 0\n0 0 0\n0 0 0\n");
        }).join();
        const LocusPanel& locus = window.findChild<GenePage*>()->locus();
        calls.phase("a track is dropped, and a broken one");
        drop(window, onLocus(window), place("peaks.bed"));
        QVERIFY(waitUntil([&] { return locus.arrangement().files.size() == 1; }));
        drop(window, onLocus(window), place("bad.bed"));
        QVERIFY(calm(window));
        calls.phase("motifs are dropped");
        drop(window, onLocus(window), place("mine.jaspar"));
        QVERIFY(waitUntil([&] { return locus.arrangement().motifs.size() == 1; }));
        window.selection().selectVariant(window.session().shown().report()->variants.at(0));
        QVERIFY(calm(window));
        calls.phase("another gene with them");
        typeGene(window, gene(window, 1));
        QVERIFY(verdict(window) && calm(window));
        calls.phase("regions of interest");
        Q_EMIT locus.tracksButton().regionsWanted();
        auto* dialog = window.findChild<RegionsDialog*>();
        QVERIFY(dialog != nullptr);
        QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("addRegion")), Qt::LeftButton);
        QVERIFY(answer(
            window, calls, [&] { Q_EMIT dialog->exportWanted(); }, place("regions.bed")));
        QVERIFY(isThere(m_home / "regions.bed"));
        dialog->close();
        QVERIFY(calm(window));
    }
    void assistant(MainWindow& window, FileCalls& calls) {
        calls.phase("files are dropped for a new study");
        std::vector<fs::path> files;
        std::thread([&] {
            for (const auto& entry : fs::directory_iterator(m_home.demoFolder()))
                if (!entry.path().string().ends_with(".json") && entry.is_regular_file())
                    files.push_back(entry.path());
        }).join();
        drop(window, QPoint(20, 300),
             QString::fromStdString((m_home.demoFolder() / "reference.fa.gz").string()));
        auto* assistant = window.findChild<StudyAssistant*>();
        QVERIFY(assistant != nullptr);
        QStringList names;
        for (const fs::path& file : files)
            names << QString::fromStdString(file.string());
        assistant->addFiles(names);
        QVERIFY(calm(window));
        for (QComboBox* combo : assistant->findChildren<QComboBox*>())
            if (combo->isEditable())
                combo->setEditText(QStringLiteral("made")); // no file tells
        QVERIFY(waitUntil([&] { return assistant->check().has_value(); }));
        QVERIFY(calm(window));
        calls.phase("the new study is saved, and opens");
        QSignalSpy again(&window.session(), &Session::studyOpened);
        assistant->saveTo(place("own.study.json"));
        QVERIFY(waitUntil([&] { return again.count() == 1; }));
        QVERIFY(calm(window));
    }
    void models(MainWindow& window, FileCalls& calls) {
        calls.phase("a model is installed");
        std::thread([&] {
            writeModelWithWeights(
                m_home / "tiny", sequentialModel({"flatten", {{"linear", {{"name", "o"}, {"out", 1}}}}}, 64));
        }).join();
        actions(window).models->trigger();
        auto* manager = window.findChild<ModelManager*>();
        QVERIFY(manager != nullptr && calm(window));
        const int before = manager->models().rowCount();
        manager->addFolder(place("tiny"));
        QVERIFY(waitUntil([&] { return manager->models().rowCount() == before + 1; }));
        manager->close();
        QVERIFY(calm(window));
    }
    void preferences(MainWindow& window, FileCalls& calls) {
        calls.phase("preferences are changed");
        actions(window).preferences->trigger();
        auto* dialog = window.findChild<PreferencesDialog*>();
        QVERIFY(dialog != nullptr && calm(window));
        for (QSpinBox* field : dialog->findChildren<QSpinBox*>())
            if (field->accessibleName() == QStringLiteral("Threads"))
                field->setValue(1);
        dialog->findChildren<QComboBox*>().first()->setCurrentIndex(1);
        QVERIFY(calm(window));
        dialog->close();
        QTest::qWait(700); // they are written a moment later
        QVERIFY(calm(window));
    }
    void tools(MainWindow& window, FileCalls& calls) {
        calls.phase("PrediXcan is trained, and the study opens anew");
        window.openStudy(m_home.study());
        QVERIFY(opened(window) && calm(window));
        QSignalSpy again(&window.session(), &Session::studyOpened);
        auto* studyTools = window.findChild<StudyTools*>();
        studyTools->trainPredixcan(m_home / "own.db");
        QVERIFY(waitUntil([&] { return again.count() == 1; }));
        QVERIFY(calm(window));
        const fs::path& tables = m_published;
        if (!isThere(tables / "SupplementaryTable1.tsv")) {
            qWarning("Not there, and left out: the published tables (DIPLOSCOPE_SHARED_DATA)");
            return;
        }
        calls.phase("published tables");
        QStringList names;
        for (const char* name : {"SupplementaryTable2.half.tsv", "SupplementaryTable1.tsv",
                                 "tss_attribution_stats.txt", "driver_saturation.half.tsv.gz"})
            names << QString::fromStdString((tables / name).string());
        studyTools->importPublished(names, m_home / "published");
        QVERIFY(waitUntil([&] { return again.count() == 2; }));
        QVERIFY(calm(window));
        window.turnTo(Document::Page::Genome);
        QVERIFY(calm(window));
        typeGene(window, QString::fromStdString(window.session().genes().all().front().id));
        QVERIFY(calm(window));
    }
    void close(MainWindow& window, FileCalls& calls) {
        calls.phase("close the window");
        QVERIFY(closed(window));
    }

private Q_SLOTS:
    void initTestCase() {
        m_published = sharedData() / "published";
        makeHome();
    }
    void cleanupTestCase() { m_theme.reset(); }

    void noFileIsAskedForWhereFilesComeAndGo() {
        using Test = TestGuiThreadFiles;
        nothingIsAskedForBy({&Test::demo, &Test::figures, &Test::carried, &Test::exports, &Test::tracks,
                             &Test::assistant, &Test::models, &Test::preferences, &Test::tools,
                             &Test::close});
    }
};

QTEST_MAIN(TestGuiThreadFiles)
#include "tst_gui_thread_files.moc"
