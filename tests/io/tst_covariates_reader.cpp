// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/covariates_reader.h"
#include "support.h"

using namespace diploscope;
using namespace diploscope::test;

namespace {
using Names = std::vector<std::string>;
const Names Known{"HG1", "HG2", "HG3"};
} // namespace

class TestCovariatesReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_data() {
        QTest::addColumn<std::string>("text");
        QTest::newRow("tabs, empty corner") << std::string("\tHG1\tHG2\nsex\t0\t1\nPC1\t-2.5\t1e-3\n");
        QTest::newRow("spaces") << std::string("SampleID HG1 HG2\nsex 0 1\nPC1 -2.5 1e-3\n");
        QTest::newRow("aligned spaces") << std::string("id    HG1   HG2\nsex   0     1\nPC1   -2.5  1e-3\n");
        QTest::newRow("no corner") << std::string("HG1\tHG2\nsex\t0\t1\nPC1\t-2.5\t1e-3\n");
        QTest::newRow("windows, CSV") << std::string("id,HG1,HG2\r\nsex,0,1\r\nPC1,-2.5,1e-3\r\n");
        QTest::newRow("comments") << std::string(
            "# made by a pipeline\n##with\ttabs\n#a\tb\nid\tHG1\tHG2\nsex\t0\t1\nPC1\t-2.5\t1e-3\n");
        QTest::newRow("header with a hash") << std::string("#id\tHG1\tHG2\nsex\t0\t1\nPC1\t-2.5\t1e-3\n");
        QTest::newRow("PLINK 2") << std::string("#FID\tIID\tsex\tPC1\n0\tHG1\t0\t-2.5\n0\tHG2\t1\t1e-3\n");
        QTest::newRow("PLINK 1.9, spaces")
            << std::string("FID IID sex PC1\n HG1  HG1 0 -2.5\n HG2  HG2 1 1e-3\n");
        QTest::newRow("PLINK 2 without families")
            << std::string("#IID\tSID\tsex\tPC1\nHG1\t0\t0\t-2.5\nHG2\t0\t1\t1e-3\n");
        QTest::newRow("people above, titled IID")
            << std::string("IID\tHG1\tHG2\nsex\t0\t1\nPC1\t-2.5\t1e-3\n");
        QTest::newRow("trailing tabs") << std::string("id\tHG1\tHG2\nsex\t0\t1\t\nPC1\t-2.5\t1e-3\t\n");
        QTest::newRow("trailing commas") << std::string("id,HG1,HG2,\nsex,0,1,\nPC1,-2.5,1e-3,\n,,,\n");
    }
    void reads() {
        QFETCH(std::string, text);
        const TemporaryFolder folder;
        writeText(folder / "c.txt", text);
        const auto covariates = readCovariates(folder / "c.txt", Known);
        DS_VERIFY(covariates);
        QCOMPARE(covariates->names, (Names{"sex", "PC1"}));
        QCOMPARE(covariates->people, (Names{"HG1", "HG2"}));
        QCOMPARE(covariates->values(1, 0), -2.5);
        QCOMPARE(covariates->values(1, 1), 1e-3);
    }

    void refuses_data() {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("what");
        const auto row = [](const char* name, const char* text, const char* where, const char* what) {
            QTest::newRow(name) << std::string(text) << QString(where) << QString(what);
        };
        row("missing value", "id\tHG1\nsex\tNA\n", "line 2, column 2 (HG1)",
            "`NA` is not a finite number, for covariate `sex` of `HG1`");
        row("text value", "id\tHG1\nsex\tfemale\n", "line 2, column 2 (HG1)", "`female`");
        row("ragged", "id\tHG1\tHG2\nsex\t1\t1\nage\t1\n", "line 3", "2 columns");
        row("unnamed last column", "id\tHG1\nsex\t1\t0\n", "line 2", "3 columns");
        row("corner left out, value missing", "HG1\tHG2\nsex\t1\n", "line 2", "begins with `HG1`");
        row("duplicate person", "id\tHG1\tHG1\nsex\t1\t1\n", "c.txt", "person `HG1`");
        row("duplicate covariate", "id\tHG1\nsex\t1\nsex\t1\n", "c.txt", "covariate `sex`");
        row("PLINK, NA", "#FID\tIID\tPC1\n0\tHG1\tNA\n", "line 2, column 3 (PC1)",
            "`NA` is not a finite number, for covariate `PC1` of `HG1`");
        row("PLINK, -9", "#IID\tPC1\nHG2\t1\nHG1\t-9\n", "line 3, column 2 (PC1)",
            "`-9` stands for a missing value in a table with `IID`, for covariate `PC1` of `HG1`");
        row("PLINK, no covariate", "#FID\tIID\nF\tHG1\n", "c.txt", "no covariate");
        row("PLINK, no id", "#FID\tIID\tPC1\nF\t\t1\n", "line 2", "no `IID`");
        row("PLINK, one IID in two families", "FID IID PC1\nA HG1 1\nB HG1 2\n", "c.txt", "person `HG1`");
        row("GCTA, without a header", "HG1 HG1 1\nHG2 HG2 2\n", "line 2",
            "`HG2` is a person, where a number belongs");
        row("no row", "id\tHG1\n", "c.txt", "no data row");
        row("blank", "\n\n", "c.txt", "blank lines only");
        row("header of returns", "\r\r \nPC1 1\n", "line 1", "one column only");
    }
    void refuses() {
        QFETCH(std::string, text);
        QFETCH(QString, where);
        QFETCH(QString, what);
        const TemporaryFolder folder;
        writeText(folder / "c.txt", text);
        const auto covariates = readCovariates(folder / "c.txt", Known);
        QVERIFY(!covariates);
        QCOMPARE(covariates.error().kind, ErrorKind::BadInput);
        QVERIFY2(covariates.error().where.find(where.toStdString()) != std::string::npos,
                 covariates.error().where.c_str());
        QVERIFY2(covariates.error().what.find(what.toStdString()) != std::string::npos,
                 covariates.error().what.c_str());
        QVERIFY(!covariates.error().remedy.empty());
    }

    /// -9 is a number where nothing says that PLINK wrote it.
    void keepsMinusNine() {
        const TemporaryFolder folder;
        writeText(folder / "c.txt", "id\tHG1\nPC1\t-9\n");
        const auto covariates = readCovariates(folder / "c.txt", Known);
        DS_VERIFY(covariates);
        QCOMPARE(covariates->values(0, 0), -9.0);
    }

    void readsRealFile() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        const auto folder = sharedData() / "geuvadis_chr22/expression";
        const auto covariates = readCovariates(folder / "geuvadis358.covariates.pc50.txt.gz");
        DS_VERIFY(covariates);
        QCOMPARE(covariates->names.size(), size_t(53));
        QCOMPARE(covariates->people.size(), size_t(358));
        QCOMPARE(covariates->values(0, 0), -13.1128);
    }
};

QTEST_GUILESS_MAIN(TestCovariatesReader)
#include "tst_covariates_reader.moc"
