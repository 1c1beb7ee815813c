// SPDX-License-Identifier: GPL-3.0-or-later
// What `check` looks for in a model's weights beyond names and shapes.
#include "model/model_folder.h"

#include "model/weights_check.h"

#include <cmath>
#include <limits>

using namespace diploscope;
using namespace diploscope::test;
using nlohmann::json;

namespace {

/// "o.weight" [1, 256] and "o.bias" [1], in single precision: 1028 bytes.
json smallModel() {
    return sequentialModel({"flatten", {{"linear", {{"name", "o"}, {"out", 1}}}}}, 64);
}

/// \param value  in the place of the last of the tensor's
void spoil(const std::filesystem::path& folder, const std::string& tensor, double value) {
    const NetworkSpec network = parseNetwork(smallModel()["layers"], 64).value();
    std::vector<NamedTensor> tensors = randomTensors(network, 1);
    for (NamedTensor& one : tensors)
        if (one.name == tensor)
            one.values.back() = value;
    DS_VERIFY(writeSafetensors(folder / "weights.safetensors", tensors));
}

} // namespace

class TestWeightValues : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void soundWeights();
    void notFinite_data();
    void notFinite();
    void largeWeights();
    void otherFile();
    void membersOfAnEnsemble();
    void stopped();
};

void TestWeightValues::soundWeights() {
    const TemporaryFolder folder;
    writeModelWithWeights(folder.path(), smallModel());
    const auto looked = checkWeightValues(readModelManifest(folder.path()).value(), 1'000'000);
    DS_VERIFY(looked);
    QCOMPARE(looked->ofBytes, int64_t{1028});
    QCOMPARE(looked->bytes, int64_t{1028});
}

void TestWeightValues::notFinite_data() {
    QTest::addColumn<QString>("tensor");
    QTest::addColumn<double>("value");
    QTest::newRow("NaN") << "o.weight" << std::nan("");
    QTest::newRow("infinite") << "o.bias" << std::numeric_limits<double>::infinity();
    QTest::newRow("minus infinite") << "o.weight" << -std::numeric_limits<double>::infinity();
}

void TestWeightValues::notFinite() {
    QFETCH(QString, tensor);
    QFETCH(double, value);
    const TemporaryFolder folder;
    writeModel(folder.path(), smallModel());
    spoil(folder.path(), tensor.toStdString(), value);
    const ModelManifest manifest = readModelManifest(folder.path()).value();
    DS_VERIFY(checkWeights(manifest)); // names and shapes fit
    const auto looked = checkWeightValues(manifest, 1'000'000);
    QVERIFY(!looked);
    QCOMPARE(looked.error().kind, ErrorKind::BadInput);
    QVERIFY2(looked.error().message().find("tensor \"" + tensor.toStdString() + "\"") != std::string::npos,
             looked.error().message().c_str());
    QVERIFY(!looked.error().remedy.empty());
}

/// No more is read than is asked for, and it is told how much that was.
void TestWeightValues::largeWeights() {
    const TemporaryFolder folder;
    writeModel(folder.path(), smallModel());
    spoil(folder.path(), "o.weight", std::nan(""));
    const ModelManifest manifest = readModelManifest(folder.path()).value();
    const auto looked = checkWeightValues(manifest, 1000);
    DS_VERIFY(looked);
    QCOMPARE(looked->ofBytes, int64_t{1028});
    QCOMPARE(looked->bytes, int64_t{4}); // the bias
    QVERIFY(!checkWeightValues(manifest, 1028));
}

void TestWeightValues::otherFile() {
    const TemporaryFolder folder;
    json model = smallModel();
    model["sha256"] = std::string(64, '0');
    writeModelWithWeights(folder.path(), model);
    const ModelManifest manifest = readModelManifest(folder.path()).value();
    DS_VERIFY(checkWeights(manifest));
    const auto looked = checkWeightValues(manifest, 1'000'000);
    QVERIFY(!looked && looked.error().kind == ErrorKind::Mismatch);
    QVERIFY2(looked.error().message().find("SHA-256") != std::string::npos, looked.error().message().c_str());
}

void TestWeightValues::membersOfAnEnsemble() {
    const TemporaryFolder folder;
    writeModelWithWeights(folder / "a", smallModel(), 1);
    writeModel(folder / "b", smallModel());
    spoil(folder / "b", "o.bias", std::nan(""));
    writeModel(folder / "both",
               {{"schema", 1}, {"name", "both"}, {"kind", "ensemble"}, {"models", {"../a", "../b"}}});
    const auto manifest = readModelManifest(folder / "both");
    DS_VERIFY(manifest);
    const auto looked = checkWeightValues(*manifest, 1'000'000);
    QVERIFY(!looked);
    QVERIFY2(looked.error().where.find("b/weights.safetensors") != std::string::npos,
             looked.error().where.c_str());
}

void TestWeightValues::stopped() {
    const TemporaryFolder folder;
    writeModelWithWeights(folder.path(), smallModel());
    std::stop_source stop;
    stop.request_stop();
    RunContext context;
    context.stop = stop.get_token();
    const auto looked = checkWeightValues(readModelManifest(folder.path()).value(), 1'000'000, context);
    QVERIFY(!looked && looked.error().kind == ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestWeightValues)
#include "tst_weight_values.moc"
