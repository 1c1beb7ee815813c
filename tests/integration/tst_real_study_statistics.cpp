// SPDX-License-Identifier: GPL-3.0-or-later
// Every statistic of all genes of the real study under Xpresso, against SciPy and METHODS 8 written down in
// Python (tests/reference/real_study.py).
#include "program.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>

using namespace diploscope::test;

namespace {

using Row = std::map<std::string, std::string>;

/// Equal to a share of `expected`, or both not there.
bool near(const std::string& ours, const std::string& expected, double relative, double absolute = 0) {
    if (ours == "NA" || expected == "NA")
        return ours == expected;
    const double b = std::stod(expected);
    return std::abs(std::stod(ours) - b) <= relative * std::abs(b) + absolute;
}

} // namespace

class TestRealStudyStatistics : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;
    std::vector<Row> m_expected;
    std::map<std::string, Row> m_genes; ///< of genes.tsv, by id

    [[nodiscard]] QString path(const std::string& name) const {
        return QString::fromStdString((m_folder / name).string());
    }
    /// "position:alt:gain;..." in the order of gains, as the reference writes drivers.
    void compareDrivers(const std::string& out, const std::string& column) {
        int compared = 0;
        for (auto& expected : m_expected) {
            std::map<std::string, double> gains;
            for (const QString& driver : QString::fromStdString(expected[column]).split(';')) {
                const auto parts = driver.split(':');
                if (parts.size() == 3)
                    gains[(parts[0] + ":" + parts[1]).toStdString()] = parts[2].toDouble();
            }
            const std::string gene = expected["gene_name"];
            auto drivers = tableFile(m_folder / (out + "/" + gene + ".drivers.tsv"));
            QCOMPARE(drivers.size(), gains.size());
            for (auto& driver : drivers) {
                const auto found = gains.find(driver["pos"] + ":" + driver["alt"]);
                QVERIFY2(found != gains.end(), (gene + " " + driver["pos"]).c_str());
                QVERIFY2(std::abs(std::stod(driver["gain"]) - found->second) < 1e-7, gene.c_str());
                ++compared;
            }
        }
        QVERIFY2(compared >= 50, qPrintable(QString::number(compared)));
    }

private Q_SLOTS:
    void initTestCase() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        const std::filesystem::path file = writeRealStudy(m_folder.path());
        QJsonObject study = jsonFile(file);
        study["predixcan"] = QJsonArray{QString::fromStdString(
            (sharedData() / "geuvadis_chr22/predictdb/geuvadis_train216_enet_chr22.db").string())};
        writeText(file, QJsonDocument(study).toJson().toStdString());
        const QString model = QString::fromStdString(installXpresso(m_folder / "xpresso").string());
        for (const char* method : {"forward", "backward"}) {
            const Run run = runProgram(m_folder.path(), {"analyze", QString::fromStdString(file.string()),
                                                         "--genes", "all", "--model", model, "--drivers",
                                                         method, "--out", path(method), "--quiet"});
            QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        }
        m_expected = tableFile(fixture("reference/real_study_genes.tsv"));
        for (auto& gene : tableFile(m_folder / "forward/genes.tsv"))
            m_genes[gene["gene_id"]] = gene;
        QVERIFY(m_expected.size() >= 90);
        QCOMPARE(m_genes.size(), m_expected.size());
    }

    void correlations() {
        for (auto& expected : m_expected) {
            const std::string id = expected["gene_id"];
            Row& gene = m_genes[id];
            QCOMPARE(gene["n_variants"], expected["n_variants"]);
            for (const char* column : {"pearson_r", "slope", "spearman_rho", "r_linear"})
                QVERIFY2(near(gene[column], expected[column], 1e-7, 1e-12), (id + " " + column).c_str());
            QVERIFY2(near(gene["pearson_p"], expected["pearson_p"], 1e-6), id.c_str());
            const QJsonValue rhoP =
                jsonFile(m_folder / ("forward/" + expected["gene_name"] + ".report.json"))["spearman_p"];
            QVERIFY(rhoP.isNull() == (expected["spearman_p"] == "NA"));
            if (!rhoP.isNull())
                QVERIFY2(std::abs(rhoP.toDouble() / std::stod(expected["spearman_p"]) - 1) < 1e-6,
                         id.c_str());
        }
    }

    /// Every SNV's regression, and what is left of it beside the gene's lead variant.
    void regressions() {
        std::map<std::string, std::map<std::string, Row>> ours;
        int compared = 0;
        for (auto& expected : tableFile(fixture("reference/real_study_variants.tsv"))) {
            const std::string gene = expected["gene_name"];
            if (!ours.contains(gene))
                for (auto& row : tableFile(m_folder / ("forward/" + gene + ".variants.tsv")))
                    ours[gene][row["pos"] + row["ref"] + row["alt"]] = row;
            const auto found = ours[gene].find(expected["pos"] + expected["ref"] + expected["alt"]);
            QVERIFY2(found != ours[gene].end(), (gene + " " + expected["pos"]).c_str());
            for (const char* column : {"eqtl_slope", "eqtl_se", "eqtl_p", "eqtl_slope_given_lead",
                                       "eqtl_se_given_lead", "eqtl_p_given_lead"})
                QVERIFY2(near(found->second[column], expected[column], 1e-6, 1e-12),
                         (gene + " " + expected["pos"] + " " + column + ": " + found->second[column] +
                          ", expected " + expected[column])
                             .c_str());
            ++compared;
        }
        QVERIFY2(compared >= 500, qPrintable(QString::number(compared)));
        for (auto& expected : m_expected) {
            const QJsonValue lead =
                jsonFile(m_folder / ("forward/" + expected["gene_name"] + ".report.json"))["lead_variant"];
            QCOMPARE(lead.isNull() ? std::string("NA") : std::to_string(lead.toInt()),
                     expected["lead_variant"]);
        }
    }

    void driversForward() { compareDrivers("forward", "forward"); }
    void driversBackward() { compareDrivers("backward", "backward"); }

    /// What the tables say of drivers, lead and credible sets follows from the other columns.
    void columnsAgree() {
        constexpr double Quantile = 1.967548; // R: qt(.975, 314)
        int doubtful = 0;
        int decidable = 0;
        for (auto& expected : m_expected) {
            const std::string gene = expected["gene_name"];
            auto variants = tableFile(m_folder / ("forward/" + gene + ".variants.tsv"));
            std::map<std::string, Row> byPlace;
            std::map<int, int> setSizes;
            int leads = 0;
            for (auto& variant : variants) {
                byPlace[variant["pos"] + variant["alt"]] = variant;
                if (variant["credible_set"] != "NA")
                    ++setSizes[std::stoi(variant["credible_set"])];
                if (variant["lead"] != "true")
                    continue;
                ++leads;
                QCOMPARE(variant["eqtl_slope_given_lead"], std::string("NA"));
                for (auto& other : variants)
                    QVERIFY(other["eqtl_r"] == "NA" ||
                            std::abs(std::stod(other["eqtl_r"])) <= std::abs(std::stod(variant["eqtl_r"])));
            }
            QCOMPARE(leads, expected["lead_variant"] == "NA" ? 0 : 1);
            const QJsonValue sets =
                jsonFile(m_folder / ("forward/" + gene + ".report.json"))["credible_sets"];
            for (const auto& [set, size] : setSizes)
                QVERIFY(sets[set - 1]["n_variants"].toInt() >= size); // the rest is in a purer set
            QCOMPARE(m_genes[expected["gene_id"]]["n_credible_sets"] == "NA", sets.isNull());

            for (auto& driver : tableFile(m_folder / ("forward/" + gene + ".drivers.tsv"))) {
                Row& variant = byPlace[driver["pos"] + driver["alt"]];
                QCOMPARE(driver["eqtl_slope"], variant["eqtl_slope"]);
                if (driver["eqtl_slope"] == "NA") {
                    QCOMPARE(driver["undecidable"], std::string("NA"));
                    QCOMPARE(driver["verdict"], std::string("undefined"));
                    continue;
                }
                const double slope = std::stod(variant["eqtl_slope"]);
                const double se = std::stod(variant["eqtl_se"]);
                const std::string& left = variant["eqtl_slope_given_lead"];
                const bool flips = left != "NA" && std::stod(left) * slope < 0;
                QCOMPARE(driver["undecidable"], std::string(std::abs(slope) <= Quantile * se ? "interval"
                                                            : flips                          ? "conditioning"
                                                                                             : "no"));
                ++(driver["undecidable"] == "no" ? decidable : doubtful);
                QCOMPARE(driver["verdict"] == "undecidable", driver["undecidable"] != "no");
                for (const auto& [end, sign] : {std::pair("eqtl_slope_low", -1), {"eqtl_slope_high", 1}})
                    QVERIFY2(
                        near(driver[end], std::to_string(slope + sign * Quantile * se), 0, 1e-5 * se + 1e-6),
                        gene.c_str());
                if (std::stoi(driver["carriers"]) < 5) {
                    QCOMPARE(driver["bootstrap_slope_low"], std::string("NA"));
                    QCOMPARE(driver["verdict_share"], std::string("NA"));
                }
                if (driver["carriers"] == "NA" || std::stoi(driver["carriers"]) < 30)
                    continue; // resampled slopes of few carriers are not normal
                const double share = 0.5 * std::erfc(-std::abs(slope / se) / std::sqrt(2.0));
                QVERIFY2(near(driver["verdict_share"], std::to_string(share), 0, 0.1), gene.c_str());
                QVERIFY2(near(driver["bootstrap_slope_low"], std::to_string(slope - 1.96 * se), 0, 0.8 * se),
                         gene.c_str());
                QVERIFY2(near(driver["bootstrap_slope_high"], std::to_string(slope + 1.96 * se), 0, 0.8 * se),
                         gene.c_str());
            }
        }
        QVERIFY(doubtful >= 10 && decidable >= 5);
    }

    /// Other random numbers, so alike as 50 and 1,000 of them are: standard errors of a mean and of a
    /// standard deviation of |R|, whose distribution is at most as heavy as half of a normal's.
    void nulls() {
        double meanDeviation = 0;
        int compared = 0;
        for (auto& expected : m_expected) {
            const QJsonObject report =
                jsonFile(m_folder / ("forward/" + expected["gene_name"] + ".report.json"));
            if (expected["null_mean"] == "NA") {
                QVERIFY(report["null_published"].isNull());
                continue;
            }
            const double mean = std::stod(expected["null_mean"]);
            const double sd = std::stod(expected["null_sd"]);
            for (const char* name : {"null_published", "null_calibrated"}) {
                const QJsonObject null = report[name].toObject();
                const double error = sd / std::sqrt(null["predictors"].toDouble());
                if (sd < 1e-9)
                    continue; // a single SNV: every predictor has the same |R|
                const double off = (null["mean_abs_r"].toDouble() - mean) / error;
                QVERIFY2(std::abs(off) < 4.5, (expected["gene_id"] + " " + name).c_str());
                QVERIFY2(std::abs(null["sd_abs_r"].toDouble() - sd) < 4.5 * error,
                         (expected["gene_id"] + " " + name).c_str());
                meanDeviation += off * off;
                ++compared;
            }
        }
        QVERIFY2(compared >= 100, qPrintable(QString::number(compared)));
        // Their squares are 1 on average; far from it, mean or error is another.
        QVERIFY2(meanDeviation / compared > 0.6 && meanDeviation / compared < 1.5,
                 qPrintable(QString::number(meanDeviation / compared)));
    }

    void bootstrapIntervals() {
        int compared = 0;
        for (auto& expected : m_expected) {
            const Row& gene = m_genes[expected["gene_id"]];
            if (expected["pearson_r_low"] == "NA") {
                QCOMPARE(gene.at("r_low"), std::string("NA"));
                continue;
            }
            const double low = std::stod(expected["pearson_r_low"]);
            const double high = std::stod(expected["pearson_r_high"]);
            const double tolerance = 0.15 * (high - low); // a percentile of 1,000 scatters
            QVERIFY2(std::abs(std::stod(gene.at("r_low")) - low) < tolerance, expected["gene_id"].c_str());
            QVERIFY2(std::abs(std::stod(gene.at("r_high")) - high) < tolerance, expected["gene_id"].c_str());
            ++compared;
        }
        QVERIFY(compared >= 50);
    }

    /// q by its definition: the least over larger p of p m / (number of p that are not larger).
    void adjustedForManyGenes() {
        std::vector<double> all;
        for (auto& [id, gene] : m_genes)
            if (gene["p_null"] != "NA" && gene["null_testable"] == "1")
                all.push_back(std::stod(gene["p_null"]));
        QVERIFY(all.size() >= 30 && all.size() < m_genes.size());
        for (auto& [id, gene] : m_genes) {
            QCOMPARE(gene["p_null"], gene["pearson_r"] == "NA" ? std::string("NA") : gene["p_empirical"]);
            if (gene["p_null"] == "NA")
                continue;
            if (gene["null_testable"] == "0") { // one SNV, or several in perfect LD
                QCOMPARE(gene["p_null"], std::string("1"));
                QCOMPARE(gene["p_published"] + gene["p_calibrated"] + gene["q"], std::string("NANANA"));
                continue;
            }
            const double p = std::stod(gene["p_null"]);
            const auto m = double(all.size());
            double q = 1;
            for (const double larger : all)
                if (larger >= p)
                    q = std::min(q, larger * m /
                                        double(std::count_if(all.begin(), all.end(),
                                                             [&](double other) { return other <= larger; })));
            QVERIFY2(std::abs(std::stod(gene["q"]) - q) < 1e-12, id.c_str());
            QVERIFY(std::abs(std::stod(gene["bonferroni"]) - std::min(1.0, p * m)) < 1e-12);
        }
    }

    void predixcanBesideTheModel() {
        int compared = 0;
        for (auto& expected : tableFile(fixture("reference/predixcan.tsv"))) {
            const std::string id = expected["gene"].substr(0, expected["gene"].find('.'));
            if (!m_genes.contains(id) || expected["r"] == "NA")
                continue;
            QVERIFY2(near(m_genes[id]["predixcan_r"], expected["r"], 0, 1e-9), id.c_str());
            ++compared;
        }
        QVERIFY2(compared >= 30, qPrintable(QString::number(compared)));
    }
};

QTEST_GUILESS_MAIN(TestRealStudyStatistics)
#include "tst_real_study_statistics.moc"
