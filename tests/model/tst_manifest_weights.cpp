// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/model_folder.h"

#include "base/checksum.h"
#include "engines/open_model.h"
#include "model/install_model.h"
#include "model/predictor.h"

#include <fmt/format.h>

#include <cstdlib>
#include <span>

using namespace diploscope;
using namespace diploscope::test;
using nlohmann::json;

/// The weights of a model: where they are sought, what is told of missing and of wrong ones.
class TestManifestWeights : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void missingWeightsSayWhereFromAndWhereTo();
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

private:
    std::unique_ptr<TemporaryFolder> m_folder;
};

void TestManifestWeights::init() {
    m_folder = std::make_unique<TemporaryFolder>();
    setenv("XDG_DATA_HOME", (*m_folder / "data").c_str(), 1);
}

void TestManifestWeights::missingWeightsSayWhereFromAndWhereTo() {
    writeModel(*m_folder / "m", sequentialModel(smallLayers(), 30));
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

void TestManifestWeights::wrongWeights_data() {
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

void TestManifestWeights::wrongWeights() {
    QFETCH(QString, change);
    QFETCH(QStringList, says);
    writeModel(*m_folder / "m", sequentialModel(smallLayers(), 30));
    std::vector<NamedTensor> tensors = randomTensors(parseNetwork(smallLayers(), 30).value(), 1);
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

void TestManifestWeights::wrappedNames_data() {
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

void TestManifestWeights::wrappedNames() {
    QFETCH(QStringList, prefixes);
    QFETCH(QString, says);
    writeModel(*m_folder / "m", sequentialModel(smallLayers(), 30));
    std::vector<NamedTensor> tensors = randomTensors(parseNetwork(smallLayers(), 30).value(), 1);
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

void TestManifestWeights::weightsThatAreThereTwice() {
    writeModel(*m_folder / "m", sequentialModel(smallLayers(), 30));
    std::vector<NamedTensor> tensors;
    for (const char* prefix : {"model.", "ema."})
        for (NamedTensor tensor : randomTensors(parseNetwork(smallLayers(), 30).value(), 1)) {
            tensor.name = prefix + tensor.name;
            tensors.push_back(std::move(tensor));
        }
    DS_VERIFY(writeSafetensors(*m_folder / "m/weights.safetensors", tensors));
    const auto model = openModel((*m_folder / "m").string());
    QVERIFY(!model);
    QCOMPARE(model.error().kind, ErrorKind::Mismatch);
    QVERIFY2(model.error().what.find("twice") != std::string::npos, model.error().what.c_str());
}

void TestManifestWeights::splitCheckpoints() {
    const auto write = [&](const json& map) {
        writeText(*m_folder / "m/weights.safetensors.index.json", json{{"weight_map", map}}.dump());
    };
    const auto opened = [&] { return openModel((*m_folder / "m").string()); };
    writeModel(*m_folder / "m", sequentialModel(smallLayers(), 30));
    const std::vector<NamedTensor> tensors = randomTensors(parseNetwork(smallLayers(), 30).value(), 1);
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
    json model = sequentialModel(smallLayers(), 30);
    model["weights"] = first;
    writeModel(*m_folder / "m", model);
    QVERIFY2(opened().error().remedy.find("index.json") != std::string::npos,
             opened().error().message().c_str());
    writeModel(*m_folder / "m", sequentialModel(smallLayers(), 30));
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

void TestManifestWeights::splitCheckpointsAreInstalledWhole() {
    const std::vector<NamedTensor> tensors = randomTensors(parseNetwork(smallLayers(), 30).value(), 1);
    const std::filesystem::path index = *m_folder / "downloads/any name.index.json";
    json map;
    for (size_t i = 0; i < tensors.size(); ++i) {
        const std::string part = fmt::format("part-{:05}-of-{:05}.safetensors", i + 1, tensors.size());
        map[tensors[i].name] = part;
        writeText(*m_folder / "downloads" / part, ""); // makes the folder
        DS_VERIFY(writeSafetensors(*m_folder / "downloads" / part, std::span(&tensors[i], 1)));
    }
    writeText(index, json{{"weight_map", map}}.dump());
    writeModel(*m_folder / "m", sequentialModel(smallLayers(), 30));
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

void TestManifestWeights::sha256IsChecked() {
    json model = sequentialModel(smallLayers(), 30);
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

void TestManifestWeights::checksumFollowsContent() {
    json model = sequentialModel(smallLayers(), 30);
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

void TestManifestWeights::enformerIsHonest() {
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

QTEST_GUILESS_MAIN(TestManifestWeights)
#include "tst_manifest_weights.moc"
