// SPDX-License-Identifier: GPL-3.0-or-later
#include "genome/annotation.h"
#include "support.h"

#include <random>

using namespace diploscope;

namespace {

Gene gene(std::string id, std::string name, std::string contig, int64_t start, int64_t end,
          Strand strand = Strand::Forward) {
    GeneId split = splitGeneId(id);
    return {split.id, split.version, std::move(name), {}, {std::move(contig), start, end}, strand, {}};
}

Annotation small() {
    return Annotation({gene("ENSG01.4", "GSTM3", "1", 100, 200), gene("ENSG02.1", "GSTM1", "1", 300, 400),
                       gene("ENSG03.1", "Y_RNA", "1", 500, 600), gene("ENSG04.1", "Y_RNA", "2", 500, 600),
                       gene("ENSG05.2", "SHOX", "X", 10, 20), gene("ENSG05.2_PAR_Y", "SHOX", "Y", 10, 20),
                       gene("ENSG06.1", "C1orf1", "1", 700, 800),
                       gene("PLAIN.7", "AC000068.5", "1", 900, 950)});
}

} // namespace

class TestAnnotation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void splitsIds_data() {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("id");
        QTest::addColumn<std::string>("version");
        const auto row = [](const char* text, const char* id, const char* version) {
            QTest::newRow(text) << std::string(text) << std::string(id) << std::string(version);
        };
        row("ENSG00000000419.12", "ENSG00000000419", "12");
        row("ENSG00000000419", "ENSG00000000419", "");
        row("ENSG00000182378.15_PAR_Y", "ENSG00000182378_PAR_Y", "15");
        row("ENSG00000182378_PAR_Y", "ENSG00000182378_PAR_Y", "");
        row("ENSMUSG00000064372.3", "ENSMUSG00000064372", "3");
        row("RP11-34P13.7", "RP11-34P13.7", "");              // a symbol
        row("ENSG00000000001.3_2", "ENSG00000000001", "3_2"); // GENCODE lifted to GRCh37
        row("ENSG00000000001_2", "ENSG00000000001", "");
        row("ENSG00000182378.15_PAR_Y_5", "ENSG00000182378_PAR_Y", "15_5");
        row("ENSG00000182378.15_5_PAR_Y", "ENSG00000182378_PAR_Y", "15_5");
        row("ENSGR0000182378.10", "ENSG00000182378_PAR_Y", "10");                    // GENCODE 19
        row("ENSG00000000001.3_22_5000_5200", "ENSG00000000001.3_22_5000_5200", ""); // an exon
        row("PLAIN_2", "PLAIN_2", "");
        row("ENSG1.x", "ENSG1.x", "");
        row("ENSG1.", "ENSG1.", "");
    }
    void splitsIds() {
        QFETCH(std::string, text);
        QFETCH(std::string, id);
        QFETCH(std::string, version);
        const GeneId split = splitGeneId(text);
        QCOMPARE(split.id, id);
        QCOMPARE(split.version, version);
    }

    void finds_data() {
        QTest::addColumn<std::string>("query");
        QTest::addColumn<std::string>("id");
        QTest::newRow("id") << std::string("ENSG01") << std::string("ENSG01");
        QTest::newRow("id with another version") << std::string("ENSG01.9") << std::string("ENSG01");
        QTest::newRow("symbol") << std::string("GSTM1") << std::string("ENSG02");
        QTest::newRow("symbol in lower case") << std::string("gstm1") << std::string("ENSG02");
        QTest::newRow("mixed-case symbol in upper case") << std::string("C1ORF1") << std::string("ENSG06");
        QTest::newRow("id in lower case") << std::string("ensg02") << std::string("ENSG02");
        QTest::newRow("symbol on X and Y") << std::string("SHOX") << std::string("ENSG05");
        QTest::newRow("id on Y") << std::string("ENSG05.2_PAR_Y") << std::string("ENSG05_PAR_Y");
        QTest::newRow("symbol with a dot") << std::string("AC000068.5") << std::string("PLAIN.7");
    }
    void finds() {
        QFETCH(std::string, query);
        QFETCH(std::string, id);
        const Annotation annotation = small();
        const auto found = annotation.find(query);
        DS_VERIFY(found);
        QCOMPARE((*found)->id, id);
    }

    /// Ensembl since release 110, and RefSeq: the copies on X and Y have ids of their own.
    void symbolOnXAndY() {
        const Annotation annotation(
            {gene("ENSG01.1", "ASMTL", "chrX", 10, 20), gene("ENSG02.1", "ASMTL", "chrY", 10, 20),
             gene("ENSG03.1", "TWIN", "chrX", 10, 20), gene("ENSG04.1", "TWIN", "chrX", 30, 40)});
        const auto found = annotation.find("asmtl");
        DS_VERIFY(found);
        QCOMPARE((*found)->id, std::string("ENSG01"));
        QCOMPARE(annotation.withName("ASMTL").size(), size_t(1));
        QCOMPARE(annotation.withName("TWIN").size(), size_t(2));
    }

    void refusesAmbiguousSymbol() {
        const Annotation annotation = small();
        const auto found = annotation.find("Y_RNA");
        QVERIFY(!found);
        QCOMPARE(found.error().kind, ErrorKind::Mismatch);
        for (const char* part : {"ENSG03", "ENSG04", "1:501-600"})
            QVERIFY2(found.error().what.find(part) != std::string::npos, found.error().what.c_str());
        QVERIFY(!found.error().remedy.empty());
    }

    void suggests_data() {
        QTest::addColumn<std::string>("query");
        QTest::addColumn<std::string>("suggested");
        QTest::newRow("one letter wrong") << std::string("GSTM8") << std::string("`GSTM1` and `GSTM3`");
        QTest::newRow("letters swapped") << std::string("GTSM3") << std::string("`GSTM3`");
        QTest::newRow("letter left out, lower case") << std::string("gsm3") << std::string("`GSTM3`");
        QTest::newRow("nothing near") << std::string("BRCA2") << std::string("spelling");
        QTest::newRow("unknown id") << std::string("ENSG09") << std::string("spelling");
    }
    void suggests() {
        QFETCH(std::string, query);
        QFETCH(std::string, suggested);
        const auto found = small().find(query);
        QVERIFY(!found);
        QCOMPARE(found.error().kind, ErrorKind::NotFound);
        QVERIFY2(found.error().remedy.find(suggested) != std::string::npos, found.error().remedy.c_str());
    }

    void knowsTss() {
        QCOMPARE(gene("A", "A", "1", 100, 200, Strand::Forward).tss(), int64_t(100));
        QCOMPARE(gene("A", "A", "1", 100, 200, Strand::Reverse).tss(), int64_t(199));
    }

    /// Against looking at every gene: long genes over many short ones are what an index by start gets wrong.
    void overlaps() {
        std::mt19937 random(3);
        std::vector<Gene> genes;
        for (int i = 0; i < 400; ++i) {
            const int64_t start = random() % 10000;
            const int64_t length = 1 + (i % 40 == 0 ? random() % 5000 : random() % 50);
            genes.push_back(gene("G" + std::to_string(i), "", i % 3 == 0 ? "1" : "2", start, start + length));
        }
        const Annotation annotation(genes);
        for (int i = 0; i < 500; ++i) {
            const int64_t start = random() % 10500;
            const Region region{i % 2 == 0 ? "1" : "2", start, start + int64_t(random() % 100)};
            size_t expected = 0;
            for (const Gene& one : genes)
                expected += one.region.contig == region.contig && one.region.start < region.end &&
                            one.region.end > region.start;
            const auto found = annotation.overlapping(region);
            QCOMPARE(found.size(), expected);
            QVERIFY(std::is_sorted(found.begin(), found.end(), [](const Gene* a, const Gene* b) {
                return a->region.start < b->region.start;
            }));
        }
        QVERIFY(annotation.overlapping({"3", 0, 100000}).empty());
        // Half-open: neighbours that touch do not overlap.
        const Annotation two({gene("A", "A", "1", 10, 20), gene("B", "B", "1", 20, 30)});
        QCOMPARE(two.overlapping({"1", 20, 21}).size(), size_t(1));
        QCOMPARE(two.overlapping({"1", 19, 21}).size(), size_t(2));
    }

    void survivesCopyAndMove() {
        Annotation copy = small();
        const Annotation moved = std::move(copy);
        QCOMPARE((*moved.find("GSTM3"))->region.start, int64_t(100));
    }
};

QTEST_GUILESS_MAIN(TestAnnotation)
#include "tst_annotation.moc"
