// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "program.h"

namespace diploscope::test {

/// A small demo whose genes are analysed, and of them one with an unsupported driver, for commands that ask
/// more of it.
class ExperimentDemo {
public:
    using Row = std::map<std::string, std::string>;

    /// \return what went wrong; empty where nothing did
    QString make() {
        const Run made =
            runProgram(folder.path(), {"simulate", "--out", path("demo"), "--people", "60", "--genes", "8"});
        study = path("demo/demo.study.json");
        const Run analysed =
            runProgram(folder.path(), {"analyze", study, "--genes", "all", "--out", path("all"), "--quiet"});
        if (made.exitCode != 0 || analysed.exitCode != 0)
            return made.err + analysed.err + "failed";
        for (const Row& row : table("all/genes.tsv"))
            for (const Row& one : table("all/" + row.at("gene_name") + ".drivers.tsv"))
                if (gene.isEmpty() && one.at("verdict") == "unsupported") {
                    gene = QString::fromStdString(row.at("gene_name"));
                    driver = one;
                }
        if (gene.isEmpty())
            return "no gene has an unsupported driver";
        people = table("all/" + gene.toStdString() + ".people.tsv");
        variants = table("all/" + gene.toStdString() + ".variants.tsv");
        return {};
    }

    QString path(const std::string& name) const { return QString::fromStdString((folder / name).string()); }
    Run run(const QString& command, const QStringList& options, const std::string& out = "out.tsv") const {
        return runProgram(folder.path(),
                          QStringList{command, study, "--gene", gene, "--quiet", "--out", path(out)} +
                              options);
    }
    std::vector<Row> table(const std::string& name = "out.tsv") const { return tableFile(folder / name); }
    QJsonObject report() const { return jsonFile(folder / "all" / (gene.toStdString() + ".report.json")); }
    /// `chr1:31904:C:A`
    QString driverName() const {
        return QString::fromStdString(driver.at("chrom") + ":" + driver.at("pos") + ":" + driver.at("ref") +
                                      ":" + driver.at("alt"));
    }
    /// Of the demo's model, as model.json has it.
    static QJsonObject input() {
        return jsonFile(std::filesystem::path(DIPLOSCOPE_TEST_DATA) / ".." /
                        "models/demo-cnn/model.json")["input"]
            .toObject();
    }
    QString sample(size_t person) const { return QString::fromStdString(people[person].at("sample")); }

    TemporaryFolder folder;
    QString study;
    QString gene;
    Row driver;                        ///< unsupported
    std::vector<Row> people, variants; ///< of the gene
};

inline QJsonObject jsonOf(const Run& run) {
    return QJsonDocument::fromJson(run.out.toUtf8()).object();
}

} // namespace diploscope::test
