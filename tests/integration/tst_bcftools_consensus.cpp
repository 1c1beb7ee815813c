// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/bcftools.h"
#include "integration/dense_vcf.h"
#include "io/compressed_text.h"
#include "io/variant_reader.h"
#include "sequence/reference_window.h"
#include "sequence/snv_panel.h"

#include <QStandardPaths>

#include <cmath>
#include <random>
#include <set>
#include <sstream>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

/// Personal sequences of made records, dense or long, against `bcftools consensus -H 1|2`.
class TestBcftoolsConsensus : public QObject {
    Q_OBJECT
private:
    test::TemporaryFolder m_folder;

private Q_SLOTS:
    void initTestCase() {
        if (QStandardPaths::findExecutable("bcftools").isEmpty())
            QSKIP("skipped: no bcftools (Debian package bcftools)");
        qputenv("XDG_CACHE_HOME", QByteArray::fromStdString(m_folder.path().string()));
    }

    /// Overlaps are resolved alike, also where nearly every record is in one.
    void denseOverlaps() {
        constexpr int people = 6;
        std::mt19937 random(20230);
        const std::string genome = randomBases(random, 6000);
        const fs::path vcf = m_folder / "dense.vcf.gz";
        test::writeText(vcf, test::bgzipped(denseVcf(genome, people, random)));
        const auto reader = VariantReader::open(vcf.string());
        DS_VERIFY(reader);

        // Regions begin and end inside records.
        std::vector<Region> regions;
        std::string fasta;
        for (int64_t start = 0; start < 5800; start += 97) {
            regions.push_back({"1", start, start + 150});
            fasta +=
                ">" + toText(regions.back()) + "\n" + genome.substr(static_cast<size_t>(start), 150) + "\n";
        }
        test::writeText(m_folder / "dense.fa", fasta);
        int64_t overlaps = 0;
        int64_t edits = 0;
        size_t compared = 0;
        for (size_t h = 0; h < 2 * people; ++h) {
            const auto consensus = outputOf("bcftools", {"consensus", "-H", QString::number(h % 2 + 1), "-s",
                                                         "P" + QString::number(h / 2), "-f",
                                                         text(m_folder / "dense.fa"), text(vcf)});
            if (!consensus && outputOf("bcftools", {"--version"}).value_or("").startsWith("bcftools 1.21"))
                QSKIP("skipped: bcftools 1.21 ends by a double free at these records");
            QVERIFY(consensus);
            const std::vector<std::string> theirs = sequencesOf(*consensus);
            QCOMPARE(theirs.size(), regions.size());
            for (size_t r = 0; r < regions.size(); ++r) {
                const std::string bases = genome.substr(static_cast<size_t>(regions[r].start), 150);
                auto matrix = reader->read(regions[r], reader->people(), UnphasedRule::Refuse, bases);
                DS_VERIFY(matrix);
                // bcftools leaves out what starts before the region.
                size_t before = 0;
                while (before < matrix->sites.size() && matrix->sites[before].position < regions[r].start)
                    ++before;
                matrix->sites.erase(matrix->sites.begin(),
                                    matrix->sites.begin() + static_cast<std::ptrdiff_t>(before));
                matrix->alleles.erase(matrix->alleles.begin(),
                                      matrix->alleles.begin() +
                                          static_cast<std::ptrdiff_t>(before * matrix->haplotypeCount()));
                const Haplotypes haplotypes =
                    buildHaplotypes(*matrix, regions[r].start, VariantMode::SnvAndIndel);
                const EditList& list =
                    haplotypes.distinct[static_cast<size_t>(haplotypes.indexOfHaplotype[h])];
                edits += static_cast<int64_t>(list.size());
                overlaps += h == 0 ? haplotypes.leftOut.overlapping : 0;
                // Where a record passes the region's end, bcftools cuts both alleles before it compares them,
                // the program after: with shared ends that can differ, in the last bases only.
                constexpr size_t longestAllele = 12;
                const size_t inner = theirs[r].size() - longestAllele;
                QCOMPARE(applyEdits(bases, list).substr(0, inner), theirs[r].substr(0, inner));
                compared += inner;
            }
        }
        qInfo("%zu bases in %zu regions x %d haplotypes are identical; %lld edits, %lld alleles left out as "
              "overlapping",
              compared, regions.size(), 2 * people, static_cast<long long>(edits),
              static_cast<long long>(overlaps));
        QVERIFY(overlaps > 1000);
    }

    /// Changes that a later record lists once more are applied there where the first one overlaps another, as
    /// bcftools does, and count once for everything else.
    void denseRepeats() {
        constexpr int people = 6;
        std::mt19937 random(20233);
        const std::string genome = randomBases(random, 6000);
        const std::string once = denseVcf(genome, people, random);
        const fs::path plain = m_folder / "once.vcf.gz", vcf = m_folder / "repeats.vcf.gz";
        test::writeText(plain, test::bgzipped(once));
        test::writeText(vcf, test::bgzipped(withRepeats(once, genome, random)));
        const fs::path fasta = m_folder / "repeats.fa";
        test::writeText(fasta, ">1\n" + genome + "\n");
        const Region whole{"1", 0, static_cast<int64_t>(genome.size())};
        const auto read = [&](const fs::path& file) -> Result<AlleleMatrix> {
            DS_ASSIGN(const VariantReader reader, VariantReader::open(file.string()));
            return reader.read(whole, reader.people(), UnphasedRule::Refuse, genome);
        };
        const auto expected = read(plain);
        DS_VERIFY(expected);
        auto matrix = read(vcf);
        DS_VERIFY(matrix);
        QVERIFY(matrix->repeats.size() > 100);
        QCOMPARE(matrix->alleles, expected->alleles);
        QCOMPARE(matrix->counts.differingDuplicates, int64_t(0));

        const Haplotypes haplotypes = buildHaplotypes(*matrix, 0, VariantMode::SnvAndIndel);
        matrix->repeats.clear();
        const Haplotypes without = buildHaplotypes(*matrix, 0, VariantMode::SnvAndIndel);
        QVERIFY(haplotypes.leftOut.overlapping < without.leftOut.overlapping);
        for (size_t h = 0; h < 2 * people; ++h) {
            const auto consensus =
                outputOf("bcftools", {"consensus", "-H", QString::number(h % 2 + 1), "-s",
                                      "P" + QString::number(h / 2), "-f", text(fasta), text(vcf)});
            QVERIFY(consensus);
            const auto own = [&](const Haplotypes& all) {
                return applyEdits(genome, all.distinct[static_cast<size_t>(all.indexOfHaplotype[h])]);
            };
            const std::string theirs = sequencesOf(*consensus).at(0);
            QCOMPARE(own(haplotypes), theirs);
            QVERIFY(own(without) != theirs);
        }
    }

    /// SNV mode on the same records: what `norm -m -any`, `view -v snps` and `consensus` make of them, base
    /// by base, and the SNVs and dosages that `query` lists.
    void denseSnvs() {
        constexpr int people = 6;
        std::mt19937 random(20231);
        const std::string genome = randomBases(random, 6000);
        const fs::path vcf = m_folder / "snvs.vcf.gz";
        test::writeText(vcf, test::bgzipped(denseVcf(genome, people, random)));
        const fs::path fasta = m_folder / "snvs.fa";
        test::writeText(fasta, ">1\n" + genome + "\n");
        const QString split = text(m_folder / "split.vcf.gz");
        const QString snvs = text(m_folder / "only.vcf.gz");
        QVERIFY(
            outputOf("bcftools", {"norm", "-f", text(fasta), "-m", "-any", "-Oz", "-o", split, text(vcf)}));
        QVERIFY(outputOf("bcftools", {"view", "-v", "snps", "-Oz", "-o", snvs, split}));
        QVERIFY(outputOf("bcftools", {"index", "-t", snvs}));

        const auto reader = VariantReader::open(vcf.string());
        DS_VERIFY(reader);
        const Region whole{"1", 0, static_cast<int64_t>(genome.size())};
        const auto matrix = reader->read(whole, reader->people(), UnphasedRule::Refuse, genome);
        DS_VERIFY(matrix);
        const Haplotypes haplotypes = buildHaplotypes(*matrix, 0, VariantMode::Snv);
        size_t edits = 0;
        for (size_t h = 0; h < 2 * people; ++h) {
            const auto consensus =
                outputOf("bcftools", {"consensus", "-H", QString::number(h % 2 + 1), "-s",
                                      "P" + QString::number(h / 2), "-f", text(fasta), snvs});
            QVERIFY(consensus);
            const EditList& list = haplotypes.distinct[static_cast<size_t>(haplotypes.indexOfHaplotype[h])];
            edits += list.size();
            QCOMPARE(applyEdits(genome, list), sequencesOf(*consensus).at(0));
        }

        // Of several alleles of one record the panel has the most common, bcftools has all.
        const auto listed = outputOf("bcftools", {"query", "-f", "%POS %REF %ALT[ %GT]\n", snvs});
        QVERIFY(listed);
        std::set<std::string> theirs;
        size_t lines = 0;
        for (const QByteArray& line : listed->split('\n')) {
            if (line.isEmpty())
                continue;
            ++lines;
            QByteArrayList fields = line.split(' ');
            QByteArray known = fields.mid(0, 3).join(' ');
            for (const QByteArray& genotype : fields.mid(3))
                known += genotype.contains('.') ? QByteArray(" nan")
                                                : ' ' + QByteArray::number(genotype.count('1'));
            theirs.insert(known.toStdString());
        }
        const SnvPanel panel = buildSnvPanel(*matrix, whole);
        std::set<int64_t> places;
        for (size_t v = 0; v < panel.snvs.size(); ++v) {
            const Snv& snv = panel.snvs[v];
            std::ostringstream own;
            own << snv.position + 1 << ' ' << snv.ref << ' ' << snv.alt;
            for (size_t p = 0; p < people; ++p) {
                const uint8_t copies = snv.genotypes.copies(p);
                own << ' ' << (copies == SnvGenotypes::NoGenotype ? std::nan("") : double(copies));
            }
            QVERIFY2(theirs.contains(own.str()), own.str().c_str());
            QVERIFY(v == 0 || panel.snvs[v - 1].position <= snv.position);
            places.insert(snv.position + 1);
        }
        for (const std::string& line : theirs)
            if (line.find_first_of("12", line.find_first_of("ACGT")) != std::string::npos)
                QVERIFY2(places.contains(std::stoll(line)), line.c_str());
        qInfo("%zu SNVs in %zu records of bcftools; %zu edits; %lld alleles left out as overlapping",
              panel.snvs.size(), lines, edits, static_cast<long long>(haplotypes.leftOut.overlapping));
        QVERIFY(panel.snvs.size() > 300);
    }

    /// Deletions far longer than the flank that is read first, which start outside and reach into the window,
    /// one of them dropped for another that begins before it: windows as the whole contig's consensus has
    /// them.
    void longDeletionsReachIn() {
        constexpr int64_t length = 2000;
        constexpr int64_t tss = 15000;
        const InputShape shape{length, length / 2, StrandRule::Forward};
        std::mt19937 random(20232);
        const std::string genome = randomBases(random, 30000);
        std::string vcf = "##fileformat=VCFv4.2\n##contig=<ID=1,length=30000>\n##FORMAT=<ID=GT,Number=1,Type="
                          "String,Description=\"genotype\">\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\t"
                          "FORMAT\tP0\tP1\tP2\n";
        const auto add = [&](size_t at, size_t reference, const std::string& genotypes) {
            const std::string ref = genome.substr(at, reference);
            vcf += "1\t" + std::to_string(at + 1) + "\t.\t" + ref + "\t" +
                   (reference == 1 ? std::string(1, ref == "A" ? 'C' : 'A') : ref.substr(0, 1)) +
                   "\t.\t.\t.\tGT\t" + genotypes + "\n";
        };
        add(5000, 4200, "0|1\t0|0\t0|0"); // ends within the next: that one is dropped
        add(9000, 5600, "1|1\t0|1\t0|0"); // reaches 600 bases into the window
        add(14200, 1, "1|1\t1|1\t1|0");   // deleted on some
        add(14700, 1, "1|1\t1|1\t1|0");
        add(15900, 7000, "0|0\t1|0\t0|1"); // leaves it on the right
        add(22950, 1, "0|1\t1|1\t1|1");    // drawn in behind it
        const fs::path file = m_folder / "long.vcf.gz";
        test::writeText(file, test::bgzipped(vcf));
        const fs::path fasta = m_folder / "long.fa";
        test::writeText(fasta, ">1\n" + genome + "\n");
        const auto reader = VariantReader::open(file.string());
        DS_VERIFY(reader);

        const Region window = inputRegion(shape, "1", tss, Strand::Forward);
        ReferenceWindow reference;
        Haplotypes haplotypes;
        for (int64_t flank = startingFlank(VariantMode::SnvAndIndel);;) {
            const Region around = withFlank(window, flank);
            const std::string bases =
                genome.substr(static_cast<size_t>(around.start), static_cast<size_t>(around.length()));
            const auto matrix = reader->read(around, reader->people(), UnphasedRule::Refuse, bases);
            DS_VERIFY(matrix);
            reference = makeWindow(shape, "1", tss, Strand::Forward, flank, bases);
            haplotypes = buildHaplotypes(*matrix, window.start, VariantMode::SnvAndIndel);
            const int64_t needed = requiredFlank(haplotypes, length, reference.tssOffset);
            if (needed <= flank)
                break;
            flank = needed;
            QVERIFY(window.start >= flank);
        }
        QCOMPARE(haplotypes.leftOut.overlapping,
                 int64_t(3)); // a deletion, and an SNV within one on two haplotypes
        for (size_t h = 0; h < 6; ++h) {
            const auto consensus =
                outputOf("bcftools", {"consensus", "-H", QString::number(h % 2 + 1), "-s",
                                      "P" + QString::number(h / 2), "-f", text(fasta), text(file)});
            QVERIFY(consensus);
            const std::string whole = sequencesOf(*consensus).at(0);
            const std::string own = materialize(
                reference, haplotypes.distinct[static_cast<size_t>(haplotypes.indexOfHaplotype[h])]);
            const size_t at = whole.find(own);
            QVERIFY2(at != std::string::npos, std::to_string(h).c_str());
            QCOMPARE(whole.find(genome.substr(tss, 100)), at + static_cast<size_t>(shape.tssIndex));
        }
    }
};

QTEST_GUILESS_MAIN(TestBcftoolsConsensus)
#include "tst_bcftools_consensus.moc"
