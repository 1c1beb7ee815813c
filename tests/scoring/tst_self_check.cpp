// SPDX-License-Identifier: GPL-3.0-or-later
// Which scores are checked, what a check makes of them, and what the cache keeps of it.
#include "analysis/gene_analysis.h"
#include "engines/open_model.h"
#include "model/model_folder.h"
#include "scoring/locus_scorer.h"
#include "study/small_study.h"

#include <sys/wait.h>
#include <unistd.h>

#include <functional>

using namespace diploscope;
using namespace diploscope::test;
using nlohmann::json;

namespace {

constexpr int64_t kLength = 1000;

const json kLayers = json::parse(R"([{"conv1d": {"name": "c", "out": 6, "width": 7}}, "relu", {"maxpool": 71},
                                     "flatten", {"linear": {"name": "o", "out": 3}}])");

/// Answers with another model's values, but not, in Fast, for sequences of so many edits and more.
class WrongPredictor final : public Predictor {
public:
    explicit WrongPredictor(std::shared_ptr<const Predictor> right, size_t wrongFrom = 1)
        : m_right(std::move(right)), m_wrongFrom(wrongFrom) {}
    const ModelInfo& info() const override { return m_right->info(); }
    std::string computation(Method method) const override { return m_right->computation(method); }
    Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow& window, const OutputChoice& output,
                                                    Method method) const override {
        DS_ASSIGN(auto locus, m_right->prepare(window, output, method));
        if (method == Method::Plain)
            return locus;
        return std::unique_ptr<LocusPredictor>(std::make_unique<Locus>(std::move(locus), m_wrongFrom));
    }

private:
    struct Locus final : LocusPredictor {
        Locus(std::unique_ptr<LocusPredictor> right, size_t wrongFrom)
            : m_right(std::move(right)), m_wrongFrom(wrongFrom) {}
        Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences,
                                        const RunContext& context) override {
            std::vector<EditList> asked(sequences.begin(), sequences.end());
            for (EditList& edits : asked)
                if (edits.size() >= m_wrongFrom)
                    edits.clear(); // the effect is lost
            return m_right->predict(asked, context);
        }
        int64_t batchSize() const override { return 4; }
        std::unique_ptr<LocusPredictor> m_right;
        size_t m_wrongFrom;
    };
    std::shared_ptr<const Predictor> m_right;
    size_t m_wrongFrom;
};

} // namespace

class TestSelfCheck : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;
    SmallStudy m_files;
    std::shared_ptr<const Study> m_study;
    std::shared_ptr<const Predictor> m_model;

    Result<std::shared_ptr<const GeneReport>> run(std::shared_ptr<const Predictor> model,
                                                  std::shared_ptr<ScoreCache> cache,
                                                  AnalysisOptions options = {}) const {
        return analyzeGene(*m_study, *m_study->findGene("GENEA").value(), std::move(model), std::move(cache),
                           options, {});
    }
    std::shared_ptr<const GeneReport> analyze(std::shared_ptr<const Predictor> model,
                                              std::shared_ptr<ScoreCache> cache, int selfCheck) const {
        AnalysisOptions options;
        options.selfCheckEvery = selfCheck;
        const auto report = run(std::move(model), std::move(cache), options);
        return report ? *report : nullptr;
    }
    std::shared_ptr<ScoreCache> cacheOf(const std::string& name) const {
        return ScoreCache::open(m_folder / (name + ".sqlite")).value();
    }

private Q_SLOTS:
    void initTestCase() {
        const StudyCheck check = openStudy(m_files.write(m_folder));
        QVERIFY(check.study);
        m_study = check.study;
        writeModelWithWeights(m_folder / "a", sequentialModel(kLayers, kLength), 1);
        m_model = openModel((m_folder / "a").string()).value();
    }

    void selfCheckFindsAWrongShortcut() {
        // With a cache, so that haplotypes that are the same as single variants are not computed twice.
        const auto right = analyze(m_model, ScoreCache::open(m_folder / "right.sqlite").value(), 1);
        QVERIFY(right);
        QCOMPARE(right->selfCheck.checked, right->scoresComputed);
        QVERIFY(right->selfCheck.largestDifference < 1e-5);

        AnalysisOptions options;
        options.selfCheckEvery = 1;
        const auto wrong = analyzeGene(*m_study, *m_study->findGene("GENEA").value(),
                                       std::make_shared<WrongPredictor>(m_model), nullptr, options, {});
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().kind, ErrorKind::Internal);
        QVERIFY2(wrong.error().what.find("22:20") != std::string::npos, wrong.error().what.c_str());
    }

    /// What a failed check refuted is not found by the next run, however the first one ended.
    void failedSelfCheckIsRemembered_data() {
        QTest::addColumn<int>("first");
        QTest::newRow("ran to its end") << 0;
        QTest::newRow("stopped before the check") << 1;
        QTest::newRow("killed before the check") << 2;
        QTest::newRow("two at once") << 3;
        QTest::newRow("without the check") << 4;
    }
    void failedSelfCheckIsRemembered() {
        QFETCH(int, first);
        const auto file = m_folder / ("refuted-" + std::to_string(first) + ".sqlite");
        const auto wrong = std::make_shared<WrongPredictor>(m_model);
        const auto run = [&](std::shared_ptr<const Predictor> model, int every,
                             const RunContext& context = {}) {
            AnalysisOptions options;
            options.selfCheckEvery = every;
            return analyzeGene(*m_study, *m_study->findGene("GENEA").value(), std::move(model),
                               ScoreCache::open(file).value(), options, context);
        };
        const auto atTheCheck = [](const std::function<void()>& act) {
            RunContext context;
            context.onProgress = [act](const Progress& progress) {
                if (progress.stage.find("whole predictions") != std::string::npos)
                    act();
            };
            return context;
        };
        std::stop_source stop;
        if (first == 0) {
            QVERIFY(!run(wrong, 1));
        } else if (first == 1) {
            RunContext context = atTheCheck([&] { stop.request_stop(); });
            context.stop = stop.get_token();
            QCOMPARE(run(wrong, 1, context).error().kind, ErrorKind::Cancelled);
        } else if (first == 4) {
            QVERIFY(run(wrong, 0)); // as was asked for
        } else {
            const auto child = [&] {
                const pid_t pid = fork();
                if (pid == 0) {
                    (void)run(wrong, 1, atTheCheck([&] { _exit(9); }));
                    _exit(0);
                }
                return pid;
            };
            std::vector<pid_t> children{child()};
            if (first == 3)
                children.push_back(child());
            for (const pid_t pid : children) {
                int status = 0;
                QCOMPARE(waitpid(pid, &status, 0), pid);
                QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 9);
            }
        }
        QCOMPARE(ScoreCache::open(file).value()->info()->entries == 0, first == 0);
        for (int again = 0; again < 2; ++again) {
            const auto refused = run(wrong, 1);
            QVERIFY2(!refused, "scores that the check refuted were taken from the cache");
            QCOMPARE(refused.error().kind, ErrorKind::Internal);
            QVERIFY2(refused.error().what.find("22:20") != std::string::npos, refused.error().what.c_str());
            QVERIFY(refused.error().remedy.find("Do not use these scores") != std::string::npos);
        }
        QCOMPARE(ScoreCache::open(file).value()->info()->entries, int64_t{0});
        const auto off = run(wrong, 0);
        QVERIFY2(!off, "without a check the verdict stands");
        QVERIFY(off.error().remedy.find("--plain") != std::string::npos);
        QVERIFY(!run(wrong, 500)); // what differed is looked at again, though it is not the 200th

        // A program whose shortcut is right passes the check, also of what had differed.
        const auto mended = run(m_model, 1);
        DS_VERIFY(mended);
        QVERIFY((*mended)->selfCheck.checked > 0);
        const auto known = run(m_model, 1);
        DS_VERIFY(known);
        QCOMPARE((*known)->scoresComputed, int64_t{0});
        QCOMPARE((*known)->selfCheck.checked, int64_t{0}); // good now
        DS_VERIFY(run(m_model, 0));
    }

    /// An interrupted run's scores are kept, and the same ones are checked as in a run at one go.
    void uncheckedScoresAreKeptAndChecked() {
        const auto cache = ScoreCache::open(m_folder / "unchecked.sqlite").value();
        const auto before = analyze(m_model, cache, 0);
        QVERIFY(before && before->scoresComputed > 2);
        QCOMPARE(cache->info()->unchecked, cache->info()->entries);
        const auto after = analyze(m_model, cache, 2);
        QVERIFY(after);
        QCOMPARE(after->scoresComputed, int64_t{0});
        QCOMPARE(after->selfCheck.checked, cache->info()->entries / 2);
        QCOMPARE(cache->info()->unchecked, int64_t{0});
        const auto whole = analyze(m_model, ScoreCache::open(m_folder / "whole.sqlite").value(), 2);
        QVERIFY(whole);
        QCOMPARE(whole->selfCheck.checked, after->selfCheck.checked);
        QCOMPARE(whole->selfCheck.largestDifference, after->selfCheck.largestDifference);
        QCOMPARE(whole->referenceScore, before->referenceScore);
    }

    void wholePassesNeedNoCheck() {
        const auto cache = ScoreCache::open(m_folder / "plain.sqlite").value();
        AnalysisOptions options;
        options.method = Method::Plain;
        DS_VERIFY(analyzeGene(*m_study, *m_study->findGene("GENEA").value(), m_model, cache, options, {}));
        QVERIFY(cache->info()->entries > 0);
        QCOMPARE(cache->info()->unchecked, int64_t{0});
    }

    void whichSequencesAreChecked() {
        QVERIFY(!isChecked(199, 500) && isChecked(200, 500) && !isChecked(500, 500) && isChecked(700, 500));
        QVERIFY(isChecked(10, 10) && isChecked(20, 10) && !isChecked(15, 10));
        QVERIFY(!isChecked(500, 0));
    }

    /// So few scores that none is the 200th: they are checked all the same, and are good.
    void smallWindowIsChecked_data() {
        QTest::addColumn<int>("shifts");
        QTest::addColumn<bool>("bothStrands");
        QTest::newRow("one member") << 0 << false;
        QTest::newRow("shifts and strands") << 2 << true;
    }
    void smallWindowIsChecked() {
        QFETCH(int, shifts);
        QFETCH(bool, bothStrands);
        const auto cache = cacheOf("small" + std::to_string(shifts));
        AnalysisOptions options;
        options.score.emplace(resolveScore({}, m_model->info()).value());
        options.score->shifts = shifts;
        options.score->reverseComplement = bothStrands;
        const auto first = run(m_model, cache, options);
        DS_VERIFY(first);
        const int64_t members = (2 * shifts + 1) * (bothStrands ? 2 : 1);
        QVERIFY((*first)->scoresComputed < kFirstSelfCheck);
        QVERIFY((*first)->selfCheck.checked >= members && (*first)->selfCheck.checked <= 2 * members);
        QVERIFY((*first)->selfCheck.largestDifference < 1e-9);
        QVERIFY(cache->info()->entries > 0);
        QCOMPARE(cache->info()->unchecked, int64_t{0});

        const auto second = run(m_model, cache, options);
        DS_VERIFY(second);
        QCOMPARE((*second)->scoresComputed, int64_t{0});
        QCOMPARE((*second)->selfCheck.checked, int64_t{0}); // each score is checked for once
        QCOMPARE((*second)->referenceScore, (*first)->referenceScore);
        QVERIFY((*run(m_model, nullptr, options))->selfCheck.checked >= members); // without a cache, too
    }

    void smallWindowOfAWrongShortcutIsRefuted() {
        const auto cache = cacheOf("small wrong");
        const auto wrong = std::make_shared<WrongPredictor>(m_model);
        for (int round = 0; round < 2; ++round) {
            const auto refused = run(wrong, cache);
            QVERIFY2(!refused, "so few scores that none was checked");
            QCOMPARE(refused.error().kind, ErrorKind::Internal);
            QVERIFY2(refused.error().what.find("22:20") != std::string::npos, refused.error().what.c_str());
            QCOMPARE(cache->info()->entries, int64_t{0});
            QCOMPARE(cache->info()->refuted, int64_t{1});
        }
        QVERIFY(!run(wrong, nullptr));
        DS_VERIFY(run(m_model, cache)); // a program whose shortcut is right goes on
        QCOMPARE(cache->info()->unchecked, int64_t{0});
        QCOMPARE(cache->info()->refuted, int64_t{0});
    }

    /// What a run without the check left, or a version before.
    void fewScoresLeftUncheckedAreCheckedLater() {
        const auto cache = cacheOf("left");
        QVERIFY(analyze(m_model, cache, 0));
        QVERIFY(cache->info()->unchecked > 0);
        const auto later = run(m_model, cache);
        DS_VERIFY(later);
        QCOMPARE((*later)->scoresComputed, int64_t{0});
        QVERIFY((*later)->selfCheck.checked > 0);
        QCOMPARE(cache->info()->unchecked, int64_t{0});
    }

    /// A kind is what one call asked for: the last new sequence of each is checked.
    void oneOfEachKindIsChecked() {
        std::mt19937_64 random(3);
        const ReferenceWindow window =
            windowOverSequence(randomBases(random, kLength), m_model->info().input);
        const auto snv = [&](int64_t offset) {
            const char ref = window.bases()[static_cast<size_t>(offset)];
            return Edit{offset, 1, ref == 'A' ? "C" : "A"};
        };
        const std::vector<EditList> singles{{}, {snv(400)}, {snv(500)}};
        const std::vector<EditList> reference{EditList{}}, known{EditList{snv(400)}};
        const std::vector<EditList> haplotypes{{snv(400)}, {snv(400), snv(500)}};
        const auto verdict = [&](const std::shared_ptr<const Predictor>& model, int every,
                                 const std::vector<std::vector<EditList>>& kinds) {
            LocusScorer scorer({Method::Fast, nullptr, every}, {model, model->info().defaultOutput, 0, false},
                               window);
            double referenceScore = 0;
            for (const std::vector<EditList>& kind : kinds) {
                std::vector<double> scores(kind.size());
                (void)scorer.score(kind, scores, "Predicting", {}, [] {});
                if (&kind == &kinds.front())
                    referenceScore = scores.front();
            }
            return scorer.selfCheck(referenceScore, {});
        };
        const auto check = [&](int every, const std::vector<std::vector<EditList>>& kinds) {
            return verdict(m_model, every, kinds).value().checked;
        };
        QCOMPARE(check(500, {singles, haplotypes}), int64_t{2});
        QCOMPARE(check(500, {singles}), int64_t{1});
        QCOMPARE(check(500, {reference}), int64_t{1});
        QCOMPARE(check(500, {singles, known}), int64_t{1});    // nothing new among haplotypes
        QCOMPARE(check(3, {singles, haplotypes}), int64_t{2}); // of haplotypes none was chosen
        QCOMPARE(check(0, {singles, haplotypes}), int64_t{0});
        // A fault of haplotypes alone.
        const auto wrong = std::make_shared<WrongPredictor>(m_model, 2);
        DS_VERIFY(verdict(wrong, 3, {singles}));
        QVERIFY(!verdict(wrong, 3, {singles, haplotypes}));
        QVERIFY(!verdict(wrong, 500, {singles, haplotypes}));
    }
};

QTEST_GUILESS_MAIN(TestSelfCheck)
#include "tst_self_check.moc"
