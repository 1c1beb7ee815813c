// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/asked_scores.h"

#include <QTest>

using namespace diploscope;
using namespace diploscope::ui;

class TestAskedScores : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsAskedOfOneModelIsOfThatOne() {
        AskedScores asked;
        asked.set("/models/net", ScoreRequest{.shifts = 3});
        asked.set("demo-cnn", ScoreRequest{.reverseComplement = true});
        QCOMPARE(asked.of("/models/net")->shifts, std::optional(3));
        QVERIFY(!asked.of("/models/net")->reverseComplement);
        QCOMPARE(asked.of("demo-cnn")->reverseComplement, std::optional(true));
        QVERIFY(!asked.of("net"));
        asked.set("/models/net", ScoreRequest{.bins = "1"}); // in place of what was, not beside it
        QVERIFY(!asked.of("/models/net")->shifts);
        QCOMPARE(asked.byModel().size(), size_t{2});
    }

    /// "As the model says" may be asked for, too, and is another wish than none.
    void nothingAskedIsNotTheSameAsNothingWanted() {
        AskedScores asked;
        const AskedScores none = asked;
        asked.set("demo-cnn", ScoreRequest{});
        QVERIFY(asked != none);
        QVERIFY(asked.of("demo-cnn")->empty());
        asked.set("demo-cnn", std::nullopt);
        QVERIFY(asked == none);
        asked.set("demo-cnn", std::nullopt);
        QVERIFY(asked == none);
    }

    /// The study is not heard beside it, whether that is said or not.
    void whatIsAskedIsAllThatCounts() {
        AskedScores asked, said;
        asked.set("demo-cnn", ScoreRequest{.shifts = 3});
        said.set("demo-cnn", ScoreRequest{.shifts = 3, .ownScore = true});
        QVERIFY(said == asked);
    }
};

QTEST_APPLESS_MAIN(TestAskedScores)
#include "tst_asked_scores.moc"
