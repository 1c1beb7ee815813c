// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/demo_home.h"
#include "ui/waiting.h"
#include "viewmodels/demo_study.h"

#include <QSignalSpy>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

class TestDemoMaker : public QObject {
    Q_OBJECT

private:
    DemoHome m_home;

private Q_SLOTS:
    void initTestCase() { DS_VERIFY(m_home.makeDemo()); }

    void aDemoThatIsThereIsTakenAsItIs() {
        JobRunner jobs;
        DemoMaker demo(jobs, m_home.demoFolder());
        QSignalSpy made(&demo, &DemoMaker::made), changed(&demo, &DemoMaker::changed);
        QVERIFY(demo.job() == nullptr);
        demo.make();
        QVERIFY(demo.job() != nullptr);
        QVERIFY(!changed.isEmpty());
        QVERIFY(waitUntil([&] { return made.size() == 1; }));
        QCOMPARE(made.front().front().toString(), m_home.study());
        QVERIFY(demo.job() == nullptr);
    }

    void whatGoesWrongIsTold() {
        JobRunner jobs;
        writeText(m_home / "file", "in the way");
        DemoMaker demo(jobs, m_home / "file" / "demo");
        QSignalSpy made(&demo, &DemoMaker::made), failed(&demo, &DemoMaker::failed);
        demo.make();
        QVERIFY(waitUntil([&] { return !jobs.isBusy(); }));
        QCOMPARE(failed.size(), 1);
        QVERIFY(made.isEmpty());
        QVERIFY(demo.job() == nullptr);
    }

    /// Who stops it knows.
    void stoppingIsNoFailure() {
        JobRunner jobs;
        DemoMaker demo(jobs, m_home / "new" / "demo");
        QSignalSpy made(&demo, &DemoMaker::made), failed(&demo, &DemoMaker::failed);
        demo.make();
        jobs.cancelAll();
        QVERIFY(waitUntil([&] { return !jobs.isBusy(); }));
        QVERIFY(made.isEmpty() && failed.isEmpty());
        QVERIFY(demo.job() == nullptr);
    }
};

QTEST_GUILESS_MAIN(TestDemoMaker)
#include "tst_demo_maker.moc"
