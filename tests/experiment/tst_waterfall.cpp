// SPDX-License-Identifier: GPL-3.0-or-later
// Steps from one sequence to another under a model whose every number is known.
#include "experiment/experiment_locus.h"

#include "experiment/person_paths.h"

using namespace diploscope;
using namespace diploscope::test;

namespace {

/// `22:1006:A:G+1.5`: what a step puts in (+) or takes out (-), and its change of the score.
QString textOf(const WaterfallStep& step) {
    return QString("%1%2 %3 %4")
        .arg(step.in ? "+" + QString::fromStdString(toName(*step.in)) : QString(),
             step.out ? "-" + QString::fromStdString(toName(*step.out)) : QString())
        .arg(step.effect)
        .arg(step.change);
}

} // namespace

class TestWaterfall : public QObject {
    Q_OBJECT

    std::shared_ptr<ToyPredictor> m_toy = std::make_shared<ToyPredictor>(40);
    std::unique_ptr<MadeLocus> m_made;

private Q_SLOTS:
    /// Reference all A. Effects: C at 5: -3, C at 10: 2, C at 15: 2, G at 15: 5, C at 20: 0.5; C at 5 and at
    /// 10 together another 4.
    void initTestCase() {
        ReferenceWindow window;
        window.region = {"22", 1000, 1040};
        window.tssOffset = 20;
        window.flank = 5;
        window.context = std::string(50, 'A');
        m_made = std::make_unique<MadeLocus>(window, std::vector<std::string>{"ANN", "BEN"});
        m_toy->weights = {{{5, 'C'}, -3}, {{10, 'C'}, 2}, {{15, 'C'}, 2}, {{15, 'G'}, 5}, {{20, 'C'}, 0.5}};
        m_toy->bonds = {{5, 10, 'C', 'C', 4}};
        m_made->record(5, "A", {"C"}, "10 01")
            .record(10, "A", {"C"}, "11 10")
            .record(15, "A", {"C", "G"}, "10 20")
            .record(20, "A", {"C"}, "01 11");
    }

    void largestEffectsComeFirst() {
        PreparedLocus locus = m_made->prepared(m_toy);
        const auto found = waterfalls(locus, fromReference(locus, 0), {});
        DS_VERIFY(found);
        const Waterfall& first = found->each[0]; // C at 5, 10 and 15
        QCOMPARE(first.from, 0.0);
        QCOMPARE(first.to, 5.0);
        QCOMPARE(first.steps.size(), size_t{3});
        QCOMPARE(textOf(first.steps[0]), QStringLiteral("+22:1006:A:C -3 -3"));
        QCOMPARE(textOf(first.steps[1]),
                 QStringLiteral("+22:1011:A:C 2 6")); // of equal ones the first; the bond
        QCOMPARE(textOf(first.steps[2]), QStringLiteral("+22:1016:A:C 2 2"));
        QCOMPARE(first.steps[0].without, 4.0);
        QCOMPARE(first.steps[0].leaveOneOut, 1.0); // -3 and the bond
        QCOMPARE(first.steps[1].leaveOneOut, 6.0);
        QCOMPARE(first.steps[2].leaveOneOut, 2.0);
        const Waterfall& second = found->each[1]; // C at 10 and 20
        QCOMPARE(second.to, 2.5);
        QCOMPARE(textOf(second.steps[1]), QStringLiteral("+22:1021:A:C 0.5 0.5"));
    }

    /// ANN:1 has C at 5, 10, 15; BEN:1 C at 10, G at 15, C at 20.
    void fromOneHaplotypeToAnother() {
        PreparedLocus locus = m_made->prepared(m_toy);
        const auto found = waterfalls(locus, {{locus.haplotype(0), locus.haplotype(2)}}, {});
        DS_VERIFY(found);
        const Waterfall& only = found->each[0];
        QCOMPARE(only.from, 5.0);
        QCOMPARE(only.to, 7.5);
        QCOMPARE(only.steps.size(), size_t{3});
        // Of |3| twice the first place; each once in its turn.
        QCOMPARE(textOf(only.steps[0]), QStringLiteral("-22:1006:A:C 3 -1")); // the bond goes with it
        QCOMPARE(textOf(only.steps[1]), QStringLiteral("+22:1016:A:G-22:1016:A:C 3 3"));
        QCOMPARE(textOf(only.steps[2]), QStringLiteral("+22:1021:A:C 0.5 0.5"));
        QCOMPARE(only.steps[0].leaveOneOut, -1.0); // with C at 5: -3 and the bond
        QCOMPARE(only.steps[1].without, 4.5);
    }

    /// ANN:1 C at 5, 10, 15; ANN:2 C at 10, 20. BEN:1 C at 10, G at 15, C at 20; BEN:2 C at 5, 20. Straight
    /// there are 3 + 2 steps, crosswise 3 + 1.
    void fewerStepsDecideWhoIsFollowedToWhom() {
        const PreparedLocus locus = m_made->prepared(m_toy);
        const PersonPairing pairing = betweenPeople(locus, 0, 1);
        QVERIFY(pairing.crosswise);
        QCOMPARE(pairing.pairs[0].to, locus.haplotype(3));
        QCOMPARE(pairing.pairs[1].to, locus.haplotype(2));
        const PersonPairing none = betweenPeople(locus, 1, 1);
        QVERIFY(!none.crosswise);
        PreparedLocus again = m_made->prepared(m_toy);
        const auto found = waterfalls(again, none.pairs, {});
        DS_VERIFY(found);
        QVERIFY(found->each[0].steps.empty());
        QCOMPARE(found->each[0].from, found->each[0].to);
        QCOMPARE(found->each[0].to, 7.5);
    }

    /// Left of the TSS an insertion pushes an SNV out of the window, and a deletion draws one in: without
    /// either of them the haplotype is another there, too.
    void indelsMoveWhatTheWindowShows() {
        ReferenceWindow window = m_made->window;
        MadeLocus made(window, {"ANN"});
        made.record(-1, "A", {"G"}, "01").record(1, "A", {"C"}, "10").record(8, "A", {"AGG"}, "10");
        made.record(12, "AAA", {"A"}, "01");
        const auto toy = std::make_shared<ToyPredictor>(40);
        toy->weights = {{{1, 'C'}, 7}, {{7, 'G'}, 0.5}, {{1, 'G'}, 5}, {{8, 'G'}, 0.25}};
        PreparedLocus locus = made.prepared(toy, nullptr, 0, VariantMode::SnvAndIndel);
        const auto found = waterfalls(locus, fromReference(locus, 0), {});
        DS_VERIFY(found);
        const Waterfall& pushed = found->each[0];
        QCOMPARE(pushed.to, 0.75); // both inserted bases; C stands left of the window
        QCOMPARE(pushed.to, toy->scoreOf(modelInput(window, locus.haplotype(0))));
        QCOMPARE(pushed.steps.size(), size_t{2});
        QCOMPARE(textOf(pushed.steps[0]), QStringLiteral("+22:1002:A:C 7 7"));
        QCOMPARE(pushed.steps[0].leaveOneOut, 0.0);
        QCOMPARE(pushed.steps[1].change, -6.25);
        QCOMPARE(pushed.steps[1].without, 7.0); // there it is without the insertion
        const Waterfall& drawn = found->each[1];
        QCOMPARE(drawn.to, 5.0);
        QCOMPARE(drawn.steps.size(), size_t{2});
        for (const WaterfallStep& step : drawn.steps) {
            QCOMPARE(step.effect, 0.0);
            QCOMPARE(step.without, 0.0); // neither does anything alone
        }
    }

    /// Alleles, then the steps' order, then their scores; what is shown on the way is what is found.
    void aPersonIsShownAsItComes() {
        PreparedLocus locus = m_made->prepared(m_toy);
        std::vector<PersonPaths> seen;
        const auto found =
            followPerson(locus, "ANN", "", {}, [&](const PersonPaths& paths) { seen.push_back(paths); });
        DS_VERIFY(found);
        QVERIFY(seen.size() >= 3);
        QCOMPARE(seen[0].sample, std::string("ANN"));
        QVERIFY(seen[0].found.each.empty() && !seen[0].isComplete());
        QCOMPARE(seen[0].paths[0].which, std::string("1"));
        QCOMPARE(seen[0].paths[0].from.size(), size_t{0});
        QCOMPARE(seen[0].paths[0].to.size(), size_t{3});
        QCOMPARE(toName(seen[0].paths[1].to[1]), std::string("22:1021:A:C"));
        QCOMPARE(seen[1].found.each.size(), size_t{2});
        QVERIFY(!seen[1].isComplete() && std::isnan(seen[1].to()));
        QVERIFY(seen.back().isComplete() && found->isComplete());
        for (size_t h = 0; h < 2; ++h)
            for (size_t i = 0; i < found->found.each[h].steps.size(); ++i) {
                const WaterfallStep& step = found->found.each[h].steps[i];
                QVERIFY(seen[1].found.each[h].steps[i].place() == step.place());
                QCOMPARE(seen[1].found.each[h].steps[i].effect, step.effect);
                QVERIFY(std::isnan(seen[1].found.each[h].steps[i].score));
                QCOMPARE(seen.back().found.each[h].steps[i].score, step.score);
            }
        QCOMPARE(found->from(), 0.0);
        QCOMPARE(found->to(), 3.75);
    }

    void betweenPeopleThePathsAreNamed() {
        PreparedLocus locus = m_made->prepared(m_toy);
        const auto found = followPerson(locus, "BEN", "ANN", {});
        DS_VERIFY(found);
        QCOMPARE(found->paths[0].which, std::string("ANN:1 to BEN:2")); // crosswise, see below
        QCOMPARE(found->paths[1].which, std::string("ANN:2 to BEN:1"));
        QCOMPARE(found->paths[0].from.size(), size_t{3});
        QCOMPARE(found->paths[0].to.size(), size_t{2});
        const auto nobody = followPerson(locus, "BEM", "ANN", {});
        QVERIFY(!nobody);
        QVERIFY(QString::fromStdString(nobody.error().remedy).contains(QStringLiteral("BEN")));
        QVERIFY(!followPerson(locus, "BEN", "nobody", {}));
    }

    /// Before anything is read of a person whom nobody asks for any more, and between batches.
    void whoIsNotAskedForAnyMoreIsLeft() {
        PreparedLocus locus = m_made->prepared(m_toy);
        std::stop_source stop;
        RunContext context;
        context.stop = stop.get_token();
        const auto found =
            followPerson(locus, "ANN", "", context, [&](const PersonPaths&) { stop.request_stop(); });
        QVERIFY(!found);
        QVERIFY(found.error().kind == ErrorKind::Cancelled);
    }

    /// A deletion against SNVs among the bases that it takes: one step.
    void overlappingEditsAreOneStep() {
        PreparedLocus locus = m_made->prepared(m_toy);
        const EditList deletion{{4, 3, "A"}, {20, 1, "C"}};
        const EditList snvs{{5, 1, "C"}, {6, 1, "G"}, {20, 1, "C"}};
        const auto found = waterfalls(locus, {{deletion, snvs}, {snvs, deletion}}, {});
        DS_VERIFY(found);
        for (const Waterfall& waterfall : found->each)
            QCOMPARE(waterfall.steps.size(), size_t{1});
        QCOMPARE(found->each[0].to, -2.5);
        QCOMPARE(found->each[0].to, found->each[1].from);
        QCOMPARE(QString::fromStdString(toName(*found->each[0].steps[0].in)),
                 QStringLiteral("22:1006:AA:CG"));
        QCOMPARE(QString::fromStdString(toName(*found->each[0].steps[0].out)),
                 QStringLiteral("22:996:AAA:A")); // as far left as nothing but A lets it
    }
};

QTEST_GUILESS_MAIN(TestWaterfall)
#include "tst_waterfall.moc"
