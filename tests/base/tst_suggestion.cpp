// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/suggestion.h"
#include "support.h"

using namespace diploscope;

class TestSuggestion : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void measuresDistance_data() {
        QTest::addColumn<std::string>("a");
        QTest::addColumn<std::string>("b");
        QTest::addColumn<int>("expected");
        const auto row = [](const char* a, const char* b, int expected) {
            QTest::addRow("%s, %s", a, b) << std::string(a) << std::string(b) << expected;
        };
        row("", "", 0);
        row("abc", "abc", 0);
        row("abc", "ABC", 0);
        row("", "abc", 3);
        row("kitten", "sitting", 3);
        row("ab", "ba", 1); // a swap is one slip
        row("models", "model", 1);
        row("abcdefgh", "zyxwvuts", 6); // limit + 1
        row("a", "abcdefghijk", 6);
    }
    void measuresDistance() {
        QFETCH(std::string, a);
        QFETCH(std::string, b);
        QFETCH(int, expected);
        QCOMPARE(editDistance(a, b, 5), expected);
        QCOMPARE(editDistance(b, a, 5), expected);
    }

    void suggests() {
        using Names = std::vector<std::string>;
        const Names known{"reference", "annotation", "genotypes", "expression", "expression_transform"};
        QCOMPARE(nearestNames("genotype", known), (Names{"genotypes"}));
        QCOMPARE(nearestNames("anotation", known), (Names{"annotation"}));
        QCOMPARE(nearestNames("colour", known), Names{});
        QCOMPARE(nearestNames("ab", {"aa", "ac", "ab1", "zz", "aa"}, 2), (Names{"aa", "ab1"}));
    }

    void lists() {
        QCOMPARE(listed({}), std::string());
        QCOMPARE(listed({"a"}), std::string("`a`"));
        QCOMPARE(listed({"a", "b"}), std::string("`a` and `b`"));
        QCOMPARE(listed({"a", "b", "c"}), std::string("`a`, `b` and `c`"));
        QCOMPARE(listed({"a", "b", "c"}, 2), std::string("`a`, `b` and 1 more"));
    }
};

QTEST_GUILESS_MAIN(TestSuggestion)
#include "tst_suggestion.moc"
