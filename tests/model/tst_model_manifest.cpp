// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/model_folder.h"

#include "engines/open_model.h"
#include "model/predictor.h"

#include <cstdlib>

using namespace diploscope;
using namespace diploscope::test;
using nlohmann::json;

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
    void findsModelsByName();
    void computationsOfCardsAreTheirOwn();
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
    json model = sequentialModel(smallLayers(), 30, "gene");
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
        json model = sequentialModel(smallLayers(), 30);
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
    json model = sequentialModel(smallLayers(), 30);
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

void TestModelManifest::findsModelsByName() {
    writeModelWithWeights(*m_folder / "data/diploscope/models/mine", sequentialModel(smallLayers(), 30));
    // The user's own comes before the program's of the same name.
    writeModel(*m_folder / "data/diploscope/models/xpresso", sequentialModel(smallLayers(), 30));
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

void TestModelManifest::wrongWindowsAndOutputs() {
    writeModelWithWeights(*m_folder / "m", sequentialModel(smallLayers(), 30, "gene"));
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
