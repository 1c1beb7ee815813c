// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/compressed_text.h"
#include "io/variant_reader.h"
#include "support.h"

#include <QProcess>
#include <QStandardPaths>

#include <atomic>
#include <chrono>
#include <random>
#include <sstream>
#include <thread>

using namespace diploscope;
namespace fs = std::filesystem;

namespace {

std::string vcf(const std::string& records, const std::string& people = "A\tB\tC") {
    return "##fileformat=VCFv4.2\n##contig=<ID=1,length=1000>\n##contig=<ID=2,length=1000>\n"
           "##ALT=<ID=DEL,Description=\"deletion\">\n##INFO=<ID=END,Number=1,Type=Integer,Description="
           "\"end\">\n"
           "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"genotype\">\n"
           "##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"depth\">\n"
           "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t" +
           people + "\n" + records;
}

/// `1 100 A G 0|1 ...` to a VCF line; FORMAT is GT.
std::string record(const std::string& fields) {
    std::vector<std::string> f;
    std::istringstream in(fields);
    for (std::string field; in >> field;)
        f.push_back(field);
    std::string line = f[0] + "\t" + f[1] + "\t.\t" + f[2] + "\t" + f[3] + "\t.\t.\t.\tGT";
    for (size_t i = 4; i < f.size(); ++i)
        line += "\t" + f[i];
    return line + "\n";
}

const std::vector<std::string> Everybody{"A", "B", "C"};

std::vector<int> row(const AlleleMatrix& matrix, size_t site) {
    std::vector<int> alleles;
    for (size_t h = 0; h < matrix.haplotypeCount(); ++h)
        alleles.push_back(matrix.allele(site, h));
    return alleles;
}

class File {
public:
    explicit File(const std::string& text, const std::string& name = "a.vcf.gz") : m_path(m_folder / name) {
        test::writeText(m_path, test::bgzipped(text));
    }
    [[nodiscard]] std::string path() const { return m_path.string(); }
    [[nodiscard]] Result<AlleleMatrix> read(UnphasedRule rule = UnphasedRule::Refuse,
                                            const std::string& reference = "",
                                            const Region& region = {"1", 0, 1000}) const {
        DS_ASSIGN(const VariantReader reader, VariantReader::open(path()));
        return reader.read(region, Everybody, rule, reference);
    }

private:
    test::TemporaryFolder m_folder;
    fs::path m_path;
};

} // namespace

class TestVariantReader : public QObject {
    Q_OBJECT
private:
    test::TemporaryFolder m_cache;

private Q_SLOTS:
    void initTestCase() { qputenv("XDG_CACHE_HOME", QByteArray::fromStdString(m_cache.path().string())); }

    void genotypes_data() {
        QTest::addColumn<QString>("genotypes");
        QTest::addColumn<QList<int>>("expected");
        QTest::addColumn<QList<int>>("counts"); // missing, unphased, haploid
        QTest::newRow("phased") << "0|1 1|0 1|1" << QList{0, 1, 1, 0, 1, 1} << QList{0, 0, 0};
        QTest::newRow("second and third allele")
            << "2|1 0|3 3|3" << QList{2, 1, 0, 3, 3, 3} << QList{0, 0, 0};
        QTest::newRow("missing") << ".|. ./. 0|1" << QList{-1, -1, -1, -1, 0, 1} << QList{4, 0, 0};
        QTest::newRow("missing, one dot") << ". . 0|1" << QList{-1, -1, -1, -1, 0, 1} << QList{4, 0, 0};
        QTest::newRow("half missing, phased")
            << ".|1 1|. 0|." << QList{-1, 1, 1, -1, 0, -1} << QList{3, 0, 0};
        QTest::newRow("half missing, unphased reference")
            << "./0 0/. 0/0" << QList{-1, 0, 0, -1, 0, 0} << QList{2, 0, 0};
        QTest::newRow("unphased homozygotes") << "1/1 0/0 2/2" << QList{1, 1, 0, 0, 2, 2} << QList{0, 0, 0};
        QTest::newRow("haploid") << "1 0 0|1" << QList{1, 1, 0, 0, 0, 1} << QList{0, 0, 2};
        QTest::newRow("all haploid") << "1 0 2" << QList{1, 1, 0, 0, 2, 2} << QList{0, 0, 3};
    }
    void genotypes() {
        QFETCH(QString, genotypes);
        QFETCH(QList<int>, expected);
        QFETCH(QList<int>, counts);
        const File file(vcf(record("1 100 A C,G,T " + genotypes.toStdString())));
        const auto matrix = file.read();
        DS_VERIFY(matrix);
        QCOMPARE(matrix->sites.size(), size_t(1));
        QCOMPARE(matrix->sites[0].position, int64_t(99));
        QCOMPARE(matrix->sites[0].id, std::string());
        const std::vector<int> alleles = row(*matrix, 0);
        QCOMPARE(QList<int>(alleles.begin(), alleles.end()), expected);
        QCOMPARE((QList<int>{int(matrix->missingAlleles), int(matrix->unphasedHeterozygotes),
                             int(matrix->haploidCalls)}),
                 counts);
    }

    void unphasedHeterozygote_data() {
        QTest::addColumn<QString>("genotype");
        QTest::newRow("heterozygote") << "0/1";
        QTest::newRow("two alternates") << "1/2";
        QTest::newRow("half missing") << "./1";
        QTest::newRow("half missing, other side") << "1/.";
    }
    void unphasedHeterozygote() {
        QFETCH(QString, genotype);
        const File file(vcf(record("1 50 A C,G 0|0 0|0 0|1") +
                            record("1 100 A C,G 0|0 " + genotype.toStdString() + " 0|1")));
        const auto refused = file.read();
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Mismatch);
        QVERIFY2(QString::fromStdString(refused.error().what).contains("genotype of B "),
                 refused.error().message().c_str());
        QVERIFY2(QString::fromStdString(refused.error().where).endsWith("1:100"),
                 refused.error().message().c_str());
        QVERIFY(QString::fromStdString(refused.error().remedy).contains("as-listed"));
        const auto taken = file.read(UnphasedRule::AsListed);
        DS_VERIFY(taken);
        QCOMPARE(taken->unphasedHeterozygotes, int64_t(1));
        QCOMPARE(taken->sites.size(), size_t(2));
    }

    void unaskedPeopleMayBeUnphased() {
        const File file(vcf(record("1 100 A C 0/1 0|1 1|1")));
        const auto reader = VariantReader::open(file.path());
        DS_VERIFY(reader);
        const auto matrix = reader->read({"1", 0, 1000}, {"C", "B"}, UnphasedRule::Refuse, "");
        DS_VERIFY(matrix);
        QCOMPARE(matrix->people, (std::vector<std::string>{"C", "B"}));
        QCOMPARE(row(*matrix, 0), (std::vector<int>{1, 1, 0, 1})); // in the order asked for, not the file's
    }

    void whatIsNoSequence() {
        const File file(vcf(record("1 10 A . 0|0 0|0 0|0") + record("1 20 A <DEL> 0|1 0|0 0|0") +
                            record("1 30 A * 0|1 0|0 0|0") + record("1 40 A C,* 0|1 2|0 0|0") +
                            record("1 50 a c 0|1 0|0 0|0") + record("1 60 A N 0|1 0|0 0|0") +
                            record("1 70 G G]1:100] 0|1 0|0 0|0")));
        const auto matrix = file.read();
        DS_VERIFY(matrix);
        QCOMPARE(matrix->sites.size(), size_t(2));
        QCOMPARE(matrix->skippedSymbolic, int64_t(4));
        QCOMPARE(matrix->sites[0].alts, (std::vector<std::string>{"C", "*"}));
        QVERIFY(matrix->sites[0].isSnv(1) && !matrix->sites[0].isSnv(2));
        QCOMPARE(row(*matrix, 0), (std::vector<int>{0, 1, 2, 0, 0, 0}));
        QCOMPARE(matrix->sites[1].ref, std::string("A")); // upper case
        QVERIFY(matrix->sites[1].isSnv(1));
    }

    void tooManyAlleles() {
        std::string alts;
        for (int i = 0; i < 130; ++i)
            alts += (i == 0 ? "A" : ",A") + std::string(static_cast<size_t>(i + 1), 'C');
        const File file(vcf(record("1 10 A " + alts + " 0|130 0|0 0|0") + record("1 20 A C 0|1 0|0 0|0")));
        const auto matrix = file.read();
        DS_VERIFY(matrix);
        QCOMPARE(matrix->sites.size(), size_t(1));
        QCOMPARE(matrix->skippedSymbolic, int64_t(1));
    }

    void regionByStart() {
        const File file(vcf(record("1 100 A C 0|1 0|0 0|0") + record("1 101 ACGT A 0|1 0|0 0|0") +
                            record("1 103 G C 1|1 0|0 0|0") + record("1 103 G GT 0|0 1|1 0|0") +
                            record("1 110 A C 0|1 0|0 0|0") + record("1 111 A C 0|1 0|0 0|0")));
        const auto reader = VariantReader::open(file.path());
        DS_VERIFY(reader);
        const auto positions = [&](const Region& region) {
            std::vector<int64_t> found;
            const auto matrix = reader->read(region, Everybody, UnphasedRule::Refuse, "");
            if (matrix)
                for (const Site& site : matrix->sites)
                    found.push_back(site.position + 1);
            return found;
        };
        using Positions = std::vector<int64_t>;
        QCOMPARE(positions({"1", 102, 110}),
                 (Positions{103, 103, 110})); // the deletion at 101 reaches in, but starts before
        QCOMPARE(positions({"1", 99, 101}), (Positions{100, 101}));
        QCOMPARE(positions({"1", -50, 100}), (Positions{100}));
        QCOMPARE(positions({"1", -50, 0}), Positions{});
        QCOMPARE(positions({"1", 500, 400}), Positions{});
        QCOMPARE(positions({"chr1", 109, 5000}), (Positions{110, 111})); // alias, past the end
        QCOMPARE(positions({"2", 0, 1000}), Positions{});                // known, without records
        QCOMPARE(positions({"17", 0, 1000}), Positions{});               // unknown
        QCOMPARE(reader->contigs(), std::vector<std::string>{"1"});
        QCOMPARE(reader->people(), Everybody);
    }

    void referenceIsCompared_data() {
        QTest::addColumn<QString>("ref");
        QTest::addColumn<QString>("alt");
        QTest::addColumn<QString>("fasta"); // of the region 1:100-105
        QTest::addColumn<bool>("fits");
        QTest::newRow("same") << "A"
                              << "C"
                              << "ACGTAC" << true;
        QTest::newRow("lower case REF") << "a"
                                        << "C"
                                        << "ACGTAC" << true;
        QTest::newRow("other base") << "G"
                                    << "C"
                                    << "ACGTAC" << false;
        QTest::newRow("second base") << "AG"
                                     << "A"
                                     << "ACGTAC" << false;
        QTest::newRow("past the region's end") << "ACGTACGGG"
                                               << "A"
                                               << "ACGTAC" << true;
        QTest::newRow("FASTA has N (or an IUPAC code)") << "A"
                                                        << "C"
                                                        << "NCGTAC" << true;
        QTest::newRow("REF has N") << "N"
                                   << "C"
                                   << "ACGTAC" << false;
        QTest::newRow("both N") << "N"
                                << "C"
                                << "NCGTAC" << true;
        QTest::newRow("not asked") << "G"
                                   << "C"
                                   << "" << true;
    }
    void referenceIsCompared() {
        QFETCH(QString, ref);
        QFETCH(QString, alt);
        QFETCH(QString, fasta);
        QFETCH(bool, fits);
        const File file(vcf(record("1 100 " + ref.toStdString() + " " + alt.toStdString() + " 0|1 0|0 0|0")));
        const auto matrix = file.read(UnphasedRule::Refuse, fasta.toStdString(), {"chr1", 99, 105});
        QCOMPARE(matrix.has_value(), fits);
        if (!fits) {
            QCOMPARE(matrix.error().kind, ErrorKind::Mismatch);
            const QString what = QString::fromStdString(matrix.error().what);
            QVERIFY2(what.contains("REF is " + ref) && what.contains("has " + fasta.left(ref.size())),
                     qPrintable(what));
            QVERIFY(QString::fromStdString(matrix.error().where).endsWith("1:100"));
        }
    }

    void refusesToOpen_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("remedy");
        const auto bytes = [](const std::string& text) { return QByteArray::fromStdString(text); };
        const std::string good = vcf(record("1 100 A C 0|1 0|0 0|0") + record("1 200 A C 0|1 0|0 0|0"));
        QTest::newRow("empty") << QByteArray() << "a.vcf.gz"
                               << "empty"
                               << "";
        QTest::newRow("bgzip of nothing") << bytes(test::bgzipped("")) << "a.vcf.gz"
                                          << "empty"
                                          << "";
        QTest::newRow("plain VCF") << bytes(good) << "a.vcf"
                                   << "not compressed"
                                   << "a.vcf && tabix -p vcf ";
        QTest::newRow("gzip") << bytes(test::gzipped(good)) << "a.vcf.gz"
                              << "bgzip is needed"
                              << "bgzip";
        QTest::newRow("cut in a block") << bytes(test::bgzipped(good, 200)).chopped(50) << "a.vcf.gz"
                                        << "cut off"
                                        << "again";
        QTest::newRow("cut between blocks") << bytes(test::bgzipped(good, 200, false)) << "a.vcf.gz"
                                            << "cut off"
                                            << "again";
        QTest::newRow("text") << bytes(test::bgzipped("gene\tvalue\n")) << "a.vcf.gz"
                              << "neither VCF nor BCF"
                              << "";
        QTest::newRow("header cut off")
            << bytes(test::bgzipped("##fileformat=VCFv4.2\n##contig=<ID=1>\n")) << "a.vcf.gz"
            << "no \"#CHROM\" line"
            << "";
        QTest::newRow("a person twice") << bytes(test::bgzipped(vcf("", "A\tB\tA"))) << "a.vcf.gz"
                                        << "\"A\" is listed twice"
                                        << "reheader";
        QTest::newRow("no person")
            << bytes(test::bgzipped("##fileformat=VCFv4.2\n##contig=<ID=1>\n#"
                                    "CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n1\t5\t.\tA\tC\t.\t.\t.\n"))
            << "a.vcf.gz"
            << "no person's genotypes"
            << "sample columns";
        QTest::newRow("positions not sorted")
            << bytes(test::bgzipped(vcf(record("1 200 A C 0|1 0|0 0|0") + record("1 100 A C 0|1 0|0 0|0"))))
            << "a.vcf.gz"
            << "100 comes after 200"
            << "bcftools sort";
        QTest::newRow("contigs not sorted")
            << bytes(test::bgzipped(vcf(record("1 100 A C 0|1 0|0 0|0") + record("2 100 A C 0|1 0|0 0|0") +
                                        record("1 200 A C 0|1 0|0 0|0"))))
            << "a.vcf.gz"
            << "contig 1 comes up a second time"
            << "bcftools sort";
        QTest::newRow("PLINK") << bytes("l\x1b") << "a.pgen"
                               << "PLINK"
                               << "plink2";
    }
    void refusesToOpen() {
        QFETCH(QByteArray, content);
        QFETCH(QString, name);
        QFETCH(QString, what);
        QFETCH(QString, remedy);
        const test::TemporaryFolder folder;
        const fs::path file = folder / name.toStdString();
        test::writeText(file, content.toStdString());
        const auto reader = VariantReader::open(file.string());
        QVERIFY(!reader);
        QCOMPARE(reader.error().kind, name == "a.pgen" ? ErrorKind::Unsupported : ErrorKind::BadInput);
        QVERIFY2(QString::fromStdString(reader.error().what).contains(what),
                 reader.error().message().c_str());
        QVERIFY2(QString::fromStdString(reader.error().remedy).contains(remedy),
                 reader.error().message().c_str());
        QVERIFY(QString::fromStdString(reader.error().where).contains(name));
        QVERIFY(!reader.error().remedy.empty());
        QCOMPARE(std::distance(fs::directory_iterator(folder.path()), {}),
                 std::ptrdiff_t(1)); // nothing left behind
    }

    void refusesToRead_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("what");
        QTest::newRow("too few people") << "1\t100\t.\tA\tC\t.\t.\t.\tGT\t0|1\t0|0\n"
                                        << "no valid VCF";
        QTest::newRow("allele that is not there") << "1\t100\t.\tA\tC\t.\t.\t.\tGT\t0|1\t0|2\t0|0\n"
                                                  << "B has allele 2";
        QTest::newRow("three alleles") << "1\t100\t.\tA\tC\t.\t.\t.\tGT\t0|1\t0|1|1\t0|0\n"
                                       << "B has 3 alleles";
        QTest::newRow("genotype is text") << "1\t100\t.\tA\tC\t.\t.\t.\tGT\t0|1\tx|y\t0|0\n"
                                          << "";
    }
    void refusesToRead() {
        QFETCH(QString, line);
        QFETCH(QString, what);
        const File file(
            vcf(record("1 50 A C 0|1 0|0 0|0") + line.toStdString() + record("1 150 A C 0|1 0|0 0|0")));
        const auto matrix = file.read();
        QVERIFY(!matrix);
        QCOMPARE(matrix.error().kind, ErrorKind::BadInput);
        QVERIFY2(QString::fromStdString(matrix.error().what).contains(what),
                 matrix.error().message().c_str());
    }

    /// Damaged text in sound compression: an error or a matrix of the right shape, never a crash.
    void damagedTextIsSurvived() {
        std::mt19937 random(5);
        std::string records;
        for (int i = 1; i < 12; ++i)
            records += record("1 " + std::to_string(i * 7) + " A C,GT 0|1 2|. ./.");
        const std::string good = vcf(records);
        const std::string bytes = "\t\n:|/.,<>=#0A\x01\xff";
        int refused = 0;
        for (int round = 0; round < 200; ++round) {
            std::string text = good;
            for (size_t changes = 1 + random() % 3; changes > 0; --changes) {
                const size_t at = random() % text.size();
                if (random() % 2 == 0)
                    text[at] = bytes[random() % bytes.size()];
                else
                    text.erase(at, 1 + random() % 4);
            }
            const File file(text);
            const auto matrix = file.read(UnphasedRule::AsListed, std::string(1000, 'A'));
            if (matrix)
                QCOMPARE(matrix->alleles.size(), matrix->sites.size() * 6);
            else
                QVERIFY(!matrix.error().what.empty() && !matrix.error().where.empty());
            refused += !matrix;
        }
        QVERIFY(refused > 25);
    }

    void noGenotypeFieldIsMissing() {
        const File file(vcf("1\t100\t.\tA\tC\t.\t.\t.\tDP\t3\t4\t5\n"));
        const auto matrix = file.read();
        DS_VERIFY(matrix);
        QCOMPARE(matrix->missingAlleles, int64_t(6));
        QCOMPARE(row(*matrix, 0), (std::vector<int>(6, -1)));
    }

    void undeclaredContigAndTag() {
        const File file(
            "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tA\tB\tC\n"
            "1\t100\trs1\tA\tC\t.\tPASS\tXY=3\tGT:ZZ\t0|1:1\t0|0:2\t1|1:3\n");
        const auto matrix = file.read();
        DS_VERIFY(matrix);
        QCOMPARE(row(*matrix, 0), (std::vector<int>{0, 1, 0, 0, 1, 1}));
        QCOMPARE(matrix->sites[0].id, std::string("rs1"));
    }

    void windowsLineEnds() {
        std::string text;
        for (const char c : vcf(record("1 100 A C 0|1 0|0 1|1")))
            text += c == '\n' ? "\r\n" : std::string(1, c);
        const File file(text);
        const auto matrix = file.read();
        DS_VERIFY(matrix);
        QCOMPARE(row(*matrix, 0), (std::vector<int>{0, 1, 0, 0, 1, 1}));
    }

    void people() {
        const File file(vcf(record("1 100 A C 0|1 0|0 1|1"), "A,x\t^B\tC"));
        const auto reader = VariantReader::open(file.path());
        DS_VERIFY(reader);
        const Region region{"1", 0, 1000};
        const auto odd = reader->read(region, {"C", "A,x"}, UnphasedRule::Refuse, "");
        DS_VERIFY(odd);
        QCOMPARE(row(*odd, 0), (std::vector<int>{1, 1, 0, 1}));
        const auto none = reader->read(region, {}, UnphasedRule::Refuse, "");
        DS_VERIFY(none);
        QCOMPARE(none->sites.size(), size_t(1));
        QVERIFY(none->alleles.empty());
        QCOMPARE(reader->read(region, {"D"}, UnphasedRule::Refuse, "").error().kind, ErrorKind::NotFound);
        QCOMPARE(reader->read(region, {"C", "C"}, UnphasedRule::Refuse, "").error().kind,
                 ErrorKind::BadInput);
    }

    void oneFileAContig() {
        const test::TemporaryFolder folder;
        test::writeText(folder / "g.chr1.vcf.gz", test::bgzipped(vcf(record("1 100 A C 0|1 0|0 1|1"))));
        test::writeText(folder / "g.chr2.vcf.gz", test::bgzipped(vcf(record("2 100 A G 1|1 0|0 1|1"))));
        const std::string pattern = (folder / "g.chr{chrom}.vcf.gz").string();
        const auto reader = VariantReader::open(pattern);
        DS_VERIFY(reader);
        QCOMPARE(reader->contigs(), (std::vector<std::string>{"1", "2"}));
        const auto second = reader->read({"chr2", 0, 1000}, Everybody, UnphasedRule::Refuse, "");
        DS_VERIFY(second);
        QCOMPARE(second->sites.at(0).alts, std::vector<std::string>{"G"});

        test::writeText(folder / "g.chr3.vcf.gz", test::bgzipped(vcf(record("1 100 A C 0|1 0|0 1|1"))));
        QVERIFY(QString::fromStdString(VariantReader::open(pattern).error().what)
                    .contains("Contig 1 is in more than one"));
        test::writeText(folder / "g.chr3.vcf.gz", test::bgzipped(vcf("", "A\tB\tD")));
        const auto strangers = VariantReader::open(pattern);
        QCOMPARE(strangers.error().kind, ErrorKind::Mismatch);
        QVERIFY2(QString::fromStdString(strangers.error().what).contains("\"D\" is only in the second"),
                 strangers.error().message().c_str());
        QCOMPARE(VariantReader::open((folder / "h.{chrom}.vcf.gz").string()).error().kind,
                 ErrorKind::NotFound);
        QCOMPARE(VariantReader::open((folder / "none.vcf.gz").string()).error().kind, ErrorKind::NotFound);
    }

    void staleIndexIsNotUsed() {
        const test::TemporaryFolder folder;
        const fs::path file = folder / "a.vcf.gz";
        test::writeText(file, test::bgzipped(vcf(record("1 100 A C 0|1 0|0 1|1"))));
        DS_VERIFY(VariantReader::open(file.string()));
        QVERIFY(fs::exists(folder / "a.vcf.gz.tbi"));
        std::string records;
        for (int i = 1; i < 900; ++i)
            records += record("2 " + std::to_string(i) + " A C 0|1 0|0 1|1");
        test::writeText(file, test::bgzipped(vcf(records)));
        fs::last_write_time(folder / "a.vcf.gz.tbi", fs::last_write_time(file) - std::chrono::minutes(1));
        const auto reader = VariantReader::open(file.string());
        DS_VERIFY(reader);
        QCOMPARE(reader->contigs(), std::vector<std::string>{"2"});
        const auto matrix = reader->read({"2", 400, 500}, Everybody, UnphasedRule::Refuse, "");
        DS_VERIFY(matrix);
        QCOMPARE(matrix->sites.size(), size_t(100));
    }

    void brokenIndex() {
        const File file(vcf(record("1 100 A C 0|1 0|0 1|1")));
        test::writeText(file.path() + ".tbi", "this is no index");
        const auto reader = VariantReader::open(file.path());
        QVERIFY(!reader);
        QCOMPARE(reader.error().kind, ErrorKind::BadInput);
        QVERIFY(QString::fromStdString(reader.error().where).endsWith(".tbi"));
    }

    void longContigGetsCsi() {
        std::string text = vcf(record("1 600000000 A C 0|1 0|0 1|1"));
        text.replace(text.find("length=1000"), 11, "length=700000000");
        const File file(text);
        const auto matrix = file.read(UnphasedRule::Refuse, "", {"1", 599999000, 600001000});
        DS_VERIFY(matrix);
        QCOMPARE(matrix->sites.size(), size_t(1));
        QVERIFY(fs::exists(file.path() + ".csi"));
    }

    void cancelled() {
        const File file(vcf(record("1 100 A C 0|1 0|0 1|1")));
        const auto reader = VariantReader::open(file.path());
        DS_VERIFY(reader);
        std::stop_source stop;
        stop.request_stop();
        const auto matrix =
            reader->read({"1", 0, 1000}, Everybody, UnphasedRule::Refuse, "", {stop.get_token(), {}});
        QCOMPARE(matrix.error().kind, ErrorKind::Cancelled);
    }

    void bcf() {
        if (QStandardPaths::findExecutable("bcftools").isEmpty())
            QSKIP("skipped: no bcftools");
        const test::TemporaryFolder folder;
        const std::string text = vcf(record("1 100 A C,G 0|2 0|0 1|1") + record("1 200 AT A 1 0|1 .|1") +
                                     record("2 300 C T 0|1 0|1 0|1"));
        test::writeText(folder / "a.vcf", text);
        const QString made = QString::fromStdString((folder / "a.bcf").string());
        QCOMPARE(QProcess::execute("bcftools", {"view", "--no-version", "-Ob", "-o", made,
                                                QString::fromStdString((folder / "a.vcf").string())}),
                 0);
        const File file(text);
        const auto reader = VariantReader::open(made.toStdString());
        DS_VERIFY(reader);
        QVERIFY(fs::exists(folder / "a.bcf.csi"));
        QCOMPARE(reader->contigs(), (std::vector<std::string>{"1", "2"}));
        const auto expected = file.read();
        const auto matrix = reader->read({"chr1", 0, 1000}, Everybody, UnphasedRule::Refuse, "");
        DS_VERIFY(matrix);
        QCOMPARE(matrix->alleles, expected->alleles);
        QCOMPARE(matrix->sites.size(), size_t(2));
        const auto some = reader->read({"1", 0, 1000}, {"C", "A"}, UnphasedRule::Refuse, "");
        DS_VERIFY(some);
        QCOMPARE(row(*some, 0), (std::vector<int>{1, 1, 0, 2}));
        QCOMPARE(row(*some, 1), (std::vector<int>{-1, 1, 1, 1}));
    }

    void fromSeveralThreads() {
        std::string records;
        for (int i = 1; i < 900; ++i)
            records += record("1 " + std::to_string(i) + " A C " + (i % 2 == 0 ? "0|1" : "1|0") + " 0|0 1|1");
        const File file(vcf(records));
        const auto reader = VariantReader::open(file.path());
        DS_VERIFY(reader);
        std::atomic<int> wrong = 0;
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 4; ++t)
                threads.emplace_back([&, t] {
                    for (int i = 0; i < 50; ++i) {
                        const int64_t start = (t * 37 + i * 11) % 700;
                        const auto matrix =
                            reader->read({"1", start, start + 100}, {"A"}, UnphasedRule::Refuse, "");
                        if (!matrix || matrix->sites.size() != 100 ||
                            matrix->allele(0, 0) != ((start + 1) % 2 == 0 ? 0 : 1))
                            ++wrong;
                    }
                });
        }
        QCOMPARE(wrong.load(), 0);
    }

    void realGenotypes() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        const fs::path folder = test::sharedData() / "geuvadis_chr22/genotypes";
        const auto reader = VariantReader::open((folder / "merged316.chr22_1-22Mb.phased.vcf.gz").string());
        DS_VERIFY(reader);
        QCOMPARE(reader->people().size(), size_t(316));
        const auto matrix = reader->read({"chr22", 0, 22000000}, reader->people(), UnphasedRule::Refuse, "");
        DS_VERIFY(matrix);
        QCOMPARE(int64_t(matrix->sites.size()) + matrix->skippedSymbolic, int64_t(3176));

        const auto unphased =
            VariantReader::open((folder / "ldref_eur343.chr22_1-22Mb.unphased.vcf.gz").string());
        DS_VERIFY(unphased);
        const auto refused =
            unphased->read({"22", 0, 22000000}, unphased->people(), UnphasedRule::Refuse, "");
        QCOMPARE(refused.error().kind, ErrorKind::Mismatch);
        const auto listed =
            unphased->read({"22", 0, 22000000}, unphased->people(), UnphasedRule::AsListed, "");
        DS_VERIFY(listed);
        QVERIFY(listed->unphasedHeterozygotes > 0);
    }
};

QTEST_GUILESS_MAIN(TestVariantReader)
#include "tst_variant_reader.moc"
