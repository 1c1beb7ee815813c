// SPDX-License-Identifier: GPL-3.0-or-later
// `diploscope columns`: what each column of the tables is.
#include "program.h"

#include <QJsonArray>

using namespace diploscope::test;

class TestColumnsCommand : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;

    Run run(const QStringList& arguments) const {
        return runProgram(m_folder.path(), QStringList{"columns"} + arguments);
    }

private Q_SLOTS:
    void allTablesAreToldOf() {
        const Run run = this->run({});
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        writeText(m_folder / "columns.tsv", run.out.toStdString());
        auto rows = tableFile(m_folder / "columns.tsv");
        const auto toldOf = [&](const char* table, const char* column) {
            const auto found = std::find_if(rows.begin(), rows.end(), [&](auto& row) {
                return row["table"] == table && row["column"] == column;
            });
            return found == rows.end() ? std::map<std::string, std::string>() : *found;
        };
        QCOMPARE(toldOf("genes.tsv", "pearson_r")["methods"], std::string("4"));
        QCOMPARE(toldOf("drivers.tsv", "distance_to_tss")["unit"], std::string("bp"));
        QCOMPARE(toldOf("GENE.variants.tsv", "ism")["title"], std::string("ISM"));
        QVERIFY(!toldOf("GENE.drivers.tsv", "verdict_share")["meaning"].empty());
        QVERIFY(!toldOf("GENE.people.tsv", "predicted_sd").empty());
        QCOMPARE(toldOf("susie.tsv", "posterior_mean")["unit"], std::string("expression"));
        QCOMPARE(toldOf("predixcan.report.tsv", "n_flipped")["methods"], std::string("9"));
        QVERIFY(!toldOf("training.tsv", "target")["meaning"].empty());
    }

    void oneTableAndJson() {
        const Run people = run({"GENE.people.tsv", "--json"});
        QVERIFY2(people.exitCode == 0, qPrintable(people.err));
        const QJsonArray columns = QJsonDocument::fromJson(people.out.toUtf8()).array();
        QCOMPARE(columns.size(), 10);
        QCOMPARE(columns[0]["column"].toString(), QStringLiteral("sample"));
        for (const QJsonValue& column : columns) {
            QCOMPARE(column["table"].toString(), QStringLiteral("GENE.people.tsv"));
            QVERIFY(column["methods"].toInt() > 0);
        }
        QCOMPARE(run({"GENE.birds.tsv"}).exitCode, 2);
    }
};

QTEST_GUILESS_MAIN(TestColumnsCommand)
#include "tst_columns_command.moc"
