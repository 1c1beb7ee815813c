// SPDX-License-Identifier: GPL-3.0-or-later
// Small compressed files that hold one line of 3 GB: refused after what a line may have, not read to its end.
#include "base/atomic_file.h"
#include "io/annotation_reader.h"
#include "io/files.h"
#include "io/small_vcf.h"
#include "io/table_reader.h"
#include "io/variant_reader.h"

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
void writeLongLine(const fs::path& file, const QString& program, const std::string& head) {
    const TemporaryFolder folder;
    std::string start = compressed(program, folder.path(), head);
    std::string megabyte = compressed(program, folder.path(), std::string(1 << 20, 'A'));
    std::string end;
    if (program == "bgzip") {
        end = megabyte.substr(megabyte.size() - kEndMarker);
        for (std::string* part : {&start, &megabyte})
            part->resize(part->size() - kEndMarker);
    }
    std::ofstream out(file, std::ios::binary);
    out << start;
    for (int i = 0; i < kMegabytes; ++i)
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

QTEST_GUILESS_MAIN(TestLongLines)
#include "tst_long_lines.moc"
