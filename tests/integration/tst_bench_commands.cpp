// SPDX-License-Identifier: GPL-3.0-or-later
// `diploscope bench` of single steps, and what it says of growth. How long anything takes is not looked at.
#include "program.h"

#include <QJsonArray>

using namespace diploscope::test;

class TestBenchCommands : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;

    Run run(const QStringList& arguments) const {
        return runProgram(m_folder.path(), QStringList{"bench"} + arguments);
    }

    QString place(const char* name) const { return QString::fromStdString((m_folder / name).string()); }

private Q_SLOTS:
    void jsonOrATable() {
        const QStringList arguments{"susie", "--people", "40",    "--variants",
                                    "30",    "50",       "--out", place("bench.json")};
        const Run json = run(arguments);
        QVERIFY2(json.exitCode == 0, qPrintable(json.err));
        const QJsonObject report = QJsonDocument::fromJson(json.out.toUtf8()).object();
        QCOMPARE(report["rows"].toArray().size(), 2);
        QCOMPARE(report["rows"].toArray()[1].toObject()["variants"].toInt(), 50);
        QCOMPARE(jsonFile(m_folder / "bench.json"), report);

        const Run table = run(arguments + QStringList{"--table"});
        QVERIFY2(table.exitCode == 0, qPrintable(table.err));
        const QStringList lines = table.out.trimmed().split('\n');
        QCOMPARE(lines.size(), 4); // each row has its head
        QVERIFY(lines[0].contains("plain_cpu_s") && lines[0].contains("ratio_cpu"));
        QCOMPARE(lines[3].simplified().split(' ').size(), lines[2].simplified().split(' ').size());
    }

    void outOfRange() {
        QCOMPARE(run({"susie", "--variants", "0"}).exitCode, 2);
        QCOMPARE(run({"files", "--genes", "10", "--asked", "11"}).exitCode, 1);
        QCOMPARE(run({"genes", "--people", "19"}).exitCode, 1);
    }

    void growth() {
        writeText(m_folder / "growth.tsv", "axis\twhat\tsize\tcpu_s\tpeak_memory_mb\n"
                                           "people\tquick\t10\t1\t5\npeople\tquick\t100\t10\t5\n"
                                           "people\tslow\t10\t1\t5\npeople\tslow\t100\t100\t5\n");
        const Run told = run({"growth", place("growth.tsv"), "--figure", place("growth.svg")});
        QVERIFY2(told.exitCode == 0, qPrintable(told.err));
        const QStringList lines = told.out.split('\n');
        QVERIFY(lines[1].contains("quick") && lines[1].contains("1.00") && !lines[1].endsWith('*'));
        QVERIFY(lines[2].contains("slow") && lines[2].contains("2.00") && lines[2].endsWith('*'));
        QVERIFY(std::filesystem::file_size(m_folder / "growth.svg") > 1000);
        QCOMPARE(run({"growth", place("growth.svg")}).exitCode, 1);
    }

    /// What tests/bench/growth.py measured last, and README shows.
    void growthOfTheProgram() {
        const Run told = run({"growth", QStringLiteral(DIPLOSCOPE_TEST_DATA "/bench/growth.tsv")});
        QVERIFY2(told.exitCode == 0, qPrintable(told.err));
        for (const char* axis : {"people", "SNVs", "window", "genes", "scores"})
            QVERIFY2(told.out.contains("\n" + QString(axis) + " "), axis);
    }
};

QTEST_GUILESS_MAIN(TestBenchCommands)
#include "tst_bench_commands.moc"
