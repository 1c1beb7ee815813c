// SPDX-License-Identifier: GPL-3.0-or-later
// `diploscope cache`: what a user reads and what a script branches on.
#include "program.h"

#include "cache/score_cache.h"

#include <QRegularExpression>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

void storeScores(const fs::path& file, int count) {
    const auto cache = ScoreCache::open(file);
    DS_VERIFY(cache);
    std::vector<Digest> digests;
    for (int i = 0; i < count; ++i)
        digests.push_back(digestOf(std::to_string(i)));
    // In tens, as a model hands them over: what is dropped is dropped by batch.
    for (int i = 0; i < count; i += 10) {
        const auto size = static_cast<size_t>(std::min(10, count - i));
        DS_VERIFY((*cache)->store({"model", "sum"}, std::span(digests).subspan(size_t(i), size),
                                  std::vector<double>(size, 1.5)));
    }
}

} // namespace

class TestCacheCommand : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;
    fs::path m_file = m_folder / "cache/diploscope/scores.sqlite"; // where the program looks by itself

    Run cache(const QStringList& arguments) const {
        return runProgram(m_folder.path(), QStringList{"cache"} + arguments);
    }

private Q_SLOTS:
    void init() { fs::remove_all(m_file.parent_path()); }

    void withoutAFileThereIsNothingToDo_data() {
        QTest::addColumn<QString>("action");
        for (const char* action : {"info", "clear", "verify"})
            QTest::newRow(action) << action;
    }
    void withoutAFileThereIsNothingToDo() {
        QFETCH(QString, action);
        const Run run = cache({action});
        QCOMPARE(run.exitCode, 0);
        QVERIFY2(run.out.contains("No scores are cached") && run.out.contains(m_file.c_str()),
                 qPrintable(run.out));
        QVERIFY(!fs::exists(m_file));
    }

    void infoCounts() {
        storeScores(m_file, 1234);
        const Run run = cache({"info"});
        QCOMPARE(run.exitCode, 0);
        QVERIFY2(run.out.contains(QRegularExpression("scores +1,234\nmodels +1\n")), qPrintable(run.out));
        QVERIFY2(run.out.contains(m_file.c_str()), qPrintable(run.out));
    }

    void anotherFile() {
        storeScores(m_folder / "other.sqlite", 20);
        const Run run =
            cache({"info", "--file", QString::fromStdString((m_folder / "other.sqlite").string())});
        QCOMPARE(run.exitCode, 0);
        QVERIFY2(run.out.contains(QRegularExpression("scores +20\n")), qPrintable(run.out));
        QVERIFY(!fs::exists(m_file));
    }

    void clearRemovesAll() {
        storeScores(m_file, 2000);
        const Run run = cache({"clear"});
        QCOMPARE(run.exitCode, 0);
        QVERIFY2(run.out.startsWith("Removed 2,000 scores; 0 left"), qPrintable(run.out));
    }

    void clearToALimit() {
        storeScores(m_file, 20'000);
        const Run run = cache({"clear", "--limit", "300K"});
        QCOMPARE(run.exitCode, 0);
        const auto info = (*ScoreCache::open(m_file))->info();
        DS_VERIFY(info);
        QVERIFY2(info->entries > 1000 && info->entries < 10'000, qPrintable(run.out));
        QVERIFY(fs::file_size(m_file) <= 300 * 1024);
        QVERIFY(cache({"clear", "--limit", "much"}).exitCode != 0);
    }

    void verifySaysWhetherAllIsWell() {
        storeScores(m_file, 5000);
        const Run good = cache({"verify"});
        QCOMPARE(good.exitCode, 0);
        QVERIFY2(good.out.contains("5,000 scores"), qPrintable(good.out));

        QFile file(QString::fromStdString(m_file.string()));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(file.size() / 4096 / 2 * 4096));
        file.write(QByteArray(4096, 'x'));
        file.close();
        const Run bad = cache({"verify"});
        QCOMPARE(bad.exitCode, 1);
        QVERIFY2(bad.err.contains("damaged") && bad.err.contains("diploscope cache clear"),
                 qPrintable(bad.err));
        QCOMPARE(cache({"clear"}).exitCode, 0);
        QCOMPARE(cache({"verify"}).exitCode, 0);
    }

    void verifyOfNoDatabase() {
        writeText(m_file, "These are no scores.\n");
        const Run run = cache({"verify"});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.contains("scores.sqlite.damaged-1"), qPrintable(run.err));
        QCOMPARE(cache({"verify"}).exitCode, 0);
    }

    void unusablePlace() {
        const Run run = cache({"info", "--file", QString::fromStdString(m_folder.path().string())});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.contains("XDG_CACHE_HOME"), qPrintable(run.err));
    }
};

QTEST_GUILESS_MAIN(TestCacheCommand)
#include "tst_cache_command.moc"
