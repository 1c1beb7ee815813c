// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/motif_data.h"

#include "base/checksum.h"
#include "engines/open_model.h"
#include "engines/transformer/enformer_kind.h"
#include "lab/simulate/simulate_study.h"
#include "model/model_manifest.h"
#include "sequence/reference_window.h"
#include "stats/correlation.h"
#include "support.h"
#include "weights/safetensors.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cmath>
#include <filesystem>

using namespace diploscope;
using simulate::Random;
using test::motifData;
namespace fs = std::filesystem;

namespace {

std::string architecture(const std::string& end) {
    return R"({"schema": 1, "name": "toy", "kind": "sequential", "weights": "w.safetensors",
        "input": {"length": 64, "tss_index": 32, "strand": "gene"},
        "layers": [{"conv1d": {"name": "conv", "out": 8, "width": 6}}, "relu", {"maxpool": 59}, "flatten", )" +
           end + R"(], "output": {"unit": "log2 expression"}})";
}
const std::string kLinearEnd = R"({"linear": {"name": "output", "out": 1}})";

/// Eight tokens of 8 bp, all of them asked.
std::string enformer(const std::string& aggregate) {
    return R"({"schema": 1, "name": "toy", "kind": "enformer", "weights": "weights.safetensors",
        "input": {"length": 64, "tss_index": 32, "strand": "forward"},
        "config": {"dim": 24, "depth": 1, "heads": 2, "attn_dim_key": 8, "num_downsamples": 3,
                   "dim_divisible_by": 4, "target_length": 8, "output_heads": {"human": 2, "mouse": 1}},
        "output": {"bin_count": 8, "track_count": 2, "bins": [0, 1, 2, 3, 4, 5, 6, 7], "tracks": [1],
                   "aggregate": ")" +
           aggregate + R"("}})";
}

TrainingOptions quick() {
    TrainingOptions options;
    options.epochs = 60;
    options.learningRate = 0.01;
    options.patience = 15;
    options.threads = 1;
    return options;
}

Result<TrainingResult> trained(const ModelManifest& model, const TrainingData& data,
                               const TrainingOptions& options, const RunContext& context = {}) {
    return model.kind->train(model, data, options, context);
}

} // namespace

class TestTraining : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void learnsAMotif();
    void enformerLearnsAMotif();
    void enformerRefusesNegativeSums();
    void sameSeedSameWeights();
    void stopsEarly();
    void testGenesDoNotTrain();
    void cancelled();
    void refusesBadData_data();
    void refusesBadData();
    void splitIsStable();
    void studyToModel();
    void cancelLeavesNoModel();

private:
    ModelManifest manifest(const std::string& end = kLinearEnd);
    test::TemporaryFolder m_folder;
};

ModelManifest TestTraining::manifest(const std::string& end) {
    test::writeText(m_folder / "toy/model.json", architecture(end));
    return *readModelManifest(m_folder / "toy");
}

void TestTraining::initTestCase() {
    DS_VERIFY(torchBackend());
}

void TestTraining::learnsAMotif() {
    const auto result = trained(manifest(), motifData(600), quick());
    DS_VERIFY(result);
    QVERIFY2(result->testR && *result->testR > 0.9, qPrintable(QString::number(result->testR.value_or(-2))));
    const EpochLosses& best = result->epochs[static_cast<size_t>(result->bestEpoch)];
    QVERIFY(best.train < 0.1 && best.validation < 0.2);
    QVERIFY(result->epochs.front().train > 0.7); // it did not know before
    QCOMPARE(result->weights.size(), size_t{4});
    for (const EpochLosses& losses : result->epochs)
        QVERIFY(losses.validation >= best.validation);
}

void TestTraining::enformerLearnsAMotif() {
    const fs::path folder = m_folder / "enformer";
    test::writeText(folder / "model.json", enformer("log2-of-sum"));
    const ModelManifest model = *readModelManifest(folder);
    const TrainingData data = motifData(600);
    TrainingOptions options = quick();
    options.epochs = 20;
    const auto result = trained(model, data, options);
    DS_VERIFY(result);
    QVERIFY2(result->testR && *result->testR > 0.8, qPrintable(QString::number(result->testR.value_or(-2))));

    // What was written is what was trained: the opened model says the same of the test sequences.
    QCOMPARE(result->weights.size(), enformerConfigOf(model)->network().tensors().size());
    DS_VERIFY(writeSafetensors(folder / "weights.safetensors", result->weights));
    const auto predictor = openModel(folder.string());
    DS_VERIFY(predictor);
    std::vector<double> scores, targets;
    for (size_t i = 0; i < data.inputs.size(); ++i) {
        if (data.split[i] != 2)
            continue;
        const ReferenceWindow window = windowOverSequence(data.inputs[i], model.input);
        const auto locus = (*predictor)->prepare(window, model.output, Method::Plain);
        DS_VERIFY(locus);
        const auto values = (*locus)->predict(std::vector<EditList>{{}}, {});
        DS_VERIFY(values);
        scores.push_back(model.output.score(values->row(0)));
        targets.push_back(data.targets[static_cast<int64_t>(i)]);
    }
    const auto vector = [](std::vector<double>& values) {
        return Eigen::Map<Eigen::VectorXd>(values.data(), static_cast<int64_t>(values.size()));
    };
    QVERIFY(std::abs(pearson(vector(targets), vector(scores)).r.value() - *result->testR) < 1e-4);
}

void TestTraining::enformerRefusesNegativeSums() {
    test::writeText(m_folder / "negative/model.json", enformer("sum"));
    TrainingData data = motifData(100);
    data.mean = -1;
    const auto result = trained(*readModelManifest(m_folder / "negative"), data, quick());
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::BadInput);
    QVERIFY(result.error().remedy.find("log2-of-sum") != std::string::npos);
}

void TestTraining::sameSeedSameWeights() {
    TrainingOptions options = quick();
    options.epochs = 3;
    const auto first = trained(manifest(), motifData(200), options);
    const auto second = trained(manifest(), motifData(200), options);
    options.seed = 2;
    const auto other = trained(manifest(), motifData(200), options);
    DS_VERIFY(first);
    DS_VERIFY(second);
    DS_VERIFY(other);
    QCOMPARE(second->weights[0].values, first->weights[0].values);
    QVERIFY(other->weights[0].values != first->weights[0].values);
}

void TestTraining::stopsEarly() {
    // Targets that have nothing to do with the sequences: validation gets no better, whatever training finds.
    TrainingData data = motifData(200);
    Random random(3, "noise");
    for (double& target : data.targets)
        target = random.normal();
    TrainingOptions options = quick();
    options.epochs = 400;
    options.patience = 4;
    const auto result = trained(manifest(), data, options);
    DS_VERIFY(result);
    QVERIFY(result->epochs.size() < 200);
    QCOMPARE(int(result->epochs.size()), result->bestEpoch + 1 + options.patience);
}

void TestTraining::testGenesDoNotTrain() {
    TrainingData data = motifData(300);
    TrainingOptions options = quick();
    options.epochs = 3;
    const auto before = trained(manifest(), data, options);
    for (size_t i = 0; i < data.split.size(); ++i)
        if (data.split[i] == 2)
            data.targets[static_cast<int64_t>(i)] = 100 - data.targets[static_cast<int64_t>(i)];
    const auto after = trained(manifest(), data, options);
    DS_VERIFY(before);
    DS_VERIFY(after);
    QCOMPARE(after->weights[0].values, before->weights[0].values);
    QVERIFY(std::abs(*after->testR + *before->testR) < 1e-9);
}

void TestTraining::cancelled() {
    std::stop_source stop;
    RunContext context;
    context.stop = stop.get_token();
    int reports = 0;
    context.onProgress = [&](const Progress&) {
        if (++reports == 5)
            stop.request_stop();
    };
    const auto result = trained(manifest(), motifData(400), quick(), context);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Cancelled);
    QVERIFY(reports < 8);
}

void TestTraining::refusesBadData_data() {
    QTest::addColumn<QString>("what");
    for (const char* what : {"too few", "length", "nan", "split", "two outputs", "diverges"})
        QTest::newRow(what) << what;
}

void TestTraining::refusesBadData() {
    QFETCH(QString, what);
    TrainingData data = motifData(what == "too few" ? 3 : 200);
    TrainingOptions options = quick();
    ModelManifest model = manifest();
    if (what == "length")
        data.inputs[7] += "A";
    if (what == "nan")
        data.targets[5] = std::nan("");
    if (what == "split")
        data.split.pop_back();
    if (what == "two outputs")
        model = manifest(R"({"linear": {"name": "output", "out": 2}})");
    if (what == "diverges")
        options.learningRate = 1e30;
    const auto result = trained(model, data, options);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::BadInput);
}

void TestTraining::splitIsStable() {
    std::array<int, 3> counts{};
    for (int i = 0; i < 5000; ++i) {
        const std::string id = "ENSG" + std::to_string(i);
        const int part = splitOf(id, 1);
        QCOMPARE(splitOf(id, 1), part);
        ++counts[static_cast<size_t>(part)];
    }
    QVERIFY(std::abs(counts[0] - 4000) < 150);
    QVERIFY(std::abs(counts[1] - 500) < 110);
    QVERIFY(std::abs(counts[2] - 500) < 110);
}

/// From a simulated study to a model in the study's unit, whose scores are the training's predictions.
void TestTraining::studyToModel() {
    simulate::SimulationOptions simulation;
    simulation.folder = m_folder / "study";
    simulation.people = 10;
    simulation.genes = 1;
    simulation.trainingGenes = 80;
    DS_VERIFY(simulate::simulateStudy(simulation, {}));
    const StudyCheck check = openStudy(m_folder / "study/training.study.json");
    QVERIFY2(check.study != nullptr, check.problems.empty() ? "" : check.problems[0].message().c_str());

    TrainingOptions options = quick();
    options.epochs = 4;
    const auto summary = trainModel(*check.study, manifest(), "mine", m_folder / "model", options, {});
    DS_VERIFY(summary);
    QCOMPARE(summary->genes, int64_t{80});
    QCOMPARE(summary->train + summary->validation + summary->test, int64_t{80});

    const auto trained = readModelManifest(m_folder / "model");
    DS_VERIFY(trained);
    QCOMPARE(trained->name, std::string("mine"));
    QCOMPARE(trained->sha256, *sha256OfFile(m_folder / "model/weights.safetensors"));
    const auto predictor = openModel((m_folder / "model").string());
    DS_VERIFY(predictor);

    // R of the written model's scores with the targets, over test genes, is the test R of the training.
    const auto set = trainingSet(*check.study, trained->input, options.seed, {});
    DS_VERIFY(set);
    std::vector<double> scores, targets;
    double scoreMean = 0, targetMean = 0;
    for (size_t i = 0; i < set->genes.size(); ++i) {
        const auto gene = check.study->findGene(set->genes[i]);
        DS_VERIFY(gene);
        const auto window = check.study->window((*gene)->gene, trained->input);
        DS_VERIFY(window);
        const auto locus = (*predictor)->prepare(*window, trained->output, Method::Fast);
        DS_VERIFY(locus);
        const auto score = (*locus)->predict(std::vector<EditList>{{}}, {});
        DS_VERIFY(score);
        scoreMean += (*score)(0, 0) / 80;
        targetMean += set->data.targets[int64_t(i)] / 80;
        if (set->data.split[i] == 2) {
            scores.push_back((*score)(0, 0));
            targets.push_back(set->data.targets[int64_t(i)]);
        }
    }
    QVERIFY2(std::abs(scoreMean - targetMean) < 1.0, "scores are not in the unit of expression");
    double sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
    const auto n = double(scores.size());
    for (size_t i = 0; i < scores.size(); ++i) {
        sx += scores[i];
        sy += targets[i];
        sxx += scores[i] * scores[i];
        syy += targets[i] * targets[i];
        sxy += scores[i] * targets[i];
    }
    const double r = (n * sxy - sx * sy) / std::sqrt((n * sxx - sx * sx) * (n * syy - sy * sy));
    QVERIFY(summary->result.testR.has_value());
    QVERIFY2(std::abs(r - *summary->result.testR) < 1e-4,
             qPrintable(QString("%1 %2").arg(r).arg(*summary->result.testR)));

    std::ifstream stream(m_folder / "model/training.json");
    const auto json = nlohmann::json::parse(stream);
    QCOMPARE(json["test_r"].get<double>(), *summary->result.testR);
    QCOMPARE(json["epochs"].size(), summary->result.epochs.size());
}

void TestTraining::cancelLeavesNoModel() {
    const StudyCheck check = openStudy(m_folder / "study/training.study.json");
    QVERIFY(check.study != nullptr);
    std::stop_source stop;
    RunContext context;
    context.stop = stop.get_token();
    context.onProgress = [&](const Progress& progress) {
        if (progress.stage.starts_with("Epoch"))
            stop.request_stop();
    };
    const auto result = trainModel(*check.study, manifest(), "", m_folder / "none/model", quick(), context);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Cancelled);
    QVERIFY(fs::is_empty(m_folder / "none"));
}

QTEST_GUILESS_MAIN(TestTraining)
#include "tst_training.moc"
