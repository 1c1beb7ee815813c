// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/waiting.h"
#include "viewmodels/settings_keeper.h"

#include <QTest>
#include <QThread>

#include <atomic>
#include <semaphore>
#include <stdexcept>
#include <vector>

using namespace diploscope::ui;
using diploscope::test::waitUntil;

class TestSettingsKeeper : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLastOfWhatIsAskedForStands() {
        JobRunner jobs;
        SettingsKeeper keeper(jobs);
        std::binary_semaphore begun(0), goesOn(0);
        std::vector<int> written; // by one worker at a time
        std::atomic<bool> elsewhere = true;
        const auto keep = [&](int value) {
            keeper.keep([&, value] {
                elsewhere = elsewhere && QThread::currentThread() != thread();
                written.push_back(value);
            });
        };
        keeper.keep([&] {
            begun.release();
            goesOn.acquire();
            written.push_back(1);
        });
        begun.acquire();
        for (const int value : {2, 3, 4})
            keep(value);
        goesOn.release();
        QVERIFY(waitUntil([&] { return !jobs.isBusy(); }));
        QCOMPARE(written, (std::vector<int>{1, 4}));
        keep(5); // and again after that
        QVERIFY(waitUntil([&] { return !jobs.isBusy(); }));
        QCOMPARE(written, (std::vector<int>{1, 4, 5}));
        QVERIFY(elsewhere);
    }

    void whatIsAskedForIsWrittenAlthoughAllIsStopped() {
        int written = 0;
        {
            JobRunner jobs;
            SettingsKeeper keeper(jobs);
            keeper.keep([&] { written = 1; });
            jobs.cancelAll();
        }
        QCOMPARE(written, 1);
    }

    void aFailureIsNotTheEnd() {
        JobRunner jobs;
        SettingsKeeper keeper(jobs);
        int written = 0;
        keeper.keep([] { throw std::runtime_error("no room"); });
        QVERIFY(waitUntil([&] { return !jobs.isBusy(); }));
        keeper.keep([&] { written = 2; });
        QVERIFY(waitUntil([&] { return !jobs.isBusy(); }));
        QCOMPARE(written, 2);
    }
};

QTEST_GUILESS_MAIN(TestSettingsKeeper)
#include "tst_settings_keeper.moc"
