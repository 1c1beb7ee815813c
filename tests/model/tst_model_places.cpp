// SPDX-License-Identifier: GPL-3.0-or-later
// Which of the user's weights are a model's, where several have one name.
#include "engines/open_model.h"
#include "model/install_model.h"
#include "model/model_folder.h"

using namespace diploscope;
using namespace diploscope::test;
using nlohmann::json;
namespace fs = std::filesystem;

class TestModelPlaces : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<TemporaryFolder> m_folder;
    fs::path m_models; ///< the user's

    static json model(const std::string& description) {
        json model = sequentialModel(json::parse(R"(["flatten",{"linear":{"name":"o","out":2}}])"), 30);
        model["description"] = description;
        return model;
    }
    fs::path write(const fs::path& folder, const std::string& description) const {
        writeModel(folder, model(description));
        return folder;
    }
    /// Weights where the program kept all of that name.
    void writeOldPlace() const {
        writeModelWithWeights(*m_folder / "made", model(""));
        fs::create_directories(m_models / "test-net");
        fs::rename(*m_folder / "made/weights.safetensors", m_models / "test-net/weights.safetensors");
    }
    static Result<fs::path> weightsOf(const fs::path& folder) {
        return readModelManifest(folder).value().findWeights();
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<TemporaryFolder>();
        m_models = *m_folder / "data/diploscope/models";
        qputenv("XDG_DATA_HOME", QByteArray::fromStdString((*m_folder / "data").string()));
    }

    void everyModelHasItsOwn() {
        const fs::path one = write(*m_folder / "one", "of brain"), two = write(*m_folder / "two", "of blood");
        writeModelWithWeights(*m_folder / "made", model(""));
        const auto installed = installWeights(one, *m_folder / "made/weights.safetensors", InstallMode::Copy);
        DS_VERIFY(installed);
        QCOMPARE(weightsOf(one).value(), *installed);
        QCOMPARE(weightsOf(two).error().kind, ErrorKind::NotFound);
        // What says just the same is the same model, wherever it is.
        QCOMPARE(weightsOf(write(*m_folder / "copy", "of brain")).value(), *installed);
        // The model becomes known by its name: its weights stay where they are.
        DS_VERIFY(installModel(one, InstallMode::Copy));
        QCOMPARE(weightsOf(m_models / "test-net").value(), *installed);
        QCOMPARE(weightsOf(two).error().kind, ErrorKind::NotFound);
    }

    /// Whoever put weights there before keeps them, while nothing says that they may be another model's.
    void theOldPlaceIsLookedAt() {
        writeOldPlace();
        const fs::path one = write(*m_folder / "one", "of brain");
        QCOMPARE(weightsOf(one).value(), m_models / "test-net/weights.safetensors");
        DS_VERIFY(openModel(one.string()));
        // A known model of that name, in a folder of another: they may be its.
        const fs::path known = write(m_models / "mine", "of blood");
        QCOMPARE(weightsOf(one).error().kind, ErrorKind::NotFound);
        QCOMPARE(weightsOf(known).value(), m_models / "test-net/weights.safetensors");
        write(m_models / "another", "of bone");
        const auto weights = weightsOf(known);
        QVERIFY(!weights);
        QCOMPARE(weights.error().kind, ErrorKind::NotFound);
        QVERIFY2(weights.error().remedy.find("may be another model's of the same name") != std::string::npos,
                 weights.error().remedy.c_str());
    }

    /// A model that is known by its name has the folder of that name, and no other of that name looks there.
    void knownByItsName() {
        writeOldPlace();
        const fs::path known = write(m_models / "test-net", "of brain");
        const fs::path one = write(*m_folder / "one", "of blood");
        QCOMPARE(weightsOf(known).value(), m_models / "test-net/weights.safetensors");
        QCOMPARE(weightsOf(one).error().kind, ErrorKind::NotFound);
        QCOMPARE(weightsOf(write(*m_folder / "copy", "of brain")).value(),
                 m_models / "test-net/weights.safetensors");
    }

    /// The checksum tells already whose they are.
    void checksumsNeedNoPlaceOfTheirOwn() {
        json checked = model("of brain");
        checked["sha256"] = std::string(64, '0');
        writeModel(*m_folder / "one", checked);
        QCOMPARE(readModelManifest(*m_folder / "one")->userFolders(),
                 std::vector<fs::path>{m_models / "test-net"});
    }
};

QTEST_GUILESS_MAIN(TestModelPlaces)
#include "tst_model_places.moc"
