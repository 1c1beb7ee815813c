// SPDX-License-Identifier: GPL-3.0-or-later
// Sequential and TorchScript models against PyTorch run from Python: tests/reference/sequential_torch.py.
#include "model/model_folder.h"

#include "base/atomic_file.h"
#include "base/checksum.h"
#include "engines/open_model.h"
#include "engines/torch/torch_backend.h"
#include "io/text_reader.h"
#include "model/model_trust.h"
#include "model/predictor.h"

#include <fmt/format.h>

#include <cmath>
#include <map>

using namespace diploscope;
using namespace diploscope::test;
using nlohmann::json;

namespace {

constexpr int64_t kLength = 61;

/// The script's weights: sin(0.7 i + seed) * scale.
NamedTensor formula(const TensorSpec& spec, int seed, double scale) {
    NamedTensor tensor{spec.name, spec.shape, {}};
    for (int64_t i = 0; i < elementCount(spec.shape); ++i)
        tensor.values.push_back(std::sin(0.7 * static_cast<double>(i) + seed) * scale);
    return tensor;
}

/// The script's sequences.
std::vector<std::string> sequences() {
    uint64_t state = 12345;
    std::vector<std::string> all;
    for (int n = 0; n < 8; ++n) {
        std::string bases;
        for (int64_t i = 0; i < kLength; ++i) {
            state = (1103515245 * state + 12345) % (uint64_t{1} << 31);
            bases += "ACGTN"[(state >> 16) % (n == 7 ? 5 : 4)];
        }
        all.push_back(bases);
    }
    return all;
}

/// Rows `model`, as [sequences x outputs].
Eigen::MatrixXd expected(const std::string& model) {
    auto table = TextReader::open(fixture("reference/sequential_torch.tsv"));
    std::map<std::pair<int64_t, int64_t>, double> values;
    std::string_view line;
    while (table && table->next(line).value()) {
        std::vector<std::string_view> fields;
        splitFields(line, '\t', fields);
        int64_t n = 0;
        int64_t k = 0;
        double value = 0;
        if (fields[0] == model && parseInteger(fields[1], n) && parseInteger(fields[2], k) &&
            parseNumber(fields[3], value))
            values[{n, k}] = value;
    }
    Eigen::MatrixXd matrix(8, static_cast<int64_t>(values.size()) / 8);
    for (const auto& [index, value] : values)
        matrix(index.first, index.second) = value;
    return matrix;
}

/// The differences of `bases` from `window` as edits.
EditList editsTo(const ReferenceWindow& window, const std::string& bases) {
    EditList edits;
    for (int64_t i = 0; i < window.length(); ++i)
        if (window.bases()[static_cast<size_t>(i)] != bases[static_cast<size_t>(i)])
            edits.push_back({i, 1, std::string(1, bases[static_cast<size_t>(i)])});
    return edits;
}

/// Predicts all sequences as edits of the first.
Result<Eigen::MatrixXd> predictAll(const std::filesystem::path& folder, Method method, Precision precision,
                                   OutputChoice output) {
    DS_TRY(trustModel(folder.string()));
    DS_ASSIGN(const auto model, openModel(folder.string(), {{Device{}}, precision, 2}));
    const std::vector<std::string> all = sequences();
    const ReferenceWindow window = windowOverSequence(all[0], model->info().input);
    std::vector<EditList> edits;
    for (const std::string& bases : all)
        edits.push_back(editsTo(window, bases));
    DS_ASSIGN(const auto locus, model->prepare(window, output, method));
    return locus->predict(edits, {});
}

json scriptModel(const std::string& weights, const json& output, const std::string& layout = "NCL") {
    return {{"schema", 1},        {"name", "script"}, {"kind", "torchscript"},
            {"weights", weights}, {"layout", layout}, {"input", {{"length", kLength}, {"tss_index", 30}}},
            {"output", output}};
}

} // namespace

class TestTorchReference : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("XDG_DATA_HOME", QByteArray::fromStdString(m_home.path().string())); }
    void sequential_data();
    void sequential();
    void script_data();
    void script();
    void scriptChoosesBinsAndTracks();
    void scriptErrors_data();
    void scriptErrors();
    void scriptsAskFirst();
    void scriptsRunAsTheyWereAllowed();
    void cudaWhereThereIsNone();

private:
    TemporaryFolder m_home;
};

void TestTorchReference::sequential_data() {
    QTest::addColumn<bool>("plain");
    QTest::addColumn<bool>("single");
    QTest::addColumn<double>("tolerance");
    QTest::newRow("fast") << false << true << 1e-12;
    QTest::newRow("plain, double") << true << false << 1e-12;
    QTest::newRow("plain, single") << true << true << 1e-5;
}

void TestTorchReference::sequential() {
    QFETCH(bool, plain);
    QFETCH(bool, single);
    QFETCH(double, tolerance);
    const json layers = json::parse(R"([
        {"conv1d": {"name": "0.conv", "out": 6, "width": 6, "padding": [2, 3]}},
        {"batchnorm": {"name": "norm", "eps": 1e-3}}, "gelu", {"maxpool": {"size": 4, "stride": 2}},
        {"conv1d": {"name": "conv2", "out": 5, "width": 3, "stride": 2, "dilation": 2, "padding": 1}}, "elu",
        {"avgpool": {"size": 3, "stride": 1}}, {"flatten": "position"}, {"append": [0.25, -1.5]},
        {"linear": {"name": "dense1", "out": 7}}, "tanh", {"linear": {"name": "dense2", "out": 3}}, "softplus"])");
    TemporaryFolder folder;
    writeModel(folder.path(), sequentialModel(layers, kLength));
    const NetworkSpec network = parseNetwork(layers, kLength).value();
    const std::vector<double> scales{0.5, 0.1, 0.4, 0.3, 0.2, 0.2, 0.4, 0.1, 0.3, 0.1, 0.5, 0.1};
    std::vector<NamedTensor> tensors;
    for (const TensorSpec& spec : network.tensors()) {
        const size_t i = tensors.size();
        tensors.push_back(formula(spec, static_cast<int>(i) + 1, scales[i]));
    }
    for (double& variance : tensors[5].values)
        variance += 1;
    // Saved networks carry this; no prediction needs it.
    tensors.push_back({"norm.num_batches_tracked", {}, {3}});
    DS_VERIFY(writeSafetensors(folder / "weights.safetensors", tensors, {}, TensorType::F64));

    const auto values =
        predictAll(folder.path(), plain ? Method::Plain : Method::Fast,
                   single ? Precision::Single : Precision::Double, {{0}, {0, 1, 2}, Aggregate::Sum});
    DS_VERIFY(values);
    const Eigen::MatrixXd want = expected("stack");
    QCOMPARE(want.cols(), Eigen::Index{3});
    const double difference = (*values - want).cwiseAbs().maxCoeff();
    QVERIFY2(difference <= tolerance, fmt::format("{}", difference).c_str());
}

void TestTorchReference::script_data() {
    QTest::addColumn<QString>("module");
    QTest::addColumn<QString>("output");
    QTest::addColumn<QString>("layout");
    QTest::addColumn<QString>("values");
    QTest::newRow("[N,4,L] to [N,T,K]") << "ncl_ntk"
                                        << R"({"bin_count":6,"track_count":3})"
                                        << "NCL"
                                        << "ncl_ntk";
    QTest::newRow("[N,L,4] to [N,K,T]") << "nlc_nkt"
                                        << R"({"bin_count":6,"track_count":3,"layout":"NKT"})"
                                        << "NLC"
                                        << "nlc_nkt";
    QTest::newRow("[N,4,L] to [N]") << "scalar"
                                    << R"({})"
                                    << "NCL"
                                    << "scalar";
}

void TestTorchReference::script() {
    QFETCH(QString, module);
    QFETCH(QString, output);
    QFETCH(QString, layout);
    QFETCH(QString, values);
    TemporaryFolder folder;
    json declared = json::parse(output.toStdString());
    OutputChoice all;
    if (declared.contains("bin_count"))
        all = {{0, 1, 2, 3, 4, 5}, {0, 1, 2}, Aggregate::Sum};
    const std::string file = module.toStdString() + ".pt";
    writeModel(folder.path(), scriptModel(file, declared, layout.toStdString()));
    std::filesystem::copy_file(fixture("engines/fixtures/" + file), folder / file);
    const Eigen::MatrixXd want = expected(values.toStdString());
    for (const Method method : {Method::Fast, Method::Plain}) {
        const auto got = predictAll(folder.path(), method, Precision::Single, all);
        DS_VERIFY(got);
        QCOMPARE(got->cols(), want.cols());
        QVERIFY((*got - want).cwiseAbs().maxCoeff() <= 1e-6);
    }
}

void TestTorchReference::scriptChoosesBinsAndTracks() {
    TemporaryFolder folder;
    writeModel(folder.path(), scriptModel("ncl_ntk.pt", {{"bin_count", 6}, {"track_count", 3}}));
    std::filesystem::copy_file(fixture("engines/fixtures/ncl_ntk.pt"), folder / "ncl_ntk.pt");
    const Eigen::MatrixXd want = expected("ncl_ntk");
    const auto got =
        predictAll(folder.path(), Method::Fast, Precision::Single, {{4, 1}, {2, 0}, Aggregate::Sum});
    DS_VERIFY(got);
    const std::vector<int> columns{4 * 3 + 2, 4 * 3 + 0, 1 * 3 + 2, 1 * 3 + 0};
    for (int i = 0; i < 4; ++i)
        QVERIFY((got->col(i) - want.col(columns[static_cast<size_t>(i)])).cwiseAbs().maxCoeff() <= 1e-6);
}

void TestTorchReference::scriptErrors_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("output");
    QTest::addColumn<QString>("layout");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("says");
    QTest::newRow("no module") << "text"
                               << "{}"
                               << "NCL" << static_cast<int>(ErrorKind::BadInput) << "no TorchScript module";
    QTest::newRow("counts that are not so")
        << "ncl_ntk.pt"
        << R"({"bin_count":3,"track_count":6})"
        << "NCL" << static_cast<int>(ErrorKind::Mismatch) << "3 bins and 6 tracks";
    QTest::newRow("one number declared") << "ncl_ntk.pt"
                                         << "{}"
                                         << "NCL" << static_cast<int>(ErrorKind::Mismatch) << "[8, 6, 3]";
    QTest::newRow("wrong input layout") << "ncl_ntk.pt"
                                        << R"({"bin_count":6,"track_count":3})"
                                        << "NLC" << static_cast<int>(ErrorKind::Internal) << "LibTorch";
    QTest::newRow("a tuple") << "tuple.pt"
                             << "{}"
                             << "NCL" << static_cast<int>(ErrorKind::Mismatch) << "Tuple";
}

void TestTorchReference::scriptErrors() {
    QFETCH(QString, file);
    QFETCH(QString, output);
    QFETCH(QString, layout);
    QFETCH(int, kind);
    QFETCH(QString, says);
    TemporaryFolder folder;
    writeModel(folder.path(), scriptModel("m.pt", json::parse(output.toStdString()), layout.toStdString()));
    if (file == "text")
        writeText(folder / "m.pt", "this is no module");
    else
        std::filesystem::copy_file(fixture("engines/fixtures/" + file.toStdString()), folder / "m.pt");
    const auto got = predictAll(folder.path(), Method::Fast, Precision::Single, {});
    QVERIFY(!got);
    QVERIFY2(QString::fromStdString(got.error().message()).contains(says), got.error().message().c_str());
    QCOMPARE(static_cast<int>(got.error().kind), kind);
    QVERIFY(got.error().message().find("Exception raised from") ==
            std::string::npos); // no C++ stack for a person
}

void TestTorchReference::scriptsAskFirst() {
    TemporaryFolder folder;
    TemporaryFolder home;
    qputenv("XDG_DATA_HOME", QByteArray::fromStdString(home.path().string()));
    writeModel(folder.path(), scriptModel("m.pt", json::parse(R"({"bin_count":6,"track_count":3})")));
    // A content of its own, which no other test has allowed.
    const std::string module = readWholeFile(fixture("engines/fixtures/ncl_ntk.pt")).value();
    writeText(folder / "m.pt", module + "another");
    const std::string sha256 = sha256OfFile(folder / "m.pt").value();
    const auto refused = openModel(folder.path().string());
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Unsupported);
    QCOMPARE(refused.error().where, (folder / "m.pt").string());
    QVERIFY(refused.error().remedy.find("--trust") != std::string::npos);
    QVERIFY(refused.error().remedy.find(sha256) != std::string::npos);
    QVERIFY(!isTrusted(sha256));

    // An ensemble is as trusted as its members.
    writeModel(folder / "both", {{"schema", 1},
                                 {"name", "both"},
                                 {"kind", "ensemble"},
                                 {"models", {folder.path().string(), folder.path().string()}}});
    const auto both = openModel((folder / "both").string());
    QVERIFY(!both);
    QCOMPARE(both.error().kind, ErrorKind::Unsupported);

    DS_VERIFY(trustModel((folder / "both").string()));
    QVERIFY(isTrusted(sha256));
    DS_VERIFY(openModel(folder.path().string()));
    // Kept for the next process, by content alone, once.
    const std::string kept = readWholeFile(home / "diploscope/trusted-programs.txt").value();
    QVERIFY(kept.starts_with(sha256 + "  "));
    DS_VERIFY(trustModel(folder.path().string()));
    QCOMPARE(readWholeFile(home / "diploscope/trusted-programs.txt").value(), kept);
    writeText(folder / "m.pt", module + "and another");
    QCOMPARE(openModel(folder.path().string()).error().kind, ErrorKind::Unsupported);
    qputenv("XDG_DATA_HOME", QByteArray::fromStdString(m_home.path().string()));
}

void TestTorchReference::scriptsRunAsTheyWereAllowed() {
    TemporaryFolder folder;
    writeModel(folder.path(), scriptModel("m.pt", json::parse(R"({"bin_count":6,"track_count":3})")));
    std::filesystem::copy_file(fixture("engines/fixtures/ncl_ntk.pt"), folder / "m.pt");
    DS_VERIFY(trustModel(folder.path().string()));
    const auto model = openModel(folder.path().string());
    DS_VERIFY(model);
    // What takes the file's place afterwards is not what was allowed.
    std::filesystem::copy_file(fixture("engines/fixtures/tuple.pt"), folder / "m.pt",
                               std::filesystem::copy_options::overwrite_existing);
    const ReferenceWindow window = windowOverSequence(sequences()[0], (*model)->info().input);
    const auto locus = (*model)->prepare(window, {}, Method::Fast);
    DS_VERIFY(locus);
    const std::vector<EditList> reference(1);
    const auto values = (*locus)->predict(reference, {});
    DS_VERIFY(values);
    QVERIFY(std::abs((*values)(0, 0) - expected("ncl_ntk")(0, 0)) <= 1e-6);
}

void TestTorchReference::cudaWhereThereIsNone() {
    const auto torch = torchBackend();
    DS_VERIFY(torch);
    QVERIFY(!(*torch)->version().empty());
    QCOMPARE((*torch)->devices().front(), std::string("cpu"));
    DS_VERIFY((*torch)->checkDevice(Device{}));
    if ((*torch)->devices().size() > 1)
        QSKIP("there is a GPU");
    const auto cuda = (*torch)->checkDevice({Device::Kind::Cuda, 0});
    QVERIFY(!cuda);
    QCOMPARE(cuda.error().kind, ErrorKind::Unsupported);
    TemporaryFolder folder;
    writeModelWithWeights(folder.path(),
                          sequentialModel(json::parse(R"(["flatten",{"linear":{"name":"o","out":1}}])"), 10));
    const auto model =
        openModel(folder.path().string(), {{Device{Device::Kind::Cuda, 0}}, Precision::Single, 0});
    QVERIFY(!model);
    QCOMPARE(model.error().kind, ErrorKind::Unsupported);
}

QTEST_GUILESS_MAIN(TestTorchReference)
#include "tst_torch_reference.moc"
