// SPDX-License-Identifier: GPL-3.0-or-later
// The program does not know where it was built: what it needs it finds by where it lies.
#include "integration/program.h"

#include <QJsonArray>

#include <array>
#include <vector>

namespace fs = std::filesystem;
using namespace diploscope::test;

namespace {

constexpr std::array Parts{"bin/diploscope", "lib/libdiploscope_blas.so", "lib/libdiploscope_core.so",
                           "lib/libdiploscope_torch.so"};
constexpr const char* Window = "lib/libdiploscope_window.so"; ///< only where it is built
constexpr const char* Hdf5 = "lib/libdiploscope_hdf5.so";     ///< the same

/// The folder with bin/, lib/ and share/ that the program was built into.
fs::path builtInto() {
    return fs::path(DIPLOSCOPE_PROGRAM).parent_path().parent_path();
}

QString text(const fs::path& path) {
    return QString::fromStdString(path.string());
}

/// A part as an installation would have it; linked where that is possible, as they are large.
void put(const char* part, const fs::path& folder) {
    std::error_code error;
    fs::create_directories((folder / part).parent_path());
    fs::create_hard_link(builtInto() / part, folder / part, error);
    if (error)
        fs::copy_file(builtInto() / part, folder / part);
}

/// The program in `moved`, at work in `folder`.
Run runAt(const fs::path& moved, const TemporaryFolder& folder, const QStringList& arguments) {
    QProcess process;
    process.setProcessEnvironment(programEnvironment(folder.path()));
    process.setWorkingDirectory(text(folder.path()));
    process.start(text(moved / "bin/diploscope"), arguments);
    process.waitForFinished(60000);
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

} // namespace

class TestMovedProgram : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesNoFolderOfItsBuild() {
#ifdef __SANITIZE_ADDRESS__
        QSKIP("skipped: the sanitizer itself keeps the names of source files");
#endif
        const fs::path sources = fs::canonical(fs::path(DIPLOSCOPE_TEST_DATA).parent_path());
        std::vector<const char*> parts(Parts.begin(), Parts.end());
        for (const char* part : {Window, Hdf5})
            if (fs::exists(builtInto() / part))
                parts.push_back(part);
        for (const char* part : parts) {
            const QByteArray content = fileContent(builtInto() / part);
            QVERIFY(!content.isEmpty());
            // By its folders: sources in /diploscope would have the name that resources have.
            for (const char* folder : {"app", "core", "ui", "build", "tests"}) {
                const qsizetype at = content.indexOf(text(sources / folder).toUtf8() + '/');
                QVERIFY2(at < 0, (part + (": " + content.mid(at, 200).split('\0').front())).constData());
            }
        }
    }

    void findsWhatLiesBesideIt() {
        const TemporaryFolder folder;
        const fs::path moved = fs::canonical(folder.path()) / "moved";
        for (const char* part : Parts)
            put(part, moved);
        const fs::path models = moved / "share/diploscope/models";
        fs::create_directories(models);
        fs::copy(builtInto() / "share/diploscope/models/demo-cnn", models / "demo-cnn",
                 fs::copy_options::recursive);

        QProcessEnvironment environment = programEnvironment(folder.path());
        environment.remove("DIPLOSCOPE_DATA");
        QProcess process;
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(text(folder.path()));
        process.start(text(moved / "bin/diploscope"), {"info", "--json"});
        QVERIFY(process.waitForFinished(300000));
        const QByteArray problem = process.readAllStandardError();
        QVERIFY2(process.exitCode() == 0, problem.constData());
        const QJsonObject info = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
        QCOMPARE(info["program_data"].toArray(), QJsonArray({text(moved / "share/diploscope")}));
        QCOMPARE(info["models"].toArray().size(), 1);
        QCOMPARE(info["models"][0]["folder"].toString(), text(models / "demo-cnn"));
        QVERIFY(info["torch"].isObject());
    }

    /// Qt comes with the window's module alone.
    void startsWithoutQt() {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("LD_TRACE_LOADED_OBJECTS", "1"); // as ldd asks the loader
        QProcess process;
        process.setProcessEnvironment(environment);
        process.start(DIPLOSCOPE_PROGRAM, {"--version"});
        QVERIFY(process.waitForFinished(60000));
        const QByteArray loaded = process.readAllStandardOutput();
        QVERIFY2(loaded.contains("libdiploscope_core"), loaded.constData());
        for (const char* part : {"libQt", "libdiploscope_window", "libopenblas", "libblas"})
            QVERIFY2(!loaded.contains(part), loaded.constData());
    }

    /// Whose products go through a library that knows no errors of ours.
    void saysWhatMultiplyingLacks() {
        const TemporaryFolder folder;
        const fs::path moved = fs::canonical(folder.path()) / "moved";
        for (const char* part : Parts)
            put(part, moved);
        fs::remove(moved / "lib/libdiploscope_blas.so");
        const Run version = runAt(moved, folder, {"--version"});
        QCOMPARE(version.exitCode, 0);
        const Run info = runAt(moved, folder, {"info"});
        QCOMPARE(info.exitCode, 1);
        QVERIFY2(info.err.contains("libdiploscope_blas.so is missing") &&
                     info.err.contains("do  Install the program completely."),
                 qPrintable(info.err));
    }

    void saysWhatDrawingLacks() {
        if (!fs::exists(builtInto() / Window))
            QSKIP("skipped: built without the window");
        const TemporaryFolder folder;
        const fs::path moved = fs::canonical(folder.path()) / "moved";
        for (const char* part : Parts)
            put(part, moved);
        const QStringList snapshot{"snapshot", "--page", "welcome", "--out", "welcome.png"};
        const Run without = runAt(moved, folder, snapshot);
        QCOMPARE(without.exitCode, 1);
        QVERIFY2(without.err.contains("libdiploscope_window.so is missing") &&
                     without.err.contains("do  The window, and what commands draw, need it: install the "
                                          "package diploscope (sudo apt"),
                 qPrintable(without.err));
        QVERIFY(!fs::exists(folder / "welcome.png"));
        QCOMPARE(runAt(moved, folder, {"columns"}).exitCode, 0);
        QCOMPARE(runAt(moved, folder, {"figure", "--help"}).exitCode, 0);

        put(Window, moved);
        const Run drawn = runAt(moved, folder, snapshot);
        QVERIFY2(drawn.exitCode == 0, qPrintable(drawn.err));
        QVERIFY(fs::exists(folder / "welcome.png"));
    }
};

QTEST_GUILESS_MAIN(TestMovedProgram)
#include "tst_moved_program.moc"
