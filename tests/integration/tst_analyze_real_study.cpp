// SPDX-License-Identifier: GPL-3.0-or-later
// The command line on real people: GEUVADIS chr22 with Xpresso, against published predictions and R.
#include "program.h"

#include <cmath>

using namespace diploscope::test;

class TestAnalyzeRealStudy : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;
    std::filesystem::path m_study;
    QString m_model;

    QStringList analyze(const std::string& gene, const std::string& out, const QStringList& more = {}) const {
        return QStringList{"analyze", QString::fromStdString(m_study.string()),
                           "--gene",  QString::fromStdString(gene),
                           "--model", m_model,
                           "--out",   QString::fromStdString((m_folder / out).string())} +
               more;
    }

private Q_SLOTS:
    void initTestCase() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        m_study = writeRealStudy(m_folder.path());
        m_model = QString::fromStdString(installXpresso(m_folder / "xpresso").string());
        const Run check = runProgram(m_folder.path(), {"check", QString::fromStdString(m_study.string())});
        QVERIFY2(check.exitCode == 0, qPrintable(check.out + check.err));
    }

    void referenceScoreIsThePublishedPrediction_data() {
        QTest::addColumn<double>("published");
        QTest::addColumn<QString>("strand");
        for (auto& row : tableFile(sharedData() / "xpresso" / "reference_predictions.tsv"))
            QTest::newRow(row["gene_id"].c_str())
                << std::stod(row["published_prediction"]) << QString::fromStdString(row["strand"]);
    }
    void referenceScoreIsThePublishedPrediction() {
        QFETCH(double, published);
        QFETCH(QString, strand);
        const std::string gene = QTest::currentDataTag();
        const Run run = runProgram(m_folder.path(), analyze(gene, "published"));
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        const QJsonObject report =
            jsonFile(m_folder / "published" / std::filesystem::path(gene + ".report.json"));
        QCOMPARE(report["strand"].toString(), strand);
        QVERIFY(std::abs(report["reference_score"].toDouble() - published) < 1e-4);
    }

    void slopesEqualR() {
        int compared = 0;
        std::map<std::string, std::map<std::string, std::map<std::string, std::string>>> ours;
        for (auto& expected : tableFile(fixture("reference/geuvadis_eqtl.tsv"))) {
            const std::string gene = expected["gene_id"];
            if (!ours.contains(gene)) {
                const Run run = runProgram(m_folder.path(), analyze(gene, "slopes"));
                QVERIFY2(run.exitCode == 0, qPrintable(run.err));
                for (auto& row : tableFile(m_folder / ("slopes/" + gene + ".variants.tsv")))
                    ours[gene][row["pos"] + row["ref"] + row["alt"]] = row;
                QVERIFY(!ours[gene].empty());
            }
            const auto found = ours[gene].find(expected["pos"] + expected["ref"] + expected["alt"]);
            if (found == ours[gene].end())
                continue; // the reference table also holds wider windows than Xpresso's
            if (expected["slope"] == "NA") {
                QCOMPARE(found->second["eqtl_slope"], std::string("NA"));
                continue;
            }
            const auto close = [&](const char* mine, const char* theirs) {
                const double a = std::stod(found->second[mine]);
                const double b = std::stod(expected[theirs]);
                return std::abs(a - b) <= 1e-6 * std::max(std::abs(b), 1e-3);
            };
            QVERIFY2(close("eqtl_slope", "slope"), expected["pos"].c_str());
            QVERIFY2(close("eqtl_se", "se"), expected["pos"].c_str());
            QVERIFY2(close("eqtl_p", "p"), expected["pos"].c_str());
            ++compared;
        }
        QVERIFY2(compared >= 20, qPrintable(QString::number(compared)));
    }

    void runFromTheCacheIsIdentical() {
        const std::string gene = "ENSG00000093010";
        const Run first = runProgram(m_folder.path(), analyze(gene, "first"));
        QVERIFY2(first.exitCode == 0, qPrintable(first.err));
        const Run second = runProgram(m_folder.path(), analyze(gene, "second"));
        QVERIFY2(second.out.contains("scores: 0 computed"), qPrintable(second.out));
        const Run fresh = runProgram(m_folder.path(), analyze(gene, "fresh", {"--no-cache"}));
        QVERIFY2(!fresh.out.contains("scores: 0 computed"), qPrintable(fresh.out));
        for (const char* table : {".people.tsv", ".variants.tsv", ".drivers.tsv", ".report.json"}) {
            const QByteArray content = fileContent(m_folder / ("first/" + gene + table));
            QVERIFY(!content.isEmpty());
            QCOMPARE(fileContent(m_folder / ("second/" + gene + table)), content);
            QCOMPARE(fileContent(m_folder / ("fresh/" + gene + table)), content);
        }
    }

    void plainForwardAgrees() {
        const std::string gene = "ENSG00000128185";
        QCOMPARE(runProgram(m_folder.path(), analyze(gene, "fast")).exitCode, 0);
        const Run plain = runProgram(m_folder.path(), analyze(gene, "plain", {"--plain"}));
        QVERIFY2(plain.exitCode == 0, qPrintable(plain.err));
        auto fastRows = tableFile(m_folder / ("fast/" + gene + ".people.tsv"));
        auto plainRows = tableFile(m_folder / ("plain/" + gene + ".people.tsv"));
        QCOMPARE(plainRows.size(), fastRows.size());
        QCOMPARE(fastRows.size(), size_t{316});
        for (size_t i = 0; i < fastRows.size(); ++i)
            QVERIFY(std::abs(std::stod(fastRows[i]["predicted"]) - std::stod(plainRows[i]["predicted"])) <
                    1e-5);
    }

    void unknownGeneIsOneClearError() {
        const Run run = runProgram(m_folder.path(), analyze("COMTT", "unknown"));
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.contains("COMT"), qPrintable(run.err));
        QVERIFY(!std::filesystem::exists(m_folder / "unknown"));
    }
};

QTEST_GUILESS_MAIN(TestAnalyzeRealStudy)
#include "tst_analyze_real_study.moc"
