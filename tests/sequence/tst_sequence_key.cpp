// SPDX-License-Identifier: GPL-3.0-or-later
#include "genome/bases.h"
#include "sequence/sequence_key.h"
#include "support.h"

#include <algorithm>
#include <cstring>
#include <ctime>
#include <map>
#include <random>
#include <set>

using namespace diploscope;

namespace {

std::string randomBases(std::mt19937& random, int64_t count, const char* alphabet = "ACGT") {
    std::string bases;
    for (int64_t i = 0; i < count; ++i)
        bases += alphabet[random() % std::strlen(alphabet)];
    return bases;
}

ReferenceWindow windowOf(std::string context, int64_t flank, int64_t tssOffset, bool reversed) {
    ReferenceWindow window;
    window.region = {"1", 1000, 1000 + static_cast<int64_t>(context.size()) - 2 * flank};
    window.tssOffset = tssOffset;
    window.reversed = reversed;
    window.flank = flank;
    window.context = std::move(context);
    return window;
}

Digest keyOf(const ReferenceWindow& window, const EditList& edits) {
    return sequenceKey(window, digestOf(modelInput(window, {})), edits);
}

/// The same bases on the other strand: what is read from one of both is read from the other.
ReferenceWindow mirrored(const ReferenceWindow& window) {
    return windowOf(reverseComplement(window.context), window.flank, window.length() - 1 - window.tssOffset,
                    !window.reversed);
}

EditList mirrored(const EditList& edits, const ReferenceWindow& window) {
    EditList turned;
    for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit)
        turned.push_back({window.length() - edit->end(), edit->refLength, reverseComplement(edit->alt)});
    return turned;
}

/// Of all kinds, some of which change nothing; a few draw from the flanks.
EditList randomEdits(std::mt19937& random, const ReferenceWindow& window, bool withIndels) {
    EditList edits;
    for (int64_t p = static_cast<int64_t>(random() % 8); p < window.length() - 5;
         p += 1 + static_cast<int64_t>(random() % 9)) {
        const auto refLength = static_cast<int32_t>(random() % 3 == 0 ? 1 + random() % 3 : 1);
        int64_t altLength = refLength;
        if (withIndels && random() % 3 == 0)
            altLength = 1 + static_cast<int64_t>(random() % 3);
        edits.push_back({p, refLength, randomBases(random, altLength, "AC")});
        p += refLength;
        if (random() % 3 == 0)
            break;
    }
    return edits;
}

} // namespace

class TestSequenceKey : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void uneditedWindowIsKnownByItsBases() {
        std::mt19937 random(1);
        for (const bool reversed : {false, true}) {
            const ReferenceWindow window = windowOf(randomBases(random, 40), 10, 10, reversed);
            const Digest bases = digestOf(modelInput(window, {}));
            QCOMPARE(keyOf(window, {}), bases);
            // An edit that changes nothing, or nothing that the window shows.
            QCOMPARE(keyOf(window, {{3, 2, std::string(window.bases().substr(3, 2))}}), bases);
            QCOMPARE(keyOf(window, {{-5, 1, "A"}}), bases);
        }
    }

    /// Few different sequences of a short window, many lists of edits: one content is one key, and the other
    /// way round.
    void keysAreContents_data() {
        QTest::addColumn<bool>("withIndels");
        QTest::addColumn<bool>("reversed");
        for (const bool withIndels : {false, true})
            for (const bool reversed : {false, true})
                QTest::addRow("%s, %s", withIndels ? "with indels" : "substitutions",
                              reversed ? "reversed" : "forward")
                    << withIndels << reversed;
    }
    void keysAreContents() {
        QFETCH(bool, withIndels);
        QFETCH(bool, reversed);
        std::mt19937 random(7);
        const ReferenceWindow window = windowOf(randomBases(random, 34, "AC"), 10, 7, reversed);
        std::map<Digest, std::string> contentOf;
        std::map<std::string, std::set<Digest>> keysOf;
        for (int i = 0; i < 20'000; ++i) {
            const EditList edits = randomEdits(random, window, withIndels);
            const std::string content = modelInput(window, edits);
            const Digest key = keyOf(window, edits);
            const auto [known, isNew] = contentOf.emplace(key, content);
            QVERIFY2(isNew || known->second == content, "two contents have one key");
            keysOf[content].insert(key);
        }
        QVERIFY(keysOf.size() > 100);
        const auto several =
            std::count_if(keysOf.begin(), keysOf.end(), [](const auto& of) { return of.second.size() > 1; });
        if (!withIndels)
            QCOMPARE(several, 0);
    }

    /// A base deleted from a run of equal ones is the same whichever it is called.
    void aDeletionFromARun() {
        for (const bool reversed : {false, true}) {
            const ReferenceWindow window = windowOf("GGGGGACGTAAAAATCGACGGGGG", 5, 2, reversed);
            const EditList first{{3, 2, "T"}}; // TA to T
            const EditList last{{7, 2, "A"}};  // AA to A
            QCOMPARE(modelInput(window, first), modelInput(window, last));
            QCOMPARE(keyOf(window, first), keyOf(window, last));
            QVERIFY(keyOf(window, first) != keyOf(window, {{3, 3, "T"}}));
        }
    }

    void otherStrand() {
        std::mt19937 random(5);
        int64_t compared = 0;
        for (int round = 0; round < 2000; ++round) {
            const ReferenceWindow window = windowOf(randomBases(random, 60), 15, 12, round % 2 == 0);
            const EditList edits = randomEdits(random, window, round % 4 < 2);
            const ReferenceWindow turned = mirrored(window);
            const EditList turnedEdits = mirrored(edits, window);
            if (modelInput(window, edits) != modelInput(turned, turnedEdits))
                continue; // where the TSS is deleted, the forward strand says what takes its place
            ++compared;
            QCOMPARE(keyOf(window, edits), keyOf(turned, turnedEdits));
        }
        QVERIFY(compared > 1500);
    }

    /// A person with a longer deletion has more read beside the window: the others' keys stay.
    void flankDoesNotMatter() {
        std::mt19937 random(9);
        for (int round = 0; round < 200; ++round) {
            const std::string context = randomBases(random, 100);
            const ReferenceWindow wide = windowOf(context, 30, 15, round % 2 == 0);
            ReferenceWindow narrow = wide;
            narrow.flank = 10;
            narrow.context = context.substr(20, 60);
            const EditList edits = randomEdits(random, wide, true);
            if (modelInput(wide, edits) == modelInput(narrow, edits))
                QCOMPARE(keyOf(wide, edits), keyOf(narrow, edits));
            // Drawn bases count.
            ReferenceWindow other = wide;
            other.context[29] = other.context[29] == 'A' ? 'C' : 'A';
            const EditList deletion{{2, 4, "A"}};
            QVERIFY(modelInput(other, {}) == modelInput(wide, {}));
            QVERIFY(keyOf(other, deletion) != keyOf(wide, deletion));
        }
    }

    /// By the edits, not by the bases: as fast on either strand.
    void longWindow() {
        std::mt19937 random(3);
        for (const bool reversed : {false, true}) {
            const ReferenceWindow window = windowOf(randomBases(random, 524'288), 0, 262'144, reversed);
            const Digest reference = digestOf(modelInput(window, {}));
            std::set<Digest> keys;
            const std::clock_t start = std::clock();
            for (int64_t offset = 0; offset < 100'000; ++offset)
                keys.insert(sequenceKey(window, reference,
                                        {{offset, 1, window.context[size_t(offset)] == 'A' ? "C" : "A"}}));
            QCOMPARE(keys.size(), size_t{100'000});
            const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
            QVERIFY2(seconds < 5, std::to_string(seconds).c_str()); // their bases would take half a minute
        }
    }
};

QTEST_GUILESS_MAIN(TestSequenceKey)
#include "tst_sequence_key.moc"
