// SPDX-License-Identifier: GPL-3.0-or-later
// One kind more than the program has: one file and one line are enough for it, whoever asks.
#include "engines/base_count_kind.h"
#include "model/model_folder.h"

#include "engines/open_model.h"
#include "model/install_model.h"
#include "model/model_kinds.h"
#include "model/model_trust.h"
#include "model/weights_check.h"

#include "engines/ensemble_kind.h"
#include "engines/sequential/sequential_kind.h"
#include "engines/torch/script_kind.h"
#include "engines/transformer/enformer_kind.h"

using namespace diploscope;
using namespace diploscope::test;
using nlohmann::json;

/// This program's table, in the place of core/engines/model_kinds.cpp: the library calls the one that the
/// program has.
std::vector<const ModelKind*> diploscope::modelKinds() {
    static const BaseCountKind baseCount;
    return {
        &sequentialKind(), &scriptKind(), &enformerKind(), &ensembleKind(), &baseCount,
    };
}

namespace {

json countModel() {
    return {{"schema", 1},
            {"name", "counter"},
            {"kind", "base-count"},
            {"weights", "weights.safetensors"},
            {"input", {{"length", 6}, {"tss_index", 3}}},
            {"scale", 2}};
}

void writeCounter(const std::filesystem::path& folder, const json& model = countModel()) {
    writeModel(folder, model);
    const std::vector<NamedTensor> tensors{{"bases.weight", {4}, {1, 10, 100, 1000}}};
    DS_VERIFY(writeSafetensors(folder / "weights.safetensors", tensors));
}

} // namespace

class TestAddedKind : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<TemporaryFolder>();
        setenv("XDG_DATA_HOME", (*m_folder / "data").c_str(), 1);
    }

    void opensAndPredicts() {
        writeCounter(*m_folder / "m");
        DS_VERIFY(checkWeights(readModelManifest(*m_folder / "m").value()));
        const auto model = openModel((*m_folder / "m").string());
        DS_VERIFY(model);
        QCOMPARE((*model)->info().kind, std::string("base-count"));
        const ReferenceWindow window = windowOverSequence("ACGTNA", (*model)->info().input);
        const auto locus = (*model)->prepare(window, (*model)->info().defaultOutput, Method::Fast);
        DS_VERIFY(locus);
        const auto scores = (*locus)->predict(std::vector<EditList>{{}, {{0, 1, "T"}}}, {});
        DS_VERIFY(scores);
        QCOMPARE((*scores)(0, 0), 2 * 1112.0);
        QCOMPARE((*scores)(1, 0), 2 * 2111.0);
        const auto gradient = (*locus)->gradient({});
        QCOMPARE(gradient.error().kind, ErrorKind::Unsupported);
        QCOMPARE(
            gradient.error().remedy,
            std::string("Use a sequential model or an Enformer, or go without the gradient attribution."));
    }

    void checksumFollowsItsKeys() {
        const auto checksum = [&](const json& scale, const char* name) {
            json model = countModel();
            model["scale"] = scale;
            model["name"] = name;
            writeCounter(*m_folder / "m", model);
            return openModel((*m_folder / "m").string()).value()->info().checksum;
        };
        QCOMPARE(checksum(2, "one"), checksum(2, "two"));
        QVERIFY(checksum(2, "one") != checksum(3, "one"));
    }

    void itsKeysAreItsOwn() {
        json model = countModel();
        model["layers"] = json::array({"flatten"});
        writeModel(*m_folder / "m", model);
        QCOMPARE(readModelManifest(*m_folder / "m").error().what,
                 std::string("A base-count model has no \"layers\"."));
        json other = sequentialModel(json::array({"flatten", {{"linear", {{"name", "o"}, {"out", 1}}}}}), 30);
        other["scale"] = 2;
        writeModel(*m_folder / "m", other);
        QCOMPARE(readModelManifest(*m_folder / "m").error().what,
                 std::string("A sequential model has no \"scale\"."));
        model = countModel();
        model["scale"] = "two";
        writeModel(*m_folder / "m", model);
        const auto wrong = readModelManifest(*m_folder / "m");
        QVERIFY(!wrong && wrong.error().where.find("scale") != std::string::npos);
        model["kind"] = "base-cuont";
        writeModel(*m_folder / "m", model);
        QVERIFY(readModelManifest(*m_folder / "m").error().what.find("\"base-count\"") != std::string::npos);
    }

    void whatOthersDoWithModelsWorks() {
        writeCounter(*m_folder / "m");
        const ModelManifest model = readModelManifest(*m_folder / "m").value();
        QVERIFY(untrustedPrograms(model).empty());
        QVERIFY(model.kind->inDetail(model).empty());
        const auto looked = checkWeightValues(model, 1000);
        DS_VERIFY(looked);
        QCOMPARE(looked->ofBytes, int64_t{16});
        const std::vector<NamedTensor> wrong{{"bases.weight", {3}, {1, 2, 3}}};
        DS_VERIFY(writeSafetensors(*m_folder / "m/weights.safetensors", wrong));
        QCOMPARE(checkWeights(model).error().kind, ErrorKind::Mismatch);
        DS_VERIFY(openModel((*m_folder / "m").string(), {}, 7)); // random weights need none
        DS_VERIFY(installModel(*m_folder / "m", InstallMode::Copy));
        DS_VERIFY(findModelFolder("counter"));
    }

    void ensemblesTakeIt() {
        writeCounter(*m_folder / "m");
        writeModel(*m_folder / "both",
                   {{"schema", 1}, {"name", "both"}, {"kind", "ensemble"}, {"models", {"../m", "../m"}}});
        DS_VERIFY(openModel((*m_folder / "both").string()));
    }

    void huggingFaceFolders() {
        const std::vector<NamedTensor> tensors{{"bases.weight", {4}, {1, 2, 3, 4}}};
        writeText(*m_folder / "hf/config.json", R"({"base_weights": true, "scale": 3})");
        DS_VERIFY(writeSafetensors(*m_folder / "hf/model.safetensors", tensors));
        const auto model = openModel((*m_folder / "hf").string());
        DS_VERIFY(model);
        QCOMPARE((*model)->info().name, std::string("hf"));
        QCOMPARE((*model)->info().input.length, int64_t{20});
        writeText(*m_folder / "hf/config.json", R"({"model_type": "bert"})");
        QCOMPARE(readModelManifest(*m_folder / "hf").error().what,
                 std::string("This is a model of type \"bert\", not an Enformer or a count of bases."));
    }

private:
    std::unique_ptr<TemporaryFolder> m_folder;
};

QTEST_GUILESS_MAIN(TestAddedKind)
#include "tst_added_kind.moc"
