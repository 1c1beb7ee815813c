// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/haplotype_reads.h"

#include "analysis/genome_run.h"
#include "analysis/made_study.h"
#include "analysis/report_columns.h"
#include "analysis/side_tables.h"
#include "stats/reference_json.h"
#include "study/study_identity.h"

using namespace diploscope;
using namespace diploscope::test;

namespace {

/// Of gene A. HG2 and HG6 carry all SNVs on the second haplotype, HG3 on the first, HG4 on both.
const std::string Counts = "name\tHG2\tHG3\tHG4\tHG5\tHG6\nENSG01.2\t30|10\t5|40\t20|20\t3|2\t12|9\n";

} // namespace

/// METHODS 19: reads by haplotype beside what a model says of each.
class TestHaplotypeReads : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    SmallStudy m_small;
    StudyCheck m_check;
    std::shared_ptr<const ExternalTables> m_tables;

    void name(const std::vector<std::string>& tables) {
        std::string files;
        for (size_t i = 0; i < tables.size(); ++i) {
            const std::string file = "counts" + std::to_string(i) + ".tsv";
            writeText(m_folder / file, tables[i]);
            files += (i == 0 ? "\"" : ", \"") + file + "\"";
        }
        m_small.extra += ", \"haplotype_counts\": [" + files + "]";
    }
    Result<std::shared_ptr<const GeneReport>> analysed() {
        m_check = openStudy(m_small.write(m_folder));
        if (!m_check.study)
            return fail(m_check.problems.front());
        AnalysisOptions options;
        options.thresholds.minimumGain = 0.01;
        DS_ASSIGN(options.external, readExternalTables(*m_check.study));
        m_tables = options.external;
        return analyzeGene(*m_check.study, m_check.study->genes().front(), std::make_shared<Linear>(),
                           nullptr, options, {});
    }
    /// "HG2 30|10, HG3 5|40" of those with reads
    static QString readsOf(const GeneReport& report) {
        QStringList reads;
        for (const PersonResult& person : report.people)
            if (person.reads)
                reads << QStringLiteral("%1 %2|%3")
                             .arg(QString::fromStdString(person.sample))
                             .arg(person.reads->first)
                             .arg(person.reads->second);
        return reads.join(QStringLiteral(", "));
    }

private Q_SLOTS:
    void init() { m_small = {}; }

    void reportsHaveThem() {
        name({Counts});
        const auto report = analysed();
        DS_VERIFY(report);
        QCOMPARE(readsOf(**report), QStringLiteral("HG2 30|10, HG3 5|40, HG4 20|20, HG5 3|2, HG6 12|9"));
        QVERIFY((*report)->allelic.has_value());
        const AllelicImbalance& found = *(*report)->allelic;
        QCOMPARE(found.n, int64_t{4}); // HG5 has five reads
        QCOMPARE((*report)->unusedReads.tooFew, int64_t{1});
        // By hand: what all SNVs add up to in one haplotype, here and there, is what the copies differ by.
        double sum = 0;
        for (const VariantResult& variant : (*report)->variants)
            sum += variant.ism;
        QVERIFY(std::abs(sum) > 1e-3);
        const std::vector<double> x{std::log2(30.5 / 10.5), std::log2(5.5 / 40.5), 0, std::log2(12.5 / 9.5)};
        const std::vector<double> y{-sum, sum, 0, -sum};
        double xy = 0, xx = 0, yy = 0;
        for (size_t i = 0; i < x.size(); ++i) {
            xy += x[i] * y[i];
            xx += x[i] * x[i];
            yy += y[i] * y[i];
        }
        DS_COMPARE_OPTIONAL(found.r, std::optional(xy / std::sqrt(xx * yy)), 1e-12, 0);
        QCOMPARE(found.decided, int64_t{3});
        QCOMPARE(found.agreeing, int64_t(sum < 0 ? 3 : 0));
        // All drivers are carried by the same copies: what reads say of them is the same.
        QVERIFY(!(*report)->drivers.empty());
        for (const DriverResult& driver : (*report)->drivers) {
            QCOMPARE(driver.allelic.n, int64_t{3});
            DS_COMPARE_OPTIONAL(driver.allelic.mean, std::optional((-x[0] + x[1] - x[3]) / 3), 1e-12, 0);
        }
        const GeneRow row = rowOf(**report);
        QCOMPARE(row.allelicR, found.r);
        QCOMPARE(row.allelicPeople, std::optional(4.0));
        QCOMPARE(row.drivers.front().allelicChange, (*report)->drivers.front().allelic.mean);
    }

    void othersHaveNoSuchColumns() {
        const auto without = analysed();
        DS_VERIFY(without);
        const ReportColumn& column = columnNamed(personColumns(), "hap1_reads");
        QVERIFY(!column.isIn(**without) && !(*without)->allelic);
        QVERIFY(!rowOf(**without).allelicPeople);
        const auto before = studyIdentity(*m_check.study);
        QVERIFY(before->find("haplotype_counts") == std::string::npos);
        name({Counts});
        const auto with = analysed();
        DS_VERIFY(with);
        QVERIFY(column.isIn(**with));
        QVERIFY(*studyIdentity(*m_check.study) != *before);
    }

    void peopleAreNamedAsInTheExpression() {
        for (const char* person : {"HG2", "HG3", "HG4", "HG5", "HG6"})
            m_small.expression.replace(m_small.expression.find(person), 3, std::string("RNA") + person[2]);
        for (const char* person : {"2", "3", "4", "5", "6"})
            m_small.sampleMap += std::string("HG") + person + "\tRNA" + person + "\n";
        name({"name\tRNA3\tHG2\nENSG01\t5|40\t30|10\n"});
        const auto report = analysed();
        DS_VERIFY(report);
        QCOMPARE(readsOf(**report), QStringLiteral("HG2 30|10, HG3 5|40"));
    }

    /// Which copy is the first one is not known without phase.
    void whoHasNoPhaseIsLeftOut() {
        m_small.genotypeRow = "0|0\t0|1\t1/0\t1|1\t0|0\t0|1";
        m_small.extra = R"(, "options": {"unphased": "as-listed"})";
        name({Counts});
        const auto report = analysed();
        DS_VERIFY(report);
        QCOMPARE(readsOf(**report), QStringLiteral("HG2 30|10, HG4 20|20, HG5 3|2, HG6 12|9"));
        QCOMPARE((*report)->unusedReads.withoutPhase, int64_t{1});
        QCOMPARE((*report)->allelic->n, int64_t{3});
    }

    /// Nor over a window of several phase sets.
    void whoHasSeveralPhaseSetsIsLeftOut() {
        const auto record = [this](int position, const char* calls) {
            const char ref = m_small.bases[size_t(position - 1)];
            return "22\t" + std::to_string(position) + "\t.\t" + ref + "\t" + (ref == 'A' ? "C" : "A") +
                   "\t.\tPASS\t.\tGT:PS\t0|0:1\t" + calls + "\t1|1:1\t0|0:1\t0|1:1\n";
        };
        m_small.genotypes = "##fileformat=VCFv4.2\n##contig=<ID=22>\n"
                            "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n"
                            "##FORMAT=<ID=PS,Number=1,Type=Integer,Description=\"p\">\n"
                            "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t" +
                            m_small.people + "\n" + record(20'000, "0|1:1\t1|0:1") +
                            record(20'500, "0|1:1\t1|0:2");
        name({Counts});
        const auto report = analysed();
        DS_VERIFY(report);
        QCOMPARE(readsOf(**report), QStringLiteral("HG2 30|10, HG4 20|20, HG5 3|2, HG6 12|9"));
        QCOMPARE((*report)->unusedReads.withoutPhase, int64_t{1});
    }

    /// A name that another gene of the annotation has, too, may mean that one, whether the study has it or
    /// not.
    void ambiguousNamesAreNobodys() {
        m_small.annotation += SmallStudy::gtf("ENSG08.1", "GENEA", "chr22", 90'001, 91'000, '+');
        name({"name\tHG2\nGENEA\t1|9\nENSG01\t30|10\nGENEB\t4|4\n"});
        const auto report = analysed();
        DS_VERIFY(report);
        QCOMPARE(readsOf(**report), QStringLiteral("HG2 30|10"));
        QCOMPARE(m_tables->reads->tables().front().genes, int64_t{2});
    }

    void tablesOfOtherPeopleJoin() {
        name({"name\tHG2\tHG3\nENSG01\t30|10\t5|40\n", "name\tHG4\nGENEA\t20|20\n"});
        const auto report = analysed();
        DS_VERIFY(report);
        QCOMPARE(readsOf(**report), QStringLiteral("HG2 30|10, HG3 5|40, HG4 20|20"));
        QVERIFY((*report)->leftOut.empty());
    }

    /// phASER writes a table a person.
    void manyTablesAreOneNote() {
        std::vector<std::string> tables;
        for (const char* person : {"HG1", "HG2", "HG3", "HG4", "HG5", "HG6"})
            tables.push_back(std::string("name\taCount\tbCount\tgw_phased\tbam\nENSG01\t9\t7\t1\t") + person +
                             "\n");
        tables[0] = "name\taCount\tbCount\tgw_phased\tbam\nENSG03\t9\t7\t1\tHG2\nENSG01\t9\t7\t0\tHG2\n";
        name(tables);
        const auto report = analysed();
        DS_VERIFY(report);
        QCOMPARE(readsOf(**report), QStringLiteral("HG2 9|7, HG3 9|7, HG4 9|7, HG5 9|7, HG6 9|7"));
        QVERIFY((*report)->leftOut.empty());
        DS_VERIFY(checkSideTables(m_check));
        int notes = 0;
        for (const StudyNote& note : m_check.notes)
            if (note.topic == "reads") {
                ++notes;
                QCOMPARE(note.items.size(), size_t{6});
                QVERIFY2(note.text.starts_with(
                             "6 tables of counts, of 5 of the study's 5 people. 1 count is left out"),
                         note.text.c_str());
            }
        QCOMPARE(notes, 1);
    }

    void whatCannotBeUsedIsLeftOut_data() {
        QTest::addColumn<QString>("table");
        QTest::addColumn<QString>("what");
        QTest::newRow("told before") << "name\tHG3\tHG4\nENSG01\t1|40\t20|20\n"
                                     << "An earlier table has counts of GENEA in HG3, too.";
        QTest::newRow("no gene") << "name\tHG4\nENSG77\t20|20\n"
                                 << "None of its 1 rows is of a gene of the study.";
        QTest::newRow("nobody") << "name\tNA1\tNA2\nENSG01\t20|20\t3|4\n"
                                << "None of its people (`NA1` and `NA2`) is one of the study";
        QTest::newRow("damaged") << "name\tHG4\nENSG01\t20|20\nENSG02\tmany\n"
                                 << "`many` of HG4 are no counts of two haplotypes.";
    }
    void whatCannotBeUsedIsLeftOut() {
        QFETCH(QString, table);
        QFETCH(QString, what);
        name({"name\tHG2\tHG3\nENSG01\t30|10\t5|40\n", table.toStdString()});
        const auto report = analysed();
        DS_VERIFY(report);
        QCOMPARE(readsOf(**report), QStringLiteral("HG2 30|10, HG3 5|40"));
        QCOMPARE((*report)->leftOut.size(), size_t{1});
        const std::string found = (*report)->leftOut.front().what;
        QVERIFY2(QString::fromStdString(found).startsWith(what), found.c_str());
        QVERIFY((*report)->leftOut.front().where.find("counts1.tsv") != std::string::npos);
        DS_VERIFY(checkSideTables(m_check));
        QCOMPARE(m_check.leftOut.size(), size_t{1});
    }

    void checkTellsOfThem() {
        name({"name\taCount\tbCount\tgw_phased\tbam\nENSG01\t30\t10\t1\tHG2\nENSG01\t3\t10\t0\tHG3\n"});
        DS_VERIFY(analysed());
        DS_VERIFY(checkSideTables(m_check));
        const auto note = std::find_if(m_check.notes.begin(), m_check.notes.end(),
                                       [](const StudyNote& one) { return one.topic == "reads"; });
        QVERIFY(note != m_check.notes.end());
        QCOMPARE(note->text,
                 std::string("counts0.tsv: counts of 1 gene and of 2 of the study's 5 people. 1 count "
                             "is left out: its phase is not that of the genotypes (`gw_phased` 0)."));
    }
};

QTEST_GUILESS_MAIN(TestHaplotypeReads)
#include "tst_haplotype_reads.moc"
