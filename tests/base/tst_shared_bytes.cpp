// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/shared_bytes.h"
#include "support.h"

#include <utility>

using namespace diploscope;

/// A value: what is done to one copy is seen in no other.
class TestSharedBytes : public QObject {
    Q_OBJECT

    static SharedBytes bytesOf(std::initializer_list<uint8_t> bytes) {
        SharedBytes made;
        for (const uint8_t byte : bytes)
            made.push_back(byte);
        return made;
    }

private Q_SLOTS:
    void noneAtFirst() {
        const SharedBytes none;
        QVERIFY(none.empty());
        QCOMPARE(none.size(), size_t{0});
        QVERIFY(none.begin() == none.end());
        SharedBytes reserved;
        reserved.reserve(5);
        QVERIFY(reserved.empty() && reserved == none);
    }
    void copiesShareUntilOneIsAddedTo() {
        SharedBytes first = bytesOf({1, 2});
        const SharedBytes second = first;
        QVERIFY(second.begin() == first.begin());
        first.push_back(3);
        QVERIFY(first == bytesOf({1, 2, 3}));
        QVERIFY(second == bytesOf({1, 2}));
        QVERIFY(second != first);
        QCOMPARE(first[2], uint8_t{3});
    }
    void movedFromIsEmptyAndOfUse() {
        SharedBytes first = bytesOf({1, 2});
        const SharedBytes second = std::move(first);
        first = {};
        first.push_back(9);
        QVERIFY(second == bytesOf({1, 2}));
        QVERIFY(first == bytesOf({9}));
    }
    void equalIsOfContent() {
        QVERIFY(bytesOf({1, 2}) == bytesOf({1, 2}));
        QVERIFY(bytesOf({1, 2}) != bytesOf({1, 3}));
        QVERIFY(bytesOf({1}) != SharedBytes());
    }
};

QTEST_GUILESS_MAIN(TestSharedBytes)
#include "tst_shared_bytes.moc"
