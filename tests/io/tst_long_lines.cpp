// SPDX-License-Identifier: GPL-3.0-or-later
// Small compressed files that hold one line of 3 GB: refused after what a line may have, not read to its end.
// The same of records that an index leads to.
#include "base/atomic_file.h"
#include "io/annotation_reader.h"
#include "io/files.h"
#include "io/small_vcf.h"
#include "io/table_reader.h"
#include "io/variant_reader.h"

#include <QStandardPaths>

#include <sys/resource.h>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

constexpr int kMegabytes = 3072;
constexpr size_t kEndMarker = 28; ///< bytes of the empty block at the end of a bgzip file

std::string compressed(const QString& program, const fs::path& folder, const std::string& text) {
    writeThrough(program, folder / "part", text);
    return readWholeFile(folder / "part").value();
}

/// `head`, then 3 GB of `A` without a line end, in a file of a few MB: one compressed megabyte, repeated.
/// \param tail  ends the line
void writeLongLine(const fs::path& file, const QString& program, const std::string& head,
                   int megabytes = kMegabytes, const std::string& tail = "\n") {
    const TemporaryFolder folder;
    std::string start = compressed(program, folder.path(), head);
    std::string megabyte = compressed(program, folder.path(), std::string(1 << 20, 'A'));
    std::string end = compressed(program, folder.path(), tail);
    if (program == "bgzip")
        for (std::string* part : {&start, &megabyte})
            part->resize(part->size() - kEndMarker);
    std::ofstream out(file, std::ios::binary);
    out << start;
    for (int i = 0; i < megabytes; ++i)
        out << megabyte;
    out << end;
}

/// The most memory that this process has had, in MB.
int64_t peakMegabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss >> 10;
}

Result<void> readTable(const fs::path& file) {
    DS_ASSIGN(TableReader table, TableReader::open(file));
    for (bool more = true; more;) {
        DS_ASSIGN(more, table.next());
    }
    return {};
}

Result<void> readGenes(const fs::path& file) {
    DS_TRY(readAnnotation(file));
    return {};
}

Result<void> readVariants(const fs::path& file) {
    DS_TRY(VariantReader::open(file.string()));
    return {};
}

using Reader = Result<void> (*)(const fs::path&);

} // namespace

Q_DECLARE_METATYPE(Reader)

class TestLongLines : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refusedWithPlaceAndRemedy_data();
    void refusedWithPlaceAndRemedy();
    void refusedThroughAnIndex_data();
    void refusedThroughAnIndex();
};

void TestLongLines::refusedWithPlaceAndRemedy_data() {
    QTest::addColumn<Reader>("read");
    QTest::addColumn<QString>("program");
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<int>("line"); // that is too long
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("remedy");
    const auto row = [](const char* name, Reader read, const char* program, const std::string& head,
                        const char* what, const char* remedy) {
        const QByteArray bytes = QByteArray::fromStdString(head);
        QTest::newRow(name) << read << QString(program) << bytes << int(bytes.count('\n')) + 1
                            << QString(what) << QString(remedy);
    };
    const std::string gtf = "22\tx\tgene\t1\t9\t.\t+\t.\tgene_id \"G1\";\n22\tx\tgene\t11\t19\t.\t+\t.\t";
    const std::string tsv = "gene_id\tHG1\nG1\t0.5\nG2\t";
    for (const char* program : {"gzip", "bgzip"}) {
        const bool blocked = program == std::string_view("bgzip");
        row(blocked ? "GTF, bgzip" : "GTF, gzip", &readGenes, program, gtf, "longer than 64 MB",
            "right file");
        row(blocked ? "TSV, bgzip" : "TSV, gzip", &readTable, program, tsv, "longer than 64 MB",
            "right file");
    }
    row("nothing but the line", &readTable, "gzip", "G", "longer than 64 MB", "right file");
    const std::string good = vcf(record("1 100 A C 0|1 0|0 0|0"));
    row("VCF, the first record", &readVariants, "bgzip", vcf("1\t100\t.\tA\t"), "longer than 128 MB",
        "bcftools view");
    row("VCF, the second record", &readVariants, "bgzip", good + "1\t200\t.\tA\t", "longer than 128 MB",
        "bcftools view");
    row("VCF, gzip", &readVariants, "gzip", vcf("1\t100\t.\tA\t"), "longer than 128 MB", "bcftools view");
    row("VCF, in the header", &readVariants, "bgzip", "##fileformat=VCFv4.2\n##x=", "larger than 128 MB",
        "bcftools view");
}

void TestLongLines::refusedWithPlaceAndRemedy() {
    QFETCH(Reader, read);
    QFETCH(QString, program);
    QFETCH(QByteArray, head);
    QFETCH(int, line);
    QFETCH(QString, what);
    QFETCH(QString, remedy);
    const TemporaryFolder folder;
    const fs::path file = folder / "long.gz";
    writeLongLine(file, program, head.toStdString());
    QVERIFY(fs::file_size(file) < (16U << 20));

    const Result<void> got = read(file);
    QVERIFY(!got);
    QCOMPARE(got.error().kind, ErrorKind::BadInput);
    const std::string message = got.error().message();
    QVERIFY2(QString::fromStdString(got.error().what).contains(what), message.c_str());
    QCOMPARE(got.error().where, file.string() + ", line " + std::to_string(line));
    QVERIFY2(QString::fromStdString(got.error().remedy).contains(remedy), message.c_str());
    QVERIFY2(peakMegabytes() < 1024, "the line was held in memory");
    for (const auto& entry : fs::directory_iterator(folder.path()))
        QCOMPARE(entry.path(), file); // no index was begun
}

void TestLongLines::refusedThroughAnIndex_data() {
    QTest::addColumn<bool>("isBcf");
    QTest::newRow("VCF") << false;
    QTest::newRow("BCF") << true;
}

/// A ready index leads past all that is looked at before: the record itself has a limit. It is a good one.
void TestLongLines::refusedThroughAnIndex() {
    QFETCH(bool, isBcf);
    for (const char* program : {"tabix", "bcftools"})
        if (QStandardPaths::findExecutable(program).isEmpty())
            QSKIP("skipped: no tabix or bcftools");
    const TemporaryFolder folder;
    fs::path file = folder / "long.vcf.gz";
    std::string head = vcf(record("1 100 A C 0|1 0|0 0|0") + "1\t200\t.\tA\tC\t.\t.\tX=");
    head.insert(head.find("#CHROM"), "##INFO=<ID=X,Number=1,Type=String,Description=\"long\">\n");
    writeLongLine(file, "bgzip", head, 130, "\tGT\t0|1\t0|0\t0|0\n" + record("1 300 A C 0|1 0|0 0|0"));
    if (isBcf) {
        const QString text = QString::fromStdString(file.string());
        file = folder / "long.bcf";
        const QString bcf = QString::fromStdString(file.string());
        QCOMPARE(QProcess::execute("bcftools", {"view", "-Ob", "-o", bcf, text}), 0);
        QCOMPARE(QProcess::execute("bcftools", {"index", bcf}), 0);
    } else {
        QCOMPARE(QProcess::execute("tabix", {"-p", "vcf", QString::fromStdString(file.string())}), 0);
    }
    const auto reader = VariantReader::open(file.string());
    DS_VERIFY(reader);
    const auto matrix = reader->read({"1", 0, 1000}, Everybody, UnphasedRule::Refuse, "");
    QVERIFY(!matrix);
    QCOMPARE(matrix.error().kind, ErrorKind::BadInput);
    QVERIFY2(matrix.error().what.find("longer than 128 MB") != std::string::npos,
             matrix.error().message().c_str());
    QCOMPARE(matrix.error().where, file.string() + ", contig 1");
    QVERIFY(!matrix.error().remedy.empty());
    QVERIFY2(peakMegabytes() < 1024, "more than the limit was held in memory");
}

QTEST_GUILESS_MAIN(TestLongLines)
#include "tst_long_lines.moc"
