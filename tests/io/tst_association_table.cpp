// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of other programs: eQTL and fine-mapping results.
#include "io/association_table.h"

#include "io/files.h"
#include "support.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

using namespace diploscope;
using namespace diploscope::test;

namespace {

const std::string Nominal =
    "phenotype_id\tvariant_id\tstart_distance\taf\tma_samples\tma_count\tpval_nominal\tslope\tslope_se\n"
    "ENSG01.4\tchr1_101_A_G_b38\t5\t0.25\t3\t4\t0.001\t0.5\t0.1\n"
    "ENSG01.4\tchr1_102_C_T_b38\t6\t0.4\t3\t4\t0.2\t-0.75\t0.2\n"
    "ENSG01.4\trs77\t6\t0.4\t3\t4\t0.3\t0.25\t0.3\n"
    "ENSG02.1\tchr1_101_A_G_b38\t5\t0.25\t3\t4\t0.9\t0.125\t0.1\n";
const std::string Gtex =
    "variant_id\tgene_id\ttss_distance\tma_samples\tma_count\tmaf\tpval_nominal\tslope\tslope_se\t"
    "pval_nominal_threshold\tmin_pval_nominal\tpval_beta\n"
    "chr1_101_A_G_b38\tENSG01.4\t5\t3\t4\t0.1\t0.001\t0.5\t0.1\t1e-4\t1e-9\t1e-8\n";
const std::string Susie = "phenotype_id\tvariant_id\tpip\taf\tcs_id\nENSG01.4\tchr1_101_A_G\t0.75\t0.2\t1\n"
                          "ENSG01.4\t1:102:C:T\t0.25\t0.4\t2\n";
const std::string Catalogue =
    "molecular_trait_id\tgene_id\tcs_id\tvariant\trsid\tcs_size\tpip\tpvalue\tbeta\tse\tz\tcs_min_"
    "r2\tregion\n"
    "ENSG01\tENSG01\tENSG01_L1\tchr1_101_A_G\trs5\t2\t0.5\t1e-5\t0.4\t0.1\t4\t0.9\tchr1:1-9\n";

AssociationSite site(int64_t position, std::string_view ref, std::string_view alt, std::string_view effect,
                     std::string_view rsid = {}) {
    return {{"1", position, std::string(ref), std::string(alt)}, effect == ref, rsid};
}

constexpr int64_t LocusLength = 2000;

/// A reference of N that has the sites' REF where they stand, as that of a study does.
std::string referenceOf(const std::vector<AssociationSite>& sites) {
    std::string bases(LocusLength, 'N');
    for (const AssociationSite& site : sites)
        bases.replace(size_t(site.position), site.ref.size(), site.ref);
    return bases;
}

std::vector<std::optional<Association>> find(const AssociationTable& table, std::string_view gene,
                                             const std::vector<AssociationSite>& sites,
                                             const std::string& contig = "1") {
    return table.find(gene, sites, {contig, 0, LocusLength}, {referenceOf(sites), 0}).ofSite;
}

std::optional<Association> find(const AssociationTable& table, const AssociationSite& only,
                                const std::string& contig = "1") {
    return find(table, "ENSG01", std::vector{only}, contig).front();
}

} // namespace

class TestAssociationTable : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    Result<AssociationTable> read(const std::string& text, const std::vector<std::string>& genes = {}) {
        writeText(m_folder / "table.tsv", text);
        return AssociationTable::read(m_folder / "table.tsv", genes);
    }

private Q_SLOTS:
    /// No digit more and none less than the table has.
    void numbersStayWhatTheyAre() {
        const auto table = read("phenotype_id\tvariant_id\taf\tpval_nominal\tslope\tslope_se\n"
                                "ENSG01\tchr1_101_A_G_b38\t0.3\t1e-200\t0.1\t0.0123456789012345\n"
                                "ENSG01\tchr1_102_A_G_b38\t0.3\t0.5\t-1e-60\t1e60\n");
        DS_VERIFY(table);
        const auto found = find(*table, "ENSG01", {site(100, "A", "G", "G"), site(101, "A", "G", "A")});
        QCOMPARE(*found[0]->slope, 0.1);
        QCOMPARE(*found[0]->se, 0.0123456789012345);
        QCOMPARE(*found[0]->p, 1e-200);
        QCOMPARE(*found[0]->frequency, 0.3);
        QCOMPARE(*found[1]->slope, 1e-60);
        QCOMPARE(*found[1]->se, 1e60);
        QCOMPARE(*found[1]->frequency, 0.7);
        const auto sets =
            read("phenotype_id\tvariant_id\tpip\taf\tcs_id\nENSG01\tchr1_101_A_G\t0.7\t0.2\t1\n");
        DS_VERIFY(sets);
        QCOMPARE(*find(*sets, "ENSG01", {site(100, "A", "G", "G")})[0]->pip, 0.7);
    }

    void formatsAreToldByColumns_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("format");
        const auto row = [](const std::string& text, AssociationFormat format) {
            QTest::newRow(std::string(toText(format)).c_str()) << QString::fromStdString(text) << int(format);
        };
        row(Nominal, AssociationFormat::TensorQtlNominal);
        row(Gtex, AssociationFormat::GtexSignificant);
        row(Susie, AssociationFormat::TensorQtlSusie);
        row(Catalogue, AssociationFormat::EqtlCatalogueSusie);
    }
    void formatsAreToldByColumns() {
        QFETCH(QString, text);
        QFETCH(int, format);
        const auto table = read(text.toStdString());
        DS_VERIFY(table);
        QCOMPARE(int(table->format()), format);
        const auto found = find(*table, "ENSG01", {site(100, "A", "G", "G")});
        QVERIFY(found[0].has_value());
        if (table->format() == AssociationFormat::TensorQtlNominal ||
            table->format() == AssociationFormat::GtexSignificant) {
            QCOMPARE(*found[0]->slope, 0.5);
            QVERIFY(std::abs(*found[0]->se - 0.1) < 1e-7);
            QCOMPARE(*found[0]->p, 0.001);
            QVERIFY(!found[0]->pip);
        } else {
            QCOMPARE(*found[0]->pip, table->format() == AssociationFormat::TensorQtlSusie ? 0.75 : 0.5);
            QCOMPARE(found[0]->credibleSet,
                     std::string(table->format() == AssociationFormat::TensorQtlSusie ? "1" : "ENSG01_L1"));
        }
    }

    /// Slopes are for ALT: another effect allele, or REF and ALT the other way round, turns the sign; both do
    /// not.
    void effectsAreOfTheAskedAllele() {
        const auto table = read(Nominal);
        DS_VERIFY(table);
        QCOMPARE(*find(*table, site(100, "A", "G", "G"))->slope, 0.5);
        QCOMPARE(*find(*table, site(100, "A", "G", "A"))->slope, -0.5);
        QCOMPARE(*find(*table, site(100, "A", "G", "A"))->frequency, 0.75);
        QCOMPARE(*find(*table, site(100, "G", "A", "A"))->slope, -0.5);
        QCOMPARE(*find(*table, site(100, "G", "A", "G"))->slope, 0.5);
        QVERIFY(!find(*table, site(100, "A", "C", "C")));
        QCOMPARE(*find(*table, site(101, "C", "T", "T"), "chr1")->slope, -0.75); // `chr1` is 1
        QCOMPARE(*find(*table, site(500, "A", "C", "C", "rs77"))->slope, 0.25);
        QVERIFY(!find(*table, site(100, "A", "G", "G"), "2"));
        QCOMPARE(*find(*table, "ENSG02", {site(100, "A", "G", "G")})[0]->slope, 0.125);
        QVERIFY(!find(*table, "ENSG03", {site(100, "A", "G", "G")})[0]);
    }

    /// Each row of the locus is asked against the study's own alleles and the reference, and counted once.
    void rowsAreCountedByClass_data() {
        QTest::addColumn<QString>("variants");  // of the table, blanks between; their slopes are 1, 2
        QTest::addColumn<QString>("reference"); // at 101 and 102
        QTest::addColumn<QString>("words");
        QTest::addColumn<double>("slope"); // of the study's A>G at 101; 0: none
        const auto row = [](const char* name, const char* variants, const char* words, double slope,
                            const char* reference = "AA") {
            QTest::newRow(name) << variants << reference << words << slope;
        };
        const char* const refDiffers = "none; left out: 1 whose REF is not the reference's";
        row("as listed", "chr1_101_A_G", "1 as listed", 1);
        row("padded", "1:99:TTAC:TTGC", "1 as listed", 1);
        row("swapped", "1_101_G_A", "1 with REF and ALT swapped", -1);
        row("swapped, the reference has N", "1_101_G_A", "none; left out: 1 ambiguous", 0, "NN");
        row("swapped, the reference has neither", "1_101_G_A", "none; left out: 1 ambiguous", 0, "CA");
        row("the other strand", "1_101_T_C", refDiffers, 0);
        row("the other strand, swapped", "1_101_C_T", refDiffers, 0);
        row("other ALT", "1_101_A_C", "none; left out: 1 of other alleles", 0);
        row("other REF", "1_101_C_G", refDiffers, 0);
        row("palindromic, as listed", "1_102_A_T", "1 as listed", 0);
        row("palindromic, swapped", "1_102_T_A", "none; left out: 1 ambiguous", 0);
        row("an indel", "1_101_A_AC", "none; left out: 1 of other alleles", 0);
        row("no variant of the study", "1_500_A_C", "none; left out: 1 not among the study's SNVs", 0);
        row("twice", "1_101_A_G 1_101_G_A", "1 as listed; left out: 1 of variants told before", 1);
        row("by rsid", "rs1", "1 by rsid, alleles not told", 1);
        row("by rsid and place", "rs1 1_101_G_A",
            "1 with REF and ALT swapped; left out: 1 of variants told before", -2);
        row("an rsid of two variants", "rs2", "none; left out: 1 ambiguous", 0);
        row("an rsid that the study lacks", "rs9", "none", 0);
        row("elsewhere", "2_101_A_G 1_2001_A_G", "none", 0);
        row("nowhere", "1_4611686018427387904_A_G", "none", 0);
    }
    void rowsAreCountedByClass() {
        QFETCH(QString, variants);
        QFETCH(QString, reference);
        QFETCH(QString, words);
        QFETCH(double, slope);
        std::string text = "phenotype_id\tvariant_id\tpval_nominal\tslope\tslope_se\n";
        int own = 0;
        for (const QString& variant : variants.split(QLatin1Char(' ')))
            text += "ENSG01\t" + variant.toStdString() + "\t0.5\t" + std::to_string(++own) + "\t1\n";
        const auto table = read(text);
        DS_VERIFY(table);
        std::string bases(LocusLength, 'N');
        bases.replace(100, 2, reference.toStdString());
        const auto matches = table->find("ENSG01",
                                         {site(100, "A", "G", "G", "rs1"), site(101, "A", "T", "T"),
                                          site(700, "A", "C", "C", "rs2"), site(700, "A", "G", "G", "rs2")},
                                         {"chr1", 0, LocusLength}, {bases, 0});
        QCOMPARE(QString::fromStdString(inWords(matches.counts)), words);
        const auto& first = matches.ofSite.front();
        QCOMPARE(first ? first->slope.value_or(0) : 0.0, slope);
    }

    /// A region need not begin where its contig does.
    void basesAreOfTheRegion() {
        const auto table = read(Nominal);
        DS_VERIFY(table);
        const auto of = [&](const Region& region, const std::string& bases) {
            return table->find("ENSG01", {site(100, "G", "A", "A")}, region, {bases, region.start}).counts;
        };
        QCOMPARE(of({"1", 98, 103}, "NNGCN").swapped, int64_t{1});
        std::string beforeContig(104, 'N');
        beforeContig.back() = 'G';
        QCOMPARE(of({"1", -3, 101}, beforeContig).swapped, int64_t{1});
        QCOMPARE(of({"1", 101, 103}, "CN").absent, int64_t{1}); // 102, which alone lies there
        QCOMPARE(of({"1", 101, 103}, "GN").referenceDiffers, int64_t{1});
    }

    /// Of one change that can be written in several ways the leftmost one is its name (METHODS 14).
    void indelsAreLeftAligned_data() {
        QTest::addColumn<QString>("variant");
        QTest::addColumn<QString>("words");
        QTest::addColumn<double>("insertion"); // of A>AT at 101; 0: none
        QTest::addColumn<double>("deletion");  // of AT>A there
        const auto row = [](const char* name, const char* variant, const char* words, double insertion,
                            double deletion) {
            QTest::newRow(name) << variant << words << insertion << deletion;
        };
        row("deletion, leftmost", "1_101_AT_A", "1 as listed", 0, 1);
        row("deletion within the run", "1_103_TT_T", "1 as listed", 0, 1);
        row("deletion at its end", "1_105_TC_C", "1 as listed", 0, 1);
        row("insertion, leftmost", "1_101_A_AT", "1 as listed", 1, 0);
        row("insertion at its end", "1_105_T_TT", "1 as listed", 1, 0);
        row("of both bases", "1_105_T_TTT", "none; left out: 1 of other alleles", 0, 0);
        // REF is TC there, so that TT can be no deletion. Within the run it is one.
        row("insertion, swapped", "1_105_TT_T", "1 with REF and ALT swapped", -1, 0);
        row("behind the run", "1_106_C_CT", "none; left out: 1 not among the study's SNVs", 0, 0);
    }
    void indelsAreLeftAligned() {
        QFETCH(QString, variant);
        QFETCH(QString, words);
        QFETCH(double, insertion);
        QFETCH(double, deletion);
        const auto table = read("phenotype_id\tvariant_id\tpval_nominal\tslope\tslope_se\nENSG01\t" +
                                variant.toStdString() + "\t0.5\t1\t1\n");
        DS_VERIFY(table);
        std::string bases(LocusLength, 'N');
        bases.replace(99, 7, "GATTTTC");
        // Also of a region behind whose end the row is written.
        for (const int64_t end : {LocusLength, int64_t{101}}) {
            const auto matches = table->find(
                "ENSG01", {site(100, "A", "AT", "AT"), site(100, "AT", "A", "A")}, {"1", 0, end}, {bases, 0});
            const auto slope = [&](size_t i) {
                return matches.ofSite[i] ? matches.ofSite[i]->slope.value_or(0) : 0.0;
            };
            QCOMPARE(slope(0), end == LocusLength || !words.contains("swapped") ? insertion : 0.0);
            QCOMPARE(slope(1), deletion);
            if (end == LocusLength) {
                QCOMPARE(QString::fromStdString(inWords(matches.counts)), words);
            }
        }
    }

    /// FORMATS 1: 23 and 25 are X where nothing else is, and the others are named as PLINK does.
    void plinksNumbers() {
        const std::string header = "phenotype_id\tvariant_id\tpip\taf\tcs_id\n";
        const auto row = [](const char* variant, const char* pip) {
            return std::string("ENSG01\t") + variant + "\t" + pip + "\t0.1\t1\n";
        };
        const auto pips = [&](const std::string& rows, const std::string& contig) {
            const auto table = read(header + rows);
            const auto found =
                find(table.value(), "ENSG01", {site(100, "A", "G", "G"), site(101, "A", "G", "G")}, contig);
            QList<double> told;
            for (const auto& one : found)
                told.append(one ? *one->pip : 0);
            return told;
        };
        const std::string plink = row("22:101:A:G", "0.1") + row("23:101:A:G", "0.2") +
                                  row("25:102:A:G", "0.3") + row("24:101:A:G", "0.4");
        QCOMPARE(pips(plink, "chrX"), (QList<double>{0.2, 0.3}));
        QCOMPARE(pips(plink, "Y"), (QList<double>{0.4, 0}));
        QCOMPARE(pips(plink, "22"), (QList<double>{0.1, 0}));
        QCOMPARE(pips(row("X:101:A:G", "0.5") + row("23:102:A:G", "0.6"), "X"), (QList<double>{0.5, 0}));
        QCOMPARE(pips(row("23:101:A:G", "0.7") + row("38:101:A:G", "0.8"), "X"), (QList<double>{0, 0}));
        QCOMPARE(pips(row("X:101:A:G", "0.9"), "23"), (QList<double>{0.9, 0}));
    }

    void placesAreSorted() {
        const auto table = read(Nominal + "ENSG02.1\tchr10_7_A_G_b38\t5\t0.25\t3\t4\t0.9\t0.125\t0.1\n");
        DS_VERIFY(table);
        const auto places = table->places(); // each once, whatever its genes; rsids have none
        QCOMPARE(places.size(), size_t{3});
        for (size_t i = 0; i < places.size(); ++i) {
            QCOMPARE(std::string(places[i].contig), std::string(i < 2 ? "1" : "10"));
            QCOMPARE(places[i].position, i < 2 ? int64_t(100 + i) : int64_t{6});
            QCOMPARE(std::string(places[i].ref), std::string(i == 1 ? "C" : "A"));
        }
    }

    /// Of exons and transcripts the eQTL Catalogue names the gene in a column of its own.
    void traitsOfAGene() {
        const std::string exons =
            "molecular_trait_id\tgene_id\tcs_id\tvariant\trsid\tpip\tpvalue\tbeta\tse\n"
            "ENSG01.3_1_5000_5200\tENSG01\tx_L1\tchr1_101_A_G\trs5\t0.5\t1e-5\t0.4\t0.1\n";
        const auto table = read(exons, {"ENSG01"});
        DS_VERIFY(table);
        QCOMPARE(table->rowsKept(), int64_t{1});
        QCOMPARE(*find(*table, "ENSG01", {site(100, "A", "G", "G")})[0]->pip, 0.5);
    }

    void separatorsAndQuotes() {
        std::string commas = Susie;
        std::replace(commas.begin(), commas.end(), '\t', ',');
        std::string trailing, quoted;
        for (const char c : Susie) {
            trailing += c == '\n' ? std::string("\t\n") : std::string(1, c);
            quoted += c == '\n' || c == '\t' ? std::string("\"") + c + "\"" : std::string(1, c);
        }
        quoted = "\"" + quoted.substr(0, quoted.size() - 1);
        for (const std::string& text : {commas, trailing, quoted}) {
            const auto table = read(text, {"ENSG01"});
            DS_VERIFY(table);
            QCOMPARE(table->rowsKept(), int64_t{2});
            QCOMPARE(*find(*table, "ENSG01", {site(101, "C", "T", "T")})[0]->pip, 0.25);
        }
        const auto longer = read(Susie + "ENSG01\tchr1_103_A_G\t0.1\t0.2\t1\t7\n");
        QVERIFY(!longer);
        QVERIFY2(longer.error().what.find("`cs_id`; the row is `ENSG01`") != std::string::npos,
                 longer.error().what.c_str());
        QVERIFY(longer.error().where.find("line 4") != std::string::npos);
    }

    void checksByHeadAlone() {
        writeText(m_folder / "t.tsv", Susie);
        DS_VERIFY(checkAssociationTable(m_folder / "t.tsv", true));
        QCOMPARE(checkAssociationTable(m_folder / "t.tsv", false).error().kind, ErrorKind::Mismatch);
        writeText(m_folder / "t.tsv", "<html>404</html>\n");
        QCOMPARE(checkAssociationTable(m_folder / "t.tsv", true).error().kind, ErrorKind::BadInput);
        writeText(m_folder / "t.tsv", Susie.substr(0, Susie.find('\n') + 1));
        QVERIFY(checkAssociationTable(m_folder / "t.tsv", true).error().what.find("no row") !=
                std::string::npos);
    }

    void onlyWantedGenesAreKept() {
        const auto table = read(Nominal, {"ENSG02"});
        DS_VERIFY(table);
        QCOMPARE(table->rowsRead(), int64_t{4});
        QCOMPARE(table->rowsKept(), int64_t{1});
        QVERIFY(!table->hasGene("ENSG01"));
    }

    void compressedAndWindowsLines() {
        std::string windows;
        for (const char c : Susie)
            windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
        writeThrough("gzip", m_folder / "table.tsv.gz", windows);
        const auto table = AssociationTable::read(m_folder / "table.tsv.gz");
        DS_VERIFY(table);
        QCOMPARE(find(*table, "ENSG01", {site(101, "C", "T", "T")})[0]->credibleSet, std::string("2"));
    }

    void faults_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("other table") << "a\tb\n1\t2\n"
                                     << "columns";
        QTest::newRow("empty") << ""
                               << "empty";
        QTest::newRow("column missing")
            << "phenotype_id\tvariant_id\tpval_nominal\tslope_se\nENSG01\tchr1_1_A_G\t0.1\t1\n"
            << "columns";
        QTest::newRow("last line cut") << QString::fromStdString(Nominal).chopped(60) << "8 columns, but";
        QTest::newRow("p above 1") << QString::fromStdString(Nominal) +
                                          "ENSG01\tchr1_1_A_G\t1\t0.1\t1\t1\t1.5\t1\t1\n"
                                   << "0..1";
        QTest::newRow("negative error")
            << QString::fromStdString(Nominal) + "ENSG01\tchr1_1_A_G\t1\t0.1\t1\t1\t0.5\t1\t-1\n"
            << "negative";
        QTest::newRow("frequency in percent")
            << QString::fromStdString(Nominal) + "ENSG01\tchr1_1_A_G\t1\t31\t1\t1\t0.5\t1\t1\n"
            << "`31` in column `af` lies outside 0..1";
        QTest::newRow("infinite slope")
            << QString::fromStdString(Nominal) + "ENSG01\tchr1_1_A_G\t1\t0.1\t1\t1\t0.5\tinf\t1\n"
            << "`inf` in column `slope` is not finite";
        QTest::newRow("infinite error")
            << QString::fromStdString(Nominal) + "ENSG01\tchr1_1_A_G\t1\t0.1\t1\t1\t0.5\t1\tinf\n"
            << "is not finite";
        QTest::newRow("no row") << "phenotype_id\tvariant_id\tpip\taf\tcs_id\n"
                                << "no row";
        QTest::newRow("ragged row") << QString::fromStdString(Susie) + "ENSG01\tchr1_1_A_G\t0.1\n"
                                    << "line 4";
        QTest::newRow("text for a number")
            << QString::fromStdString(Susie) + "ENSG01\tchr1_1_A_G\thigh\t0.1\t1\n"
            << "`high`";
        QTest::newRow("PIP above 1") << QString::fromStdString(Susie) + "ENSG01\tchr1_1_A_G\t7\t0.1\t1\n"
                                     << "0..1";
    }
    void faults() {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const auto table = read(text.toStdString());
        QVERIFY(!table);
        QCOMPARE(table.error().kind, ErrorKind::BadInput);
        QVERIFY2(QString::fromStdString(table.error().message()).contains(says),
                 table.error().message().c_str());
    }

    /// Genes in turns, positions in any order, a pair that stands twice: the first counts.
    void unsortedRows() {
        const std::string header = Susie.substr(0, Susie.find('\n') + 1);
        const auto table =
            read(header + "ENSG02\tchr1_300_A_G\t0.1\t0.1\t1\nENSG01\tchr1_200_A_G\t0.2\t0.1\t1\n"
                          "ENSG02\tchr1_100_A_G\t0.3\t0.1\t1\nENSG01\tchr1_100_A_G\t0.4\t0.1\t1\n"
                          "ENSG01\tchr1_100_A_G\t0.9\t0.1\t1\n");
        DS_VERIFY(table);
        QCOMPARE(table->geneCount(), size_t{2});
        const std::vector<AssociationSite> sites{site(99, "A", "G", "G"), site(199, "A", "G", "G"),
                                                 site(299, "A", "G", "G")};
        const auto first = find(*table, "ENSG01", sites), second = find(*table, "ENSG02", sites);
        QVERIFY(std::abs(*first[0]->pip - 0.4) < 1e-6 && std::abs(*first[1]->pip - 0.2) < 1e-6 && !first[2]);
        QVERIFY(std::abs(*second[0]->pip - 0.3) < 1e-6 && !second[1] &&
                std::abs(*second[2]->pip - 0.1) < 1e-6);
    }

    void someVariantsAreSpread() {
        std::string text = Susie;
        for (int i = 0; i < 100; ++i)
            text +=
                "ENSG01\t" + (i == 7 ? "rs7" : "1_" + std::to_string(1000 + i) + "_AT_G") + "\t0.1\t0.1\t1\n";
        const auto table = read(text);
        DS_VERIFY(table);
        const auto some = table->someVariants(10);
        QVERIFY(some.size() >= 9 && some.size() <= 10);
        QVERIFY(some.back().position > 1080);
        QCOMPARE(some.back().contig, std::string("1"));
        QCOMPARE(some.back().ref, std::string("AT"));
        QCOMPARE(some.back().alt, std::string("G"));
        QVERIFY(table->someVariants(1000).size() == 101); // all but the rsid
    }

    /// 400,000 rows of genes that nobody asked for cost time, not memory.
    void hugeTable() {
        std::string text = Nominal;
        for (int i = 0; i < 400'000; ++i)
            text += "ENSG" + std::to_string(10 + i % 900) + "\tchr1_" + std::to_string(i) +
                    "_A_G_b38\t5\t0.25\t3\t4\t0.5\t0.5\t0.1\n";
        const auto table = read(text, {"ENSG01"});
        DS_VERIFY(table);
        QCOMPARE(table->rowsRead(), int64_t{400'004});
        QCOMPARE(table->rowsKept(), int64_t{3});
        std::stop_source stop;
        stop.request_stop();
        const auto stopped = AssociationTable::read(m_folder / "table.tsv", {}, {stop.get_token(), {}, {}});
        QVERIFY(!stopped && stopped.error().kind == ErrorKind::Cancelled);
    }

    void cutOffFile() {
        std::string text = Susie;
        for (int i = 0; i < 5000; ++i)
            text += fmt::format("ENSG01\tchr1_{}_A_G\t0.1\t0.1\t1\n", i + 1000);
        writeThrough("gzip", m_folder / "cut.tsv.gz", text);
        cutTo(m_folder / "cut.tsv.gz", -100);
        const auto table = AssociationTable::read(m_folder / "cut.tsv.gz");
        QVERIFY(!table && table.error().kind == ErrorKind::BadInput);
    }
};

QTEST_GUILESS_MAIN(TestAssociationTable)
#include "tst_association_table.moc"
