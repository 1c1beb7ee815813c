// SPDX-License-Identifier: GPL-3.0-or-later
// A model's predictions written out as a table are a model: the same R beside other statistics of the same
// people, and nothing of single alleles, which is said, unless a table of effects stands beside.
#include "experiment_demo.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>

using namespace diploscope::test;

class TestPredictionsProgram : public QObject {
    Q_OBJECT

private:
    ExperimentDemo m_demo;

    Run analysed(const std::string& name) const {
        return runProgram(m_demo.folder.path(),
                          {"analyze", m_demo.study, "--gene", m_demo.gene, "--model", m_demo.path(name),
                           "--out", m_demo.path(name + ".out"), "--quiet"});
    }
    std::vector<ExperimentDemo::Row> told(const std::string& name, const char* table) const {
        return m_demo.table(name + ".out/" + m_demo.gene.toStdString() + "." + table + ".tsv");
    }
    QJsonObject report(const std::string& name) const {
        return jsonFile(m_demo.folder / (name + ".out") / (m_demo.gene.toStdString() + ".report.json"));
    }

private Q_SLOTS:
    void initTestCase() {
        const QString wrong = m_demo.make();
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        std::string matrix = "gene", values = m_demo.gene.toStdString(),
                    haplotypes = "sample\tgene\thap1\thap2\n",
                    effects = "variant_id\tgene\tscore\teffect_allele\n";
        for (const auto& person : m_demo.people) {
            matrix += "\t" + person.at("sample");
            values += "\t" + person.at("predicted");
            haplotypes += person.at("sample") + "\t" + m_demo.gene.toStdString() + "\t" + person.at("hap1") +
                          "\t" + person.at("hap2") + "\n";
        }
        for (const auto& variant : m_demo.variants)
            effects += variant.at("chrom") + ":" + variant.at("pos") + ":" + variant.at("ref") + ":" +
                       variant.at("alt") + "\t" + m_demo.gene.toStdString() + "\t" + variant.at("ism") +
                       "\t" + variant.at("effect_allele") + "\n";
        writeText(m_demo.folder / "people/p.tsv", matrix + "\n" + values + "\n");
        QJsonObject model{{"schema", 1},
                          {"name", "people"},
                          {"kind", "predictions"},
                          {"predictions", "p.tsv"},
                          {"input", m_demo.input()}};
        writeText(m_demo.folder / "people/model.json", QJsonDocument(model).toJson().toStdString());
        writeText(m_demo.folder / "both/p.tsv", haplotypes);
        writeText(m_demo.folder / "both/e.tsv", effects);
        model["name"] = "both";
        model["effects"] = "e.tsv";
        writeText(m_demo.folder / "both/model.json", QJsonDocument(model).toJson().toStdString());
    }

    void predictionsAreTakenAsTheyAre_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("of people") << "people";
        QTest::newRow("of haplotypes, with effects") << "both";
    }
    void predictionsAreTakenAsTheyAre() {
        QFETCH(QString, name);
        const Run run = analysed(name.toStdString());
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        const auto people = told(name.toStdString(), "people");
        QCOMPARE(people.size(), m_demo.people.size());
        for (size_t p = 0; p < people.size(); ++p) {
            QVERIFY(std::abs(std::stod(people[p].at("predicted")) -
                             std::stod(m_demo.people[p].at("predicted"))) <= 1e-12);
            QCOMPARE(people[p].at("hap1") == "NA", name == "people");
        }
        const QJsonObject native = m_demo.report(), own = report(name.toStdString());
        for (const char* key : {"pearson_r", "pearson_p", "spearman_rho", "observed_mean", "pearson_r_low"})
            QVERIFY2(std::abs(native[key].toDouble() - own[key].toDouble()) <= 1e-9, key);
        QCOMPARE(own["n_people"], native["n_people"]);
        QCOMPARE(own["null_calibrated"].toObject()["mean_abs_r"],
                 native["null_calibrated"].toObject()["mean_abs_r"]);
        QCOMPARE(own["model_predictions"].toObject()["people_without"].toInt(), 0);
    }

    void withoutEffectsNothingIsSaidOfAlleles() {
        const QJsonObject own = report("people");
        QVERIFY(own["r_linear"].isNull() && own["reference_score"].isNull());
        QCOMPARE(own["n_drivers"].toInt(), 0);
        QCOMPARE(own["model_effects"].toObject()["snvs_without_effect"].toInt(), own["n_variants"].toInt());
        for (const auto& variant : told("people", "variants")) {
            QCOMPARE(variant.at("ism"), std::string("NA"));
            QVERIFY(variant.at("eqtl_slope") != "NA" || variant.at("eqtl_p") == "NA");
        }
        const Run asked =
            m_demo.run("person", {"--sample", m_demo.sample(0), "--model", m_demo.path("people")});
        QCOMPARE(asked.exitCode, 1);
        QVERIFY2(asked.err.simplified().contains("table of predictions: it says nothing of any other"),
                 qPrintable(asked.err));
    }

    void withEffectsDriversAreTheNativeOnes() {
        const auto native = m_demo.table("all/" + m_demo.gene.toStdString() + ".drivers.tsv");
        const auto own = told("both", "drivers");
        QCOMPARE(own.size(), native.size());
        for (size_t d = 0; d < own.size(); ++d)
            for (const char* column : {"pos", "alt", "verdict"})
                QCOMPARE(own[d].at(column), native[d].at(column));
    }

    void allGenesAndFigures() {
        const Run all = runProgram(m_demo.folder.path(),
                                   {"analyze", m_demo.study, "--genes", "all", "--model",
                                    m_demo.path("people"), "--out", m_demo.path("many"), "--quiet"});
        QVERIFY2(all.err.simplified().contains("The table of predictions has nothing of"),
                 qPrintable(all.err));
        const auto rows = m_demo.table("many/genes.tsv");
        QVERIFY(std::any_of(rows.begin(), rows.end(), [&](const auto& row) {
            return row.at("gene_name") == m_demo.gene.toStdString() && row.at("pearson_r") != "NA";
        }));
        if (!runProgram(m_demo.folder.path(), {"analyze", "--help"}).out.contains("--figures"))
            return;
        const Run drawn = runProgram(m_demo.folder.path(), {"analyze", m_demo.study, "--gene", m_demo.gene,
                                                            "--model", m_demo.path("people"), "--out",
                                                            m_demo.path("drawn"), "--figures", "--quiet"});
        QVERIFY2(drawn.exitCode == 0, qPrintable(drawn.err));
    }

    void modelsAndCheckKnowIt() {
        const Run shown = runProgram(m_demo.folder.path(), {"models", "show", m_demo.path("people")});
        QVERIFY2(shown.exitCode == 0 && shown.out.contains("effects    none"), qPrintable(shown.out));
        QJsonObject study = jsonFile(m_demo.folder / "demo/demo.study.json");
        study["models"] = QJsonArray{"../people", "../both"};
        writeText(m_demo.folder / "demo/tables.study.json", QJsonDocument(study).toJson().toStdString());
        const Run check = runProgram(m_demo.folder.path(), {"check", m_demo.path("demo/tables.study.json")});
        const QString all = (check.out + check.err).simplified();
        const QString people = QString("Of 8 genes looked at, 1 have predictions, of all but 0 of %1 people")
                                   .arg(m_demo.people.size());
        QVERIFY2(all.contains("people (predictions): ready. " + people + "."), qPrintable(all));
        QVERIFY2(all.contains("both (predictions): ready. " + people + "; 1 have rows in their windows: " +
                              QString("%1 as listed.").arg(m_demo.variants.size())),
                 qPrintable(all));
    }
};

QTEST_GUILESS_MAIN(TestPredictionsProgram)
#include "tst_predictions_program.moc"
