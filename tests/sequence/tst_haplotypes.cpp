// SPDX-License-Identifier: GPL-3.0-or-later
#include "sequence/haplotypes.h"

#include "sequence/left_out_alleles.h"
#include "sequence/reference_window.h"
#include "support.h"

#include <QElapsedTimer>

#include <random>
#include <set>

using namespace diploscope;

namespace {

/// A matrix of one person a pair of columns from `pos ref alts` and the alleles of each haplotype.
struct Row {
    int64_t position;
    std::string ref;
    std::vector<std::string> alts;
    std::vector<int8_t> alleles;
};

AlleleMatrix matrixOf(const std::vector<Row>& rows) {
    AlleleMatrix matrix;
    matrix.region = {"1", 0, 100000};
    const size_t haplotypes = rows.empty() ? 2 : rows.front().alleles.size();
    for (size_t p = 0; p < haplotypes / 2; ++p)
        matrix.people.push_back("P" + std::to_string(p));
    for (const Row& row : rows) {
        matrix.sites.push_back({row.position, "", row.ref, row.alts});
        matrix.alleles.insert(matrix.alleles.end(), row.alleles.begin(), row.alleles.end());
    }
    return matrix;
}

EditList firstHaplotype(const Haplotypes& haplotypes) {
    return haplotypes.distinct[static_cast<size_t>(haplotypes.indexOfHaplotype[0])];
}

} // namespace

class TestHaplotypes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void overlaps_data() {
        // One haplotype carrying every allele of two or three records; what bcftools 1.16 makes of them was
        // looked up with `bcftools consensus -H 1` on the reference ACGTACGT at 10.
        QTest::addColumn<QList<QStringList>>("records"); // pos, ref, alt
        QTest::addColumn<QString>("expected");
        QTest::addColumn<int>("skipped");
        using Records = QList<QStringList>;
        QTest::newRow("two SNVs") << Records{{"11", "C", "T"}, {"12", "G", "A"}} << "ATATACGT" << 0;
        QTest::newRow("two alleles of one base: first")
            << Records{{"11", "C", "T"}, {"11", "C", "G"}} << "ATGTACGT" << 1;
        QTest::newRow("SNV, then deletion behind it")
            << Records{{"11", "C", "T"}, {"11", "CGT", "C"}} << "ATACGT" << 0;
        QTest::newRow("SNV, then insertion behind it")
            << Records{{"11", "C", "T"}, {"11", "C", "CAA"}} << "ATAAGTACGT" << 0;
        QTest::newRow("deletion, then SNV of its anchor")
            << Records{{"11", "CGT", "C"}, {"11", "C", "T"}} << "ACACGT" << 1;
        QTest::newRow("deletion, then SNV in it")
            << Records{{"11", "CGT", "C"}, {"12", "G", "T"}} << "ACACGT" << 1;
        QTest::newRow("deletion, then SNV of its last base")
            << Records{{"11", "CGT", "C"}, {"13", "T", "G"}} << "ACACGT" << 1;
        QTest::newRow("deletion, then SNV after it")
            << Records{{"11", "CGT", "C"}, {"14", "A", "G"}} << "ACGCGT" << 0;
        QTest::newRow("deletion, then insertion at its last base")
            << Records{{"11", "CGT", "C"}, {"13", "T", "TGG"}} << "ACGGACGT" << 0;
        QTest::newRow("deletion, then deletion at its last base")
            << Records{{"11", "CG", "C"}, {"12", "GTA", "G"}} << "ACCGT" << 0;
        QTest::newRow("two insertions")
            << Records{{"11", "C", "CGT"}, {"11", "C", "CAA"}} << "ACGTGTACGT" << 1;
        QTest::newRow("insertion, then deletion")
            << Records{{"11", "C", "CGT"}, {"11", "CG", "C"}} << "ACGTGTACGT" << 1;
        QTest::newRow("insertion, then SNV of its anchor")
            << Records{{"11", "C", "CAA"}, {"11", "C", "T"}} << "ACAAGTACGT" << 1;
        QTest::newRow("insertion, then SNV after it")
            << Records{{"11", "C", "CAA"}, {"12", "G", "T"}} << "ACAATTACGT" << 0;
        QTest::newRow("SNV, deletion, insertion in a chain")
            << Records{{"11", "C", "G"}, {"11", "CG", "C"}, {"12", "G", "GTT"}} << "AGTTTACGT" << 0;
        QTest::newRow("padded deletion, then insertion")
            << Records{{"11", "CGTA", "CA"}, {"14", "A", "ATT"}} << "ACATTCGT" << 0;
        QTest::newRow("MNP, then SNV in it")
            << Records{{"11", "CG", "TT"}, {"12", "G", "A"}} << "ATTTACGT" << 1;
        QTest::newRow("unanchored indel at the last base")
            << Records{{"11", "C", "T"}, {"11", "CG", "T"}} << "ATGTACGT" << 1;
        QTest::newRow("change that undoes itself")
            << Records{{"11", "CG", "C"}, {"12", "G", "GG"}} << "ACGTACGT" << 0;
    }
    void overlaps() {
        QFETCH(QList<QStringList>, records);
        QFETCH(QString, expected);
        QFETCH(int, skipped);
        std::vector<Row> rows;
        for (const QStringList& record : records)
            rows.push_back(
                {record[0].toLongLong(), record[1].toStdString(), {record[2].toStdString()}, {1, 0}});
        const Haplotypes haplotypes = buildHaplotypes(matrixOf(rows), 10, VariantMode::SnvAndIndel);
        const EditList edits = firstHaplotype(haplotypes);
        QCOMPARE(QString::fromStdString(applyEdits("ACGTACGT", edits)), expected);
        QCOMPARE(haplotypes.leftOut, GenotypeCounts{.overlapping = skipped});
        QCOMPARE(leftOutAlleles(matrixOf(rows), VariantMode::SnvAndIndel), haplotypes.leftOut);
        for (size_t i = 1; i < edits.size(); ++i)
            QVERIFY2(edits[i].offset >= edits[i - 1].end(), "edits overlap");
        for (const Edit& edit : edits)
            QVERIFY(edit.refLength >= 1 && !edit.alt.empty());
    }

    /// A change that one record lists behind padding and a later one plainly; as overlaps(), looked up with
    /// bcftools, which says `overlaps` of each record that it drops: of a change that is applied all the same
    /// the program does not.
    void repeats_data() {
        QTest::addColumn<QList<QStringList>>("records"); // pos, ref, alt; `again` where it repeats
        QTest::addColumn<QString>("expected");
        QTest::addColumn<int>("skipped");
        using Records = QList<QStringList>;
        const QStringList before{"11", "CG", "TG"}, snv{"12", "GTA", "GTC"}, again{"14", "A", "C", "again"};
        const QStringList deletion{"12", "GTAC", "GTA"}, deletionAgain{"14", "AC", "A", "again"};
        QTest::newRow("the first fits") << Records{snv, again} << "ACGTCCGT" << 0;
        QTest::newRow("the first overlaps") << Records{before, snv, again} << "ATGTCCGT" << 0;
        QTest::newRow("both overlap") << Records{{"11", "CGTA", "TGTA"}, snv, again} << "ATGTACGT" << 1;
        QTest::newRow("two repeats, the first of them fits")
            << Records{before, snv, {"13", "TA", "TC", "again"}, again} << "ATGTCCGT" << 0;
        QTest::newRow("two repeats, the second fits")
            << Records{{"11", "CGT", "TGT"}, snv, {"13", "TA", "TC", "again"}, again} << "ATGTCCGT" << 0;
        QTest::newRow("deletion") << Records{before, deletion, deletionAgain} << "ATGTAGT" << 0;
        QTest::newRow("another in it")
            << Records{before, deletion, deletionAgain, {"15", "C", "G"}} << "ATGTAGT" << 1;
        QTest::newRow("insertion that the first put there")
            << Records{{"12", "GTA", "GTATT"}, {"14", "A", "ATT", "again"}} << "ACGTATTCGT" << 0;
    }
    void repeats() {
        QFETCH(QList<QStringList>, records);
        QFETCH(QString, expected);
        QFETCH(int, skipped);
        AlleleMatrix matrix = matrixOf({});
        for (const QStringList& record : records) {
            const Site site{record[0].toLongLong(), "", record[1].toStdString(), {record[2].toStdString()}};
            if (record.size() > 3) {
                matrix.repeats.push_back({matrix.sites.size(), site, {1, 0}});
                continue;
            }
            matrix.sites.push_back(site);
            matrix.alleles.insert(matrix.alleles.end(), {1, 0});
        }
        const Haplotypes haplotypes = buildHaplotypes(matrix, 10, VariantMode::SnvAndIndel);
        QCOMPARE(QString::fromStdString(applyEdits("ACGTACGT", firstHaplotype(haplotypes))), expected);
        QCOMPARE(haplotypes.leftOut, GenotypeCounts{.overlapping = skipped});
        QCOMPARE(leftOutAlleles(matrix, VariantMode::SnvAndIndel), haplotypes.leftOut);
        QVERIFY(haplotypes.indexOfHaplotype[1] != haplotypes.indexOfHaplotype[0]);
        const Haplotypes snvs = buildHaplotypes(matrix, 10, VariantMode::Snv);
        matrix.repeats.clear(); // SNVs stand at their own places, whatever the padding
        const Haplotypes alone = buildHaplotypes(matrix, 10, VariantMode::Snv);
        QCOMPARE(snvs.distinct, alone.distinct);
        QCOMPARE(snvs.leftOut, alone.leftOut);
    }

    void snvModeTakesSnvsOnly() {
        const AlleleMatrix matrix = matrixOf({{11, "C", {"T", "CA", "G"}, {1, 2, 3, 0}},
                                              {12, "GT", {"G"}, {1, 1, 1, 1}},
                                              {15, "C", {"*", "<DEL>"}, {1, 2, 0, -1}},
                                              {16, "N", {"A"}, {1, 1, 1, 1}}});
        const Haplotypes haplotypes = buildHaplotypes(matrix, 10, VariantMode::Snv);
        const std::vector<EditList> expected{{{1, 1, "T"}}, {}, {{1, 1, "G"}}, {}};
        for (size_t h = 0; h < 4; ++h)
            QCOMPARE(haplotypes.distinct[static_cast<size_t>(haplotypes.indexOfHaplotype[h])], expected[h]);
        QCOMPARE(haplotypes.distinct.size(), size_t(3));
        QCOMPARE(haplotypes.leftOut, GenotypeCounts{.indels = 2});
    }

    /// What is an SNV once trimmed stands at its own position, whatever it is written with; MNVs are none, as
    /// for `bcftools norm -m -any` and `view -v snps`.
    void snvsWithLongerRef_data() {
        QTest::addColumn<QStringList>("record");          // pos, ref, alts
        QTest::addColumn<QList<QStringList>>("expected"); // by allele: offset, base; empty: no edit
        QTest::addColumn<int>("mnvs");
        QTest::addColumn<int>("indels");
        using Expected = QList<QStringList>;
        QTest::newRow("first base") << QStringList{"11", "CT", "GT"} << Expected{{"1", "G"}} << 0 << 0;
        QTest::newRow("last base") << QStringList{"11", "GCTCA", "GCTCC"} << Expected{{"5", "C"}} << 0 << 0;
        QTest::newRow("in the middle") << QStringList{"11", "ATA", "ACA"} << Expected{{"2", "C"}} << 0 << 0;
        QTest::newRow("beside a deletion")
            << QStringList{"11", "CT", "C,GT"} << Expected{{}, {"1", "G"}} << 0 << 1;
        QTest::newRow("beside an insertion")
            << QStringList{"11", "C", "CTT,T"} << Expected{{}, {"1", "T"}} << 0 << 1;
        QTest::newRow("at two places")
            << QStringList{"11", "AA", "CA,AC"} << Expected{{"1", "C"}, {"2", "C"}} << 0 << 0;
        QTest::newRow("MNV") << QStringList{"11", "AT", "GC"} << Expected{{}} << 1 << 0;
        QTest::newRow("two SNVs in one allele") << QStringList{"11", "ATA", "GTC"} << Expected{{}} << 1 << 0;
        QTest::newRow("padded MNV") << QStringList{"11", "CATG", "CGCG"} << Expected{{}} << 1 << 0;
        QTest::newRow("base and deletion at once")
            << QStringList{"11", "CAT", "GT"} << Expected{{}} << 0 << 1;
        QTest::newRow("N in the padding")
            << QStringList{"11", "CNT", "GNT"} << Expected{{"1", "G"}} << 0 << 0;
        QTest::newRow("N in its place") << QStringList{"11", "CN", "CA"} << Expected{{}} << 0 << 0;
    }
    void snvsWithLongerRef() {
        QFETCH(QStringList, record);
        QFETCH(QList<QStringList>, expected);
        QFETCH(int, mnvs);
        QFETCH(int, indels);
        Row row{record[0].toLongLong(), record[1].toStdString(), {}, {}};
        for (const QString& alt : record[2].split(','))
            row.alts.push_back(alt.toStdString());
        for (size_t a = 0; a < row.alts.size() + row.alts.size() % 2; ++a)
            row.alleles.push_back(a < row.alts.size() ? static_cast<int8_t>(a + 1) : int8_t{0});
        const Haplotypes haplotypes = buildHaplotypes(matrixOf({row}), 10, VariantMode::Snv);
        for (size_t a = 0; a < row.alts.size(); ++a) {
            const QStringList& edit = expected[static_cast<qsizetype>(a)];
            const EditList wanted =
                edit.empty() ? EditList{} : EditList{{edit[0].toLongLong(), 1, edit[1].toStdString()}};
            QCOMPARE(haplotypes.distinct[static_cast<size_t>(haplotypes.indexOfHaplotype[a])], wanted);
        }
        QCOMPARE(haplotypes.leftOut, (GenotypeCounts{.mnvs = mnvs, .indels = indels}));
    }

    /// An SNV behind padding comes after one that a later record places before it, and meets one at its
    /// place.
    void snvsInTheOrderOfTheirPlaces() {
        const Haplotypes haplotypes = buildHaplotypes(matrixOf({{11, "GCTCA", {"GCTCC"}, {1, 1, 1, 0}},
                                                                {12, "C", {"T"}, {1, 1, 0, 0}},
                                                                {15, "A", {"G"}, {0, 1, 0, 1}}}),
                                                      10, VariantMode::Snv);
        const std::vector<EditList> expected{
            {{2, 1, "T"}, {5, 1, "C"}}, {{2, 1, "T"}, {5, 1, "C"}}, {{5, 1, "C"}}, {{5, 1, "G"}}};
        for (size_t h = 0; h < 4; ++h)
            QCOMPARE(haplotypes.distinct[static_cast<size_t>(haplotypes.indexOfHaplotype[h])], expected[h]);
        QCOMPARE(haplotypes.leftOut, GenotypeCounts{.overlapping = 1});
    }

    void equalListsOnce() {
        // The same change written as a duplicated record, padded, and plainly.
        const AlleleMatrix matrix = matrixOf({{11, "C", {"T"}, {1, 0, 0, 1}},
                                              {11, "C", {"T"}, {0, 1, 0, 0}},
                                              {11, "CGT", {"TGT"}, {0, 0, 1, 0}}});
        const Haplotypes haplotypes = buildHaplotypes(matrix, 0, VariantMode::SnvAndIndel);
        QCOMPARE(haplotypes.distinct.size(), size_t(1));
        QCOMPARE(haplotypes.distinct[0], (EditList{{11, 1, "T"}}));
        QCOMPARE(haplotypes.indexOfHaplotype, (std::vector<int32_t>{0, 0, 0, 0}));
    }

    void noSites() {
        const Haplotypes haplotypes = buildHaplotypes(matrixOf({}), 0, VariantMode::Snv);
        QCOMPARE(haplotypes.distinct.size(), size_t(1));
        QVERIFY(haplotypes.distinct[0].empty());
        QCOMPARE(haplotypes.indexOfHaplotype.size(), size_t(2));
    }

    void flanksThatDeletionsDraw() {
        // Window of 20 with the TSS at 10.
        const auto flankOf = [](const EditList& edits) {
            return requiredFlank(Haplotypes{{{}, edits}, {0, 1}, {}}, 20, 10);
        };
        const int64_t margin = startingFlank(VariantMode::SnvAndIndel);
        QCOMPARE(flankOf({}), int64_t(0));
        QCOMPARE(flankOf({{3, 1, "A"}, {12, 1, "T"}}), int64_t(0));
        QCOMPARE(flankOf({{12, 4, "A"}}), 3 + margin);               // right
        QCOMPARE(flankOf({{3, 5, "A"}}), 4 + margin);                // left
        QCOMPARE(flankOf({{3, 5, "A"}, {12, 2, "A"}}), 4 + margin);  // the larger side
        QCOMPARE(flankOf({{12, 4, "A"}, {21, 3, "A"}}), 5 + margin); // the drawn part holds one more deletion
        QCOMPARE(flankOf({{12, 4, "AGGG"}, {15 + 100, 3, "A"}}), margin);
    }

    void cutsToTheWindow() {
        const Haplotypes haplotypes{{{{-4, 1, "G"}, {5, 1, "A"}}, // flank left, inside
                                     {{5, 1, "A"}, {22, 2, "G"}}, // inside, flank right
                                     {{5, 1, "A"}, {6, 3, "A"}, {25, 1, "T"}},
                                     {{-1, 1, "T"}, {5, 1, "A"}, {6, 3, "A"}}}, // drawn in by the deletion
                                    {0, 1, 2, 3},
                                    {.overlapping = 7}};
        const Haplotypes cut = cutToWindow(haplotypes, 20, 10);
        QCOMPARE(cut.distinct.size(), size_t(3));
        QCOMPARE(cut.indexOfHaplotype, (std::vector<int32_t>{0, 0, 1, 2}));
        QCOMPARE(cut.distinct[0], (EditList{{5, 1, "A"}}));
        QCOMPARE(cut.distinct[1], (EditList{{5, 1, "A"}, {6, 3, "A"}}));
        QCOMPARE(cut.distinct[2], (EditList{{-1, 1, "T"}, {5, 1, "A"}, {6, 3, "A"}}));
        QCOMPARE(cut.leftOut, GenotypeCounts{.overlapping = 7});
    }

    /// Cutting must not change a sequence, and with the required flank no N comes in.
    void cutAndFlankOnRandomHaplotypes() {
        std::mt19937 random(11);
        const auto bases = [&](int64_t count) {
            std::string text;
            for (int64_t i = 0; i < count; ++i)
                text += "ACGT"[random() % 4];
            return text;
        };
        for (int round = 0; round < 300; ++round) {
            const std::string genome = bases(6000);
            std::vector<Row> rows;
            for (int64_t p = 100; p < 5900; p += 1 + static_cast<int64_t>(random() % 12)) {
                const auto width = static_cast<int64_t>(random() % 4 == 0 ? 1 + random() % 9 : 1);
                const std::string ref = genome.substr(static_cast<size_t>(p), static_cast<size_t>(width));
                std::string alt = width > 1 || random() % 3 == 0 ? ref.substr(0, 1) : bases(1);
                if (alt == ref)
                    alt += bases(1 + static_cast<int64_t>(random() % 5));
                Row row{p, ref, {alt}, {}};
                for (int h = 0; h < 6; ++h)
                    row.alleles.push_back(random() % 3 == 0);
                rows.push_back(row);
            }
            const int64_t start = 2500;
            const int64_t length = 60;
            const auto tssOffset = static_cast<int64_t>(random() % 60);
            const Haplotypes all = buildHaplotypes(matrixOf(rows), start, VariantMode::SnvAndIndel);
            for (const VariantMode mode : {VariantMode::Snv, VariantMode::SnvAndIndel})
                QCOMPARE(leftOutAlleles(matrixOf(rows), mode),
                         buildHaplotypes(matrixOf(rows), start, mode).leftOut);
            const Haplotypes cut = cutToWindow(all, length, tssOffset);
            const int64_t flank = requiredFlank(all, length, tssOffset);
            QVERIFY(flank < 2500);
            ReferenceWindow w;
            w.region = {"1", start, start + length};
            w.tssOffset = tssOffset;
            w.flank = flank;
            w.context =
                genome.substr(static_cast<size_t>(start - flank), static_cast<size_t>(length + 2 * flank));
            QVERIFY(cut.distinct.size() <= all.distinct.size());
            for (size_t h = 0; h < 6; ++h) {
                const auto whole = materialize(w, all.distinct[static_cast<size_t>(all.indexOfHaplotype[h])]);
                const auto shown = materialize(w, cut.distinct[static_cast<size_t>(cut.indexOfHaplotype[h])]);
                QCOMPARE(shown, whole);
                QCOMPARE(whole.find('N'), std::string::npos);
            }
            std::set<std::string> keys;
            for (const EditList& edits : cut.distinct) {
                std::string key;
                for (const Edit& edit : edits)
                    key +=
                        std::to_string(edit.offset) + ":" + std::to_string(edit.refLength) + edit.alt + ";";
                QVERIFY2(keys.insert(key).second, "two equal lists");
            }
        }
    }

    /// Wherever among many haplotypes an allele is, beside missing ones: each list by itself is what a matrix
    /// of that person alone gives.
    void eachAsByItself() {
        std::mt19937 random(5);
        for (const size_t people : {3U, 4U, 5U, 21U}) {
            std::vector<Row> rows;
            for (int64_t p = 10; p < 60; p += 1 + static_cast<int64_t>(random() % 3)) {
                Row row{p, "AC", {"A", "GC"}, std::vector<int8_t>(2 * people)};
                for (int8_t& allele : row.alleles)
                    allele = static_cast<int8_t>(random() % 6 == 0 ? static_cast<int>(random() % 4) - 1 : 0);
                rows.push_back(row);
            }
            const Haplotypes all = buildHaplotypes(matrixOf(rows), 0, VariantMode::SnvAndIndel);
            for (size_t p = 0; p < people; ++p) {
                std::vector<Row> own = rows;
                for (Row& row : own)
                    row.alleles = {row.alleles[2 * p], row.alleles[2 * p + 1]};
                const Haplotypes alone = buildHaplotypes(matrixOf(own), 0, VariantMode::SnvAndIndel);
                for (size_t h = 0; h < 2; ++h)
                    QCOMPARE(all.distinct[static_cast<size_t>(all.indexOfHaplotype[2 * p + h])],
                             alone.distinct[static_cast<size_t>(alone.indexOfHaplotype[h])]);
            }
        }
    }

    void thousandPeopleInWellUnderASecond() {
        AlleleMatrix matrix;
        matrix.region = {"1", 0, 200000};
        std::mt19937 random(3);
        for (int p = 0; p < 1000; ++p)
            matrix.people.push_back(std::to_string(p));
        matrix.alleles.resize(3000 * 2000);
        for (size_t s = 0; s < 3000; ++s) {
            matrix.sites.push_back({static_cast<int64_t>(s) * 60, "", "A", {"G"}});
            const double frequency = 0.5 / (1.0 + static_cast<double>(random() % 100));
            for (size_t h = 0; h < 2000; ++h)
                matrix.alleles[s * 2000 + h] =
                    static_cast<double>(random()) < frequency * 4294967296.0 ? 1 : 0;
        }
        QElapsedTimer timer;
        timer.start();
        const Haplotypes haplotypes = buildHaplotypes(matrix, 0, VariantMode::Snv);
        const qint64 elapsed = timer.elapsed();
        size_t edits = 0;
        for (const EditList& list : haplotypes.distinct)
            edits += list.size();
        qInfo("1,000 people x 3,000 sites: %lld ms, %zu distinct lists, %zu edits, %.1f MB", elapsed,
              haplotypes.distinct.size(), edits, static_cast<double>(edits * sizeof(Edit)) / 1e6);
        QVERIFY(elapsed < 3000); // a loaded machine; about 50 ms alone
    }
};

QTEST_GUILESS_MAIN(TestHaplotypes)
#include "tst_haplotypes.moc"
