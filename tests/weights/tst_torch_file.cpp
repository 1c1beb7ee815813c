// SPDX-License-Identifier: GPL-3.0-or-later
// State dicts written by PyTorch (tests/reference/state_dicts.py), and damaged, malicious and contradictory
// ones.
#include "support.h"
#include "weights/torch_file.h"

#include "base/atomic_file.h"
#include "weights/safetensors.h"
#include "weights/state_dict.h"

#include <fmt/format.h>

#include <cmath>
#include <random>

using namespace diploscope;
using namespace diploscope::test;

namespace {

std::filesystem::path stateDict(const std::string& name) {
    return fixture("weights/fixtures/state_dict/" + name);
}

/// The script's values.
std::vector<double> values(size_t count) {
    std::vector<double> all;
    for (size_t i = 0; i < count; ++i)
        all.push_back(static_cast<double>(i % 61) * 0.25 - 7);
    return all;
}

/// A pickle by hand: protocol 2, `body`, STOP.
std::string pickle(const std::string& body) {
    return "\x80\x02" + body + ".";
}
std::string text(const std::string& words) {
    std::string length(4, '\0');
    length[0] = static_cast<char>(words.size());
    return "X" + length + words;
}
std::string whole(int value) {
    return std::string("J") + std::string(reinterpret_cast<const char*>(&value), 4);
}
/// A dict of one tensor "w": `sizes` and `strides` are pickled tuples, the storage holds `count` floats.
std::string tensorPickle(const std::string& sizes, const std::string& strides, int offset = 0, int count = 6,
                         const std::string& storageType = "ctorch\nFloatStorage\n") {
    return pickle("}" + text("w") + "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + storageType +
                  text("0") + text("cpu") + whole(count) + "tQ" + whole(offset) + sizes + strides +
                  "\x89)tRs");
}
std::string pair(int a, int b) {
    return whole(a) + whole(b) + "\x86";
}
/// Parts of a pickle: a tensor of six numbers, a dict of one thing, a dict of two.
std::string sixNumbers() {
    return "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + "ctorch\nFloatStorage\n" + text("0") +
           text("cpu") + whole(6) + "tQ" + whole(0) + pair(2, 3) + pair(3, 1) + "\x89)tR";
}
std::string dict(const std::string& key, const std::string& value) {
    return "}" + text(key) + value + "s";
}
std::string with(const std::string& container, const std::string& key, const std::string& value) {
    return container + text(key) + value + "s";
}

} // namespace

class TestTorchFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void convertsEveryTypeExactly();
    void readsViews();
    void readsPlainStateDicts_data();
    void readsPlainStateDicts();
    void findsWeightsOfTrainings_data();
    void findsWeightsOfTrainings();
    void refusesByName_data();
    void refusesByName();
    void refusesPickles_data();
    void refusesPickles();
    void survivesTruncation();
    void survivesMutations();
    void survivesMutatedPickles();
    void readsTheSharedCheckpoint();
};

void TestTorchFile::convertsEveryTypeExactly() {
    auto file = TorchFile::open(stateDict("types.pt"));
    DS_VERIFY(file);
    QCOMPARE(file->tensors().size(), size_t{7});
    for (const char* name : {"float32", "float64", "float16", "bfloat16"}) {
        auto tensor = file->read(name);
        DS_VERIFY(tensor);
        QCOMPARE(tensor->shape, (std::vector<int64_t>{3, 5}));
        QVERIFY2(tensor->values == values(15), name);
    }
    QCOMPARE(file->find("float16")->dtype, std::string("F16"));
    QCOMPARE(file->read("whole").error().kind, ErrorKind::Unsupported);
    QVERIFY(file->read("none")->values.empty());
    QCOMPARE(file->read("scalar")->values, std::vector<double>{2.5});
    QCOMPARE(file->read("absent").error().kind, ErrorKind::NotFound);
}

void TestTorchFile::readsViews() {
    auto file = TorchFile::open(stateDict("views.pt"));
    DS_VERIFY(file);
    const std::vector<double> all = values(48);
    const auto check = [&](const char* name, const std::vector<int64_t>& shape, auto&& index) {
        auto tensor = file->read(name);
        DS_VERIFY(tensor);
        QCOMPARE(tensor->shape, shape);
        for (size_t i = 0; i < tensor->values.size(); ++i)
            QCOMPARE(tensor->values[i], all[index(i)]);
    };
    check("column", {6}, [](size_t i) { return 8 * i + 3; });
    check("turned", {8, 6}, [](size_t i) { return 8 * (i % 6) + i / 6; });
    check("middle", {2, 8}, [](size_t i) { return 16 + i; });
    check("all", {6, 8}, [](size_t i) { return i; });
    QVERIFY(file->isSame(*file->find("all"), *file->find("again")));
    QVERIFY(!file->isSame(*file->find("all"), *file->find("turned")));
}

void TestTorchFile::readsPlainStateDicts_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("names");
    QTest::newRow("of a module, with _metadata")
        << "module.pt" << QStringList{"0.bias",         "0.weight",      "1.bias",  "1.num_batches_tracked",
                                      "1.running_mean", "1.running_var", "1.weight"};
    QTest::newRow("parameters") << "parameters.pt" << QStringList{"w"};
    QTest::newRow("in a checkpoint") << "nested.pt" << QStringList{"w"};
    QTest::newRow("protocol 4") << "protocol4.pt" << QStringList{"w"};
}

void TestTorchFile::readsPlainStateDicts() {
    QFETCH(QString, name);
    QFETCH(QStringList, names);
    auto file = openWeights(stateDict(name.toStdString()));
    DS_VERIFY(file);
    QStringList found;
    for (const TensorInfo& tensor : (*file)->tensors())
        found << QString::fromStdString(tensor.name);
    QCOMPARE(found, names);
    const char* first = names.contains("w") ? "w" : "0.weight";
    auto tensor = (*file)->read(first);
    DS_VERIFY(tensor);
    QVERIFY(tensor->values == values(tensor->values.size()));
}

void TestTorchFile::findsWeightsOfTrainings_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("place");
    const auto row = [](const char* name, const std::string& body, const char* place) {
        const std::string bytes = pickle(body);
        QTest::newRow(name) << QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())) << place;
    };
    const std::string weights = dict("w", sixNumbers());
    row("weights alone", weights, "");
    for (const char* key : {"state_dict", "model_state_dict", "model", "net", "ema", "model_ema", "params"})
        row(key, with(dict("epoch", "K\x03"), key, weights), key);
    row("a loss tensor beside", with(dict("loss", sixNumbers()), "model_state_dict", weights),
        "model_state_dict");
    row("an optimizer with tensors", with(dict("optimizer", dict("exp_avg", sixNumbers())), "model", weights),
        "model");
    row("a scheduler and a scaler",
        with(with(dict("lr_scheduler", dict("a", sixNumbers())), "scaler", dict("b", sixNumbers())), "net",
             weights),
        "net");
    row("deeper", dict("state", with(dict("optim_state", dict("m", sixNumbers())), "network", weights)),
        "state.network");
    const std::string settings = "cmy.package.config\nConfig\n)\x81" + dict("lr", "K\x01") + "b";
    row("an object of the training's", with(dict("cfg", settings), "state_dict", weights), "state_dict");
    row("a dict of a class of its own",
        with(dict("hyper_parameters", "clightning.data\nAttributeDict\n)R" + text("lr") + "K\x01s"),
             "state_dict", weights),
        "state_dict");
    row("a numpy number",
        with(dict("best", "cnumpy.core.multiarray\nscalar\ncnumpy\ndtype\n" + text("f8") + "\x85R" +
                              text("x") + "\x86R"),
             "state_dict", weights),
        "state_dict");
    row("a path", with(dict("file", "cpathlib\nPosixPath\n" + text("a") + "\x85R"), "model", weights),
        "model");
    row("a set", with(dict("seen", "cbuiltins\nset\n]\x85R"), "model", weights), "model");
    row("a defaultdict",
        dict("model", "ccollections\ndefaultdict\ncbuiltins\nlist\n\x85R" + text("w") + sixNumbers() + "s"),
        "model");
    row("a parameter with attributes",
        dict("w", "ctorch._utils\n_rebuild_parameter_with_state\n(" + sixNumbers() + "\x88N}tR"), "");
}

void TestTorchFile::findsWeightsOfTrainings() {
    QFETCH(QByteArray, bytes);
    QFETCH(QString, place);
    const auto read = readStateDict(bytes.toStdString());
    DS_VERIFY(read);
    QCOMPARE(QString::fromStdString(read->place), place);
    QCOMPARE(read->tensors.size(), size_t{1});
    QCOMPARE(read->tensors[0].name, std::string("w"));
    QCOMPARE(read->tensors[0].shape, (std::vector<int64_t>{2, 3}));
}

void TestTorchFile::refusesByName_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("says");
    QTest::newRow("code") << "weights/fixtures/state_dict/harmful.pt"
                          << "posix.system";
    QTest::newRow("a whole module") << "weights/fixtures/state_dict/whole_module.pt"
                                    << "torch.nn.modules.container.Sequential";
    QTest::newRow("two dicts") << "weights/fixtures/state_dict/ambiguous.pt"
                               << "\"model\", \"ema\"";
    QTest::newRow("a tensor alone") << "weights/fixtures/state_dict/tensor_alone.pt"
                                    << "no dict of tensors";
    QTest::newRow("before 1.6") << "weights/fixtures/state_dict/before_1_6.pt"
                                << "before 1.6";
    QTest::newRow("TorchScript") << "engines/fixtures/scalar.pt"
                                 << "TorchScript";
}

void TestTorchFile::refusesByName() {
    QFETCH(QString, name);
    QFETCH(QString, says);
    const auto file = openWeights(fixture(name.toStdString()));
    QVERIFY(!file);
    QVERIFY2(QString::fromStdString(file.error().message()).contains(says), file.error().message().c_str());
    QVERIFY(QString::fromStdString(file.error().where).contains(name));
    QVERIFY(!std::filesystem::exists("harmful_was_here"));
}

void TestTorchFile::refusesPickles_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const std::string& bytes, const char* says) {
        QTest::newRow(name) << QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())) << says;
    };
    row("empty", "", "cut off");
    row("nothing on the stack", pickle(""), "not there");
    row("an unknown instruction", pickle("}\xff"), "0xff");
    row("extension registry", pickle("\x82\x01"), "0x82");
    row("INST", pickle("(ios\nsystem\n"), "0x69");
    row("a global from the stack", pickle(text("builtins") + text("eval") + "\x93"), "builtins.eval");
    row("a global of another module", pickle("cos\nsystem\n"), "os.system");
    row("a dotted way round", pickle("ctorch._utils\n_rebuild_tensor_v2.__globals__\n"), "__globals__");
    row("a function of the system beside weights",
        pickle(with(dict("w", sixNumbers()), "x", "csubprocess\nPopen\n)R")), "subprocess.Popen");
    row("an object alone", pickle("cmy.nets\nNet\n)\x81}b"), "my.nets.Net");
    row("a tensor of a strange kind", pickle(dict("w", "ctorch._utils\n_rebuild_sparse_tensor\n)R")),
        "_rebuild_sparse_tensor");
    row("two models",
        pickle(with(dict("generator", dict("w", sixNumbers())), "discriminator", dict("w", sixNumbers()))),
        "\"generator\", \"discriminator\"");
    row("a mark that is not there", pickle("}u"), "mark");
    row("odd items", pickle("}(" + text("a") + "u"), "odd");
    row("a memo that is not there", pickle("h\x05"), "never kept");
    row("calling a text", pickle(text("f") + ")R"), "called");
    row("filling a number",
        pickle("K\x01K\x02"
               "a"),
        "container");
    row("a text longer than the file",
        pickle("X\xff\xff\xff\x7f"
               "abc"),
        "cut off");
    row("a text of 2^64 bytes", pickle("\x8d\xff\xff\xff\xff\xff\xff\xff\xff"), "cut off");
    row("taking beyond a mark", pickle("}(s"), "not there");
    row("too large for its storage", tensorPickle(pair(2, 4), pair(4, 1)),
        "does not lie in its storage of 6");
    row("offset", tensorPickle(pair(2, 3), pair(3, 1), 1), "offset 1");
    row("negative offset", tensorPickle(pair(2, 3), pair(3, 1), -1), "offset -1");
    row("negative size", tensorPickle(pair(-2, 3), pair(3, 1)), "[-2, 3]");
    row("negative stride", tensorPickle(pair(2, 3), pair(-3, 1)), "strides [-3, 1]");
    row("repeated values", tensorPickle(pair(2000000000, 2000000000), pair(0, 0)), "does not lie");
    row("overflow", tensorPickle(pair(2147483647, 2147483647), pair(2147483647, 2147483647)), "does not lie");
    row("fewer strides", tensorPickle(pair(2, 3), whole(1) + "\x85"), "sizes and strides");
    row("sizes of text", tensorPickle(text("a") + whole(1) + "\x86", pair(1, 1)), "whole numbers");
    row("storage of a strange type", tensorPickle(pair(2, 3), pair(3, 1), 0, 6, "ctorch\nQInt8Storage\n"),
        "QInt8Storage");
    row("listed twice", pickle("}(" + tensorPickle(pair(1, 1), pair(1, 1)).substr(3, 6) + "K\x01u"),
        "no dict of tensors");
}

void TestTorchFile::refusesPickles() {
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    const auto tensors = readStateDict(bytes.toStdString());
    QVERIFY(!tensors);
    QVERIFY2(QString::fromStdString(tensors.error().message()).contains(says),
             tensors.error().message().c_str());
    // The same with sizes that fit is read, so each row fails for its own reason.
    DS_VERIFY(readStateDict(tensorPickle(pair(2, 3), pair(3, 1))));
}

void TestTorchFile::survivesTruncation() {
    const std::string good = *readWholeFile(stateDict("types.pt"));
    TemporaryFolder folder;
    for (size_t length = 0; length < good.size(); length += length < 200 ? 1 : 7) {
        writeText(folder / "w.bin", good.substr(0, length));
        const auto file = openWeights(folder / "w.bin");
        QVERIFY2(!file, fmt::format("{} of {} bytes were read", length, good.size()).c_str());
        QVERIFY(!file.error().what.empty());
    }
}

void TestTorchFile::survivesMutations() {
    std::mt19937_64 random(11);
    TemporaryFolder folder;
    int opened = 0;
    for (const char* name : {"types.pt", "views.pt", "nested.pt"}) {
        const std::string good = *readWholeFile(stateDict(name));
        for (int round = 0; round < 700; ++round) {
            std::string bad = good;
            for (uint64_t i = 0; i <= random() % 3; ++i)
                bad[random() % bad.size()] = static_cast<char>(random());
            writeText(folder / "w.bin", bad);
            const auto file = openWeights(folder / "w.bin");
            if (!file)
                continue;
            ++opened;
            for (const TensorInfo& info : (*file)->tensors())
                if (const auto tensor = (*file)->read(info.name))
                    QCOMPARE(static_cast<int64_t>(tensor->values.size()), elementCount(info.shape));
        }
    }
    QVERIFY(opened > 0);
}

void TestTorchFile::survivesMutatedPickles() {
    // Without the archive's checksums in the way: the machine itself sees every mutation.
    const std::string good = tensorPickle(pair(2, 3), pair(3, 1));
    std::mt19937_64 random(12);
    int read = 0;
    for (int round = 0; round < 200'000; ++round) {
        std::string bad = good;
        for (uint64_t i = 0; i <= random() % 4; ++i) {
            const size_t at = random() % bad.size();
            switch (random() % 4) {
            case 0:
                bad.erase(at, 1);
                break;
            case 1:
                bad.insert(at, bad.substr(random() % bad.size(), random() % 9));
                break;
            default:
                bad[at] = static_cast<char>(
                    random() % 2 == 0 ? random() : static_cast<uint64_t>("(0tRbuaesQ}])h"[random() % 14]));
            }
        }
        const auto tensors = readStateDict(bad);
        read += tensors ? 1 : 0;
        if (tensors)
            for (const StoredTensor& tensor : tensors->tensors)
                QVERIFY(elementCount(tensor.shape) <= tensor.storageCount);
    }
    QVERIFY(read > 0);
}

void TestTorchFile::readsTheSharedCheckpoint() {
    DS_SKIP_WITHOUT_SHARED_DATA();
    const std::filesystem::path folder = sharedData() / "enformer_parity" / "small";
    auto checkpoint = openWeights(folder / "pytorch_model.bin");
    DS_VERIFY(checkpoint);
    auto safetensors = openWeights(folder / "model.safetensors");
    DS_VERIFY(safetensors);
    QCOMPARE((*checkpoint)->tensors().size(), size_t{282});
    int compared = 0;
    for (const TensorInfo& info : (*safetensors)->tensors()) {
        const TensorInfo* other = (*checkpoint)->find(info.name);
        QVERIFY(other != nullptr && other->shape == info.shape);
        QVERIFY2(*(*checkpoint)->readBytes(*other) == *(*safetensors)->readBytes(info), info.name.c_str());
        ++compared;
    }
    QVERIFY(compared > 120);
}

QTEST_GUILESS_MAIN(TestTorchFile)
#include "tst_torch_file.moc"
