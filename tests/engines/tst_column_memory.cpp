// SPDX-License-Identifier: GPL-3.0-or-later
// Columns that are remembered give the digits of those that are computed, whoever computed them first.
#include "base/parallel.h"
#include "engines/sequential/column_memory.h"
#include "engines/sequential/locus_network.h"
#include "model/model_folder.h"
#include "model/random_weights.h"

#include <fmt/format.h>

using namespace diploscope;
using namespace diploscope::test;
using nlohmann::json;

namespace {

constexpr int64_t Length = 900;

int64_t between(std::mt19937_64& random, int64_t least, int64_t most) {
    return least + static_cast<int64_t>(random() % static_cast<uint64_t>(most - least + 1));
}

json conv(std::mt19937_64& random, const std::string& name) {
    json layer{{"name", name}, {"out", between(random, 2, 7)}, {"width", between(random, 1, 9)}};
    switch (random() % 4) {
    case 0:
        layer["padding"] = "same";
        break;
    case 1:
        layer["padding"] = {between(random, 0, 6), between(random, 0, 6)};
        break;
    case 2:
        layer["stride"] = between(random, 1, 3);
        break;
    default:
        layer["dilation"] = between(random, 1, 3);
    }
    return {{"conv1d", layer}};
}

PackedNetwork randomNetwork(std::mt19937_64& random) {
    json layers{conv(random, "a"), random() % 2 == 0 ? "relu" : "gelu"};
    layers.push_back({{"maxpool", {{"size", between(random, 2, 7)}, {"stride", between(random, 1, 7)}}}});
    layers.push_back(conv(random, "b"));
    layers.push_back("relu");
    if (random() % 2 == 0)
        layers.push_back({{"maxpool", between(random, 2, 5)}});
    layers.push_back({{"flatten", "position"}});
    layers.push_back({{"linear", {{"name", "c"}, {"out", 5}}}});
    const NetworkSpec network = parseNetwork(layers, Length).value();
    return PackedNetwork::build(network, randomWeights(network, random())).value();
}

/// With some N.
std::string randomReference(std::mt19937_64& random) {
    std::string bases = randomBases(random, Length);
    for (int i = 0; i < 20; ++i)
        bases[random() % bases.size()] = 'N';
    return bases;
}

} // namespace

class TestColumnMemory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sameDigits_data() {
        QTest::addColumn<int>("seed");
        QTest::addColumn<qint64>("mostNumbers");
        for (int seed = 0; seed < 24; ++seed)
            QTest::addRow("%d", seed) << seed << qint64{seed % 3 == 0 ? 500 : ColumnMemory::MostNumbers};
    }
    void sameDigits() {
        QFETCH(int, seed);
        QFETCH(qint64, mostNumbers);
        std::mt19937_64 random(static_cast<uint64_t>(seed) + 1);
        const auto network = std::make_shared<const PackedNetwork>(randomNetwork(random));
        QVERIFY(ColumnMemory::suits(network->stack, network->head.hiddenSize()));
        LocusNetwork locus(network, randomReference(random));
        DS_VERIFY(locus.computeReference(1, {}));
        // Alleles that people share, near each other: few distinct stretches, and many distinct wholes.
        std::vector<std::pair<size_t, char>> alleles;
        for (size_t at = 0; at < size_t{Length}; at += 1 + random() % 17)
            alleles.emplace_back(at, "ACGT"[random() % 4]);
        ColumnMemory memory(network->stack, mostNumbers);
        double largest = 0;
        for (int batch = 0; batch < 6; ++batch) {
            std::vector<EditCluster> clusters;
            for (int person = 0; person < 7; ++person) {
                std::string input = locus.reference();
                const uint64_t rarity = 2 + random() % 5;
                for (const auto& [at, base] : alleles)
                    if (random() % rarity == 0)
                        input[at] = base;
                for (EditCluster& cluster : editClusters(network->stack, locus.reference(), input))
                    clusters.push_back(std::move(cluster));
            }
            if (clusters.empty())
                continue;
            const Eigen::MatrixXd computed = locus.contributions(clusters);
            const Eigen::MatrixXd remembered = locus.contributions(clusters, memory);
            QCOMPARE(remembered.cols(), computed.cols());
            for (Eigen::Index i = 0; i < computed.size(); ++i)
                QCOMPARE(remembered.data()[i], computed.data()[i]); // to the last bit
            largest = std::max(largest, computed.cwiseAbs().maxCoeff());
            QVERIFY(locus.contributions(clusters, memory) == computed); // and all from memory
        }
        QVERIFY(largest > 0);
    }

    void threadsShareIt() {
        std::mt19937_64 random(5);
        const auto network = std::make_shared<const PackedNetwork>(randomNetwork(random));
        LocusNetwork locus(network, randomReference(random));
        DS_VERIFY(locus.computeReference(1, {}));
        std::vector<std::vector<EditCluster>> batches(16);
        for (std::vector<EditCluster>& batch : batches)
            while (batch.size() < 8) {
                std::string input = locus.reference();
                for (size_t at = 0; at < input.size(); at += 13)
                    if (random() % 2 == 0)
                        input[at] = 'A';
                for (EditCluster& cluster : editClusters(network->stack, locus.reference(), input))
                    batch.push_back(std::move(cluster));
            }
        ColumnMemory memory(network->stack, 20'000);
        std::vector<Eigen::MatrixXd> remembered(batches.size());
        parallelFor(static_cast<int64_t>(batches.size()), 4, [&](int64_t i) {
            remembered[static_cast<size_t>(i)] = locus.contributions(batches[static_cast<size_t>(i)], memory);
        });
        for (size_t i = 0; i < batches.size(); ++i)
            QVERIFY(remembered[i] == locus.contributions(batches[i]));
    }

    /// A key is of a step, a place and the bases that it sees, and of no others.
    void keys() {
        std::mt19937_64 random(3);
        const json layers = json::parse(
            R"([{"conv1d":{"name":"a","out":2,"width":6,"padding":"same"}},"relu",{"maxpool":10},
                {"conv1d":{"name":"b","out":2,"width":3,"padding":"same"}},"relu","flatten",{"linear":{"name":"c","out":2}}])");
        const NetworkSpec network = parseNetwork(layers, Length).value();
        const PackedNetwork packed = PackedNetwork::build(network, randomWeights(network, 1)).value();
        const ColumnMemory memory(packed.stack);
        const std::string reference = randomReference(random);
        const auto keyWith = [&](int64_t at, size_t step, int64_t position) {
            std::string bases(1, reference[static_cast<size_t>(at)] == 'A' ? 'C' : 'A');
            ColumnMemory::Bases seen(memory, reference, {at, bases, {{at, at + 1}}});
            return seen.keyOf(step, position);
        };
        // Behind the second convolution position 40 sees pools 39 to 41: bases 388 to 422.
        const size_t step = packed.stack.ops.size() - 1;
        const Digest untouched = keyWith(387, step, 40);
        QVERIFY(keyWith(388, step, 40) != untouched);
        QVERIFY(keyWith(422, step, 40) != untouched);
        QVERIFY(keyWith(423, step, 40) == untouched);
        QVERIFY(keyWith(405, step, 41) != keyWith(405, step, 40));
        QVERIFY(keyWith(405, step + 1, 40) != keyWith(405, step, 40)); // what it adds to the dense layer
    }

    void whereItDoesNotPay() {
        const auto stackOf = [](const char* layers) {
            const NetworkSpec network = parseNetwork(json::parse(layers), Length).value();
            return PackedNetwork::build(network, randomWeights(network, 1)).value().stack;
        };
        QVERIFY(!ColumnMemory::suits(
            stackOf(
                R"([{"conv1d":{"name":"a","out":2,"width":6}},"relu",{"avgpool":10},"flatten",{"linear":{"name":"c","out":2}}])"),
            2));
        const SpatialStack two = stackOf(
            R"([{"conv1d":{"name":"a","out":2,"width":6}},"relu",{"maxpool":10},"flatten",{"linear":{"name":"c","out":2}}])");
        QVERIFY(ColumnMemory::suits(two, 2));
        QVERIFY(!ColumnMemory::suits(two, 100'000));
    }
};

QTEST_GUILESS_MAIN(TestColumnMemory)
#include "tst_column_memory.moc"
