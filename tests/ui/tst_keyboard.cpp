// SPDX-License-Identifier: GPL-3.0-or-later
// Everything can be done by keys alone: Tab leads to whatever a person uses, with a ring round it, menus have
// letters, and what the pointer's right button offers, the menu key does.
#include "views/app_theme.h"
#include "views/base_strip.h"
#include "views/driver_panel.h"
#include "views/effects_panel.h"
#include "views/focus_ring.h"
#include "views/gene_page.h"
#include "views/locus_panel.h"
#include "views/scatter_panel.h"
#include "views/track_grips.h"
#include "views/wrapped_text.h"
#include "widget_check.h"
#include "window_walk.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QButtonGroup>
#include <QContextMenuEvent>
#include <QDialog>
#include <QHeaderView>
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabBar>
#include <QTableView>
#include <QTableWidget>
#include <QTextBrowser>
#include <QToolButton>
#include <QToolTip>
#include <QVBoxLayout>

#include <set>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

namespace {

template <class... Kinds>
bool isOneOf(const QWidget* widget) {
    return (... || (qobject_cast<const Kinds*>(widget) != nullptr));
}

/// Whether a person does something with it, so that Tab has to lead there.
bool isUsed(const QWidget& widget) {
    const QWidget* parent = widget.parentWidget();
    if (!widget.isVisible() || !widget.isEnabled() || isOneOf<QComboBox, QAbstractSpinBox>(parent))
        return false;                      // a box is used as a whole
    if (isOneOf<QAbstractButton>(&widget)) // those of others' own making repeat what keys do there
        return !isOneOf<QLineEdit, QAbstractItemView, QMenuBar, QTabBar>(parent);
    if (const auto* text = qobject_cast<const QTextEdit*>(&widget))
        return !text->isReadOnly() || text->verticalScrollBar()->maximum() > 0;
    if (isOneOf<QAbstractItemView>(&widget))
        return !isOneOf<QHeaderView>(&widget); // sorting: see below
    return isOneOf<QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QTabBar, ChartView, BaseStrip>(
               &widget) ||
           isOneOf<TrackGrips>(parent);
}

/// Of buttons in a group Tab leads to one, and arrows to the others: Qt's way.
bool isReached(const QWidget& widget, const std::set<const QWidget*>& reached) {
    const auto* button = qobject_cast<const QAbstractButton*>(&widget);
    if (reached.contains(&widget) || button == nullptr)
        return reached.contains(&widget);
    QList<QAbstractButton*> others;
    if (button->group() != nullptr)
        others = button->group()->buttons();
    else if (button->autoExclusive())
        others =
            button->parentWidget()->findChildren<QAbstractButton*>(QString(), Qt::FindDirectChildrenOnly);
    return std::any_of(others.begin(), others.end(),
                       [&reached](const QAbstractButton* other) { return reached.contains(other); });
}

QMenu* menuByKey(QWidget& widget) {
    const QPoint middle = widget.rect().center();
    QContextMenuEvent event(QContextMenuEvent::Keyboard, middle, widget.mapToGlobal(middle));
    QApplication::sendEvent(&widget, &event);
    return qobject_cast<QMenu*>(QApplication::activePopupWidget());
}

/// The letter that stands for it in a menu; empty: none does.
QString letterOf(QString text) {
    text.remove(QStringLiteral("&&"));
    const qsizetype at = text.indexOf(u'&');
    return at < 0 ? QString() : text.mid(at + 1, 1).toUpper();
}

/// What a menu and those in it have, and what is wrong with its letters.
QList<const QAction*> actionsIn(const QList<QAction*>& entries, QStringList& faults) {
    QList<const QAction*> all;
    std::set<QString> letters;
    for (const QAction* action : entries) {
        if (action->isSeparator())
            continue;
        const QString letter = letterOf(action->text());
        if (letter.isEmpty() || !letters.insert(letter).second)
            faults << action->text();
        all << action;
        if (action->menu() != nullptr)
            all << actionsIn(action->menu()->actions(), faults);
    }
    return all;
}

} // namespace

class TestKeyboard : public QObject {
    Q_OBJECT

private:
    DemoHome m_home;
    std::unique_ptr<AppTheme> m_theme;

    std::unique_ptr<MainWindow> makeWindow() { return freshWindow(*m_theme, m_home, {1280, 800}); }
    bool showGene(MainWindow& window) const {
        window.openStudy(m_home.study());
        if (!waitUntil([&] { return window.session().model().predictor() != nullptr; }))
            return false;
        for (const StudyGene& gene : window.session().study()->genes()) {
            window.session().showGene(QString::fromStdString(gene.gene.id));
            if (!waitUntil([&] {
                    return window.session().shown().report() && window.session().shown().report()->complete &&
                           !window.jobs().isBusy();
                }))
                return false;
            if (!window.session().shown().report()->drivers.empty())
                return true;
        }
        return false;
    }

    /// What is wrong with where the ring is, of what has the focus.
    [[nodiscard]] QString faultOfRing(const QWidget& at) const {
        const QWidget* ring = m_theme->focusRing().ring();
        const QRect seen = at.visibleRegion().boundingRect().translated(at.mapTo(at.window(), QPoint()));
        if (seen.isEmpty())
            return QStringLiteral("out of sight: ") + nameOf(at);
        return ring != nullptr && ring->window() == at.window() && ring->geometry().contains(seen.center())
                   ? QString()
                   : QStringLiteral("no ring: ") + nameOf(at);
    }
    /// Goes round by Tab and looks at each.
    [[nodiscard]] QStringList faultsOfKeys(QWidget& window) const {
        window.activateWindow();
        if (!QTest::qWaitForWindowActive(&window))
            return {QStringLiteral("the window is not active")};
        QStringList faults;
        std::set<const QWidget*> reached;
        constexpr int most = 1000;
        for (int i = 0, kept = 0; i < most; ++i) {
            QWidget* from = QApplication::focusWidget();
            QTest::keyClick(from != nullptr ? from : &window, Qt::Key_Tab);
            QTest::qWait(5);
            const QWidget* at = QApplication::focusWidget();
            if (at == nullptr || at->window() != &window)
                return faults << QStringLiteral("Tab leads out of the window");
            // Links of a text are gone through one by one; what is alone in its window has Tab to itself, and
            // who keeps Tab from others leaves them unreached.
            constexpr int mostLinks = 400;
            if (at == from && reached.contains(at)) {
                if (++kept > mostLinks)
                    break;
                continue;
            }
            kept = 0;
            if (!reached.insert(at).second)
                break;
            if (const QString fault = faultOfRing(*at); !fault.isEmpty())
                faults << fault;
        }
        for (const QWidget* widget : window.findChildren<QWidget*>())
            if (widget->window() == &window && isUsed(*widget) && !isReached(*widget, reached))
                faults << QStringLiteral("not reached: ") + nameOf(*widget);
        return faults;
    }

private Q_SLOTS:
    void initTestCase() {
        DS_VERIFY(m_home.makeDemo());
        m_theme = std::make_unique<AppTheme>(ChartStyle::screen(lightTheme()).value());
    }
    void cleanupTestCase() { m_theme.reset(); }

    void tabLeadsToEverything() {
        const auto window = makeWindow();
        const QString missing =
            walkThrough(*window, m_home.study(), [&](QWidget& shown, const QString& name) {
                const QStringList faults = faultsOfKeys(shown);
                QVERIFY2(faults.isEmpty(), qPrintable(name + QStringLiteral(":\n") + faults.join(u'\n')));
            });
        QCOMPARE(missing, QString());
        // On pages that were not shown, too.
        for (const auto* view : window->findChildren<QAbstractItemView*>())
            QVERIFY2(!view->tabKeyNavigation(), qPrintable(nameOf(*view)));
        QVERIFY(closedAtRest(*window));
    }

    /// The walk itself: it finds what keeps the key, and what no key reaches.
    void whatCannotBeReachedIsFound() {
        QDialog dialog;
        auto* layout = new QVBoxLayout(&dialog);
        auto* first = new QLineEdit;
        auto* second = new QPushButton(QStringLiteral("second"));
        auto* hidden = new QPushButton(QStringLiteral("by the pointer alone"));
        hidden->setFocusPolicy(Qt::NoFocus);
        for (QWidget* widget : std::initializer_list<QWidget*>{first, second, hidden})
            layout->addWidget(widget);
        dialog.show();
        QStringList faults = faultsOfKeys(dialog);
        QCOMPARE(faults.size(), 1);
        QVERIFY2(faults.front().contains(QStringLiteral("by the pointer alone")), qPrintable(faults.front()));
        auto* table = new QTableWidget(2, 2);
        layout->addWidget(table);
        QTest::qWait(20);
        table->setFocus();
        table->setCurrentCell(0, 0);
        faults = faultsOfKeys(dialog);
        QVERIFY(!faults.isEmpty()); // what comes after the table
    }

    void theRingShowsWhereKeysGo() {
        const auto window = makeWindow();
        QVERIFY(showGene(*window));
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
        auto* search = window->findChild<QWidget*>(QStringLiteral("geneSearch"));
        search->clearFocus(); // it may have come there by a key
        search->setFocus(Qt::MouseFocusReason);
        QTest::qWait(20);
        QVERIFY(m_theme->focusRing().ring() == nullptr); // the pointer shows where it is
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QTest::qWait(20);
        QCOMPARE(faultOfRing(*QApplication::focusWidget()), QString());
        QWidget* chart = window->findChild<GenePage*>()->locus().view().viewport();
        QTest::mouseClick(chart, Qt::LeftButton, {}, {5, 5});
        QTest::qWait(20);
        QVERIFY(m_theme->focusRing().ring() == nullptr);
        // Seen means a contrast of 3 to 1 against what it stands on.
        for (const Theme& one : {lightTheme(), darkTheme()})
            for (const QColor& ground : {one.ground, one.card})
                QVERIFY(contrast(one.accent, ground) >= 3);
        QVERIFY(closedAtRest(*window));
    }

    /// What stands below what is seen is scrolled to when the focus comes.
    void whatIsOutOfSightIsScrolledTo() {
        QDialog dialog;
        auto* layout = new QVBoxLayout(&dialog);
        auto* before = new QLineEdit;
        auto* scroll = new QScrollArea;
        auto* content = new QWidget;
        auto* column = new QVBoxLayout(content);
        auto* top = new QPushButton(QStringLiteral("top"));
        column->addWidget(top);
        column->addSpacing(600);
        column->addWidget(new QPushButton(QStringLiteral("bottom")));
        scroll->setFocusPolicy(Qt::NoFocus);
        scroll->setWidget(content);
        layout->addWidget(before);
        layout->addWidget(scroll);
        dialog.resize(300, 200);
        dialog.show();
        dialog.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        scroll->verticalScrollBar()->setValue(scroll->verticalScrollBar()->maximum());
        before->setFocus();
        QVERIFY(top->visibleRegion().isEmpty());
        QTest::keyClick(before, Qt::Key_Tab);
        QTest::qWait(20);
        QCOMPARE(QApplication::focusWidget(), top);
        QCOMPARE(faultOfRing(*top), QString());
    }

    /// Whatever tracks show besides SNVs is reached, told and selected by keys: rows of haplotypes, pairs,
    /// features of files.
    void keysReachPartsOfTracks() {
        const auto window = makeWindow();
        QVERIFY(showGene(*window));
        const GeneReport& report = *window->session().shown().report();
        const auto file = m_home / "keys.bed";
        const VariantResult& inside = report.variants[report.variants.size() / 2];
        std::string lines;
        for (const int64_t shift : {-400, -3, 500})
            lines += inside.contig + '\t' + std::to_string(inside.position + shift) + '\t' +
                     std::to_string(inside.position + shift + 6) + '\n';
        writeText(file, lines);
        auto& locus = window->findChild<GenePage*>()->locus();
        locus.setArrangement(
            {.places = {{std::string(GenotypesTrack), 2}, {std::string(LinkageTrack)}}, .files = {file}});
        Q_EMIT locus.arrangementChosen(QStringLiteral("Arrange tracks")); // else the next step takes it back
        ChartView& view = locus.view();
        const auto isThere = [&](std::string_view key) {
            return std::any_of(view.tracks().begin(), view.tracks().end(),
                               [key](const FigureTrack& track) { return track.key == key; });
        };
        QVERIFY(waitUntil([&] {
            return isThere(GenotypesTrack) && isThere(LinkageTrack) && isThere("file:keys.bed") &&
                   !window->jobs().isBusy();
        }));
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
        view.setFocus(Qt::TabFocusReason);
        const auto key = [&](Qt::Key pressed) { QTest::keyClick(&view, pressed); };
        const auto tip = [] { return QToolTip::text(); };

        key(Qt::Key_PageDown);
        QVERIFY2(tip().contains(QStringLiteral("Keys are in Genotypes: Enter selects, ")), qPrintable(tip()));
        const std::optional<size_t> person = view.pointedPart()->person;
        key(Qt::Key_Return);
        QCOMPARE(window->selection().person().value_or(""), report.people[person.value()].sample);
        key(Qt::Key_Right);
        key(Qt::Key_Down);
        QVERIFY(view.pointedPart() && tip().contains(QStringLiteral("haplotype ")));

        key(Qt::Key_PageDown);
        QVERIFY2(tip().contains(QStringLiteral("Keys are in LD of pairs: ")), qPrintable(tip()));
        key(Qt::Key_Up);
        const std::vector<size_t> pair = view.pointedPart()->data;
        key(Qt::Key_Return);
        QCOMPARE(window->selection().variants(),
                 (std::set<Variant>{report.variants[pair[0]], report.variants[pair[1]]}));

        key(Qt::Key_PageDown);
        QVERIFY2(tip().contains(QStringLiteral("Keys are in keys.bed: ")), qPrintable(tip()));
        for (int i = 0; i < 3; ++i)
            key(Qt::Key_Left);
        key(Qt::Key_Right); // the second of three
        key(Qt::Key_Return);
        QVERIFY(window->selection().variants().contains(inside));
        for (const Variant& variant : window->selection().variants())
            QVERIFY(std::abs(variant.position - inside.position) <= 6);
        key(Qt::Key_Escape);
        QVERIFY(!view.pointedPart());
        QVERIFY(window->selection().variants().contains(inside));
        QVERIFY(waitUntil([&] { return !window->jobs().isBusy(); }));
        QVERIFY(closedAtRest(*window));
    }

    void everyActionIsInAMenuWithALetter() {
        const auto window = makeWindow();
        const auto& actions = *window->findChild<WindowActions*>();
        QStringList faults;
        QList<const QAction*> inMenus = actionsIn(actions.menuBar->actions(), faults);
        inMenus << actionsIn(actions.exportMenu->actions(), faults);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QStringLiteral(", "))));
        for (const QAction* action : actions.all())
            QVERIFY2(inMenus.contains(action), qPrintable(action->text()));
        const QList<QToolButton*> buttons = window->findChildren<QToolButton*>();
        QVERIFY(std::any_of(buttons.begin(), buttons.end(), [&](const QToolButton* button) {
            return button->menu() == actions.exportMenu && (button->focusPolicy() & Qt::TabFocus) != 0;
        }));
        QVERIFY(waitUntil([&] { return !window->jobs().isBusy(); }));
        QVERIFY(closedAtRest(*window));
    }
    void noTwoActionsHaveOneKey() {
        const auto window = makeWindow();
        std::set<QKeySequence> keys;
        for (const QAction* action : window->findChild<WindowActions*>()->all())
            for (const QKeySequence& key : action->shortcuts())
                QVERIFY2(keys.insert(key).second, qPrintable(action->text()));
        QVERIFY(keys.size() > 20);
        QVERIFY(waitUntil([&] { return !window->jobs().isBusy(); }));
        QVERIFY(closedAtRest(*window));
    }

    void theMenuKeyOffersWhatTheRightButtonDoes() {
        const auto window = makeWindow();
        QVERIFY(showGene(*window));
        auto& page = *window->findChild<GenePage*>();
        auto* drivers = page.findChild<DriverPanel*>()->findChild<QTableView*>();
        auto* genes = window->findChild<QTableView*>(QStringLiteral("geneList"));
        QList<QWidget*> all{&page.scatter().view(), &page.effects().view(), &page.locus().view(), drivers,
                            genes};
        for (QWidget* grip : page.locus().findChild<TrackGrips*>()->grips())
            all << grip;
        QVERIFY(all.size() > 6);
        for (QWidget* widget : all) {
            QMenu* menu = menuByKey(*widget);
            QVERIFY2(menu != nullptr && !menu->actions().isEmpty(), qPrintable(nameOf(*widget)));
            menu->close();
        }
        QVERIFY(closedAtRest(*window));
    }

    /// As a click on a heading does.
    void tablesAreSortedByTheMenuKey() {
        const auto window = makeWindow();
        QVERIFY(showGene(*window));
        const auto sortBy = [](QTableView& table, int column) {
            QMenu* menu = menuByKey(table);
            QVERIFY(menu != nullptr && menu->actions().front()->menu() != nullptr);
            const QString title = table.model()->headerData(column, Qt::Horizontal).toString();
            const QList<QAction*> columns = menu->actions().front()->menu()->actions();
            const auto found = std::find_if(columns.begin(), columns.end(),
                                            [&](const QAction* action) { return action->text() == title; });
            QVERIFY2(found != columns.end(), qPrintable(title));
            QCOMPARE((*found)->isChecked(), table.horizontalHeader()->sortIndicatorSection() == column);
            (*found)->trigger();
            menu->close();
        };
        auto& genes = *window->findChild<QTableView*>(QStringLiteral("geneList"));
        auto& drivers = *window->findChild<DriverPanel*>()->findChild<QTableView*>();
        for (QTableView* table : {&genes, &drivers}) {
            int column = 0;
            while (table->isColumnHidden(column) ||
                   table->horizontalHeader()->sortIndicatorSection() == column ||
                   table->model()->headerData(column, Qt::Horizontal).toString().isEmpty())
                ++column;
            sortBy(*table, column);
            QCOMPARE(table->horizontalHeader()->sortIndicatorSection(), column);
            QCOMPARE(table->horizontalHeader()->sortIndicatorOrder(), Qt::AscendingOrder);
            sortBy(*table, column);
            QCOMPARE(table->horizontalHeader()->sortIndicatorSection(), column);
            QCOMPARE(table->horizontalHeader()->sortIndicatorOrder(), Qt::DescendingOrder);
        }
        // Which columns there are.
        QMenu* menu = menuByKey(genes);
        const QMenu* columns = menu->actions().at(1)->menu();
        QVERIFY(columns != nullptr && !columns->actions().isEmpty());
        QAction* one = columns->actions().front();
        const bool wasShown = one->isChecked();
        one->trigger();
        QVERIFY(one->isChecked() != wasShown);
        menu->close();
        QVERIFY(closedAtRest(*window));
    }

    /// A text that has no room is scrolled to by keys, one that has is no stop.
    void longTextsAreStops() {
        QWidget window;
        auto* layout = new QVBoxLayout(&window);
        auto* shortText = new WrappedText(QStringLiteral("a word"), "plain", &window);
        auto* longText = new WrappedText(QStringLiteral("many words ").repeated(200), "plain", &window);
        longText->setMostLines(3);
        layout->addWidget(shortText);
        layout->addWidget(longText);
        window.resize(300, 200);
        window.show();
        QTest::qWait(30);
        QVERIFY(longText->verticalScrollBar()->maximum() > 0);
        QVERIFY((longText->focusPolicy() & Qt::TabFocus) != 0);
        QVERIFY((shortText->focusPolicy() & Qt::TabFocus) == 0);
    }
};

QTEST_MAIN(TestKeyboard)
#include "tst_keyboard.moc"
