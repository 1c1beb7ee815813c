// SPDX-License-Identifier: GPL-3.0-or-later
// The table of kinds; tst_added_kind has one more.
#include "engines/open_model.h"
#include "model/model_folder.h"

#include "model/enformer_config.h"
#include "model/model_kinds.h"

#include <algorithm>
#include <cmath>
#include <set>

using namespace diploscope;
using namespace diploscope::test;
using nlohmann::json;

namespace {

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

    void builtIn() {
        QCOMPARE(names(), (std::vector<std::string>{"sequential", "torchscript", "enformer", "ensemble",
                                                    "program", "effects", "predictions", "elsewhere"}));
        QCOMPARE(anyKind([](const ModelKind& kind) { return kind.canBeTrained(); }),
                 std::string("a sequential model or an Enformer"));
        QCOMPARE(anyKind([](const ModelKind& kind) { return kind.gradients() == Gradients::Always; }),
                 std::string("a sequential model or an Enformer"));
        QCOMPARE(anyKind([](const ModelKind& kind) { return kind.fastIsOnDevice(); }),
                 std::string("an Enformer"));
        QCOMPARE(anyKind([](const ModelKind& kind) { return kind.runsForeignCode(); }),
                 std::string("a TorchScript module or a program"));
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

    /// By it a check knows what it may cost.
    void editsPerWholePass() {
        const auto of = [](const char* model) {
            return openModel(model, {}, 1).value()->editsPerWholePass();
        };
        QCOMPARE(std::round(of("simple-cnn")), 2010.0);
        QVERIFY(of("enformer") > 2 && of("enformer") < 15);
        QVERIFY(of("demo-enformer") >= 1);
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

    /// What tst_added_kind adds is unknown where nobody adds it.
    void isUnknownBeforeItIsAdded() {
        writeModel(*m_folder / "m", {{"schema", 1},
                                     {"name", "counter"},
                                     {"kind", "base-count"},
                                     {"weights", "weights.safetensors"},
                                     {"input", {{"length", 6}, {"tss_index", 3}}}});
        const auto model = readModelManifest(*m_folder / "m");
        QVERIFY(!model);
        QCOMPARE(model.error().kind, ErrorKind::BadInput);
    }

private:
    std::unique_ptr<TemporaryFolder> m_folder;
};

QTEST_GUILESS_MAIN(TestModelKinds)
#include "tst_model_kinds.moc"
