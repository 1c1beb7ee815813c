// SPDX-License-Identifier: GPL-3.0-or-later
#include "genome/variant.h"
#include "support.h"

#include <algorithm>
#include <set>

using namespace diploscope;

class TestVariant : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void equalIsTheSameVariant() {
        const Variant variant{"22", 119, "A", "G"};
        QVERIFY(variant == trimmedVariant("22", 118, "CA", "CG"));
        QVERIFY(variant == trimmedVariant("22", 118, "CAT", "CGT"));
        for (const Variant& other : {Variant{"21", 119, "A", "G"}, Variant{"22", 120, "A", "G"},
                                     Variant{"22", 119, "C", "G"}, Variant{"22", 119, "A", "T"}})
            QVERIFY(variant != other);
    }

    /// Of a deletion and an insertion the anchor stays.
    void indelsKeepTheirAnchor() {
        QVERIFY((trimmedVariant("1", 9, "CAT", "CT") == Variant{"1", 9, "CA", "C"}));
        QVERIFY((trimmedVariant("1", 9, "C", "CAT") == Variant{"1", 9, "C", "CAT"}));
    }

    void inOrderOfPlaceAndAlleles() {
        const std::vector<Variant> ordered{{"1", 5, "A", "C"},  {"1", 5, "A", "G"},  {"1", 5, "C", "A"},
                                           {"1", 40, "A", "C"}, {"10", 1, "A", "C"}, {"2", 0, "A", "C"}};
        QVERIFY(std::is_sorted(ordered.begin(), ordered.end())); // contigs by name: "10" before "2"
        const std::set<Variant> all(ordered.rbegin(), ordered.rend());
        QVERIFY(std::equal(all.begin(), all.end(), ordered.begin(), ordered.end()));
    }

    void isWrittenFromOne() {
        QCOMPARE(toText(Variant{"22", 119, "A", "G"}), std::string("22:120 A>G"));
        QCOMPARE(toText(Variant{"22", 119, {}, {}}), std::string("22:120"));
        QCOMPARE(toName(Variant{"chr22", 119, "CA", "C"}), std::string("chr22:120:CA:C"));
    }
};

QTEST_GUILESS_MAIN(TestVariant)
#include "tst_variant.moc"
