// SPDX-License-Identifier: GPL-3.0-or-later
// Effects of the minor allele, also where a record has a third allele: copies of REF are not what the most
// common alternate allele leaves of two.
#include "analysis/made_study.h"
#include "sequence/snv_panel.h"
#include "stats/correlation.h"

using namespace diploscope;
using namespace diploscope::test;

namespace {

/// Alleles of everybody's haplotypes, in these shares of 25, well mixed.
std::vector<int> allelesOf(int reference, int first) {
    std::vector<int> alleles;
    for (int h = 0; h < 2 * People; ++h) {
        const int place = h * 7 % 25;
        alleles.push_back(place < reference ? 0 : place < reference + first ? 1 : 2);
    }
    return alleles;
}

std::string genotypesOf(const std::vector<int>& alleles) {
    std::string text;
    for (size_t h = 0; h < alleles.size(); h += 2)
        text += "\t" + std::to_string(alleles[h]) + "|" + std::to_string(alleles[h + 1]);
    return text;
}

std::string otherBases(char reference) {
    std::string bases = "ACGT";
    bases.erase(bases.find(reference), 1);
    return bases;
}

} // namespace

class TestMinorAllele : public QObject {
    Q_OBJECT
private:
    TemporaryFolder m_cache;

private Q_SLOTS:
    void initTestCase() { qputenv("XDG_CACHE_HOME", QByteArray::fromStdString(m_cache.path().string())); }

    void thirdAllele_data() {
        QTest::addColumn<int>("reference"); // of 25
        QTest::addColumn<int>("first");
        QTest::addColumn<bool>("isReference");
        QTest::newRow("common alternate") << 6 << 13 << true;
        QTest::newRow("none above a half, REF is the rarest") << 5 << 11 << true;
        QTest::newRow("REF is the most common") << 13 << 7 << false;
        QTest::newRow("two alleles") << 10 << 15 << true;
        QTest::newRow("two alleles, rare alternate") << 15 << 10 << false;
    }
    /// Dosages are copies of the effect allele, and the slope is per such copy.
    void thirdAllele() {
        QFETCH(int, reference);
        QFETCH(int, first);
        QFETCH(bool, isReference);
        const std::vector<int> alleles = allelesOf(reference, first);
        Made made;
        for (int place = 0; place < 11; ++place)
            made.snv(place);
        const std::string ref = made.base(12);
        const std::string alts =
            otherBases(ref.front()).substr(0, 1) + "," + otherBases(ref.front()).substr(1, 1);
        made.record(First + 20 * 12, ref, alts, "GT", genotypesOf(alleles));
        made.option(R"({"allele": "minor"})");
        const auto report = made.analysed();
        DS_VERIFY(report);
        const VariantResult& variant = (*report)->variants.back();
        QCOMPARE(variant.position, First + 20 * 12);
        QCOMPARE(variant.effectAllele, isReference ? ref : alts.substr(0, 1));
        Eigen::VectorXd copies(People), observed(People);
        for (size_t p = 0; p < People; ++p) {
            const int effect = isReference ? 0 : 1;
            copies(Eigen::Index(p)) = (alleles[2 * p] == effect) + (alleles[2 * p + 1] == effect);
            observed(Eigen::Index(p)) = *(*report)->people[p].observed;
            QCOMPARE(double(variant.genotypes.copies(p)), copies(Eigen::Index(p)));
        }
        QVERIFY(std::abs(*variant.eqtl.slope - *pearson(copies, observed).slope) < 1e-10);
    }

    void whatIsReference_data() {
        QTest::addColumn<QString>("other"); // than the SNV at the first base of ACG
        QTest::addColumn<bool>("isReference");
        QTest::newRow("SNV of the same base") << "TCG" << false;
        QTest::newRow("SNV of another base") << "ACT" << true;
        QTest::newRow("MNV with the base") << "CTG" << false;
        QTest::newRow("MNV beside") << "ATT" << true;
        QTest::newRow("deletion behind") << "A" << true;
        QTest::newRow("insertion behind") << "AGCG" << true;
        QTest::newRow("deletion of the base") << "CG" << false;
        QTest::newRow("spanning deletion") << "*" << false;
        QTest::newRow("symbolic") << "<DEL>" << false;
    }
    void whatIsReference() {
        QFETCH(QString, other);
        QFETCH(bool, isReference);
        AlleleMatrix matrix;
        matrix.region = {"1", 0, 1000};
        matrix.people = {"A", "B", "C", "D"};
        matrix.sites.push_back({100, {}, "ACG", {"GCG", other.toStdString()}});
        matrix.alleles = {1, 1, 1, 2, 0, 2, AlleleMatrix::Missing, 0};
        const SnvPanel panel = buildSnvPanel(matrix, matrix.region);
        const auto found = std::find_if(panel.snvs.begin(), panel.snvs.end(),
                                        [](const Snv& snv) { return snv.position == 100 && snv.alt == "G"; });
        QVERIFY(found != panel.snvs.end());
        QCOMPARE(found->alleleFrequency, 3.0 / 7);
        QCOMPARE(found->referenceFrequency, isReference ? 4.0 / 7 : 2.0 / 7);
        const SnvGenotypes copies = found->genotypes.countingReference();
        QCOMPARE(copies.people(), size_t{4});
        QCOMPARE(int(copies.copies(0)), 0);
        QCOMPARE(int(copies.copies(1)), isReference ? 1 : 0);
        QCOMPARE(int(copies.copies(2)), isReference ? 2 : 1);
        QCOMPARE(copies.copies(3), SnvGenotypes::NoGenotype);
        // Whatever copies are of, the same haplotypes.
        using enum HaplotypeAllele;
        const HaplotypeAllele carried[] = {Alternate, Alternate, Alternate, Other,
                                           Reference, Other,     Missing,   Reference};
        for (size_t h = 0; h < 8; ++h) {
            QCOMPARE(found->genotypes.haplotype(h), carried[h]);
            QCOMPARE(copies.haplotype(h), carried[h]);
        }
    }

    /// As `bcftools norm -m-` writes it.
    void thirdAlleleInARecordOfItsOwn() {
        AlleleMatrix matrix;
        matrix.region = {"1", 0, 1000};
        matrix.people = {"A", "B", "C"};
        matrix.sites.push_back({100, {}, "A", {"G"}});
        matrix.sites.push_back({100, {}, "A", {"T"}});
        matrix.alleles = {1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0};
        const SnvPanel panel = buildSnvPanel(matrix, matrix.region);
        QCOMPARE(panel.snvs.size(), size_t(2));
        for (const Snv& snv : panel.snvs) {
            QCOMPARE(snv.referenceFrequency, 1.0 / 6);
            const SnvGenotypes copies = snv.genotypes.countingReference();
            for (size_t p = 0; p < 3; ++p)
                QCOMPARE(int(copies.copies(p)), p == 2 ? 1 : 0);
        }
    }

    /// One of the rows is told by REF, as of one record with both: else R_lin would count REF twice.
    void oneRowOfAPositionIsToldByReference() {
        const std::vector<int> alleles = allelesOf(6, 13);
        Made made;
        for (int place = 0; place < 11; ++place)
            made.snv(place);
        const std::string ref = made.base(12);
        const std::string alts = otherBases(ref.front());
        for (const int own : {1, 2}) {
            std::vector<int> carries;
            for (const int allele : alleles)
                carries.push_back(allele == own);
            made.record(First + 20 * 12, ref, alts.substr(static_cast<size_t>(own) - 1, 1), "GT",
                        genotypesOf(carries));
        }
        made.option(R"({"allele": "minor"})");
        const auto report = made.analysed();
        DS_VERIFY(report);
        const auto& variants = (*report)->variants;
        QVERIFY(variants.size() >= 2);
        QCOMPARE(variants[variants.size() - 2].effectAllele, ref);
        QCOMPARE(variants.back().effectAllele, alts.substr(1, 1));
    }
};

QTEST_GUILESS_MAIN(TestMinorAllele)
#include "tst_minor_allele.moc"
