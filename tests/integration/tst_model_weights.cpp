// SPDX-License-Identifier: GPL-3.0-or-later
// `models weights`: how a file that a person downloaded becomes a model's weights.
#include "integration/program.h"
#include "model/model_folder.h"

#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstring>

using namespace diploscope;
using namespace diploscope::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

const char* const kPointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n";

QString text(const fs::path& path) {
    return QString::fromStdString(path.string());
}

json smallModel() {
    return sequentialModel(json::parse(R"([{"conv1d":{"name":"c","out":6,"width":8}},"relu",{"maxpool":10},
        "flatten",{"linear":{"name":"o","out":3}}])"),
                           100);
}

std::vector<NamedTensor> smallTensors() {
    const json model = smallModel();
    return randomTensors(parseNetwork(model["layers"], model["input"]["length"]).value(), 1);
}

/// Everything that happened to the names in a folder meanwhile.
class FolderWatch {
public:
    explicit FolderWatch(const fs::path& folder) : m_queue(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
        inotify_add_watch(m_queue, folder.c_str(), IN_CREATE | IN_MODIFY | IN_MOVED_TO | IN_DELETE);
    }
    FolderWatch(const FolderWatch&) = delete;
    FolderWatch& operator=(const FolderWatch&) = delete;
    ~FolderWatch() { close(m_queue); }

    /// What happened to each name, once a kind.
    std::map<std::string, uint32_t> events() const {
        std::map<std::string, uint32_t> found;
        alignas(inotify_event) std::array<char, 65536> bytes{};
        for (ssize_t got = 0; (got = read(m_queue, bytes.data(), bytes.size())) > 0;)
            for (ssize_t at = 0; at < got;) {
                inotify_event event{};
                std::memcpy(&event, bytes.data() + at, sizeof event);
                found[bytes.data() + at + sizeof event] |= event.mask;
                at += static_cast<ssize_t>(sizeof event + event.len);
            }
        return found;
    }

private:
    int m_queue;
};

} // namespace

class TestModelWeights : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<TemporaryFolder> m_folder;
    fs::path m_file;  ///< the download
    fs::path m_place; ///< of the user's weights

    Run take(const QStringList& more = {}) const {
        return runProgram(m_folder->path(),
                          QStringList{"models", "weights", text(*m_folder / "model"), text(m_file)} + more);
    }
    Run show() const { return runProgram(m_folder->path(), {"models", "show", text(*m_folder / "model")}); }
    std::vector<std::string> namesAtPlace() const {
        std::vector<std::string> names;
        std::error_code none;
        for (const auto& entry : fs::directory_iterator(m_place.parent_path(), none))
            names.push_back(entry.path().filename().string());
        return names;
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<TemporaryFolder>();
        writeModel(*m_folder / "model", smallModel());
        m_file = *m_folder / "downloads/best of five.safetensors";
        fs::create_directories(m_file.parent_path());
        QVERIFY(writeSafetensors(m_file, smallTensors()));
        const auto model = readModelManifest(*m_folder / "model");
        DS_VERIFY(model);
        m_place = *m_folder / "data/diploscope/models" / model->userFolders().front().filename() /
                  "weights.safetensors";
    }

    void areCopiedOrLinked_data();
    void areCopiedOrLinked();
    void appearOnlyWhenTheyAreWhole();
    void pointerBesideTheModelIsNoHindrance();
    void whatStandsInTheirPlaceIsTold();
    void refused_data();
    void refused();
    void areNotANamesakes();
    void ofNoModel();
};

void TestModelWeights::areCopiedOrLinked_data() {
    QTest::addColumn<bool>("link");
    QTest::newRow("copied") << false;
    QTest::newRow("linked") << true;
}

void TestModelWeights::areCopiedOrLinked() {
    QFETCH(bool, link);
    QVERIFY(show().out.contains("missing"));
    const Run run = take(link ? QStringList{"--link"} : QStringList{});
    QVERIFY2(run.exitCode == 0, qPrintable(run.err));
    QVERIFY2(run.out.contains((link ? "linked as " : "copied to ") + text(m_place)), qPrintable(run.out));
    QCOMPARE(fs::is_symlink(m_place), link);
    if (link)
        QCOMPARE(fs::read_symlink(m_place), m_file);
    QCOMPARE(fileContent(m_place), fileContent(m_file));
    QCOMPARE(namesAtPlace(), std::vector<std::string>{"weights.safetensors"});
    const Run shown = show();
    QVERIFY2(shown.out.contains("file       " + text(m_place) + "\n"), qPrintable(shown.out));

    // There are weights now, and none are written over.
    const Run again = take();
    QCOMPARE(again.exitCode, 1);
    QVERIFY2(again.err.contains("has its weights") && again.err.contains(text(m_place)),
             qPrintable(again.err));
    QCOMPARE(fs::is_symlink(m_place), link);
}

/// A program killed while it copies leaves nothing under the name that is looked for.
void TestModelWeights::appearOnlyWhenTheyAreWhole() {
    fs::create_directories(m_place.parent_path());
    const FolderWatch watch(m_place.parent_path());
    const Run run = take();
    QVERIFY2(run.exitCode == 0, qPrintable(run.err));
    auto events = watch.events();
    QCOMPARE(events[m_place.filename().string()], uint32_t{IN_MOVED_TO}); // never made or written there
    events.erase(m_place.filename().string());
    QCOMPARE(events.size(), size_t{1});
    const auto& [temporary, happened] = *events.begin();
    QVERIFY2(temporary.starts_with(".weights.") && temporary.ends_with(".tmp.safetensors"),
             temporary.c_str());
    QVERIFY((happened & IN_CREATE) != 0 && (happened & IN_MODIFY) != 0);
    QCOMPARE(namesAtPlace(), std::vector<std::string>{"weights.safetensors"});
}

/// As a clone without Git LFS leaves it: the weights of the user's are used all the same.
void TestModelWeights::pointerBesideTheModelIsNoHindrance() {
    writeText(*m_folder / "model/weights.safetensors", kPointer);
    const Run before = show();
    QVERIFY2(before.out.contains("git lfs pull"), qPrintable(before.out));
    const Run run = take();
    QVERIFY2(run.exitCode == 0, qPrintable(run.err));
    const Run after = show();
    QVERIFY2(after.out.contains("file       " + text(m_place) + "\n"), qPrintable(after.out));
}

/// A pipe that nobody writes into is not waited for, and is not what is not there.
void TestModelWeights::whatStandsInTheirPlaceIsTold() {
    const fs::path place = *m_folder / "model/weights.safetensors";
    QCOMPARE(mkfifo(place.c_str(), 0600), 0);
    QVERIFY2(show().out.contains("missing. The weights of the model \"test-net\" cannot be read. A file was "
                                 "expected, but this is a pipe."),
             qPrintable(show().out));
    fs::remove(place);
    fs::create_directory(place);
    QVERIFY2(show().out.contains("this is a folder"), qPrintable(show().out));
    // Those at the user's place are found all the same.
    const Run run = take();
    QVERIFY2(run.exitCode == 0, qPrintable(run.err));
    QVERIFY(show().out.contains("file       " + text(m_place) + "\n"));
}

void TestModelWeights::refused_data() {
    QTest::addColumn<QString>("how");
    QTest::addColumn<QStringList>("says");
    QTest::newRow("other names") << "names"
                                 << QStringList{R"("o.weight" is missing)", R"("q.weight" is unexpected)",
                                                R"(Did you mean "o.weight"?)"};
    QTest::newRow("other shapes") << "shapes" << QStringList{R"("o.bias" has shape [4], expected [3])"};
    QTest::newRow("Git LFS's pointer")
        << "pointer" << QStringList{"Git LFS's pointer to the weights of 12 bytes", "git lfs pull"};
    QTest::newRow("its pointer, where the SHA-256 is known")
        << "pointer sha" << QStringList{"Git LFS's pointer", "git lfs pull"};
    QTest::newRow("another SHA-256") << "sha" << QStringList{"SHA-256", "https://example.org/weights"};
    QTest::newRow("a pipe") << "pipe" << QStringList{"A file was expected, but this is a pipe"};
    QTest::newRow("no such file") << "missing" << QStringList{"There is no such file", "Check the path"};
    QTest::newRow("no such file, of PyTorch")
        << "missing pt" << QStringList{"There is no such file", "Check the path"};
    QTest::newRow("cut off") << "cut" << QStringList{};
    QTest::newRow("empty") << "empty" << QStringList{};
}

void TestModelWeights::refused() {
    QFETCH(QString, how);
    QFETCH(QStringList, says);
    std::vector<NamedTensor> tensors = smallTensors();
    for (NamedTensor& tensor : tensors) {
        if (how == "names" && tensor.name == "o.weight")
            tensor.name = "q.weight";
        if (how == "shapes" && tensor.name == "o.bias") {
            tensor.shape = {4};
            tensor.values.resize(4);
        }
    }
    QVERIFY(writeSafetensors(m_file, tensors));
    if (how.endsWith("sha")) {
        json model = smallModel();
        model["sha256"] = std::string(64, '0');
        writeModel(*m_folder / "model", model);
    }
    if (how.startsWith("pointer"))
        writeText(m_file, kPointer);
    if (how == "cut")
        fs::resize_file(m_file, fs::file_size(m_file) / 2);
    if (how == "pipe") {
        fs::remove(m_file);
        QCOMPARE(mkfifo(m_file.c_str(), 0600), 0);
    }
    if (how == "empty")
        writeText(m_file, "");
    if (how.startsWith("missing"))
        m_file.replace_filename(how == "missing" ? "none.safetensors" : "none.pt");
    for (const QStringList& more : {QStringList{}, QStringList{"--link"}}) {
        const Run run = take(more);
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.contains("        in  " + text(m_file)), qPrintable(run.err));
        for (const QString& part : says)
            QVERIFY2(run.err.contains(part), qPrintable(run.err));
        QVERIFY2(run.out.isEmpty(), qPrintable(run.out));
        QVERIFY(namesAtPlace().empty());
    }
}

/// Of two models of one name, each has weights of its own.
void TestModelWeights::areNotANamesakes() {
    QCOMPARE(take().exitCode, 0);
    json other = smallModel();
    other["description"] = "trained on another tissue";
    writeModel(*m_folder / "other", other);
    const Run before = runProgram(m_folder->path(), {"models", "show", text(*m_folder / "other")});
    QVERIFY2(before.out.contains("missing"), qPrintable(before.out));
    QVERIFY(!before.out.contains(text(m_place)));
    const Run run =
        runProgram(m_folder->path(), {"models", "weights", text(*m_folder / "other"), text(m_file)});
    QVERIFY2(run.exitCode == 0 && !run.out.contains(text(m_place)), qPrintable(run.err + run.out));
    QVERIFY(show().out.contains("file       " + text(m_place) + "\n"));
}

void TestModelWeights::ofNoModel() {
    const Run run = runProgram(m_folder->path(), {"models", "weights", "no-such-model", text(m_file)});
    QCOMPARE(run.exitCode, 1);
    QVERIFY2(run.err.contains("no known model of that name"), qPrintable(run.err));
    QVERIFY(runProgram(m_folder->path(), {"models", "weights", text(*m_folder / "model")}).exitCode != 0);
}

QTEST_GUILESS_MAIN(TestModelWeights)
#include "tst_model_weights.moc"
