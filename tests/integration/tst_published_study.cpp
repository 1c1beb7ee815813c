// SPDX-License-Identifier: GPL-3.0-or-later
// The paper's headline numbers (METHODS 11) from its own tables, by `import` and `summary`.
#include "program.h"

#include <QJsonArray>

#include <cmath>

using namespace diploscope::test;

class TestPublishedStudy : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;
    QString m_study;

    QJsonObject summary(const QStringList& more = {}) const {
        const Run run = runProgram(m_folder.path(), QStringList{"summary", m_study, "--json"} + more);
        return QJsonDocument::fromJson(run.out.toUtf8()).object();
    }
    static bool near(const QJsonValue& value, double expected, double tolerance) {
        return std::abs(value.toDouble(1e9) - expected) <= tolerance;
    }

private Q_SLOTS:
    void initTestCase() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        const auto table = [](const char* name) {
            return QString::fromStdString((sharedData() / "published" / name).string());
        };
        const QString out = QString::fromStdString((m_folder / "published").string());
        const Run run =
            runProgram(m_folder.path(),
                       {"import", "published", table("SupplementaryTable1.tsv"), "--drivers",
                        table("SupplementaryTable2.half.tsv"), "--means", table("MeanGeXPredFineTuned.txt"),
                        "--saturation", table("driver_saturation.half.tsv.gz"), "--tss-stats",
                        table("tss_attribution_stats.txt"), "--out", out});
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        QCOMPARE(fileContent((m_folder / "published" / "published.saturation.tsv.gz")),
                 fileContent(sharedData() / "published" / "driver_saturation.half.tsv.gz"));
        QVERIFY(
            fileContent(m_folder / "published" / "published.study.json").contains("published_saturation"));
        m_study = out + "/published.study.json";
    }

    void headlineNumbers() {
        const QJsonObject all = summary();
        QCOMPARE(all["n_genes"].toInt(), 6820);
        QCOMPARE(all["n_with_r"].toInt(), 6808);
        QCOMPARE(all["n_significant_bh05"].toInt(), 599);
        QCOMPARE(all["n_significant_negative"].toInt(), 195);
        QCOMPARE(all["null"].toString(), QStringLiteral("published"));
        QCOMPARE(all["n_not_testable"].toInt(), 2); // an R, and an sd of the null of 0.0
        QVERIFY(near(all["mean_r"], 0.0107, 5e-5));
        QVERIFY(near(all["min_r"], -0.789, 1e-12));
        QVERIFY(near(all["max_r"], 0.846, 1e-12));
        const QJsonObject predixcan = all["predixcan"].toObject();
        QCOMPARE(predixcan["n_both"].toInt(), 1568);
        QCOMPARE(predixcan["n_r_above_0.2"].toInt(), 921);
        QVERIFY(near(predixcan["mean_r"], 0.2613, 5e-5));
        QVERIFY(near(predixcan["mean_r_model"], 0.0169, 5e-5));
        QVERIFY(near(predixcan["cor_abs_r"], 0.585, 5e-4));
    }

    /// Of the half of table 2 that there is; counted apart with awk. Seven drivers have a slope of 0.0, which
    /// has no sign: they are neither supported nor unsupported.
    void drivers() {
        const QJsonObject drivers = summary()["drivers"].toObject();
        QCOMPARE(drivers["n_genes"].toInt(), 126);
        QCOMPARE(drivers["n_drivers"].toInt(), 684);
        QCOMPARE(drivers["n_main"].toInt(), 126);
        QCOMPARE(drivers["genes_positive"].toInt(), 80);
        QCOMPARE(drivers["genes_negative"].toInt(), 46);
        QCOMPARE(drivers["n_within_1000bp"].toInt(), 241);
        QVERIFY(near(drivers["mean_fraction_supported_positive"], 0.9423578504828505, 1e-9));
        QVERIFY(near(drivers["mean_fraction_supported_negative"], 0.05891602962255136, 1e-9));
    }

    void thereIsNoEmpiricalP() {
        const Run run = runProgram(m_folder.path(), {"summary", m_study, "--null", "empirical"});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.contains("empirical"), qPrintable(run.err));
        QVERIFY(summary({"--null", "calibrated"})["n_significant_bh05"].toInt(-1) >= 0);
    }

    void keysAreThoseAskedFor() {
        QCOMPARE(summary().keys(),
                 (QStringList{"drivers", "max_r", "mean_r", "min_r", "n_genes", "n_not_testable",
                              "n_significant_bh05", "n_significant_negative", "n_with_r", "null", "predixcan",
                              "run", "run_standing"}));
    }

    void otherModelAndNull() {
        QCOMPARE(summary({"--model", "fine-tuned"})["n_with_r"].toInt(), 6809);
        // A calibrated test of the same R is stricter by far.
        const int calibrated = summary({"--null", "calibrated"})["n_significant_bh05"].toInt();
        QVERIFY2(calibrated > 0 && calibrated < 300, qPrintable(QString::number(calibrated)));
        const Run unknown = runProgram(m_folder.path(), {"summary", m_study, "--model", "basenji"});
        QCOMPARE(unknown.exitCode, 1);
        QVERIFY2(unknown.err.contains("fine-tuned"), qPrintable(unknown.err));
    }

    /// What is known of one model only is drawn there, and elsewhere it is said why not.
    void figures() {
        const auto draw = [&](const char* model, const char* folder) {
            return runProgram(m_folder.path(),
                              {"summary", m_study, "--model", model, "--null", "calibrated", "--json",
                               "--figures", QString::fromStdString((m_folder / folder).string())});
        };
        const auto exists = [&](const char* file) { return std::filesystem::exists(m_folder / file); };
        const Run cage = draw("CAGE", "cage");
        QVERIFY2(cage.exitCode == 0, qPrintable(cage.err));
        QVERIFY(!QJsonDocument::fromJson(cage.out.toUtf8()).isNull()); // and nothing else on stdout
        for (const char* stem : {"figure_1B", "figure_2A", "figure_2C", "figure_2E", "figure_2F",
                                 "r-histogram", "linear-r", "driver-count", "model-model"})
            for (const char* ending : {".svg", ".pdf", ".png"})
                QVERIFY2(exists(("cage/" + std::string(stem) + ending).c_str()), stem);
        QFile svg(QString::fromStdString((m_folder / "cage/figure_2A.svg").string()));
        QVERIFY(svg.open(QIODevice::ReadOnly));
        QVERIFY(svg.readAll().contains("null: calibrated"));
        // Another process writes the same.
        QCOMPARE(draw("CAGE", "again").exitCode, 0);
        for (const auto& entry : std::filesystem::directory_iterator(m_folder / "cage"))
            QVERIFY2(fileContent(entry.path()) == fileContent(m_folder / "again" / entry.path().filename()),
                     entry.path().c_str());
        const Run again =
            runProgram(m_folder.path(), {"figure", "--verify",
                                         QString::fromStdString((m_folder / "cage/figure_2C.pdf").string())});
        QVERIFY2(again.exitCode == 0, qPrintable(again.out + again.err));
        const Run head = draw("reference sequence", "head");
        QVERIFY2(head.exitCode == 0, qPrintable(head.err));
        QVERIFY(exists("head/figure_1B.svg") && !exists("head/figure_2A.svg"));
        QVERIFY2(head.err.contains("figure_2C: No PrediXcan database"), qPrintable(head.err));
        const auto named = [&](const char* name) {
            return runProgram(m_folder.path(),
                              {"summary", m_study, "--figures",
                               QString::fromStdString((m_folder / "named").string()), "--figure", name});
        };
        QCOMPARE(named("figure_1B").exitCode, 0);
        QVERIFY(exists("named/figure_1B.svg") && !exists("named/figure_2E.svg"));
        const Run unknown = named("locus"); // one of a single gene
        QCOMPARE(unknown.exitCode, 2);
        QVERIFY2(unknown.err.contains("r-histogram"), qPrintable(unknown.err));
    }

    void studyOpensWithoutGenotypes() {
        const Run check = runProgram(m_folder.path(), {"check", m_study});
        QVERIFY2(check.exitCode == 0, qPrintable(check.out));
        const Run analyze =
            runProgram(m_folder.path(), {"analyze", m_study, "--gene", "DDX11", "--model", "xpresso", "--out",
                                         QString::fromStdString((m_folder / "x").string())});
        QCOMPARE(analyze.exitCode, 1);
        QVERIFY2(analyze.err.contains("no genotypes"), qPrintable(analyze.err));
    }

    void wrongTableLeavesNothing() {
        const QString out = QString::fromStdString((m_folder / "wrong").string());
        const Run run =
            runProgram(m_folder.path(),
                       {"import", "published",
                        QString::fromStdString((sharedData() / "published/SupplementaryTable3.txt").string()),
                        "--out", out});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.contains("column `gene_id`"), qPrintable(run.err));
        QVERIFY(!std::filesystem::exists(m_folder / "wrong/published.study.json"));
    }
};

QTEST_GUILESS_MAIN(TestPublishedStudy)
#include "tst_published_study.moc"
