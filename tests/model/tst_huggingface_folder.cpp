// SPDX-License-Identifier: GPL-3.0-or-later
// Enformers opened from plain Hugging Face folders and from model.json: keys, aliases, defaults, position
// tables.
#include "model/model_folder.h"

#include "engines/open_model.h"
#include "engines/transformer/enformer_kind.h"
#include "engines/transformer/random_enformer_weights.h"
#include "model/predictor.h"

#include <fmt/format.h>

#include <functional>

using namespace diploscope;
using namespace diploscope::test;
using nlohmann::json;

namespace {

constexpr int64_t kLength = 1024; // 8 tokens of 128 bp

json smallConfig() {
    return {{"dim", 12},
            {"depth", 1},
            {"heads", 1},
            {"output_heads", {{"human", 3}, {"mouse", 2}}},
            {"target_length", 4},
            {"attn_dim_key", 4},
            {"dim_divisible_by", 2}};
}

PredictorOptions ofLength(int64_t length = kLength) {
    PredictorOptions options;
    options.inputLength = length;
    return options;
}

using Tensors = std::vector<NamedTensor>;

Tensors tensorsOf(const json& config) {
    const EnformerConfig sizes = parseEnformerConfig(config, "", kLength).value();
    const WeightSource source = randomEnformerWeights(3);
    Tensors tensors;
    for (const TensorSpec& spec : sizes.network().tensors())
        tensors.push_back(source(spec).value());
    return tensors;
}

NamedTensor& tensorOf(Tensors& tensors, const std::string& name) {
    return *std::find_if(tensors.begin(), tensors.end(),
                         [&](const NamedTensor& tensor) { return tensor.name == name; });
}

void writeFolder(const std::filesystem::path& folder, const json& config, const Tensors& tensors) {
    writeText(folder / "config.json", config.dump());
    (void)writeSafetensors(folder / "model.safetensors", tensors);
}

} // namespace

class TestHuggingFaceFolder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void opensAFolder();
    void defaultsOfTheFullModel();
    void takesAliases();
    void otherHeadsMayBeMissing();
    void namesWhatDoesNotFit_data();
    void namesWhatDoesNotFit();
    void refusesConfigurations_data();
    void refusesConfigurations();
    void usesAPositionTable();
    void bothFormatsAreOneModel();
    void randomWeightsNeedNoFile();
};

void TestHuggingFaceFolder::opensAFolder() {
    TemporaryFolder folder;
    writeFolder(folder / "mine", smallConfig(), tensorsOf(smallConfig()));
    const auto model = openModel((folder / "mine").string(), ofLength());
    DS_VERIFY(model);
    const ModelInfo& info = (*model)->info();
    QCOMPARE(info.name, std::string("mine"));
    QCOMPARE(info.kind, std::string("enformer"));
    QVERIFY(info.input == (InputShape{kLength, kLength / 2, StrandRule::Forward}));
    QCOMPARE(info.binCount, 4);
    QCOMPARE(info.trackCount, 3);
    QCOMPARE(info.defaultOutput.text(), std::string("bins 1,2,3; tracks 0; sum"));
    QCOMPARE(info.note, std::string("position features computed"));
    QCOMPARE((*model)->computation(Method::Fast), std::string("fp32 cpu"));
    QCOMPARE((*model)->computation(Method::Plain), std::string("plain fp32 cpu"));
    const auto wrongLength = openModel((folder / "mine").string(), ofLength(1000));
    QCOMPARE(wrongLength.error().kind, ErrorKind::Mismatch);
    QVERIFY(wrongLength.error().what.find("1000 bp") != std::string::npos);
}

void TestHuggingFaceFolder::defaultsOfTheFullModel() {
    TemporaryFolder folder;
    // As EleutherAI/enformer-official-rough has it.
    writeText(folder / "config.json",
              R"({"architectures":["Enformer"],"attn_dim_key":64,"attn_dropout":0.05,"depth":11,
        "dim":1536,"dim_divisible_by":128,"dropout_rate":0.4,"heads":8,"model_type":"enformer","num_downsamples":7,
        "output_heads":{"human":5313,"mouse":1643},"pos_dropout":0.01,"target_length":896,"torch_dtype":"float32",
        "transformers_version":"4.19.0.dev0","use_checkpointing":false})");
    const auto manifest = readModelManifest(folder.path());
    DS_VERIFY(manifest);
    QVERIFY(manifest->input == (InputShape{196608, 98304, StrandRule::Forward}));
    QCOMPARE(manifest->output.text(), std::string("bins 447,448,449; tracks 4980; sum"));
    QCOMPARE(manifest->weightsFile, std::string("pytorch_model.bin"));
    const auto config = enformerConfigOf(*manifest);
    DS_VERIFY(config);
    QCOMPARE(config->channels(), (std::vector<int64_t>{768, 768, 896, 1024, 1152, 1280, 1536}));
    int64_t parameters = 0;
    for (const TensorSpec& tensor : config->network().tensors())
        parameters += elementCount(tensor.shape);
    QCOMPARE(parameters / 100'000, int64_t{2512}); // 251.2 million
    const auto missing = openModel(folder.path().string());
    QCOMPARE(missing.error().kind, ErrorKind::NotFound);
}

void TestHuggingFaceFolder::takesAliases() {
    TemporaryFolder folder;
    Tensors tensors = tensorsOf(smallConfig());
    writeFolder(folder / "plain", smallConfig(), tensors);
    const std::map<std::string, std::string> aliases{{"stem.", "_trunk.1."},
                                                     {"conv_tower.", "_trunk.2."},
                                                     {"transformer.", "_trunk.4."},
                                                     {"final_pointwise.", "_trunk.6."}};
    Tensors both = tensors;
    for (NamedTensor& tensor : tensors)
        for (const auto& [meaning, alias] : aliases)
            if (tensor.name.starts_with(meaning)) {
                tensor.name = alias + tensor.name.substr(meaning.size());
                both.push_back(tensor);
            }
    writeFolder(folder / "alone", smallConfig(), tensors);
    writeFolder(folder / "both", smallConfig(), both);
    const auto plain = openModel((folder / "plain").string(), ofLength());
    const auto alone = openModel((folder / "alone").string(), ofLength());
    const auto twice = openModel((folder / "both").string(), ofLength());
    DS_VERIFY(plain);
    DS_VERIFY(alone);
    DS_VERIFY(twice);
    QCOMPARE((*alone)->info().checksum, (*plain)->info().checksum);
    QCOMPARE((*twice)->info().checksum, (*plain)->info().checksum);

    tensorOf(both, "_trunk.4.0.1.fn.1.bias").values[0] += 1;
    writeFolder(folder / "conflict", smallConfig(), both);
    const auto conflict = openModel((folder / "conflict").string(), ofLength());
    QCOMPARE(conflict.error().kind, ErrorKind::Mismatch);
    QVERIFY2(conflict.error().what.find("\"_trunk.4.0.1.fn.1.bias\" and \"transformer.0.1.fn.1.bias\"") !=
                 std::string::npos,
             conflict.error().what.c_str());
}

void TestHuggingFaceFolder::otherHeadsMayBeMissing() {
    TemporaryFolder folder;
    Tensors tensors = tensorsOf(smallConfig());
    std::erase_if(tensors,
                  [](const NamedTensor& tensor) { return tensor.name.starts_with("_heads.mouse."); });
    writeFolder(folder / "m", smallConfig(), tensors);
    DS_VERIFY(openModel((folder / "m").string(), ofLength()));
}

void TestHuggingFaceFolder::namesWhatDoesNotFit_data() {
    QTest::addColumn<int>("row");
    QTest::addColumn<QStringList>("says");
    QTest::newRow("missing") << 0
                             << QStringList{"\"stem.0.bias\" is missing",
                                            "\"_heads.human.0.weight\" is missing"};
    QTest::newRow("unexpected") << 1
                                << QStringList{
                                       "\"stem.0.bais\" is unexpected. Did you mean \"stem.0.bias\"?"};
    QTest::newRow("wrong shape") << 2 << QStringList{"\"_heads.human.0.bias\" has shape [1], expected [3]"};
    QTest::newRow("wrong shape of another head")
        << 3 << QStringList{"\"_heads.mouse.0.bias\" has shape [1], expected [2]"};
    QTest::newRow("wrong shape of an alias")
        << 4 << QStringList{"\"_trunk.1.0.bias\" has shape [1], expected [6]"};
}

void TestHuggingFaceFolder::namesWhatDoesNotFit() {
    QFETCH(int, row);
    QFETCH(QStringList, says);
    Tensors tensors = tensorsOf(smallConfig());
    const std::vector<std::function<void()>> damages{
        [&] {
            std::erase_if(tensors, [](const NamedTensor& tensor) {
                return tensor.name == "stem.0.bias" || tensor.name == "_heads.human.0.weight";
            });
        },
        [&] { tensorOf(tensors, "stem.0.bias").name = "stem.0.bais"; },
        [&] {
            tensorOf(tensors, "_heads.human.0.bias") = {"_heads.human.0.bias", {1}, {0}};
        },
        [&] {
            tensorOf(tensors, "_heads.mouse.0.bias") = {"_heads.mouse.0.bias", {1}, {0}};
        },
        [&] {
            tensors.push_back({"_trunk.1.0.bias", {1}, {0}});
        }};
    damages[static_cast<size_t>(row)]();
    tensors.push_back({"stem.1.fn.0.num_batches_tracked", {}, {1}}); // never in the way
    TemporaryFolder folder;
    writeFolder(folder / "m", smallConfig(), tensors);
    const auto model = openModel((folder / "m").string(), ofLength());
    QVERIFY(!model);
    QCOMPARE(model.error().kind, ErrorKind::Mismatch);
    for (const QString& words : says)
        QVERIFY2(QString::fromStdString(model.error().what).contains(words), model.error().what.c_str());
    QVERIFY(model.error().what.find("num_batches_tracked") == std::string::npos);
}

void TestHuggingFaceFolder::refusesConfigurations_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("says");
    QTest::newRow("another architecture")
        << QByteArray(R"({"model_type":"bert","hidden_size":768})") << "\"bert\"";
    QTest::newRow("no architecture") << QByteArray(R"({"hidden_size":768})")
                                     << "no configuration of an Enformer";
    QTest::newRow("a list") << QByteArray("[]") << "Expected an object";
    QTest::newRow("no JSON") << QByteArray("{") << "not valid JSON";
    QTest::newRow("ConvNeXt") << QByteArray(R"({"dim":12,"depth":1,"use_convnext":true})") << "ConvNeXt";
    QTest::newRow("unknown size") << QByteArray(
                                         R"({"dim":12,"depth":1,"head":"fly","output_heads":{"human":3}})")
                                  << "fly";
    QTest::newRow("depth 0") << QByteArray(R"({"dim":12,"depth":0})") << "depth";
}

void TestHuggingFaceFolder::refusesConfigurations() {
    QFETCH(QByteArray, text);
    QFETCH(QString, says);
    TemporaryFolder folder;
    writeText(folder / "config.json", text.toStdString());
    const auto model = openModel(folder.path().string(), ofLength());
    QVERIFY(!model);
    QVERIFY2(QString::fromStdString(model.error().message()).contains(says), model.error().message().c_str());
    QVERIFY(model.error().where.find("config.json") != std::string::npos);
}

void TestHuggingFaceFolder::usesAPositionTable() {
    TemporaryFolder folder;
    json config = smallConfig();
    config["use_tf_gamma"] = true;
    writeFolder(folder / "m", config, tensorsOf(config));
    const auto open = [&] { return openModel((folder / "m").string(), ofLength()); };
    const auto computed = open();
    DS_VERIFY(computed);
    QCOMPARE((*computed)->info().note, std::string("position features computed"));

    const NamedTensor table{"tf_gammas", {15, 2}, std::vector<double>(30, 0.5)};
    DS_VERIFY(writeSafetensors(folder / "tf_gammas.safetensors", std::vector{table})); // in the folder above
    const auto above = open();
    DS_VERIFY(above);
    QVERIFY((*above)->info().note.starts_with("position features from tf_gammas.safetensors"));
    QVERIFY((*above)->info().checksum != (*computed)->info().checksum);

    NamedTensor nearer = table;
    nearer.values[3] = 0.25;
    DS_VERIFY(writeSafetensors(folder / "m/tf_gammas.safetensors", std::vector{nearer}));
    const auto beside = open();
    DS_VERIFY(beside);
    QVERIFY((*beside)->info().checksum != (*above)->info().checksum);

    DS_VERIFY(writeSafetensors(folder / "m/tf_gammas.safetensors",
                               std::vector{NamedTensor{"t", {14, 2}, std::vector<double>(28)}}));
    const auto wrong = open();
    QCOMPARE(wrong.error().kind, ErrorKind::Mismatch);
    QVERIFY2(wrong.error().what.find("[14, 2], but this model needs [15, 2]") != std::string::npos,
             wrong.error().what.c_str());

    config["use_tf_gamma"] = false;
    writeText(folder / "m/config.json", config.dump());
    QCOMPARE((*open())->info().note, std::string("position features computed"));
    config["position_table"] = "absent.safetensors";
    writeText(folder / "m/config.json", config.dump());
    QCOMPARE(open().error().kind, ErrorKind::NotFound);
}

void TestHuggingFaceFolder::bothFormatsAreOneModel() {
    DS_SKIP_WITHOUT_SHARED_DATA();
    const std::filesystem::path shared = sharedData() / "enformer_parity" / "small";
    TemporaryFolder folder;
    std::filesystem::create_directories(folder / "m");
    std::filesystem::copy_file(shared / "config.json", folder / "m/config.json");
    std::filesystem::copy_file(shared / "pytorch_model.bin", folder / "m/pytorch_model.bin");
    const auto safetensors = openModel(shared.string(), ofLength(16384));
    const auto checkpoint = openModel((folder / "m").string(), ofLength(16384));
    DS_VERIFY(safetensors);
    DS_VERIFY(checkpoint);
    QCOMPARE((*checkpoint)->info().checksum, (*safetensors)->info().checksum);
}

void TestHuggingFaceFolder::randomWeightsNeedNoFile() {
    TemporaryFolder folder;
    writeText(folder / "config.json", smallConfig().dump());
    const auto one = openModel(folder.path().string(), ofLength(), 1);
    const auto two = openModel(folder.path().string(), ofLength(), 2);
    DS_VERIFY(one);
    DS_VERIFY(two);
    QVERIFY((*one)->info().checksum != (*two)->info().checksum);
}

QTEST_GUILESS_MAIN(TestHuggingFaceFolder)
#include "tst_huggingface_folder.moc"
