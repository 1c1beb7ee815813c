// SPDX-License-Identifier: GPL-3.0-or-later
// The statistics against the simulated demo's truth: verdicts, the null where nothing is planted, fine
// mapping.
#include "program.h"

#include "analysis/gene_fine_mapping.h"
#include "stats/uniformity.h"

#include <algorithm>
#include <random>
#include <set>

using namespace diploscope;
using namespace diploscope::test;

namespace {

double shareBelow(const std::vector<double>& p, double level) {
    return double(std::count_if(p.begin(), p.end(), [=](double value) { return value < level; })) /
           double(p.size());
}

} // namespace

class TestDemoTruth : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;
    std::map<std::string, std::string> m_designOfGene;

    [[nodiscard]] QString path(const std::string& name) const {
        return QString::fromStdString((m_folder / name).string());
    }
    [[nodiscard]] Run analyze(const std::string& study, const std::string& out,
                              const QStringList& more) const {
        return runProgram(m_folder.path(),
                          QStringList{"analyze", path("demo/" + study), "--genes", "all", "--model",
                                      "demo-cnn", "--out", path(out), "--quiet", "--no-fine-mapping"} +
                              more);
    }

private Q_SLOTS:
    void initTestCase() {
        const Run made = runProgram(m_folder.path(), {"simulate", "--out", path("demo"), "--genes", "240",
                                                      "--people", "300", "--seed", "11"});
        QVERIFY2(made.exitCode == 0, qPrintable(made.err));
        for (auto& gene : tableFile(m_folder / "demo/truth.genes.tsv"))
            m_designOfGene[gene["gene_name"]] = gene["design"];
    }

    /// A planted SNV that is a driver is supported where the model learnt its motif, and unsupported where
    /// the motif acts against its average (a switch beside its partner) or where a stronger distal SNV in LD
    /// turns the eQTL slope. Wrong: an ISM and a slope of different alleles, a sign lost on the way.
    void verdictsOfPlantedVariants() {
        const Run run = analyze("demo.study.json", "planted", {"--bootstrap", "200"});
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        struct Count {
            int drivers = 0, asPlanted = 0;
        };
        std::map<std::string, Count> ofDesign;
        int strong = 0;
        int decidable = 0;
        int asInTruth = 0;
        for (auto& truth : tableFile(m_folder / "demo/truth.tsv")) {
            const std::string gene = truth["gene_name"];
            const std::string design = m_designOfGene[gene];
            const double effect = std::stod(truth["effect"]);
            for (auto& driver : tableFile(m_folder / ("planted/" + gene + ".drivers.tsv"))) {
                if (truth["planned"] != "true" || driver["pos"] != truth["pos"] ||
                    driver["alt"] != truth["alt"] || driver["supported"] == "NA")
                    continue;
                ++ofDesign[design].drivers;
                ofDesign[design].asPlanted += (driver["supported"] == "true") == (design == "direct");
                // Opposed ones have a slope that LD turns: there the truth is another.
                if (design == "opposed" || std::stod(truth["variance_share"]) < 0.5)
                    continue;
                ++strong;
                if (driver["undecidable"] != "no")
                    continue;
                ++decidable;
                const bool modelIsRight = (std::stod(driver["ism"]) > 0) == (effect > 0);
                asInTruth += (std::stod(driver["eqtl_slope"]) > 0) == (effect > 0) &&
                             (driver["supported"] == "true") == modelIsRight;
            }
        }
        for (const auto& [design, atLeast] :
             std::map<std::string, int>{{"direct", 60}, {"switched", 25}, {"opposed", 10}}) {
            const Count& count = ofDesign[design];
            const QString words =
                QStringLiteral("%1: %2 of %3").arg(design.c_str()).arg(count.asPlanted).arg(count.drivers);
            qInfo("%s as planted", qPrintable(words));
            QVERIFY2(count.drivers >= atLeast, qPrintable(words));
            QVERIFY2(count.asPlanted >= 0.9 * count.drivers, qPrintable(words));
        }
        // What is called decidable is decided as the truth has it.
        QVERIFY(decidable >= 0.9 * strong);
        QCOMPARE(asInTruth, decidable);
    }

    /// The reads of the two copies in heterozygotes of a planted SNV that alone makes people differ differ as
    /// its effect says, whatever the model thinks of it. Wrong: copies exchanged, another allele's
    /// heterozygotes.
    void readsTellWhatPlantedVariantsDo() {
        int told = 0, within = 0;
        for (auto& truth : tableFile(m_folder / "demo/truth.tsv")) {
            const double share = std::stod(truth["variance_share"]);
            if (truth["planned"] != "true" || share < 0.9 || share > 1.05) // others take from it, or add
                continue;
            for (auto& driver : tableFile(m_folder / ("planted/" + truth["gene_name"] + ".drivers.tsv"))) {
                if (driver["pos"] != truth["pos"] || driver["alt"] != truth["alt"] ||
                    std::stoi(driver["allelic_heterozygotes"]) < 20)
                    continue;
                const double change = std::stod(driver["allelic_change"]),
                             effect = std::stod(truth["effect"]);
                ++told;
                within += std::abs(change - effect) < 0.1 + 3 * std::stod(driver["allelic_change_se"]);
            }
        }
        qInfo("%d of %d as planted", within, told);
        QVERIFY(told >= 35);
        QVERIFY(within >= 0.9 * told);
    }

    /// The same study with people exchanged between genotypes and expression: nothing is planted any more.
    void nullIsUniformWhereNothingIsPlanted() {
        std::vector<std::string> people;
        for (auto& row : tableFile(m_folder / ("planted/" + m_designOfGene.begin()->first + ".people.tsv")))
            people.push_back(row["sample"]);
        QCOMPARE(people.size(), size_t{300});
        std::vector<std::string> exchanged = people;
        std::shuffle(exchanged.begin(), exchanged.end(), std::mt19937_64(3));
        std::string map;
        for (size_t i = 0; i < people.size(); ++i)
            map += people[i] + "\t" + exchanged[i] + "\n";
        writeText(m_folder / "demo/exchanged.tsv", map);
        QJsonObject study = jsonFile(m_folder / "demo/demo.study.json");
        study["sample_map"] = "exchanged.tsv";
        writeText(m_folder / "demo/null.study.json", QJsonDocument(study).toJson().toStdString());
        const Run run = analyze("null.study.json", "null", {"--bootstrap", "0", "--null-predictors", "2000"});
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));

        std::map<std::string, std::vector<double>> p;
        for (auto& gene : tableFile(m_folder / "null/genes.tsv"))
            for (const char* column : {"pearson_p", "p_empirical", "p_calibrated", "p_published"})
                if (gene[column] != "NA")
                    p[column].push_back(std::stod(gene[column]));
        for (const auto& [column, values] : p) {
            QVERIFY2(values.size() >= 220, qPrintable(QString::number(values.size())));
            qInfo("%s of %zu genes: KS %.2f, %.1f %% below .05", column.c_str(), values.size(),
                  kolmogorovSmirnov(values), 100 * shareBelow(values, 0.05));
        }
        // Levels of 1 %.
        QVERIFY(kolmogorovSmirnov(p["pearson_p"]) < UniformAtOnePercent);
        QVERIFY(kolmogorovSmirnov(p["p_empirical"]) < UniformAtOnePercent);
        // T takes |R|, half of a normal, for a normal: near uniform in its tail, which is what counts.
        QVERIFY(shareBelow(p["p_calibrated"], 0.05) < 0.1);
        // The published p is not: it is 1 for more than half of the genes.
        QVERIFY(kolmogorovSmirnov(p["p_published"]) > 3 * UniformAtOnePercent);
    }

    /// Of 95 % credible sets at least 90 % hold a planted causal SNV, where effects add up as SuSiE assumes:
    /// at most one causal SNV in the promoter. Two in one promoter change each other's effect, and the
    /// interaction looks like effects of SNVs in LD with them.
    void credibleSetsHoldThePlantedVariants() {
        std::map<std::string, std::set<int64_t>> causal;
        std::map<std::string, int> inPromoter;
        for (auto& truth : tableFile(m_folder / "demo/truth.tsv")) {
            causal[truth["gene_name"]].insert(std::stoll(truth["pos"]) - 1);
            inPromoter[truth["gene_name"]] += truth["mechanism"] != "distal";
        }
        const StudyCheck check = openStudy(m_folder / "demo/demo.study.json");
        QVERIFY(check.study != nullptr);
        struct Count {
            int sets = 0, covered = 0;
        } additive, interacting;
        for (const auto& [name, design] : m_designOfGene) {
            if (design == "unregulated")
                continue;
            const auto gene = check.study->findGene(name);
            DS_VERIFY(gene);
            const auto mapping = fineMapGene(*check.study, **gene, 60'000, {}, {});
            DS_VERIFY(mapping);
            Count& count = inPromoter[name] <= 1 ? additive : interacting;
            for (const CredibleSet& set : mapping->susie.sets) {
                ++count.sets;
                count.covered += std::any_of(set.variants.begin(), set.variants.end(), [&](int64_t v) {
                    return causal[name].contains(mapping->panel.snvs[size_t(v)].position);
                });
            }
        }
        qInfo("sets with a causal SNV: %d of %d where effects add up, %d of %d where they interact",
              additive.covered, additive.sets, interacting.covered, interacting.sets);
        QVERIFY2(additive.sets >= 120, qPrintable(QString::number(additive.sets)));
        QVERIFY(additive.covered >= 0.9 * additive.sets);
    }
};

QTEST_GUILESS_MAIN(TestDemoTruth)
#include "tst_demo_truth.moc"
