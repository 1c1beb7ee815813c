// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"
#include "views/top_bar.h"

#include <QComboBox>
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
};

QTEST_MAIN(TestTopBar)
#include "tst_top_bar.moc"
