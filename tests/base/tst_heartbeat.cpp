// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/heartbeat.h"

#include "base/atomic_file.h"
#include "support.h"
#include "table_file.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <atomic>
#include <new>
#include <thread>
#include <unistd.h>

using namespace diploscope;
using namespace diploscope::test;
using namespace std::chrono_literals;

namespace {

/// Whether writing a file throws, as where memory runs out.
std::atomic<bool> writingThrows = false;

QJsonObject told(const std::filesystem::path& file) {
    return QJsonDocument::fromJson(fileContent(file)).object();
}

} // namespace

/// In the place of the library's own.
Result<void> diploscope::writeFileAtomically(const std::filesystem::path& target, std::string_view text,
                                             Durability) {
    if (writingThrows)
        throw std::bad_alloc();
    DS_ASSIGN(AtomicFile file, AtomicFile::create(target));
    writeText(file.temporaryPath(), std::string(text));
    return file.commit();
}

class TestHeartbeat : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tellsHowFarARunIs() {
        const TemporaryFolder folder;
        const auto file = folder / "beat.json";
        auto beat = Heartbeat::begin(file, 6, {{"shard", "3/200"}}, 10ms);
        DS_VERIFY(beat);
        QJsonObject now = told(file);
        QCOMPARE(now["state"].toString(), QString("running"));
        QCOMPARE(now["shard"].toString(), QString("3/200"));
        QCOMPARE(now["genes_done"].toInt(-1), 0);
        QCOMPARE(now["genes_of"].toInt(), 6);
        QCOMPARE(now["pid"].toInteger(), qint64(getpid()));
        QVERIFY(!now["host"].toString().isEmpty());
        QVERIFY(now["seconds_left"].isNull() && now["genes_per_hour"].isNull());
        QVERIFY(now["updated"].toString().endsWith('Z'));

        int passedOn = 0;
        RunContext context;
        context.onProgress = [&](const Progress&) { ++passedOn; };
        const RunContext first = (*beat)->watching(context);
        first.onProgress({"Analysing genes", 0, 3, 0, "GSTM3: Predicting 1 of 9"});
        std::this_thread::sleep_for(300ms);
        first.onProgress({"Analysing genes", 2, 3, 1, "COMT: Predicting 2 of 9"});
        QTRY_COMPARE(told(file)["genes_done"].toInt(), 2);
        now = told(file);
        QCOMPARE(now["gene"].toString(), QString("COMT"));
        QCOMPARE(now["genes_given"].toInt(), 1);
        QVERIFY(now["genes_per_hour"].toDouble() > 0 && now["genes_per_hour"].toDouble() < 3600 / 0.3 + 1);
        QVERIFY(now["seconds_left"].toDouble() >= 1);

        // The next model's genes come behind those of the first, whose last one told nothing.
        const RunContext second = (*beat)->watching(context);
        second.onProgress({"Analysing genes", 1, 3, 0, "GSTM3: Predicting 1 of 9"});
        QTRY_COMPARE(told(file)["genes_done"].toInt(), 4);
        QCOMPARE(passedOn, 3);
        (*beat)->finish({});
        now = told(file);
        QCOMPARE(now["state"].toString(), QString("done"));
        QCOMPARE(now["genes_done"].toInt(), 6);
        QVERIFY(now["seconds_left"].isNull());
        beat->reset();
        QCOMPARE(told(file)["state"].toString(), QString("done"));
    }

    void tellsHowARunEnded() {
        const TemporaryFolder folder;
        for (const auto& [error, state] :
             {std::pair(Error{ErrorKind::Cancelled, "Stopped on request.", {}, {}}, "stopped"),
              std::pair(Error{ErrorKind::Io, "The disk is full.", {}, {}}, "failed")}) {
            auto beat = Heartbeat::begin(folder / "beat.json", 1, {});
            DS_VERIFY(beat);
            (*beat)->finish(fail(error));
            QCOMPARE(told(folder / "beat.json")["state"].toString(), QString(state));
            QVERIFY(
                told(folder / "beat.json")["error"].toString().contains(QString::fromStdString(error.what)));
        }
        DS_VERIFY(Heartbeat::begin(folder / "beat.json", 1, {})); // and is gone again
        QCOMPARE(told(folder / "beat.json")["state"].toString(), QString("failed"));
    }

    /// Whoever reads it meets no half of it.
    void isAlwaysWhole() {
        const TemporaryFolder folder;
        auto beat = Heartbeat::begin(folder / "beat.json", 1, {{"long", std::string(100'000, 'x')}}, 1ms);
        DS_VERIFY(beat);
        for (int i = 0; i < 200; ++i)
            QCOMPARE(told(folder / "beat.json")["genes_of"].toInt(), 1);
    }

    void cannotBeWritten() {
        const TemporaryFolder folder;
        writeText(folder / "file", "");
        const auto refused = Heartbeat::begin(folder / "file/beat.json", 1, {});
        QVERIFY(!refused);
        // Once it could: nothing ends.
        auto beat = Heartbeat::begin(folder / "sub/beat.json", 1, {}, 1ms);
        DS_VERIFY(beat);
        std::filesystem::remove_all(folder / "sub");
        writeText(folder / "sub", "");
        std::this_thread::sleep_for(20ms);
        (*beat)->finish({});
    }

    /// On the thread that tells, and on the one that ends the run.
    void whatIsThrownEndsNothing() {
        const TemporaryFolder folder;
        auto beat = Heartbeat::begin(folder / "beat.json", 1, {}, 1ms);
        DS_VERIFY(beat);
        writingThrows = true;
        std::this_thread::sleep_for(20ms);
        (*beat)->finish({});
        writingThrows = false;
        QCOMPARE(told(folder / "beat.json")["state"].toString(), QString("running"));
        (*beat)->finish({});
        QCOMPARE(told(folder / "beat.json")["state"].toString(), QString("done"));
    }
};

QTEST_GUILESS_MAIN(TestHeartbeat)
#include "tst_heartbeat.moc"
