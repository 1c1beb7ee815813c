// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"
#include "viewmodels/last_shown.h"

#include <QSettings>

using namespace diploscope::ui;
using diploscope::test::TemporaryFolder;

class TestLastShown : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;

private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("diploscope test"));
        QCoreApplication::setApplicationName(QStringLiteral("last shown"));
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope,
                           QString::fromStdString(m_folder.path().string()));
    }

    void whatWasShownIsFoundAgain() {
        QVERIFY(LastShown::load() == LastShown{});
        const LastShown shown{QStringLiteral("/data/my, own.study.json"), QStringLiteral("ENSG1"),
                              QStringLiteral("demo-cnn")};
        shown.save();
        QVERIFY(LastShown::load() == shown);
        const LastShown noGene{shown.study, {}, shown.model};
        noGene.save();
        QVERIFY(LastShown::load() == noGene);
    }

    /// Nor is a gene left that the next study would be asked for.
    void aWindowThatShowedNothingLeavesNothing() {
        LastShown{QStringLiteral("/a.study.json"), QStringLiteral("ENSG1"), QStringLiteral("m")}.save();
        LastShown{}.save();
        QVERIFY(LastShown::load() == LastShown{});
        QVERIFY(QSettings().allKeys().isEmpty());
        QSettings().setValue(QStringLiteral("session/gene"), QStringLiteral("ENSG1")); // by another hand
        QVERIFY(LastShown::load() == LastShown{});
    }

    void aSessionWithoutAStudyShowsNothing() {
        JobRunner jobs;
        const Session session(jobs);
        QVERIFY(LastShown::of(session) == LastShown{});
    }
};

QTEST_GUILESS_MAIN(TestLastShown)
#include "tst_last_shown.moc"
