// SPDX-License-Identifier: GPL-3.0-or-later
// What rounding must not decide: scores that are constant by design, ranks, ties of the null, and the PIPs of
// effects that are not there. On the tiny study `rounding_only_model` and on the real one.
#include "program.h"

#include <algorithm>
#include <cmath>

using namespace diploscope::test;
namespace fs = std::filesystem;

class TestRounding : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    QString m_study; ///< the real one

    [[nodiscard]] static fs::path cases() { return sharedData().parent_path() / "cases"; }
    [[nodiscard]] QString path(const std::string& name) const {
        return QString::fromStdString((m_folder / name).string());
    }
    /// \return GENE.report.json
    QJsonObject analysed(const QString& study, const QString& gene, const QString& out,
                         const QStringList& more) {
        const Run run = runProgram(
            m_folder.path(),
            QStringList{"analyze", study, "--gene", gene, "--out", out, "--no-cache", "--quiet"} + more);
        if (run.exitCode != 0)
            qWarning("%s", qPrintable(run.err));
        return jsonFile(fs::path((out + "/" + gene + ".report.json").toStdString()));
    }
    [[nodiscard]] static QString model(const char* name) {
        return QString::fromStdString((fs::path(DIPLOSCOPE_TEST_DATA) / ".." / "models" / name).string());
    }

private Q_SLOTS:
    void initTestCase() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        m_study = QString::fromStdString(writeRealStudy(m_folder.path()).string());
    }

    void constantByDesign_data() {
        QTest::addColumn<QStringList>("how");
        QTest::addColumn<QByteArray>("variable");
        QTest::addColumn<QByteArray>("kernels");
        const QStringList plain{"--plain"}, precise{"--plain", "--precision", "fp64"};
        QTest::newRow("fast") << QStringList{} << QByteArray() << QByteArray();
        QTest::newRow("plain fp32") << plain << QByteArray() << QByteArray();
        QTest::newRow("plain fp64") << precise << QByteArray() << QByteArray();
        // What rounding leaves hangs on the processor.
        for (const char* kernels : {"SSE41", "AVX2"})
            QTest::addRow("oneDNN's of %s", kernels)
                << plain << QByteArray("DNNL_MAX_CPU_ISA") << QByteArray(kernels);
        for (const char* kernels : {"Nehalem", "Haswell"})
            QTest::addRow("OpenBLAS's of %s", kernels)
                << plain << QByteArray("OPENBLAS_CORETYPE") << QByteArray(kernels);
    }
    void constantByDesign() {
        QFETCH(QStringList, how);
        QFETCH(QByteArray, variable);
        QFETCH(QByteArray, kernels);
        if (!fs::exists(cases() / "rounding_only_model"))
            QSKIP("skipped: no shared cases");
        for (const char* part : {"rounding_only_model", "zero2"}) // read-only where it is
            if (!fs::exists(m_folder / part))
                fs::copy(cases() / part, m_folder / part, fs::copy_options::recursive);
        if (!variable.isEmpty())
            qputenv(variable.constData(), kernels);
        const QJsonObject report =
            analysed(path("rounding_only_model/s.study.json"), "A", path("constant"), how);
        if (!variable.isEmpty())
            qunsetenv(variable.constData());
        QVERIFY(report["n_variants"].toInt() == 4 && report["n_people"].toInt() > 50);
        for (const char* name : {"pearson_r", "pearson_p", "spearman_rho", "spearman_p", "slope", "r_linear",
                                 "pearson_r_low", "fraction_supported", "null_published", "null_calibrated"})
            QVERIFY2(report.contains(name) && report[name].isNull(), name);
        QCOMPARE(report["n_drivers"].toInt(-1), 0);
    }

    void sameRanksByEveryMethod_data() {
        QTest::addColumn<QString>("gene");
        QTest::addColumn<bool>("xpresso");
        QTest::newRow("SLC25A1, Xpresso") << "SLC25A1" << true;
        QTest::newRow("COMT, demo-cnn") << "COMT" << false;
    }
    void sameRanksByEveryMethod() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        QFETCH(QString, gene);
        QFETCH(bool, xpresso);
        const QString folder = xpresso ? QString::fromStdString(installXpresso(m_folder / "xpresso").string())
                                       : model("demo-cnn");
        std::vector<double> rho;
        for (const QStringList& how : {QStringList{}, {"--plain"}, {"--plain", "--precision", "fp64"}}) {
            const QJsonObject report =
                analysed(m_study, gene, path("ranks"), QStringList{"--model", folder} + how);
            QVERIFY(report["spearman_rho"].isDouble());
            rho.push_back(report["spearman_rho"].toDouble());
        }
        for (const double other : rho)
            QVERIFY2(std::abs(other - rho[0]) < 1e-12,
                     qPrintable(QStringLiteral("%1, not %2").arg(other, 0, 'g', 17).arg(rho[0], 0, 'g', 17)));
    }

    void tiesOfTheNull_data() {
        QTest::addColumn<QString>("gene");
        QTest::newRow("TANGO2") << "TANGO2";
        QTest::newRow("SNAP29") << "SNAP29";
    }
    /// One SNV in demo-enformer's window.
    void tiesOfTheNull() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        QFETCH(QString, gene);
        const QJsonObject report = analysed(m_study, gene, path("ties"), {"--model", model("demo-enformer")});
        QVERIFY(report["pearson_r"].isDouble());
        for (const char* name : {"null_published", "null_calibrated"}) {
            const QJsonObject null = report[name].toObject();
            QCOMPARE(null["testable"].toBool(true), false);
            QCOMPARE(null["empirical_p"].toDouble(), 1.0);
            QVERIFY(null["published_p"].isNull() && null["calibrated_p"].isNull());
        }
    }

    /// Idle effects of SuSiE spread a whole probability each over SNVs that explain nothing.
    void idleEffects() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        const Run run = runProgram(m_folder.path(), {"susie", m_study, "--gene", "MIR4761", "--window",
                                                     "60000", "--out", path("mir.tsv"), "--quiet"});
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        double raw = 0;
        double pruned = 0;
        for (auto& row : tableFile(m_folder / "mir.tsv")) {
            raw += std::stod(row["pip"]);
            pruned += std::stod(row["pip_pruned"]);
            QVERIFY(std::stod(row["pip_pruned"]) <= std::stod(row["pip"]) + 1e-12);
        }
        qInfo("PIPs sum to %.2f, pruned %.2f", raw, pruned);
        QVERIFY(raw > 7 && pruned < 2.1); // one strong effect and a weak one; eight idle
    }
};

QTEST_GUILESS_MAIN(TestRounding)
#include "tst_rounding.moc"
