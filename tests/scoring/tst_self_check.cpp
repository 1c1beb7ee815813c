// SPDX-License-Identifier: GPL-3.0-or-later
// Which scores are checked, what a check makes of them, and what the cache keeps of it.
#include "analysis/gene_analysis.h"
#include "engines/open_model.h"
#include "model/model_folder.h"
#include "scoring/locus_scorer.h"
#include "scoring/wrong_predictor.h"
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

    static ReferenceWindow randomWindow() {
        std::mt19937_64 random(3);
        InputShape shape;
        shape.tssIndex = kLength / 2;
        return windowOverSequence(randomBases(random, kLength), shape);
    }
    static Edit snv(const ReferenceWindow& window, int64_t offset) {
        return {offset, 1, window.bases()[static_cast<size_t>(offset)] == 'A' ? "C" : "A"};
    }
    static LocusScorer scorerOf(const std::shared_ptr<const Predictor>& model,
                                std::shared_ptr<ScoreCache> cache, const ReferenceWindow& window, int every) {
        return {
            {Method::Fast, std::move(cache), every}, {model, model->info().defaultOutput, 0, false}, window};
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
        QVERIFY(after->selfCheck.checked >= cache->info()->entries / 2);
        QVERIFY(after->selfCheck.checked < cache->info()->entries);
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
        QVERIFY((*first)->selfCheck.checked >= members && (*first)->selfCheck.checked <= 3 * members);
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

    void oneOfEachKindIsChecked() {
        const ReferenceWindow window = randomWindow();
        const std::vector<EditList> singles{{}, {snv(window, 400)}, {snv(window, 500)}}; // the TSS is at 500
        const std::vector<EditList> reference{EditList{}}, known{singles[1]};
        const std::vector<EditList> haplotypes{singles[1], {snv(window, 400), snv(window, 500)}};
        const auto verdict = [&](const std::shared_ptr<const Predictor>& model, int every,
                                 const std::vector<std::vector<EditList>>& kinds) {
            LocusScorer scorer = scorerOf(model, nullptr, window, every);
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
        QCOMPARE(check(500, {singles, haplotypes}), int64_t{3}); // both sides of the TSS, a haplotype
        QCOMPARE(check(500, {singles}), int64_t{2});
        QCOMPARE(check(500, {reference}), int64_t{1});
        QCOMPARE(check(500, {singles, known}), int64_t{2}); // nothing new among haplotypes
        QVERIFY(check(3, {singles, haplotypes}) >= 3);
        QCOMPARE(check(0, {singles, haplotypes}), int64_t{0});
        // A fault of haplotypes alone.
        const auto wrong = std::make_shared<WrongPredictor>(m_model, 2);
        DS_VERIFY(verdict(wrong, 3, {singles}));
        QVERIFY(!verdict(wrong, 3, {singles, haplotypes}));
        QVERIFY(!verdict(wrong, 500, {singles, haplotypes}));
    }

    /// However dear a whole pass is, a fault of one kind of sequence alone is found, and nothing stays
    /// stored.
    void aFaultOfOneKindIsFound_data() {
        QTest::addColumn<int>("kind");
        QTest::newRow("none") << -1;
        QTest::newRow("left of the TSS") << static_cast<int>(SequenceKind::Left);
        QTest::newRow("right of the TSS") << static_cast<int>(SequenceKind::Right);
        QTest::newRow("indels") << static_cast<int>(SequenceKind::Indel);
        QTest::newRow("haplotypes") << static_cast<int>(SequenceKind::Several);
        QTest::newRow("haplotypes with indels") << static_cast<int>(SequenceKind::SeveralWithIndel);
    }
    void aFaultOfOneKindIsFound() {
        QFETCH(int, kind);
        const ReferenceWindow window = randomWindow();
        std::vector<EditList> sequences{{}};
        for (int64_t offset = 300; offset < 700; offset += 20) {
            const Edit one = snv(window, offset);
            const Edit grown{offset + 5, 1, std::string(1, window.bases()[size_t(offset + 5)]) + "ACGTACG"};
            sequences.insert(sequences.end(), {{one}, {grown}, {one, snv(window, offset + 7)}, {one, grown}});
        }
        // Every base has an effect that can be lost: the maximum of many has not.
        json layers = kLayers;
        layers[1] = "softplus";
        layers[2] = json{{"avgpool", 71}};
        writeModelWithWeights(m_folder / "average", sequentialModel(layers, kLength), 1);
        const auto model = std::make_shared<WrongPredictor>(
            openModel((m_folder / "average").string()).value(),
            [&](const EditList& edits) { return static_cast<int>(kindOf(window, edits)) == kind; });
        model->editsPerPass = 1e6;
        const auto cache = cacheOf("kind" + std::to_string(kind));
        LocusScorer scorer = scorerOf(model, cache, window, kSelfCheckEvery);
        std::vector<double> scores(sequences.size());
        DS_VERIFY(scorer.score(sequences, scores, "Predicting", {}, [] {}));
        QCOMPARE(cache->info()->unchecked, static_cast<int64_t>(sequences.size()));
        const auto found = scorer.selfCheck(scores.front(), {});
        QCOMPARE(cache->info()->unchecked, int64_t{0});
        if (kind < 0) {
            DS_VERIFY(found);
            QCOMPARE(found->checked, int64_t{5});
            QCOMPARE(cache->info()->entries, static_cast<int64_t>(sequences.size()));
        } else {
            QVERIFY(!found);
            QCOMPARE(found.error().kind, ErrorKind::Internal);
            QCOMPARE(cache->info()->entries, int64_t{0});
            QCOMPARE(cache->info()->refuted, int64_t{1});
        }
    }

    /// Whole passes of LibTorch are made as far as they are a tenth of the work, or asked for.
    void wholePassesAreBounded() {
        const ReferenceWindow window = randomWindow();
        std::vector<EditList> sequences{{}};
        for (int64_t offset = 0; offset < 300; ++offset)
            sequences.push_back({snv(window, offset)});
        const auto plainLoci = [&](double editsPerPass, int every) {
            const auto model = std::make_shared<WrongPredictor>(m_model, 1000);
            model->editsPerPass = editsPerPass;
            LocusScorer scorer = scorerOf(model, nullptr, window, every);
            std::vector<double> scores(sequences.size());
            (void)scorer.score(sequences, scores, "Predicting", {}, [] {});
            return scorer.selfCheck(scores.front(), {}) ? model->plainLoci : -1;
        };
        QCOMPARE(plainLoci(1, kSelfCheckEvery), 1);
        QCOMPARE(plainLoci(30, kSelfCheckEvery), 1);
        QCOMPARE(plainLoci(31, kSelfCheckEvery), 0); // of 301 sequences a tenth is not one pass
        QCOMPARE(plainLoci(31, 100), 1);
    }
};

QTEST_GUILESS_MAIN(TestSelfCheck)
#include "tst_self_check.moc"
