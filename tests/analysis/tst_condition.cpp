// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/condition.h"

#include "analysis/genome_table.h"
#include "support.h"

#include <cmath>

using namespace diploscope;
using namespace diploscope::test;

namespace {

/// Five genes; the last has no R, so its p does not count. p_published: .01 .02 .03 .5 -> q .04 .04 .04 .5
std::vector<ModelGenes> models() {
    const auto gene = [](const char* id, const char* name, std::optional<double> r, std::optional<double> p) {
        GeneRow row;
        row.geneId = id;
        row.geneName = name;
        row.chrom = id[1] == '1' ? "1" : "X";
        row.r = r;
        row.pPublished = p;
        row.pCalibrated = 0.5;
        row.pEmpirical = id[1] == '1' ? std::optional(0.25) : std::nullopt;
        row.tss = 100;
        return row;
    };
    ModelGenes first{"First",
                     {gene("G1", "DDX11", 0.85, 0.01), gene("G2", "gstm3", -0.5, 0.02),
                      gene("G3", "A B", -0.1, 0.03), gene("G4", "LOW", 0.3, 0.5),
                      gene("G5", "NONE", std::nullopt, 0.001)},
                     {}};
    GeneRow failed = gene("G6", "FAILED", std::nullopt, std::nullopt);
    failed.failure = "broken";
    first.genes.push_back(failed);
    return {first, {"Second", {gene("G1", "DDX11", 0.2, {}), gene("G4", "LOW", -0.4, {})}, {}}};
}

} // namespace

class TestCondition : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tableHasQOverItsGenes() {
        const auto table = GenomeTable::make(models(), 0, NullChoice::Published);
        QCOMPARE(table->rowCount(), size_t{5}); // the failed one is none
        const std::vector<double>& q = table->numbers(*table->findColumn("q"));
        QVERIFY(std::abs(q[0] - 0.04) < 1e-12 && std::abs(q[2] - 0.04) < 1e-12 &&
                std::abs(q[3] - 0.5) < 1e-12);
        QVERIFY(std::isnan(q[4]));
        QVERIFY(std::abs(table->number(1, *table->findColumn("bonferroni")) - 0.08) < 1e-12);
        const auto calibrated = GenomeTable::make(models(), 0, NullChoice::Calibrated);
        QVERIFY(std::abs(calibrated->number(0, *calibrated->findColumn("q")) - 0.5) < 1e-12);
        const auto empirical = GenomeTable::make(models(), 0, NullChoice::Empirical);
        QCOMPARE(empirical->number(0, *empirical->findColumn("p_null")), 0.25);
        QCOMPARE(empirical->number(0, *empirical->findColumn("q")), 0.25); // the only one there is
        QVERIFY(std::isnan(empirical->number(1, *empirical->findColumn("q"))));
        QCOMPARE(toText(empirical->null()), std::string_view("empirical"));
    }

    void otherModelsRStandsBeside() {
        const auto table = GenomeTable::make(models(), 0, NullChoice::Published);
        const auto column = table->findColumn("r_Second");
        QVERIFY(column.has_value());
        QCOMPARE(table->number(0, *column), 0.2);
        QVERIFY(std::isnan(table->number(1, *column)));
        QCOMPARE(table->number(3, *column), -0.4);
        QCOMPARE(*table->rowOfGene("G4"), size_t{3});
        QCOMPARE(table->text(1, *table->findColumn("gene")), std::string("gstm3"));
    }

    void expressions_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("genes");
        const auto row = [](const char* text, const char* genes) { QTest::newRow(text) << text << genes; };
        row("", "G1 G2 G3 G4 G5");
        row("q < 0.05 and r < -0.2", "G2");
        row("Q<0.05 AND R<-0.2", "G2");
        row("r > 0.8 or r < -0.2 and q < 0.01", "G1"); // and binds tighter
        row("(r > 0.8 or r < -0.2) and q < 0.05", "G1 G2");
        row("not r > 0", "G2 G3 G5"); // a missing R is not above 0
        row("not (r > 0 or r missing)", "G2 G3");
        row("r missing", "G5");
        row("not r missing and not q < .05", "G4");
        row("abs(r) >= 0.5", "G1 G2");
        row("gene_name = GSTM3", "G2");
        row("gene = \"a b\" or gene = 'ddx11'", "G1 G3");
        row("gene_name != ddx11 and chrom = x", "G2 G3 G4 G5");
        row("chrom = 1", "G1"); // a number as text
        row("r_Second < r", "G1 G4");
        row("\"r_Second\" = 0.2", "G1");
        row("0.2 <= r", "G1 G4");
        row("r == 0.85", "G1");
        row("r <> 0.85", "G2 G3 G4"); // missing is not different either
        row("p < 1e-2", "");
        row("p <= 1e-2", "G1");
    }
    void expressions() {
        QFETCH(QString, text);
        QFETCH(QString, genes);
        const auto table = GenomeTable::make(models(), 0, NullChoice::Published);
        const auto filter = Condition::parse(text.toStdString(), *table);
        DS_VERIFY(filter);
        QStringList found;
        for (const size_t row : filter->rows(*table))
            found << QString::fromStdString(table->genes()[row].geneId);
        QCOMPARE(found.join(' '), genes);
    }

    void faults_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* text, int column, const char* says) {
            QTest::newRow(text) << text << QStringLiteral("column %1").arg(column) << says;
        };
        row("pearson < 0.1", 1, "pearson");
        row("pearson_q < 0.1", 1, "pearson_r");
        row("q <", 4, "the end");
        row("q 0.05", 3, "0.05");
        row("q < 0.05 r < 1", 10, "`and`");
        row("(q < 0.05", 10, "`)`");
        row("q < 0.05)", 9, "`)`");
        row("gene_name < 5", 11, "text");
        row("q = DDX11", 5, "DDX11");
        row("gene = \"open", 8, "quote");
        row("and", 1, "and");
        row("abs(gene) > 1", 9, "abs");
        row("r < gene_name", 5, "number");
    }
    void faults() {
        QFETCH(QString, text);
        QFETCH(QString, where);
        QFETCH(QString, says);
        const auto table = GenomeTable::make(models(), 0, NullChoice::Published);
        const auto filter = Condition::parse(text.toStdString(), *table);
        QVERIFY(!filter);
        const QString message = QString::fromStdString(filter.error().message());
        QVERIFY2(message.contains(where) && message.contains(says), qPrintable(message));
    }

    void deepNestingIsRefused() {
        const auto table = GenomeTable::make(models(), 0, NullChoice::Published);
        std::string absolutes, chain = "r < 1";
        for (int i = 0; i < 100000; ++i) {
            absolutes += "abs(";
            chain += " and r < 1";
        }
        for (const std::string& text :
             {std::string(100000, '('), absolutes, "abs(abs(" + absolutes.substr(0, 400) + "r", chain}) {
            const auto filter = Condition::parse(text, *table);
            QVERIFY(!filter && filter.error().kind == ErrorKind::BadInput);
        }
    }
};

QTEST_GUILESS_MAIN(TestCondition)
#include "tst_condition.moc"
