// SPDX-License-Identifier: GPL-3.0-or-later
// score, bench and models as a user runs them.
#include "integration/program.h"
#include "model/model_folder.h"

#include <QFile>
#include <QJsonArray>

#include <fmt/format.h>

#include <cmath>

using namespace diploscope::test;
using nlohmann::json;

namespace {

constexpr int64_t kLength = 300;

QString text(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

/// A model with weights, a sequence, a case.
void writeCase(const TemporaryFolder& folder) {
    writeModelWithWeights(
        folder / "model",
        sequentialModel(
            json::parse(R"([{"conv1d":{"name":"c","out":6,"width":8}},"relu",{"maxpool":10},"flatten",
        {"linear":{"name":"h","out":5}},"relu",{"linear":{"name":"o","out":3}}])"),
            kLength));
    std::string bases;
    for (int64_t i = 0; i < kLength; ++i)
        bases += "ACGT"[(i * i + i / 7) % 4];
    writeText(folder / "sequence.fa", ">chosen\n" + bases.substr(0, 150) + "\n" + bases.substr(150) + "\n");
    json edits = json::array();
    for (const int64_t offset : {int64_t{0}, int64_t{150}, kLength - 1}) {
        const std::string ref(1, bases[static_cast<size_t>(offset)]);
        edits.push_back({{"offset", offset}, {"ref", ref}, {"alt", ref == "A" ? "C" : "A"}});
    }
    const std::string here(1, bases[20]);
    edits.push_back({{"offset", 20}, {"ref", here}, {"alt", here}});
    writeText(folder / "case.json", json{{"edits", edits}, {"tracks", {2, 0}}}.dump());
}

QStringList scoreArguments(const TemporaryFolder& folder, const char* out) {
    return {"score",
            "--model",
            text(folder / "model"),
            "--sequence",
            text(folder / "sequence.fa"),
            "--case",
            text(folder / "case.json"),
            "--out",
            text(folder / out)};
}

} // namespace

class TestModelCommands : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void scoreWritesEveryEdit() {
        const TemporaryFolder folder;
        writeCase(folder);
        const Run run = runProgram(folder.path(), scoreArguments(folder, "fast.tsv"));
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        QVERIFY(fileContent(folder / "fast.tsv").startsWith("edit\tbin\ttrack\tvalue\n"));
        const auto fast = tableFile(folder / "fast.tsv");
        QCOMPARE(fast.size(), size_t{5 * 2});
        const std::vector<std::string> edits{"-1", "0", "1", "2", "3"};
        for (size_t row = 0; row < fast.size(); ++row) {
            QCOMPARE(fast[row].at("edit"), edits[row / 2]);
            QCOMPARE(fast[row].at("bin"), std::string("0"));
            QCOMPARE(fast[row].at("track"), std::string(row % 2 == 0 ? "2" : "0"));
        }
        // The last edit's alt is its ref; the others change something.
        QCOMPARE(fast[8].at("value"), fast[0].at("value"));
        QVERIFY(fast[4].at("value") != fast[0].at("value"));

        const Run whole =
            runProgram(folder.path(), scoreArguments(folder, "plain.tsv") + QStringList{"--plain"});
        QVERIFY2(whole.exitCode == 0, qPrintable(whole.err));
        const auto plain = tableFile(folder / "plain.tsv");
        QCOMPARE(plain.size(), fast.size());
        for (size_t row = 0; row < fast.size(); ++row)
            QVERIFY(std::abs(std::stod(fast[row].at("value")) - std::stod(plain[row].at("value"))) < 1e-5);
    }

    void scoreRefuses_data() {
        QTest::addColumn<QString>("spoilt");
        QTest::addColumn<QString>("says");
        QTest::newRow("a shorter sequence") << "sequence"
                                            << "299 bases";
        QTest::newRow("another ref") << "case"
                                     << "edits[0]";
        QTest::newRow("no weights") << "weights"
                                    << "https://example.org/weights";
    }

    void scoreRefuses() {
        QFETCH(QString, spoilt);
        QFETCH(QString, says);
        const TemporaryFolder folder;
        writeCase(folder);
        if (spoilt == "sequence")
            writeText(folder / "sequence.fa", fmt::format(">chosen\n{}\n", std::string(kLength - 1, 'A')));
        else if (spoilt == "case")
            writeText(folder / "case.json", R"({"edits":[{"offset":0,"ref":"N","alt":"A"}]})");
        else
            std::filesystem::remove(folder / "model/weights.safetensors");
        const Run run = runProgram(folder.path(), scoreArguments(folder, "out.tsv"));
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.contains(says), qPrintable(run.err));
        QVERIFY(!std::filesystem::exists(folder / "out.tsv"));
    }

    void benchPrintsJson() {
        const TemporaryFolder folder;
        writeCase(folder);
        std::filesystem::remove(folder / "model/weights.safetensors");
        const Run run = runProgram(folder.path(), {"bench", "ism", "--model", text(folder / "model"),
                                                   "--random-weights", "--variants", "50", "--plain-variants",
                                                   "10", "--out", text(folder / "bench.json")});
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        const QJsonObject report = QJsonDocument::fromJson(run.out.toUtf8()).object();
        QVERIFY(report.value("ratio").toDouble() > 0);
        QVERIFY(report.value("max_difference").toDouble(1) <= 1e-9);
        QCOMPARE(jsonFile(folder / "bench.json"), report);
    }

    void benchOfExperimentsPrintsJsonOrATable() {
        const TemporaryFolder folder;
        writeCase(folder);
        const QStringList arguments{"bench",       "experiments",
                                    "--model",     text(folder / "model"),
                                    "--model",     text(folder / "model"),
                                    "--people",    "6",
                                    "--variants",  "40",
                                    "--flips",     "2",
                                    "--ablations", "2",
                                    "--reach",     "20",
                                    "--out",       text(folder / "bench.json")};
        const Run run = runProgram(folder.path(), arguments);
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        const QJsonArray reports = QJsonDocument::fromJson(run.out.toUtf8()).array();
        QCOMPARE(reports.size(), 2);
        for (const char* question : {"flip", "ablation", "saturation"})
            QVERIFY(reports[1].toObject().value(question).toObject().value("s").toDouble() > 0);
        QFile written(text(folder / "bench.json"));
        QVERIFY(written.open(QIODevice::ReadOnly));
        QCOMPARE(QJsonDocument::fromJson(written.readAll()).array(), reports);
        const Run table = runProgram(folder.path(), arguments + QStringList{"--table"});
        QVERIFY2(table.exitCode == 0, qPrintable(table.err));
        QCOMPARE(table.out.split('\n', Qt::SkipEmptyParts).size(), 1 + 2 * 3 + 1);
        QVERIFY2(table.out.contains("saturation") && !table.out.contains('{'), qPrintable(table.out));
    }

    void benchOfTheCachePrintsJsonOrATable() {
        const TemporaryFolder folder;
        const QStringList arguments{"bench",         "cache", "--scores", "2000",
                                    "--gene-scores", "500",   "--out",    text(folder / "bench.json")};
        const Run run = runProgram(folder.path(), arguments);
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        const QJsonObject report = QJsonDocument::fromJson(run.out.toUtf8()).object();
        QCOMPARE(report.value("scores").toInt(), 2000);
        QVERIFY(report.value("cache").toObject().value("store_cpu_us").toDouble() > 0);
        QCOMPARE(jsonFile(folder / "bench.json"), report);
        const Run table = runProgram(folder.path(), arguments + QStringList{"--table", "--without-plain"});
        QVERIFY2(table.exitCode == 0, qPrintable(table.err));
        QVERIFY2(table.out.contains("\ncache ") && !table.out.contains("plain") && !table.out.contains('{'),
                 qPrintable(table.out));
        QCOMPARE(runProgram(folder.path(), {"bench", "cache", "--scores", "0"}).exitCode, 2);
    }

    void modelsListsWhatIsMissing() {
        const TemporaryFolder folder;
        const Run run = runProgram(folder.path(), {"models"});
        QCOMPARE(run.exitCode, 0);
        for (const char* part :
             {"simple-cnn", "xpresso", "enformer", "weights missing", "huggingface.co", "demo-enformer"})
            QVERIFY2(run.out.contains(part), qPrintable(run.out));
        QVERIFY(
            run.out.contains(text(folder / "data/diploscope/models/xpresso/xpresso_gm12878.safetensors")));
        const Run show = runProgram(folder.path(), {"models", "show", "simple-cnn"});
        QCOMPARE(show.exitCode, 0);
        QVERIFY2(show.out.contains("900 x 39992") && show.out.contains("900 x 44"), qPrintable(show.out));
        QCOMPARE(runProgram(folder.path(), {"models", "show", "nothing"}).exitCode, 1);
    }
};

QTEST_GUILESS_MAIN(TestModelCommands)
#include "tst_model_commands.moc"
