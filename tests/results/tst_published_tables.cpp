// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/published_tables.h"

#include "support.h"

#include <cmath>

using namespace diploscope;
using namespace diploscope::test;

namespace {

const std::string GeneHeader =
    "# "
    "gene_name\tgene_id\tchr_hg38\tstart_hg38\tend_hg38\tstrand_hg38\ttss_"
    "hg38\tMeanObs\tStdObs\tPearsonRfineTuned\t"
    "PvalueRfineTuned\tMeanFineTuned\tStdFineTuned\tPearsonRCAGE,adult,brain\tPvalueRCAGE,adult,"
    "brain\tMeanCAGE,adult,"
    "brain\tStdCAGE,adult,brain\tRmeanRandom\tRstdrandom\tTstatCAGE,adult,brain\tLog10PvalueTstatCAGE,adult,"
    "brain\t"
    "Log10BHPvalueTstatCAGE,adult,brain\tPrediXcanR\tSuSieCausalBrainhg38\tSusieCausalCortexhg38\n";
const std::string Dpm1 =
    "DPM1\tENSG01\t20\t10\t99\t-\t99\t3.43\t0.25\t0.031\t0.373\t8.49\t0.026\t0.068\t0.047\t2.21\t0.013\t"
    "0.028\t0.02213\t1.901\t1.501\t0.726\tNaN\tchr1_5_A_G_b38\tNA\n";
const std::string NoR =
    "NONE\tENSG02\t1\t10\t99\t+\t10\t1\t0.1\t0.5\t0.0\t1\t1\tnan\tnan\t0.0\t0.0\t0.062\t0.04306\t-2.113\t"
    "-0.0\t-0.0\t0.3\tNA\tNA\n";
const std::string DriverHeader =
    "# "
    "gene_name\tgene_id\tchr_hg38\tstart_hg38\tend_hg38\tstrand_hg38\ttss_"
    "hg38\tLociDriverhg38\tDisttoTSS\tISM\t"
    "SumISMPearsonRtoCAGE,adult,brain\tDriverPearsonRtoCAGE,adult,"
    "brain\tDecreasedFractionofSumPearsonRWithoutDrivertoCAGE,"
    "adult,brain\tIncreasedFractionofSumPearonRbyrankedDrivertoCAGE,adult,brain\tNIndividualsWithSNV\t"
    "FractionIndividualsWithSNV\tIsMainDriver\tISMFractionofISMmaxinSNV\teQTL\tmaxeQTLgene\tPearsonRGenotypet"
    "oObs\n";
std::string driver(const char* gene, const char* ism, const char* gain, const char* main, const char* eqtl) {
    return std::string("X\t") + gene + "\t20\t10\t99\t-\t99\t90\t9\t" + ism + "\t0.9\t0.8\t0.5\t" + gain +
           "\t100\t11.9\t" + main + "\t1\t" + eqtl + "\t1\t0.4\n";
}

} // namespace

class TestPublishedTables : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    Result<std::vector<PublishedModel>> read(const std::string& genes, const std::string& drivers = {}) {
        writeText(m_folder / "genes.tsv", genes);
        if (drivers.empty())
            return readPublishedTables({m_folder / "genes.tsv", {}, {}});
        writeText(m_folder / "drivers.tsv", drivers);
        return readPublishedTables({m_folder / "genes.tsv", m_folder / "drivers.tsv", {}});
    }
    static bool near(const std::optional<double>& value, double expected, double tolerance) {
        return value && std::abs(*value - expected) <= tolerance;
    }

private Q_SLOTS:
    /// Expected p: R's pt(1.901, 49, lower = FALSE) and pt(1.7720, ...) from the table's rounded numbers.
    void genes() {
        const auto models = read(GeneHeader + Dpm1 + NoR);
        DS_VERIFY(models);
        QCOMPARE(models->size(), size_t{2});
        const GeneRow& track = (*models)[0].genes[0];
        QCOMPARE(track.geneName, std::string("DPM1"));
        QCOMPARE(*track.r, 0.068);
        QVERIFY(near(track.pPublished, std::pow(10, -1.501), 1e-12));
        QVERIFY(!track.predixcanR);
        QCOMPARE(track.fineMapped, std::string("chr1_5_A_G_b38"));
        // t = (.068 - .028) / (.02213 sqrt(50/49) sqrt(51/50)) = 1.77169; pt(t, 49, lower = FALSE)
        QVERIFY2(near(track.pCalibrated, 0.04133093, 1e-7),
                 qPrintable(QString::number(*track.pCalibrated, 'g', 9)));
        const GeneRow& tuned = (*models)[1].genes[0];
        QCOMPARE(*tuned.r, 0.031);
        // T = .003 / sqrt(.02213 / 50) = .1426
        QVERIFY2(near(tuned.pPublished, 0.4435959, 1e-6),
                 qPrintable(QString::number(*tuned.pPublished, 'g', 9)));
        const GeneRow& none = (*models)[0].genes[1];
        QVERIFY(!none.r && !none.p && !none.pPublished && !none.pCalibrated);
        QCOMPARE(*none.predixcanR, 0.3);
        QVERIFY(!(*models)[1].genes[1].p); // a p of 0.0 is a rounded one
    }

    void drivers() {
        const auto models =
            read(GeneHeader + Dpm1, DriverHeader + driver("ENSG01", "-1", "0.1", "False", "0.5") +
                                        driver("ENSG01.3", "2", "0.6", "True", "0.25") +
                                        driver("ENSG01", "1", "0.1", "False", "0.0"));
        DS_VERIFY(models);
        const GeneRow& gene = (*models)[0].genes[0];
        QCOMPARE(gene.drivers.size(), size_t{3});
        QCOMPARE(*gene.drivers[0].gain, 0.6);
        QCOMPARE(*gene.drivers[0].supported, 1.0);
        QCOMPARE(*gene.drivers[1].supported, 0.0);
        QVERIFY(!gene.drivers[2].supported);
        QVERIFY(near(gene.fractionSupported, 1.0 / 2, 1e-12)); // one has no slope
        QVERIFY(near(gene.fractionSupportedWeighted, 0.6 / 0.7, 1e-12));
        QCOMPARE(*gene.supportedCount, 1.0);
        QCOMPARE(*gene.unsupportedCount, 1.0);
        QVERIFY(!gene.undecidableCount); // nobody looked
        QCOMPARE(*gene.mainIsm, 2.0);
        QCOMPARE(*gene.linearR, 0.9);
        QCOMPARE(*gene.drivers[0].lossFractionWithout, 0.5);
        QVERIFY(!gene.drivers[0].lossWithout); // the table has no difference of two R
        QVERIFY((*models)[1].genes[0].drivers.empty());
    }

    /// A gene that the table of genes names keeps its name and place; nothing else is taken over.
    void means() {
        const std::string header = "\tmean gene expression\tEnf prediction, Reference, fine-tuned\n";
        writeText(m_folder / "genes.tsv", GeneHeader + Dpm1);
        const auto with = [&](const std::string& rows) {
            writeText(m_folder / "means.txt", header + rows);
            return readPublishedTables({m_folder / "genes.tsv", {}, m_folder / "means.txt"});
        };
        const auto models = with("ENSG07\t2.5\t4.25\nENSG01.2\t4.154136\t5.117467\n");
        DS_VERIFY(models);
        QCOMPARE(models->size(), size_t{3});
        QCOMPARE((*models)[0].genes.size(), size_t{1});
        const std::vector<GeneRow>& genes = (*models)[2].genes;
        QCOMPARE(genes.size(), size_t{2});
        QCOMPARE(genes[0].geneName, std::string("ENSG07"));
        QCOMPARE(*genes[0].referenceScore, 4.25);
        QCOMPARE(genes[1].geneName, std::string("DPM1"));
        QCOMPARE(*genes[1].meanObserved, 4.154136);
        QCOMPARE(*genes[1].tss, 99.0);
        QVERIFY(!genes[1].r && !genes[1].nullMean && !genes[1].meanPredicted);
        QVERIFY(!with("ENSG07\t1\t1\nENSG07\t1\t1\n"));
        QVERIFY(!with(""));
    }

    /// As written by a spreadsheet: Windows line ends, and genes in any order.
    void windowsLines() {
        std::string windows;
        for (const char c : GeneHeader + NoR + Dpm1)
            windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
        const auto models = read(windows);
        DS_VERIFY(models);
        QCOMPARE((*models)[0].genes[1].geneName, std::string("DPM1"));
        QCOMPARE((*models)[0].genes[1].fineMapped, std::string("chr1_5_A_G_b38"));
        QVERIFY(near((*models)[0].genes[1].pPublished, std::pow(10, -1.501), 1e-12));
    }

    /// However Python, R and spreadsheets write it.
    void mainDrivers_data() {
        QTest::addColumn<QString>("yes");
        QTest::addColumn<QString>("no");
        QTest::newRow("Python") << "True"
                                << "False";
        QTest::newRow("R") << "TRUE"
                           << "FALSE";
        QTest::newRow("JSON") << "true"
                              << "false";
        QTest::newRow("numbers") << "1"
                                 << "0";
        QTest::newRow("pandas with gaps") << "1.0"
                                          << "0.0";
    }
    void mainDrivers() {
        QFETCH(QString, yes);
        QFETCH(QString, no);
        // The main driver is the one that is marked, whatever its gain.
        const auto models = read(
            GeneHeader + Dpm1, DriverHeader + driver("ENSG01", "-1", "0.6", no.toStdString().c_str(), "0.5") +
                                   driver("ENSG01", "2", "0.1", yes.toStdString().c_str(), "0.25"));
        DS_VERIFY(models);
        const GeneRow& gene = (*models)[0].genes[0];
        QCOMPARE(*gene.mainIsm, 2.0);
        QCOMPARE(*gene.drivers[0].main, 0.0);
        QCOMPARE(*gene.drivers[1].main, 1.0);
    }

    /// What rounding elsewhere puts beyond a bound is the bound; -log10 of a p that was rounded to 0 says
    /// nothing.
    void bounds() {
        std::string row = Dpm1;
        row.replace(row.find("0.068"), 5, "1.0000000000000002");
        row.replace(row.find("1.501"), 5, "inf");
        const auto models = read(GeneHeader + row);
        DS_VERIFY(models);
        const GeneRow& gene = (*models)[0].genes[0];
        QCOMPARE(*gene.r, 1.0);
        QVERIFY(gene.pPublished && *gene.pPublished > 0 && *gene.pPublished < 1e-6); // of the table's null
    }

    void faults_data() {
        QTest::addColumn<QString>("genes");
        QTest::addColumn<QString>("drivers");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const std::string& genes, const std::string& drivers,
                            const char* says) {
            QTest::newRow(name) << QString::fromStdString(genes) << QString::fromStdString(drivers) << says;
        };
        row("other table", "a\tb\n1\t2\n", "", "column `gene_id`");
        row("empty", "", "", "empty");
        row("last line cut", GeneHeader + Dpm1 + NoR.substr(0, NoR.size() / 2), "", "line 3");
        row("no gene", GeneHeader, "", "no gene");
        row("ragged row", GeneHeader + Dpm1 + "X\tY\n", "", "line 3");
        row("twice", GeneHeader + Dpm1 + Dpm1, "", "twice");
        std::string text = Dpm1;
        text.replace(text.find("0.068"), 5, "large");
        row("text for a number", GeneHeader + text, "", "`large`");
        const auto with = [&](const char* name, const char* from, const char* to, const char* says) {
            std::string changed = Dpm1;
            changed.replace(changed.find(from), std::string_view(from).size(), to);
            row(name, GeneHeader + Dpm1.substr(0, 4) + "0\tENSG00" + Dpm1.substr(11) + changed, "", says);
        };
        with("R in percent", "0.068", "6.8", "`6.8` in column `PearsonRCAGE,adult,brain` lies outside -1..1");
        with("R of the head", "0.031", "-30", "`PearsonRfineTuned` lies outside -1..1");
        with("R is infinite", "0.068", "inf", "is not finite");
        with("p above 1", "0.373", "1.5", "`PvalueRfineTuned` lies outside 0..1");
        with("p above 1, as a logarithm", "1.501", "-3", "line 3");
        with("a negative spread", "0.02213", "-1", "`Rstdrandom` is negative");
        with("a mean of |R| above 1", "0.028", "2.8", "`RmeanRandom` lies outside 0..1");
        with("PrediXcan's R", "NaN", "31", "`PrediXcanR` lies outside -1..1");
        with("an infinite mean", "3.43", "-inf", "`MeanObs` is not finite");
        const auto main = [&](const char* name, const char* word) {
            row(name, GeneHeader + Dpm1, DriverHeader + driver("ENSG01", "1", "1", word, "1"),
                "neither True nor False");
        };
        main("neither true nor false", "yes");
        main("main driver not said", "NA");
        main("another number", "2");
        main("a number cut off", "0x");
        row("driver's gain is infinite", GeneHeader + Dpm1,
            DriverHeader + driver("ENSG01", "1", "inf", "True", "1"), "is not finite");
        row("driver of another gene", GeneHeader + Dpm1,
            DriverHeader + driver("ENSG99", "1", "1", "True", "1"), "ENSG99");
    }
    void faults() {
        QFETCH(QString, genes);
        QFETCH(QString, drivers);
        QFETCH(QString, says);
        const auto models = read(genes.toStdString(), drivers.toStdString());
        QVERIFY(!models);
        QVERIFY2(QString::fromStdString(models.error().message()).contains(says),
                 models.error().message().c_str());
    }
};

QTEST_GUILESS_MAIN(TestPublishedTables)
#include "tst_published_tables.moc"
