// SPDX-License-Identifier: GPL-3.0-or-later
// The table of kinds, and that one file and one line are enough for another one.
#include "engines/base_count_kind.h"
#include "model/model_folder.h"

#include "engines/open_model.h"
#include "model/enformer_config.h"
#include "model/install_model.h"
#include "model/model_kinds.h"
#include "model/model_trust.h"
#include "model/weights_check.h"

#include <algorithm>
#include <cmath>
#include <set>

using namespace diploscope;
using namespace diploscope::test;
using nlohmann::json;

namespace {

const ModelKind& baseCount() {
    static const BaseCountKind kind;
    return kind;
}

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

std::vector<std::string> names() {
    std::vector<std::string> all;
    for (const ModelKind* kind : modelKinds())
        all.push_back(kind->name());
    return all;
}

const ModelKind& kindNamed(const std::string& name) {
    const std::vector<const ModelKind*> all = modelKinds();
    return **std::find_if(all.begin(), all.end(),
                          [&](const ModelKind* kind) { return kind->name() == name; });
}

json sequential(const json& layers) {
    return sequentialModel(layers, 30);
}

} // namespace

class TestModelKinds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<TemporaryFolder>();
        setenv("XDG_DATA_HOME", (*m_folder / "data").c_str(), 1);
    }

    /// Before one is added: this must be the first.
    void builtIn() {
        QCOMPARE(names(), (std::vector<std::string>{"sequential", "torchscript", "enformer", "ensemble"}));
        QCOMPARE(anyKind([](const ModelKind& kind) { return kind.canBeTrained(); }),
                 std::string("a sequential model or an Enformer"));
        QCOMPARE(anyKind([](const ModelKind& kind) { return kind.gradients() == Gradients::Always; }),
                 std::string("a sequential model or an Enformer"));
        QCOMPARE(anyKind([](const ModelKind& kind) { return kind.fastIsOnDevice(); }),
                 std::string("an Enformer"));
        QCOMPARE(anyKind([](const ModelKind& kind) { return kind.runsForeignCode(); }),
                 std::string("a TorchScript module"));
        QCOMPARE(anyKind([](const ModelKind&) { return false; }), std::string());
    }

    void everyKindIsWhole() {
        std::set<std::string> words;
        for (const ModelKind* kind : modelKinds()) {
            QVERIFY(words.insert(kind->name()).second);
            QVERIFY(words.insert(kind->words().one).second);
            QVERIFY(words.insert(kind->words().many).second);
            QVERIFY2(!kind->keys().empty(), kind->name().c_str());
            // What is trained is a network of ours, so it has gradients and its cost is known.
            QVERIFY(!kind->canBeTrained() || kind->gradients() == Gradients::Always);
            if (const HuggingFaceForm* form = kind->huggingFace())
                QVERIFY(!form->modelType.empty() && !form->keys.empty());
        }
    }

    void unknownHuggingFaceTypesAreToldInWords() {
        writeText(*m_folder / "m/config.json", R"({"model_type": "bert"})");
        const auto typed = readModelManifest(*m_folder / "m");
        QVERIFY(!typed);
        QCOMPARE(typed.error().kind, ErrorKind::Unsupported);
        QCOMPARE(typed.error().what, std::string("This is a model of type \"bert\", not an Enformer."));
        QCOMPARE(typed.error().remedy,
                 std::string("Of Hugging Face's models Enformers can be opened; others need a model.json."));
        writeText(*m_folder / "m/config.json", R"({"dim": 12})");
        QCOMPARE(readModelManifest(*m_folder / "m").error().what,
                 std::string("This is no configuration of an Enformer: it has no \"dim\" and \"depth\"."));
    }

    void operations() {
        // A product and a sum each: 3 filters of 4 x 4 at 27 places, then 81 features to 2.
        const json layers = json::parse(
            R"([{"conv1d":{"name":"c","out":3,"width":4}},"relu","flatten",{"linear":{"name":"o","out":2}}])");
        writeModel(*m_folder / "m", sequential(layers));
        const ModelManifest small = readModelManifest(*m_folder / "m").value();
        QCOMPARE(*small.kind->operations(small), 2.0 * (3 * 27 * 16 + 81 * 2));
        // The published Enformer: 3,293 GFLOP.
        QVERIFY(std::abs(EnformerConfig{}.network().operations() / 1e9 - 3293) < 5);
        QVERIFY(!kindNamed("torchscript").operations({}));
    }

    void trainingForms() {
        const auto formOf = [&](const char* end) {
            writeModel(*m_folder / "m", sequential(json::array({"flatten", json::parse(end)})));
            const ModelManifest model = readModelManifest(*m_folder / "m").value();
            return model.kind->trainingForm(model).value();
        };
        const TrainingForm folded = formOf(R"({"linear":{"name":"o","out":1}})");
        QVERIFY(folded.standardised);
        QCOMPARE(*folded.foldsInto, std::string("o"));
        const TrainingForm plain = formOf(R"({"linear":{"name":"o","out":1,"bias":false}})");
        QVERIFY(!plain.standardised && !plain.foldsInto);

        writeModel(*m_folder / "script", {{"schema", 1},
                                          {"name", "script"},
                                          {"kind", "torchscript"},
                                          {"weights", "m.pt"},
                                          {"input", {{"length", 30}, {"tss_index", 15}}}});
        const ModelManifest script = readModelManifest(*m_folder / "script").value();
        const auto refused = script.kind->trainingForm(script);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Unsupported);
        QCOMPARE(refused.error().what,
                 std::string("The model \"script\" is of kind torchscript, which has no list of layers."));
        QCOMPARE(script.kind->train(script, {}, {}, {}).error().what, refused.error().what);
    }

    // From here on there is one kind more.

    void isUnknownBeforeItIsAdded() {
        writeCounter(*m_folder / "m");
        QCOMPARE(readModelManifest(*m_folder / "m").error().kind, ErrorKind::BadInput);
        addModelKind(baseCount());
        addModelKind(baseCount()); // known by its name
        QCOMPARE(names().size(), size_t{5});
        DS_VERIFY(readModelManifest(*m_folder / "m"));
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
        json other = sequential(json::array({"flatten", {{"linear", {{"name", "o"}, {"out", 1}}}}}));
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

QTEST_GUILESS_MAIN(TestModelKinds)
#include "tst_model_kinds.moc"
