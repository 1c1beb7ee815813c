// SPDX-License-Identifier: GPL-3.0-or-later
// What opening a study tells of records and reference round some genes: bases that no model sees, records
// that contradict each other.
#include "study/small_study.h"
#include "study/study.h"

#include <QProcess>
#include <QStandardPaths>

#include <algorithm>

using namespace diploscope;
using namespace diploscope::test;

namespace {

std::string problemsOf(const StudyCheck& check) {
    std::string text;
    for (const Error& problem : check.problems)
        text += problem.message() + "\n";
    return text;
}

bool hasNote(const StudyCheck& check, const std::string& part) {
    return std::any_of(check.notes.begin(), check.notes.end(),
                       [&](const StudyNote& note) { return note.text.find(part) != std::string::npos; });
}

/// Of the records of the study each nth is followed by one of the same change with these genotypes.
std::string withDuplicates(const SmallStudy& small, size_t every, const std::string& genotypes) {
    std::istringstream lines(small.vcf());
    std::string text;
    size_t records = 0;
    for (std::string line; std::getline(lines, line);) {
        text += line + "\n";
        if (!line.starts_with('#') && records++ % every == 0)
            text += line.substr(0, line.find("\tGT\t")) + "\tGT\t" + genotypes + "\n";
    }
    return text;
}

} // namespace

class TestSampledGenotypes : public QObject {
    Q_OBJECT
private:
    TemporaryFolder m_cache;

private Q_SLOTS:
    void initTestCase() { qputenv("XDG_CACHE_HOME", QByteArray::fromStdString(m_cache.path().string())); }

    /// As of Ensembl's dna_rm: any REF fits N, so nothing else shows it.
    void hardMaskedReference() {
        const TemporaryFolder folder;
        SmallStudy small;
        small.genotypes = small.vcf();
        for (size_t at = 0; at + 300 < small.bases.size(); at += 600)
            std::fill_n(small.bases.begin() + std::ptrdiff_t(at), 300, 'N');
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY(!check.study);
        QCOMPARE(check.problems.size(), size_t(1));
        const Error& problem = check.problems.front();
        QVERIFY2(problem.what.find("hard-masked. 49.8 % of the bases round 3 sampled TSSs are N") !=
                     std::string::npos,
                 problem.message().c_str());
        QVERIFY(problem.where.ends_with("reference.fa"));
        QVERIFY(problem.remedy.find("dna_sm") != std::string::npos);
    }

    /// Small letters are bases.
    void softMaskedReference() {
        const TemporaryFolder folder;
        SmallStudy small;
        small.genotypes = small.vcf();
        for (size_t at = 0; at < small.bases.size(); ++at)
            if (at % 600 < 300)
                small.bases[at] = char(small.bases[at] - 'A' + 'a');
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study, problemsOf(check).c_str());
        QVERIFY(!hasNote(check, "IUPAC"));
    }

    void someUnknownBases() {
        const TemporaryFolder folder;
        SmallStudy small;
        small.genotypes = small.vcf();
        std::fill_n(small.bases.begin() + 20'100, 1'200, 'N');
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study, problemsOf(check).c_str());
        QVERIFY(hasNote(check, "2.0 % of the bases round 3 sampled TSSs are N"));
    }

    /// As an assembly's file of another chromosome may be.
    void nothingButUnknownBases() {
        const TemporaryFolder folder;
        SmallStudy small;
        small.genotypes = small.vcf();
        std::fill(small.bases.begin(), small.bases.end(), 'N');
        QVERIFY(!openStudy(small.write(folder)).study);
    }

    /// One stretch of N is no mask, however long: with few genes it may be a large part.
    void gapOfTheAssembly() {
        const TemporaryFolder folder;
        SmallStudy small;
        std::istringstream lines(small.vcf());
        std::string text;
        for (std::string line; std::getline(lines, line);) {
            const size_t tab = line.find('\t');
            const int position = line.starts_with('#') ? 0 : std::stoi(line.substr(tab + 1));
            if (position <= 20'100 || position > 29'100) // nobody has genotypes in a gap
                text += line + "\n";
        }
        small.genotypes = text;
        std::fill_n(small.bases.begin() + 20'100, 9'000, 'N');
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study, problemsOf(check).c_str());
        QVERIFY(hasNote(check, "15.0 % of the bases round 3 sampled TSSs are N"));
    }

    /// RNA: U is T, in the reference of a study too.
    void uracil() {
        const TemporaryFolder folder;
        SmallStudy small;
        small.genotypes = small.vcf();
        const std::string bases = small.bases;
        std::replace(small.bases.begin(), small.bases.end(), 'T', 'U');
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study, problemsOf(check).c_str());
        QVERIFY(!hasNote(check, "IUPAC"));
        const auto window =
            check.study->window(check.study->genes()[0].gene, {2000, 1000, StrandRule::Forward});
        DS_VERIFY(window);
        QCOMPARE(std::string(window->bases()), bases.substr(19'000, 2000));
    }

    void someDuplicatesDiffer() {
        const TemporaryFolder folder;
        SmallStudy small;
        small.genotypes = withDuplicates(small, 80, "0|0\t0|1\t1|0\t1|1\t0|0\t1|0"); // HG6
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study, problemsOf(check).c_str());
        QVERIFY(hasNote(check, "1 of 5 people have another genotype in a duplicate of a sampled record"));
        // Two of those lie in the 159 different records round the three TSSs, of which many lie round two.
        QVERIFY(hasNote(check, "159 records at 3 places sampled"));
        QVERIFY(hasNote(check, "(2 genotypes in 2 duplicate alleles)"));
    }

    /// Each record counts once, however many sampled places it lies near.
    void oneDuplicateNearSeveralPlaces() {
        const TemporaryFolder folder;
        SmallStudy small;
        std::istringstream lines(small.vcf());
        for (std::string line; std::getline(lines, line);) {
            small.genotypes += line + "\n";
            if (line.starts_with("22\t41000\t")) // 4 and 19 kb from two TSSs
                small.genotypes +=
                    line.substr(0, line.find("\tGT\t")) + "\tGT\t0|0\t0|1\t1|0\t1|1\t0|0\t.|.\n";
            if (line.starts_with("22\t42000\t"))
                small.genotypes +=
                    line.substr(0, line.find("\tGT\t")) + "\tGT\t0|0\t0|1\t1|0\t1|1\t0|0\t1|1\n";
        }
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study, problemsOf(check).c_str());
        QVERIFY(hasNote(check, "1 of 5 people have another genotype in a duplicate of a sampled record (1 "
                               "genotype in 2 duplicate alleles)"));
        QVERIFY(hasNote(check, "Of the sampled records left out: 2 duplicates of earlier records."));
    }

    void manyDuplicatesDiffer() {
        const TemporaryFolder folder;
        SmallStudy small;
        small.genotypes = withDuplicates(small, 5, "1|1\t1|1\t1|1\t0|0\t1|1\t1|1");
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY(!check.study);
        QCOMPARE(check.problems.size(), size_t(1));
        QVERIFY2(check.problems.front().what.starts_with("5 of 5 people have another genotype"),
                 problemsOf(check).c_str());
        QVERIFY(check.problems.front().remedy.find("bcftools merge") != std::string::npos);
    }

    /// What the remedy says, done: also where the first record of a change has padding or other alternates.
    void remedyForDuplicates() {
        if (QStandardPaths::findExecutable("bcftools").isEmpty())
            QSKIP("skipped: no bcftools (Debian package bcftools)");
        const TemporaryFolder folder, mended;
        SmallStudy small;
        std::istringstream lines(small.vcf());
        size_t records = 0;
        for (std::string line; std::getline(lines, line);) {
            if (!line.starts_with('#') && ++records % 5 == 0) {
                const auto position = size_t(std::stoi(line.substr(3)));
                const std::string ref = small.bases.substr(position - 2, 2);
                const std::string alt = ref.substr(0, 1) + (ref[1] == 'A' ? 'C' : 'A');
                const bool isMulti = records % 2 == 0;
                small.genotypes += "22\t" + std::to_string(position - 1) + "\t.\t" + ref + "\t" + alt +
                                   (isMulti ? "," + ref.substr(0, 1) : "") +
                                   "\t.\tPASS\t.\tGT\t1|1\t1|1\t1|1\t0|0\t1|1\t1|1\n";
            }
            small.genotypes += line + "\n";
        }
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY(!check.study);
        QCOMPARE(check.problems.size(), size_t(1));
        QString command = QString::fromStdString(check.problems.front().remedy).section('`', 1, 1);
        const auto path = [](const std::filesystem::path& file) {
            return QString::fromStdString("'" + file.string() + "'");
        };
        const std::filesystem::path study = small.write(mended);
        command.replace("REFERENCE.fa", path(folder / "reference.fa"))
            .replace("FILE", path(folder / "genotypes.vcf.gz"))
            .replace("NEW.vcf.gz", path(mended / "genotypes.vcf.gz"));
        QCOMPARE(QProcess::execute("sh", {"-c", command}), 0);
        const StudyCheck again = openStudy(study);
        QVERIFY2(again.study, problemsOf(again).c_str());
        QVERIFY(!hasNote(again, "duplicate"));
    }

    /// Women have no genotypes of Y: of a record too many lack one where too many men do (METHODS 17).
    void missingOnY() {
        const TemporaryFolder folder;
        SmallStudy small;
        small.contig = small.genotypeContig = "Y";
        small.build = "GRCh38";
        small.annotation = SmallStudy::gtf("ENSG01.2", "GENEA", "chrY", 5'001, 9'000, '+');
        small.expression = "#chr\tstart\tend\tphenotype_id\tHG2\tHG3\tHG4\tHG5\tHG6\n"
                           "Y\t5000\t5001\tENSG01.2\t1\t2\t3\t0\t0\n";
        for (const char* person : {"HG2", "HG3", "HG4", "HG5", "HG6"}) {
            const std::string sex = person[2] < '5' ? "male" : "female";
            small.sampleMap += std::string(person) + "\t" + person + "\t" + sex + "\n";
        }
        const std::string vcf = small.vcf();
        small.genotypes = vcf.substr(0, vcf.find("\nY\t") + 1);
        for (size_t position = 4'000; position < 7'000; position += 100) {
            const std::string ref(1, small.bases[position - 1]);
            // Of three men one lacks a genotype of the first record.
            small.genotypes += "Y\t" + std::to_string(position) + "\t.\t" + ref + "\t" +
                               (ref == "A" ? "C" : "A") + "\t.\tPASS\t.\tGT\t.|.\t" +
                               (position == 4'000 ? "." : "0") + "\t1\t1\t.|.\t0|0\n";
        }
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study, problemsOf(check).c_str());
        QVERIFY(hasNote(check, "30 records at 1 place sampled: all phased, 2 missing alleles"));
        QVERIFY(hasNote(check, "Over 20 % of people have no genotype of 1 of 30 sampled records"));
    }

    /// Two cohorts written one below the other: everybody has genotypes in one of the records.
    void duplicatesCompleteEachOther() {
        const TemporaryFolder folder;
        SmallStudy small;
        small.genotypeRow = "0|0\t0|1\t1|0\t.|.\t.|.\t.|.";
        small.genotypes = withDuplicates(small, 1, ".|.\t.|.\t.|.\t1|1\t0|0\t0|1");
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study, problemsOf(check).c_str());
        QVERIFY(hasNote(check, "missing alleles of sampled records taken from duplicates"));
        QVERIFY(hasNote(check, " 0 missing alleles"));
    }
};

QTEST_GUILESS_MAIN(TestSampledGenotypes)
#include "tst_sampled_genotypes.moc"
