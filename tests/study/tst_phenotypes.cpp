// SPDX-License-Identifier: GPL-3.0-or-later
// Phenotypes that are no genes: rows that are placed by their own coordinates.
#include "study/study_check.h"
#include "study/study_identity.h"
#include "table_file.h"

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

constexpr const char* Header = "#chr\tstart\tend\tphenotype_id\tHG2\tHG3\tHG4\n";

/// A study without an annotation whose table holds these rows, behind `header`.
SmallStudy peaks(const std::string& rows, const std::string& header = Header) {
    SmallStudy small;
    small.expression = header + rows;
    small.extra = R"(, "phenotypes": "atac")";
    return small;
}

/// Written without the key `annotation`. \return the study file
fs::path writeUnannotated(const SmallStudy& small, const TemporaryFolder& folder) {
    const fs::path file = small.write(folder);
    fs::remove(folder / "genes.gtf");
    writeText(file, replaced(fileContent(file).toStdString(), R"("annotation": "genes.gtf",)", ""));
    return file;
}

StudyCheck checkOf(const SmallStudy& small) {
    const TemporaryFolder folder;
    return openStudy(writeUnannotated(small, folder));
}

const Gene& geneOf(const StudyCheck& check, const std::string& name) {
    const auto found = check.study->findGene(name);
    if (!found)
        qFatal("%s", found.error().message().c_str());
    return (*found)->gene;
}

} // namespace

class TestPhenotypes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { keepCachesIn(m_cache); }

    /// Rows from 0, behind the last base; of an even number of bases the right one of the middle two.
    void centreOfTheRow_data() {
        QTest::addColumn<int>("start");
        QTest::addColumn<int>("end");
        QTest::addColumn<int>("centre"); // 0-based
        QTest::newRow("one base") << 20'000 << 20'001 << 20'000;
        QTest::newRow("a CpG") << 20'000 << 20'002 << 20'001;
        QTest::newRow("three bases") << 20'000 << 20'003 << 20'001;
        QTest::newRow("a peak") << 20'000 << 20'501 << 20'250;
        QTest::newRow("odd start, even length") << 20'001 << 20'501 << 20'251;
        QTest::newRow("first base of the contig") << 0 << 1 << 0;
        QTest::newRow("huge") << 10'000 << 90'000 << 50'000;
    }
    void centreOfTheRow() {
        QFETCH(int, start);
        QFETCH(int, end);
        QFETCH(int, centre);
        const StudyCheck check = checkOf(
            peaks("chr22\t" + std::to_string(start) + "\t" + std::to_string(end) + "\tp1\t1\t2\t3\n"));
        QVERIFY2(check.study, allOf(check).c_str());
        QCOMPARE(check.study->genes().size(), size_t(1));
        const Gene& peak = check.study->genes().front().gene;
        QCOMPARE(peak.tss(), int64_t(centre));
        QCOMPARE(peak.id, std::string("p1"));
        QCOMPARE(peak.name, std::string("p1"));
        QCOMPARE(peak.type, std::string("atac"));
        QVERIFY(peak.strand == Strand::Forward);
        QVERIFY(peak.region == (Region{"22", start, end})); // the reference's name
        QCOMPARE(noteOf(check, "contigs", "The table of phenotypes names contigs otherwise") != nullptr,
                 true);
        // That many bases are not all read is told, and only then.
        QCOMPARE(noteOf(check, "phenotypes", "longer than 10000 bp") != nullptr, end - start > 10'000);
        QVERIFY(check.study->annotation().genes().empty());
    }

    /// The model reads round the centre, and each row's values are its own.
    void windowAndValues() {
        const TemporaryFolder folder;
        const StudyCheck check = openStudy(writeUnannotated(
            peaks("22\t60000\t60100\tlate\t1\t2\t3\n22\t20000\t20007\tearly\t4\t5\t6\n"), folder));
        QVERIFY2(check.study, allOf(check).c_str());
        QCOMPARE(check.study->genes().front().gene.name, std::string("early")); // in genome order
        QCOMPARE(check.study->observed(check.study->genes().front()).value()[0], 4.0);
        const auto window = check.study->window(geneOf(check, "early"), {1000, 300, StrandRule::Gene});
        DS_VERIFY(window);
        QCOMPARE(window->region.start, int64_t(20'003 - 300));
        QCOMPARE(window->region.end, int64_t(20'003 + 700));
        QCOMPARE(window->geneId, std::string("early"));
        QCOMPARE(window->geneName, std::string("early"));
    }

    /// Only a column of strands says of one; an id that holds a sign is not asked.
    void strands() {
        const StudyCheck none = checkOf(peaks("22\t20000\t20010\tENST1.2|GENEA|chr22|-\t1\t2\t3\n"));
        QVERIFY2(none.study, allOf(none).c_str());
        QVERIFY(none.study->genes().front().gene.strand == Strand::Forward);
        QVERIFY(noteOf(none, "phenotypes", "all read on the forward strand") != nullptr);
        const StudyCheck some = checkOf(peaks("22\t20000\t20010\ta\tg\t+\t1\t2\t3\n"
                                              "22\t30000\t30010\tb\tg\t-\t1\t2\t3\n"
                                              "22\t40000\t40010\tc\tg\t.\t1\t2\t3\n",
                                              "#Chr\tstart\tend\tpid\tgid\tstrand\tHG2\tHG3\tHG4\n"));
        QVERIFY2(some.study, allOf(some).c_str());
        QVERIFY(geneOf(some, "a").strand == Strand::Forward);
        QVERIFY(geneOf(some, "b").strand == Strand::Reverse);
        QVERIFY(geneOf(some, "c").strand == Strand::Forward);
        QCOMPARE(geneOf(some, "b").tss(), int64_t(30'005)); // the centre, whichever strand is read
        QVERIFY(noteOf(some, "phenotypes", "1 on the reverse strand") != nullptr);
    }

    /// What genes are told of is not told of rows that are none, and what is left out is counted.
    void leftOutAndTold() {
        const StudyCheck check = checkOf(peaks("22\t20000\t20010\tgood\t1\t2\t3\n"
                                               "22\t30000\t30000\tempty\t1\t2\t3\n"
                                               "X\t500\t900\telsewhere\t1\t2\t3\n"
                                               "22\t300000\t300010\tbeyond\t1\t2\t3\n"
                                               "22\t40000\t40010\tflat\t2\t2\t2\n"));
        QVERIFY2(check.study, allOf(check).c_str());
        QCOMPARE(check.study->genes().size(), size_t(2));
        QVERIFY(noteOf(check, "phenotypes",
                       "1 phenotype of no base (start = end), left out: `empty (22:30000-30000)`") !=
                nullptr);
        QVERIFY(noteOf(check, "phenotypes", "1 phenotype on contigs that the reference lacks") != nullptr);
        QVERIFY(noteOf(check, "phenotypes", "1 phenotype beyond the end of their contig") != nullptr);
        QVERIFY(noteOf(check, "expression", "1 phenotype with the same value in all people") != nullptr);
        for (const StudyNote& note : check.notes) {
            QVERIFY2(note.topic != "genes" && note.topic != "gene ids", note.text.c_str());
            QVERIFY2(note.text.find("gene") == std::string::npos || note.topic == "genotypes",
                     note.text.c_str());
        }
        const auto lacking = check.study->findGene("elsewhere");
        QVERIFY(!lacking);
        QVERIFY2(lacking.error().what.find("phenotype") != std::string::npos, lacking.error().what.c_str());
        const auto unknown = check.study->findGene("god");
        QVERIFY(!unknown);
        QVERIFY2(unknown.error().remedy.find("good") != std::string::npos, unknown.error().remedy.c_str());
    }

    void refusals_data() {
        QTest::addColumn<std::string>("expression");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const std::string& text, const char* says) {
            QTest::newRow(name) << text << QString(says);
        };
        row("a table without coordinates", "id\tHG2\tHG3\tHG4\np1\t1\t2\t3\n", "have no coordinates");
        row("GCT", "#1.2\n1\t3\nName\tDescription\tHG2\tHG3\tHG4\np1\tp1\t1\t2\t3\n", "have no coordinates");
        row("end before start", std::string(Header) + "22\t20010\t20000\tp1\t1\t2\t3\n",
            "no stretch of a contig");
        row("no row covers a base", std::string(Header) + "22\t20000\t20000\tp1\t1\t2\t3\n",
            "No row covers a base");
        row("a position that is no number", std::string(Header) + "22\t2e4\t20010\tp1\t1\t2\t3\n",
            "no stretch of a contig");
        row("an id twice",
            std::string(Header) + "22\t20000\t20010\tp1\t1\t2\t3\n22\t30000\t30010\tp1\t1\t2\t3\n",
            "more than once");
        row("an id in two versions",
            std::string(Header) + "22\t20000\t20010\tENSG00000000419."
                                  "1\t1\t2\t3\n22\t30000\t30010\tENSG00000000419.2\t1\t2\t3\n",
            "more than one row");
        row("contigs of another species", std::string(Header) + "7\t20000\t20010\tp1\t1\t2\t3\n",
            "no contig in common");
        row("all beyond the end", std::string(Header) + "22\t200000\t200010\tp1\t1\t2\t3\n",
            "No phenotype can be analysed");
    }
    void refusals() {
        QFETCH(std::string, expression);
        QFETCH(QString, says);
        SmallStudy small = peaks("");
        small.expression = expression;
        const StudyCheck check = checkOf(small);
        QVERIFY(!check.study);
        QCOMPARE(check.problems.size(), size_t(1));
        QVERIFY2(QString::fromStdString(check.problems.front().message()).contains(says),
                 allOf(check).c_str());
        QVERIFY2(!check.problems.front().remedy.empty(), allOf(check).c_str());
        QVERIFY2(check.problems.front().where.find("expression.bed") != std::string::npos,
                 allOf(check).c_str());
    }

    void words_data() {
        QTest::addColumn<std::string>("word");
        QTest::addColumn<bool>("good");
        for (const char* word : {"gene", "atac", "methylation", "3aqtl", "3'aQTL", "H3K27ac", "splice-sites"})
            QTest::newRow(word) << std::string(word) << true;
        // Each would move every gene to the middle of its row.
        for (const char* word : {"genes", "Gene", "expression", "RNA", "atac peaks", "../atac"})
            QTest::newRow(word) << std::string(word) << false;
    }
    void words() {
        QFETCH(std::string, word);
        QFETCH(bool, good);
        const TemporaryFolder folder;
        const std::string keys =
            R"({"schema": 1, "name": "n", "build": "b", "reference": "r", "annotation": "a",
                                     "genotypes": "g", "expression": "e", "phenotypes": )";
        writeText(folder / "s.study.json", keys + '"' + word + "\"}");
        std::vector<Error> problems;
        const auto study = readStudyFile(folder / "s.study.json", problems);
        QCOMPARE(study.has_value(), good);
        QCOMPARE(problems.size(), size_t(good ? 0 : 1));
        if (!good)
            return;
        QCOMPARE(study->phenotypes, word);
        QCOMPARE(study->isOfGenes(), word == "gene");
        // A study without the optional annotation is written and read back as such.
        StudyFile bare = *study;
        if (!bare.isOfGenes())
            bare.annotation.clear();
        DS_VERIFY(writeStudyFile(bare, folder / "again.study.json"));
        const auto again = readStudyFile(folder / "again.study.json", problems);
        QVERIFY(again);
        QCOMPARE(again->phenotypes, word);
        QCOMPARE(again->annotation.empty(), bare.annotation.empty());
    }

    void genesNeedTheirAnnotation() {
        SmallStudy small = peaks("22\t20000\t20010\tp1\t1\t2\t3\n");
        small.extra.clear();
        const StudyCheck check = checkOf(small);
        QVERIFY(!check.study);
        QVERIFY2(allOf(check).find("`annotation` is missing") != std::string::npos, allOf(check).c_str());
    }

    /// Rows that match nothing of the annotation may be peaks: the remedy says how to tell the program.
    void peaksTakenForGenes() {
        const TemporaryFolder folder;
        SmallStudy small = peaks("22\t20000\t20010\tp1\t1\t2\t3\n");
        small.extra.clear();
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY(!check.study);
        QVERIFY2(allOf(check).find("\"phenotypes\": \"atac\"") != std::string::npos, allOf(check).c_str());
        // A table without coordinates could not be placed: nothing of the kind is offered.
        small.expression = "id\tHG2\tHG3\tHG4\np1\t1\t2\t3\n";
        const StudyCheck plain = openStudy(small.write(folder));
        QVERIFY(!plain.study);
        QVERIFY2(allOf(plain).find("\"phenotypes\"") == std::string::npos, allOf(plain).c_str());
    }

    /// An annotation is drawn, under the reference's names, and neither decides what is analysed nor what the
    /// study is.
    void annotationIsDrawnAlone() {
        const TemporaryFolder folder;
        const SmallStudy small = peaks("22\t20000\t20010\tENSG01\t1\t2\t3\n22\t50000\t50010\tp2\t1\t2\t3\n");
        const fs::path file = small.write(folder);
        const StudyCheck check = openStudy(file);
        QVERIFY2(check.study, allOf(check).c_str());
        QCOMPARE(check.study->genes().size(), size_t(2));
        QCOMPARE(geneOf(check, "ENSG01").tss(), int64_t(20'005));      // the row's centre, not the gene's TSS
        QCOMPARE(check.study->annotation().genes().size(), size_t(5)); // one lies on another contig
        QCOMPARE(check.study->annotation().overlapping({"22", 20'000, 21'000}).size(), size_t(1));
        QCOMPARE(check.study->loci().genes().size(), size_t(2));
        const std::string with = studyIdentity(*check.study).value();
        writeText(folder / "genes.gtf", "damaged");
        const StudyCheck damaged = openStudy(file);
        QVERIFY2(damaged.study, allOf(damaged).c_str());
        QCOMPARE(damaged.leftOut.size(), size_t(1));
        QVERIFY(damaged.study->file().annotation.empty());
        QCOMPARE(studyIdentity(*damaged.study).value(), with);
        const StudyCheck without = openStudy(writeUnannotated(small, folder));
        QVERIFY2(without.study, allOf(without).c_str());
        QCOMPARE(studyIdentity(*without.study).value(), with);
    }

    /// What is stored of one kind is not taken for another's, and a study of genes is what it was.
    void identityHoldsTheKind() {
        const TemporaryFolder folder;
        SmallStudy small = peaks("22\t20000\t20010\tENSG01\t1\t2\t3\n");
        const fs::path file = small.write(folder);
        const std::string atac = studyIdentity(*openStudy(file).study).value();
        small.extra = R"(, "phenotypes": "dnase")";
        const std::string dnase = studyIdentity(*openStudy(small.write(folder)).study).value();
        QCOMPARE(differences(atac, dnase), std::vector<std::string>{"phenotypes"});
        small.extra.clear();
        const std::string plain = studyIdentity(*openStudy(small.write(folder)).study).value();
        small.extra = R"(, "phenotypes": "gene")";
        QCOMPARE(studyIdentity(*openStudy(small.write(folder)).study).value(), plain);
        QVERIFY(plain.find("phenotypes") == std::string::npos);
        QVERIFY(plain.find("annotation") != std::string::npos);
    }

private:
    TemporaryFolder m_cache;
};

QTEST_GUILESS_MAIN(TestPhenotypes)
#include "tst_phenotypes.moc"
