// SPDX-License-Identifier: GPL-3.0-or-later
// One locus, asked again and again: what is cached, checked, stopped and shown.
#include "experiment/experiment_locus.h"

using namespace diploscope;
using namespace diploscope::test;

namespace {

constexpr int64_t Length = 200;

/// Its shortcut is wrong for sequences of so many edits or more.
class WrongToy final : public Predictor {
public:
    WrongToy(std::shared_ptr<const ToyPredictor> right, size_t wrongFrom)
        : m_right(std::move(right)), m_wrongFrom(wrongFrom) {}
    const ModelInfo& info() const override { return m_right->info(); }
    std::string computation(Method method) const override {
        return method == Method::Fast ? "" : "plain fp64";
    }
    Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow& window, const OutputChoice& output,
                                                    Method method) const override {
        DS_ASSIGN(auto right, m_right->prepare(window, output, method));
        ++prepared;
        return std::unique_ptr<LocusPredictor>(
            std::make_unique<Locus>(std::move(right), method == Method::Fast ? m_wrongFrom : 1000));
    }
    mutable int prepared = 0; ///< loci made ready

private:
    class Locus final : public LocusPredictor {
    public:
        Locus(std::unique_ptr<LocusPredictor> right, size_t wrongFrom)
            : m_right(std::move(right)), m_wrongFrom(wrongFrom) {}
        Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences,
                                        const RunContext& context) override {
            DS_ASSIGN(Eigen::MatrixXd values, m_right->predict(sequences, context));
            for (size_t i = 0; i < sequences.size(); ++i)
                values(static_cast<Eigen::Index>(i), 0) += sequences[i].size() >= m_wrongFrom ? 0.5 : 0;
            return values;
        }
        int64_t batchSize() const override { return m_right->batchSize(); }

    private:
        std::unique_ptr<LocusPredictor> m_right;
        size_t m_wrongFrom;
    };
    std::shared_ptr<const ToyPredictor> m_right;
    size_t m_wrongFrom;
};

} // namespace

class TestPreparedLocus : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    std::shared_ptr<ToyPredictor> m_toy = std::make_shared<ToyPredictor>(Length);
    std::unique_ptr<MadeLocus> m_made;

    std::shared_ptr<ScoreCache> cache() const {
        return *ScoreCache::open(m_folder / (std::string(QTest::currentTestFunction()) + ".sqlite"));
    }
    Experiment singles(int64_t from, int64_t count) const {
        Experiment experiment{"Predicting singles", {}};
        for (int64_t offset = from; offset < from + count; ++offset)
            experiment.sequences.push_back({Edit{offset, 1, std::string(1, m_made->other(offset))}});
        return experiment;
    }
    Experiment pair(int64_t offset) const {
        return {"Predicting a pair",
                {{Edit{offset, 1, std::string(1, m_made->other(offset))},
                  Edit{offset + 9, 1, std::string(1, m_made->other(offset + 9))}}}};
    }

private Q_SLOTS:
    void initTestCase() {
        std::mt19937_64 random(5);
        m_made = std::make_unique<MadeLocus>(randomWindow(random, m_toy->info().input));
        for (int64_t i = 0; i < Length; ++i)
            for (const char base : {'A', 'C', 'G', 'T'})
                m_toy->weights[{i, base}] = double(random() % 1000) / 1000;
    }

    void secondRunComputesNothing() {
        const auto known = cache();
        PreparedLocus first = m_made->prepared(m_toy, known);
        const auto scores = first.run(singles(10, 50), {});
        DS_VERIFY(scores);
        QCOMPARE(scores->computed, int64_t{51}); // and the reference
        QCOMPARE(scores->fromCache, int64_t{0});
        for (Eigen::Index i = 0; i < 50; ++i) {
            std::string bases(m_made->window.bases());
            QCOMPARE(scores->referenceScore(), m_toy->scoreOf(bases));
            bases[static_cast<size_t>(10 + i)] = m_made->other(10 + i);
            QCOMPARE(scores->score(i), m_toy->scoreOf(bases));
            QCOMPARE(scores->effects()[i], scores->score(i) - scores->referenceScore());
        }
        const auto again = first.run(singles(40, 40), {});
        DS_VERIFY(again);
        QCOMPARE(again->computed, int64_t{20});
        QCOMPARE(again->fromCache, int64_t{21});
        PreparedLocus second = m_made->prepared(m_toy, known);
        const auto all = second.run(singles(10, 70), {});
        DS_VERIFY(all);
        QCOMPARE(all->computed, int64_t{0});
        QCOMPARE(all->fromCache, int64_t{71});
        QCOMPARE(all->byMember.topRows(50), scores->byMember);
    }

    /// The model is made ready once for many experiments.
    void staysWarm() {
        const auto right = std::make_shared<WrongToy>(m_toy, 1000);
        PreparedLocus locus = m_made->prepared(right, nullptr, 0);
        for (int64_t i = 0; i < 5; ++i)
            DS_VERIFY(locus.run(pair(20 * i), {}));
        QCOMPARE(right->prepared, 1);
        locus.release();
        DS_VERIFY(locus.run(pair(3), {}));
        QCOMPARE(right->prepared, 2);
    }

    /// Each run is checked for itself: a good one first does not make a bad one good, and what a check
    /// refuted is nowhere kept.
    void refutedScoresAreNotKept() {
        const auto known = cache();
        const auto wrong = std::make_shared<WrongToy>(m_toy, 2);
        PreparedLocus locus = m_made->prepared(wrong, known);
        const auto good = locus.run(singles(0, 5), {});
        DS_VERIFY(good);
        QCOMPARE(good->selfCheck.checked, int64_t{1});
        const auto bad = locus.run(pair(50), {});
        QVERIFY(!bad);
        QCOMPARE(bad.error().kind, ErrorKind::Internal);
        QVERIFY(!bad.error().remedy.empty());
        // With the right model nothing of it is found; the window has to be checked again.
        const auto right = std::make_shared<WrongToy>(m_toy, 1000);
        PreparedLocus mended = m_made->prepared(right, known);
        const auto scores = mended.run(pair(50), {});
        DS_VERIFY(scores);
        QVERIFY(scores->selfCheck.checked > 0);
        std::string bases(m_made->window.bases());
        for (const int64_t offset : {50, 59})
            bases[static_cast<size_t>(offset)] = m_made->other(offset);
        QCOMPARE(scores->score(0), m_toy->scoreOf(bases));
        // Refuted once more, and refused without a check.
        QVERIFY(!m_made->prepared(wrong, known).run(pair(90), {}));
        QVERIFY(!m_made->prepared(wrong, known, 0).run(singles(0, 1), {}));
    }

    /// What else the same shortcut says is not good because it was asked for later.
    void withoutACacheARefutationIsRemembered() {
        PreparedLocus locus = m_made->prepared(std::make_shared<WrongToy>(m_toy, 2));
        DS_VERIFY(locus.run(singles(0, 5), {}));
        QVERIFY(!locus.run(pair(50), {}));
        const auto later = locus.run(singles(20, 5), {});
        QVERIFY(!later);
        QCOMPARE(later.error().kind, ErrorKind::Internal);
        QVERIFY(!locus.run(pair(50), {}));
    }

    /// Without a cache a locus remembers what it has scored itself; that is no cache's, and no other locus
    /// has it.
    void withoutACacheNothingIsComputedTwice() {
        const auto right = std::make_shared<WrongToy>(m_toy, 1000);
        PreparedLocus locus = m_made->prepared(right);
        const auto first = locus.run(singles(10, 50), {});
        DS_VERIFY(first);
        QCOMPARE(first->computed, int64_t{51});
        QVERIFY(first->selfCheck.checked > 0);
        const auto again = locus.run(singles(40, 40), {});
        DS_VERIFY(again);
        QCOMPARE(again->computed, int64_t{20});
        QCOMPARE(again->fromCache, int64_t{0});
        QCOMPARE(again->byMember.topRows(20), first->byMember.bottomRows(20));
        QCOMPARE(again->reference, first->reference);
        const auto same = locus.run(singles(40, 40), {});
        DS_VERIFY(same);
        QCOMPARE(same->computed, int64_t{0});
        QCOMPARE(same->selfCheck.checked, int64_t{0}); // it was spoken for
        QCOMPARE(same->byMember, again->byMember);
        QCOMPARE(m_made->prepared(right).run(singles(40, 40), {})->computed, int64_t{41});
    }

    /// A whole pass that a stopped check has made is not made again, that of the reference never.
    void aStoppedCheckGoesOn() {
        const auto right = std::make_shared<WrongToy>(m_toy, 1000);
        PreparedLocus locus = m_made->prepared(right, cache());
        const auto stoppedAfter = [&](int64_t passes, const Experiment& experiment) {
            std::stop_source stop;
            RunContext context;
            context.stop = stop.get_token();
            context.onProgress = [&](const Progress& progress) {
                if (progress.stage.starts_with("Checking") && progress.done >= passes)
                    stop.request_stop();
            };
            return locus.run(experiment, context);
        };
        // A locus for the scores; as a check makes one for each sequence, it is counted by them. One of each
        // kind is checked: left and right of the TSS, a haplotype.
        const auto first = stoppedAfter(1, pair(50));
        QVERIFY(!first && first.error().kind == ErrorKind::Cancelled);
        QCOMPARE(right->prepared, 1 + 1); // the reference's
        QVERIFY(!stoppedAfter(2, singles(20, 1)));
        QCOMPARE(right->prepared, 2 + 1); // that of 20
        const auto third = locus.run(singles(Length - 20, 1), {});
        DS_VERIFY(third);
        QCOMPARE(right->prepared, 3 + 2); // those of the right one and of the haplotype
        QCOMPARE(third->selfCheck.checked, int64_t{3});
        DS_VERIFY(locus.run(pair(110), {}));
        QCOMPARE(right->prepared, 5 + 1);
        // What was stopped has been spoken for: from the cache no check is due.
        const auto known = m_made->prepared(right, cache()).run(pair(50), {});
        DS_VERIFY(known);
        QCOMPARE(known->selfCheck.checked, int64_t{0});
    }

    /// What is kept is what whole passes gave, not that a sequence is right: a wrong one is told behind a
    /// stop.
    void aStopHidesNoFault() {
        const auto wrong = std::make_shared<WrongToy>(m_toy, 2);
        PreparedLocus locus = m_made->prepared(wrong);
        std::stop_source stop;
        RunContext context;
        context.stop = stop.get_token();
        context.onProgress = [&](const Progress& progress) {
            if (progress.stage.starts_with("Checking") && progress.done >= 1)
                stop.request_stop();
        };
        QVERIFY(!locus.run(pair(50), context));
        const auto later = locus.run(singles(0, 3), {});
        QVERIFY(!later);
        QCOMPARE(later.error().kind, ErrorKind::Internal);
    }

    void checkedScoresAreCheckedOnce() {
        const auto known = cache();
        const auto right = std::make_shared<WrongToy>(m_toy, 1000);
        PreparedLocus locus = m_made->prepared(right, known);
        for (const int64_t checked : {1, 0}) {
            const auto scores = locus.run(pair(50), {});
            DS_VERIFY(scores);
            QCOMPARE(scores->selfCheck.checked, checked);
        }
        QCOMPARE(m_made->prepared(right, known).run(pair(50), {})->selfCheck.checked, int64_t{0});
        const auto more = locus.run(singles(0, Length), {}); // the 200th new one, and of the TSS's other side
        DS_VERIFY(more);
        QCOMPARE(more->selfCheck.checked, int64_t{2});
    }

    void stopsAndGoesOn() {
        const auto known = cache();
        PreparedLocus locus = m_made->prepared(m_toy, known);
        std::stop_source stop;
        RunContext context;
        context.stop = stop.get_token();
        std::vector<Progress> told;
        context.onProgress = [&](const Progress& progress) {
            told.push_back(progress);
            if (progress.done >= 32)
                stop.request_stop();
        };
        const auto stopped = locus.run(singles(0, 100), context);
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().kind, ErrorKind::Cancelled);
        QCOMPARE(told.back().stage, std::string("Predicting singles"));
        QCOMPARE(told.back().total, int64_t{101});
        const auto again = locus.run(singles(0, 100), {});
        DS_VERIFY(again);
        QCOMPARE(again->fromCache, int64_t{32}); // two batches
        QCOMPARE(again->computed, int64_t{69});
    }

    /// Scores are shown before the check is through, which may still refute them.
    void scoresAreShownBeforeTheCheck() {
        PreparedLocus locus = m_made->prepared(std::make_shared<WrongToy>(m_toy, 2));
        int shown = 0;
        const auto refuted = locus.run(pair(50), {}, [&](const ExperimentScores& scores) {
            ++shown;
            QVERIFY(scores.byMember.allFinite());
        });
        QVERIFY(!refuted);
        QVERIFY(shown >= 1);
    }

    void membersAreAveraged() {
        const std::shared_ptr<const Predictor> toy = m_toy;
        ScoreOptions score = defaultScore(toy->info());
        score.shifts = 1;
        Locus locus;
        locus.window = m_made->window;
        locus.window.region = withFlank(locus.window.region, 1); // room for both shifts
        locus.window.tssOffset += 1;
        locus.window.flank -= 1;
        locus.region = m_made->window.region;
        locus.alleles = m_made->alleles;
        locus.haplotypes = buildHaplotypes(locus.alleles, locus.window.region.start, VariantMode::Snv);
        PreparedLocus prepared(std::move(locus), VariantMode::Snv, membersOf(toy, score),
                               {Method::Fast, nullptr, 500});
        const Variant snv = m_made->snv(70);
        const auto found = prepared.run({"Predicting", {{prepared.editOf(snv)}}}, {});
        DS_VERIFY(found);
        QCOMPARE(found->byMember.cols(), Eigen::Index{3});
        double sum = 0;
        for (const int64_t shift : {-1, 0, 1}) {
            std::string bases = m_made->bases(shift, Length);
            bases[static_cast<size_t>(70 - shift)] = snv.alt.front();
            sum += m_toy->scoreOf(bases);
        }
        QVERIFY(std::abs(found->score(0) - sum / 3) < 1e-12);
    }

    void namesAndPlaces() {
        const PreparedLocus locus = m_made->prepared(m_toy);
        const int64_t start = m_made->window.region.start;
        QCOMPARE(locus.referenceBases(start - 50, 60), m_made->bases(-50, 60));
        QCOMPARE(locus.referenceBases(start - 52, 3), "NN" + m_made->bases(-50, 1));
        const Variant snv = m_made->snv(7);
        QCOMPARE(locus.variantOf(locus.editOf(snv)), snv);
        QCOMPARE(locus.editOf(snv), (Edit{7, 1, snv.alt}));
        QCOMPARE(locus.variantOf({6, 2, m_made->bases(6, 1) + snv.alt}), snv); // once trimmed
    }
};

QTEST_GUILESS_MAIN(TestPreparedLocus)
#include "tst_prepared_locus.moc"
