// SPDX-License-Identifier: GPL-3.0-or-later
// The Help menu's ways to the log and the crash notes, and that a crash is told of when the window comes
// back.
#include "base/crash_note.h"
#include "base/log.h"
#include "charts/own_font.h"
#include "demo_home.h"
#include "experiment/whole_glossary.h"
#include "guide/guide_pages.h"
#include "main_window.h"
#include "views/about_dialog.h"
#include "views/app_theme.h"
#include "views/driver_panel.h"
#include "views/guide_button.h"
#include "views/guide_dialog.h"
#include "views/message.h"
#include "views/message_stack.h"
#include "views/window_actions.h"
#include "waiting.h"

#include <QAction>
#include <QDesktopServices>
#include <QImage>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTreeWidget>
#include <QUrl>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

namespace {

QString textOf(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

/// Stands for the desktop: keeps what it is asked to open.
class Desktop : public QObject {
    Q_OBJECT

public:
    QStringList opened;

    /// \param answers whether there is a program for files
    explicit Desktop(bool answers = true) {
        QDesktopServices::setUrlHandler(QStringLiteral("file"), this, answers ? "open" : "notThere");
    }
    ~Desktop() override { QDesktopServices::unsetUrlHandler(QStringLiteral("file")); }

public Q_SLOTS:
    void open(const QUrl& url) { opened << url.toLocalFile(); }
};

class TestHelpMenu : public QObject {
    Q_OBJECT

private:
    DemoHome m_home;
    std::unique_ptr<AppTheme> m_theme;

    std::unique_ptr<MainWindow> makeWindow() {
        MainWindow::Options options;
        options.demoFolder = m_home.demoFolder();
        auto window = std::make_unique<MainWindow>(*m_theme, options);
        window->show();
        return window;
    }
    /// Once the window has looked around it.
    static bool settled(MainWindow& window) {
        return waitUntil([&] { return !window.jobs().isBusy(); });
    }
    static bool closed(MainWindow& window) {
        QSignalSpy finished(&window, &MainWindow::finished);
        window.close();
        return waitUntil([&] { return !finished.isEmpty(); });
    }
    static MessageStack& messages(MainWindow& window) { return *window.findChild<MessageStack*>(); }
    static bool says(MainWindow& window, const QString& what, const QString& where = {}) {
        const QList<Message*> all = messages(window).findChildren<Message*>();
        return std::any_of(all.begin(), all.end(),
                           [&](const Message* message) { return message->says(what, where, {}); });
    }
    /// The page of that name in the tree of sections.
    static QTreeWidgetItem* pageItem(GuideDialog& guide, const char* page) {
        return guide.sections().topLevelItem(
            static_cast<int>(guidePages().indexOf(QString::fromLatin1(page))));
    }
    static WindowActions& actions(MainWindow& window) { return *window.findChild<WindowActions*>(); }

private Q_SLOTS:
    void initTestCase() {
        const Result<ChartStyle> style = ChartStyle::screen(lightTheme());
        DS_VERIFY(style);
        m_theme = std::make_unique<AppTheme>(*style);
    }
    /// A cache of its own for each test, in a folder whose name an URL writes otherwise.
    void init() {
        static int number = 0;
        const std::filesystem::path cache = m_home / ("cache #" + std::to_string(++number) + " 100%");
        qputenv("XDG_CACHE_HOME", QByteArray::fromStdString(cache.string()));
    }
    void cleanupTestCase() { m_theme.reset(); }

    void guide() {
        const auto window = makeWindow();
        QVERIFY(settled(*window));
        actions(*window).guide->trigger();
        actions(*window).guide->trigger(); // asked for twice, open once
        QCOMPARE(window->findChildren<GuideDialog*>().size(), 1);
        GuideDialog& guide = *window->findChild<GuideDialog*>();
        QVERIFY(QTest::qWaitForWindowExposed(&guide));
        QTreeWidget& sections = guide.sections();
        QCOMPARE(sections.topLevelItemCount(), static_cast<int>(guidePages().size()));
        QCOMPARE(pageItem(guide, "methods")->childCount(), 19);
        QVERIFY(pageItem(guide, "formats")->childCount() > 10);
        QCOMPARE(pageItem(guide, "window")->childCount(), 9);
        QCOMPARE(pageItem(guide, "figures")->childCount(), 8);
        QCOMPARE(pageItem(guide, "columns")->childCount(), static_cast<int>(wholeGlossary().size()));

        // Documents begin at the left edge, their sections a little behind them.
        const int ofDocument = sections.visualItemRect(sections.topLevelItem(0)).left();
        const int ofSection = sections.visualItemRect(sections.topLevelItem(0)->child(0)).left();
        QVERIFY2(ofDocument <= 4 && ofSection > ofDocument && ofSection <= 20,
                 qPrintable(QStringLiteral("%1 and %2 px").arg(ofDocument).arg(ofSection)));

        // A section stands at the top, whichever document it is of.
        for (QTreeWidgetItem* section :
             {pageItem(guide, "methods")->child(7), pageItem(guide, "formats")->child(1),
              pageItem(guide, "methods")->child(3)}) {
            sections.setCurrentItem(section);
            QCOMPARE(guide.text().textCursor().block().text(), section->text(0));
            const int top = guide.text().cursorRect().top();
            QVERIFY2(top >= 0 && top < 40, qPrintable(section->text(0) + QString::number(top)));
        }

        // The search goes on through the other document and comes round.
        guide.searchLine().setText("tensorQTL");
        QTest::keyClick(&guide.searchLine(), Qt::Key_Return);
        QCOMPARE(guide.text().textCursor().selectedText().toLower(), QString("tensorqtl"));
        guide.searchLine().setText("Spearman");
        QTest::keyClick(&guide.searchLine(), Qt::Key_Return);
        QCOMPARE(guide.text().textCursor().selectedText().toLower(), QString("spearman"));
        const int first = guide.text().textCursor().position();
        for (int i = 0; i < 200; ++i) {
            QTest::keyClick(&guide.searchLine(), Qt::Key_Return);
            if (guide.text().textCursor().position() == first)
                break;
            QVERIFY(i < 199);
        }
        QVERIFY(closed(*window));
    }
    /// What a column is can be found without a command line, each with all that its list says.
    void theGuideTellsOfEveryColumn() {
        const auto window = makeWindow();
        QVERIFY(settled(*window));
        actions(*window).guide->trigger();
        GuideDialog& guide = *window->findChild<GuideDialog*>();
        QVERIFY(QTest::qWaitForWindowExposed(&guide));
        QTreeWidgetItem* columns = pageItem(guide, "columns");
        guide.sections().setCurrentItem(columns);
        const std::vector<GlossaryTable> all = wholeGlossary();
        QTextBlock block =
            guide.text().document()->begin().next().next(); // behind the title and what it says
        for (size_t t = 0; t < all.size(); ++t) {
            QCOMPARE(columns->child(static_cast<int>(t))->text(0), textOf(all[t].name));
            QCOMPARE(block.text(), textOf(all[t].name));
            QCOMPARE(block.blockFormat().headingLevel(), 2);
            for (const ColumnText& column : all[t].columns) {
                block = block.next();
                const QString unit = column.unit.empty() ? QString() : ", " + textOf(column.unit);
                QCOMPARE(block.text(), textOf(column.name) + " (" + textOf(column.title) + unit +
                                           "): " + textOf(column.meaning).remove(QLatin1Char('`')) +
                                           ". Methods " + QString::number(column.methods) + ".");
            }
            block = block.next();
        }
        QVERIFY(!block.isValid());
        QCOMPARE(guide.text().horizontalScrollBar()->maximum(), 0);

        // From another page its words are found.
        guide.sections().setCurrentItem(pageItem(guide, "methods"));
        guide.searchLine().setText("set_min_abs_corr");
        QTest::keyClick(&guide.searchLine(), Qt::Key_Return);
        QCOMPARE(guide.text().textCursor().selectedText(), QString("set_min_abs_corr"));
        QCOMPARE(guide.sections().currentItem(), columns);
        QVERIFY(closed(*window));
    }
    /// The typeface inside the program comes with its licence, in full.
    void licenceOfTheTypeface() {
        const auto window = makeWindow();
        QVERIFY(settled(*window));
        actions(*window).about->trigger();
        const auto* about = window->findChild<AboutDialog*>();
        QVERIFY(about != nullptr);
        const auto* text = about->findChild<QPlainTextEdit*>(QStringLiteral("fontLicence"));
        QVERIFY(text != nullptr && !text->isVisible());
        about->findChild<QPushButton*>(QStringLiteral("showFontLicence"))->click();
        QVERIFY(text->isVisible());
        QCOMPARE(text->toPlainText().simplified(), ownFontLicence().simplified());
        QVERIFY(text->toPlainText().contains(QStringLiteral("The Inter Project Authors")));
        QVERIFY(closed(*window));
    }

    /// They were left out where Markdown names them from the guide's own folder, and wider than the text.
    void theGuideShowsItsPictures() {
        const auto window = makeWindow();
        QVERIFY(settled(*window));
        actions(*window).guide->trigger();
        GuideDialog& guide = *window->findChild<GuideDialog*>();
        QVERIFY(QTest::qWaitForWindowExposed(&guide));
        guide.sections().setCurrentItem(pageItem(guide, "figures"));
        QTextDocument& document = *guide.text().document();
        int pictures = 0;
        for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
            for (QTextBlock::iterator i = block.begin(); !i.atEnd(); ++i) {
                if (!i.fragment().charFormat().isImageFormat())
                    continue;
                const QTextImageFormat format = i.fragment().charFormat().toImageFormat();
                const QByteArray name = format.name().toUtf8();
                const QImage picture =
                    document.resource(QTextDocument::ImageResource, QUrl(format.name())).value<QImage>();
                QVERIFY2(!picture.isNull(), name);
                // Scaled to where it stands: else strokes of letters are left out.
                const QSize shown(qRound(format.width()), qRound(format.height()));
                QVERIFY2(shown.width() > 300 && shown.height() > 100, name);
                QCOMPARE(picture.size(), shown * guide.text().devicePixelRatioF());
                ++pictures;
            }
        QVERIFY2(pictures > 20, qPrintable(QString::number(pictures)));
        QCOMPARE(guide.text().horizontalScrollBar()->maximum(), 0);
        QVERIFY(closed(*window));
    }
    /// F1 leads to what has the keys, a panel's "?" to the panel, and links to where they say.
    void theGuideOpensWhereOneIs() {
        const auto window = makeWindow();
        QVERIFY(settled(*window));
        actions(*window).guide->trigger(); // nothing but the first page is shown
        GuideDialog& guide = *window->findChild<GuideDialog*>();
        const auto shown = [&] { return guide.sections().currentItem(); };
        QCOMPARE(shown(), pageItem(guide, "first-verdict"));

        int places = 0;
        for (const QWidget* part : window->findChildren<QWidget*>()) {
            const QVariant place = part->property("guidePlace");
            if (!place.isValid())
                continue;
            ++places;
            const GuidePlace to = guidePlace(place.toString());
            QVERIFY2(!to.page.isEmpty(), qPrintable(place.toString()));
            guide.showPlace(place.toString());
            QVERIFY2(to.anchor.isEmpty() || guideAnchor(shown()->text(0)) == to.anchor,
                     qPrintable(place.toString()));
        }
        QVERIFY(places > 10);

        const auto* panel = window->findChild<DriverPanel*>();
        QVERIFY(panel != nullptr);
        panel->findChild<GuideButton*>()->click();
        QCOMPARE(shown()->text(0), QString("Drivers"));
        QCOMPARE(shown()->parent(), pageItem(guide, "reading"));
        Q_EMIT guide.text().anchorClicked(QUrl(QStringLiteral("methods.md#3-scores")));
        QCOMPARE(shown(), pageItem(guide, "methods")->child(2));
        Q_EMIT guide.text().anchorClicked(QUrl(QStringLiteral("nowhere.md")));
        QCOMPARE(shown(), pageItem(guide, "methods")->child(2));
        QVERIFY(closed(*window));
    }
    void bothStandInTheMenu() {
        const auto window = makeWindow();
        const WindowActions& all = actions(*window);
        for (QAction* action : {all.showLog, all.showCrashNotes}) {
            QVERIFY(action->isEnabled());
            const QList<QMenu*> menus = window->findChildren<QMenu*>();
            QVERIFY(std::any_of(menus.begin(), menus.end(),
                                [&](const QMenu* menu) { return menu->actions().contains(action); }));
        }
        QVERIFY(settled(*window));
        QVERIFY(closed(*window));
    }

    void whatIsNotThereIsSaid() {
        Desktop desktop;
        const auto window = makeWindow();
        QVERIFY(settled(*window));
        QCOMPARE(messages(*window).count(), 0);
        actions(*window).showLog->trigger();
        QVERIFY(waitUntil([&] { return says(*window, QStringLiteral("Nothing was logged yet.")); }));
        actions(*window).showCrashNotes->trigger();
        QVERIFY(waitUntil([&] { return says(*window, QStringLiteral("There is no crash note.")); }));
        // A log beside it is no crash note.
        writeText(logFile(), "a line\n");
        messages(*window).clear();
        actions(*window).showCrashNotes->trigger();
        QVERIFY(waitUntil([&] { return says(*window, QStringLiteral("There is no crash note.")); }));
        QCOMPARE(desktop.opened, QStringList());
        QVERIFY(closed(*window));
    }

    void logIsOpened() {
        Desktop desktop;
        startLog();
        logLine("test", "something happened");
        const auto window = makeWindow();
        QVERIFY(settled(*window));
        actions(*window).showLog->trigger();
        QVERIFY(settled(*window));
        QCOMPARE(desktop.opened, QStringList{QString::fromStdString(logFile().string())});
        QVERIFY(QFile::exists(desktop.opened.front()));
        QCOMPARE(messages(*window).count(), 0);
        QVERIFY(closed(*window));
    }

    void crashIsToldOnceAndItsNotesStay() {
        Desktop desktop;
        const std::filesystem::path note = logFolder() / "crash-20260101-000000-1.txt";
        writeText(note, "Diploscope\nsignal: SIGSEGV\n");
        {
            const auto window = makeWindow();
            QVERIFY(settled(*window));
            QCOMPARE(messages(*window).count(), 1);
            const auto* told = messages(*window).findChild<Message*>();
            QVERIFY(told->says(QStringLiteral("The program crashed when it ran before."),
                               QString::fromStdString(note.string()),
                               QStringLiteral("Please report it with this note. Finished work was kept.")));
            QVERIFY(closed(*window));
        }
        const auto window = makeWindow();
        QVERIFY(settled(*window));
        QCOMPARE(messages(*window).count(), 0);
        actions(*window).showCrashNotes->trigger();
        QVERIFY(settled(*window));
        QCOMPARE(desktop.opened, QStringList{QString::fromStdString(logFolder().string())});
        QCOMPARE(messages(*window).count(), 0);
        QVERIFY(closed(*window));
    }

    void noProgramForItIsSaidWithThePlace() {
        const Desktop desktop(false);
        startLog();
        logLine("test", "something happened");
        const auto window = makeWindow();
        QVERIFY(settled(*window));
        actions(*window).showLog->trigger();
        QVERIFY(settled(*window));
        QVERIFY(says(*window, QStringLiteral("No program opens it here."),
                     QString::fromStdString(logFile().string())));
        QVERIFY(closed(*window));
    }
};

QTEST_MAIN(TestHelpMenu)
#include "tst_help_menu.moc"
