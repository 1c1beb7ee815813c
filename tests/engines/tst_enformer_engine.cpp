// SPDX-License-Identifier: GPL-3.0-or-later
// The incremental engine against whole forward passes on random networks and random edits. In fp64 the whole
// passes are the differentiable module's, which shares no arithmetic with the engine.
#include "engines/enformer_case.h"
#include "engines/random_enformer.h"

#include "engines/transformer/halving.h"
#include "engines/transformer/lru_cache.h"
#include "engines/transformer/position_features.h"
#include "engines/transformer/trunk_work.h"

#include <new>
#include <stdexcept>

using namespace diploscope;
using namespace diploscope::test;

namespace {

int64_t below(std::mt19937_64& random, int64_t count) {
    return static_cast<int64_t>(random() % static_cast<uint64_t>(count));
}

Edit snvAt(const ReferenceWindow& window, int64_t offset, std::mt19937_64& random) {
    char alt = window.bases()[static_cast<size_t>(offset)];
    while (alt == window.bases()[static_cast<size_t>(offset)])
        alt = "ACGT"[random() % 4];
    return {offset, 1, std::string(1, alt)};
}

/// What an incremental engine may get wrong: the ends, the borders of tokens and chunks, N, several edits in
/// one token, many far apart, shifted bases.
std::vector<EditList> telltaleSequences(const TransformerSpec& network, const ReferenceWindow& window,
                                        std::mt19937_64& random) {
    const int64_t length = network.inputLength;
    const int64_t token = network.basesPerToken();
    std::vector<EditList> all{{}};
    for (const int64_t offset :
         {int64_t{0}, int64_t{1}, length - 1, length - 2, length / 3 - 1, length / 3 + 4, 4 * token,
          4 * token - 1, length / 2, length / 2 + token - 1})
        all.push_back({snvAt(window, offset, random)});
    all.push_back({snvAt(window, 2 * token, random), snvAt(window, 2 * token + 1, random)});
    all.push_back({snvAt(window, 0, random), snvAt(window, length - 1, random)});
    for (int i = 0; i < 8; ++i) { // haplotypes that share edits
        EditList edits;
        std::mt19937_64 places(17);
        for (int64_t offset = below(places, token); offset < length; offset += 1 + below(places, 3 * token))
            if (random() % 2 == 0)
                edits.push_back(snvAt(window, offset, places));
            else
                (void)snvAt(window, offset, places);
        all.push_back(edits);
    }
    all.push_back({{length / 4, 3, "A"}});
    all.push_back({{length / 4, 1, "ACCA"}, {3 * length / 4, 1, "GT"}});
    all.push_back({{length / 2 + 3, 1, "TTTTTTT"}});
    all.push_back({{1, 9, "C"}, {length - 12, 5, "C"}});
    all.push_back(all[3]); // met before
    return all;
}

/// Stages as no Enformer has them: several wide convolutions in one, a wide residual one, one that only
/// pools, one that only convolves; convolutions without a norm; blocks of different sizes.
TransformerSpec unlikeEnformer(int64_t tokens) {
    TransformerSpec network;
    network.inputLength = 8 * tokens;
    network.trunk = {{{ConvStep{"first", "", 4, 12, 7, false}, ConvStep{"second", "norm2", 12, 12, 3, false},
                       PairPoolStep{"pool0", 12}}},
                     {{ConvStep{"third", "norm3", 12, 12, 5, true},
                       ConvStep{"fourth", "norm4", 12, 18, 1, false}, PairPoolStep{"pool1", 18}}},
                     {{PairPoolStep{"pool2", 18}}},
                     {{ConvStep{"fifth", "", 18, 24, 3, false}}}};
    network.blocks = {{"an0", "attention0", "mn0", "hidden0", "out0", 24, 2, 5, 7, 24, 30},
                      {"an1", "attention1", "mn1", "hidden1", "out1", 24, 3, 4, 9, 24, 50}};
    network.bins = tokens - 2;
    network.pointwise = {"point", "point_norm", 24, 40, 1, false};
    network.heads = {{"mouse", "head0", 40, 3}, {"human", "head1", 40, 6}};
    network.asked = 1;
    return network;
}

struct Engine {
    std::shared_ptr<const TransformerNetwork> network;

    Engine(const TransformerSpec& spec, Precision precision, const DeviceList& devices = {Device{}}) {
        const auto made = torchBackend().value()->createTransformer(
            spec, randomTensorsOf(5), positionFeatures(spec.tokens(), spec.blocks.front().positionFeatures),
            devices, precision, 2);
        if (made)
            network = *made;
        else
            qWarning("%s", made.error().message().c_str());
    }

    [[nodiscard]] Result<Eigen::MatrixXd> predict(const ReferenceWindow& window, const OutputChoice& output,
                                                  Method method, const std::vector<EditList>& sequences,
                                                  size_t batch = 1000) const {
        DS_ASSIGN(const auto locus, network->prepare(window, output, method));
        return predictInBatches(*locus, output, sequences, batch);
    }
};

} // namespace

class TestEnformerEngine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fastIsPlain_data() {
        QTest::addColumn<TransformerSpec>("network");
        QTest::addColumn<bool>("reversed");
        const auto row = [](const char* name, const TransformerSpec& network, bool reversed) {
            QTest::newRow(name) << network << reversed;
        };
        row("three halvings, odd tokens", smallEnformer(3, 51, 1, 2).network(), false);
        row("six, one block", smallEnformer(6, 32, 2, 1).network(), false);
        row("four, three blocks, reversed", smallEnformer(4, 21, 3, 3).network(), true);
        row("five, more tokens than a tile", smallEnformer(5, 141, 2, 2).network(), false);
        row("three, so many tokens that an edit changes few", smallEnformer(3, 421, 2, 3).network(), false);
        row("seven, fewer tokens than an edit reaches", smallEnformer(7, 5, 1, 2).network(), true);
        row("unlike an Enformer", unlikeEnformer(51), false);
        row("unlike an Enformer, few tokens, reversed", unlikeEnformer(9), true);
    }
    void fastIsPlain() {
        QFETCH(const TransformerSpec, network);
        QFETCH(const bool, reversed);
        std::mt19937_64 random(static_cast<uint64_t>(network.tokens()));
        const ReferenceWindow window = windowWithN(random, network.inputLength, reversed);
        const std::vector<EditList> sequences = telltaleSequences(network, window, random);
        OutputChoice some;
        some.bins = {0, static_cast<int>(network.bins / 2), static_cast<int>(network.bins - 1)};
        some.tracks = {4, 1};
        const Engine exact(network, Precision::Double);
        const Engine single(network, Precision::Single);
        for (const OutputChoice& output : {some, allOutputs(network)}) {
            const auto want = exact.predict(window, output, Method::Plain, sequences);
            DS_VERIFY(want);
            const auto fast = exact.predict(window, output, Method::Fast, sequences);
            DS_VERIFY(fast);
            QVERIFY2(largestDifference(*fast, *want) < 1e-10,
                     qPrintable(QString::number(largestDifference(*fast, *want))));
            // An edit that changed nothing would agree with anything.
            for (int64_t i = 1; i < 11; ++i)
                QVERIFY2((want->row(i) - want->row(0)).cwiseAbs().maxCoeff() > 1e-7,
                         qPrintable(QString::number(i)));
            for (const Method method : {Method::Fast, Method::Plain}) {
                const auto values = single.predict(window, output, method, sequences);
                DS_VERIFY(values);
                QVERIFY2(largestDifference(*values, *want) < 1e-4,
                         qPrintable(QString::number(largestDifference(*values, *want))));
                // Effects are differences of near-equal numbers.
                const Eigen::MatrixXd effects = values->rowwise() - values->row(0);
                const Eigen::MatrixXd wantEffects = want->rowwise() - want->row(0);
                QVERIFY2((effects - wantEffects).cwiseAbs().maxCoeff() < 2e-5 * want->cwiseAbs().maxCoeff(),
                         qPrintable(QString::number((effects - wantEffects).cwiseAbs().maxCoeff())));
            }
        }
    }

    void publicPort_data() {
        QTest::addColumn<bool>("full");
        QTest::addColumn<bool>("single");
        QTest::addColumn<bool>("fast");
        for (const bool full : {false, true})
            for (const bool single : {false, true})
                for (const bool fast : {false, true})
                    if (fast || single || !full) // the module's own test has the rest
                        QTest::addRow("%s, %s, %s", full ? "full length" : "small",
                                      single ? "single" : "double", fast ? "fast" : "plain")
                            << full << single << fast;
    }
    void publicPort() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        QFETCH(const bool, full);
        QFETCH(const bool, single);
        QFETCH(const bool, fast);
        const EnformerCase c = readEnformerCase(full ? "full_length" : "small");
        const auto worst = c.worstDifference({Device{}}, single ? Precision::Single : Precision::Double,
                                             fast ? Method::Fast : Method::Plain);
        DS_VERIFY(worst);
        QVERIFY2(*worst < (single ? 1e-4 : 1e-8), qPrintable(QString::number(*worst)));
    }

    void batchesAndDevicesDoNotMatter() {
        const EnformerConfig config = smallEnformer(3, 48, 2, 2);
        std::mt19937_64 random(8);
        const ReferenceWindow window = windowWithN(random, config.inputLength, false);
        const std::vector<EditList> sequences = telltaleSequences(config.network(), window, random);
        const OutputChoice output = allOutputs(config);
        const Engine one(config.network(), Precision::Single);
        const Engine two(config.network(), Precision::Single, {Device{}, Device{}});
        for (const Method method : {Method::Fast, Method::Plain}) {
            const auto want = one.predict(window, output, method, sequences);
            DS_VERIFY(want);
            for (const size_t batch : {size_t{1}, size_t{3}, size_t{1000}}) {
                const auto alone = one.predict(window, output, method, sequences, batch);
                const auto shared = two.predict(window, output, method, sequences, batch);
                DS_VERIFY(alone);
                DS_VERIFY(shared);
                QCOMPARE(largestDifference(*alone, *want), 0.0);
                QCOMPARE(largestDifference(*shared, *want), 0.0);
            }
        }
    }

    void sharedChunksAreComputedOnce() {
        const EnformerConfig config = smallEnformer(3, 200, 1, 1);
        std::mt19937_64 random(9);
        const ReferenceWindow window = windowWithN(random, config.inputLength, false);
        const EditList edits{snvAt(window, 400, random), snvAt(window, 412, random),
                             snvAt(window, 1200, random)};
        const Engine engine(config.network(), Precision::Single);
        const auto locus = engine.network->prepare(window, OutputChoice{}, Method::Fast).value();
        const auto* work = dynamic_cast<const TrunkWork*>(locus.get());
        QVERIFY(work != nullptr);
        DS_VERIFY(locus->predict(std::vector<EditList>{{}}, {}));
        const double reference = work->trunkPasses();
        QVERIFY(reference >= 1 && reference < 2.5);
        DS_VERIFY(locus->predict(std::vector<EditList>{edits}, {}));
        const double first = work->trunkPasses();
        QVERIFY(first > reference && first < reference + 0.25);
        QCOMPARE(first - reference, work->trunkPassesFor(std::vector<EditList>{edits, {}, edits}));
        // Another sequence of pieces that are known.
        DS_VERIFY(locus->predict(std::vector<EditList>{{edits[0], edits[1]}, {edits[2]}, edits}, {}));
        QCOMPARE(work->trunkPasses(), first);
        // The same bases elsewhere are no known piece.
        DS_VERIFY(locus->predict(std::vector<EditList>{{snvAt(window, 800, random)}}, {}));
        QVERIFY(work->trunkPasses() > first);
    }

    void stopsWithinABatch() {
        const EnformerConfig config = smallEnformer(3, 48, 1, 2);
        std::mt19937_64 random(8);
        const ReferenceWindow window = windowWithN(random, config.inputLength, false);
        std::stop_source stop;
        stop.request_stop();
        for (const Method method : {Method::Fast, Method::Plain}) {
            const auto locus =
                Engine(config.network(), Precision::Single).network->prepare(window, {}, method).value();
            RunContext stopped;
            stopped.stop = stop.get_token();
            const auto values = locus->predict(std::vector<EditList>{{}}, stopped);
            QVERIFY(!values);
            QCOMPARE(values.error().kind, ErrorKind::Cancelled);
            DS_VERIFY(locus->predict(std::vector<EditList>{{}}, {})); // and can go on
        }
    }

    void batchesAreHalvedWhenMemoryRunsOut() {
        int64_t batch = 8;
        std::vector<int64_t> done;
        const auto work = [&done](int64_t begin, int64_t size) -> Result<void> {
            if (size > 3)
                throw std::bad_alloc();
            for (int64_t i = begin; i < begin + size; ++i)
                done.push_back(i);
            return {};
        };
        DS_VERIFY(inHalvedBatches(11, batch, work));
        QCOMPARE(batch, 2);
        QCOMPARE(done, (std::vector<int64_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));

        int calls = 0;
        const auto never = [&calls](int64_t, int64_t) -> Result<void> {
            ++calls;
            throw std::runtime_error("CUDA out of memory. Tried to allocate 2 GiB");
        };
        QVERIFY_EXCEPTION_THROWN((void)inHalvedBatches(4, batch, never), std::runtime_error);
        QCOMPARE(calls, 2); // 2, 1
        const auto other = [&calls](int64_t, int64_t) -> Result<void> {
            ++calls;
            throw std::runtime_error("something else");
        };
        batch = 4;
        QVERIFY_EXCEPTION_THROWN((void)inHalvedBatches(4, batch, other), std::runtime_error);
        QCOMPARE(calls, 3);
        QCOMPARE(batch, 4);
    }

    void memoryThatWasAskedForIsRead() {
        QVERIFY(saysOutOfMemory("CUDA out of memory. Tried to allocate 576.00 MiB. GPU 0 has a total"));
        QVERIFY(memoryAskedFor("CUDA out of memory. Tried to allocate 576.00 MiB. GPU 0 has a total") ==
                "576.00 MiB");
        QVERIFY(memoryAskedFor("Tried to allocate 2.00 GiB") == "2.00 GiB");
        QVERIFY(memoryAskedFor("std::bad_alloc").empty());
    }

    void leastRecentlyUsedGoes() {
        LruCache<int, int> cache(30);
        cache.insert(1, 10, 10);
        cache.insert(2, 20, 10);
        cache.insert(3, 30, 10);
        QVERIFY(cache.find(1) != nullptr);
        cache.insert(4, 40, 20);
        QVERIFY(cache.find(2) == nullptr && cache.find(3) == nullptr);
        QCOMPARE(*cache.find(1), 10);
        QCOMPARE(*cache.find(4), 40);
        cache.insert(5, 50, 31);
        QVERIFY(cache.find(5) == nullptr);
        QCOMPARE(cache.size(), size_t{2});
    }
};

QTEST_GUILESS_MAIN(TestEnformerEngine)
#include "tst_enformer_engine.moc"
