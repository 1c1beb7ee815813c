// SPDX-License-Identifier: GPL-3.0-or-later
#include "scoring/check_sample.h"
#include "support.h"

#include <algorithm>
#include <random>
#include <set>

using namespace diploscope;

namespace {

constexpr int64_t kTss = 50;

ReferenceWindow window() {
    InputShape shape;
    shape.tssIndex = kTss;
    return windowOverSequence(std::string(100, 'C'), shape);
}

EditList snvs(const std::vector<int64_t>& offsets) {
    EditList edits;
    for (const int64_t offset : offsets)
        edits.push_back({offset, 1, "A"});
    return edits;
}

ScoredSequence scored(EditList edits) {
    const Digest content = digestOf(modelInput(window(), edits));
    return {std::move(edits), 0, content};
}

void add(CheckSample& sample, const EditList& edits) {
    sample.add(kindOf(window(), edits), scored(edits));
}

std::set<Digest> contentsOf(const CheckSample& sample) {
    std::set<Digest> contents;
    for (const ScoredSequence& sequence : sample.sequences())
        contents.insert(sequence.content);
    return contents;
}

} // namespace

class TestCheckSample : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void spacing() {
        QCOMPARE(checkSpacing(0, 100), CheckSpacing());
        // As often as asked, and the first one early, while whole passes are a tenth of the work at most.
        QCOMPARE(checkSpacing(500, 1), (CheckSpacing{200, 500}));
        QCOMPARE(checkSpacing(500, 20), (CheckSpacing{200, 500}));
        QCOMPARE(checkSpacing(500, 30), (CheckSpacing{300, 500}));
        QCOMPARE(checkSpacing(500, 2640), (CheckSpacing{26400, 26400}));
        QCOMPARE(checkSpacing(1000, 30), (CheckSpacing{300, 1000}));
        // What somebody asks for is not bounded.
        QCOMPARE(checkSpacing(499, 2640), (CheckSpacing{200, 499}));
        QCOMPARE(checkSpacing(1, 2640), (CheckSpacing{1, 1}));
    }

    void kinds() {
        const auto kind = [](const EditList& edits) { return kindOf(window(), edits); };
        QCOMPARE(kind({}), SequenceKind::Reference);
        QCOMPARE(kind(snvs({kTss - 1})), SequenceKind::Left);
        QCOMPARE(kind(snvs({kTss})), SequenceKind::Right);
        QCOMPARE(kind({{3, 1, "AC"}}), SequenceKind::Indel);
        QCOMPARE(kind({{3, 2, "A"}}), SequenceKind::Indel);
        QCOMPARE(kind(snvs({3, 60})), SequenceKind::Several);
        QCOMPARE(kind({{3, 1, "A"}, {60, 2, "C"}}), SequenceKind::SeveralWithIndel);
    }

    /// However few there are, and however dear a whole pass is.
    void oneOfEachKind() {
        CheckSample sample(checkSpacing(500, 1e6));
        add(sample, {});
        QCOMPARE(contentsOf(sample).size(), size_t{1}); // the reference where there is nothing else
        const std::vector<EditList> kinds{snvs({3}),
                                          snvs({90}),
                                          {{3, 1, "AC"}},
                                          snvs({3, 4, 90}),
                                          {{3, 1, "A"}, {60, 2, "C"}, {70, 1, "G"}}};
        for (const EditList& edits : kinds)
            add(sample, edits);
        add(sample, snvs({3, 4})); // the fuller haplotype stands for both
        QVERIFY(!sample.hasChosen());
        std::set<Digest> expected;
        for (const EditList& edits : kinds)
            expected.insert(scored(edits).content);
        QCOMPARE(contentsOf(sample), expected);
        sample.clear();
        QVERIFY(sample.sequences().empty());
    }

    /// Whatever the order, the same are checked.
    void contentsDecide() {
        std::vector<EditList> sequences;
        for (int64_t i = 0; i < 100; ++i)
            sequences.push_back(snvs({i}));
        for (int64_t i = 0; i < 99; ++i)
            sequences.push_back(snvs({i, i + 1}));
        std::set<std::set<Digest>> found;
        std::mt19937 random(5);
        for (int round = 0; round < 5; ++round) {
            CheckSample sample({99, 100}); // the second one's hundred are begun and not full
            std::shuffle(sequences.begin() + 99, sequences.end(), random);
            std::shuffle(sequences.begin(), sequences.begin() + 99, random);
            for (const EditList& edits : sequences)
                add(sample, edits);
            QVERIFY(sample.hasChosen());
            found.insert(contentsOf(sample));
        }
        QCOMPARE(found.size(), size_t{1});
        QCOMPARE(found.begin()->size(), size_t{3}); // one chosen, the other side of the TSS, a haplotype
    }

    /// Whole passes that are chosen cost no more than their share, and are held alone.
    void whatIsChosenIsBounded() {
        const double editsPerPass = 123;
        CheckSample sample(checkSpacing(kSelfCheckEvery, editsPerPass));
        std::mt19937_64 random(1);
        int64_t total = 0;
        for (const int64_t upTo : {1000, 1229, 1230, 1231, 50'000}) {
            for (; total < upTo; ++total) {
                Digest content{};
                for (uint8_t& byte : content)
                    byte = static_cast<uint8_t>(random());
                sample.add(SequenceKind::Left, {snvs({1}), 0, content});
            }
            const auto chosen = static_cast<double>(sample.sequences().size());
            QVERIFY2(chosen <= 1 || chosen * editsPerPass <= kCheckShare * static_cast<double>(total) + 1e-6,
                     std::to_string(upTo).c_str());
            QCOMPARE(sample.hasChosen(), upTo >= 1230);
        }
        QCOMPARE(sample.sequences().size(), size_t{50'000 / 1230});
    }

    void whatIsAskedForAlwaysIsThere() {
        CheckSample sample(checkSpacing(500, 1));
        sample.addAlways(SequenceKind::Left, scored(snvs({7})));
        add(sample, snvs({8}));
        QCOMPARE(contentsOf(sample), std::set<Digest>{scored(snvs({7})).content});
    }
};

QTEST_GUILESS_MAIN(TestCheckSample)
#include "tst_check_sample.moc"
