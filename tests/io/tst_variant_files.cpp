// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/small_vcf.h"

#include <QProcess>
#include <QStandardPaths>

#include <chrono>
#include <random>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

class TestVariantFiles : public QObject {
    Q_OBJECT
private:
    TemporaryFolder m_cache;

private Q_SLOTS:
    void initTestCase() { qputenv("XDG_CACHE_HOME", QByteArray::fromStdString(m_cache.path().string())); }

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
        QTest::newRow("bgzip of nothing") << bytes(bgzipped("")) << "a.vcf.gz"
                                          << "empty"
                                          << "";
        QTest::newRow("plain VCF") << bytes(good) << "a.vcf"
                                   << "not compressed"
                                   << "a.vcf && tabix -p vcf ";
        QTest::newRow("gzip") << bytes(gzipped(good)) << "a.vcf.gz"
                              << "bgzip is needed"
                              << "bgzip";
        QTest::newRow("cut in a block") << bytes(bgzipped(good, 200)).chopped(50) << "a.vcf.gz"
                                        << "cut off"
                                        << "again";
        QTest::newRow("cut between blocks") << bytes(bgzipped(good, 200, false)) << "a.vcf.gz"
                                            << "cut off"
                                            << "again";
        QTest::newRow("text") << bytes(bgzipped("gene\tvalue\n")) << "a.vcf.gz"
                              << "neither VCF nor BCF"
                              << "";
        QTest::newRow("header cut off")
            << bytes(bgzipped("##fileformat=VCFv4.2\n##contig=<ID=1>\n")) << "a.vcf.gz"
            << "no \"#CHROM\" line"
            << "";
        QTest::newRow("a person twice") << bytes(bgzipped(vcf("", "A\tB\tA"))) << "a.vcf.gz"
                                        << "\"A\" is listed twice"
                                        << "reheader";
        QTest::newRow("no person")
            << bytes(bgzipped("##fileformat=VCFv4.2\n##contig=<ID=1>\n#"
                              "CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n1\t5\t.\tA\tC\t.\t.\t.\n"))
            << "a.vcf.gz"
            << "no person's genotypes"
            << "sample columns";
        QTest::newRow("header alone") << bytes(bgzipped(vcf(""))) << "a.vcf.gz"
                                      << "hold no record"
                                      << "";
        QTest::newRow("positions not sorted")
            << bytes(bgzipped(vcf(record("1 200 A C 0|1 0|0 0|0") + record("1 100 A C 0|1 0|0 0|0"))))
            << "a.vcf.gz"
            << "100 comes after 200"
            << "bcftools sort";
        QTest::newRow("contigs not sorted")
            << bytes(bgzipped(vcf(record("1 100 A C 0|1 0|0 0|0") + record("2 100 A C 0|1 0|0 0|0") +
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
        const TemporaryFolder folder;
        const fs::path file = folder / name.toStdString();
        writeText(file, content.toStdString());
        const auto reader = VariantReader::open(file.string());
        QVERIFY(!reader);
        QCOMPARE(reader.error().kind, name == "a.pgen" ? ErrorKind::Unsupported : ErrorKind::BadInput);
        QVERIFY2(QString::fromStdString(reader.error().what).contains(what),
                 reader.error().message().c_str());
        QVERIFY2(QString::fromStdString(reader.error().remedy).contains(remedy),
                 reader.error().message().c_str());
        QVERIFY(QString::fromStdString(reader.error().where).contains(name));
        QVERIFY(!reader.error().remedy.empty());
        // Nothing is left behind, but for the index of a whole file.
        const std::ptrdiff_t left = QByteArray(QTest::currentDataTag()) == "header alone" ? 2 : 1;
        QCOMPARE(std::distance(fs::directory_iterator(folder.path()), {}), left);
    }

    void refusesToRead_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("what");
        QTest::newRow("too few people") << "1\t100\t.\tA\tC\t.\t.\t.\tGT\t0|1\t0|0\n"
                                        << "it has 11 columns, the header has 12";
        // Of which htslib would give B and C a neighbour's genotype.
        QTest::newRow("too many people") << "1\t100\t.\tA\tC\t.\t.\t.\tGT\t0|1\t1|1\t0|0\t0|0\n"
                                         << "it has 13 columns, the header has 12";
        QTest::newRow("too many people, more than GT")
            << "1\t100\t.\tA\tC\t.\t.\t.\tGT:DP\t0|1:3\t1|1:4\t0|0:5\t0|0:6\n"
            << "it has 13 columns, the header has 12";
        QTest::newRow("allele that is not there") << "1\t100\t.\tA\tC\t.\t.\t.\tGT\t0|1\t0|2\t0|0\n"
                                                  << "B has allele 2";
        QTest::newRow("three alleles") << "1\t100\t.\tA\tC\t.\t.\t.\tGT\t0|1\t0|1|1\t0|0\n"
                                       << "B has 3 alleles";
        QTest::newRow("genotype is text") << "1\t100\t.\tA\tC\t.\t.\t.\tGT\t0|1\tx|y\t0|0\n"
                                          << "the genotype of B is \"x|y\"";
    }
    void refusesToRead() {
        QFETCH(QString, line);
        QFETCH(QString, what);
        const VcfFile file(
            vcf(record("1 50 A C 0|1 0|0 0|0") + line.toStdString() + record("1 150 A C 0|1 0|0 0|0")));
        const auto matrix = file.read();
        QVERIFY(!matrix);
        QCOMPARE(matrix.error().kind, ErrorKind::BadInput);
        QVERIFY2(QString::fromStdString(matrix.error().what).contains(what),
                 matrix.error().message().c_str());
        QVERIFY2(QString::fromStdString(matrix.error().where).endsWith("a.vcf.gz, 1:100"),
                 matrix.error().message().c_str());
    }

    void tooManyGenotypesForTheAskedPeople() {
        const VcfFile file(vcf("1\t100\t.\tA\tC\t.\t.\t.\tGT\t0|1\t1|1\t0|0\t0|0\n"));
        const auto reader = VariantReader::open(file.path());
        DS_VERIFY(reader);
        const auto some = reader->read({"1", 0, 1000}, {"C"}, UnphasedRule::Refuse, "");
        QVERIFY(!some);
        QVERIFY(QString::fromStdString(some.error().what).contains("it has 13 columns"));
        QVERIFY(!reader->readPositions({"1", 0, 1000}, std::vector<int64_t>{99}, Everybody));
        const VcfFile separators(vcf("1\t100\t.\tA\tC\t.\t.\t.\tGT\t0|1\t1|1\t0|0\t\r\n"));
        const auto same = separators.read();
        DS_VERIFY(same);
        QCOMPARE(row(*same, 0), (std::vector<int>{0, 1, 1, 1, 0, 0}));
    }

    /// As bcftools concat makes it of two files that name the contig otherwise: both are read, by position.
    void oneContigUnderTwoNames() {
        std::string text = vcf(record("1 100 A C 0|1 0|0 1|1") + record("1 300 A C 0|0 0|1 0|0") +
                               record("chr1 200 A G 1|0 0|0 0|0") + record("chr1 300 A C 1|1 1|1 1|1") +
                               record("chr1 400 A T 0|0 0|0 1|0"));
        text.replace(text.find("##FORMAT"), 0, "##contig=<ID=chr1,length=1000>\n");
        const VcfFile file(text);
        const auto reader = VariantReader::open(file.path());
        DS_VERIFY(reader);
        for (const char* name : {"1", "chr1"}) {
            const auto matrix = reader->read({name, 0, 1000}, Everybody, UnphasedRule::Refuse, "");
            DS_VERIFY(matrix);
            std::vector<int64_t> positions;
            for (const Site& site : matrix->sites)
                positions.push_back(site.position + 1);
            QCOMPARE(positions, (std::vector<int64_t>{100, 200, 300, 400}));
            QCOMPARE(row(*matrix, 1), (std::vector<int>{1, 0, 0, 0, 0, 0}));
            QCOMPARE(row(*matrix, 2), (std::vector<int>{0, 0, 0, 1, 0, 0})); // the first of two
            QCOMPARE(matrix->counts, (GenotypeCounts{.differingDuplicates = 3, .duplicates = 1}));
            const auto some =
                reader->readPositions({name, 0, 1000}, std::vector<int64_t>{199, 399}, Everybody);
            DS_VERIFY(some);
            QCOMPARE(some->sites.size(), size_t(2));
        }
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
            const VcfFile file(text);
            const auto matrix = file.read(UnphasedRule::AsListed, std::string(1000, 'A'));
            if (matrix)
                QCOMPARE(matrix->alleles.size(), matrix->sites.size() * 6);
            else
                QVERIFY(!matrix.error().what.empty() && !matrix.error().where.empty());
            refused += !matrix;
        }
        QVERIFY(refused > 25);
    }

    void undeclaredContigAndTag() {
        const VcfFile file(
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
        const VcfFile file(text);
        const auto matrix = file.read();
        DS_VERIFY(matrix);
        QCOMPARE(row(*matrix, 0), (std::vector<int>{0, 1, 0, 0, 1, 1}));
    }

    /// PLINK calls X 23 and a part of it 25; where contigs go on behind 26, both are autosomes.
    void numbersOfPlinkInOneFileEach() {
        const TemporaryFolder folder;
        const std::string pattern = (folder / "g.chr{chrom}.vcf.gz").string();
        const auto write = [&](const std::string& name, const char* alt) {
            std::string text = vcf(record(name + " 100 A " + alt + " 0|1 0|0 1|1"));
            text.replace(text.find("##ALT"), 0, "##contig=<ID=" + name + ",length=1000>\n");
            writeText(folder / ("g.chr" + name + ".vcf.gz"), bgzipped(text));
        };
        const auto readX = [&] {
            return VariantReader::open(pattern)->read({"chrX", 0, 1000}, Everybody, UnphasedRule::Refuse, "");
        };
        write("23", "C");
        DS_VERIFY(VariantReader::open(pattern));
        QCOMPARE(readX()->sites.at(0).alts, std::vector<std::string>{"C"});
        write("25", "G");
        DS_VERIFY(VariantReader::open(pattern));
        const auto inTwo = readX();
        QVERIFY(!inTwo);
        QVERIFY2(inTwo.error().what.find("as 23 and 25") != std::string::npos,
                 inTwo.error().message().c_str());
        write("38", "T");
        write("X", "T");
        DS_VERIFY(VariantReader::open(pattern));
        QCOMPARE(readX()->sites.at(0).alts, std::vector<std::string>{"T"});
        fs::remove(folder / "g.chrX.vcf.gz");
        DS_VERIFY(VariantReader::open(pattern));
        QVERIFY(readX()->sites.empty());
    }

    void oneFileAContig() {
        const TemporaryFolder folder;
        writeText(folder / "g.chr1.vcf.gz", bgzipped(vcf(record("1 100 A C 0|1 0|0 1|1"))));
        writeText(folder / "g.chr2.vcf.gz", bgzipped(vcf(record("2 100 A G 1|1 0|0 1|1"))));
        const std::string pattern = (folder / "g.chr{chrom}.vcf.gz").string();
        const auto reader = VariantReader::open(pattern);
        DS_VERIFY(reader);
        QCOMPARE(reader->contigs(), (std::vector<std::string>{"1", "2"}));
        const auto second = reader->read({"chr2", 0, 1000}, Everybody, UnphasedRule::Refuse, "");
        DS_VERIFY(second);
        QCOMPARE(second->sites.at(0).alts, std::vector<std::string>{"G"});

        writeText(folder / "g.chr3.vcf.gz", bgzipped(vcf(record("1 100 A C 0|1 0|0 1|1"))));
        QVERIFY(QString::fromStdString(VariantReader::open(pattern).error().what)
                    .contains("Contig 1 is in more than one"));
        writeText(folder / "g.chr3.vcf.gz", bgzipped(vcf(record("chr2 100 A C 0|1 0|0 1|1"))));
        QVERIFY(QString::fromStdString(VariantReader::open(pattern).error().what)
                    .contains("Contig chr2 is in more than one file of the pattern (there as 2)"));
        writeText(folder / "g.chr3.vcf.gz", bgzipped(vcf("", "A\tB\tD")));
        const auto strangers = VariantReader::open(pattern);
        QCOMPARE(strangers.error().kind, ErrorKind::Mismatch);
        QVERIFY2(QString::fromStdString(strangers.error().what).contains("\"D\" is only in the second"),
                 strangers.error().message().c_str());
        QCOMPARE(VariantReader::open((folder / "h.{chrom}.vcf.gz").string()).error().kind,
                 ErrorKind::NotFound);
        QCOMPARE(VariantReader::open((folder / "none.vcf.gz").string()).error().kind, ErrorKind::NotFound);
    }

    void staleIndexIsNotUsed() {
        const TemporaryFolder folder;
        const fs::path file = folder / "a.vcf.gz";
        writeText(file, bgzipped(vcf(record("1 100 A C 0|1 0|0 1|1"))));
        DS_VERIFY(VariantReader::open(file.string()));
        QVERIFY(fs::exists(folder / "a.vcf.gz.tbi"));
        std::string records;
        for (int i = 1; i < 900; ++i)
            records += record("2 " + std::to_string(i) + " A C 0|1 0|0 1|1");
        writeText(file, bgzipped(vcf(records)));
        fs::last_write_time(folder / "a.vcf.gz.tbi", fs::last_write_time(file) - std::chrono::minutes(1));
        const auto reader = VariantReader::open(file.string());
        DS_VERIFY(reader);
        QCOMPARE(reader->contigs(), std::vector<std::string>{"2"});
        const auto matrix = reader->read({"2", 400, 500}, Everybody, UnphasedRule::Refuse, "");
        DS_VERIFY(matrix);
        QCOMPARE(matrix->sites.size(), size_t(100));
    }

    /// As `cp` leaves it: the data are replaced, and the index of their earlier state is copied beside them
    /// later. Its places do not fit, so it is built anew, in the cache.
    void staleIndexOfANewerTime_data() {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        const auto records = [](const char* contig, int count, int step = 1) {
            std::string text;
            for (int i = 1; i <= count; ++i)
                text += record(std::string(contig) + " " + std::to_string(i * step) + " A C 0|1 0|0 1|1");
            return QString::fromStdString(text);
        };
        QTest::newRow("records were added") << records("1", 700) << records("1", 900);
        QTest::newRow("records were taken out") << records("1", 900) << records("1", 700);
        QTest::newRow("a contig was added") << records("1", 700) << records("1", 700) + records("2", 200);
        QTest::newRow("another contig") << records("1", 700) << records("2", 700);
        QTest::newRow("other positions") << records("1", 700) << records("1", 700, 40'000);
    }
    void staleIndexOfANewerTime() {
        QFETCH(QString, before);
        QFETCH(QString, after);
        const TemporaryFolder folder;
        const fs::path file = folder / "a.vcf.gz";
        writeText(file, bgzipped(vcf(before.toStdString())));
        DS_VERIFY(VariantReader::open(file.string()));
        writeText(file, bgzipped(vcf(after.toStdString())));
        fs::last_write_time(folder / "a.vcf.gz.tbi", fs::last_write_time(file) + std::chrono::minutes(1));
        const auto reader = VariantReader::open(file.string());
        DS_VERIFY(reader);
        size_t found = 0;
        for (const std::string& contig : reader->contigs()) {
            const auto matrix = reader->read({contig, 0, 100'000'000}, Everybody, UnphasedRule::Refuse, "");
            DS_VERIFY(matrix);
            found += matrix->sites.size();
        }
        QCOMPARE(found, static_cast<size_t>(after.count('\n')));
    }

    void brokenIndex() {
        const VcfFile file(vcf(record("1 100 A C 0|1 0|0 1|1")));
        writeText(file.path() + ".tbi", "this is no index");
        const auto matrix = file.read(); // with one built in the cache; the user's is left as it is
        DS_VERIFY(matrix);
        QCOMPARE(matrix->sites.size(), size_t(1));
        QCOMPARE(fs::file_size(file.path() + ".tbi"), std::uintmax_t(16));
    }

    void longContigGetsCsi() {
        std::string text = vcf(record("1 600000000 A C 0|1 0|0 1|1"));
        text.replace(text.find("length=1000"), 11, "length=700000000");
        const VcfFile file(text);
        const auto matrix = file.read(UnphasedRule::Refuse, "", {"1", 599999000, 600001000});
        DS_VERIFY(matrix);
        QCOMPARE(matrix->sites.size(), size_t(1));
        QVERIFY(fs::exists(file.path() + ".csi"));
    }

    void bcf() {
        if (QStandardPaths::findExecutable("bcftools").isEmpty())
            QSKIP("skipped: no bcftools");
        const TemporaryFolder folder;
        const std::string text = vcf(record("1 100 A C,G 0|2 0|0 1|1") + record("1 200 AT A 1 0|1 .|1") +
                                     record("2 300 C T 0|1 0|1 0|1"));
        writeText(folder / "a.vcf", text);
        const QString made = QString::fromStdString((folder / "a.bcf").string());
        QCOMPARE(QProcess::execute("bcftools", {"view", "--no-version", "-Ob", "-o", made,
                                                QString::fromStdString((folder / "a.vcf").string())}),
                 0);
        const VcfFile file(text);
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
};

QTEST_GUILESS_MAIN(TestVariantFiles)
#include "tst_variant_files.moc"
