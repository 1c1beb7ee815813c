// SPDX-License-Identifier: GPL-3.0-or-later
// What a score is, from the command line to the tables.
#include "program.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <cmath>

using namespace diploscope::test;

class TestScoreCommands : public QObject {
    Q_OBJECT

private:
    static constexpr int kLength = 2048; // of demo-cnn

    TemporaryFolder m_folder;
    QString m_study;
    QString m_gene;

    QString path(const std::string& name) const { return QString::fromStdString((m_folder / name).string()); }
    Run analyze(const std::string& out, const QStringList& options) const {
        return runProgram(m_folder.path(),
                          QStringList{"analyze", m_study, "--gene", m_gene, "--out", path(out), "--quiet"} +
                              options);
    }
    /// `diploscope score` on these bases. \return edit -> columns
    std::vector<std::map<std::string, std::string>> score(const std::string& bases,
                                                          const QStringList& options) const {
        writeText(m_folder / "sequence.txt", bases);
        const Run run = runProgram(
            m_folder.path(), QStringList{"score", "--model", "demo-cnn", "--sequence", path("sequence.txt"),
                                         "--case", path("case.json"), "--out", path("scores.tsv")} +
                                 options);
        return run.exitCode == 0 ? tableFile(m_folder / "scores.tsv")
                                 : std::vector<std::map<std::string, std::string>>();
    }

private Q_SLOTS:
    void initTestCase() {
        const Run made = runProgram(m_folder.path(),
                                    {"simulate", "--out", path("demo"), "--people", "60", "--genes", "8"});
        QVERIFY2(made.exitCode == 0, qPrintable(made.err));
        m_study = path("demo/demo.study.json");
        const auto truth = tableFile(m_folder / "demo/truth.tsv");
        QVERIFY(!truth.empty());
        m_gene = QString::fromStdString(truth.front().at("gene_name"));
    }

    void spreadIsInTheTablesWhereThereIsOne() {
        const Run plain = analyze("once", {});
        QVERIFY2(plain.exitCode == 0, qPrintable(plain.err));
        const Run mean = analyze("mean", {"--shifts", "1", "--reverse-complement"});
        QVERIFY2(mean.exitCode == 0, qPrintable(mean.err));
        QVERIFY2(mean.out.contains("shifts ±1"), qPrintable(mean.out));
        const std::string gene = m_gene.toStdString();
        for (const auto& [table, column] :
             {std::pair("people", "predicted_sd"), std::pair("variants", "ism_sd")}) {
            const auto once = tableFile(m_folder / "once" / (gene + "." + table + ".tsv"));
            const auto averaged = tableFile(m_folder / "mean" / (gene + "." + table + ".tsv"));
            QVERIFY(!once.empty() && once.size() == averaged.size());
            QVERIFY(!once.front().contains(column));
            QVERIFY(std::stod(averaged.front().at(column)) >= 0);
        }
        const QJsonObject report = jsonFile(m_folder / "mean" / (gene + ".report.json"));
        QCOMPARE(report["members"].toArray().size(), 6);
        QVERIFY(report["reference_score_sd"].toDouble() > 0);
        QVERIFY(report["provenance"].toObject()["averaged_over"].toString().contains("both strands"));
        QVERIFY(!jsonFile(m_folder / "once" / (gene + ".report.json")).contains("members"));
    }

    /// A study that asks shifts has no word where the model's own score is asked for.
    void ownScoreIsPastTheStudy() {
        QJsonObject file = jsonFile(m_study.toStdString());
        file["models"] = QJsonArray{QJsonObject{{"folder", "demo-cnn"}, {"shifts", 1}}};
        writeText(m_folder / "demo/shifted.study.json", QJsonDocument(file).toJson().toStdString());
        const auto peopleOf = [&](const QString& study, const QStringList& options) {
            const Run run = runProgram(
                m_folder.path(),
                QStringList{"analyze", study, "--gene", m_gene, "--out", path("own"), "--quiet"} + options);
            return run.exitCode == 0 ? tableFile(m_folder / "own" / (m_gene.toStdString() + ".people.tsv"))
                                     : std::vector<std::map<std::string, std::string>>();
        };
        const QString shifted = path("demo/shifted.study.json");
        const auto ofStudy = peopleOf(shifted, {});
        QVERIFY(!ofStudy.empty() && ofStudy.front().contains("predicted_sd"));
        const auto own = peopleOf(shifted, {"--own-score"});
        QVERIFY(!own.empty());
        QVERIFY(own == peopleOf(m_study, {}));
    }

    void selfCheckIsDoneAndTold() {
        const Run run = analyze("checked", {"--no-cache", "--self-check", "5"});
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        const auto told = QRegularExpression("Self-check: (\\d+) sequences? by whole forward passes too, "
                                             "largest difference (\\S+) of")
                              .match(run.out);
        QVERIFY2(told.hasMatch(), qPrintable(run.out));
        QVERIFY(told.captured(1).toInt() > 1);
        QVERIFY(told.captured(2).toDouble() < 1e-5);
        const Run off = analyze("unchecked", {"--no-cache", "--self-check", "off"});
        QVERIFY(off.exitCode == 0 && !off.out.contains("Self-check"));
        // It is of the run, not of the gene: equal genes have equal reports.
        const std::string report = m_gene.toStdString() + ".report.json";
        QVERIFY(!jsonFile(m_folder / "checked" / report).contains("self_check"));
    }

    void whatTheModelHasNotIsRefused_data() {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QString>("says");
        QTest::newRow("track") << QStringList{"--tracks", "3"} << "from 0 to 0";
        QTest::newRow("name") << QStringList{"--tracks", "CAGE:*"} << "--targets";
        QTest::newRow("bin") << QStringList{"--bins", "447-449"} << "from 0 to 0";
        QTest::newRow("aggregate") << QStringList{"--aggregate", "sum-log"} << "sum-log1p";
        QTest::newRow("no head") << QStringList{"--head", "/nowhere.csv"} << "/nowhere.csv";
        QTest::newRow("self-check") << QStringList{"--self-check", "sometimes"} << "sometimes";
    }
    void whatTheModelHasNotIsRefused() {
        QFETCH(QStringList, options);
        QFETCH(QString, says);
        const Run run = analyze("refused", options);
        QVERIFY(run.exitCode != 0);
        QVERIFY2((run.err + run.out).contains(says), qPrintable(run.err + run.out));
    }

    void scoreAveragesShifts() {
        std::string bases;
        for (uint64_t i = 0, state = 7; i < kLength + 2; ++i) {
            state = (1103515245 * state + 12345) % (uint64_t{1} << 31);
            bases += "ACGT"[(state >> 16) % 4];
        }
        writeText(m_folder / "case.json", R"({"edits": []})");
        const auto averaged = score(bases, {"--shifts", "1"});
        QCOMPARE(averaged.size(), size_t{1});
        double sum = 0;
        for (const size_t shift : {0, 1, 2})
            sum += std::stod(score(bases.substr(shift, kLength), {}).at(0).at("value"));
        QVERIFY(std::abs(std::stod(averaged[0].at("score")) - sum / 3) < 1e-6);
        QVERIFY(std::stod(averaged[0].at("sd")) > 0);
        QVERIFY(score(bases.substr(1), {"--shifts", "1"}).empty()); // too short for that
    }
};

QTEST_GUILESS_MAIN(TestScoreCommands)
#include "tst_score_commands.moc"
