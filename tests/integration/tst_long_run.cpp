// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/score_cache.h"
#include "program.h"
#include "ui/demo_home.h"

#include <QDeadlineTimer>
#include <QRegularExpression>
#include <QTest>

#include <csignal>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

/// A slow model, killed and stopped: nothing finished is lost, nothing half-written stays.
class TestLongRun : public QObject {
    Q_OBJECT

private:
    DemoHome m_home;
    QString m_model;
    QString m_gene;
    int m_computed = 0; ///< scores of a whole run

    fs::path folder(const std::string& name) const { return m_home / name; }
    QStringList arguments(const std::string& name) const {
        return {"analyze",
                m_home.study(),
                "--gene",
                m_gene,
                "--model",
                m_model,
                "--quiet",
                "--cache",
                QString::fromStdString(folder(name + ".sqlite").string()),
                "--out",
                QString::fromStdString(folder(name).string())};
    }
    /// Scores that the model was run for; what the ISM shares with haplotypes comes from the cache even in a
    /// first run. \return -1 where the program did not say
    static int computedOf(const Run& run) {
        static const QRegularExpression counts(QStringLiteral("scores: (\\d+) computed"));
        const QRegularExpressionMatch match = counts.match(run.out);
        return match.hasMatch() ? match.captured(1).toInt() : -1;
    }
    /// Starts the program and waits until its first scores are stored.
    void startAndWaitForScores(QProcess& process, const std::string& name, const QStringList& more = {}) {
        process.setProcessEnvironment(programEnvironment(m_home / "home"));
        process.start(DIPLOSCOPE_PROGRAM, arguments(name) + more);
        QVERIFY(process.waitForStarted());
        const QDeadlineTimer deadline(120000);
        const fs::path file = folder(name + ".sqlite");
        for (int64_t entries = 0; entries == 0;) {
            QVERIFY2(!deadline.hasExpired(), "no score was stored");
            QVERIFY2(process.state() == QProcess::Running, "the model is too fast to be interrupted");
            process.waitForFinished(5); // also notices that it has ended
            if (!fs::exists(file))
                continue;
            if (const auto cache = ScoreCache::open(file))
                if (const auto info = (*cache)->info())
                    entries = info->entries;
        }
        QVERIFY2(process.state() == QProcess::Running, "the model is too fast to be interrupted");
    }
    /// Runs to the end after an interruption: only the rest is computed, the tables are those of a whole run.
    void goOn(const std::string& name) {
        const Run run = runProgram(m_home / "home", arguments(name));
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        const int computed = computedOf(run);
        QVERIFY2(computed > 0 && computed < m_computed, qPrintable(run.out));
        for (const char* table : {".people.tsv", ".variants.tsv", ".drivers.tsv"}) {
            const std::string file = m_gene.toStdString() + table;
            const QByteArray whole = fileContent(folder("whole") / file);
            QVERIFY(!whole.isEmpty());
            QCOMPARE(fileContent(folder(name) / file), whole);
        }
    }

private Q_SLOTS:
    void initTestCase() {
        DS_VERIFY(m_home.makeDemo());
        m_model = m_home.makeSlowModel(2);
        m_gene = QString::fromStdString(tableFile(m_home.demoFolder() / "truth.tsv").front().at("gene_name"));
        const Run run = runProgram(m_home / "home", arguments("whole"));
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        m_computed = computedOf(run);
    }

    void killedRunGoesOnWhereItStopped() {
        QProcess process;
        startAndWaitForScores(process, "killed");
        process.kill(); // SIGKILL
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitStatus(), QProcess::CrashExit);
        QVERIFY(!fs::exists(folder("killed")) || fs::is_empty(folder("killed")));
        goOn("killed");
    }

    void interruptedRunSaysSoWithinABatch() {
        QProcess process;
        startAndWaitForScores(process, "stopped");
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(60000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 130);
        QCOMPARE(process.readAllStandardError(),
                 QByteArray("Stopping after this batch; a second Ctrl-C ends at once.\nStopped.\n"));
        QVERIFY(!fs::exists(folder("stopped")) || fs::is_empty(folder("stopped")));
        goOn("stopped");
    }

    void interruptedRunTellsWhereItsTimeWent() {
        QProcess process;
        startAndWaitForScores(process, "timed", {"--timing"});
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(60000));
        QCOMPARE(process.exitCode(), 130);
        const QString told = QString::fromUtf8(process.readAllStandardError());
        QVERIFY2(told.contains("\nStopped.\nstage "), qPrintable(told));
        QVERIFY2(told.contains("\nmodel ") && told.contains("\nwhole "), qPrintable(told));
    }
};

QTEST_GUILESS_MAIN(TestLongRun)
#include "tst_long_run.moc"
