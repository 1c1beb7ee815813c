// SPDX-License-Identifier: GPL-3.0-or-later
// What a graphics card computes against the processor in double, which stands against PyTorch elsewhere.
// Skips, loudly, where LibTorch finds no card.
#include "engines/enformer_case.h"
#include "engines/motif_data.h"
#include "engines/random_enformer.h"
#include "model/model_folder.h"

#include "engines/open_model.h"
#include "engines/torch/torch_backend.h"
#include "engines/transformer/position_features.h"
#include "model/model_kind.h"
#include "model/model_trust.h"
#include "model/predictor.h"

#include <fmt/format.h>

#include <cmath>
#include <thread>

using namespace diploscope;
using namespace diploscope::test;
using nlohmann::json;

namespace {

constexpr Device kCard{Device::Kind::Cuda, 0};
constexpr int64_t kLength = 61;

/// The window's own bases, every SNV of one base in seven, an insertion and a deletion.
std::vector<EditList> someEdits(const ReferenceWindow& window) {
    std::vector<EditList> all{{}};
    for (int64_t i = 0; i < window.length(); i += 7)
        all.push_back({{i, 1, window.bases()[static_cast<size_t>(i)] == 'A' ? "C" : "A"}});
    all.push_back({{window.length() / 2, 1, "ACCA"}});
    all.push_back({{window.length() / 3, 3, "A"}});
    return all;
}

/// All that sequential models know, wide enough that a card would take its tensor cores for it.
json everyLayer() {
    return json::parse(R"([
        {"conv1d": {"name": "0.conv", "out": 64, "width": 6, "padding": [2, 3]}},
        {"batchnorm": {"name": "norm", "eps": 1e-3}}, "gelu", {"maxpool": {"size": 4, "stride": 2}},
        {"conv1d": {"name": "conv2", "out": 64, "width": 3, "stride": 2, "dilation": 2, "padding": 1}}, "elu",
        {"avgpool": {"size": 3, "stride": 1}}, {"flatten": "position"}, {"append": [0.25, -1.5]},
        {"linear": {"name": "dense1", "out": 128}}, "tanh", {"linear": {"name": "dense2", "out": 3}}, "softplus"])");
}

Result<Eigen::MatrixXd> predictOn(Device device, const std::string& folder, Method method,
                                  Precision precision, const OutputChoice& output) {
    DS_ASSIGN(const auto model, openModel(folder, {{device}, precision, 2}));
    std::mt19937_64 random(11);
    const ReferenceWindow window = randomWindow(random, model->info().input);
    DS_ASSIGN(const auto locus, model->prepare(window, output, method));
    return locus->predict(someEdits(window), {});
}

/// Weights of a trunk that tells sequences apart: through many channels and stages random ones fade.
WeightSource strongTensors() {
    return [random = randomTensorsOf(5)](const TensorSpec& spec) -> Result<NamedTensor> {
        DS_ASSIGN(NamedTensor tensor, random(spec));
        if (spec.shape.size() > 1)
            for (double& value : tensor.values)
                value *= 2;
        return tensor;
    };
}

Result<Eigen::MatrixXd> enformerOn(const DeviceList& devices, const EnformerConfig& config,
                                   Precision precision, Method method, size_t batch = 1000) {
    DS_ASSIGN(const auto torch, torchBackend());
    DS_ASSIGN(const auto network,
              torch->createTransformer(config.network(), randomTensorsOf(5),
                                       positionFeatures(config.tokens(), config.positionFeatures()), devices,
                                       precision, 2));
    std::mt19937_64 random(12);
    const ReferenceWindow window = windowWithN(random, config.inputLength, false);
    const OutputChoice output = allOutputs(config);
    DS_ASSIGN(const auto locus, network->prepare(window, output, method));
    return predictInBatches(*locus, output, someEdits(window), batch);
}

} // namespace

class TestGraphicsCards : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        const auto torch = torchBackend();
        DS_VERIFY(torch);
        if ((*torch)->devices().size() < 2)
            QSKIP("LibTorch finds no graphics card here: nothing of them was tested.");
        qputenv("XDG_DATA_HOME", QByteArray::fromStdString(m_home.path().string()));
    }

    void facts() {
        const TorchBackend& torch = *torchBackend().value();
        const TorchFacts facts = torch.facts();
        QCOMPARE(facts.cards.front(), kCard);
        QVERIFY(!facts.cuda.empty());
        QVERIFY(!facts.cudnn.empty());
        QVERIFY(facts.strictSingle);
        DS_VERIFY(torch.checkDevice(kCard));
        const auto speed = torch.measureProducts(kCard);
        DS_VERIFY(speed);
        QVERIFY(*speed > 0);
        const auto missing = torch.checkDevice({Device::Kind::Cuda, 99});
        QVERIFY(!missing);
        QCOMPARE(missing.error().kind, ErrorKind::Unsupported);
        QVERIFY(missing.error().message().find("cuda:99") != std::string::npos);
    }

    void sequential_data() {
        QTest::addColumn<bool>("single");
        QTest::addColumn<double>("tolerance");
        QTest::newRow("double") << false << 1e-12;
        // TF32 keeps 10 bits of a factor: 5e-4.
        QTest::newRow("single") << true << 2e-6;
    }
    void sequential() {
        QFETCH(const bool, single);
        QFETCH(const double, tolerance);
        TemporaryFolder folder;
        writeModelWithWeights(folder.path(), sequentialModel(everyLayer(), kLength));
        const OutputChoice output{{0}, {0, 1, 2}, Aggregate::Sum};
        const auto want = predictOn({}, folder.path().string(), Method::Plain, Precision::Double, output);
        DS_VERIFY(want);
        const auto got = predictOn(kCard, folder.path().string(), Method::Plain,
                                   single ? Precision::Single : Precision::Double, output);
        DS_VERIFY(got);
        QVERIFY2(largestDifference(*got, *want) <= tolerance,
                 fmt::format("{}", largestDifference(*got, *want)).c_str());
    }

    void script() {
        TemporaryFolder folder;
        writeModel(folder.path(), {{"schema", 1},
                                   {"name", "script"},
                                   {"kind", "torchscript"},
                                   {"weights", "m.pt"},
                                   {"input", {{"length", kLength}, {"tss_index", 30}}},
                                   {"output", {{"bin_count", 6}, {"track_count", 3}}}});
        std::filesystem::copy_file(fixture("engines/fixtures/ncl_ntk.pt"), folder / "m.pt");
        DS_VERIFY(trustModel(folder.path().string()));
        const OutputChoice output{{0, 1, 2, 3, 4, 5}, {0, 1, 2}, Aggregate::Sum};
        const auto want = predictOn({}, folder.path().string(), Method::Plain, Precision::Single, output);
        DS_VERIFY(want);
        const auto got = predictOn(kCard, folder.path().string(), Method::Plain, Precision::Single, output);
        DS_VERIFY(got);
        QVERIFY2(largestDifference(*got, *want) <= 2e-6,
                 fmt::format("{}", largestDifference(*got, *want)).c_str());
    }

    void gradient_data() {
        QTest::addColumn<bool>("enformer");
        QTest::newRow("sequential") << false;
        QTest::newRow("Enformer") << true;
    }
    void gradient() {
        QFETCH(const bool, enformer);
        TemporaryFolder folder;
        const EnformerConfig config = smallEnformer(3, 32, 2, 2);
        const auto gradientOn = [&](Device device) -> Result<Eigen::MatrixXd> {
            std::mt19937_64 random(11);
            if (enformer) {
                DS_ASSIGN(const auto network,
                          torchBackend().value()->createTransformer(
                              config.network(), randomTensorsOf(5),
                              positionFeatures(config.tokens(), config.positionFeatures()), {device},
                              Precision::Double, 2));
                DS_ASSIGN(const auto locus, network->prepare(windowWithN(random, config.inputLength, false),
                                                             allOutputs(config), Method::Plain));
                return locus->gradient({});
            }
            DS_ASSIGN(const auto model, openModel(folder.path().string(), {{device}, Precision::Double, 2}));
            DS_ASSIGN(const auto locus, model->prepare(randomWindow(random, model->info().input),
                                                       {{0}, {2, 0}, Aggregate::Log2OfSum}, Method::Plain));
            return locus->gradient({});
        };
        writeModelWithWeights(folder.path(), sequentialModel(everyLayer(), kLength));
        const auto want = gradientOn({});
        DS_VERIFY(want);
        const auto got = gradientOn(kCard);
        DS_VERIFY(got);
        QVERIFY2(largestDifference(*got, *want) <= 1e-10,
                 fmt::format("{}", largestDifference(*got, *want)).c_str());
    }

    void enformer_data() {
        QTest::addColumn<bool>("withProcessor");
        QTest::addColumn<bool>("single");
        QTest::addColumn<bool>("fast");
        for (const bool withProcessor : {false, true})
            for (const bool single : {false, true})
                for (const bool fast : {false, true})
                    QTest::addRow("%s, %s, %s", withProcessor ? "shared with the processor" : "card",
                                  single ? "single" : "double", fast ? "fast" : "plain")
                        << withProcessor << single << fast;
    }
    void enformer() {
        QFETCH(const bool, withProcessor);
        QFETCH(const bool, single);
        QFETCH(const bool, fast);
        const EnformerConfig config = smallEnformer(5, 141, 2, 3);
        const auto want = enformerOn({Device{}}, config, Precision::Double, Method::Plain);
        DS_VERIFY(want);
        const DeviceList devices = withProcessor ? DeviceList{kCard, Device{}} : DeviceList{kCard};
        const auto got = enformerOn(devices, config, single ? Precision::Single : Precision::Double,
                                    fast ? Method::Fast : Method::Plain);
        DS_VERIFY(got);
        QVERIFY2(largestDifference(*got, *want) < (single ? 1e-4 : 1e-10),
                 fmt::format("{}", largestDifference(*got, *want)).c_str());
        if (withProcessor)
            return; // of some sequences and their reference, each on another device
        const Eigen::MatrixXd effects = got->rowwise() - got->row(0);
        const Eigen::MatrixXd wantEffects = want->rowwise() - want->row(0);
        QVERIFY((effects - wantEffects).cwiseAbs().maxCoeff() < 2e-5 * want->cwiseAbs().maxCoeff());
    }

    void publicPort_data() {
        QTest::addColumn<bool>("full");
        QTest::addColumn<bool>("single");
        QTest::addColumn<bool>("fast");
        for (const bool full : {false, true})
            for (const bool single : {false, true})
                for (const bool fast : {false, true})
                    QTest::addRow("%s, %s, %s", full ? "full length" : "small", single ? "single" : "double",
                                  fast ? "fast" : "plain")
                        << full << single << fast;
    }
    void publicPort() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        QFETCH(const bool, full);
        QFETCH(const bool, single);
        QFETCH(const bool, fast);
        const EnformerCase c = readEnformerCase(full ? "full_length" : "small");
        const auto worst = c.worstDifference({kCard}, single ? Precision::Single : Precision::Double,
                                             fast ? Method::Fast : Method::Plain);
        DS_VERIFY(worst);
        QVERIFY2(*worst < (single ? 1e-4 : 1e-8), fmt::format("{}", *worst).c_str());
    }

    /// Full width, many distinct stretches at once, as in a real gene, for which cuDNN was wrong in fp32.
    void manyHaplotypes() {
        EnformerConfig config;
        config.inputLength = int64_t{256} << config.numDownsamples;
        config.targetLength = 254;
        config.depth = 1;
        config.outputHeads = {{"human", 4}};
        std::mt19937_64 random(21);
        const ReferenceWindow window = windowWithN(random, config.inputLength, false);
        std::vector<EditList> haplotypes(120);
        for (EditList& edits : haplotypes)
            for (int64_t offset = 200; offset < config.inputLength; offset += 700)
                if (random() % 3 != 0)
                    edits.push_back({offset, 1, std::string(1, "ACGT"[random() % 4])});
        const auto predictAll = [&](Precision precision, Method method) -> Result<Eigen::MatrixXd> {
            DS_ASSIGN(const auto network, torchBackend().value()->createTransformer(
                                              config.network(), strongTensors(),
                                              positionFeatures(config.tokens(), config.positionFeatures()),
                                              {kCard}, precision, 0));
            DS_ASSIGN(const auto locus, network->prepare(window, allOutputs(config), method));
            return locus->predict(haplotypes, {});
        };
        const auto want = predictAll(Precision::Double, Method::Plain);
        DS_VERIFY(want);
        const Eigen::RowVectorXd mean = want->colwise().mean();
        const double spread = (want->rowwise() - mean).cwiseAbs().maxCoeff();
        QVERIFY(spread > 1e-3 * want->cwiseAbs().maxCoeff());
        for (const Method method : {Method::Fast, Method::Plain}) {
            const auto got = predictAll(Precision::Single, method);
            DS_VERIFY(got);
            const double worst = (*got - *want).cwiseAbs().maxCoeff();
            QVERIFY2(worst < 1e-3 * spread, fmt::format("{} of {}", worst, spread).c_str());
        }
    }

    /// A card's products choose their way by size, so batches may change last digits; the same work may not.
    void repeatable() {
        const EnformerConfig config = smallEnformer(5, 141, 2, 3);
        for (const Method method : {Method::Fast, Method::Plain}) {
            const auto first = enformerOn({kCard}, config, Precision::Single, method);
            DS_VERIFY(first);
            const auto again = enformerOn({kCard}, config, Precision::Single, method);
            DS_VERIFY(again);
            QVERIFY(*again == *first);
            for (const size_t batch : {size_t{1}, size_t{3}}) {
                const auto batched = enformerOn({kCard}, config, Precision::Single, method, batch);
                DS_VERIFY(batched);
                QVERIFY2(largestDifference(*batched, *first) < 2e-6,
                         fmt::format("{}", largestDifference(*batched, *first)).c_str());
            }
        }
    }

    void severalThreadsAtOnce() {
        TemporaryFolder folder;
        writeModelWithWeights(folder.path(), sequentialModel(everyLayer(), kLength));
        const OutputChoice output{{0}, {0, 1, 2}, Aggregate::Sum};
        const auto want = predictOn(kCard, folder.path().string(), Method::Plain, Precision::Single, output);
        DS_VERIFY(want);
        std::vector<double> differences(4, 1);
        {
            std::vector<std::jthread> threads;
            for (double& difference : differences)
                threads.emplace_back([&] {
                    const auto got =
                        predictOn(kCard, folder.path().string(), Method::Plain, Precision::Single, output);
                    if (got)
                        difference = largestDifference(*got, *want);
                });
        }
        for (const double difference : differences)
            QCOMPARE(difference, 0.0);
    }

    void trains() {
        TemporaryFolder folder;
        writeModel(folder.path(),
                   sequentialModel(json::parse(R"([{"conv1d": {"name": "conv", "out": 8, "width": 6}}, "relu",
                                                   {"maxpool": 59}, "flatten",
                                                   {"linear": {"name": "output", "out": 1}}])"),
                                   kMotifLength));
        TrainingOptions options;
        options.epochs = 60;
        options.learningRate = 0.01;
        options.device = kCard;
        const ModelManifest trainee = readModelManifest(folder.path()).value();
        const auto result = trainee.kind->train(trainee, motifData(600), options, {});
        DS_VERIFY(result);
        QVERIFY2(result->testR && *result->testR > 0.9,
                 fmt::format("{}", result->testR.value_or(-2)).c_str());
    }

private:
    TemporaryFolder m_home;
};

QTEST_GUILESS_MAIN(TestGraphicsCards)
#include "tst_graphics_cards.moc"
