// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/program.h"
#include "study/small_study.h"

#include <QJsonArray>

using namespace diploscope::test;

namespace {

Run check(const QStringList& arguments) {
    const TemporaryFolder home;
    return runProgram(home.path(), QStringList{"check"} + arguments);
}

QString pathOf(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

} // namespace

class TestCheckCommand : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatIsThere() {
        const TemporaryFolder folder;
        const Run run = check({pathOf(SmallStudy().write(folder))});
        QCOMPARE(run.exitCode, 0);
        for (const char* part :
             {"small (toy)", "5 with genotypes and expression", "3 that can be analysed", "No problems."})
            QVERIFY2(run.out.contains(part), qPrintable(run.out));
        QVERIFY(run.err.isEmpty());
    }

    void listsEverythingVerbosely() {
        const TemporaryFolder folder;
        SmallStudy small;
        for (int i = 0; i < 8; ++i)
            small.expression += "22\t9\t10\tENSG9" + std::to_string(i) + ".1\t1\t1\t1\t1\t1\t1\n";
        const QString study = pathOf(small.write(folder));
        QVERIFY(!check({study}).out.contains("ENSG97.1"));
        const Run run = check({"--verbose", study});
        QCOMPARE(run.exitCode, 0);
        QVERIFY2(run.out.contains("ENSG97.1"), qPrintable(run.out));
    }

    void numbersProblems() {
        const TemporaryFolder folder;
        SmallStudy small;
        small.genotypeRow = "0/0\t0/1\t1/0\t1/1\t0/0\t0/1";
        small.extra = R"(, "models": ["nowhere"])";
        const Run run = check({pathOf(small.write(folder))});
        QCOMPARE(run.exitCode, 1);
        for (const char* part : {"2 problems:", "  1. ", "  2. ", "     in  ", "     do  ", "small (toy)"})
            QVERIFY2(run.out.contains(part), qPrintable(run.out));
        QVERIFY(!run.out.contains("  3. "));
    }

    void printsJson() {
        const TemporaryFolder folder;
        SmallStudy small;
        const QJsonObject good =
            QJsonDocument::fromJson(check({"--json", pathOf(small.write(folder))}).out.toUtf8()).object();
        QCOMPARE(good["ok"].toBool(), true);
        QCOMPARE(good["people"].toArray().size(), 5);
        QCOMPARE(good["genes"].toArray().size(), 3);
        QCOMPARE(good["genes"].toArray()[1].toObject()["tss"].toInt(), 45'000); // 1-based, on `-`
        QVERIFY(good["problems"].toArray().isEmpty());

        small.expression.clear();
        const Run run = check({"--json", pathOf(small.write(folder))});
        QCOMPARE(run.exitCode, 1);
        const QJsonObject bad = QJsonDocument::fromJson(run.out.toUtf8()).object();
        QCOMPARE(bad["ok"].toBool(true), false);
        const QJsonObject problem = bad["problems"].toArray().at(0).toObject();
        QCOMPARE(problem["kind"].toString(), QString("bad-input"));
        for (const char* key : {"what", "where", "remedy"})
            QVERIFY(!problem[key].toString().isEmpty());
    }

    void refusesWhatIsNoStudy() {
        const TemporaryFolder folder;
        QCOMPARE(check({pathOf(folder / "none.study.json")}).exitCode, 1);
        writeText(folder / "broken.study.json", "{\"schema\": 1,");
        const Run broken = check({pathOf(folder / "broken.study.json")});
        QCOMPARE(broken.exitCode, 1);
        QVERIFY2(broken.out.contains("line 1"), qPrintable(broken.out));
        QVERIFY(check({}).exitCode > 0);
    }

    void helps() {
        const Run run = check({"--help"});
        QCOMPARE(run.exitCode, 0);
        QVERIFY(run.out.contains("--verbose") && run.out.contains("--json"));
    }
};

QTEST_GUILESS_MAIN(TestCheckCommand)
#include "tst_check_command.moc"
