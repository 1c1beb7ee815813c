// SPDX-License-Identifier: GPL-3.0-or-later
// Gradients of sequential models against single edits: exact where the network is linear, to first order
// where the first layer's weights are tiny.
#include "model/model_folder.h"

#include "engines/open_model.h"
#include "model/predictor.h"

#include <fmt/format.h>

using namespace diploscope;
using namespace diploscope::test;
using nlohmann::json;

namespace {

constexpr int64_t kLength = 61;

/// Effects of the three other bases at every position, and what the gradient says of them.
struct Comparison {
    double worst = 0;   ///< largest difference
    double largest = 0; ///< largest effect
};

Result<Comparison> compare(LocusPredictor& locus, const ReferenceWindow& window, const OutputChoice& output) {
    std::vector<EditList> edits{{}};
    for (int64_t i = 0; i < kLength; ++i)
        for (const char base : {'A', 'C', 'G', 'T'})
            edits.push_back({{i, 1, std::string(1, base)}});
    DS_ASSIGN(const Eigen::MatrixXd values, locus.predict(edits, {}));
    DS_ASSIGN(const Eigen::MatrixXd gradient, locus.gradient({}));
    const std::string bases = "ACGT";
    Comparison result;
    for (int64_t i = 0; i < kLength; ++i) {
        const auto ref = static_cast<int64_t>(bases.find(window.bases()[static_cast<size_t>(i)]));
        for (int64_t alt = 0; alt < 4; ++alt) {
            const double effect = output.score(values.row(1 + 4 * i + alt)) - output.score(values.row(0));
            result.worst = std::max(result.worst, std::abs(gradient(i, alt) - gradient(i, ref) - effect));
            result.largest = std::max(result.largest, std::abs(effect));
        }
    }
    return result;
}

} // namespace

class TestGradient : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void singleEdits_data();
    void singleEdits();
};

void TestGradient::singleEdits_data() {
    QTest::addColumn<QString>("activation");
    QTest::addColumn<bool>("plain");
    QTest::addColumn<bool>("reversed");
    QTest::addColumn<double>("tolerance"); // of the largest effect
    for (const bool plain : {false, true})
        for (const bool reversed : {false, true}) {
            const char* words = plain ? "plain" : "fast";
            const char* strand = reversed ? "reverse" : "forward";
            QTest::addRow("linear, %s, %s", words, strand) << QString() << plain << reversed << 1e-9;
            QTest::addRow("softplus, %s, %s", words, strand)
                << QStringLiteral("softplus") << plain << reversed << 1e-3;
        }
}

void TestGradient::singleEdits() {
    QFETCH(QString, activation);
    QFETCH(bool, plain);
    QFETCH(bool, reversed);
    QFETCH(double, tolerance);
    json layers =
        json::parse(R"([{"conv1d": {"name": "conv", "out": 5, "width": 4, "padding": 2}}, {"avgpool": 3},
                                  {"conv1d": {"name": "deep", "out": 3, "width": 3}}, "flatten",
                                  {"linear": {"name": "end", "out": 3}}])");
    OutputChoice output{{0}, {2, 0}, Aggregate::Sum};
    if (!activation.isEmpty()) {
        layers.insert(layers.begin() + 1, activation.toStdString());
        layers.push_back("softplus");
        output.aggregate = Aggregate::Log2OfSum;
    }
    TemporaryFolder folder;
    json model = sequentialModel(layers, kLength, "gene");
    model["input"]["tss_index"] = 20;
    writeModel(folder.path(), model);
    std::vector<NamedTensor> tensors = randomTensors(parseNetwork(layers, kLength).value(), 5);
    for (double& weight : tensors.front().values)
        weight *= activation.isEmpty() ? 1 : 1e-4;
    DS_VERIFY(writeSafetensors(folder / "weights.safetensors", tensors, {}, TensorType::F64));
    const auto predictor = openModel(folder.path().string(), {{Device{}}, Precision::Double, 1});
    DS_VERIFY(predictor);
    std::mt19937_64 random(3);
    const ReferenceWindow window = randomWindow(random, (*predictor)->info().input, reversed);
    const auto locus = (*predictor)->prepare(window, output, plain ? Method::Plain : Method::Fast);
    DS_VERIFY(locus);
    const auto result = compare(**locus, window, output);
    DS_VERIFY(result);
    QVERIFY(result->largest > 0);
    QVERIFY2(result->worst < tolerance * result->largest,
             fmt::format("{} of {}", result->worst, result->largest).c_str());
}

QTEST_APPLESS_MAIN(TestGradient)
#include "tst_gradient.moc"
