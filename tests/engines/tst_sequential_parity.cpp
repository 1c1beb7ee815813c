// SPDX-License-Identifier: GPL-3.0-or-later
// The fast way against LibTorch's whole forward pass in double, on random networks and random edits.
#include "model/model_folder.h"

#include "engines/open_model.h"
#include "engines/sequential/fast_locus.h"
#include "model/predictor.h"
#include "model/random_weights.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

using namespace diploscope;
using namespace diploscope::test;
using nlohmann::json;

namespace {

int64_t between(std::mt19937_64& random, int64_t least, int64_t most) {
    return least + static_cast<int64_t>(random() % static_cast<uint64_t>(most - least + 1));
}

json randomConv(std::mt19937_64& random, int index) {
    json conv{{"name", fmt::format("conv{}", index)},
              {"out", between(random, 1, 9)},
              {"width", between(random, 1, 11)}};
    switch (random() % 4) {
    case 0:
        conv["padding"] = "same";
        break;
    case 1:
        conv["padding"] = {between(random, 0, 6), between(random, 0, 6)};
        break;
    case 2:
        conv["padding"] = between(random, 0, 3);
        conv["stride"] = between(random, 1, 4);
        break;
    default:
        conv["dilation"] = between(random, 1, 4);
        conv["bias"] = false;
    }
    return {{"conv1d", conv}};
}

json randomPool(std::mt19937_64& random) {
    const char* kind = random() % 2 == 0 ? "maxpool" : "avgpool";
    if (random() % 2 == 0)
        return {{kind, between(random, 1, 9)}};
    return {{kind, {{"size", between(random, 1, 9)}, {"stride", between(random, 1, 9)}}}};
}

/// A random stack that is valid, by trial.
json randomLayers(std::mt19937_64& random, int64_t length) {
    const std::vector<std::string> activations{"relu",     "gelu",    "gelu_sigmoid", "elu",
                                               "softplus", "sigmoid", "tanh",         "exp"};
    for (;;) {
        json layers = json::array();
        const int64_t spatial = between(random, 0, 7);
        for (int i = 0; i < spatial; ++i)
            switch (random() % 5) {
            case 0:
            case 1:
                layers.push_back(randomConv(random, i));
                break;
            case 2:
                layers.push_back(randomPool(random));
                break;
            case 3:
                layers.push_back(activations[random() % 7]);
                break;
            default:
                layers.push_back({{"batchnorm", {{"name", fmt::format("norm{}", i)}, {"eps", 1e-3}}}});
            }
        switch (random() % 4) {
        case 0:
            layers.push_back({{"globalpool", random() % 2 == 0 ? "max" : "average"}});
            break;
        case 1:
            layers.push_back({{"flatten", "position"}});
            break;
        default:
            layers.push_back("flatten");
        }
        if (random() % 3 == 0)
            layers.push_back({{"append", {0.5, -1.25}}});
        if (random() % 4 == 0)
            layers.push_back(activations[random() % 7]);
        if (random() % 3 == 0)
            layers.push_back({{"dropout", 0.3}});
        const int64_t dense = between(random, 0, 3);
        for (int i = 0; i < dense; ++i) {
            layers.push_back(
                {{"linear", {{"name", fmt::format("dense{}", i)}, {"out", between(random, 1, 7)}}}});
            if (random() % 4 == 0)
                layers.push_back({{"batchnorm", {{"name", fmt::format("densenorm{}", i)}}}});
            if (random() % 4 == 0)
                layers.push_back({{"append", 3}});
            if (random() % 2 == 0)
                layers.push_back(activations[random() % 7]);
        }
        const Result<NetworkSpec> network = parseNetwork(layers, length);
        if (network && network->largestActivation() < 20'000 && network->outputs() < 3'000)
            return layers;
    }
}

Edit snv(const ReferenceWindow& window, std::mt19937_64& random, int64_t offset) {
    const char now = window.context[static_cast<size_t>(window.flank + offset)];
    char other = now;
    while (other == now)
        other = "ACGTN"[random() % 5];
    return {offset, 1, std::string(1, other)};
}

EditList randomEdits(const ReferenceWindow& window, std::mt19937_64& random, int style) {
    const int64_t length = window.length();
    EditList edits;
    switch (style) {
    case 0: // nothing
        break;
    case 1: // both ends
        edits = {snv(window, random, 0), snv(window, random, length - 1)};
        break;
    case 2: { // a run of neighbours
        const int64_t start = between(random, 0, length - 6);
        for (int64_t i = 0; i < 5; ++i)
            edits.push_back(snv(window, random, start + i));
        break;
    }
    case 3: { // many, anywhere
        for (int64_t offset = between(random, 0, 6); offset < length; offset += between(random, 1, 25))
            edits.push_back(snv(window, random, offset));
        break;
    }
    case 4: { // an insertion
        const int64_t offset = between(random, 1, length - 2);
        edits = {{offset, 1, randomBases(random, between(random, 2, 9))}};
        break;
    }
    case 5: { // a deletion, a SNV behind it
        const int64_t offset = between(random, 0, length / 2);
        edits = {{offset, static_cast<int32_t>(between(random, 2, 9)), randomBases(random, 1)},
                 snv(window, random, offset + 12)};
        break;
    }
    default:
        edits = {snv(window, random, between(random, 0, length - 1))};
    }
    return edits;
}

double largestDifference(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) {
    return ((a - b).array().abs() / b.array().abs().max(1.0)).maxCoeff();
}

} // namespace

class TestSequentialParity : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void randomNetworks_data();
    void randomNetworks();
    void editsOnPoolBorders();
    void haplotypesShareClusters();
    void resultsDoNotDependOnThreads();
    void stopsOnRequest();
};

void TestSequentialParity::randomNetworks_data() {
    QTest::addColumn<int>("seed");
    for (int seed = 0; seed < 150; ++seed)
        QTest::addRow("seed %d", seed) << seed;
}

void TestSequentialParity::randomNetworks() {
    QFETCH(int, seed);
    std::mt19937_64 random(static_cast<uint64_t>(seed));
    const int64_t length = between(random, 40, 400);
    const bool reversed = seed % 3 == 0;
    const json layers = randomLayers(random, length);
    TemporaryFolder folder;
    writeModelWithWeights(folder.path(), sequentialModel(layers, length, reversed ? "gene" : "forward"),
                          static_cast<uint64_t>(seed));
    auto model = openModel(folder.path().string(), {{Device{}}, Precision::Double, 2});
    DS_VERIFY(model);
    OutputChoice all;
    all.tracks.clear();
    for (int k = (*model)->info().trackCount - 1; k >= 0; --k)
        all.tracks.push_back(k);
    const ReferenceWindow window = randomWindow(random, (*model)->info().input, reversed);
    std::vector<EditList> sequences;
    for (int i = 0; i < 24; ++i)
        sequences.push_back(randomEdits(window, random, i % 8));

    auto plain = (*model)->prepare(window, all, Method::Plain);
    DS_VERIFY(plain);
    auto expected = (*plain)->predict(sequences, {});
    DS_VERIFY(expected);
    QVERIFY(expected->allFinite());
    auto fast = (*model)->prepare(window, all, Method::Fast);
    DS_VERIFY(fast);
    auto got = (*fast)->predict(sequences, {});
    DS_VERIFY(got);
    const double difference = largestDifference(*got, *expected);
    QVERIFY2(difference <= 1e-9, fmt::format("difference {} with {}", difference, layers.dump()).c_str());

    // The first activation not kept, as in large models.
    const NetworkSpec network = parseNetwork(layers, length).value();
    auto packed = PackedNetwork::build(network, randomWeights(network, static_cast<uint64_t>(seed)));
    DS_VERIFY(packed);
    FastLocus lean(std::make_shared<const PackedNetwork>(std::move(*packed)), window, all.tracks, 2, {}, 0);
    auto leanly = lean.predict(sequences, {});
    DS_VERIFY(leanly);
    QVERIFY2(largestDifference(*leanly, *expected) <= 1e-9, layers.dump().c_str());
}

void TestSequentialParity::editsOnPoolBorders() {
    // Every single position of the paper's kind of network: windows of 10 end at 10, 20, ..., and 7 positions
    // are in none.
    const json layers =
        json::parse(R"([{"conv1d":{"name":"c","out":5,"width":4}},"relu",{"avgpool":10},"flatten",
        {"linear":{"name":"a","out":6}},"relu",{"linear":{"name":"b","out":1}}])");
    TemporaryFolder folder;
    writeModelWithWeights(folder.path(), sequentialModel(layers, 70));
    auto model = openModel(folder.path().string(), {{Device{}}, Precision::Double, 1});
    DS_VERIFY(model);
    std::mt19937_64 random(5);
    const ReferenceWindow window = randomWindow(random, (*model)->info().input);
    std::vector<EditList> sequences;
    for (int64_t offset = 0; offset < 70; ++offset) {
        sequences.push_back({snv(window, random, offset)});
        if (offset + 1 < 70)
            sequences.push_back({snv(window, random, offset), snv(window, random, offset + 1)});
        if (offset + 10 < 70)
            sequences.push_back({snv(window, random, offset), snv(window, random, offset + 10)});
    }
    auto plain = (*model)->prepare(window, {}, Method::Plain);
    DS_VERIFY(plain);
    auto fast = (*model)->prepare(window, {}, Method::Fast);
    DS_VERIFY(fast);
    const auto expected = (*plain)->predict(sequences, {});
    const auto got = (*fast)->predict(sequences, {});
    DS_VERIFY(expected);
    DS_VERIFY(got);
    QVERIFY(largestDifference(*got, *expected) <= 1e-12);
    // The edits do something: a fast path that returned the reference would otherwise pass for insensitive
    // networks.
    QVERIFY((expected->array() - (*expected)(0, 0)).abs().maxCoeff() > 1e-3);
}

void TestSequentialParity::haplotypesShareClusters() {
    // 60 haplotypes out of 25 variants, more than once: kept clusters must give what fresh ones give.
    const json layers =
        json::parse(R"([{"conv1d":{"name":"c","out":8,"width":6,"padding":"same"}},"relu",{"maxpool":5},
        {"conv1d":{"name":"d","out":4,"width":3}},"relu",{"flatten":"position"},{"linear":{"name":"a","out":2}}])");
    TemporaryFolder folder;
    writeModelWithWeights(folder.path(), sequentialModel(layers, 600));
    auto model = openModel(folder.path().string(), {{Device{}}, Precision::Double, 2});
    DS_VERIFY(model);
    std::mt19937_64 random(9);
    const ReferenceWindow window = randomWindow(random, (*model)->info().input);
    EditList variants;
    for (int64_t offset = 3; variants.size() < 25; offset += between(random, 1, 45))
        variants.push_back(snv(window, random, offset));
    std::vector<EditList> sequences(60);
    for (EditList& sequence : sequences)
        for (const Edit& variant : variants)
            if (random() % 3 == 0)
                sequence.push_back(variant);
    const OutputChoice both{{0}, {0, 1}, Aggregate::Sum};
    auto plain = (*model)->prepare(window, both, Method::Plain);
    DS_VERIFY(plain);
    auto fast = (*model)->prepare(window, both, Method::Fast);
    DS_VERIFY(fast);
    const auto expected = (*plain)->predict(sequences, {});
    DS_VERIFY(expected);
    const auto once = (*fast)->predict(sequences, {});
    DS_VERIFY(once);
    const auto again = (*fast)->predict(sequences, {});
    DS_VERIFY(again);
    QVERIFY(largestDifference(*once, *expected) <= 1e-11);
    QVERIFY(*once == *again);
}

void TestSequentialParity::resultsDoNotDependOnThreads() {
    const json layers =
        json::parse(R"([{"conv1d":{"name":"c","out":8,"width":6}},"relu",{"maxpool":5},"flatten",
        {"linear":{"name":"a","out":3}},"relu",{"linear":{"name":"b","out":1}}])");
    TemporaryFolder folder;
    writeModelWithWeights(folder.path(), sequentialModel(layers, 500));
    std::vector<Eigen::MatrixXd> results;
    for (const int threads : {1, 2, 5}) {
        std::mt19937_64 random(4);
        auto model = openModel(folder.path().string(), {{Device{}}, Precision::Double, threads});
        DS_VERIFY(model);
        const ReferenceWindow window = randomWindow(random, (*model)->info().input);
        std::vector<EditList> sequences;
        for (int i = 0; i < 200; ++i)
            sequences.push_back(randomEdits(window, random, i % 8));
        auto fast = (*model)->prepare(window, {}, Method::Fast);
        DS_VERIFY(fast);
        auto values = (*fast)->predict(sequences, {});
        DS_VERIFY(values);
        results.push_back(*values);
    }
    QVERIFY(results[0] == results[1]);
    QVERIFY(results[0] == results[2]);
}

void TestSequentialParity::stopsOnRequest() {
    const json layers = json::parse(
        R"([{"conv1d":{"name":"c","out":2,"width":3}},"flatten",{"linear":{"name":"a","out":1}}])");
    TemporaryFolder folder;
    writeModelWithWeights(folder.path(), sequentialModel(layers, 50));
    auto model = openModel(folder.path().string());
    DS_VERIFY(model);
    std::mt19937_64 random(1);
    const ReferenceWindow window = randomWindow(random, (*model)->info().input);
    std::stop_source stop;
    stop.request_stop();
    RunContext context;
    context.stop = stop.get_token();
    for (const Method method : {Method::Fast, Method::Plain}) {
        auto locus = (*model)->prepare(window, {}, method);
        DS_VERIFY(locus);
        const std::vector<EditList> sequences{{}, {snv(window, random, 7)}};
        const auto values = (*locus)->predict(sequences, context);
        QVERIFY(!values);
        QCOMPARE(values.error().kind, ErrorKind::Cancelled);
        // A stop leaves the locus usable.
        QVERIFY((*locus)->predict(sequences, {}).has_value());
    }
}

QTEST_GUILESS_MAIN(TestSequentialParity)
#include "tst_sequential_parity.moc"
