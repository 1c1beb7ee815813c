// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/atomic_file.h"
#include "document/session_file.h"
#include "views/gene_list_panel.h"
#include "views/genome_page.h"
#include "views/locus_panel.h"
#include "views/message_stack.h"
#include "views/session_files.h"
#include "views/shortcuts_dialog.h"
#include "views/window_actions.h"
#include "window_test.h"

#include <QAction>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QProcess>
#include <QPushButton>
#include <QStackedWidget>
#include <QTextEdit>
#include <QToolButton>
#include <QUrl>
#include <fmt/format.h>

#include <unistd.h>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;
namespace fs = std::filesystem;

/// Undo, sessions and what is left of a window that crashed, in the window itself.
class TestDocumentWindow : public WindowTest {
    Q_OBJECT

private:
    static WindowActions& actions(MainWindow& window) { return *window.findChild<WindowActions*>(); }
    static LocusPanel& locus(MainWindow& window) { return window.findChild<GenePage*>()->locus(); }
    static const Document& document(MainWindow& window) { return window.documents().document(); }
    static QString shown(MainWindow& window) {
        return window.session().shown().gene() == nullptr
                   ? QString()
                   : QString::fromStdString(window.session().shown().gene()->name);
    }
    static AxisRange seen(MainWindow& window) {
        return locus(window).view().tracks().front().chart->xRange();
    }
    static AxisRange whole(MainWindow& window) {
        return locus(window).view().tracks().front().chart->fullX();
    }
    static void zoom(MainWindow& window, int times) {
        for (int i = 0; i < times; ++i)
            QTest::keyClick(&locus(window).view(), Qt::Key_Plus);
    }
    static bool says(MainWindow& window, const QString& text) {
        for (const QTextEdit* part : window.findChild<MessageStack*>()->findChildren<QTextEdit*>())
            if (part->toPlainText().contains(text))
                return true;
        return false;
    }
    static void press(QMessageBox& box, QMessageBox::ButtonRole role) {
        for (QAbstractButton* button : box.buttons())
            if (box.buttonRole(button) == role) {
                QTest::mouseClick(button, Qt::LeftButton);
                return;
            }
    }
    fs::path file(const std::string& name) const { return m_home / (name + ".diploscope.json"); }
    QString session(const std::string& name) const { return QString::fromStdString(file(name).string()); }
    /// Of a study that is open, with its first gene's verdict.
    std::unique_ptr<MainWindow> windowWithAGene() {
        auto window = makeWindow();
        window->openStudy(m_home.study());
        if (!opened(*window))
            return nullptr;
        typeGene(*window, gene(*window, 0));
        return verdict(*window) ? std::move(window) : nullptr;
    }

private Q_SLOTS:
    void initTestCase() { makeHome(); }
    void cleanupTestCase() { m_theme.reset(); }

    void stepsAreInTheEditMenu() {
        const auto window = windowWithAGene();
        QVERIFY(window);
        WindowActions& all = actions(*window);
        const QList<QMenu*> menus = window->findChildren<QMenu*>();
        for (QAction* action : {all.undo, all.redo, all.openSession, all.saveSession})
            QVERIFY2(std::any_of(menus.begin(), menus.end(),
                                 [&](const QMenu* menu) { return menu->actions().contains(action); }),
                     qPrintable(action->text()));
        QCOMPARE(all.undo->text(), QStringLiteral("&Undo Show ") + gene(*window, 0));
        QVERIFY(all.undo->isEnabled() && !all.redo->isEnabled());
        const ShortcutsDialog keys({all.undo}, nullptr); // tells of the key, not of the step
        const QList<QLabel*> words = keys.findChildren<QLabel*>();
        QVERIFY(std::any_of(words.begin(), words.end(),
                            [](const QLabel* word) { return word->text() == QStringLiteral("Undo"); }));

        zoom(*window, 3);
        QCOMPARE(all.undo->text(), QStringLiteral("&Undo Zoom"));
        const AxisRange zoomed = seen(*window);
        QVERIFY(zoomed != whole(*window));
        QVERIFY(document(*window).region == zoomed);
        QVERIFY(clickAPoint(*window));
        const Variant selected = *window->selection().variant();
        const auto index = window->session().shown().report()->find(selected);
        QVERIFY(index);
        const VariantResult& variant = window->session().shown().report()->variants[*index];
        if (!variant.id.empty())
            QCOMPARE(all.undo->text(), QStringLiteral("&Undo Select ") + QString::fromStdString(variant.id));
        QVERIFY(all.undo->text().startsWith(QStringLiteral("&Undo Select ")));
        typeGene(*window, gene(*window, 1));
        QVERIFY(verdict(*window));
        QVERIFY(!window->selection().variant());
        QCOMPARE(seen(*window), whole(*window));
        QCOMPARE(window->documents().steps().count(), 4);

        QTest::keyClick(window.get(), Qt::Key_Z, Qt::ControlModifier); // back to the gene as it was left
        QCOMPARE(shown(*window), gene(*window, 0));
        QVERIFY(verdict(*window));
        QVERIFY(window->selection().variant() == selected);
        QTRY_COMPARE(seen(*window), zoomed);
        QCOMPARE(all.redo->text(), QStringLiteral("&Redo Show ") + gene(*window, 1));
        all.undo->trigger();
        QVERIFY(!window->selection().variant());
        all.undo->trigger(); // three zooms were one
        QCOMPARE(seen(*window), whole(*window));
        QCOMPARE(shown(*window), gene(*window, 0));
        all.undo->trigger();
        QVERIFY(shown(*window).isEmpty());
        QVERIFY(!all.undo->isEnabled());
        QCOMPARE(window->findChild<GenePage*>()->state(), GenePage::State::Empty);
        for (int i = 0; i < 4; ++i)
            QTest::keyClick(window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(shown(*window), gene(*window, 1));
        QVERIFY(!all.redo->isEnabled());

        window->closeStudy();
        QVERIFY(!all.undo->isEnabled() && !all.redo->isEnabled() && !all.saveSession->isEnabled());
        QVERIFY(document(*window).study.empty());
        QVERIFY(closed(*window));
    }

    void choicesPagesAndModelsAreSteps() {
        const auto window = windowWithAGene();
        QVERIFY(window);
        WindowActions& all = actions(*window);
        auto* pages = qobject_cast<QStackedWidget*>(window->findChild<GenePage*>()->parentWidget());
        auto* filter = window->findChild<QLineEdit*>(QStringLiteral("geneFilter"));
        QToolButton* carriers = nullptr;
        for (auto* button : locus(*window).findChildren<QToolButton*>())
            if (button->text() == titleOf(SnvColour::CarrierFraction))
                carriers = button;
        QVERIFY(carriers != nullptr);

        QTest::mouseClick(carriers, Qt::LeftButton);
        QVERIFY(document(*window).colour == SnvColour::CarrierFraction);
        QTest::keyClicks(filter, gene(*window, 3)); // letter by letter, one step
        QCOMPARE(all.undo->text(), QStringLiteral("&Undo Filter the genes"));
        QCOMPARE(window->findChild<GeneListPanel*>()->filter().rowCount(), 1);
        all.genomePage->trigger();
        QVERIFY(pages->currentWidget() == window->findChild<GenomePage*>());
        const QString before = window->session().model().choice();
        window->session().chooseModel(m_slowModel);
        QVERIFY(opened(*window));
        QCOMPARE(all.undo->text(), QStringLiteral("&Undo Model slow"));
        window->session().shown().cancel();

        all.undo->trigger();
        QCOMPARE(window->session().model().choice(), before);
        all.undo->trigger();
        QVERIFY(pages->currentWidget() == window->findChild<GenePage*>());
        all.undo->trigger();
        QVERIFY(filter->text().isEmpty());
        QCOMPARE(window->findChild<GeneListPanel*>()->filter().rowCount(), DemoHome::genes);
        all.undo->trigger();
        QVERIFY(!carriers->isChecked());
        QVERIFY(opened(*window) && verdict(*window));
        QCOMPARE(QString::fromStdString(window->session().model().predictor()->info().name),
                 QStringLiteral("demo-cnn"));

        QSignalSpy scored(&window->session(), &Session::scoreChanged);
        window->session().model().ask({.reverseComplement = true});
        QVERIFY(waitUntil([&] { return scored.count() == 1; }));
        QVERIFY(all.undo->text().startsWith(QStringLiteral("&Undo Score of ")));
        QVERIFY(window->session().model().asked().of(before.toStdString()).has_value());
        all.undo->trigger();
        QVERIFY(waitUntil([&] { return scored.count() == 2; }));
        QVERIFY(!window->session().model().asked().of(before.toStdString()));
        QVERIFY(!window->session().model().score()->reverseComplement);
        QVERIFY(all.redo->isEnabled());
        QVERIFY(verdict(*window));

        // Redone and undone before the first of both has begun: the last wish stands.
        all.redo->trigger();
        all.undo->trigger();
        const Document wanted = document(*window);
        QVERIFY(calm(*window));
        QVERIFY(!window->session().model().asked().of(before.toStdString()));
        QVERIFY(!window->session().model().score()->reverseComplement);
        QVERIFY(document(*window) == wanted);
        QVERIFY(all.redo->isEnabled());
        QVERIFY(verdict(*window));
        QVERIFY(closed(*window));
    }

    void aSessionReopensTheSamePicture() {
        Document saved;
        AxisRange zoomed;
        QImage picture;
        {
            const auto window = windowWithAGene();
            QVERIFY(window);
            typeGene(*window, gene(*window, 2));
            QVERIFY(verdict(*window));
            zoom(*window, 2);
            QVERIFY(clickAPoint(*window));
            window->selection().selectPerson(window->session().shown().report()->people[4].sample);
            QTest::keyClicks(window->findChild<QLineEdit*>(QStringLiteral("geneFilter")),
                             QStringLiteral("22:1-1000000000"));
            QVERIFY(calm(*window));
            zoomed = seen(*window);
            saved = document(*window);
            QVERIFY(!saved.selected.variants.empty() && !saved.selected.people.empty() && saved.region);
            window->sessions().save(session("same"));
            QVERIFY(calm(*window));
            QVERIFY(fs::exists(file("same")));
            window->findChild<MessageStack*>()->clear();
            QTest::qWait(50);
            picture = locus(*window).view().grab().toImage();
            QVERIFY(closed(*window));
        }
        const auto window = makeWindow();
        window->openStudy(session("same"));
        QVERIFY(verdict(*window));
        QVERIFY(calm(*window));
        QVERIFY(document(*window) == saved);
        QCOMPARE(shown(*window), gene(*window, 2));
        QVERIFY(window->selection().selected() == saved.selected);
        QCOMPARE(seen(*window), zoomed);
        QCOMPARE(window->findChild<GeneListPanel*>()->filterText(), QStringLiteral("22:1-1000000000"));
        QVERIFY(!actions(*window).undo->isEnabled()); // there is nothing before it
        QCOMPARE(window->findChild<MessageStack*>()->count(), 0);
        QTest::qWait(50);
        QCOMPARE(locus(*window).view().grab().toImage(), picture);
        QVERIFY(closed(*window));
    }

    void aSessionsColourIsNobodysPreference() {
        const auto window = windowWithAGene();
        QVERIFY(window);
        QVERIFY(document(*window).colour == SnvColour::Maf);
        writeText(file("coloured"),
                  fmt::format(R"({{"session": 1, "study": "{}", "colour": "carrier-fraction"}})",
                              m_home.study().toStdString()));
        window->openStudy(session("coloured"));
        QVERIFY(waitUntil([&] { return document(*window).colour == SnvColour::CarrierFraction; }));
        QVERIFY(calm(*window));
        window->closeStudy();
        QVERIFY(document(*window).colour == SnvColour::Maf);
        QVERIFY(closed(*window));
    }

    /// The genes that are brushed and the null, as anything else that is chosen.
    void whatIsChosenOfAllGenesIsAStepAndInTheSession() {
        const auto window = windowWithAGene();
        QVERIFY(window);
        WindowActions& all = actions(*window);
        Genome& genome = window->genome();
        window->session().results().analyzeAll();
        QVERIFY(waitUntil([&] { return genome.table()->rowCount() == DemoHome::genes; }) && calm(*window));
        window->turnTo(Document::Page::Genome);
        const int before = window->documents().steps().count();
        genome.select({0, 1}, BrushMode::Replace);
        QCOMPARE(all.undo->text(), QStringLiteral("&Undo Select 2 genes"));
        genome.select({2}, BrushMode::Add); // in a row, one step
        QCOMPARE(all.undo->text(), QStringLiteral("&Undo Select 3 genes"));
        QCOMPARE(window->documents().steps().count(), before + 1);
        const QSet<QString> three = genome.selected();
        QVERIFY(document(*window).genome.genes == three);

        auto* chooser = window->findChild<QComboBox*>(QStringLiteral("nullChooser"));
        const NullChoice usual = genome.null();
        QVERIFY(usual != NullChoice::Calibrated);
        const auto choose = [&](NullChoice null) {
            const int row = chooser->findData(static_cast<int>(null));
            chooser->setCurrentIndex(row);
            Q_EMIT chooser->activated(row);
        };
        choose(usual); // as it is already
        QCOMPARE(window->documents().steps().count(), before + 1);
        choose(NullChoice::Calibrated);
        QCOMPARE(all.undo->text(), QStringLiteral("&Undo Null: calibrated"));
        QVERIFY(calm(*window));
        QVERIFY(genome.table()->null() == NullChoice::Calibrated);
        DS_VERIFY(writeSession(document(*window), file("chosen")));

        all.undo->trigger();
        QVERIFY(genome.null() == usual && calm(*window));
        QVERIFY(genome.table()->null() == usual);
        QCOMPARE(chooser->currentData().toInt(), static_cast<int>(usual));
        QVERIFY(genome.selected() == three);
        all.undo->trigger();
        QVERIFY(genome.selected().isEmpty() && genome.focus() == nullptr);
        all.redo->trigger();
        QVERIFY(genome.selected() == three);
        QCOMPARE(genome.focusCount(), int64_t{3});

        // All that is selected is let go of, and found again, at once.
        const Variant variant = window->session().shown().report()->variants.front();
        window->selection().selectVariant(variant);
        window->turnTo(Document::Page::Gene);
        all.clearSelection->trigger();
        QVERIFY(genome.selected().isEmpty() && window->selection().variants().empty());
        all.undo->trigger();
        QVERIFY(genome.selected() == three && window->selection().variant() == variant);

        const auto other = makeWindow();
        other->openStudy(session("chosen"));
        QVERIFY(opened(*other) && calm(*other));
        QVERIFY(other->genome().selected() == three);
        QVERIFY(other->genome().table()->null() == NullChoice::Calibrated);
        QCOMPARE(other->genome().focusCount(), int64_t{3});
        QVERIFY(closed(*other));
        QVERIFY(closed(*window));
    }

    void aRefusedScoreLeavesTheDocument() {
        const auto window = windowWithAGene();
        QVERIFY(window);
        const Document before = document(*window);
        Document wish = before;
        wish.scores.set(wish.model, ScoreRequest{.tracks = "99"});
        window->documents().change(QStringLiteral("Score"), wish);
        QVERIFY(document(*window) == wish);
        QVERIFY(calm(*window));
        QVERIFY(document(*window) == before);
        QVERIFY(window->session().shown().report() && window->session().shown().report()->complete);
        QVERIFY(closed(*window));
    }

    void aSessionIsDroppedOnTheWindow() {
        Document plain;
        plain.study = m_home.study().toStdString();
        plain.page = Document::Page::Genome;
        DS_VERIFY(writeSession(plain, file("dropped")));
        const auto window = makeWindow();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(session("dropped"))});
        QDragEnterEvent enter({300, 300}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({300, 300}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(window.get(), &drop);
        QVERIFY(opened(*window));
        QVERIFY(document(*window).page == Document::Page::Genome);
        QVERIFY(window->findChild<GenomePage*>()->isVisible());
        QVERIFY(closed(*window));
    }

    void aMovedStudyIsAskedFor() {
        const auto first = windowWithAGene();
        QVERIFY(first);
        Document moved = document(*first);
        QVERIFY(closed(*first));
        moved.study = m_home / "gone" / "demo.study.json";
        DS_VERIFY(writeSession(moved, file("moved")));
        const auto window = makeWindow();
        window->openStudy(session("moved"));
        QVERIFY(waitUntil([&] { return window->findChild<QMessageBox*>(QStringLiteral("movedStudy")); }));
        auto* box = window->findChild<QMessageBox*>(QStringLiteral("movedStudy"));
        QVERIFY(box->text().contains(QString::fromStdString(moved.study.string())));
        QVERIFY(box->informativeText().contains(session("moved")));
        QVERIFY(!window->session().study());
        press(*box, QMessageBox::AcceptRole);
        QTRY_VERIFY(window->findChild<QFileDialog*>() != nullptr);
        auto* dialog = window->findChild<QFileDialog*>();
        Q_EMIT dialog->fileSelected(m_home.study());
        delete dialog;
        QVERIFY(verdict(*window));
        QCOMPARE(document(*window).gene, moved.gene);
        QCOMPARE(QString::fromStdString(document(*window).study.string()), m_home.study());
        QVERIFY(closed(*window));
    }

    void whatTheStudyLacksIsCountedAndTheRestRestored() {
        const auto first = windowWithAGene();
        QVERIFY(first);
        Document odd = document(*first);
        const Variant known = first->session().shown().report()->variants.front();
        const std::string person = first->session().shown().report()->people.front().sample;
        QVERIFY(closed(*first));
        Variant unknown = known;
        unknown.position += 1'000'000'000;
        odd.selected = {{known, unknown}, {person, "nobody", "no one"}};
        odd.filter = "r > -2";
        DS_VERIFY(writeSession(odd, file("odd")));
        {
            const auto window = makeWindow();
            window->openStudy(session("odd"));
            QVERIFY(verdict(*window));
            QVERIFY(calm(*window));
            QVERIFY(says(*window, QStringLiteral("2 selected people")));
            QVERIFY(says(*window, QStringLiteral("1 of 2")));
            QVERIFY(window->selection().variant() == known);
            QVERIFY(window->selection().person() == person);
            QCOMPARE(window->findChild<GeneListPanel*>()->filterText(), QStringLiteral("r > -2"));
            QVERIFY(closed(*window));
        }
        odd.gene = "ENSG99999999999";
        odd.region = AxisRange{1, 2};
        DS_VERIFY(writeSession(odd, file("odd")));
        const auto window = makeWindow();
        window->openStudy(session("odd"));
        QVERIFY(opened(*window));
        QVERIFY(says(*window, QStringLiteral("ENSG99999999999")));
        QVERIFY(shown(*window).isEmpty() && window->selection().selected().empty());
        QVERIFY(!document(*window).region && document(*window).gene.empty());
        QCOMPARE(window->findChild<GeneListPanel*>()->filterText(), QStringLiteral("r > -2"));
        typeGene(*window, gene(*window, 1));
        QVERIFY(verdict(*window));
        QCOMPARE(seen(*window), whole(*window));
        QVERIFY(closed(*window));
    }

    void whatIsNoSessionChangesNothing() {
        const auto window = windowWithAGene();
        QVERIFY(window);
        const Document before = document(*window);
        for (const auto& [text, said] :
             {std::pair(R"({"session": 99, "study": "x"})", "newer version"), std::pair("{", "line 1")}) {
            writeText(file("bad"), text);
            window->findChild<MessageStack*>()->clear();
            window->openStudy(session("bad"));
            QVERIFY(calm(*window));
            QVERIFY2(says(*window, QString::fromLatin1(said)), text);
            QVERIFY(document(*window) == before);
        }
        window->sessions().save(QString::fromStdString((m_home / "wrong.json").string()));
        QVERIFY(calm(*window));
        QVERIFY(!fs::exists(m_home / "wrong.json"));
        QVERIFY(says(*window, QStringLiteral(".diploscope.json")));
        QVERIFY(closed(*window));
    }

    void aCrashTakesNothingAlong() {
        QProcess ended;
        ended.start(QStringLiteral("true"), QStringList());
        QVERIFY(ended.waitForStarted());
        std::string name = autosaveFile().filename().string();
        const std::string own = fmt::format("-{}-", getpid());
        name.replace(name.rfind(own), own.size(), fmt::format("-{}-", ended.processId()));
        const fs::path left = autosaveFile().parent_path() / name;
        QVERIFY(ended.waitForFinished());
        Document lost;
        {
            const auto window = windowWithAGene();
            QVERIFY(window);
            zoom(*window, 2);
            lost = document(*window);
            QVERIFY(waitUntil([&] {
                const Result<Document> kept = readSession(autosaveFile());
                return kept && *kept == lost;
            }));
            fs::copy_file(autosaveFile(), left); // as though that had been another process
            QVERIFY(closed(*window));
            QVERIFY(!fs::exists(autosaveFile())); // closed, not crashed
        }
        const auto window = makeWindow();
        const auto offer = [&]() -> QPushButton* {
            for (auto* button : window->findChild<MessageStack*>()->findChildren<QPushButton*>())
                if (button->text() == QStringLiteral("Open it again"))
                    return button;
            return nullptr;
        };
        QVERIFY(waitUntil([&] { return offer() != nullptr; }));
        QVERIFY(!window->session().study());
        QTest::mouseClick(offer(), Qt::LeftButton);
        QVERIFY(verdict(*window));
        QVERIFY(document(*window) == lost);
        QVERIFY(closed(*window));
        QVERIFY(!fs::exists(left) && !fs::exists(autosaveFile()));
        const auto next = makeWindow();
        QVERIFY(calm(*next));
        QCOMPARE(next->findChild<MessageStack*>()->count(), 0); // it is told of once
        QVERIFY(closed(*next));
    }
};

QTEST_MAIN(TestDocumentWindow)
#include "tst_document_window.moc"
