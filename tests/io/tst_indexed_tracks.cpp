// SPDX-License-Identifier: GPL-3.0-or-later
// Tracks that are read by a tabix index give what they give when they are read whole; what does not fit is
// not used.
#include "io/track_reader.h"

#include "compressed_text.h"
#include "io/file_heads.h"
#include "support.h"

#include <QProcess>
#include <QStandardPaths>

#include <chrono>
#include <cstring>
#include <random>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

constexpr int64_t Length = 3'000'000;

/// BED6 on two contigs, some of no length, some long, one where an index's windows meet.
std::string manyFeatures() {
    std::mt19937 random(7);
    std::string text = "#chrom\tstart\tend\n";
    for (const char* contig : {"chr1", "chr2"}) {
        int64_t start = 0;
        for (int i = 0; i < 3000; ++i) {
            start += static_cast<int64_t>(random() % 2000);
            if (i == 1000)
                start = (start / 16384 + 1) * 16384;
            const auto length = i == 1000            ? 0
                                : random() % 50 == 0 ? 100'000
                                                     : static_cast<int64_t>(random() % 300);
            text += std::string(contig) + '\t' + std::to_string(start) + '\t' +
                    std::to_string(start + length) + "\tf" + std::to_string(i) + "\t" +
                    std::to_string(random() % 1000) + "\t+\n";
        }
    }
    return text;
}

/// Transcripts of exons far apart, sorted by exon.
std::string manyExons() {
    std::string text;
    const auto line = [&text](int64_t start, const char* type, int64_t gene) {
        text += "1\tx\t" + std::string(type) + '\t' + std::to_string(start) + '\t' +
                std::to_string(start + 90) + "\t.\t+\t.\tgene_id \"G" + std::to_string(gene) +
                "\"; transcript_id \"T" + std::to_string(gene) + "\"; gene_name \"N" + std::to_string(gene) +
                "\";\n";
    };
    for (int64_t i = 0; i < 2000; ++i) { // each gene has an exon now and one 200 kb on
        line(1 + 1000 * i, "exon", i);
        if (i >= 200)
            line(501 + 1000 * i, "exon", i - 200);
        line(601 + 1000 * i, "CDS", i);
    }
    return text;
}

std::string manySites() {
    std::string text =
        "##fileformat=VCFv4.2\n##contig=<ID=1>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n";
    for (int i = 1; i < 3000; ++i)
        text += "1\t" + std::to_string(i * 700) + "\trs" + std::to_string(i) +
                (i % 100 == 0 ? "\tACGTACGTACGT\tA" : "\tA\tC") + "\t.\t.\t.\n";
    return text;
}

std::string inWords(const FileTrack& track) {
    std::string text = track.hasContig ? "there: " : "not there: ";
    for (const TrackFeature& feature : track.features) {
        text += feature.name + ' ' + std::to_string(feature.start) + '-' + std::to_string(feature.end) + ' ' +
                std::to_string(feature.value.value_or(-1)) + (feature.strand ? "s" : "");
        for (const auto& [start, end] : feature.blocks)
            text += ' ' + std::to_string(start) + '-' + std::to_string(end);
        text += '\n';
    }
    return text;
}

/// One change as damage makes it, of an index's decompressed bytes.
std::string damaged(std::string bytes, std::mt19937& random) {
    const auto below = [&](size_t limit) {
        return std::uniform_int_distribution<size_t>(0, limit - 1)(random);
    };
    const size_t at = below(bytes.size());
    switch (below(4)) {
    case 0: // cut
        return bytes.substr(0, at);
    case 1: // a stretch twice
        return bytes.insert(at, bytes.substr(at, 1 + below(64)));
    case 2: // a place far behind the end
        std::memset(bytes.data() + std::min(at, bytes.size() - 8), 0x7f, 8);
        return bytes;
    default: // a stretch left out
        return bytes.erase(at, 1 + below(64));
    }
}

} // namespace

class TestIndexedTracks : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    TemporaryFolder m_cache;

    static bool hasTabix() { return !QStandardPaths::findExecutable("tabix").isEmpty(); }
    /// \return the bgzipped file with its index; the same is beside it as plain text, `.txt`
    fs::path indexed(const std::string& name, const std::string& text, const char* preset,
                     bool asCsi = false) {
        const fs::path file = m_folder / (name + ".gz");
        for (const char* suffix : {".tbi", ".csi"})
            fs::remove(file.string() + suffix);
        writeText(file, bgzipped(text, 3000));
        writeText(m_folder / (name + ".txt"), text);
        QStringList arguments{"-f", "-p", preset, QString::fromStdString(file.string())};
        if (asCsi)
            arguments.prepend("-C");
        if (QProcess::execute("tabix", arguments) != 0)
            qFatal("tabix");
        return file;
    }
    static fs::path plain(const fs::path& file) {
        return file.string().substr(0, file.string().size() - 3) + ".txt";
    }

private Q_SLOTS:
    void initTestCase() {
        qputenv("XDG_CACHE_HOME", QByteArray::fromStdString(m_cache.path().string()));
        if (!hasTabix())
            QSKIP("skipped: no tabix");
    }

    void everyRegion_data() {
        QTest::addColumn<QString>("preset");
        QTest::addColumn<bool>("asCsi");
        for (const char* preset : {"bed", "gff", "vcf"})
            for (const bool asCsi : {false, true})
                QTest::addRow("%s, %s", preset, asCsi ? "csi" : "tbi") << preset << asCsi;
    }
    void everyRegion() {
        QFETCH(QString, preset);
        QFETCH(bool, asCsi);
        const std::string text = preset == "bed"   ? manyFeatures()
                                 : preset == "gff" ? manyExons()
                                                   : manySites();
        const fs::path file =
            indexed("a." + preset.toStdString(), text, preset.toLatin1().constData(), asCsi);
        const int64_t all = readTrack(plain(file), {})->records;
        std::mt19937 random(11);
        std::vector<Region> regions{{"1", 0, Length}, {"chr1", -100, 1}, {"2", 0, 10}, {"7", 0, Length}};
        const std::string contig = preset == "bed" ? "chr2" : "1";
        for (int i = 0; i < 200; ++i) {
            const auto start = static_cast<int64_t>(random() % Length);
            regions.push_back({contig, start, start + 1 + static_cast<int64_t>(random() % 20'000)});
        }
        // And where what has no length stands at the region's own start.
        const auto whole = readTrack(plain(file), {contig, 0, 10 * Length});
        DS_VERIFY(whole);
        for (const TrackFeature& feature : whole->features)
            if (feature.start == feature.end || regions.size() < 300)
                regions.push_back({contig, feature.start, feature.start + 1});
        size_t found = 0;
        for (const Region& region : regions) {
            const auto byIndex = readTrack(file, region);
            const auto byAll = readTrack(plain(file), region);
            DS_VERIFY(byIndex);
            DS_VERIFY(byAll);
            QVERIFY2(inWords(*byIndex) == inWords(*byAll), toText(region).c_str());
            found += byIndex->features.size();
            if (region.length() < 30'000 && preset != "gff")
                QVERIFY2(byIndex->records < all / 4, std::to_string(byIndex->records).c_str());
        }
        QVERIFY(found > 500);
        QVERIFY(unusedTrackIndexes(file, byAllFormat(preset)).empty());
        QCOMPARE(readTrack(file, {})->records, all); // without a contig all of it is read, for its faults
    }
    void plinksNumbers() {
        const fs::path file = indexed("plink.bed", "22\t100\t200\ta\n23\t100\t200\tb\n", "bed");
        for (const fs::path& one : {file, plain(file)}) {
            const auto track = readTrack(one, {"chrX", 0, 1000});
            DS_VERIFY(track);
            QCOMPARE(inWords(*track), std::string("there: b 100-200 -1.000000\n"));
        }
    }
    static TrackFormat byAllFormat(const QString& preset) {
        return preset == "bed"   ? TrackFormat::Bed
               : preset == "gff" ? TrackFormat::Transcripts
                                 : TrackFormat::VcfSites;
    }

    /// A row that no reader takes, on another contig: reading by region does not come there.
    void otherRowsAreNotLookedAt() {
        const std::string text = "chr1\t10\t20\ta\t0\t+\nchr2\t10\t20\tb\t0\tx\n";
        const fs::path file = indexed("b.bed", text, "bed");
        QVERIFY(!readTrack(plain(file), {"chr1", 0, 100}));
        const auto good = readTrack(file, {"1", 0, 100});
        DS_VERIFY(good);
        QCOMPARE(good->features.size(), size_t{1});
        QCOMPARE(good->records, int64_t{1});
        const auto bad = readTrack(file, {"2", 0, 100});
        QVERIFY(!bad);
        QVERIFY2(bad.error().where.ends_with("b.bed.gz, chr2:11"), bad.error().where.c_str());
        QVERIFY(!readTrack(file, {}));
    }

    /// Of another file, older than it, made for another format: read whole, as without one, and told.
    void whatDoesNotFitIsNotUsed() {
        const fs::path file = indexed("c.bed", manyFeatures(), "bed");
        const fs::path index = file.string() + ".tbi";
        const fs::path other = indexed("d.bed", manyFeatures() + "chr2\t2999990\t2999999\tz\t0\t+\n", "bed");
        const int64_t all = readTrack(plain(file), {})->records;
        const Region region{"chr1", 500'000, 510'000};
        const auto isReadWhole = [&] {
            const auto found = readTrack(file, region);
            return found && found->records == all &&
                   inWords(*found) == inWords(*readTrack(plain(file), region)) &&
                   unusedTrackIndexes(file, TrackFormat::Bed) == std::vector<fs::path>{index};
        };
        QVERIFY(!isReadWhole());
        const std::string own = readFileHead(index, size_t{1} << 24)->bytes;
        fs::copy_file(other.string() + ".tbi", index, fs::copy_options::overwrite_existing);
        QVERIFY(isReadWhole());
        writeText(index, bgzipped(own));
        QVERIFY(!isReadWhole());
        fs::last_write_time(index, fs::last_write_time(file) - std::chrono::hours(1));
        QVERIFY(isReadWhole());
        std::string vcf = own;
        const int32_t preset = 2;
        std::memcpy(vcf.data() + 8, &preset, 4);
        writeText(index, bgzipped(vcf));
        QVERIFY(isReadWhole());
    }

    /// Of 300 damaged indexes none ends the program or gives another picture.
    void damagedIndexes_data() {
        QTest::addColumn<QString>("preset");
        QTest::newRow("bed") << "bed";
        QTest::newRow("gff") << "gff";
    }
    void damagedIndexes() {
        QFETCH(QString, preset);
        const std::string text = preset == "bed" ? manyFeatures() : manyExons();
        const fs::path file = indexed("e." + preset.toStdString(), text, preset.toLatin1().constData());
        const fs::path index = file.string() + ".tbi";
        const std::string bytes = readFileHead(index, size_t{1} << 24)->bytes;
        const std::string contig = preset == "bed" ? "chr2" : "1";
        std::vector<std::pair<Region, std::string>> wanted;
        for (const int64_t start : {0, 400'000, 1'234'567})
            wanted.emplace_back(Region{contig, start, start + 30'000},
                                inWords(*readTrack(plain(file), {contig, start, start + 30'000})));
        std::mt19937 random(20261126);
        for (int round = 0; round < 300; ++round) {
            writeText(index, bgzipped(damaged(bytes, random)));
            for (const auto& [region, want] : wanted) {
                const auto found = readTrack(file, region);
                DS_VERIFY(found);
                QVERIFY2(inWords(*found) == want, std::to_string(round).c_str());
            }
        }
    }

    /// Gzip is no bgzip: an index cannot be of it.
    void withoutBgzip() {
        writeText(m_folder / "f.bed.gz", gzipped("chr1\t10\t20\n"));
        writeText(m_folder / "f.bed.gz.tbi", "anything");
        const auto found = readTrack(m_folder / "f.bed.gz", {"1", 0, 100});
        DS_VERIFY(found);
        QCOMPARE(found->features.size(), size_t{1});
    }
};

QTEST_GUILESS_MAIN(TestIndexedTracks)
#include "tst_indexed_tracks.moc"
