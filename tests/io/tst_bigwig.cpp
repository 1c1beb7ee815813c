// SPDX-License-Identifier: GPL-3.0-or-later
// bigWigs: against what libBigWig wrote and reads (tests/reference/bigwig.py), made by hand in every shape,
// and damaged in every way that a file may lie about itself.
#include "io/bigwig_track.h"

#include "io/bigwig_bytes.h"
#include "support.h"
#include "table_file.h"

#include <cmath>
#include <limits>
#include <map>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

const std::vector<std::pair<std::string, uint32_t>> twoContigs{{"chr1", 1000}, {"chr22", 5000}};

BigWigBytes small(bool compressed = false, size_t perNode = 256) {
    return bigWig(twoContigs,
                  {stretches(0, {{0, 100, 9}}), stretches(1, {{10, 20, 1}, {20, 30, -2.5F}, {100, 150, 3}}),
                   variableStep(1, 5, {{200, 4}, {300, 5}}), fixedStep(1, 1000, 10, 4, {6, 7, 8})},
                  compressed, perNode);
}

QString textOf(const FileTrack& track) {
    QStringList parts;
    for (const TrackFeature& feature : track.features)
        parts << QStringLiteral("%1-%2 %3")
                     .arg(feature.start)
                     .arg(feature.end)
                     .arg(feature.value.value_or(std::nan("")));
    return parts.join(QStringLiteral(", "));
}

} // namespace

class TestBigWig : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;

    fs::path fileOf(const std::string& bytes) const {
        writeText(m_folder / "signal.bw", bytes);
        return m_folder / "signal.bw";
    }
    Result<FileTrack> read(const std::string& bytes, const Region& region) const {
        return readTrack(fileOf(bytes), region);
    }

private Q_SLOTS:
    void asLibBigWig() {
        const fs::path file = fixture("reference/bigwig.bw");
        std::map<std::string, std::vector<std::map<std::string, std::string>>> parts;
        for (const auto& row : tableFile(fixture("reference/bigwig.tsv")))
            parts[row.at("what")].push_back(row);
        QCOMPARE(parts.size(), size_t{5});
        for (const auto& [what, rows] : parts) {
            const size_t colon = what.find(':');
            const size_t dash = what.find('-');
            const size_t blank = what.find(' ');
            const Region region{what.substr(blank + 1, colon - blank - 1),
                                std::stoll(what.substr(colon + 1, dash - colon - 1)),
                                std::stoll(what.substr(dash + 1))};
            const bool isMeans = what.starts_with("means");
            const auto track = readBigWigTrack(file, region, {}, isMeans ? 50 : MostSignalValues);
            DS_VERIFY(track);
            QCOMPARE(track->format, TrackFormat::BigWig);
            QCOMPARE(track->binBases, isMeans ? region.length() / 50 : int64_t{0});
            QCOMPARE(track->features.size(), rows.size());
            for (size_t i = 0; i < rows.size(); ++i) {
                QCOMPARE(track->features[i].start, static_cast<int64_t>(std::stoll(rows[i].at("first"))));
                QCOMPARE(track->features[i].end, static_cast<int64_t>(std::stoll(rows[i].at("end"))));
                const double expected = std::stod(rows[i].at("value"));
                const double tolerance = isMeans ? 1e-6 * std::max(1.0, std::abs(expected)) : 0;
                QVERIFY2(std::abs(*track->features[i].value - expected) <= tolerance, what.c_str());
            }
        }
        const auto empty = readTrack(file, {"chrX", 0, 1000});
        DS_VERIFY(empty);
        QVERIFY(empty->features.empty() && empty->hasContig);
        const auto all = readTrack(file, {});
        DS_VERIFY(all);
        QVERIFY(all->records > 1000 && all->features.empty());
    }

    void everyShape_data() {
        QTest::addColumn<bool>("compressed");
        QTest::addColumn<int>("perNode");
        QTest::newRow("plain") << false << 256;
        QTest::newRow("compressed") << true << 256;
        QTest::newRow("trees of two levels") << true << 1;
        QTest::newRow("of two items") << false << 2;
    }
    void everyShape() {
        QFETCH(bool, compressed);
        QFETCH(int, perNode);
        const std::string bytes = small(compressed, static_cast<size_t>(perNode)).bytes;
        const auto track = read(bytes, {"22", 0, 5000}); // by alias
        DS_VERIFY(track);
        QCOMPARE(textOf(*track),
                 QStringLiteral("10-20 1, 20-30 -2.5, 100-150 3, 200-205 4, 300-305 5, 1000-1004 6, "
                                "1010-1014 7, 1020-1024 8"));
        QVERIFY(track->hasContig);
        QCOMPARE(track->binBases, int64_t{0});
        QCOMPARE(textOf(*read(bytes, {"chr1", 50, 60})), QStringLiteral("0-100 9")); // whole, not cut
        QCOMPARE(readTrack(m_folder / "signal.bw", {})->records, int64_t{9});
        const auto format = trackFormat(m_folder / "signal.bw");
        DS_VERIFY(format);
        QVERIFY(*format == TrackFormat::BigWig && isSignal(*format));
    }

    void onlyTheRegion() {
        const std::string bytes = small().bytes;
        QCOMPARE(textOf(*read(bytes, {"22", 20, 101})), QStringLiteral("20-30 -2.5, 100-150 3"));
        QCOMPARE(textOf(*read(bytes, {"22", -5000, 11})), QStringLiteral("10-20 1"));
        QCOMPARE(textOf(*read(bytes, {"22", 205, 300})), QString());
        QCOMPARE(textOf(*read(bytes, {"22", 1023, 99'999'999})), QStringLiteral("1020-1024 8"));
        QCOMPARE(textOf(*read(bytes, {"22", -10, -5})), QString());
        const auto other = read(bytes, {"7", 0, 5000});
        DS_VERIFY(other);
        QVERIFY(!other->hasContig && other->features.empty());
    }

    void bothNamesOfAContigAreRead() {
        const auto track = read(
            bigWig({{"22", 900}, {"chr22", 900}}, {stretches(0, {{50, 60, 1}}), stretches(1, {{5, 6, 2}})})
                .bytes,
            {"22", 0, 900});
        DS_VERIFY(track);
        QCOMPARE(textOf(*track), QStringLiteral("5-6 2, 50-60 1")); // by start
    }

    void whatIsNoNumberIsNoValue() {
        const float nan = std::numeric_limits<float>::quiet_NaN();
        const float endless = std::numeric_limits<float>::infinity();
        const auto track =
            read(bigWig({{"22", 900}}, {fixedStep(0, 0, 1, 1, {1, nan, endless, -endless, 2})}).bytes,
                 {"22", 0, 900});
        DS_VERIFY(track);
        QCOMPARE(textOf(*track), QStringLiteral("0-1 1, 4-5 2"));
    }

    /// More values than are held are means over the bases that have one; a value reaches into all its bins.
    void means() {
        const std::string bytes = bigWig({{"22", 900}}, {fixedStep(0, 0, 1, 1, {1, 2, 3, 4, 5, 6, 7, 8}),
                                                         stretches(0, {{10, 13, 9}, {26, 34, 2}})})
                                      .bytes;
        const auto track = readBigWigTrack(fileOf(bytes), {"22", 2, 32}, {}, 3);
        DS_VERIFY(track);
        QCOMPARE(track->binBases, int64_t{10});
        // 3 to 8 and twice 9; once 9; 2 from 26 on, which is cut where the region ends.
        QCOMPARE(textOf(*track), QStringLiteral("2-12 6.375, 12-22 9, 22-32 2"));
        QCOMPARE(readBigWigTrack(fileOf(bytes), {"22", 0, 2}, {}, 3)->binBases, int64_t{0});
        const auto uneven = readBigWigTrack(fileOf(bytes), {"22", 0, 7}, {}, 3); // bins of 3, 3 and 1
        DS_VERIFY(uneven);
        QCOMPARE(textOf(*uneven), QStringLiteral("0-3 2, 3-6 5, 6-7 7"));
    }

    void valuesOnOneAnother() {
        const std::string bytes =
            bigWig({{"22", 900}}, {stretches(0, {{0, 9, 1}, {0, 9, 2}, {0, 9, 3}, {0, 9, 4}})}).bytes;
        QCOMPARE(read(bytes, {"22", 0, 10})->features.size(), size_t{4}); // few: as the file has them
        const auto many = readBigWigTrack(fileOf(bytes), {"22", 0, 10}, {}, 3);
        QVERIFY(!many);
        QCOMPARE(many.error().kind, ErrorKind::BadInput);
        QVERIFY(many.error().what.find("lie on one another") != std::string::npos);
    }

    void badFiles_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const std::string& bytes, const char* says) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString::fromLatin1(says);
        };
        /// A good one with a number changed.
        const auto changed = [](auto number, size_t BigWigBytes::*part, size_t offset,
                                bool compressed = false, size_t perNode = 256) {
            BigWigBytes made = small(compressed, perNode);
            put(made.bytes, (part == nullptr ? 0 : made.*part) + offset, number);
            return made.bytes;
        };
        const BigWigBytes good = small();
        const size_t ids = 32 + 4 + good.nameBytes; // of the first contig, from the tree's head on
        constexpr size_t leaf = 48 + 4;             // the index's first item
        row("only its magic", good.bytes.substr(0, 4), "shorter than its header");
        row("half a header", good.bytes.substr(0, 40), "shorter than its header");
        row("cut within the contigs", good.bytes.substr(0, good.contigTree + 40), "index");
        row("cut within the values", good.bytes.substr(0, good.index - 10), "index");
        row("cut within the index", good.bytes.substr(0, good.index + leaf + 40), "beyond its end");
        row("bigBed", changed(uint32_t{0x8789F2EB}, nullptr, 0), "bigBed");
        row("bigBed, swapped", changed(uint32_t{0xEBF28987}, nullptr, 0), "bigBed");
        row("swapped", changed(uint32_t{0x26FC8F88}, nullptr, 0), "order of bytes");
        row("version 0", changed(uint16_t{0}, nullptr, 4), "version 0");
        row("version 5", changed(uint16_t{5}, nullptr, 4), "version 5");
        row("contigs elsewhere", changed(uint64_t{70}, nullptr, 8), "contigs are not");
        row("contigs beyond", changed(uint64_t{1} << 62, nullptr, 8), "contigs are not");
        row("contigs before", changed(~uint64_t{0}, nullptr, 8), "contigs are not");
        row("index elsewhere", changed(uint64_t{0}, nullptr, 24), "index is not");
        row("index beyond", changed(~uint64_t{0} - 2, nullptr, 24), "index is not");
        row("names without end", changed(~uint32_t{0}, &BigWigBytes::contigTree, 8), "another shape");
        row("names of nothing", changed(uint32_t{0}, &BigWigBytes::contigTree, 8), "another shape");
        row("contigs of another size", changed(uint32_t{16}, &BigWigBytes::contigTree, 12), "another shape");
        row("contigs without number", changed(~uint64_t{0}, &BigWigBytes::contigTree, 16), "fewer or more");
        row("one contig fewer", changed(uint64_t{1}, &BigWigBytes::contigTree, 16), "fewer or more");
        row("65,535 contigs in a node", changed(uint16_t{65535}, &BigWigBytes::contigTree, 34), "circle");
        row("contigs in a circle",
            changed(uint64_t{small(false, 1).contigTree + 32}, &BigWigBytes::contigTree, ids, false, 1),
            "circle");
        row("65,535 blocks in a node", changed(uint16_t{65535}, &BigWigBytes::index, 50), "circle");
        row("index in a circle",
            changed(uint64_t{small(false, 1).index + 48}, &BigWigBytes::index, leaf + 24 + 16, false, 1),
            "circle");
        row("index into nowhere", changed(uint64_t{1} << 50, &BigWigBytes::index, leaf + 24 + 16, false, 1),
            "beyond its end");
        row("block beyond", changed(uint64_t{1} << 50, &BigWigBytes::index, leaf + 32 + 16),
            "beyond its end");
        row("block without end", changed(~uint64_t{0}, &BigWigBytes::index, leaf + 32 + 24),
            "longer than any");
        row("block of all", changed(uint64_t{good.bytes.size() + 1}, &BigWigBytes::index, leaf + 32 + 24),
            "longer than itself");
        row("block of nothing", changed(uint64_t{0}, &BigWigBytes::index, leaf + 32 + 24),
            "before its values");
        row("no zlib",
            changed(uint16_t{0}, &BigWigBytes::blocks, zlibStored(std::string(36, ' ')).size(), true),
            "decompressed");
        const size_t second = 24 + 12; // the second block, from the first on
        row("more values than there are", changed(uint16_t{65535}, &BigWigBytes::blocks, second + 22),
            "fewer values");
        row("one value more", changed(uint16_t{4}, &BigWigBytes::blocks, second + 22), "fewer values");
        row("a fourth type", changed(char{4}, &BigWigBytes::blocks, second + 20), "no known type");
        row("type 0", changed(char{0}, &BigWigBytes::blocks, second + 20), "no known type");
        row("end before start", changed(uint32_t{5}, &BigWigBytes::blocks, second + 24 + 4), "of no base");
        row("steps of no base",
            bigWig(twoContigs, {bigWigSection(1, 0, 100, 0, 0, 3, 1, std::string(4, '\1'))}).bytes,
            "of no base");
        row("ten bytes, compressed", bigWig(twoContigs, {{1, 0, 100, std::string(10, 'x')}}, true).bytes,
            "before its values");
    }
    void badFiles() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, says);
        const auto track = read(bytes.toStdString(), {"22", 0, 5000});
        QVERIFY2(!track, "it was read");
        QCOMPARE(track.error().kind, ErrorKind::BadInput);
        QVERIFY2(QString::fromStdString(track.error().what).contains(says), track.error().what.c_str());
        QVERIFY(track.error().where.find("signal.bw") != std::string::npos);
        QVERIFY(!track.error().remedy.empty());
    }

    /// `check` reads all blocks: one that no locus shows may be damaged, too.
    void wholeFilesAreChecked() {
        BigWigBytes made = small();
        put(made.bytes, made.blocks + 22, uint16_t{2}); // of chr1, which has one value
        DS_VERIFY(read(made.bytes, {"22", 0, 5000}));
        const auto all = read(made.bytes, {});
        QVERIFY(!all && all.error().kind == ErrorKind::BadInput);
    }

    /// Whatever is cut off or changed by a bit: an error or values, and no more of them than there are.
    void cutAndChanged() {
        for (const bool compressed : {false, true}) {
            const std::string good = small(compressed, 2).bytes;
            for (size_t size = 0; size < good.size(); ++size)
                if (const auto track = read(good.substr(0, size), {"22", 0, 5000}))
                    QVERIFY(track->features.size() <= 8);
            for (size_t at = 0; at < good.size(); ++at) {
                std::string bytes = good;
                bytes[at] = static_cast<char>(bytes[at] ^ 0x41);
                if (const auto track = read(bytes, {"22", 0, 5000}))
                    QVERIFY(track->features.size() < 2000);
                (void)readTrack(m_folder / "signal.bw", {});
            }
        }
    }

    void nothingThere() {
        QVERIFY(!trackFormat(m_folder / "absent.bw"));
        QCOMPARE(readTrack(m_folder / "absent.bw", {"22", 0, 9}).error().kind, ErrorKind::NotFound);
        QCOMPARE(readTrack("http://localhost/signal.bw", {"22", 0, 9}).error().kind, ErrorKind::NotFound);
    }

    void itStops() {
        std::stop_source stop;
        stop.request_stop();
        RunContext context;
        context.stop = stop.get_token();
        const auto track = readTrack(fileOf(small().bytes), {"22", 0, 5000}, context);
        QVERIFY(!track && track.error().kind == ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestBigWig)
#include "tst_bigwig.moc"
