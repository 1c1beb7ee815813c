// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/annotation_cache.h"

#include "base/atomic_file.h"
#include "base/checksum.h"
#include "io/annotation_reader.h"
#include "io/spoilt_file.h"
#include "support.h"

#include <thread>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

std::string gtf(const std::string& name) {
    const auto line = [](const std::string& type, int start, int end, const std::string& strand,
                         const std::string& attributes) {
        return "chr22\tX\t" + type + "\t" + std::to_string(start) + "\t" + std::to_string(end) + "\t.\t" +
               strand + "\t.\t" + attributes + "\n";
    };
    return "##description: evidence-based annotation of the human genome (GRCh38), version 44\n" +
           line("gene", 101, 900, "+",
                "gene_id \"ENSG00000000001.3\"; gene_type \"lncRNA\"; gene_name \"" + name + "\";") +
           line("exon", 101, 200, "+", "gene_id \"ENSG00000000001.3\";") +
           line("exon", 801, 900, "+", "gene_id \"ENSG00000000001.3\";") +
           line("gene", 2001, 3000, "-", "gene_id \"ENSG00000000002.1\"; gene_name \"OTHER\";") +
           line("gene", 5001, 6000, ".", "gene_id \"ENSG00000000003.1\"; gene_name \"NONE\";");
}

/// All that an annotation holds.
std::string told(const Result<Annotation>& annotation) {
    if (!annotation)
        return annotation.error().message();
    std::string text = annotation->declaredBuild() + "\n";
    for (const std::string& id : annotation->unstranded())
        text += id + "\n";
    for (const Gene& gene : annotation->genes()) {
        text += gene.id + "/" + gene.version + "/" + gene.name + "/" + gene.type + "/" + toText(gene.region) +
                strandSymbol(gene.strand);
        for (const Region& exon : gene.exons)
            text += " " + toText(exon);
        text += annotation->findId(gene.id) == &gene ? "\n" : " is not found\n";
    }
    return text;
}

std::vector<fs::path> keptIn(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder / "annotations", none))
        files.push_back(entry.path());
    return files;
}

constexpr size_t BehindHead = 16 + 16 + 8; ///< two digests and a length

/// What is kept with another name of a gene, as if that had been parsed.
std::string renamed(const std::string& bytes, const std::string& from, const std::string& to) {
    const size_t body = bytes.find('\n') + 1 + BehindHead;
    std::string changed = bytes;
    changed.replace(changed.find(from, body), from.size(), to);
    const Digest sum = digestOf(std::string_view(changed).substr(body));
    changed.replace(body - BehindHead + 16, 16, std::string(sum.begin(), sum.end()));
    return changed;
}

} // namespace

class TestAnnotationCache : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;
    fs::path m_file, m_cache;

    [[nodiscard]] Result<Annotation> read() const { return readRememberedAnnotation(m_file, m_cache, {}, 1); }

private Q_SLOTS:
    void init() {
        static int count = 0;
        m_file = m_folder / std::to_string(count) / "a.gtf";
        m_cache = m_folder / std::to_string(count++) / "cache";
        writeText(m_file, gtf("FIRST"));
    }

    void isReadFromWhatIsKept() {
        const std::string parsed = told(readAnnotation(m_file));
        QVERIFY(parsed.find("FIRST") != std::string::npos);
        QCOMPARE(told(read()), parsed);
        QCOMPARE(keptIn(m_cache).size(), size_t{1});
        QCOMPARE(told(read()), parsed);
        // That nothing is parsed shows by what the file does not say.
        const fs::path place = keptIn(m_cache).front();
        writeText(place, renamed(readWholeFile(place).value(), "FIRST", "THIRD"));
        QVERIFY(told(read()).find("THIRD") != std::string::npos);
        // Of the same bytes under another name.
        fs::rename(m_file, m_file.string() + ".gtf");
        m_file += ".gtf";
        QVERIFY(told(read()).find("THIRD") != std::string::npos);
    }

    void smallFileIsParsed() {
        QCOMPARE(told(readRememberedAnnotation(m_file, m_cache)), told(readAnnotation(m_file)));
        QVERIFY(keptIn(m_cache).empty());
    }

    void otherContentIsParsed() {
        QVERIFY(told(read()).find("FIRST") != std::string::npos);
        const auto time = fs::last_write_time(m_file);
        writeText(m_file, gtf("OTHER"));
        fs::last_write_time(m_file, time);
        QCOMPARE(told(read()), told(readAnnotation(m_file)));
        QCOMPARE(keptIn(m_cache).size(), size_t{2});
    }

    void damaged_data() {
        QTest::addColumn<std::string>("how");
        std::vector<std::string> ways = waysToSpoil();
        ways.insert(ways.end(), {"of another file", "a folder"});
        for (const std::string& how : ways)
            QTest::newRow(how.c_str()) << how;
    }
    void damaged() {
        QFETCH(std::string, how);
        const std::string parsed = told(read());
        const fs::path place = keptIn(m_cache).front();
        const std::string good = readWholeFile(place).value();
        std::string bad = spoilt(good, how, "FIRST", "genes 1");
        if (how == "of another file") {
            writeText(m_file, gtf("OTHER"));
            (void)read();
            writeText(m_file, gtf("FIRST"));
            for (const fs::path& file : keptIn(m_cache))
                if (file != place)
                    bad = readWholeFile(file).value();
            QVERIFY(bad != good);
        }
        fs::remove(place);
        if (how == "a folder") // nothing can be put there
            fs::create_directories(place / "x");
        else
            writeText(place, bad);
        QCOMPARE(told(read()), parsed);
        if (how != "a folder")
            QVERIFY(readWholeFile(place).value() == good); // and is put right
        QCOMPARE(told(read()), parsed);
    }

    void noFolderToKeepThem() {
        writeText(m_cache, "a file");
        QCOMPARE(told(read()), told(readAnnotation(m_file)));
    }

    void errorsAreTheReaders() {
        writeText(m_file, "chr22\tX\tgene\t10\t5\t.\t+\t.\tgene_id \"A\";\n");
        for (int round = 0; round < 2; ++round)
            QCOMPARE(told(read()), told(readAnnotation(m_file)));
        QVERIFY(keptIn(m_cache).empty());
        fs::remove(m_file);
        QCOMPARE(told(read()), told(readAnnotation(m_file)));
        std::stop_source stop;
        stop.request_stop();
        writeText(m_file, gtf("FIRST"));
        QCOMPARE(readRememberedAnnotation(m_file, m_cache, {stop.get_token(), {}, {}}, 1).error().kind,
                 ErrorKind::Cancelled);
    }

    void thoseUnusedLongestGo() {
        (void)read();
        const fs::path first = keptIn(m_cache).front();
        for (size_t i = 0; i <= MostRememberedAnnotations; ++i) {
            writeText(m_file, gtf("GENE" + std::to_string(i)));
            DS_VERIFY(read());
            writeText(m_file, gtf("FIRST"));
            DS_VERIFY(read()); // used all the time
        }
        QCOMPARE(keptIn(m_cache).size(), MostRememberedAnnotations);
        QVERIFY(fs::exists(first));
    }

    void severalAtOnce() {
        const std::string parsed = told(readAnnotation(m_file));
        std::vector<std::string> found(8);
        std::vector<std::thread> threads;
        for (std::string& text : found)
            threads.emplace_back([&] {
                for (int i = 0; i < 10; ++i)
                    text = told(read());
            });
        for (std::thread& thread : threads)
            thread.join();
        for (const std::string& text : found)
            QCOMPARE(text, parsed);
        QCOMPARE(keptIn(m_cache).size(), size_t{1});
    }
};

QTEST_GUILESS_MAIN(TestAnnotationCache)
#include "tst_annotation_cache.moc"
