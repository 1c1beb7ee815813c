// SPDX-License-Identifier: GPL-3.0-or-later
// A run in shares, as a cluster has it: shards, killed or not, joined, are one run; what is told of them
// meanwhile and before.
#include "program.h"
#include "results/result_store.h"

#include <QRegularExpression>

#include <set>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

std::vector<RunContents> contentsOf(const fs::path& file) {
    auto store = ResultStore::openExisting(file);
    if (!store)
        return {};
    auto contents = store->contents();
    return contents ? *contents : std::vector<RunContents>();
}

} // namespace

class TestShardCommands : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_home;
    QString m_study;

    QString path(const std::string& name) const { return QString::fromStdString((m_home / name).string()); }
    Run run(const QStringList& arguments) const { return runProgram(m_home / "home", arguments); }
    QStringList shardArguments(const std::string& shard, const std::string& store) const {
        return {"analyze",
                m_study,
                "--genes",
                "all",
                "--shard",
                QString::fromStdString(shard),
                "--store",
                path(store),
                "--quiet",
                "--cache",
                path(store + ".cache")};
    }
    Run shard(const std::string& shard, const std::string& store, const QStringList& more = {}) const {
        return run(shardArguments(shard, store) + more);
    }

    /// To compute, and in the cache, as a dry run says.
    static std::pair<int, int> counts(const Run& run) {
        static const QRegularExpression told(
            QStringLiteral("sequences +([\\d,]+) to compute, ([\\d,]+) more are in the cache"));
        const auto match = told.match(run.out);
        return {match.captured(1).remove(',').toInt(), match.captured(2).remove(',').toInt()};
    }
    int leftToCompute(const std::string& cache) const {
        return counts(run({"analyze", m_study, "--genes", "all", "--dry-run", "--quiet", "--cache",
                           path(cache), "--store", path("none.store")}))
            .first;
    }

private Q_SLOTS:
    void initTestCase() {
        const Run made = run({"simulate", "--out", path("demo"), "--people", "80"});
        QVERIFY2(made.exitCode == 0, qPrintable(made.err));
        m_study = path("demo/demo.study.json");
        const Run whole = run({"analyze", m_study, "--genes", "all", "--store", path("one.sqlite"), "--quiet",
                               "--cache", path("one.cache")});
        QVERIFY2(whole.exitCode == 0, qPrintable(whole.err));
        QCOMPARE(contentsOf(m_home / "one.sqlite").front().genes.size(), size_t{60});
        QVERIFY(!fs::exists(ResultStore::fileOf(m_study.toStdString())));
    }

    /// Some of them killed on the way, at whatever moment.
    void shardsAreOneRun() {
        for (int i = 1; i <= 3; ++i) {
            const std::string name = "shard" + std::to_string(i);
            for (const int milliseconds : {60, 150, 300}) {
                QProcess process;
                process.setProcessEnvironment(programEnvironment(m_home / "home"));
                process.start(DIPLOSCOPE_PROGRAM,
                              shardArguments(std::to_string(i) + "/3", name) + QStringList{"--threads", "1"});
                QVERIFY(process.waitForStarted());
                process.waitForFinished(milliseconds);
                process.kill();
                process.waitForFinished();
            }
            const Run ended = shard(std::to_string(i) + "/3", name);
            QVERIFY2(ended.exitCode == 0, qPrintable(ended.err));
            QVERIFY2(ended.out.contains(QString("Share %1 of 3: 20 of 60 genes").arg(i)),
                     qPrintable(ended.out));
            const Run again = shard(std::to_string(i) + "/3", name);
            QVERIFY2(again.out.contains("20 of 20 genes were stored already"), qPrintable(again.out));
        }
        const Run merged = run({"results", "merge", path("all.sqlite"), path("shard2"), path("shard3"),
                                path("shard1"), "--quiet"});
        QVERIFY2(merged.exitCode == 0, qPrintable(merged.err));
        QCOMPARE(merged.out, QString("demo-cnn: 60 genes from 3 stores, all of the 60 of the list\n"));
        const auto all = contentsOf(m_home / "all.sqlite"), one = contentsOf(m_home / "one.sqlite");
        QCOMPARE(all.size(), size_t{1});
        QVERIFY(all.front().genes == one.front().genes);
        QCOMPARE(all.front().run.study, one.front().run.study);
        QCOMPARE(all.front().run.options, one.front().run.options);
        QCOMPARE(all.front().run.provenance, one.front().run.provenance);
    }

    void missingShardIsNamed() {
        const Run merged = run({"results", "merge", path("some.sqlite"), path("shard1"), path("shard3")});
        QCOMPARE(merged.exitCode, 1);
        QVERIFY2(merged.err.contains("20 of 60 genes are in none of the stores") &&
                     merged.err.contains("(--shard 2/3)"),
                 qPrintable(merged.err));
        QVERIFY(!fs::exists(m_home / "some.sqlite"));
        const Run partial =
            run({"results", "merge", path("some.sqlite"), path("shard1"), path("shard3"), "--partial"});
        QCOMPARE(partial.exitCode, 0);
        QVERIFY2(partial.err.contains("20 genes of the list are missing"), qPrintable(partial.err));
    }

    /// Tables of a share would rank it as if there were no more; its genes' own files are whole.
    void shardWritesItsGenesAlone() {
        const Run ended = shard("1/20", "files.sqlite", {"--out", path("files")});
        QVERIFY2(ended.exitCode == 0, qPrintable(ended.err));
        QVERIFY(!fs::exists(m_home / "files/genes.tsv"));
        QVERIFY(!fs::exists(m_home / "files/drivers.tsv"));
        int reports = 0;
        for (const auto& entry : fs::directory_iterator(m_home / "files"))
            reports += entry.path().string().ends_with(".report.json") ? 1 : 0;
        QCOMPARE(reports, 3);
    }

    void emptyShardIsNoFailure() {
        const auto names = tableFile(m_home / "demo/truth.genes.tsv");
        writeText(m_home / "two.txt", names[0].at("gene_name") + "\n" + names[1].at("gene_name") + "\n");
        for (const std::string& i : {std::string("1"), std::string("2"), std::string("3")}) {
            const Run ended = run({"analyze", m_study, "--genes", path("two.txt"), "--shard",
                                   QString::fromStdString(i) + "/3", "--store", path("few" + i)});
            QVERIFY2(ended.exitCode == 0, qPrintable(ended.err));
        }
        const Run merged = run({"results", "merge", path("few"), path("few1"), path("few2"), path("few3")});
        QVERIFY2(merged.out.contains("2 genes from 3 stores, all of the 2"),
                 qPrintable(merged.out + merged.err));
    }

    void cachesAreJoined() {
        const Run merged = run({"cache", "merge", path("all.cache"), path("shard1.cache"),
                                path("shard2.cache"), path("shard3.cache")});
        QVERIFY2(merged.exitCode == 0 && merged.out.contains(" added, "), qPrintable(merged.err));
        QCOMPARE(leftToCompute("all.cache"), 0);
        QVERIFY(leftToCompute("shard1.cache") > 0);
        QCOMPARE(run({"cache", "merge", path("all.cache"), path("none.cache")}).exitCode, 1);
        // To another machine and back.
        const Run out =
            run({"cache", "export", path("took"), "--study", m_study, "--file", path("all.cache")});
        QVERIFY2(out.exitCode == 0, qPrintable(out.err));
        QCOMPARE(leftToCompute("took"), 0);
        const Run in = run({"cache", "import", path("took"), "--study", m_study, "--file", path("in.cache")});
        QVERIFY2(in.exitCode == 0, qPrintable(in.err));
        QCOMPARE(leftToCompute("in.cache"), 0);
        // Of another model nothing goes along.
        const Run other = run({"cache", "export", path("other"), "--study", m_study, "--model",
                               "demo-enformer", "--file", path("all.cache")});
        QVERIFY2(other.out.contains("0 scores added"), qPrintable(other.out + other.err));
    }

    void commandLineIsChecked() {
        for (const QStringList& wrong :
             {QStringList{"--genes", "all", "--shard", "4/3", "--store", path("x")},
              QStringList{"--genes", "all", "--shard", "1", "--store", path("x")},
              QStringList{"--gene", "X", "--shard", "1/3", "--store", path("x")},
              QStringList{"--genes", "all"},
              QStringList{"--genes", "all", "--store", path("x"), "--eqtl-given", "rs1"}}) {
            const Run refused = run(QStringList{"analyze", m_study} + wrong);
            QVERIFY2(refused.exitCode == 2, qPrintable(wrong.join(' ') + ": " + refused.err));
        }
        QVERIFY(!fs::exists(m_home / "x"));
    }

    void heartbeatTellsOfTheRun() {
        const Run ended = shard("2/20", "beating", {"--heartbeat", path("beat.json")});
        QVERIFY2(ended.exitCode == 0, qPrintable(ended.err));
        const QJsonObject told = jsonFile(m_home / "beat.json");
        QCOMPARE(told["state"].toString(), QString("done"));
        QCOMPARE(told["shard"].toString(), QString("2/20"));
        QCOMPARE(told["genes_of"].toInt(), 3);
        QCOMPARE(told["genes_done"].toInt(), 3);
        const Run refused = shard("2/20", "beating", {"--heartbeat", path("beat.json/beat.json")});
        QCOMPARE(refused.exitCode, 1);
    }

    void dryRunTellsWhatThereIsToDo() {
        const QStringList dry{"analyze", m_study, "--genes", "all", "--dry-run", "--quiet"};
        const Run fresh =
            run(dry + QStringList{"--cache", path("none.cache"), "--store", path("none.store")});
        QVERIFY2(fresh.exitCode == 0, qPrintable(fresh.err));
        QVERIFY2(fresh.out.contains("genes      60, 0 of them stored already"), qPrintable(fresh.out));
        QVERIFY2(fresh.out.contains("GiB"), qPrintable(fresh.out));
        static const QRegularExpression time(
            QStringLiteral("time +(less than 0\\.1 s|\\d\\.\\d s|\\d+ (s|min)) on this machine if nothing"));
        QVERIFY2(time.match(fresh.out).hasMatch(), qPrintable(fresh.out));
        QVERIFY(!fs::exists(m_home / "none.store"));
        // As many as the run itself then computed, which its cache counts.
        const Run info = run({"cache", "info", "--file", path("one.cache")});
        const QString scores =
            QRegularExpression("scores +([\\d,]+)").match(info.out).captured(1).remove(',');
        QCOMPARE(counts(fresh), std::pair(scores.toInt(), 0));
        const Run cached =
            run(dry + QStringList{"--cache", path("one.cache"), "--store", path("none.store")});
        QCOMPARE(counts(cached), std::pair(0, scores.toInt()));
        const Run stored =
            run(dry + QStringList{"--cache", path("one.cache"), "--store", path("one.sqlite")});
        QVERIFY2(stored.out.contains("genes      60, 60 of them stored already"), qPrintable(stored.out));
        const Run share =
            run(dry + QStringList{"--cache", path("none.cache"), "--store", path("x"), "--shard", "3/20"});
        QVERIFY2(share.out.contains("genes      3, 0 of them stored already"), qPrintable(share.out));
    }
};

QTEST_GUILESS_MAIN(TestShardCommands)
#include "tst_shard_commands.moc"
