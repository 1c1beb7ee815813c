// SPDX-License-Identifier: GPL-3.0-or-later
// `analyze --genes` and `summary`: what is stored, several models, external tables.
#include "program.h"

#include "study/small_study.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>

using namespace diploscope::test;

class TestGenomeCommand : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;
    QString m_study;

    QString path(const std::string& name) const { return QString::fromStdString((m_folder / name).string()); }
    Run run(const QStringList& arguments) const { return runProgram(m_folder.path(), arguments); }
    Run analyze(const std::string& out, const QStringList& more = {}) const {
        return run(QStringList{"analyze", m_study, "--genes", path("genes.txt"), "--out", path(out)} + more);
    }

private Q_SLOTS:
    /// The demo with twelve genes, which has a trained model, and a table of eQTLs of one of its genes.
    void initTestCase() {
        const Run made = run({"simulate", "--out", path("demo")});
        QVERIFY2(made.exitCode == 0, qPrintable(made.err));
        m_study = path("demo/demo.study.json");
        std::string names;
        for (auto& gene : tableFile(m_folder / "demo/truth.genes.tsv"))
            if (std::count(names.begin(), names.end(), '\n') < 12)
                names += gene["gene_name"] + "\n";
        writeText(m_folder / "genes.txt", names);
    }

    void genesAreStoredOnce() {
        const Run first = analyze("all");
        QVERIFY2(first.exitCode == 0, qPrintable(first.err));
        auto genes = tableFile(m_folder / "all/genes.tsv");
        QCOMPARE(genes.size(), size_t{12});
        auto drivers = tableFile(m_folder / "all/drivers.tsv");
        for (auto& gene : genes) {
            const QJsonObject report = jsonFile(m_folder / ("all/" + gene["gene_name"] + ".report.json"));
            QCOMPARE(std::stod(gene["pearson_r"]), report["pearson_r"].toDouble());
            QCOMPARE(std::stoi(gene["n_drivers"]), report["n_drivers"].toInt());
            QCOMPARE(std::count_if(drivers.begin(), drivers.end(),
                                   [&](auto& driver) { return driver["gene_id"] == gene["gene_id"]; }),
                     std::ptrdiff_t(report["n_drivers"].toInt()));
        }
        const QByteArray before = fileContent(m_folder / "all/genes.tsv");
        const Run second = analyze("all");
        QVERIFY2(second.out.contains("12 of 12 genes were stored already"), qPrintable(second.out));
        QVERIFY(!second.out.contains("scores:"));
        QCOMPARE(fileContent(m_folder / "all/genes.tsv"), before);
    }

    /// What is random belongs to the study, the gene and the seed: not to what else is asked for.
    void numbersDoNotDependOnOtherGenes() {
        const std::string gene = tableFile(m_folder / "demo/truth.genes.tsv")[5]["gene_name"];
        const auto alone = [&](const std::string& out, const QStringList& more) {
            const Run run = this->run(
                QStringList{"analyze", m_study, "--gene", QString::fromStdString(gene), "--out", path(out)} +
                more);
            return run.exitCode == 0 ? jsonFile(m_folder / (out + "/" + gene + ".report.json"))
                                     : QJsonObject();
        };
        const QJsonObject among = jsonFile(m_folder / ("all/" + gene + ".report.json"));
        QVERIFY(among["null_calibrated"].isObject() && among["pearson_r_low"].isDouble());
        QCOMPARE(alone("alone", {}), among);
        const QJsonObject other = alone("seed", {"--seed", "7"});
        for (const char* same : {"pearson_r", "r_linear", "credible_sets", "lead_variant"})
            QCOMPARE(other[same], among[same]);
        for (const char* differs : {"null_published", "null_calibrated", "pearson_r_low"})
            QVERIFY(other[differs] != among[differs]);
    }

    void summaryCountsWhatIsStored() {
        const Run summary = run({"summary", m_study, "--json"});
        QVERIFY2(summary.exitCode == 0, qPrintable(summary.err));
        const QJsonObject numbers = QJsonDocument::fromJson(summary.out.toUtf8()).object();
        QCOMPARE(numbers["n_genes"].toInt(), 12);
        double sum = 0;
        int withR = 0;
        for (auto& gene : tableFile(m_folder / "all/genes.tsv"))
            if (gene["pearson_r"] != "NA") {
                sum += std::stod(gene["pearson_r"]);
                ++withR;
            }
        QCOMPARE(numbers["n_with_r"].toInt(), withR);
        QVERIFY(std::abs(numbers["mean_r"].toDouble() - sum / withR) < 1e-12);
    }

    /// Significant are those whose q, over these genes' p of the chosen kind, is not above 0.05.
    void significanceFollowsTheNull_data() {
        QTest::addColumn<QString>("column");
        QTest::newRow("published") << "p_published";
        QTest::newRow("calibrated") << "p_calibrated";
        QTest::newRow("empirical") << "p_empirical";
    }
    void significanceFollowsTheNull() {
        QFETCH(QString, column);
        std::vector<double> p;
        for (auto& gene : tableFile(m_folder / "all/genes.tsv"))
            if (gene["pearson_r"] != "NA" && gene["null_testable"] == "1")
                p.push_back(std::stod(gene[column.toStdString()]));
        std::sort(p.begin(), p.end());
        int significant = 0;
        for (size_t i = 0; i < p.size(); ++i)
            if (p[i] * double(p.size()) / double(i + 1) <= 0.05)
                significant = int(i) + 1;
        const Run summary = run({"summary", m_study, "--json", "--null", QTest::currentDataTag()});
        const QJsonObject numbers = QJsonDocument::fromJson(summary.out.toUtf8()).object();
        QCOMPARE(numbers["n_significant_bh05"].toInt(-1), significant);
        QCOMPARE(numbers["null"].toString(), QString::fromUtf8(QTest::currentDataTag()));
        QCOMPARE(numbers["n_not_testable"].toInt(-1), numbers["n_with_r"].toInt() - int(p.size()));
        if (column == "p_empirical") // of own genes the default
            QCOMPARE(run({"summary", m_study, "--json"}).out, summary.out);
    }

    void importedEffectsStandBesideTheOwn() {
        auto genes = tableFile(m_folder / "all/genes.tsv");
        QVERIFY(!genes.empty());
        const std::string gene = genes[0]["gene_name"];
        auto variants = tableFile(m_folder / ("all/" + gene + ".variants.tsv"));
        QVERIFY(!variants.empty());
        auto& variant = variants[variants.size() / 2];
        // The study says chr1, the tables 1.
        const std::string name =
            variant["chrom"].substr(3) + "_" + variant["pos"] + "_" + variant["ref"] + "_" + variant["alt"];
        writeText(m_folder / "demo/eqtl.tsv", "phenotype_id\tvariant_id\tpval_nominal\tslope\tslope_se\n" +
                                                  genes[0]["gene_id"] + "\t" + name +
                                                  "_b38\t0.25\t0.5\t0.125\n");
        writeText(m_folder / "demo/susie.tsv", "phenotype_id\tvariant_id\tpip\taf\tcs_id\n" +
                                                   genes[0]["gene_id"] + "\t" + name + "\t0.75\t0.1\t2\n");
        QJsonObject study = jsonFile(m_folder / "demo/demo.study.json");
        study["eqtl"] = QJsonArray{"eqtl.tsv"};
        study["fine_mapping"] = QJsonArray{"susie.tsv"};
        writeText(m_folder / "demo/external.study.json", QJsonDocument(study).toJson().toStdString());
        const Run run = this->run({"analyze", path("demo/external.study.json"), "--gene",
                                   QString::fromStdString(gene), "--out", path("external")});
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        int found = 0;
        for (auto& row : tableFile(m_folder / ("external/" + gene + ".variants.tsv"))) {
            if (row["pos"] != variant["pos"]) {
                QCOMPARE(row["imported_slope"], std::string("NA"));
                continue;
            }
            ++found;
            QCOMPARE(row["imported_slope"], std::string("0.5"));
            QCOMPARE(row["imported_p"], std::string("0.25"));
            QCOMPARE(row["imported_pip"], std::string("0.75"));
            QCOMPARE(row["imported_credible_set"], std::string("2"));
        }
        QCOMPARE(found, 1);
        const QJsonArray tables =
            jsonFile(m_folder / ("external/" + gene + ".report.json"))["imported_tables"].toArray();
        QCOMPARE(tables.size(), 2);
        QCOMPARE(tables[1].toObject()["table"].toString(), QString("susie.tsv"));
        for (const QJsonValue& table : tables) {
            QCOMPARE(table["as_listed"].toInt(), 1);
            for (const char* none :
                 {"swapped", "by_rsid", "absent", "ref_differs", "allele_differs", "ambiguous", "duplicate"})
                QCOMPARE(table[none].toInt(-1), 0);
        }

        // Under the wrong key it is told, not an empty column; genes are analysed without it.
        study["eqtl"] = QJsonArray{"susie.tsv"};
        writeText(m_folder / "demo/external.study.json", QJsonDocument(study).toJson().toStdString());
        const Run wrong = this->run({"analyze", path("demo/external.study.json"), "--gene",
                                     QString::fromStdString(gene), "--out", path("external")});
        QCOMPARE(wrong.exitCode, 0);
        QVERIFY2(wrong.err.contains("fine_mapping") && wrong.err.contains("analysed without it"),
                 qPrintable(wrong.err));
    }

    void severalModelsSideBySide() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        const QString study = QString::fromStdString(writeRealStudy(m_folder.path()).string());
        const QString xpresso = QString::fromStdString(installXpresso(m_folder / "xpresso").string());
        // The same weights under another name: another model as far as results go.
        const std::filesystem::path second = installXpresso(m_folder / "xpresso2");
        QJsonObject manifest = jsonFile(second / "model.json");
        manifest["name"] = "Second";
        writeText(second / "model.json", QJsonDocument(manifest).toJson().toStdString());
        writeText(m_folder / "two.txt", "ENSG00000093010\nENSG00000128185\n");
        const Run run = this->run({"analyze", study, "--genes", path("two.txt"), "--model", xpresso,
                                   "--model", QString::fromStdString(second.string()), "--out", path("two")});
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        auto genes = tableFile(m_folder / "two/genes.tsv");
        QCOMPARE(genes.size(), size_t{4});
        QCOMPARE(genes[0]["gene_id"], genes[2]["gene_id"]);
        QVERIFY(genes[0]["model"] != genes[2]["model"]);
        QVERIFY(std::filesystem::exists(m_folder / "two/Second/ENSG00000093010.report.json"));
        const Run summary = this->run({"summary", study, "--model", "Second", "--json"});
        QVERIFY2(summary.out.contains("\"n_genes\": 2"), qPrintable(summary.out + summary.err));
    }

    /// Fitted, written, and asked for as the score of a gene: weight x log2(sum of bins) + offset.
    void fittedHeadIsAScore() {
        const Run fit = run({"head", "fit", m_study, "--model", "demo-enformer", "--out", path("head.csv")});
        QVERIFY2(fit.exitCode == 0, qPrintable(fit.err));
        QVERIFY2(fit.out.contains("60 genes"), qPrintable(fit.out));
        const QList<QByteArray> lines = fileContent(m_folder / "head.csv").trimmed().split('\n');
        QCOMPARE(lines.size(), qsizetype{3});
        QCOMPARE(lines[0], QByteArray("tracks,weights"));
        const double weight = lines[1].split(',').last().toDouble();
        const double offset = lines[2].split(',').last().toDouble();
        QVERIFY(weight > 0);
        const std::string gene = tableFile(m_folder / "demo/truth.genes.tsv")[0]["gene_name"];
        const auto score = [&](const std::string& out, const QStringList& how) {
            const Run run = this->run(QStringList{"analyze", m_study, "--gene", QString::fromStdString(gene),
                                                  "--model", "demo-enformer", "--out", path(out)} +
                                      how);
            return run.exitCode == 0 ? jsonFile(m_folder / (out + "/" + gene + ".report.json"))
                                     : QJsonObject();
        };
        const double sum = score("sum", {"--aggregate", "sum"})["reference_score"].toDouble();
        const QJsonObject report = score("tuned", {"--head", path("head.csv")});
        QVERIFY2(std::abs(report["reference_score"].toDouble() - (weight * std::log2(sum) + offset)) < 1e-4,
                 qPrintable(QString::number(sum)));
    }

    void noResultsYetIsSaid() {
        const TemporaryFolder folder;
        const std::filesystem::path study = SmallStudy().write(folder);
        const Run summary = runProgram(folder.path(), {"summary", QString::fromStdString(study.string())});
        QCOMPARE(summary.exitCode, 1);
        QVERIFY2(summary.err.contains("no results yet"), qPrintable(summary.err));
    }
};

QTEST_GUILESS_MAIN(TestGenomeCommand)
#include "tst_genome_command.moc"
