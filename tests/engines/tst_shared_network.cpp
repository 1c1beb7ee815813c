// SPDX-License-Identifier: GPL-3.0-or-later
// LibTorch's network of a sequential model is built once, whoever asks for whole passes, and gives everybody
// the same.
#include "model/model_folder.h"

#include "engines/sequential/sequential_predictor.h"

#include <atomic>
#include <thread>

using namespace diploscope;
using namespace diploscope::test;

class TestSharedNetwork : public QObject {
    Q_OBJECT

    static constexpr int64_t Length = 60;
    NetworkSpec m_network;
    std::atomic<int64_t> m_read{0};

    std::shared_ptr<const SequentialPredictor> predictor(Precision precision) {
        m_read = 0;
        ModelInfo info;
        info.name = "small";
        info.input = {Length, Length / 2, StrandRule::Forward};
        info.trackCount = 2;
        PredictorOptions options;
        options.precision = precision;
        const WeightSource weights = randomWeights(m_network, 3);
        return std::make_shared<const SequentialPredictor>(
            info, m_network,
            [this, weights](const TensorSpec& spec) {
                ++m_read;
                return weights(spec);
            },
            options);
    }
    static std::vector<ReferenceWindow> windows(size_t count) {
        std::mt19937_64 random(7);
        std::vector<ReferenceWindow> all;
        for (size_t i = 0; i < count; ++i)
            all.push_back(
                windowOverSequence(randomBases(random, Length), {Length, Length / 2, StrandRule::Forward}));
        return all;
    }

private Q_SLOTS:
    void initTestCase() { m_network = parseNetwork(smallLayers(), Length).value(); }

    void weightsAreReadOnceAPrecision() {
        const auto model = predictor(Precision::Single);
        const auto tensors = static_cast<int64_t>(m_network.tensors().size());
        const OutputChoice output{.bins = {0}, .tracks = {1}};
        for (const ReferenceWindow& window : windows(3))
            DS_VERIFY(model->prepare(window, output, Method::Plain));
        QCOMPARE(m_read.load(), tensors);
        // Gradients are in double, whatever predictions are in.
        const auto first = model->prepare(windows(1).front(), output, Method::Fast);
        DS_VERIFY(first);
        const int64_t packed = m_read;
        DS_VERIFY((*first)->gradient({}));
        QCOMPARE(m_read.load(), packed + tensors);
        for (const ReferenceWindow& window : windows(3)) {
            const auto locus = model->prepare(window, output, Method::Fast);
            DS_VERIFY(locus);
            DS_VERIFY((*locus)->gradient({}));
        }
        QCOMPARE(m_read.load(), packed + tensors);
    }

    /// Eight loci at once on one network: each has what it has alone.
    void threadsShareIt() {
        const auto alone = predictor(Precision::Double);
        const OutputChoice output{.bins = {0}, .tracks = {0, 1}};
        const std::vector<ReferenceWindow> all = windows(8);
        const std::vector<EditList> sequences{{}, {{5, 1, "A"}}, {{5, 1, "C"}}, {{30, 2, "GTT"}}};
        std::vector<Eigen::MatrixXd> values, gradients;
        for (const ReferenceWindow& window : all) {
            const auto locus = alone->prepare(window, output, Method::Plain);
            DS_VERIFY(locus);
            values.push_back((*locus)->predict(sequences, {}).value());
            gradients.push_back((*locus)->gradient({}).value());
        }
        const auto shared = predictor(Precision::Double);
        std::atomic<int> wrong{0};
        std::vector<std::jthread> threads;
        for (size_t i = 0; i < all.size(); ++i)
            threads.emplace_back([&, i] {
                const auto locus = shared->prepare(all[i], output, Method::Plain);
                for (int round = 0; locus && round < 20; ++round) {
                    const auto found = (*locus)->predict(sequences, {});
                    const auto gradient = (*locus)->gradient({});
                    if (!found || !gradient || !found->isApprox(values[i], 1e-12) ||
                        !gradient->isApprox(gradients[i], 1e-12))
                        ++wrong;
                }
                if (!locus)
                    ++wrong;
            });
        threads.clear();
        QCOMPARE(wrong.load(), 0);
        QCOMPARE(m_read.load(), static_cast<int64_t>(m_network.tensors().size()));
    }
};

QTEST_GUILESS_MAIN(TestSharedNetwork)
#include "tst_shared_network.moc"
