// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"
#include "views/app_theme.h"
#include "views/elided_button.h"
#include "views/elided_combo_box.h"
#include "views/elided_text.h"
#include "views/top_bar.h"

#include <QAction>
#include <QComboBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QVBoxLayout>

using namespace diploscope::ui;

class TestTopBar : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Of two models of one name, nobody could know which is chosen.
    void modelsOfOneNameAreToldApart() {
        QMenu exports;
        auto* menus = new QMenuBar;
        menus->addMenu(QStringLiteral("File"));
        TopBar bar(menus, {}, &exports, nullptr);
        bar.setModels({{QStringLiteral("/a/m1"), QStringLiteral("probe"), {}, true, true},
                       {QStringLiteral("/a/m2"), QStringLiteral("probe"), {}, false, true},
                       {QStringLiteral("/a/cnn"), QStringLiteral("cnn"), {}, true, true},
                       {QStringLiteral("/b/x"), QStringLiteral("xp"), {}, true, true},
                       {QStringLiteral("/c/x"), QStringLiteral("xp"), {}, true, true}},
                      false);
        const auto* chooser = bar.findChild<QComboBox*>(QStringLiteral("modelChooser"));
        QStringList shown;
        for (int row = 0; row < chooser->count(); ++row)
            shown << chooser->itemText(row);
        QCOMPARE(shown, (QStringList{QStringLiteral("probe · m1"),
                                     QStringLiteral("probe · m2 · weights missing"), QStringLiteral("cnn"),
                                     QStringLiteral("xp · /b/x"), QStringLiteral("xp · /c/x")}));
        bar.setModelChoice(QStringLiteral("/a/m2"));
        QCOMPARE(chooser->currentIndex(), 1);
    }

    /// Less is said where there is less room, and all of it in whole words, in both types and whatever the
    /// score is called.
    void wordsAreWholeAtEveryWidth_data() {
        QTest::addColumn<QString>("family");
        for (const char* family : {"DejaVu Sans", "Inter"})
            QTest::newRow(family) << QString::fromUtf8(family);
    }
    void wordsAreWholeAtEveryWidth() {
        QFETCH(QString, family);
        if (!QFontDatabase::families().contains(family))
            QSKIP(qPrintable(QStringLiteral("skipped: no ") + family));
        ChartStyle style = ChartStyle::screen(lightTheme()).value();
        style.fontFamily = family;
        const AppTheme theme(style);
        QWidget window;
        auto* column = new QVBoxLayout(&window);
        column->setContentsMargins(0, 0, 0, 0);
        QMenu exports;
        auto* menus = new QMenuBar;
        for (const char* menu : {"&File", "&Edit", "&View", "&Gene", "&Help"})
            menus->addMenu(QString::fromUtf8(menu));
        QList<QAction*> pages;
        for (const char* page : {"Gene", "Genome", "What if"})
            pages << new QAction(QString::fromUtf8(page), &window);
        auto* bar = new TopBar(menus, pages, &exports, &window);
        column->addWidget(bar);
        column->addStretch(1);
        bar->setGenes({QStringLiteral("GENE")});
        bar->setModels({{QStringLiteral("/a/demo"), QStringLiteral("demo-enformer"), {}, true, true}});
        bar->setModelChoice(QStringLiteral("/a/demo"));
        bar->setScore(QStringLiteral("CAGE:spleen, 3 bins, sum"), true);
        bar->setDevice(QStringLiteral("cpu"), true, style);
        auto& model = *bar->findChild<ElidedComboBox*>(QStringLiteral("modelChooser"));
        auto& score = *bar->findChild<ElidedButton*>(QStringLiteral("scoreChip"));
        auto& device = *bar->findChild<ElidedButton*>(QStringLiteral("deviceChip"));
        window.show();
        const QString hint = QStringLiteral("Gene, SNV or place");
        for (const int width : {1800, 1400, 1280, 1200, 1100, 1000, 1100, 1800}) {
            window.resize(width, 60);
            QTest::qWait(30);
            QCOMPARE(window.width(), width);
            const QLineEdit& search = *bar->searchField();
            const QString said = search.placeholderText();
            QVERIFY2(search.fontMetrics().horizontalAdvance(said) + 32 <= search.width(), qPrintable(said));
            QVERIFY(width < 1100 || said == hint);
            QVERIFY(model.widthFor(QStringLiteral("demo-enformer")) <= model.width() || width < 1100);
            QVERIFY2(score.widthFor(score.text()) <= score.width(), qPrintable(score.text()));
            QVERIFY(device.widthFor(device.text()) <= device.width());
            for (const QWidget* part : bar->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly))
                QVERIFY(!part->isVisible() || bar->rect().contains(part->geometry()));
        }
        // At the end it is wide again.
        QCOMPARE(score.text(), QStringLiteral("CAGE:spleen, 3 bins, sum"));
        QCOMPARE(device.text(), QStringLiteral("cpu"));
        // What is left out is said by tips, and to who hears it.
        window.resize(1000, 60);
        QTest::qWait(30);
        QCOMPARE(score.text(), QStringLiteral("Score"));
        QVERIFY(score.toolTip().contains(QStringLiteral("CAGE:spleen")));
        QVERIFY(score.accessibleName().contains(QStringLiteral("CAGE:spleen")));
        QVERIFY(device.text().isEmpty() && device.accessibleName().contains(QStringLiteral("cpu")));
        // A longer name of a model takes the room of others, and widens no window.
        bar->setModels({{QStringLiteral("/a/long"), QString(60, u'x'), {}, true, true}});
        bar->setModelChoice(QStringLiteral("/a/long"));
        QTest::qWait(30);
        QCOMPARE(window.width(), 1000);
        QVERIFY(window.minimumSizeHint().width() <= 1000);
    }

    /// In the room that a size hint asked for, to the pixel, "Score" was "Sco…".
    void whatFitsIsNotCut() {
        for (int size = 9; size < 20; ++size) {
            QFont font;
            font.setPixelSize(size);
            const QFontMetrics metrics(font);
            for (const char* text : {"Score", "demo-cnn", "cpu", "bins 0; tracks 0; sum", "Stored runs…"}) {
                const QString whole = QString::fromUtf8(text);
                const int width = metrics.horizontalAdvance(whole);
                QCOMPARE(elidedTo(width, whole, metrics), whole);
                QVERIFY(elidedTo(width - 4, whole, metrics).endsWith(u'…'));
            }
        }
    }

    /// A layout gives Qt's own buttons room for all of their words, and the window grew with those of a job.
    void longWordsWidenNoWindow() {
        QWidget line;
        auto* row = new QHBoxLayout(&line);
        auto* button = new ElidedButton;
        row->addWidget(button);
        button->setText(QString(60, u'x'));
        const int least = row->totalMinimumSize().width();
        QVERIFY(least < button->sizeHint().width() / 2);
        button->setText(QString(120, u'x'));
        QCOMPARE(row->totalMinimumSize().width(), least);
        button->setText(QStringLiteral("Score")); // what is short is whole
        QVERIFY(row->totalMinimumSize().width() >= button->sizeHint().width());
    }
};

QTEST_MAIN(TestTopBar)
#include "tst_top_bar.moc"
