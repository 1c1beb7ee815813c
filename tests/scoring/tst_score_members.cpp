// SPDX-License-Identifier: GPL-3.0-or-later
// Scores that are means: over shifts, strands and models, each against predictions made one by one.
#include "analysis/gene_analysis.h"
#include "engines/open_model.h"
#include "model/model_folder.h"
#include "study/small_study.h"

#include <cmath>

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
                                              std::shared_ptr<ScoreCache> cache = nullptr,
                                              const std::string& gene = "GENEA") {
        AnalysisOptions options;
        options.selfCheckEvery = 0;
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
        const auto report = analyze(model, request, nullptr, "GENEB");
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
