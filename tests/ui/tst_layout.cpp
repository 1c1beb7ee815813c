// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo_home.h"
#include "main_window.h"
#include "pictures.h"
#include "views/app_theme.h"
#include "views/effects_panel.h"
#include "views/experiments_page.h"
#include "views/focus_ring.h"
#include "views/gene_header.h"
#include "views/gene_page.h"
#include "views/locus_panel.h"
#include "views/message.h"
#include "views/message_stack.h"
#include "views/scatter_panel.h"
#include "views/snv_inspector.h"
#include "views/study_assistant.h"
#include "views/window_actions.h"
#include "waiting.h"
#include "widget_check.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QFontDatabase>
#include <QTextEdit>
#include <QToolButton>

#include <set>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

/// The whole window at the sizes and in the type that people have. With DIPLOSCOPE_PICTURES set to a folder,
/// what was looked at is kept there.
class TestLayout : public QObject {
    Q_OBJECT

private:
    DemoHome m_home;

    static void check(QWidget& window, const QString& name) {
        QTest::qWait(60);
        keepPicture(window, name);
        const QStringList faults = faultsOfWidgets(window);
        QVERIFY2(faults.isEmpty(), qPrintable(name + QStringLiteral(":\n") + faults.join(u'\n')));
    }
    std::unique_ptr<AppTheme> themeIn(const QString& family, bool dark) {
        ChartStyle style = ChartStyle::screen(lightTheme()).value();
        style.fontFamily = family;
        auto theme = std::make_unique<AppTheme>(style);
        theme->choose(dark ? Preferences::ThemeChoice::Dark : Preferences::ThemeChoice::Light);
        return theme;
    }
    std::unique_ptr<MainWindow> windowIn(AppTheme& theme, const QSize& size) {
        MainWindow::Options options;
        options.remember = false;
        options.demoFolder = m_home.demoFolder();
        auto window = std::make_unique<MainWindow>(theme, options);
        window->resize(size);
        window->show();
        return window;
    }
    static bool closed(MainWindow& window) {
        window.close();
        return waitUntil([&] { return !window.jobs().isBusy(); });
    }
    bool openDemo(MainWindow& window) const {
        window.openStudy(m_home.study());
        return waitUntil([&] { return window.session().model() != nullptr; });
    }
    static bool showGene(MainWindow& window, size_t row) {
        window.session().showGene(QString::fromStdString(window.session().genes()[row].id));
        return waitUntil([&] {
            return window.session().report() && window.session().report()->complete &&
                   !window.jobs().isBusy();
        });
    }

private Q_SLOTS:
    void initTestCase() { DS_VERIFY(m_home.makeDemo()); }

    void nothingIsCutOrOverlaps_data() {
        QTest::addColumn<QString>("family");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("dark");
        const QSize small(1100, 680);
        QTest::newRow("DejaVu small") << QStringLiteral("DejaVu Sans") << small << false;
        QTest::newRow("DejaVu small dark") << QStringLiteral("DejaVu Sans") << small << true;
        QTest::newRow("DejaVu usual") << QStringLiteral("DejaVu Sans") << QSize(1280, 800) << false;
        QTest::newRow("Inter small") << QStringLiteral("Inter") << small << false;
        QTest::newRow("Inter usual dark") << QStringLiteral("Inter") << QSize(1280, 800) << true;
    }
    void nothingIsCutOrOverlaps() {
        QFETCH(QString, family);
        QFETCH(QSize, size);
        QFETCH(bool, dark);
        if (!QFontDatabase::families().contains(family))
            QSKIP(qPrintable(QStringLiteral("skipped: no ") + family));
        const auto theme = themeIn(family, dark);
        const auto window = windowIn(*theme, size);
        const QString row = QString::fromLatin1(QTest::currentDataTag()) + u' ';
        QVERIFY(waitUntil([&] { return !window->jobs().isBusy(); }));
        QCOMPARE(window->size(), size); // the real minimum is no more than that
        check(*window, row + QStringLiteral("welcome"));
        QVERIFY(openDemo(*window));
        check(*window, row + QStringLiteral("study"));
        QVERIFY(showGene(*window, 0));
        check(*window, row + QStringLiteral("gene"));
        const auto* page = window->findChild<GenePage*>();
        for (const ElidedLabel* label : page->header().findChildren<ElidedLabel*>())
            if (label->fullText() == page->header().nulls())
                QVERIFY2(label->width() >= label->sizeHint().width(), qPrintable(nameOf(*label)));
        window->selection().selectVariant(window->session().report()->variants.at(0));
        QTest::qWait(20);
        const QWidget& carriers = page->inspector().carriersView(); // seen without scrolling
        QVERIFY(carriers.isVisible());
        QCOMPARE(carriers.visibleRegion().boundingRect().height(), carriers.height());
        check(*window, row + QStringLiteral("carriers"));
        const auto report = window->session().report();
        window->selection().selectVariants({report->variants.at(0), report->variants.at(1)});
        check(*window, row + QStringLiteral("two SNVs"));
        window->selection().selectPeople({report->people[3].sample});
        QVERIFY(waitUntil([&] { return !window->jobs().isBusy(); }));
        check(*window, row + QStringLiteral("person"));
        window->selection().selectPeople({report->people[3].sample, report->people[4].sample});
        QVERIFY(waitUntil([&] { return !window->jobs().isBusy(); }));
        check(*window, row + QStringLiteral("two people"));
        window->selection().clear();
        window->showExperimentsPage();
        QVERIFY(waitUntil([&] { return window->experiments().locus() != nullptr; }));
        const auto& snvs = window->session().report()->variants;
        const VariantResult& tried = snvs.at(snvs.size() / 2); // with room round it
        Document trying = window->documents().document();
        trying.experiments.whatIf = {{tried}, "all"};
        trying.experiments.ablation = AblationWish{AblationWish::Of::Chosen, {tried}, false};
        trying.experiments.saturation = SaturationWish{.where = SaturationWish::Where::Variant,
                                                       .reach = 20,
                                                       .variant = tried,
                                                       .region = {},
                                                       .on = "variant",
                                                       .coherence = true};
        trying.experiments.audit = true;
        const auto* experiments = window->findChild<ExperimentsPage*>();
        for (const auto kind : {ExperimentKind::WhatIf, ExperimentKind::Ablation, ExperimentKind::Saturation,
                                ExperimentKind::Audit}) {
            trying.experiments.shown = kind;
            window->documents().change(QStringLiteral("Try"), trying);
            QVERIFY(waitUntil([&] { return !window->jobs().isBusy(); }));
            QVERIFY2(experiments->stateText().isEmpty(), qPrintable(experiments->stateText()));
            check(*window, row + QStringLiteral("experiment %1").arg(static_cast<int>(kind)));
        }
        window->session().analyzeAllGenes();
        window->showGenomePage();
        QVERIFY(waitUntil([&] {
            return window->session().results().size() == DemoHome::genes && !window->jobs().isBusy();
        }));
        QTest::qWait(800);
        check(*window, row + QStringLiteral("genome"));
        auto* actions = window->findChild<WindowActions*>();
        const std::pair<QAction*, QString> dialogs[] = {{actions->newStudy, QStringLiteral("assistant")},
                                                        {actions->models, QStringLiteral("models")},
                                                        {actions->score, QStringLiteral("score")},
                                                        {actions->storedRuns, QStringLiteral("stored runs")},
                                                        {actions->select, QStringLiteral("select")},
                                                        {actions->preferences, QStringLiteral("preferences")},
                                                        {actions->shortcuts, QStringLiteral("shortcuts")},
                                                        {actions->machine, QStringLiteral("machine")},
                                                        {actions->about, QStringLiteral("about")}};
        for (const auto& [action, name] : dialogs) {
            action->trigger();
            QDialog* dialog = nullptr;
            QVERIFY(waitUntil([&] {
                for (auto* one : window->findChildren<QDialog*>(QString(), Qt::FindDirectChildrenOnly))
                    if (one->isVisible())
                        dialog = one;
                return dialog != nullptr && !window->jobs().isBusy();
            }));
            QVERIFY2(dialog->width() <= 1120 && dialog->height() <= 720, qPrintable(name));
            check(*dialog, row + name);
            delete dialog;
        }
        QVERIFY(closed(*window));
    }

    void messagesWrapMergeAndLeave() {
        const auto theme = themeIn(ChartStyle::screen(lightTheme())->fontFamily, false);
        const auto window = windowIn(*theme, {1100, 680});
        QVERIFY(waitUntil([&] { return !window->jobs().isBusy(); }));
        auto* messages = window->findChild<MessageStack*>();
        const std::string word(260, 'x');
        const Error endless{ErrorKind::Io, "The file " + word + " cannot be read.", "/data/" + word,
                            "Check that " + word + " is there."};
        messages->showError(endless);
        messages->showError({ErrorKind::BadInput, std::string(5000, 'y'), "here", ""});
        messages->tell(QStringLiteral("Figure saved"), QStringLiteral("/home/me/") + QString(120, u'z'));
        QTest::qWait(50);
        keepPicture(*window, QStringLiteral("messages"));
        const auto shown = [&] { return messages->findChildren<Message*>(); };
        QCOMPARE(shown().size(), 3);
        QWidget* page = messages->parentWidget();
        for (qsizetype i = 0; i < 3; ++i) {
            const QRect place(shown()[i]->mapTo(page, QPoint()), shown()[i]->size());
            QVERIFY(page->rect().contains(place));
            for (qsizetype j = 0; j < i; ++j)
                QVERIFY(!shown()[i]->geometry().intersects(shown()[j]->geometry()));
            for (QTextEdit* text : shown()[i]->findChildren<QTextEdit*>()) {
                QVERIFY(text->height() >= text->fontMetrics().height());
                QVERIFY(text->document()->idealWidth() <= text->viewport()->width() + 1); // no line is cut
                QVERIFY(shown()[i]->rect().contains(QRect(text->mapTo(shown()[i], QPoint()), text->size())));
            }
            for (const QAbstractButton* button : page->findChildren<QAbstractButton*>())
                if (button->isVisible() && !messages->isAncestorOf(button))
                    QVERIFY2(!place.intersects(QRect(button->mapTo(page, QPoint()), button->size())),
                             qPrintable(button->text()));
        }
        // The same once more is counted; what was stopped is no news.
        messages->showError(endless);
        messages->showError({ErrorKind::Cancelled, "Stopped on request.", "", ""});
        QCOMPARE(shown().size(), 3);
        QCOMPARE(shown().front()->times(), 2);
        QStringList labels;
        for (const QLabel* label : shown().front()->findChildren<QLabel*>())
            labels << label->text();
        QVERIFY(labels.contains(QStringLiteral("×2")));
        QTest::mouseClick(shown().front()->findChild<QToolButton*>(), Qt::LeftButton);
        QTRY_COMPARE(messages->count(), 2);
        QVERIFY(messages->isVisible());
        for (const Message* message : shown())
            QVERIFY(message->stayMs() >= 6000 && message->stayMs() <= 90'000);
        QTRY_COMPARE_WITH_TIMEOUT(messages->count(), 1, 15'000); // good news leaves first
        window->findChild<WindowActions*>()->clearSelection->trigger();
        QTRY_VERIFY(!messages->isVisible());
        QVERIFY(closed(*window));
    }

    void focusIsSeenWhereverTheTabKeyGoes() {
        const auto theme = themeIn(ChartStyle::screen(lightTheme())->fontFamily, false);
        const auto window = windowIn(*theme, {1280, 800});
        QVERIFY(openDemo(*window));
        QVERIFY(showGene(*window, 0));
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
        window->findChild<QWidget*>(QStringLiteral("geneSearch"))->setFocus(Qt::MouseFocusReason);
        QTest::qWait(20);
        QVERIFY(theme->focusRing().ring() == nullptr); // the pointer shows where it is
        std::set<const QWidget*> reached;
        for (int i = 0; i < 80; ++i) {
            QWidget* from = QApplication::focusWidget();
            QVERIFY(from != nullptr);
            QTest::keyClick(from, Qt::Key_Tab);
            QTest::qWait(10);
            const QWidget* at = QApplication::focusWidget();
            QVERIFY2(at != from, qPrintable(nameOf(*from))); // no widget keeps the key
            if (!reached.insert(at).second)
                break;
            const QWidget* ring = theme->focusRing().ring();
            QVERIFY2(ring != nullptr, qPrintable(nameOf(*at)));
            const QRect place(at->mapTo(at->window(), QPoint()), at->size());
            QVERIFY2(ring->geometry().intersects(place) &&
                         ring->geometry().contains((place & window->rect()).center()),
                     qPrintable(nameOf(*at)));
        }
        const auto* page = window->findChild<GenePage*>();
        for (const QWidget* wanted : std::initializer_list<const QWidget*>{
                 window->findChild<QWidget*>(QStringLiteral("geneFilter")),
                 window->findChild<QWidget*>(QStringLiteral("geneList")),
                 window->findChild<QWidget*>(QStringLiteral("modelChooser")), &page->scatter().view(),
                 &page->effects().view(), &page->locus().view()})
            QVERIFY2(reached.contains(wanted), qPrintable(nameOf(*wanted)));
        keepPicture(*window, QStringLiteral("focus"));
        // Seen means a contrast of 3 to 1 against what it stands on.
        for (const Theme& one : {lightTheme(), darkTheme()})
            for (const QColor& ground : {one.ground, one.card})
                QVERIFY(contrast(one.accent, ground) >= 3);
        QTest::mouseClick(page->locus().view().viewport(), Qt::LeftButton, {}, {5, 5});
        QTest::qWait(20);
        QVERIFY(theme->focusRing().ring() == nullptr);
        QVERIFY(closed(*window));
    }
};

QTEST_MAIN(TestLayout)
#include "tst_layout.moc"
