// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/model_folder.h"

#include "base/checksum.h"
#include "base/paths.h"
#include "engines/open_model.h"
#include "model/install_model.h"
#include "model/predictor.h"

#include <fmt/format.h>

#include <cstdlib>
#include <span>

using namespace diploscope;
using namespace diploscope::test;
using nlohmann::json;

namespace {
const json kLayers = json::parse(
    R"([{"conv1d":{"name":"c","out":3,"width":4}},"relu","flatten",{"linear":{"name":"o","out":2}}])");
}

class TestModelManifest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsASequentialModel();
    void shippedManifestsAreValid();
    void malformed_data();
    void malformed();
    void brokenText_data();
    void brokenText();
    void missingWeightsSayWhereFromAndWhereTo();
    void findsModelsByName();
    void computationsOfCardsAreTheirOwn();
    void wrongWeights_data();
    void wrongWeights();
    void wrappedNames_data();
    void wrappedNames();
    void weightsThatAreThereTwice();
    void splitCheckpoints();
    void splitCheckpointsAreInstalledWhole();
    void sha256IsChecked();
    void checksumFollowsContent();
    void enformerIsHonest();
    void wrongWindowsAndOutputs();
    void outputChoice();

private:
    std::unique_ptr<TemporaryFolder> m_folder;
};

void TestModelManifest::init() {
    m_folder = std::make_unique<TemporaryFolder>();
    setenv("XDG_DATA_HOME", (*m_folder / "data").c_str(), 1);
}

void TestModelManifest::readsASequentialModel() {
    json model = sequentialModel(kLayers, 30, "gene");
    model["output"] = {{"tracks", {1}}, {"aggregate", "sum-log1p"}, {"unit", "log TPM"}};
    model["licence"] = "MIT";
    model["training"] = {{"anything", {1, 2, 3}}};
    writeModel(*m_folder / "m", model);
    const auto manifest = readModelManifest(*m_folder / "m");
    DS_VERIFY(manifest);
    QCOMPARE(manifest->name, std::string("test-net"));
    QVERIFY(manifest->input == (InputShape{30, 15, StrandRule::Gene}));
    QCOMPARE(manifest->trackCount, 2);
    QCOMPARE(manifest->binCount, 1);
    QCOMPARE(manifest->output.tracks, std::vector<int>{1});
    QVERIFY(manifest->output.aggregate == Aggregate::SumLog1p);
    QCOMPARE(manifest->unit, std::string("log TPM"));
}

void TestModelManifest::shippedManifestsAreValid() {
    const std::filesystem::path models = std::filesystem::path(DIPLOSCOPE_TEST_DATA) / ".." / "models";
    int found = 0;
    for (const auto& entry : std::filesystem::directory_iterator(models)) {
        if (!entry.is_directory())
            continue;
        const auto manifest = readModelManifest(entry.path());
        DS_VERIFY(manifest);
        QCOMPARE(manifest->name, entry.path().filename().string());
        ++found;
    }
    QVERIFY(found >= 3);
    const auto cnn = readModelManifest(models / "simple-cnn");
    DS_VERIFY(cnn);
    QVERIFY(cnn->input == (InputShape{40001, 20000, StrandRule::Forward}));
    const auto enformer = readModelManifest(models / "enformer");
    DS_VERIFY(enformer);
    QCOMPARE(enformer->output.text(), std::string("bins 447,448,449; tracks 4980; sum"));
}

void TestModelManifest::malformed_data() {
    QTest::addColumn<QString>("patch"); // JSON merge patch on a valid model
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const char* patch, const char* where, const char* says) {
        QTest::newRow(name) << QString(patch) << QString(where) << QString(says);
    };
    row("unknown key", R"({"weigths":"x"})", "model.json", "Did you mean \"weights\"?");
    row("schema of the future", R"({"schema":2})", "schema", "2");
    row("no name", R"({"name":null})", "name", "missing");
    row("name with a slash", R"({"name":"../x"})", "name", "folder");
    row("unknown kind", R"({"kind":"keras"})", "kind", "sequential");
    row("weights elsewhere", R"({"weights":"../../etc/passwd"})", "weights", "in the model's folder");
    row("sha256 too short", R"({"sha256":"abc"})", "sha256", "64");
    row("no input", R"({"input":null})", "input", "missing");
    row("TSS outside", R"({"input":{"tss_index":30}})", "input.tss_index", "30");
    row("unknown strand", R"({"input":{"strand":"reverse"}})", "input.strand", "gene");
    row("length 0", R"({"input":{"length":0}})", "input.length", "0");
    row("no layers", R"({"layers":null})", "layers", "list of layers");
    row("bad layer", R"({"layers":["reluu"]})", "layers[0]", "relu");
    row("track that is not there", R"({"output":{"tracks":[2]}})", "output.tracks", "from 0 to 1");
    row("bin that is not there", R"({"output":{"bins":[1]}})", "output.bins", "from 0 to 0");
    row("no track", R"({"output":{"tracks":[]}})", "output.tracks", "list");
    row("unknown aggregate", R"({"output":{"aggregate":"mean"}})", "output.aggregate", "sum-log1p");
    row("counts that layers decide", R"({"output":{"track_count":2}})", "output.track_count", "Remove");
    row("key of another kind", R"({"config":{}})", "config", "sequential");
}

/// Texts of model.json that are no model, and must not end the program.
void TestModelManifest::brokenText_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("says");
    QTest::newRow("deep lists") << QByteArray(200'000, '[') << "more than 64 deep";
    QTest::newRow("deep layers") << QByteArray(R"({"schema":1,"layers":)") + QByteArray(200'000, '[')
                                 << "more than 64 deep";
    QTest::newRow("a number beyond any") << QByteArray(R"({"schema":1e400})") << "1e400";
    QTest::newRow("a key twice") << QByteArray(R"({"schema":1,"schema":1})") << "more than once";
    QTest::newRow("null alone") << QByteArray("null") << "Expected an object";
    QTest::newRow("a list") << QByteArray("[1]") << "Expected an object";
    QTest::newRow("not UTF-8") << QByteArray("{\"name\":\"\xff\"}") << "not valid JSON";
    for (const char* key : {"description", "licence", "source", "targets", "sha256", "name"}) {
        json model = sequentialModel(kLayers, 30);
        model[key] = nullptr;
        QTest::newRow(key) << QByteArray::fromStdString(model.dump()) << "a text, found null";
    }
}

void TestModelManifest::brokenText() {
    QFETCH(QByteArray, text);
    QFETCH(QString, says);
    writeText(*m_folder / "m/model.json", text.toStdString());
    const auto manifest = readModelManifest(*m_folder / "m");
    QVERIFY(!manifest);
    QCOMPARE(manifest.error().kind, ErrorKind::BadInput);
    QVERIFY(QString::fromStdString(manifest.error().where).contains("model.json"));
    QVERIFY2(QString::fromStdString(manifest.error().message()).contains(says),
             manifest.error().message().c_str());
}

void TestModelManifest::malformed() {
    QFETCH(QString, patch);
    QFETCH(QString, where);
    QFETCH(QString, says);
    json model = sequentialModel(kLayers, 30);
    model.merge_patch(json::parse(patch.toStdString()));
    writeModel(*m_folder / "m", model);
    const auto manifest = readModelManifest(*m_folder / "m");
    QVERIFY(!manifest);
    QCOMPARE(manifest.error().kind, ErrorKind::BadInput);
    QVERIFY2(QString::fromStdString(manifest.error().where).contains(where),
             manifest.error().message().c_str());
    QVERIFY2(QString::fromStdString(manifest.error().message()).contains(says),
             manifest.error().message().c_str());
}

void TestModelManifest::missingWeightsSayWhereFromAndWhereTo() {
    writeModel(*m_folder / "m", sequentialModel(kLayers, 30));
    const auto model = openModel((*m_folder / "m").string());
    QVERIFY(!model);
    QCOMPARE(model.error().kind, ErrorKind::NotFound);
    const std::string message = model.error().message();
    for (const std::string& part :
         {std::string("weights.safetensors"), std::string("https://example.org/weights"),
          (readModelManifest(*m_folder / "m")->userFolders().front() / "weights.safetensors").string(),
          (*m_folder / "m/weights.safetensors").string()})
        QVERIFY2(message.find(part) != std::string::npos, message.c_str());
}

void TestModelManifest::findsModelsByName() {
    writeModelWithWeights(*m_folder / "data/diploscope/models/mine", sequentialModel(kLayers, 30));
    // The user's own comes before the program's of the same name.
    writeModel(*m_folder / "data/diploscope/models/xpresso", sequentialModel(kLayers, 30));
    const auto mine = findModelFolder("mine");
    DS_VERIFY(mine);
    DS_VERIFY(openModel("mine"));
    const auto shadowed = findModelFolder("xpresso");
    DS_VERIFY(shadowed);
    QVERIFY(shadowed->string().find(m_folder->path().string()) == 0);
    DS_VERIFY(findModelFolder("simple-cnn"));
    const auto misspelt = findModelFolder("simple-cmn");
    QVERIFY(!misspelt);
    QCOMPARE(misspelt.error().kind, ErrorKind::NotFound);
    QVERIFY(misspelt.error().remedy.find("simple-cnn") != std::string::npos);
    const auto noModel = findModelFolder(m_folder->path().string());
    QVERIFY(!noModel);
    QVERIFY(noModel.error().what.find("neither a model.json") != std::string::npos);
}

/// Scores that were computed with cuDNN are no scores of today's.
void TestModelManifest::computationsOfCardsAreTheirOwn() {
    const Device card{Device::Kind::Cuda, 0};
    QCOMPARE(plainComputation(Precision::Single, {Device{}}), std::string("plain fp32 cpu"));
    QCOMPARE(plainComputation(Precision::Single, {card}), std::string("plain fp32 cuda:0 without cuDNN"));
    QCOMPARE(plainComputation(Precision::Double, {card, Device{}}),
             std::string("plain fp64 cuda:0,cpu without cuDNN"));
}

void TestModelManifest::wrongWeights_data() {
    QTest::addColumn<QString>("change");
    QTest::addColumn<QStringList>("says");
    QTest::newRow("missing") << "missing" << QStringList{"\"c.bias\" is missing"};
    QTest::newRow("unexpected") << "unexpected" << QStringList{"\"extra.weight\" is unexpected"};
    QTest::newRow("renamed") << "renamed"
                             << QStringList{"\"c.bias\" is missing", "\"c.biass\" is unexpected",
                                            "Did you mean \"c.bias\"?"};
    QTest::newRow("transposed") << "transposed"
                                << QStringList{"\"c.weight\" has shape [4, 4, 3], expected [3, 4, 4]"};
    QTest::newRow("several") << "several" << QStringList{"c.weight", "c.bias", "extra.weight"};
}

void TestModelManifest::wrongWeights() {
    QFETCH(QString, change);
    QFETCH(QStringList, says);
    writeModel(*m_folder / "m", sequentialModel(kLayers, 30));
    std::vector<NamedTensor> tensors = randomTensors(parseNetwork(kLayers, 30).value(), 1);
    if (change == "missing" || change == "several")
        tensors.erase(tensors.begin() + 1);
    if (change == "unexpected" || change == "several")
        tensors.push_back({"extra.weight", {1}, {0}});
    if (change == "renamed")
        tensors[1].name = "c.biass";
    if (change == "transposed" || change == "several")
        tensors[0].shape = {4, 4, 3};
    DS_VERIFY(writeSafetensors(*m_folder / "m/weights.safetensors", tensors));
    const auto model = openModel((*m_folder / "m").string());
    QVERIFY(!model);
    QCOMPARE(model.error().kind, ErrorKind::Mismatch);
    for (const QString& part : says)
        QVERIFY2(QString::fromStdString(model.error().what).contains(part), model.error().message().c_str());
}

void TestModelManifest::wrappedNames_data() {
    QTest::addColumn<QStringList>("prefixes"); // in turn, for the tensors of the file
    QTest::addColumn<QString>("says");
    QTest::newRow("DataParallel") << QStringList{"module."} << "\"module.\"";
    QTest::newRow("torch.compile") << QStringList{"_orig_mod."} << "\"_orig_mod.\"";
    QTest::newRow("both") << QStringList{"_orig_mod.module."} << "\"_orig_mod.module.\"";
    QTest::newRow("Lightning over DataParallel") << QStringList{"model.module."} << "\"model.module.\"";
    QTest::newRow("a name of the user's") << QStringList{"student.net."} << "\"student.net.\"";
    QTest::newRow("of some layers") << QStringList{"module.", ""} << "taken out of names";
    QTest::newRow("within names") << QStringList{"net.module.", "net."} << "\"net.\"";
}

void TestModelManifest::wrappedNames() {
    QFETCH(QStringList, prefixes);
    QFETCH(QString, says);
    writeModel(*m_folder / "m", sequentialModel(kLayers, 30));
    std::vector<NamedTensor> tensors = randomTensors(parseNetwork(kLayers, 30).value(), 1);
    DS_VERIFY(writeSafetensors(*m_folder / "m/weights.safetensors", tensors));
    const std::string checksum = openModel((*m_folder / "m").string()).value()->info().checksum;
    for (size_t i = 0; i < tensors.size(); ++i)
        tensors[i].name =
            prefixes[static_cast<qsizetype>(i) % prefixes.size()].toStdString() + tensors[i].name;
    tensors.push_back({"n_averaged", {1}, {3}});
    DS_VERIFY(writeSafetensors(*m_folder / "m/weights.safetensors", tensors));
    const auto model = openModel((*m_folder / "m").string());
    DS_VERIFY(model);
    QCOMPARE((*model)->info().checksum, checksum); // the same numbers
    QVERIFY2(QString::fromStdString((*model)->info().note).contains(says), (*model)->info().note.c_str());
    // What is beside them is still an error, and so is what is missing.
    tensors.push_back({"extra.weight", {1}, {0}});
    tensors.erase(tensors.begin());
    DS_VERIFY(writeSafetensors(*m_folder / "m/weights.safetensors", tensors));
    const auto wrong = openModel((*m_folder / "m").string());
    QVERIFY(!wrong);
    QVERIFY2(wrong.error().what.find("is missing") != std::string::npos &&
                 wrong.error().what.find("\"extra.weight\" is unexpected") != std::string::npos,
             wrong.error().what.c_str());
}

void TestModelManifest::weightsThatAreThereTwice() {
    writeModel(*m_folder / "m", sequentialModel(kLayers, 30));
    std::vector<NamedTensor> tensors;
    for (const char* prefix : {"model.", "ema."})
        for (NamedTensor tensor : randomTensors(parseNetwork(kLayers, 30).value(), 1)) {
            tensor.name = prefix + tensor.name;
            tensors.push_back(std::move(tensor));
        }
    DS_VERIFY(writeSafetensors(*m_folder / "m/weights.safetensors", tensors));
    const auto model = openModel((*m_folder / "m").string());
    QVERIFY(!model);
    QCOMPARE(model.error().kind, ErrorKind::Mismatch);
    QVERIFY2(model.error().what.find("twice") != std::string::npos, model.error().what.c_str());
}

void TestModelManifest::splitCheckpoints() {
    const auto write = [&](const json& map) {
        writeText(*m_folder / "m/weights.safetensors.index.json", json{{"weight_map", map}}.dump());
    };
    const auto opened = [&] { return openModel((*m_folder / "m").string()); };
    writeModel(*m_folder / "m", sequentialModel(kLayers, 30));
    const std::vector<NamedTensor> tensors = randomTensors(parseNetwork(kLayers, 30).value(), 1);
    DS_VERIFY(writeSafetensors(*m_folder / "m/weights.safetensors", tensors));
    const std::string checksum = opened().value()->info().checksum;
    std::filesystem::remove(*m_folder / "m/weights.safetensors");
    json map;
    for (size_t i = 0; i < tensors.size(); ++i) {
        const std::string part = fmt::format("weights-{:05}-of-{:05}.safetensors", i + 1, tensors.size());
        map[tensors[i].name] = part;
        DS_VERIFY(writeSafetensors(*m_folder / "m" / part, std::span(&tensors[i], 1)));
    }
    write(map);
    DS_VERIFY(opened());
    QCOMPARE(opened().value()->info().checksum, checksum);

    const std::string first = map[tensors[0].name];
    json wrong = map;
    wrong[tensors[0].name] = map[tensors[1].name];
    write(wrong);
    QVERIFY(opened().error().message().find("which lacks it") != std::string::npos);
    wrong[tensors[0].name] = "../" + first;
    write(wrong);
    QVERIFY(opened().error().message().find("name of a file beside") != std::string::npos);
    write(map);
    // A part alone says what it is.
    json model = sequentialModel(kLayers, 30);
    model["weights"] = first;
    writeModel(*m_folder / "m", model);
    QVERIFY2(opened().error().remedy.find("index.json") != std::string::npos,
             opened().error().message().c_str());
    writeModel(*m_folder / "m", sequentialModel(kLayers, 30));
    writeText(*m_folder / "m" / first, "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n");
    QVERIFY2(opened().error().what.find("Git LFS's pointer to the weights of 12 bytes") != std::string::npos,
             opened().error().message().c_str());
    std::filesystem::remove(*m_folder / "m" / first);
    QCOMPARE(opened().error().kind, ErrorKind::NotFound);
    QVERIFY(opened().error().message().find(first) != std::string::npos);
    for (const std::string& text : {std::string("{\"weight_map\": 3}"),
                                    std::string("{\"weight_map\": 1e400}"), std::string(1'000'000, '[')}) {
        writeText(*m_folder / "m/weights.safetensors.index.json", text);
        QCOMPARE(opened().error().kind, ErrorKind::BadInput);
    }
}

void TestModelManifest::splitCheckpointsAreInstalledWhole() {
    const std::vector<NamedTensor> tensors = randomTensors(parseNetwork(kLayers, 30).value(), 1);
    const std::filesystem::path index = *m_folder / "downloads/any name.index.json";
    json map;
    for (size_t i = 0; i < tensors.size(); ++i) {
        const std::string part = fmt::format("part-{:05}-of-{:05}.safetensors", i + 1, tensors.size());
        map[tensors[i].name] = part;
        writeText(*m_folder / "downloads" / part, ""); // makes the folder
        DS_VERIFY(writeSafetensors(*m_folder / "downloads" / part, std::span(&tensors[i], 1)));
    }
    writeText(index, json{{"weight_map", map}}.dump());
    writeModel(*m_folder / "m", sequentialModel(kLayers, 30));
    const std::filesystem::path place = readModelManifest(*m_folder / "m")->userFolders().front();
    for (const InstallMode mode : {InstallMode::Link, InstallMode::Copy}) {
        const auto installed = installWeights(*m_folder / "m", index, mode);
        DS_VERIFY(installed);
        QCOMPARE(*installed, place / "weights.safetensors.index.json");
        DS_VERIFY(openModel((*m_folder / "m").string()));
        std::filesystem::remove_all(place);
    }
    std::filesystem::remove(*m_folder / "downloads" / map[tensors[0].name].get<std::string>());
    QCOMPARE(installWeights(*m_folder / "m", index, InstallMode::Copy).error().kind, ErrorKind::NotFound);
    QVERIFY(!std::filesystem::exists(place / "weights.safetensors.index.json"));
}

void TestModelManifest::sha256IsChecked() {
    json model = sequentialModel(kLayers, 30);
    writeModelWithWeights(*m_folder / "m", model);
    model["sha256"] = sha256OfFile(*m_folder / "m/weights.safetensors").value();
    writeModel(*m_folder / "m", model);
    DS_VERIFY(openModel((*m_folder / "m").string()));
    model["sha256"] = std::string(64, '0');
    writeModel(*m_folder / "m", model);
    const auto refused = openModel((*m_folder / "m").string());
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Mismatch);
}

void TestModelManifest::checksumFollowsContent() {
    json model = sequentialModel(kLayers, 30);
    const auto checksumOf = [&](const json& document, uint64_t seed) {
        writeModelWithWeights(*m_folder / "m", document, seed);
        const auto opened = openModel((*m_folder / "m").string());
        return opened ? (*opened)->info().checksum : opened.error().message();
    };
    const std::string original = checksumOf(model, 1);
    QCOMPARE(original.size(), size_t{32});
    json renamed = model;
    renamed["name"] = "another";
    renamed["licence"] = "MIT";
    QCOMPARE(checksumOf(renamed, 1), original);
    QVERIFY(checksumOf(model, 2) != original);
    json leaky = model;
    leaky["layers"][1] = "elu"; // the same tensors, other numbers
    QVERIFY(checksumOf(leaky, 1) != original);
    const auto random = openModel((*m_folder / "m").string(), {}, 7);
    const auto same = openModel((*m_folder / "m").string(), {}, 7);
    const auto other = openModel((*m_folder / "m").string(), {}, 8);
    DS_VERIFY(random);
    DS_VERIFY(other);
    QCOMPARE((*random)->info().checksum, (*same)->info().checksum);
    QVERIFY((*random)->info().checksum != (*other)->info().checksum);
}

void TestModelManifest::enformerIsHonest() {
    const std::filesystem::path shipped =
        std::filesystem::path(DIPLOSCOPE_TEST_DATA) / ".." / "models" / "enformer";
    const auto missing = openModel(shipped.string());
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, ErrorKind::NotFound);
    std::filesystem::create_directories(*m_folder / "m");
    std::filesystem::copy_file(shipped / "model.json", *m_folder / "m/model.json");
    writeText(*m_folder / "m/pytorch_model.bin", "weights");
    const auto damaged = openModel((*m_folder / "m").string());
    QVERIFY(!damaged);
    QCOMPARE(damaged.error().kind, ErrorKind::BadInput);
}

void TestModelManifest::wrongWindowsAndOutputs() {
    writeModelWithWeights(*m_folder / "m", sequentialModel(kLayers, 30, "gene"));
    const auto model = openModel((*m_folder / "m").string());
    DS_VERIFY(model);
    std::mt19937_64 random(1);
    const ReferenceWindow right = randomWindow(random, (*model)->info().input, true);
    const auto kindOf = [&](const ReferenceWindow& window, const OutputChoice& output) {
        const auto locus = (*model)->prepare(window, output, Method::Fast);
        return locus ? std::optional<ErrorKind>() : locus.error().kind;
    };
    QVERIFY(kindOf(right, {}) == std::nullopt);
    ReferenceWindow shorter = right;
    shorter.region.end -= 1;
    QVERIFY(kindOf(shorter, {}) == ErrorKind::Mismatch);
    ReferenceWindow shifted = right;
    shifted.tssOffset += 1;
    QVERIFY(kindOf(shifted, {}) == ErrorKind::Mismatch);
    ReferenceWindow unturned = right; // the TSS of a mirrored window read forward is one base off
    unturned.reversed = false;
    QVERIFY(kindOf(unturned, {}) == ErrorKind::Mismatch);
    QVERIFY(kindOf(right, {{0}, {2}, Aggregate::Sum}) == ErrorKind::BadInput);
    QVERIFY(kindOf(right, {{1}, {0}, Aggregate::Sum}) == ErrorKind::BadInput);
    QVERIFY(kindOf(right, {{}, {0}, Aggregate::Sum}) == ErrorKind::BadInput);
}

void TestModelManifest::outputChoice() {
    OutputChoice choice{{1, 2}, {3}, Aggregate::Sum};
    Eigen::RowVectorXd values(2);
    values << 1, 7;
    QCOMPARE(choice.text(), std::string("bins 1,2; tracks 3; sum"));
    QCOMPARE(choice.score(values), 8.0);
    choice.aggregate = Aggregate::SumLog1p;
    QCOMPARE(choice.score(values), std::log(2.0) + std::log(8.0));
    choice.aggregate = Aggregate::Log2OfSum;
    QCOMPARE(choice.score(values), 3.0);
    QCOMPARE(choice.text(), std::string("bins 1,2; tracks 3; log2-of-sum"));
}

QTEST_GUILESS_MAIN(TestModelManifest)
#include "tst_model_manifest.moc"
