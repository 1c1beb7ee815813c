// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/track_reader.h"

#include "compressed_text.h"
#include "support.h"

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

const Region whole{"22", 0, 1'000'000};

const std::string vcfHead = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n";

} // namespace

/// Files along the locus, good and bad.
class TestTrackReader : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;

    Result<FileTrack> read(const std::string& bytes, const Region& region = whole) const {
        writeText(m_folder / "track.txt", bytes);
        return readTrack(m_folder / "track.txt", region);
    }

private Q_SLOTS:
    void bed() {
        const auto track =
            read("browser position chr22:1-100\ntrack name=mine\n# said\n\n"
                 "chr22\t300\t400\tb\t7\t-\nchr22\t100\t200\ta\t1000\t+\nchr1\t100\t200\tc\t0\t.\n"
                 "22\t50\t50\tpoint\t1\t.\n");
        DS_VERIFY(track);
        QCOMPARE(track->format, TrackFormat::Bed);
        QCOMPARE(track->records, int64_t{4});
        QVERIFY(track->hasContig); // by alias
        QCOMPARE(track->features.size(), size_t{3});
        QCOMPARE(track->features[0].name, std::string("point")); // by start, whatever the file's order
        QCOMPARE(track->features[0].start, track->features[0].end);
        QCOMPARE(track->features[1].name, std::string("a"));
        QCOMPARE(track->features[1].start, int64_t{100});
        QCOMPARE(track->features[1].end, int64_t{200});
        QCOMPARE(track->features[1].value, std::optional(1000.0));
        QVERIFY(track->features[1].strand == Strand::Forward);
        QVERIFY(track->features[2].strand == Strand::Reverse);
    }

    void onlyTheRegionIsKept() {
        const std::string text = "22\t0\t100\n22\t100\t200\n22\t150\t5000\n22\t200\t300\n";
        const auto track = read(text, {"chr22", 100, 200});
        DS_VERIFY(track);
        QCOMPARE(track->records, int64_t{4});
        QCOMPARE(track->features.size(), size_t{2});
        QVERIFY(!read(text, {"chr21", 100, 200})->hasContig);
    }

    /// FORMATS 1: 23 and 25 are X where nothing else is, and the others are named as PLINK does.
    void plinksNumbers() {
        const std::string plink = "22\t100\t200\ta\n23\t100\t200\tb\n25\t300\t400\tc\n";
        const Region onX{"chrX", 0, 1000};
        const auto track = read(plink, onX);
        DS_VERIFY(track);
        QVERIFY(track->hasContig);
        QCOMPARE(track->records, int64_t{3});
        QCOMPARE(track->features.size(), size_t{2});
        QCOMPARE(track->features[0].name, std::string("b"));
        QCOMPARE(read(plink + "X\t100\t200\td\n", onX)->features.size(), size_t{1});
        QVERIFY(!read(plink + "38\t100\t200\td\n", onX)->hasContig);
    }

    void blocks() {
        const auto track = read("22\t100\t200\tx\t0\t+\t100\t200\t0\t2\t10,20,\t0,80\n");
        DS_VERIFY(track);
        QCOMPARE(track->features[0].blocks.size(), size_t{2});
        QVERIFY(track->features[0].blocks[1] == std::pair(int64_t{180}, int64_t{200}));
    }

    void narrowPeak() {
        const auto track = read("chr22\t100\t200\tpeak\t500\t.\t12.5\t3\t2\t40\n"
                                "chr22\t300\t400\t.\t0\t.\t1\t-1\t-1\t-1\n");
        DS_VERIFY(track);
        QCOMPARE(track->format, TrackFormat::NarrowPeak);
        QCOMPARE(track->features[0].value, std::optional(12.5)); // the signal, not the score
        QVERIFY(track->features[0].summit == int64_t{140});
        QVERIFY(!track->features[1].summit && track->features[1].name.empty());
    }

    void bedGraph() {
        const auto track = read("track type=bedGraph\n22 0 10 1.5\n22 10 20 -2e3\n22 20 30 NA\n");
        DS_VERIFY(track);
        QCOMPARE(track->format, TrackFormat::BedGraph);
        QCOMPARE(track->features[1].value, std::optional(-2000.0));
        QVERIFY(!track->features[2].value);
        // A fourth column of numbers is a name where the file says that it is a BED.
        for (const char* said :
             {"track type=bed\n", "track\tname=\"type=bedGraph\" type=\"BED\"\n", "track type='bed'\n"})
            QCOMPARE(read(std::string(said) + "22\t0\t10\t1\n")->format, TrackFormat::Bed);
        QCOMPARE(read("track type=\"bedGraph\"\n22\t0\t10\t.\n")->format, TrackFormat::BedGraph);
        // What cannot be drawn is no value.
        const auto large = read("22 0 10 1e308\n22 10 20 -1e308\n22 20 30 inf\n22 30 40 1e300\n");
        DS_VERIFY(large);
        QVERIFY(!large->features[0].value && !large->features[1].value && !large->features[2].value);
        QVERIFY(large->features[3].value);
    }

    /// A name that nobody gave is a dot, and no number.
    void namesMayBeDots() {
        const auto track = read("22\t0\t10\t.\n22\t10\t20\tpeak\n");
        DS_VERIFY(track);
        QCOMPARE(track->format, TrackFormat::Bed);
        QVERIFY(track->features[0].name.empty());
        QCOMPARE(track->features[1].name, std::string("peak"));
        // Or nothing at all, at the end of a row.
        const auto none = read("22\t0\t10\tpeak\n22\t10\t20\t\n22\t20\t30\tx\t\t\n");
        DS_VERIFY(none);
        QVERIFY(none->features[1].name.empty());
        QCOMPARE(none->features[2].name, std::string("x"));
    }

    void vcfSites() {
        const auto track = read(vcfHead + "22\t101\trs1\tA\tG\t.\t.\t.\n22\t201\t.\tACG\tA\t.\t.\tX=1\n");
        DS_VERIFY(track);
        QCOMPARE(track->format, TrackFormat::VcfSites);
        QCOMPARE(track->features[0].start, int64_t{100});
        QCOMPARE(track->features[0].end, int64_t{101});
        QCOMPARE(track->features[0].name, std::string("rs1 A>G"));
        QCOMPARE(track->features[1].end, int64_t{203});
        QCOMPARE(track->features[1].name, std::string("ACG>A"));
        const auto none = read(vcfHead);
        DS_VERIFY(none);
        QVERIFY(none->features.empty());
    }

    void transcripts() {
        const std::string text =
            "22\tx\tgene\t101\t900\t.\t+\t.\tgene_id \"G\"; gene_name \"GENA\";\n"
            "22\tx\texon\t801\t900\t.\t+\t.\tgene_id \"G\"; transcript_id \"T1\"; gene_name \"GENA\";\n"
            "22\tx\texon\t101\t200\t.\t+\t.\tgene_id \"G\"; transcript_id \"T1\"; gene_name \"GENA\";\n"
            "22\tx\tCDS\t101\t200\t.\t+\t.\tgene_id \"G\"; transcript_id \"T1\";\n"
            "22\tx\texon\t101\t150\t.\t-\t.\tgene_id \"H\"; transcript_id \"T2\";\n";
        const auto track = read(text);
        DS_VERIFY(track);
        QCOMPARE(track->format, TrackFormat::Transcripts);
        QCOMPARE(track->features.size(), size_t{2});
        QCOMPARE(track->features[0].name, std::string("GENA T1"));
        QCOMPARE(track->features[0].start, int64_t{100});
        QCOMPARE(track->features[0].end, int64_t{900});
        QCOMPARE(track->features[0].blocks.size(), size_t{2});
        QVERIFY(track->features[0].blocks[0].first == 100); // sorted
        QVERIFY(track->features[1].strand == Strand::Reverse);
        // Seen where only its intron is: from the exons beside.
        QCOMPARE(read(text, {"22", 400, 500})->features.size(), size_t{1});
        const auto gff3 = read("##gff-version 3\n22\tx\tmRNA\t101\t200\t.\t+\t.\tID=t1;Parent=g\n"
                               "22\tx\texon\t101\t200\t.\t+\t.\tParent=t1\n##FASTA\n>22\nACGT\n");
        DS_VERIFY(gff3);
        QCOMPARE(gff3->features[0].name, std::string("t1"));
        // An exon may be part of several transcripts.
        const auto shared = read("##gff-version 3\n22\tx\texon\t101\t200\t.\t+\t.\tParent=t1,t2\n"
                                 "22\tx\texon\t301\t400\t.\t+\t.\tParent=t2;gene_name=GENA\n");
        DS_VERIFY(shared);
        QCOMPARE(shared->features.size(), size_t{2});
        QCOMPARE(shared->features[0].blocks.size(), size_t{1});
        QCOMPARE(shared->features[1].name, std::string("t2"));
        QCOMPARE(shared->features[1].blocks.size(), size_t{2});
        QCOMPARE(shared->features[1].end, int64_t{400});
    }

    /// Rows of many people cost what their first columns do.
    void peopleOfAVcfAreNotLookedAt() {
        const auto track =
            read(vcfHead + "22\t101\trs1\tA\tG\t.\t.\t.\tGT" + std::string(1'000'000, '\t') + "\n");
        DS_VERIFY(track);
        QCOMPARE(track->features[0].name, std::string("rs1 A>G"));
    }

    void aligned() {
        const auto track = read("22   0  10   a  1 +\n22 100 110 bbb 20 -\n");
        DS_VERIFY(track);
        QCOMPARE(track->features[0].value, std::optional(1.0));
        QCOMPARE(track->features[1].name, std::string("bbb"));
    }

    void withoutAnEndOfTheLastLine() {
        for (const std::string& text :
             {std::string("22\t0\t10\n22\t20\t30"), std::string("22\t0\t10\r\n22\t20\t30\r")})
            QCOMPARE(read(text)->features.size(), size_t{2});
    }

    void windowsLinesAndCompression() {
        const std::string text = "22\t0\t10\ta\r\n22\t20\t30\tb\r\n";
        QCOMPARE(read(text)->features[1].name, std::string("b"));
        QCOMPARE(read(bgzipped(text))->features.size(), size_t{2});
        QCOMPARE(read(gzipped(text))->features.size(), size_t{2});
        const std::string whole4 = bgzipped(std::string(200'000, '#').append("\n").append(text));
        const auto cut = read(whole4.substr(0, whole4.size() / 2));
        QVERIFY(!cut);
        QCOMPARE(cut.error().kind, ErrorKind::BadInput);
    }

    void namesAreCutWithinLetters() {
        const auto track =
            read("22\t0\t10\t" + std::string(199, 'a') + "é" + std::string(1'000'000, 'b') + "\n");
        DS_VERIFY(track);
        QCOMPARE(track->features[0].name, std::string(199, 'a'));
        const auto exon = read("22\tx\texon\t1\t9\t.\t+\t.\tgene_name \"" + std::string(150, 'g') +
                               "\"; transcript_id \"" + std::string(150, 't') + "\";\n");
        DS_VERIFY(exon);
        QCOMPARE(exon->features[0].name.size(), MostNameBytes);
    }

    void badFiles_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("where"); ///< empty: the file
        const auto row = [](const char* name, const std::string& bytes, const char* where = ", line 1") {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString::fromLatin1(where);
        };
        row("empty", "", "");
        row("comments only", "# nothing\ntrack name=x\n", "");
        row("no track", "gene\tvalue\nA\t1\n");
        row("one column", "22\n");
        row("no end", "22\t100\n");
        row("negative", "22\t-5\t10\n");
        row("beyond any contig", "22\t5\t1099511627777\n");
        row("overflowing later", "22\t0\t10\n22\t9223372036854775807\t9223372036854775807\n", ", line 2");
        row("not a whole number", "22\t0\t10\n22\t1e3\t2e3\n", ", line 2");
        row("endless columns", "22\t0\t10\n22\t0\t10" + std::string(1'000'000, '\t') + "x\n", ", line 2");
        row("endless", "22\t5\t99999999999999999999\n");
        row("binary", std::string("\x89PNG\r\n\x1a\n\0\0", 10), "");
        row("end before start", "22\t0\t10\n22\t100\t90\n", ", line 2");
        row("columns fewer later", "22\t0\t10\ta\n22\t0\t10\n", ", line 2");
        row("columns more later", "22\t0\t10\n22\t0\t10\ta\n", ", line 2");
        row("start a word", "22\t0\t10\n22\tx\t10\n", ", line 2");
        row("no contig", "22\t0\t10\n\t0\t10\n", ", line 2");
        row("score a word", "22\t0\t10\ta\thigh\n");
        row("strand", "22\t0\t10\ta\t1\tforward\n");
        row("value a word", "22\t0\t10\t1\n22\t10\t20\thigh\n", ", line 2");
        row("blocks beyond", "22\t100\t200\tx\t0\t+\t100\t200\t0\t1\t200\t0\n");
        row("blocks fewer", "22\t100\t200\tx\t0\t+\t100\t200\t0\t3\t10,20\t0,80\n");
        row("blocks more", "22\t100\t200\tx\t0\t+\t100\t200\t0\t2\t10,20,30\t0,80,90\n");
        row("blocks behind a gap", "22\t100\t200\tx\t0\t+\t100\t200\t0\t2\t10,20,,30\t0,80\n");
        row("blocks overflowing", "22\t100\t200\tx\t0\t+\t100\t200\t0\t1\t9223372036854775807\t0\n");
        row("blocks backwards", "22\t100\t200\tx\t0\t+\t100\t200\t0\t2\t10,20\t0,-80\n");
        row("blocks endless", "22\t100\t200\tx\t0\t+\t100\t200\t0\t999999999\t10\t0\n");
        row("summit beyond", "22\t0\t10\tx\t0\t.\t1\t-1\t-1\t11\n");
        row("vcf cut", vcfHead + "22\t101\trs1\tA\n", ", line 3");
        row("vcf position 0", vcfHead + "22\t0\trs1\tA\tG\t.\t.\t.\n", ", line 3");
        row("exon of no transcript", "22\tx\texon\t801\t900\t.\t+\t.\tgene_id \"G\";\n");
        row("exon of too long a transcript",
            "22\tx\texon\t801\t900\t.\t+\t.\ttranscript_id \"" + std::string(5000, 'T') + "\";\n");
        std::string parents = "##gff-version 3\n22\tx\texon\t801\t900\t.\t+\t.\tParent=t";
        for (int i = 0; i < 2000; ++i)
            parents += ",t";
        row("exon of too many transcripts", parents + "\n", ", line 2");
        row("exon of a nameless one", "22\tx\texon\t801\t900\t.\t+\t.\tParent=t,,u\n");
        row("exon backwards", "22\tx\texon\t901\t900\t.\t+\t.\ttranscript_id \"T\";\n");
        row("gtf cut", "22\tx\tgene\t1\t9\t.\t+\t.\ta \"b\"\n22\tx\texon\t801\n", ", line 2");
    }
    void badFiles() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, where);
        const auto track = read(bytes.toStdString());
        QVERIFY(!track);
        QCOMPARE(track.error().kind, ErrorKind::BadInput);
        QVERIFY(!track.error().remedy.empty());
        const QString said = QString::fromStdString(track.error().where);
        QVERIFY2(said.contains(QStringLiteral("track.txt")) && said.endsWith(where), qPrintable(said));
    }

    /// Blocks take memory, too: a small compressed file could have billions of them.
    void blocksAreCounted() {
        std::string sizes, starts;
        for (int i = 0; i < 50'000; ++i) {
            sizes += "1,";
            starts += std::to_string(2 * i) + ",";
        }
        const std::string row = "22\t0\t100000\tx\t0\t+\t0\t0\t0\t50000\t" + sizes + "\t" + starts + "\n";
        std::string text;
        for (int i = 0; i < 19; ++i)
            text += row;
        QCOMPARE(read(text)->features.size(), size_t{19});
        const auto more = read(text + row + row);
        QVERIFY(!more);
        QCOMPARE(more.error().kind, ErrorKind::BadInput);
        QVERIFY(more.error().what.find("features and blocks") != std::string::npos);
        QCOMPARE(read(text + row + row, {"22", 200'000, 300'000})->features.size(), size_t{0});
    }

    void nothingThere() {
        const auto track = readTrack(m_folder / "absent.bed", whole);
        QVERIFY(!track);
        QCOMPARE(track.error().kind, ErrorKind::NotFound);
        QVERIFY(!trackFormat(m_folder / "absent.bed"));
    }

    void itStops() {
        std::string text;
        for (int i = 0; i < 10'000; ++i)
            text += "22\t0\t10\n";
        writeText(m_folder / "long.bed", text);
        std::stop_source stop;
        stop.request_stop();
        RunContext context;
        context.stop = stop.get_token();
        const auto track = readTrack(m_folder / "long.bed", whole, context);
        QVERIFY(!track && track.error().kind == ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestTrackReader)
#include "tst_track_reader.moc"
