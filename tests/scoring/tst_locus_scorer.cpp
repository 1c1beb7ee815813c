// SPDX-License-Identifier: GPL-3.0-or-later
#include "scoring/locus_scorer.h"
#include "support.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

using namespace diploscope;
using namespace diploscope::test;
using namespace std::chrono_literals;

namespace {

/// Takes a while for each sequence; a score is its number of A.
class SlowLocus final : public LocusPredictor {
public:
    SlowLocus(ReferenceWindow window, std::atomic<int>& batches)
        : m_window(std::move(window)), m_batches(batches) {}
    Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences, const RunContext&) override {
        Eigen::MatrixXd values(static_cast<Eigen::Index>(sequences.size()), 1);
        for (size_t i = 0; i < sequences.size(); ++i) {
            const std::string input = modelInput(m_window, sequences[i]);
            values(static_cast<Eigen::Index>(i), 0) =
                static_cast<double>(std::count(input.begin(), input.end(), 'A'));
            std::this_thread::sleep_for(1ms);
        }
        ++m_batches;
        return values;
    }
    int64_t batchSize() const override { return 4; }

private:
    ReferenceWindow m_window;
    std::atomic<int>& m_batches;
};

class SlowPredictor final : public Predictor {
public:
    explicit SlowPredictor(int64_t length) {
        m_info.name = "slow";
        m_info.checksum = "slow";
        m_info.input.length = length;
    }
    const ModelInfo& info() const override { return m_info; }
    Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow& window, const OutputChoice&,
                                                    Method) const override {
        return std::unique_ptr<LocusPredictor>(std::make_unique<SlowLocus>(window, batches));
    }
    std::string computation(Method) const override { return {}; }

    mutable std::atomic<int> batches = 0;

private:
    ModelInfo m_info;
};

/// All single substitutions of the first `count` bases, which are C.
std::vector<EditList> sequencesOf(int count) {
    std::vector<EditList> sequences(1);
    for (int i = 0; i < count; ++i)
        sequences.push_back({Edit{i, 1, "A"}});
    return sequences;
}

} // namespace

class TestLocusScorer : public QObject {
    Q_OBJECT

private:
    static constexpr int m_count = 100;
    TemporaryFolder m_folder;
    std::shared_ptr<ScoreCache> m_cache;
    std::shared_ptr<SlowPredictor> m_model;

    ReferenceWindow window() const {
        InputShape shape;
        shape.length = m_count;
        return windowOverSequence(std::string(m_count, 'C'), shape);
    }
    LocusScorer scorer() const {
        return LocusScorer({Method::Fast, m_cache, 0}, {m_model, {}, 0, false}, window());
    }

private Q_SLOTS:
    void init() {
        m_cache = *ScoreCache::open(m_folder / (std::string(QTest::currentTestFunction()) + ".sqlite"));
        m_model = std::make_shared<SlowPredictor>(m_count);
    }

    void stoppedRunGoesOnWhereItStopped() {
        const std::vector<EditList> sequences = sequencesOf(m_count);
        std::vector<double> scores(sequences.size(), std::nan(""));
        std::stop_source stop;
        RunContext context;
        context.stop = stop.get_token();
        LocusScorer first = scorer();
        int batches = 0;
        const auto stopped = first.score(sequences, scores, "Predicting", context, [&] {
            if (++batches == 3)
                stop.request_stop();
        });
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().kind, ErrorKind::Cancelled);
        QCOMPARE(m_model->batches.load(), 3); // no batch was begun after the request

        std::vector<Progress> told;
        RunContext again;
        again.onProgress = [&](const Progress& progress) { told.push_back(progress); };
        LocusScorer second = scorer();
        DS_VERIFY(second.score(sequences, scores, "Predicting", again, [] {}));
        QCOMPARE(second.fromCache(), 12);
        QCOMPARE(second.computed(), m_count + 1 - 12);
        QCOMPARE(scores.front(), 0.0);
        QCOMPARE(std::count(scores.begin() + 1, scores.end(), 1.0), m_count);
        for (size_t i = 1; i < told.size(); ++i) // the first report comes before the cache was asked
            QCOMPARE(told[i].given, 12);
        QCOMPARE(told.back().done, m_count + 1);
    }

    void equalSequencesArePredictedOnce() {
        std::vector<EditList> sequences = sequencesOf(6);
        sequences.insert(sequences.end(), 5, sequences.back());
        std::vector<double> scores(sequences.size(), std::nan(""));
        LocusScorer once = scorer();
        DS_VERIFY(once.score(sequences, scores, "Predicting", {}, [] {}));
        QCOMPARE(once.computed(), 7);
        QCOMPARE(std::count(scores.begin(), scores.end(), 1.0), 11);
    }

    void moreUrgentWorkGoesBetweenTwoBatches() {
        WorkLine line;
        const std::vector<EditList> sequences = sequencesOf(m_count);
        std::vector<double> slowScores(sequences.size(), std::nan(""));
        int64_t fromCache = -1;
        std::jthread background([&] {
            RunContext context;
            context.place = std::make_shared<WorkLine::Place>(line, 0);
            LocusScorer slow = scorer();
            if (slow.score(sequences, slowScores, "Predicting", context, [] {}))
                fromCache = slow.fromCache();
        });
        while (m_model->batches < 3)
            std::this_thread::yield();
        std::vector<double> scores(sequences.size(), std::nan(""));
        const int before = m_model->batches;
        int own = 0;
        int during = 0;
        {
            RunContext context;
            context.place = std::make_shared<WorkLine::Place>(line, 10);
            LocusScorer urgent = scorer();
            DS_VERIFY(urgent.score(sequences, scores, "Predicting", context, [&] { ++own; }));
            during = m_model->batches - before;
        }
        background.join();
        QVERIFY2(during <= own + 1, "the background ran on for more than the batch that it was in");
        // The same gene: what the urgent run stored is not computed again.
        QVERIFY(fromCache > m_count / 2);
        QCOMPARE(slowScores, scores);
    }
};

QTEST_GUILESS_MAIN(TestLocusScorer)
#include "tst_locus_scorer.moc"
