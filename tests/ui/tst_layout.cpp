// SPDX-License-Identifier: GPL-3.0-or-later
#include "pictures.h"
#include "viewmodels/language.h"
#include "views/app_theme.h"
#include "views/elided_combo_box.h"
#include "views/experiments_page.h"
#include "views/gene_header.h"
#include "views/gene_page.h"
#include "views/locus_panel.h"
#include "views/message.h"
#include "views/message_stack.h"
#include "views/snv_inspector.h"
#include "views/window_actions.h"
#include "widget_check.h"
#include "window_walk.h"

#include <QAction>
#include <QApplication>
#include <QFontDatabase>
#include <QTextEdit>
#include <QToolButton>

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
        const QStringList faults = faultsAtRest([&] { return faultsOfWidgets(window); });
        keepPicture(window, name);
        QVERIFY2(faults.isEmpty(), qPrintable(name + QStringLiteral(":\n") + faults.join(u'\n')));
    }
    std::unique_ptr<AppTheme> themeIn(const QString& family, bool dark) {
        ChartStyle style = ChartStyle::screen(lightTheme()).value();
        style.fontFamily = family;
        auto theme = std::make_unique<AppTheme>(style);
        theme->choose(dark ? Preferences::ThemeChoice::Dark : Preferences::ThemeChoice::Light);
        return theme;
    }
    /// A window grows with what it has no room for, and never shrinks: which of its parts are so wide.
    static QString widest(const MainWindow& window) {
        QStringList parts;
        for (const QWidget* part : window.findChildren<QWidget*>())
            if (part->window() == &window && part->isVisible() &&
                part->minimumSizeHint().width() > window.width() / 2)
                parts
                    << QStringLiteral("%1 needs %2").arg(nameOf(*part)).arg(part->minimumSizeHint().width());
        return parts.join(u'\n');
    }

    /// Words of the upper edge for which there is no room.
    static QStringList cutInTheBar(const MainWindow& window) {
        QStringList cut;
        const auto* search = window.findChild<QLineEdit*>(QStringLiteral("geneSearch"));
        const auto* model = window.findChild<ElidedComboBox*>(QStringLiteral("modelChooser"));
        constexpr int edges = 32; // of the search field: its padding
        if (search->fontMetrics().horizontalAdvance(search->placeholderText()) + edges > search->width())
            cut << search->placeholderText();
        if (model->widthFor(model->shownText()) > model->width())
            cut << model->shownText();
        for (const char* chip : {"scoreChip", "deviceChip"})
            if (const auto* button = window.findChild<ElidedButton*>(QString::fromLatin1(chip));
                button->widthFor(button->text()) > button->width())
                cut << button->text();
        return cut;
    }

private Q_SLOTS:
    void initTestCase() { DS_VERIFY(m_home.makeDemo()); }

    void nothingIsCutOrOverlaps_data() {
        QTest::addColumn<QString>("family");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("dark");
        QTest::addColumn<Language>("language");
        const QSize small(1100, 680);
        QTest::newRow("DejaVu small") << QStringLiteral("DejaVu Sans") << small << false << Language::English;
        QTest::newRow("DejaVu small dark")
            << QStringLiteral("DejaVu Sans") << small << true << Language::English;
        QTest::newRow("DejaVu usual")
            << QStringLiteral("DejaVu Sans") << QSize(1280, 800) << false << Language::English;
        QTest::newRow("Inter small") << QStringLiteral("Inter") << small << false << Language::English;
        QTest::newRow("Inter small German") << QStringLiteral("Inter") << small << false << Language::German;
        QTest::newRow("Inter usual dark")
            << QStringLiteral("Inter") << QSize(1280, 800) << true << Language::English;
    }
    void nothingIsCutOrOverlaps() {
        QFETCH(QString, family);
        QFETCH(QSize, size);
        QFETCH(bool, dark);
        QFETCH(Language, language);
        if (!QFontDatabase::families().contains(family))
            QSKIP(qPrintable(QStringLiteral("skipped: no ") + family));
        const Translation translation(language);
        const auto theme = themeIn(family, dark);
        const auto window = freshWindow(*theme, m_home, size);
        const QString row = QString::fromLatin1(QTest::currentDataTag()) + u' ';
        const auto* page = window->findChild<GenePage*>();
        const auto* experiments = window->findChild<ExperimentsPage*>();
        const QString missing =
            walkThrough(*window, m_home.study(), [&](QWidget& shown, const QString& name) {
                if (&shown == window.get())
                    QVERIFY2(window->size() == size, // the real minimum is no more than that
                             qPrintable(QStringLiteral("%1: %2 x %3\n%4")
                                            .arg(name)
                                            .arg(window->width())
                                            .arg(window->height())
                                            .arg(widest(*window))));
                else
                    QVERIFY2(
                        shown.width() <= 1120 && shown.height() <= 720,
                        qPrintable(
                            QStringLiteral("%1: %2 x %3").arg(name).arg(shown.width()).arg(shown.height())));
                if (name == QStringLiteral("gene")) {
                    const int seen = page->locus().visibleRegion().boundingRect().height();
                    QVERIFY2(10 * seen >= 4 * window->height(), qPrintable(QString::number(seen)));
                    QCOMPARE(cutInTheBar(*window), QStringList());
                    for (const ElidedLabel* label : page->findChildren<ElidedLabel*>())
                        if (label->fullText() == page->header().nulls() ||
                            label->fullText() ==
                                QCoreApplication::translate("diploscope::ui::AgainstPanel", "Against"))
                            QVERIFY2(label->width() >= label->sizeHint().width(), qPrintable(nameOf(*label)));
                }
                if (name == QStringLiteral("carriers")) {
                    const QWidget& carriers = page->inspector().carriersView(); // seen without scrolling
                    QVERIFY(carriers.isVisible());
                    QCOMPARE(carriers.visibleRegion().boundingRect().height(), carriers.height());
                }
                if (name.startsWith(QStringLiteral("experiment")))
                    QVERIFY2(experiments->stateText().isEmpty(), qPrintable(experiments->stateText()));
                check(shown, row + name);
            });
        QCOMPARE(missing, QString());
        QVERIFY(closedAtRest(*window));
    }

    void messagesWrapMergeAndLeave() {
        const auto theme = themeIn(ChartStyle::screen(lightTheme())->fontFamily, false);
        const auto window = freshWindow(*theme, m_home, {1100, 680});
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
        QVERIFY(closedAtRest(*window));
    }
};

QTEST_MAIN(TestLayout)
#include "tst_layout.moc"
