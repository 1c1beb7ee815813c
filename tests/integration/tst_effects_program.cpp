// SPDX-License-Identifier: GPL-3.0-or-later
// A model's ISM written out as a table of effects is a model itself: linear, with the same effects, whose
// predictions are their sums; and what such a model cannot tell is said in words.
#include "experiment_demo.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>
#include <optional>

using namespace diploscope::test;

class TestEffectsProgram : public QObject {
    Q_OBJECT

private:
    ExperimentDemo m_demo;
    ExperimentDemo::Row m_without; ///< an SNV that the table leaves out

    /// \param leaveOut of the gene's SNVs, which row of the demo's variants
    void writeEffects(const std::string& name, std::optional<size_t> leaveOut) const {
        std::string rows = "chrom\tpos\tref\talt\teffect_allele\tgene\tism\tism_reference\n";
        for (size_t v = 0; v < m_demo.variants.size(); ++v) {
            const auto& variant = m_demo.variants[v];
            if (v == leaveOut)
                continue;
            for (const char* column : {"chrom", "pos", "ref", "alt", "effect_allele"})
                rows += variant.at(column) + "\t";
            rows += m_demo.gene.toStdString() + "\t" + variant.at("ism") + "\t0.25\n";
        }
        const std::filesystem::path folder = m_demo.folder / name;
        writeText(folder / "effects.tsv", rows);
        const QJsonObject model{{"schema", 1},
                                {"name", QString::fromStdString(name)},
                                {"kind", "effects"},
                                {"effects", "effects.tsv"},
                                {"scores", QJsonArray{"ism"}},
                                {"input", m_demo.input()},
                                {"output", QJsonObject{{"unit", "log expression"}}}};
        writeText(folder / "model.json", QJsonDocument(model).toJson().toStdString());
    }
    Run analysed(const std::string& name, const QStringList& options = {}) const {
        return runProgram(m_demo.folder.path(),
                          QStringList{"analyze", m_demo.study, "--gene", m_demo.gene, "--model",
                                      m_demo.path(name), "--out", m_demo.path(name + ".out"), "--quiet"} +
                              options);
    }
    std::vector<ExperimentDemo::Row> told(const std::string& name, const char* table) const {
        return m_demo.table(name + ".out/" + m_demo.gene.toStdString() + "." + table + ".tsv");
    }
    QJsonObject report(const std::string& name) const {
        return jsonFile(m_demo.folder / (name + ".out") / (m_demo.gene.toStdString() + ".report.json"));
    }
    static double number(const ExperimentDemo::Row& row, const char* column) {
        return std::stod(row.at(column));
    }
    Run asked(const QString& command, const QStringList& options, const std::string& model = "some") const {
        return m_demo.run(command, QStringList{"--model", m_demo.path(model)} + options);
    }

private Q_SLOTS:
    void initTestCase() {
        const QString wrong = m_demo.make();
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        writeEffects("all-of-them", std::nullopt);
        size_t left = 0; // any but the driver, with people that carry it
        while (m_demo.variants[left].at("driver") == "true" || number(m_demo.variants[left], "carriers") < 5)
            ++left;
        m_without = m_demo.variants[left];
        writeEffects("some", left);
    }

    void predictionsAreSumsOfEffects() {
        const Run run = analysed("all-of-them");
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        const auto variants = told("all-of-them", "variants");
        QCOMPARE(variants.size(), m_demo.variants.size());
        for (size_t v = 0; v < variants.size(); ++v)
            QVERIFY(std::abs(number(variants[v], "ism") - number(m_demo.variants[v], "ism")) <= 1e-12);
        const QJsonObject told = report("all-of-them");
        QVERIFY(std::abs(told["r_linear"].toDouble() - 1) <= 1e-12);
        QCOMPARE(told["additive"].toBool(), true);
        QCOMPARE(told["reference_score"].toDouble(), 0.25);
        const QJsonObject rows = told["model_effects"].toObject();
        QCOMPARE(rows["as_listed"].toInt(), int(variants.size()));
        QCOMPARE(rows["snvs_without_effect"].toInt(), 0);
        QCOMPARE(rows["absent"].toInt(), 0);
        QVERIFY(told["provenance"].toObject().value("model").toString().contains("all-of-them"));
    }

    /// By genotypes: the reference's score and half of each effect times its copies, person by person.
    void predictionsAreSumsOverGenotypes() {
        const Run run = asked("audit", {}, "all-of-them");
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        const auto sums = m_demo.table();
        const auto people = told("all-of-them", "people");
        QCOMPARE(sums.size(), people.size());
        for (size_t p = 0; p < sums.size(); ++p) {
            QCOMPARE(sums[p].at("sample"), people[p].at("sample"));
            QVERIFY(std::abs(number(sums[p], "additive") - number(people[p], "predicted")) <= 1e-12);
        }
    }

    /// Each step of a waterfall is the table's number, and alleles that it lacks are no step.
    void waterfallsStepByTheTablesEffects() {
        const auto carrier =
            std::find_if(m_demo.people.begin(), m_demo.people.end(), [&](const auto& person) {
                const Run run =
                    asked("person", {"--sample", QString::fromStdString(person.at("sample"))}, "all-of-them");
                const auto steps = m_demo.table();
                return run.exitCode == 0 && std::any_of(steps.begin(), steps.end(), [&](const auto& step) {
                           return step.at("pos") == m_without.at("pos");
                       });
            });
        QVERIFY(carrier != m_demo.people.end());
        const Run run = asked("person", {"--sample", QString::fromStdString(carrier->at("sample"))});
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        size_t steps = 0;
        for (const auto& step : m_demo.table()) {
            if (step.at("step") == "0")
                continue;
            ++steps;
            QVERIFY(step.at("pos") != m_without.at("pos"));
            QVERIFY(std::abs(number(step, "step_effect") - number(step, "effect")) <= 1e-12);
        }
        QVERIFY(steps > 0);
    }

    /// An allele that the table lacks adds nothing to people's predictions; its own effect is not known.
    void unknownEffectsAreNotZero() {
        const Run run = analysed("some");
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        bool found = false;
        for (const auto& variant : told("some", "variants")) {
            const bool isIt = variant.at("pos") == m_without.at("pos");
            found = found || isIt;
            QCOMPARE(variant.at("ism") == "NA", isIt);
        }
        QVERIFY(found);
        QCOMPARE(report("some")["model_effects"].toObject()["snvs_without_effect"].toInt(), 1);
        QVERIFY(std::abs(report("some")["r_linear"].toDouble() - 1) <= 1e-12);
        const auto whole = told("all-of-them", "people"), without = told("some", "people");
        const double effect =
            number(m_without, "ism") * (m_without.at("effect_allele") == m_without.at("alt") ? 1 : -1);
        int changed = 0;
        for (size_t p = 0; p < whole.size(); ++p) {
            const double difference = number(whole[p], "predicted") - number(without[p], "predicted");
            const double copies = 2 * difference / effect;
            QVERIFY(std::abs(copies - std::round(copies)) < 1e-6 && std::round(copies) <= 2);
            changed += std::round(copies) != 0;
        }
        QCOMPARE(changed, int(number(m_without, "carriers")));
    }

    /// Where the window stands decides nothing: alleles have their place in the genome.
    void shiftedWindowsTellTheSame() {
        const auto before = told("some", "people");
        const Run run = analysed("some", {"--shifts", "2", "--reverse-complement"});
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        const auto after = told("some", "people");
        for (size_t p = 0; p < before.size(); ++p) {
            QVERIFY(std::abs(number(before[p], "predicted") - number(after[p], "predicted")) <= 1e-12);
            QVERIFY(number(after[p], "predicted_sd") <= 1e-12);
        }
        QCOMPARE(analysed("some").exitCode, 0);
    }

    /// The cache knows bases, and these scores are none of them: another table of the same name counts at
    /// once.
    void anotherTableCountsAtOnce() {
        const double before = report("some")["predicted_sd"].toDouble();
        const std::filesystem::path table = m_demo.folder / "some/effects.tsv";
        const QByteArray kept = fileContent(table);
        std::string changed;
        for (QByteArray line : kept.split('\n')) {
            QList<QByteArray> fields = line.split('\t');
            if (fields.size() == 8 && fields[6] != "ism")
                fields[6] = QByteArray::number(2 * fields[6].toDouble(), 'g', 17);
            changed += fields.join('\t').toStdString() + (line.isEmpty() ? "" : "\n");
        }
        writeText(table, changed);
        QCOMPARE(analysed("some").exitCode, 0);
        QVERIFY(std::abs(report("some")["predicted_sd"].toDouble() - 2 * before) < 1e-9);
        writeText(table, kept.toStdString());
    }

    void whatItCannotTellIsSaid() {
        const QString lacks = QString::fromStdString(m_without.at("chrom") + ":" + m_without.at("pos") + ":" +
                                                     m_without.at("ref") + ":" + m_without.at("alt"));
        const QString words = "table of effects, which has none of";
        writeText(m_demo.folder / "lacks.txt", lacks.toStdString() + "\n");
        for (const Run& run :
             {asked("whatif", {"--edit", lacks}), asked("ablate", {"--variants", m_demo.path("lacks.txt")}),
              asked("saturation", {"--variant", m_demo.driverName(), "3"})}) {
            QCOMPARE(run.exitCode, 1);
            QVERIFY2(run.err.simplified().contains(words), qPrintable(run.err));
        }
        const Run known = asked("whatif", {"--edit", m_demo.driverName()});
        QVERIFY2(known.exitCode == 0, qPrintable(known.err));
        const Run ablated = asked("ablate", {"--variants", "drivers"});
        QVERIFY2(ablated.exitCode == 0, qPrintable(ablated.err));
        const Run audit = asked("audit", {});
        QVERIFY2(audit.exitCode == 0, qPrintable(audit.err));
        QVERIFY(jsonOf(audit)["interactions"].toArray().isEmpty());
        QVERIFY(jsonOf(audit)["interactions_note"].toString().contains("says nothing of interactions"));
        QCOMPARE(asked("audit", {"--pairs", m_demo.path("pairs.tsv")}).exitCode, 1);
    }

    void modelsAndCheckKnowIt() {
        const Run shown = runProgram(m_demo.folder.path(), {"models", "show", m_demo.path("some")});
        QVERIFY2(shown.exitCode == 0 && shown.out.contains("effects"), qPrintable(shown.out));
        QVERIFY(shown.out.contains(QString("%1 rows of 1 genes").arg(m_demo.variants.size() - 1)));
        QJsonObject study = jsonFile(m_demo.folder / "demo/demo.study.json");
        study["models"] = QJsonArray{"../some", "../broken"};
        writeText(m_demo.folder / "broken/effects.tsv",
                  "chrom\tpos\tref\talt\tgene\tscore\nchr1\t5\tA\tG\tX\tNA\n");
        writeText(m_demo.folder / "broken/model.json",
                  R"({"schema": 1, "name": "broken", "kind": "effects", "effects": "effects.tsv"})");
        writeText(m_demo.folder / "demo/tables.study.json", QJsonDocument(study).toJson().toStdString());
        const Run check = runProgram(m_demo.folder.path(), {"check", m_demo.path("demo/tables.study.json")});
        const QString all = (check.out + check.err).simplified();
        QVERIFY2(
            all.contains(QString("some (effects): ready. Of 8 genes looked at, 1 have rows in their windows: "
                                 "%1 as listed.")
                             .arg(m_demo.variants.size() - 1)),
            qPrintable(all));
        QVERIFY2(all.contains("effects.tsv, line 2") && all.contains("`NA` in column `score` is no number"),
                 qPrintable(all));
    }
};

QTEST_GUILESS_MAIN(TestEffectsProgram)
#include "tst_effects_program.moc"
