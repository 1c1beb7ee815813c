// SPDX-License-Identifier: GPL-3.0-or-later
// How many threads fit under a limit; what the program does under one: tst_program_edges.
#include "base/memory_limit.h"
#include "support.h"

using namespace diploscope;

class TestMemoryLimit : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void threadsShareTheLimit_data() {
        QTest::addColumn<int>("limitMiB");
        QTest::addColumn<int>("usedMiB");
        QTest::addColumn<int>("threads");
        QTest::addColumn<int>("fit");
        // A buffer of 128 MiB for each of OpenBLAS's threads and each of ours, one of which is both; 64 for
        // work.
        QTest::newRow("plenty") << 100000 << 300 << 16 << 16;
        QTest::newRow("just all of two") << 300 + 3 * 128 + 64 << 300 << 2 << 2;
        QTest::newRow("one too few") << 300 + 3 * 128 + 63 << 300 << 2 << 1;
        QTest::newRow("just one") << 300 + 128 + 64 << 300 << 16 << 1;
        QTest::newRow("none") << 300 + 128 + 63 << 300 << 16 << 0;
        QTest::newRow("less than is used") << 200 << 300 << 2 << 0;
    }
    void threadsShareTheLimit() {
        QFETCH(int, limitMiB);
        QFETCH(int, usedMiB);
        QFETCH(int, threads);
        QFETCH(int, fit);
        QCOMPARE(threadsWithin(int64_t{limitMiB} << 20, int64_t{usedMiB} << 20, threads), fit);
    }
};

QTEST_APPLESS_MAIN(TestMemoryLimit)
#include "tst_memory_limit.moc"
