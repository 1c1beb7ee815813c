// SPDX-License-Identifier: GPL-3.0-or-later
// Scores that are means: over shifts, strands and models, each against predictions made one by one.
#include "analysis/gene_analysis.h"
#include "analysis/locus_scorer.h"
#include "predict/model_folder.h"
#include "study/small_study.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <functional>

using namespace diploscope;
using namespace diploscope::test;
using nlohmann::json;

namespace {

constexpr int64_t kLength = 1000;
constexpr int64_t kTss = 20000; // GENEA, 0-based; SNVs at 19499 (one base outside), 19999, 20499 (the last)

const json kLayers = json::parse(R"([{"conv1d": {"name": "c", "out": 6, "width": 7}}, "relu", {"maxpool": 71},
                                     "flatten", {"linear": {"name": "o", "out": 3}}])");

/// The forward pass of bases alone, by another way than edits on a shared window.
double scoreOf(const Predictor& model, const std::string& bases, const OutputChoice& output) {
    const ReferenceWindow window = windowOverSequence(bases, model.info().input);
    return output.score(model.prepare(window, output, Method::Plain)
                            .value()
                            ->predict(std::vector<EditList>{{}}, {})
                            .value()
                            .row(0));
}

double meanOf(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values)
        sum += value;
    return sum / static_cast<double>(values.size());
}

double sdOf(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values)
        sum += std::pow(value - meanOf(values), 2);
    return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

bool near(double a, double b) {
    return std::abs(a - b) < 2e-6 * std::max(1.0, std::abs(b)); // plain is fp32
}

/// Answers with another model's values, but not for edited sequences in Fast.
class WrongPredictor final : public Predictor {
public:
    explicit WrongPredictor(std::shared_ptr<const Predictor> right) : m_right(std::move(right)) {}
    const ModelInfo& info() const override { return m_right->info(); }
    std::string computation(Method method) const override { return m_right->computation(method); }
    Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow& window, const OutputChoice& output,
                                                    Method method) const override {
        DS_ASSIGN(auto locus, m_right->prepare(window, output, method));
        if (method == Method::Plain)
            return locus;
        return std::unique_ptr<LocusPredictor>(std::make_unique<Locus>(std::move(locus)));
    }

private:
    struct Locus final : LocusPredictor {
        explicit Locus(std::unique_ptr<LocusPredictor> right) : m_right(std::move(right)) {}
        Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences,
                                        const RunContext& context) override {
            const std::vector<EditList> unedited(sequences.size()); // every effect is lost
            return m_right->predict(unedited, context);
        }
        int64_t batchSize() const override { return 4; }
        std::unique_ptr<LocusPredictor> m_right;
    };
    std::shared_ptr<const Predictor> m_right;
};

} // namespace

class TestScoreMembers : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;
    SmallStudy m_files;
    std::shared_ptr<const Study> m_study;
    std::shared_ptr<const Predictor> m_model;

    std::shared_ptr<const GeneReport> analyze(std::shared_ptr<const Predictor> model,
                                              const ScoreRequest& request,
                                              std::shared_ptr<ScoreCache> cache = nullptr, int selfCheck = 0,
                                              const std::string& gene = "GENEA") {
        AnalysisOptions options;
        options.selfCheckEvery = selfCheck;
        options.score = resolveScore(request, model->info()).value();
        const StudyGene* found = m_study->findGene(gene).value();
        auto report = analyzeGene(*m_study, *found, model, std::move(cache), options, {});
        return report ? *report : nullptr;
    }

    /// The genome with an SNV (0-based), as SmallStudy's VCF has it.
    std::string withSnv(std::string bases, size_t position) const {
        bases[position] = bases[position] == 'A' ? 'C' : 'A';
        return bases;
    }

private Q_SLOTS:
    void initTestCase() {
        const StudyCheck check = openStudy(m_files.write(m_folder));
        QVERIFY(check.study);
        m_study = check.study;
        writeModelWithWeights(m_folder / "a", sequentialModel(kLayers, kLength), 1);
        writeModelWithWeights(m_folder / "b", sequentialModel(kLayers, kLength), 2);
        writeModel(m_folder / "both",
                   {{"schema", 1}, {"name", "both"}, {"kind", "ensemble"}, {"models", {"../a", "../b"}}});
        m_model = openModel((m_folder / "a").string()).value();
    }

    void shiftsAndStrandsAreAveraged_data() {
        QTest::addColumn<int>("shifts");
        QTest::addColumn<bool>("bothStrands");
        QTest::newRow("neither") << 0 << false;
        QTest::newRow("shifts") << 3 << false;
        QTest::newRow("strands") << 0 << true;
        QTest::newRow("shifts and strands") << 2 << true;
    }
    void shiftsAndStrandsAreAveraged() {
        QFETCH(int, shifts);
        QFETCH(bool, bothStrands);
        ScoreRequest request;
        request.tracks = "0,2";
        request.shifts = shifts;
        request.reverseComplement = bothStrands;
        const auto report = analyze(m_model, request);
        QVERIFY(report);
        const OutputChoice output = report->score.output;
        const auto byHand = [&](const std::string& genome) {
            std::vector<double> scores;
            for (int shift = -shifts; shift <= shifts; ++shift)
                for (const bool other : {false, true})
                    if (!other || bothStrands) {
                        const std::string bases =
                            genome.substr(static_cast<size_t>(kTss - kLength / 2 + shift), kLength);
                        scores.push_back(scoreOf(*m_model, other ? reverseComplement(bases) : bases, output));
                    }
            return scores;
        };
        const std::vector<double> reference = byHand(m_files.bases);
        QCOMPARE(report->members.size(), reference.size());
        QVERIFY(near(report->referenceScore, meanOf(reference)));
        QCOMPARE(report->window.start, kTss - kLength / 2); // variants are those of the model's own window
        QCOMPARE(report->variants.size(), size_t{2});

        std::string alternate = m_files.bases;
        for (const size_t position : {size_t{19499}, size_t{19999}, size_t{20499}})
            alternate = withSnv(alternate, position);
        const std::vector<double> carried = byHand(alternate);
        for (const PersonResult& person : report->people)
            if (person.sample == "HG4") { // 1|1
                QVERIFY(near(person.predicted, meanOf(carried)));
                QCOMPARE(person.spread.has_value(), carried.size() > 1);
                QVERIFY(!person.spread || near(*person.spread, sdOf(carried)));
            } else if (person.sample == "HG5") {
                QVERIFY(near(person.predicted, meanOf(reference)));
            } else {
                QVERIFY(near(person.predicted, 0.5 * (meanOf(reference) + meanOf(carried))));
            }
        for (const VariantResult& variant : report->variants) {
            std::vector<double> effects =
                byHand(withSnv(m_files.bases, static_cast<size_t>(variant.position)));
            for (size_t m = 0; m < effects.size(); ++m)
                effects[m] -= reference[m];
            QVERIFY(near(variant.ism, meanOf(effects)));
            QCOMPARE(variant.ismSpread.has_value(), effects.size() > 1);
            QVERIFY(!variant.ismSpread || near(*variant.ismSpread, sdOf(effects))); // not that of raw scores
        }
    }

    void genesReadOnTheirOwnStrand() {
        writeModelWithWeights(m_folder / "gene", sequentialModel(kLayers, kLength, "gene"), 1);
        const auto model = openModel((m_folder / "gene").string()).value();
        ScoreRequest request;
        request.shifts = 1;
        request.reverseComplement = true;
        const auto report = analyze(model, request, nullptr, 0, "GENEB");
        QVERIFY(report);
        // GENEB is on `-`, TSS at 44999: read reverse-complemented, the TSS at index 500, so from 44500 on.
        std::vector<double> scores;
        for (const int shift : {-1, 0, 1})
            for (const bool forward : {false, true}) {
                const std::string bases = m_files.bases.substr(static_cast<size_t>(44500 + shift), kLength);
                scores.push_back(
                    scoreOf(*model, forward ? bases : reverseComplement(bases), report->score.output));
            }
        QVERIFY(near(report->referenceScore, meanOf(scores)));
    }

    void symmetricModelSeesNoStrand() {
        // A filter and its reverse complement, the best match anywhere: both strands give the same.
        const json layers = json::parse(R"([{"conv1d": {"name": "c", "out": 2, "width": 5}}, {"maxpool": 996},
                                            "flatten", {"linear": {"name": "o", "out": 1}}])");
        writeModel(m_folder / "symmetric", sequentialModel(layers, kLength));
        NamedTensor filter{"c.weight", {2, 4, 5}, std::vector<double>(40)};
        for (size_t base = 0; base < 4; ++base)
            for (size_t i = 0; i < 5; ++i) {
                const double weight = std::sin(1.3 * static_cast<double>(5 * base + i));
                filter.values[5 * base + i] = weight;
                filter.values[20 + 5 * (3 - base) + 4 - i] = weight;
            }
        const std::vector<NamedTensor> weights{
            filter, {"c.bias", {2}, {0.1, 0.1}}, {"o.weight", {1, 2}, {1, 1}}, {"o.bias", {1}, {0}}};
        QVERIFY(writeSafetensors(m_folder / "symmetric/weights.safetensors", weights));
        ScoreRequest request;
        request.reverseComplement = true;
        const auto report = analyze(openModel((m_folder / "symmetric").string()).value(), request);
        QVERIFY(report);
        QVERIFY(*report->referenceSpread < 1e-12);
        for (const PersonResult& person : report->people)
            QVERIFY(*person.spread < 1e-12);
    }

    void binsTurnWithTheStrand() {
        ModelInfo info;
        info.binCount = 896;
        info.trackCount = 1;
        struct Bins final : Predictor {
            ModelInfo made;
            const ModelInfo& info() const override { return made; }
            Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow&, const OutputChoice&,
                                                            Method) const override {
                return fail(ErrorKind::Internal, "not asked");
            }
            std::string computation(Method) const override { return {}; }
        };
        const auto model = std::make_shared<Bins>();
        model->made = info;
        ScoreOptions score;
        score.output.bins = {447, 448, 449};
        score.shifts = 1;
        score.reverseComplement = true;
        const auto members = membersOf(model, score);
        QCOMPARE(members.size(), size_t{6});
        QCOMPARE(members[0].shift, 0);
        QCOMPARE(members[0].output.bins, (std::vector<int>{447, 448, 449}));
        QVERIFY(members[1].otherStrand && members[1].shift == 0);
        QCOMPARE(members[1].output.bins, (std::vector<int>{446, 447, 448}));
    }

    void ensembleIsTheMeanOfItsModels() {
        const auto cache = ScoreCache::open(m_folder / "scores.sqlite").value();
        const auto both = openModel((m_folder / "both").string()).value();
        ScoreRequest request;
        request.tracks = "1";
        request.aggregate = "sum";
        const auto report = analyze(both, request, cache);
        const auto a = analyze(m_model, request, cache);
        const auto b = analyze(openModel((m_folder / "b").string()).value(), request);
        QVERIFY(report && a && b);
        QCOMPARE(a->scoresComputed, int64_t{0}); // each model's scores are cached as its own
        for (size_t v = 0; v < report->variants.size(); ++v) {
            const double one = a->variants[v].ism, two = b->variants[v].ism;
            QCOMPARE(report->variants[v].ism, 0.5 * (one + two));
            QVERIFY(near(*report->variants[v].ismSpread, std::abs(one - two) / std::sqrt(2.0)));
        }
        for (size_t p = 0; p < report->people.size(); ++p)
            QVERIFY(
                near(report->people[p].predicted, 0.5 * (a->people[p].predicted + b->people[p].predicted)));
        QVERIFY(both->info().checksum != m_model->info().checksum);
        QCOMPARE(both->info().kind, std::string("ensemble"));
    }

    void wrongEnsembles_data() {
        QTest::addColumn<QString>("models");
        QTest::addColumn<QString>("says");
        QTest::newRow("of one") << R"(["../a"])"
                                << "at least two";
        QTest::newRow("no list") << R"("../a")"
                                 << "at least two";
        QTest::newRow("of itself") << R"(["../a", "."])"
                                   << "cannot be part";
        QTest::newRow("missing") << R"(["../a", "../nowhere"])"
                                 << "nowhere";
        QTest::newRow("unequal") << R"(["../a", "../short"])"
                                 << "differ";
    }
    void wrongEnsembles() {
        QFETCH(QString, models);
        QFETCH(QString, says);
        writeModelWithWeights(m_folder / "short", sequentialModel(kLayers, 900), 1);
        writeModel(m_folder / "wrong", {{"schema", 1},
                                        {"name", "wrong"},
                                        {"kind", "ensemble"},
                                        {"models", json::parse(models.toStdString())}});
        const auto opened = openModel((m_folder / "wrong").string());
        QVERIFY(!opened);
        QVERIFY2(QString::fromStdString(opened.error().message()).contains(says),
                 opened.error().message().c_str());
    }

    void cachedScoresAreOfTheirChoice() {
        const auto cache = ScoreCache::open(m_folder / "choices.sqlite").value();
        std::vector<ScoreRequest> requests(4);
        requests[1].tracks = "1";
        requests[2].tracks = "0-1";
        requests[3].shifts = 1;
        for (const int round : {1, 2})
            for (const ScoreRequest& request : requests) {
                const auto cached = analyze(m_model, request, cache);
                const auto fresh = analyze(m_model, request);
                QVERIFY(cached && fresh);
                QCOMPARE(cached->referenceScore, fresh->referenceScore);
                QCOMPARE(cached->variants[0].ism, fresh->variants[0].ism);
                QCOMPARE(cached->scoresComputed == 0, round == 2);
            }
    }

    void selfCheckFindsAWrongShortcut() {
        // With a cache, so that haplotypes that are the same as single variants are not computed twice.
        const auto right = analyze(m_model, {}, ScoreCache::open(m_folder / "right.sqlite").value(), 1);
        QVERIFY(right);
        QCOMPARE(right->selfCheck.checked, right->scoresComputed);
        QVERIFY(right->selfCheck.largestDifference < 1e-5);
        QCOMPARE(analyze(m_model, {}, nullptr, 500)->selfCheck.checked, int64_t{0}); // too few were computed

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
        QVERIFY(!run(wrong, 500)); // so few that none would be checked

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
        const auto before = analyze(m_model, {}, cache, 0);
        QVERIFY(before && before->scoresComputed > 2);
        QCOMPARE(cache->info()->unchecked, cache->info()->entries);
        const auto after = analyze(m_model, {}, cache, 2);
        QVERIFY(after);
        QCOMPARE(after->scoresComputed, int64_t{0});
        QCOMPARE(after->selfCheck.checked, cache->info()->entries / 2);
        QCOMPARE(cache->info()->unchecked, int64_t{0});
        const auto whole = analyze(m_model, {}, ScoreCache::open(m_folder / "whole.sqlite").value(), 2);
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

    void logarithmOfANegativeScoreIsRefused() {
        const json model = sequentialModel(kLayers, kLength);
        writeModel(m_folder / "negative", model);
        std::vector<NamedTensor> weights = randomTensors(parseNetwork(kLayers, kLength).value(), 1);
        for (NamedTensor& tensor : weights)
            if (tensor.name == "o.bias")
                tensor.values.assign(3, -1e3);
        QVERIFY(writeSafetensors(m_folder / "negative/weights.safetensors", weights));
        const auto negative = openModel((m_folder / "negative").string()).value();
        AnalysisOptions options;
        options.score = resolveScore({.aggregate = "log2-of-sum"}, negative->info()).value();
        const auto report =
            analyzeGene(*m_study, *m_study->findGene("GENEA").value(), negative, nullptr, options, {});
        QVERIFY(!report);
        QVERIFY2(report.error().what.find("not positive") != std::string::npos, report.error().what.c_str());
    }

    void requestsAreResolved() {
        const ModelInfo& info = m_model->info();
        ScoreRequest request;
        request.tracks = "1-2";
        request.aggregate = "sum-log1p";
        request.shifts = 3;
        request.reverseComplement = true;
        const auto score = resolveScore(request, info);
        DS_VERIFY(score);
        QCOMPARE(describeScore(*score, info),
                 std::string("tracks 1,2 · sum-log1p · shifts ±3 · both strands"));
        QCOMPARE(membersOf(m_model, *score).size(), size_t{14});
        for (const auto& [wrong, says] :
             {std::pair(ScoreRequest{.tracks = "3"}, "0 to 2"),
              std::pair(ScoreRequest{.bins = "1"}, "0 to 0"),
              std::pair(ScoreRequest{.aggregate = "mean"}, "sum"),
              std::pair(ScoreRequest{.shifts = -1}, "0 to 100"),
              std::pair(ScoreRequest{.tracks = "0", .head = "x.csv"}, "either")}) {
            const auto refused = resolveScore(wrong, info);
            QVERIFY(!refused);
            QVERIFY2(refused.error().message().find(says) != std::string::npos,
                     refused.error().message().c_str());
        }
        // What is asked last counts; a head and tracks exclude each other.
        const ScoreRequest head{.head = "h.csv", .shifts = 2};
        QVERIFY(ScoreRequest{.tracks = "1"}.orElse(head).head.empty());
        QCOMPARE(*ScoreRequest{.tracks = "1"}.orElse(head).shifts, 2);
        QVERIFY(ScoreRequest{.head = "h.csv"}.orElse(ScoreRequest{.tracks = "1"}).tracks.empty());
    }
};

QTEST_GUILESS_MAIN(TestScoreMembers)
#include "tst_score_members.moc"
