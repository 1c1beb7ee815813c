// SPDX-License-Identifier: GPL-3.0-or-later
// The demo as a new user meets it: simulate, check, analyse, kill, go on.
#include "program.h"

#include <QRegularExpression>

#include <cmath>

#include <csignal>
#include <set>

using namespace diploscope::test;

class TestDemoStudy : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;
    QString m_study;

    QString path(const std::string& name) const { return QString::fromStdString((m_folder / name).string()); }

private Q_SLOTS:
    void initTestCase() {
        const Run made = runProgram(m_folder.path(), {"simulate", "--out", path("demo")});
        QVERIFY2(made.exitCode == 0, qPrintable(made.err));
        m_study = path("demo/demo.study.json");
        const Run check = runProgram(m_folder.path(), {"check", m_study});
        QVERIFY2(check.exitCode == 0, qPrintable(check.out + check.err));
    }

    void modelIsRightForSomeGenesAndWrongForOthers() {
        const Run run = runProgram(m_folder.path(),
                                   {"analyze", m_study, "--genes", "all", "--out", path("all"), "--quiet"});
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        auto genes = tableFile(m_folder / "all/genes.tsv");
        QVERIFY(genes.size() >= 50);
        int right = 0;
        int wrong = 0;
        for (auto& gene : genes) {
            if (gene["pearson_r"] == "NA")
                continue;
            right += std::stod(gene["pearson_r"]) > 0.4;
            wrong += std::stod(gene["pearson_r"]) < -0.4;
        }
        QVERIFY2(right >= 5, qPrintable(QString::number(right)));
        QVERIFY2(wrong >= 3, qPrintable(QString::number(wrong)));
    }

    void supportedDriversGoWithPositiveR() {
        double positive = 0;
        double negative = 0;
        int positiveGenes = 0;
        int negativeGenes = 0;
        for (auto& gene : tableFile(m_folder / "all/genes.tsv")) {
            if (gene["fraction_supported"] == "NA" || gene["pearson_r"] == "NA")
                continue;
            const double r = std::stod(gene["pearson_r"]);
            const double fraction = std::stod(gene["fraction_supported"]);
            if (r > 0.3) {
                positive += fraction;
                ++positiveGenes;
            } else if (r < -0.3) {
                negative += fraction;
                ++negativeGenes;
            }
        }
        QVERIFY(positiveGenes > 0 && negativeGenes > 0);
        QVERIFY(positive / positiveGenes > 0.6);
        QVERIFY(negative / negativeGenes < 0.4);
    }

    void plantedVariantsAreFoundAsDrivers() {
        // Ordinary motifs that the network uses: planted there, common, and carrying most of the gene's
        // variance.
        int planted = 0;
        int found = 0;
        int rightSign = 0;
        for (auto& truth : tableFile(m_folder / "demo/truth.tsv")) {
            const bool learnt = truth["mechanism"] == "activator" || truth["mechanism"] == "repressor";
            if (!learnt || truth["planned"] != "true" || std::stod(truth["variance_share"]) < 0.5)
                continue;
            ++planted;
            const std::string drivers = "all/" + truth["gene_name"] + ".drivers.tsv";
            for (auto& driver : tableFile(m_folder / drivers)) {
                if (driver["pos"] != truth["pos"])
                    continue;
                ++found;
                rightSign += (std::stod(driver["ism"]) > 0) == (std::stod(truth["effect"]) > 0);
            }
        }
        QVERIFY2(planted >= 10, qPrintable(QString::number(planted)));
        QVERIFY2(found >= 0.75 * planted, qPrintable(QStringLiteral("%1 of %2").arg(found).arg(planted)));
        QVERIFY2(rightSign >= 0.9 * found, qPrintable(QStringLiteral("%1 of %2").arg(rightSign).arg(found)));
    }

    void killedRunLosesNoFinishedScore() {
        const QStringList arguments{"analyze", m_study,        "--genes", "all",
                                    "--out",   path("killed"), "--cache", path("killed.sqlite")};
        QProcess process;
        process.setProcessEnvironment(programEnvironment(m_folder.path()));
        process.start(DIPLOSCOPE_PROGRAM, arguments);
        QByteArray finished;
        while (finished.count('\n') < 3 && process.waitForReadyRead(60000))
            finished += process.readAllStandardOutput();
        ::kill(static_cast<pid_t>(process.processId()), SIGKILL);
        process.waitForFinished();
        finished += process.readAllStandardOutput();
        const auto whole = finished.left(finished.lastIndexOf('\n')).split('\n');
        QVERIFY(whole.size() >= 3);

        // No temporary file of a half-written table is taken for a result.
        for (const auto& entry : std::filesystem::directory_iterator(m_folder / "killed"))
            QVERIFY(entry.path().filename().string().starts_with(".") ||
                    !fileContent(entry.path()).trimmed().isEmpty());

        const Run again = runProgram(m_folder.path(), arguments);
        QVERIFY2(again.exitCode == 0, qPrintable(again.err));
        const auto passedOver =
            QRegularExpression("(\\d+) of \\d+ genes were stored already").match(again.out);
        QVERIFY2(passedOver.captured(1).toInt() >= whole.size(), qPrintable(again.out));
        QCOMPARE(fileContent(m_folder / "killed/genes.tsv"), fileContent(m_folder / "all/genes.tsv"));
    }

    void figuresAreWritten() {
        if (!runProgram(m_folder.path(), {"analyze", "--help"}).out.contains("--figures"))
            QSKIP("skipped: built without the drawing layer");
        const Run run = runProgram(m_folder.path(), {"analyze", m_study, "--genes", "all", "--out",
                                                     path("figures"), "--figures", "2", "--quiet"});
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        int svg = 0;
        int png = 0;
        for (const auto& entry : std::filesystem::directory_iterator(m_folder / "figures")) {
            svg += entry.path().extension() == ".svg";
            png += entry.path().extension() == ".png";
        }
        QVERIFY(svg >= 4);
        QCOMPARE(png, svg);
    }

    /// Given the lead variant, the table says what GENE.variants.tsv says of it, digit for digit.
    void effectsGivenAnSnv() {
        const std::string gene = tableFile(m_folder / "demo/truth.genes.tsv").front()["gene_name"];
        const auto analyse = [&](const QStringList& more) {
            return runProgram(m_folder.path(),
                              QStringList{"analyze", m_study, "--gene", QString::fromStdString(gene), "--out",
                                          path("given"), "--quiet"} +
                                  more);
        };
        QCOMPARE(analyse({}).exitCode, 0);
        auto variants = tableFile(m_folder / ("given/" + gene + ".variants.tsv"));
        const auto nameOf = [](std::map<std::string, std::string>& row) {
            return row["chrom"] + ":" + row["pos"] + ":" + row["ref"] + ":" + row["alt"];
        };
        const auto lead =
            std::find_if(variants.begin(), variants.end(), [](auto& row) { return row["lead"] == "true"; });
        QVERIFY(lead != variants.end());
        const std::string name = nameOf(*lead);
        const auto table = m_folder / ("given/" + gene + ".eqtl-given.tsv");
        QVERIFY(!std::filesystem::exists(table));
        const Run run = analyse({"--eqtl-given", QString::fromStdString(name)});
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        auto given = tableFile(table);
        QCOMPARE(given.size(), variants.size());
        for (size_t v = 0; v < given.size(); ++v) {
            QCOMPARE(given[v]["given"], name);
            QCOMPARE(given[v]["pos"], variants[v]["pos"]);
            QCOMPARE(given[v]["eqtl_slope_given"], variants[v]["eqtl_slope_given_lead"]);
            QCOMPARE(given[v]["eqtl_se_given"], variants[v]["eqtl_se_given_lead"]);
            QCOMPARE(given[v]["eqtl_p_given"], variants[v]["eqtl_p_given_lead"]);
        }
        std::filesystem::remove(table);
        // Of one that nobody carries nothing is done, whether another beside it is known or not.
        const std::filesystem::path people = m_folder / ("given/" + gene + ".people.tsv");
        std::filesystem::remove(people);
        for (const QString& asked : {QStringLiteral("rs0"), QString::fromStdString(name) + ",rs0",
                                     QString::fromStdString((*lead)["chrom"]) + ":1:A:C"}) {
            const Run unknown = analyse({"--eqtl-given", asked});
            QVERIFY2(unknown.exitCode == 1 && unknown.err.contains(asked.section(QLatin1Char(','), -1)),
                     qPrintable(unknown.err));
            QVERIFY(!std::filesystem::exists(table) && !std::filesystem::exists(people));
        }

        if (!runProgram(m_folder.path(), {"analyze", "--help"}).out.contains("--ld-reference"))
            QSKIP("skipped: built without the drawing layer");
        std::string other; // with a genotype of everybody
        for (auto& row : variants)
            if (other.empty() && row["missing_genotypes"] == "0" && nameOf(row) != name)
                other = nameOf(row);
        const Run drawn = analyse(
            {"--figures", "--figure", "eqtl", "--ld-reference", QString::fromStdString(name),
             "--ld-reference", QString::fromStdString(other), "--eqtl-given", QString::fromStdString(other)});
        QVERIFY2(drawn.exitCode == 0, qPrintable(drawn.err));
        const QByteArray svg = fileContent(m_folder / ("given/" + gene + ".eqtl.svg"));
        QCOMPARE(svg.count("LD with "), 2);
        QVERIFY(svg.contains("given "));
    }

    void figuresByCarrierFraction() {
        if (!runProgram(m_folder.path(), {"analyze", "--help"}).out.contains("--snv-colour"))
            QSKIP("skipped: built without the drawing layer");
        const QString gene =
            QString::fromStdString(tableFile(m_folder / "demo/truth.genes.tsv").front()["gene_name"]);
        const auto drawn = [&](const QStringList& more) {
            return runProgram(m_folder.path(),
                              QStringList{"analyze", m_study, "--gene", gene, "--out", path("coloured")} +
                                  more);
        };
        const Run run = drawn({"--figures", "--snv-colour", "carrier-fraction"});
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        const auto ism = m_folder / ("coloured/" + gene.toStdString() + ".ism.svg");
        // As labels: the proof names the study's folder, and that of a test has random letters.
        const QByteArray svg = fileContent(ism);
        QVERIFY(svg.contains(">Carriers<"));
        QVERIFY(!svg.contains(">MAF<"));
        QVERIFY(drawn({"--figures", "--snv-colour", "pink"}).exitCode != 0);
        QVERIFY(drawn({"--snv-colour", "maf"}).exitCode != 0); // of which figures?
    }

    void figuresByName() {
        if (!runProgram(m_folder.path(), {"analyze", "--help"}).out.contains("--figure "))
            QSKIP("skipped: built without the drawing layer");
        const QString gene =
            QString::fromStdString(tableFile(m_folder / "demo/truth.genes.tsv").front()["gene_name"]);
        const auto drawn = [&](const QStringList& more) {
            return runProgram(m_folder.path(),
                              QStringList{"analyze", m_study, "--gene", gene, "--out", path("named")} + more);
        };
        const Run run = drawn({"--figures", "--figure", "locus", "--figure", "ism"});
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        std::set<std::string> written;
        for (const auto& entry : std::filesystem::directory_iterator(m_folder / "named"))
            if (entry.path().extension() == ".svg")
                written.insert(entry.path().filename().string());
        const std::string stem = gene.toStdString();
        QCOMPARE(written, (std::set<std::string>{stem + ".ism.svg", stem + ".locus.svg"}));
        const Run unknown = drawn({"--figures", "--figure", "figure_2A"}); // one of all genes
        QCOMPARE(unknown.exitCode, 2);
        for (const char* name : {"observed-predicted", "ism", "ism-eqtl", "locus", "eqtl", "carriers",
                                 "carriers-pair", "models-people", "models-snvs", "additivity", "copies"})
            QVERIFY2(unknown.err.contains(name), qPrintable(unknown.err));
        QCOMPARE(drawn({"--figure", "locus"}).exitCode, 2);
    }
};

QTEST_GUILESS_MAIN(TestDemoStudy)
#include "tst_demo_study.moc"
