// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"
#include "views/elided_button.h"
#include "views/elided_text.h"
#include "views/top_bar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QMenuBar>

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
