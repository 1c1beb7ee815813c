// SPDX-License-Identifier: GPL-3.0-or-later
// PrediXcan from the command line on real people: application against a naive loop in Python, and training.
#include "program.h"

#include <cmath>

using namespace diploscope::test;

class TestPredixcanCommand : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;
    QString m_study;

    QString path(const std::string& name) const { return QString::fromStdString((m_folder / name).string()); }
    static QString database(const std::string& name) {
        return QString::fromStdString((sharedData() / "geuvadis_chr22/predictdb" / name).string());
    }

private Q_SLOTS:
    void initTestCase() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        m_study = QString::fromStdString(writeRealStudy(m_folder.path()).string());
    }

    void predictionsEqualTheNaiveLoop() {
        const Run run = runProgram(m_folder.path(),
                                   {"predixcan", m_study, "--db", database("geuvadis_train216_enet_chr22.db"),
                                    "--out", path("scores.tsv")});
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        QVERIFY2(run.err.contains("905 weights"), qPrintable(run.err));
        std::map<std::string, std::map<std::string, std::string>> ofSample, report;
        for (auto& row : tableFile(m_folder / "scores.tsv"))
            ofSample[row["sample"]] = row;
        for (auto& row : tableFile(m_folder / "scores.report.tsv"))
            report[row["gene_id"]] = row;
        QCOMPARE(ofSample.size(), size_t{316});
        int compared = 0;
        for (auto& expected : tableFile(fixture("reference/predixcan.tsv"))) {
            auto& ours = report[expected["gene"]];
            for (const char* count : {"n_weights", "n_used", "n_ambiguous"})
                QCOMPARE(ours[count], expected[count]);
            if (expected["r"] != "NA")
                QVERIFY(std::abs(std::stod(ours["pearson_r"]) - std::stod(expected["r"])) < 1e-9);
            for (auto& [sample, value] : expected) {
                if (!ofSample.contains(sample))
                    continue;
                const std::string mine = ofSample[sample][expected["gene"]];
                if (value == "NA")
                    QCOMPARE(mine, value);
                else
                    QVERIFY2(std::abs(std::stod(mine) - std::stod(value)) < 1e-12, expected["gene"].c_str());
                ++compared;
            }
        }
        QCOMPARE(compared, 50 * 12);
    }

    /// By rsid the same variants are found as by position.
    void rsidsFindTheSame() {
        const Run run = runProgram(m_folder.path(),
                                   {"predixcan", m_study, "--db", database("geuvadis_train216_enet_chr22.db"),
                                    "--match", "rsid", "--out", path("rsid.tsv")});
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        auto byRsid = tableFile(m_folder / "rsid.tsv"), byPosition = tableFile(m_folder / "scores.tsv");
        QCOMPARE(byRsid.size(), byPosition.size());
        for (auto& [gene, value] : byPosition[7])
            if (gene != "sample" && value != "NA")
                QVERIFY2(std::abs(std::stod(byRsid[7][gene]) - std::stod(value)) < 1e-9, gene.c_str());
    }

    /// Its genes lie on other chromosomes: nothing to predict is no table of nothing, but an error that shows
    /// what the database has and the genotypes lack.
    void genesOfOtherChromosomesAreAbsent() {
        const Run run = runProgram(m_folder.path(), {"predixcan", m_study, "--db",
                                                     database("metaxcan_test_TW_Whole_Blood_0.5.db"), "--out",
                                                     path("blood.tsv")});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.contains("None of the database's 113 weights"), qPrintable(run.err));
        QVERIFY2(run.err.contains("`rs11253273`"), qPrintable(run.err));
        QVERIFY(!std::filesystem::exists(m_folder / "blood.tsv"));
    }

    /// Trained, written, read again and applied: better than nothing on people it was trained on, and the
    /// same for the same seed.
    void trainedDatabaseIsOneThatApplies() {
        const QStringList genes{"--gene", "ENSG00000069998", "--gene", "ENSG00000177663"};
        for (const char* name : {"a.db", "b.db"}) {
            const Run run = runProgram(
                m_folder.path(), QStringList{"predixcan", "train", m_study, "--out", path(name)} + genes);
            QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        }
        const Run run = runProgram(m_folder.path(),
                                   {"predixcan", m_study, "--db", path("a.db"), "--out", path("own.tsv")});
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        auto report = tableFile(m_folder / "own.report.tsv");
        QVERIFY(!report.empty());
        for (auto& row : report) {
            QCOMPARE(row["n_absent"], std::string("0"));
            QVERIFY(std::stod(row["trained_r2"]) > 0);
            const double r = std::stod(row["pearson_r"]);
            QVERIFY2(r * r > std::stod(row["trained_r2"]), "in sample is better than out of fold");
        }
        QCOMPARE(
            runProgram(m_folder.path(), {"predixcan", m_study, "--db", path("b.db"), "--out", path("b.tsv")})
                .exitCode,
            0);
        QCOMPARE(fileContent(m_folder / "b.tsv"), fileContent(m_folder / "own.tsv"));
    }

    void whatIsMissingIsOneClearError() {
        const Run run =
            runProgram(m_folder.path(), {"predixcan", m_study, "--db", m_study, "--out", path("x.tsv")});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.contains("PrediXcan database"), qPrintable(run.err));
        QVERIFY(!std::filesystem::exists(m_folder / "x.tsv"));
        const Run noDatabase = runProgram(m_folder.path(), {"predixcan", m_study, "--out", path("x.tsv")});
        QVERIFY(noDatabase.exitCode != 0 && noDatabase.err.contains("--db"));
    }
};

QTEST_GUILESS_MAIN(TestPredixcanCommand)
#include "tst_predixcan_command.moc"
