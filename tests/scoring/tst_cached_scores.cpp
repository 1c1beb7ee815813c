// SPDX-License-Identifier: GPL-3.0-or-later
// Scores that versions before kept by the bases of their sequences.
#include "engines/open_model.h"
#include "model/model_folder.h"
#include "scoring/cached_scores.h"
#include "scoring/locus_scorer.h"

#include <algorithm>
#include <ctime>
#include <random>

using namespace diploscope;
using namespace diploscope::test;
using nlohmann::json;

namespace {

constexpr int64_t kLength = 400;
constexpr size_t kCount = 60;

const json kLayers = json::parse(R"([{"conv1d": {"name": "c", "out": 6, "width": 7}}, "relu", {"maxpool": 31},
                                     "flatten", {"linear": {"name": "o", "out": 1}}])");

/// A long model without arithmetic: a score is where the first edit stands.
class PlacePredictor final : public Predictor {
public:
    explicit PlacePredictor(int64_t length) {
        m_info.name = m_info.checksum = "place";
        m_info.input.length = length;
    }
    const ModelInfo& info() const override { return m_info; }
    std::string computation(Method) const override { return {}; }
    Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow&, const OutputChoice&,
                                                    Method) const override {
        return std::unique_ptr<LocusPredictor>(std::make_unique<Locus>());
    }

private:
    struct Locus final : LocusPredictor {
        Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences, const RunContext&) override {
            Eigen::MatrixXd values = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(sequences.size()), 1);
            for (size_t i = 0; i < sequences.size(); ++i)
                if (!sequences[i].empty())
                    values(static_cast<Eigen::Index>(i), 0) =
                        static_cast<double>(sequences[i].front().offset);
            return values;
        }
        int64_t batchSize() const override { return 4096; }
    };
    ModelInfo m_info;
};

} // namespace

class TestCachedScores : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;
    std::shared_ptr<const Predictor> m_model;
    ReferenceWindow m_window;
    std::vector<EditList> m_sequences{{}};
    std::vector<double> m_scores; ///< of these
    ScoreScope m_scope;
    Digest m_trial{};
    std::vector<Digest> m_older; ///< their keys before
    std::shared_ptr<ScoreCache> m_cache;

    LocusScorer scorer() const {
        return {{Method::Fast, m_cache, kSelfCheckEvery},
                {m_model, m_model->info().defaultOutput, 0, false},
                m_window};
    }
    /// As a version before stores them. \return the batch
    int64_t keepAsBefore() const {
        return m_cache->storeUnchecked(m_scope, m_trial, m_older, m_scores).value();
    }
    /// All that is asked for, and how many of them were computed.
    std::pair<std::vector<double>, int64_t> run(SelfCheck* check = nullptr) const {
        LocusScorer asked = scorer();
        std::vector<double> scores(m_sequences.size());
        if (!asked.score(m_sequences, scores, "Predicting", {}, [] {}))
            return {{}, -1};
        const auto found = asked.selfCheck(scores.front(), {});
        if (check != nullptr && found)
            *check = *found;
        return {found ? scores : std::vector<double>{}, asked.computed()};
    }

private Q_SLOTS:
    void initTestCase() {
        writeModelWithWeights(m_folder / "a", sequentialModel(kLayers, kLength, "gene"), 1);
        m_model = openModel((m_folder / "a").string()).value();
        std::mt19937_64 random(3);
        m_window = windowOverSequence(randomBases(random, kLength), m_model->info().input);
        m_window.reversed = true;
        m_window.tssOffset = kLength - 1 - m_model->info().input.tssIndex;
        for (int64_t i = 1; i < static_cast<int64_t>(kCount); ++i) {
            const auto other = [&](int64_t at) { return m_window.bases()[size_t(at)] == 'A' ? "C" : "A"; };
            m_sequences.push_back({{5 * i, 1, other(5 * i)}});
            if (i % 3 == 0)
                m_sequences.back().push_back({5 * i + 2, 1, other(5 * i + 2)});
        }
        const ScoreMember member{m_model, m_model->info().defaultOutput, 0, false};
        m_scope = scoreScope(member, Method::Fast);
        m_trial = trialOf(m_scope, modelInput(m_window, {}));
        for (const EditList& edits : m_sequences)
            m_older.push_back(digestOf(modelInput(m_window, edits)));
        const auto [scores, computed] = run();
        QCOMPARE(computed, static_cast<int64_t>(kCount));
        m_scores = scores;
    }
    void init() {
        m_cache =
            ScoreCache::open(m_folder / (std::string(QTest::currentTestFunction()) + ".sqlite")).value();
    }

    /// Nothing is computed twice, and from the second time on nothing of their bases is asked for.
    void olderScoresAreFound() {
        const int64_t batch = keepAsBefore();
        DS_VERIFY(m_cache->confirm(m_trial, std::span(&batch, 1), {}));
        for (int round = 0; round < 2; ++round) {
            SelfCheck check;
            const auto [scores, computed] = run(&check);
            QCOMPARE(computed, int64_t{0});
            QCOMPARE(scores, m_scores);
            QCOMPARE(check.checked, int64_t{0}); // they were spoken for
        }
        DS_VERIFY(m_cache->refute(digestOf("another"), std::span(&batch, 1), {})); // takes the old ones away
        QCOMPARE(run().first, m_scores);
        QCOMPARE(run().second, int64_t{0});
        QCOMPARE(m_cache->info()->unchecked, int64_t{0});
    }

    /// What no check has spoken for is no better under its new key.
    void olderUncheckedScoresAreChecked() {
        keepAsBefore();
        SelfCheck check;
        const auto [scores, computed] = run(&check);
        QCOMPARE(computed, int64_t{0});
        QCOMPARE(scores, m_scores);
        QCOMPARE(check.checked, int64_t{3});
        QCOMPARE(m_cache->info()->unchecked, int64_t{0});
        QCOMPARE(run(&check).second, int64_t{0});
        QCOMPARE(check.checked, int64_t{0});
    }

    /// A check that fails later takes away what was copied, too.
    void aRefutationTakesBoth() {
        const int64_t batch = keepAsBefore();
        DS_VERIFY(m_cache->confirm(m_trial, std::span(&batch, 1), {}));
        QCOMPARE(run().second, int64_t{0});
        DS_VERIFY(m_cache->refute(m_trial, {}, {m_older[3], "It differed."}));
        QCOMPARE(m_cache->info()->entries, int64_t{0});
        // The sequence that differed is known by its older key: with a right shortcut all is well again.
        SelfCheck check;
        QCOMPARE(run(&check).first, m_scores);
        QVERIFY(check.checked > 0);
        QCOMPARE(m_cache->info()->refuted, int64_t{0});
        QCOMPARE(m_cache->info()->unchecked, int64_t{0});
    }

    /// Older keys cost what all bases cost: they are made only where something may be found by them.
    void olderKeysAreMadeWhereThereAreSome() {
        const auto asks = [&] {
            int64_t count = 0;
            const std::vector<Digest> unknown{digestOf("unknown")};
            (void)findByEdits(*m_cache, m_scope, m_trial, unknown, [&](size_t) {
                ++count;
                return Digest{};
            });
            return count;
        };
        QCOMPARE(asks(), int64_t{0});
        QCOMPARE(run().second, static_cast<int64_t>(kCount)); // as this version keeps them
        QCOMPARE(asks(), int64_t{0});
        const Digest other = trialOf(m_scope, "another window");
        DS_VERIFY(m_cache->storeUnchecked(m_scope, other, m_older, m_scores));
        QCOMPARE(asks(), int64_t{0});
        DS_VERIFY(
            m_cache->store(m_scope, std::span(m_older).first(1), std::span<const double>(m_scores).first(1)));
        QCOMPARE(asks(), int64_t{1}); // of no window that is known
    }

    /// A wide window's scores are found by their edits, as fast on the other strand.
    void longWindow() {
        constexpr int64_t Length = 524'288;
        constexpr int64_t Snvs = 20'000;
        const auto model = std::make_shared<PlacePredictor>(Length);
        std::mt19937_64 random(5);
        ReferenceWindow window = windowOverSequence(randomBases(random, Length), model->info().input);
        std::vector<EditList> sequences{{}};
        for (int64_t i = 1; i <= Snvs; ++i)
            sequences.push_back({{20 * i, 1, window.bases()[size_t(20 * i)] == 'A' ? "C" : "A"}});
        for (const bool reversed : {false, true}) {
            window.reversed = reversed;
            std::vector<double> first(sequences.size()), second(sequences.size());
            LocusScorer computing({Method::Fast, m_cache, 0}, {model, {}, 0, false}, window);
            DS_VERIFY(computing.score(sequences, first, "Predicting", {}, [] {}));
            QCOMPARE(computing.computed(), Snvs + 1);
            const std::clock_t start = std::clock();
            LocusScorer looking({Method::Fast, m_cache, 0}, {model, {}, 0, false}, window);
            DS_VERIFY(looking.score(sequences, second, "Predicting", {}, [] {}));
            const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
            QCOMPARE(looking.fromCache(), Snvs + 1);
            QCOMPARE(second, first);
            qInfo("%s: %.2f s of the processor", reversed ? "reversed" : "forward", seconds);
            QVERIFY2(seconds < 3, std::to_string(seconds).c_str()); // by their bases 7 and 16
        }
    }
};

QTEST_GUILESS_MAIN(TestCachedScores)
#include "tst_cached_scores.moc"
