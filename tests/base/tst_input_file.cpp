// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/atomic_file.h"
#include "base/checksum.h"
#include "base/file_digest.h"
#include "base/input_file.h"
#include "base/json_text.h"

#include "support.h"

#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <fcntl.h>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

class TestInputFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void files() {
        const TemporaryFolder folder;
        writeText(folder / "file", "text");
        fs::create_symlink(folder / "file", folder / "link");
        fs::create_symlink(folder / "nothing", folder / "broken");
        DS_VERIFY(checkRegularFile(folder / "file"));
        DS_VERIFY(checkRegularFile(folder / "link"));
        QCOMPARE(checkRegularFile(folder / "nothing").error().kind, ErrorKind::NotFound);
        QCOMPARE(checkRegularFile(folder / "broken").error().kind, ErrorKind::NotFound);
        QCOMPARE(checkRegularFile(folder / "file" / "in it").error().kind, ErrorKind::NotFound);
    }

    void whatIsNoFile() {
        const TemporaryFolder folder;
        QCOMPARE(mkfifo((folder / "pipe").c_str(), 0600), 0);
        fs::create_symlink(folder / "pipe", folder / "link");
        const int descriptor = socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const std::string name = (folder / "socket").string();
        QVERIFY(name.size() < sizeof address.sun_path);
        std::copy(name.begin(), name.end(), address.sun_path);
        QCOMPARE(bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        const std::pair<fs::path, const char*> cases[] = {{folder.path(), "a folder"},
                                                          {folder / "pipe", "a pipe"},
                                                          {folder / "link", "a pipe"},
                                                          {folder / "socket", "a socket"},
                                                          {"/dev/null", "a device"}};
        for (const auto& [file, what] : cases) {
            const auto checked = checkRegularFile(file);
            QVERIFY(!checked);
            QCOMPARE(checked.error().kind, ErrorKind::BadInput);
            QVERIFY2(checked.error().what.find(what) != std::string::npos, checked.error().message().c_str());
            QVERIFY(checked.error().where == file.string() && !checked.error().remedy.empty());
        }
        close(descriptor);
    }

    /// None of these waits for somebody to write.
    void nobodyWaitsAtAPipe() {
        const TemporaryFolder folder;
        QCOMPARE(mkfifo((folder / "pipe").c_str(), 0600), 0);
        QCOMPARE(readWholeFile(folder / "pipe").error().kind, ErrorKind::BadInput);
        QCOMPARE(readJsonFile(folder / "pipe").error().kind, ErrorKind::BadInput);
        QCOMPARE(digestOfFile(folder / "pipe").error().kind, ErrorKind::BadInput);
        QCOMPARE(sha256OfFile(folder / "pipe").error().kind, ErrorKind::BadInput);
    }

    /// What the shell makes of `<(command)`.
    void jsonFromThePipeOfAShell() {
        int ends[2] = {};
        QCOMPARE(pipe(ends), 0);
        const std::string text = "{\"a\": 1}";
        QCOMPARE(write(ends[1], text.data(), text.size()), ssize_t(text.size()));
        close(ends[1]);
        const auto document = readJsonFile("/dev/fd/" + std::to_string(ends[0]));
        close(ends[0]);
        DS_VERIFY(document);
        QCOMPARE(document->at("a").get<int>(), 1);
    }

    /// Of a stream no more is held than may be read, and an empty one is not a long one.
    void streamsHaveALimit() {
        const auto endless = readNamedFile("/dev/zero", 1000);
        QVERIFY(!endless);
        QVERIFY2(endless.error().what.find("more than 1000 bytes") != std::string::npos,
                 endless.error().message().c_str());
        const auto empty = readNamedFile("/dev/null", 1000);
        DS_VERIFY(empty);
        QVERIFY(empty->empty());
        const TemporaryFolder folder;
        writeText(folder / "file", "text");
        QCOMPARE(readNamedFile(folder / "file", 4).value(), std::string("text"));
        QCOMPARE(readNamedFile(folder / "file", 3).error().kind, ErrorKind::BadInput);
        QCOMPARE(readNamedFile(folder / "none", 3).error().kind, ErrorKind::NotFound);
    }

    void saysWhy() {
        const Error missing = cannotOpen("f", ENOENT).error;
        QCOMPARE(missing.kind, ErrorKind::NotFound);
        QCOMPARE(missing.what, std::string("The file cannot be opened: No such file or directory."));
        const Error limit = cannotOpen("f", EMFILE).error;
        QCOMPARE(limit.kind, ErrorKind::Io);
        QCOMPARE(limit.what, std::string("The file cannot be opened: Too many open files."));
        QVERIFY(limit.remedy.find("ulimit -n") != std::string::npos);
        QVERIFY(isOpeningRefused(EMFILE) && isOpeningRefused(EACCES) && !isOpeningRefused(ENOEXEC));
    }

    void tooManyOpenFiles() {
        const TemporaryFolder folder;
        writeText(folder / "file", "text");
        rlimit before{};
        QCOMPARE(getrlimit(RLIMIT_NOFILE, &before), 0);
        const int next = open("/dev/null", O_RDONLY | O_CLOEXEC); // the lowest that is free
        close(next);
        const rlimit now{rlim_t(next), before.rlim_max};
        QCOMPARE(setrlimit(RLIMIT_NOFILE, &now), 0);
        const auto text = readWholeFile(folder / "file");
        const auto digest = digestOfFile(folder / "file");
        const auto sum = sha256OfFile(folder / "file");
        setrlimit(RLIMIT_NOFILE, &before);
        for (const Error& error : {text.error(), digest.error(), sum.error()}) {
            QCOMPARE(error.kind, ErrorKind::Io);
            QVERIFY2(error.what.find("Too many open files") != std::string::npos, error.message().c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TestInputFile)
#include "tst_input_file.moc"
