// SPDX-License-Identifier: GPL-3.0-or-later
// A simulated study with causal indels: found where they are used, by every command that names variants.
#include "program.h"

#include <algorithm>
#include <cmath>

using namespace diploscope;
using namespace diploscope::test;

namespace {

using Rows = std::vector<std::map<std::string, std::string>>;

bool isIndel(std::map<std::string, std::string>& row) {
    return row["ref"].size() != row["alt"].size();
}

bool isSame(std::map<std::string, std::string>& one, std::map<std::string, std::string>& other) {
    return one["pos"] == other["pos"] && one["ref"] == other["ref"] && one["alt"] == other["alt"];
}

/// As `chrom:pos:REF:ALT`.
std::string nameOf(std::map<std::string, std::string>& row) {
    return row["chrom"] + ":" + row["pos"] + ":" + row["ref"] + ":" + row["alt"];
}

} // namespace

class TestDemoIndels : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;
    Rows m_planted; ///< indels in motifs that the network uses, which carry most of their gene's variance

    [[nodiscard]] QString path(const std::string& name) const {
        return QString::fromStdString((m_folder / name).string());
    }
    [[nodiscard]] Run run(const std::string& command, const QStringList& more) const {
        return runProgram(m_folder.path(),
                          QStringList{QString::fromStdString(command), path("demo/demo.study.json")} + more);
    }
    [[nodiscard]] Rows table(const std::string& name) const {
        Rows rows;
        for (auto& row : tableFile(m_folder / name))
            rows.push_back(row);
        return rows;
    }

private Q_SLOTS:
    void initTestCase() {
        const Run made = runProgram(m_folder.path(), {"simulate", "--indels", "--out", path("demo"),
                                                      "--genes", "80", "--people", "200", "--seed", "7"});
        QVERIFY2(made.exitCode == 0, qPrintable(made.err));
        QCOMPARE(jsonFile(m_folder / "demo/demo.study.json")["options"].toObject()["variants"].toString(),
                 QString("snv+indel"));
        for (auto& row : table("demo/truth.tsv"))
            if (isIndel(row) && !row["mechanism"].starts_with("switch") &&
                std::stod(row["variance_share"]) > 0.5)
                m_planted.push_back(row);
        QVERIFY2(m_planted.size() >= 8, qPrintable(QString::number(m_planted.size())));
        QVERIFY(
            std::any_of(m_planted.begin(), m_planted.end(), [](auto& row) { return row["ref"].size() > 1; }));
        QVERIFY(
            std::any_of(m_planted.begin(), m_planted.end(), [](auto& row) { return row["alt"].size() > 1; }));
        const Run all =
            run("analyze", {"--genes", "all", "--model", "demo-cnn", "--out", path("all"), "--quiet"});
        QVERIFY2(all.exitCode == 0, qPrintable(all.err));
    }

    /// Wrong: a name that is not the truth's (alleles not left-aligned), an effect of REF, dosages of another
    /// allele of the record.
    void plantedIndelsAreDrivers() {
        size_t found = 0, rightSign = 0, rightSlope = 0;
        for (auto& truth : m_planted)
            for (auto& driver : table("all/" + truth["gene_name"] + ".drivers.tsv")) {
                if (!isSame(driver, truth))
                    continue;
                ++found;
                const bool isUp = std::stod(truth["effect"]) > 0;
                rightSign += (std::stod(driver["ism"]) > 0) == isUp;
                rightSlope += (std::stod(driver["eqtl_slope"]) > 0) == isUp;
            }
        const QString words = QStringLiteral("%1 of %2, sign %3, slope %4")
                                  .arg(found)
                                  .arg(m_planted.size())
                                  .arg(rightSign)
                                  .arg(rightSlope);
        qInfo("%s", qPrintable(words));
        QVERIFY2(4 * found >= 3 * m_planted.size(), qPrintable(words));
        QVERIFY2(10 * rightSign >= 9 * found, qPrintable(words));
        QVERIFY2(10 * rightSlope >= 9 * found, qPrintable(words));
    }

    /// Indels have a shift, SNVs none; both have LD, slope and PIP.
    void columnsOfVariants() {
        int indels = 0;
        for (auto& truth : m_planted)
            for (auto& row : table("all/" + truth["gene_name"] + ".variants.tsv")) {
                QCOMPARE(row["ism_shift"] != "NA", isIndel(row));
                indels += isIndel(row);
                QVERIFY(row["ism"] != "NA" && row["eqtl_slope"] != "NA" && row["pip"] != "NA");
            }
        QVERIFY2(indels >= int(m_planted.size()), qPrintable(QString::number(indels)));
    }

    /// Wrong: a shortcut that takes what an indel moves for unchanged.
    void plainIsFast() {
        for (const QString model : {"demo-cnn", "demo-enformer"}) {
            const QString gene = QString::fromStdString(m_planted.front()["gene_name"]);
            for (const QString method : {"fast", "plain"}) {
                QStringList more{"--gene",    gene, "--model", model, "--out", path(method.toStdString()),
                                 "--no-cache"};
                const Run one = run("analyze", method == "plain" ? more << "--plain" : more);
                QVERIFY2(one.exitCode == 0, qPrintable(one.err));
            }
            Rows fast = table("fast/" + gene.toStdString() + ".variants.tsv");
            Rows plain = table("plain/" + gene.toStdString() + ".variants.tsv");
            QCOMPARE(fast.size(), plain.size());
            double largest = 0;
            for (auto& row : plain)
                largest = std::max(largest, std::abs(std::stod(row["ism"])));
            for (size_t i = 0; i < fast.size(); ++i)
                for (const char* column : {"ism", "ism_shift"}) {
                    QCOMPARE(fast[i][column] == "NA", plain[i][column] == "NA");
                    if (plain[i][column] != "NA")
                        QVERIFY2(std::abs(std::stod(fast[i][column]) - std::stod(plain[i][column])) <
                                     1e-4 * largest,
                                 qPrintable(model));
                }
        }
    }

    /// Commands take the names that tables give. Wrong: a haplotype's own spelling, of which nobody is a
    /// carrier.
    void commandsNameThem() {
        std::map<std::string, std::string> truth = m_planted.front();
        const QString gene = QString::fromStdString(truth["gene_name"]);
        const std::string name = nameOf(truth);
        writeText(m_folder / "list.txt", name + "\n");
        const QStringList same{"--gene", gene, "--model", "demo-cnn", "--quiet", "--out"};
        const Run ablated =
            run("ablate", same + QStringList{path("ablated.tsv"), "--variants", path("list.txt")});
        QVERIFY2(ablated.exitCode == 0, qPrintable(ablated.err));
        const QJsonObject r = QJsonDocument::fromJson(ablated.out.toUtf8()).object();
        QVERIFY2(std::abs(r["r_difference"].toDouble()) > 0.1, qPrintable(ablated.out));
        const Run audited = run("audit", same + QStringList{path("audit.tsv")});
        QVERIFY2(audited.exitCode == 0, qPrintable(audited.err));
        const QJsonObject audit = QJsonDocument::fromJson(audited.out.toUtf8()).object();
        QVERIFY2(audit["additivity"].toObject()["r"].toDouble() > 0.9, qPrintable(audited.out));
        // Put in, it gives what ISM has with the TSS fixed.
        const Run put =
            run("whatif", same + QStringList{path("put.tsv"), "--edit", QString::fromStdString(name)});
        QVERIFY2(put.exitCode == 0, qPrintable(put.err));
        std::map<std::string, std::string> line = table("put.tsv").front();
        for (auto& row : table("all/" + gene.toStdString() + ".variants.tsv"))
            if (isSame(row, truth)) {
                const double effect = std::stod(row["ism"]) + std::stod(row["ism_shift"]);
                const double difference = std::stod(line["after"]) - std::stod(line["before"]);
                QVERIFY2(std::abs(difference - effect) < 1e-4 * (std::abs(effect) + 1),
                         line["after"].c_str());
            }
        // A carrier's haplotypes have it as a step of their path.
        std::string carrier;
        for (auto& row : table("ablated.tsv"))
            if (row["before"] != row["after"])
                carrier = row["sample"];
        QVERIFY(!carrier.empty());
        const Run person = run(
            "person", same + QStringList{path("person.tsv"), "--sample", QString::fromStdString(carrier)});
        QVERIFY2(person.exitCode == 0, qPrintable(person.err));
        Rows steps = table("person.tsv");
        QVERIFY(std::any_of(steps.begin(), steps.end(), [&](auto& step) { return isSame(step, truth); }));
    }

    /// The same files as a study of SNVs.
    void absentWithSnvsAlone() {
        QJsonObject study = jsonFile(m_folder / "demo/demo.study.json");
        study["options"] = QJsonObject{{"variants", "snv"}};
        writeText(m_folder / "demo/snv.study.json", QJsonDocument(study).toJson().toStdString());
        const std::string gene = m_planted.front()["gene_name"];
        const Run one = runProgram(m_folder.path(), {"analyze", path("demo/snv.study.json"), "--gene",
                                                     QString::fromStdString(gene), "--model", "demo-cnn",
                                                     "--out", path("snv"), "--quiet"});
        QVERIFY2(one.exitCode == 0, qPrintable(one.err));
        Rows rows = table("snv/" + gene + ".variants.tsv");
        QVERIFY(!rows.empty());
        QVERIFY(std::none_of(rows.begin(), rows.end(), isIndel));
        QVERIFY(!rows.front().contains("ism_shift"));
    }
};

QTEST_GUILESS_MAIN(TestDemoIndels)
#include "tst_demo_indels.moc"
