// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/program.h"
#include "model/model_folder.h"
#include "study/small_study.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>

#include <algorithm>
#include <cmath>

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

    /// Names and shapes fit, so that nothing but a look at the values tells.
    void weightsThatAreNoNumbers() {
        const TemporaryFolder folder;
        SmallStudy small;
        small.extra = R"(, "models": ["net"])";
        const QString study = pathOf(small.write(folder));
        const auto model = sequentialModel({"flatten", {{"linear", {{"name", "o"}, {"out", 1}}}}}, 64);
        writeModelWithWeights(folder / "net", model);
        const Run good = check({study});
        QCOMPARE(good.exitCode, 0);
        QVERIFY2(good.out.contains("test-net (sequential): ready."), qPrintable(good.out));

        auto tensors = randomTensors(diploscope::parseNetwork(model["layers"], 64).value(), 1);
        tensors.front().values.back() = std::nan("");
        DS_VERIFY(diploscope::writeSafetensors(folder / "net/weights.safetensors", tensors));
        const Run bad = check({study});
        QCOMPARE(bad.exitCode, 1);
        QVERIFY2(bad.out.contains("its weights cannot be used."), qPrintable(bad.out));
        QVERIFY2(bad.out.contains(QString::fromStdString(tensors.front().name)), qPrintable(bad.out));
        QVERIFY2(!bad.out.contains("ready."), qPrintable(bad.out));
    }

    /// A file of another network's weights is told before a gene is asked for.
    void weightsOfAnotherNetwork_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<std::vector<int64_t>>("shape");
        QTest::newRow("name") << "other.weight" << std::vector<int64_t>{};
        QTest::newRow("shape") << "" << std::vector<int64_t>{2, 128};
    }
    void weightsOfAnotherNetwork() {
        QFETCH(QString, name);
        QFETCH(std::vector<int64_t>, shape);
        const TemporaryFolder folder;
        SmallStudy small;
        small.extra = R"(, "models": ["net"])";
        const QString study = pathOf(small.write(folder));
        const auto model = sequentialModel({"flatten", {{"linear", {{"name", "o"}, {"out", 1}}}}}, 64);
        writeModelWithWeights(folder / "net", model);
        auto tensors = randomTensors(diploscope::parseNetwork(model["layers"], 64).value(), 1);
        const auto weight = std::find_if(tensors.begin(), tensors.end(),
                                         [](const auto& tensor) { return tensor.shape.size() > 1; });
        QVERIFY(weight != tensors.end());
        const QString wanted = QString::fromStdString(weight->name);
        if (name.isEmpty())
            weight->shape = shape;
        else
            weight->name = name.toStdString();
        DS_VERIFY(diploscope::writeSafetensors(folder / "net/weights.safetensors", tensors));
        const Run bad = check({study});
        QCOMPARE(bad.exitCode, 1);
        QVERIFY2(bad.out.contains("1 problem:") && bad.out.contains(wanted), qPrintable(bad.out));
        QVERIFY2(bad.out.contains("its weights cannot be used."), qPrintable(bad.out));
        QVERIFY2(bad.out.contains("weights.safetensors") && !bad.out.contains("ready."), qPrintable(bad.out));
        const QJsonObject told = QJsonDocument::fromJson(check({"--json", study}).out.toUtf8()).object();
        QCOMPARE(told["opens"].toBool(), true); // other models work
        QCOMPARE(told["problems"].toArray().size(), 1);
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

    /// To the end of side tables, where opening a study looks at their beginnings alone.
    void looksIntoSideTables() {
        const TemporaryFolder folder;
        SmallStudy small;
        const std::string row = "ENSG01\t22_1_A_C\t0.5\t0.1\t1\n";
        const std::string first(1, small.bases[0]);
        const std::string notSecond(1, small.bases[1] == 'A' ? 'C' : 'A');
        writeText(folder / "long.tsv",
                  "phenotype_id\tvariant_id\tpip\taf\tcs_id\n" + row + row + "ENSG01\t22_1_A_C\t0.5\n");
        writeText(folder / "good.tsv", "phenotype_id\tvariant_id\tpip\taf\tcs_id\nENSG01\t22_1_" + first +
                                           "_N\t0.5\t0.1\t1\nENSG01\t22_2_" + notSecond +
                                           "_N\t0.5\t0.1\t1\n");
        writeText(folder / "bad.db", "not a database");
        small.extra = R"(, "fine_mapping": ["long.tsv", "good.tsv"], "predixcan": ["bad.db"])";
        const QString study = pathOf(small.write(folder));
        const Run run = check({study});
        QCOMPARE(run.exitCode, 1);
        for (const char* part :
             {"2 problems:", "long.tsv, line 4", "bad.db", "The study opens without them.",
              "good.tsv (tensorQTL SuSiE): 2 of 2 rows", "REF is not the reference's at 1 of 2 places"})
            QVERIFY2(run.out.contains(part), qPrintable(run.out));
        const QJsonObject told = QJsonDocument::fromJson(check({"--json", study}).out.toUtf8()).object();
        QCOMPARE(told["ok"].toBool(true), false);
        QCOMPARE(told["opens"].toBool(), true);
        QCOMPARE(told["problems"].toArray().size(), 2);
        QCOMPARE(told["problems"].toArray().at(0).toObject()["stops"].toBool(true), false);
    }

    /// Situations of public reports: their genes are analysed, and what is left out is told.
    void cases_data() {
        QTest::addColumn<QString>("study");
        QTest::addColumn<int>("leftOut");
        QTest::newRow("01_shifted_expression") << "01_shifted_expression" << 0;
        QTest::newRow("02_crash_non_utf8_symbol") << "02_crash_non_utf8_symbol" << 0;
        QTest::newRow("07_brace_in_path") << "07_brace_in_path/run{1}" << 0;
        QTest::newRow("08_check_opens_not_everything") << "08_check_opens_not_everything" << 3;
        QTest::newRow("18_eqtl_catalogue_exon_trait") << "18_eqtl_catalogue_exon_trait" << 0;
    }
    void cases() {
        const std::filesystem::path cases = sharedData() / "../cases";
        if (sharedData().empty() || !std::filesystem::is_directory(cases))
            QSKIP("skipped: no shared cases");
        QFETCH(QString, study);
        QFETCH(int, leftOut);
        const TemporaryFolder home;
        std::filesystem::copy(cases / "probe", home / "probe");
        std::filesystem::create_directories((home / study.toStdString()).parent_path());
        std::filesystem::copy(cases / study.toStdString(), home / study.toStdString(),
                              std::filesystem::copy_options::recursive);
        const QString file = pathOf(home / study.toStdString() / "t.study.json");
        const Run checked = runProgram(home.path(), {"check", file});
        QCOMPARE(checked.exitCode, leftOut > 0 ? 1 : 0);
        if (leftOut > 0)
            for (const char* part : {"bad.db", "bad.tsv", "empty.tsv", "lfs_model", "4 problems:"})
                QVERIFY2(checked.out.contains(part), qPrintable(checked.out));
        const QString out = pathOf(home / "out");
        const Run run = runProgram(home.path(), {"analyze", file, "--genes", "all", "--model",
                                                 pathOf(home / "probe"), "--out", out});
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        const QStringList reports = QDir(out).entryList({"*.report.json"});
        QCOMPARE(reports.size(), 4);
        QFile report(out + '/' + reports.front());
        QVERIFY(report.open(QIODevice::ReadOnly));
        const QJsonObject told = QJsonDocument::fromJson(report.readAll()).object();
        QVERIFY(!told.isEmpty());
        QCOMPARE(told["left_out"].toArray().size(), leftOut);
        QCOMPARE(run.err.count("Genes are analysed without it."), leftOut);
        if (study.startsWith("02")) {
            QFile genes(out + "/genes.tsv");
            QVERIFY(genes.open(QIODevice::ReadOnly));
            QVERIFY(QString::fromUtf8(genes.readAll()).contains(QChar(0xFFFD)));
        }
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
