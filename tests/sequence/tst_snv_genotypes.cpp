// SPDX-License-Identifier: GPL-3.0-or-later
#include "sequence/made_genotypes.h"
#include "support.h"

using namespace diploscope;
using namespace diploscope::test;

class TestSnvGenotypes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Everything that two haplotypes can have, packed and told again, beside neighbours.
    void everyPairIsToldAsItIs() {
        using enum HaplotypeAllele;
        std::vector<SnvGenotypes::Haplotype> all;
        for (const HaplotypeAllele allele : {Reference, Alternate, Other, Missing})
            for (const bool hasReference : {false, true})
                all.push_back({allele, hasReference});
        SnvGenotypes genotypes;
        for (const auto& first : all)
            for (const auto& second : all)
                genotypes.add(first, second);
        const SnvGenotypes references = genotypes.countingReference();
        QCOMPARE(genotypes.people(), size_t{64});
        size_t person = 0;
        for (const auto& first : all)
            for (const auto& second : all) {
                for (const SnvGenotypes& told : {genotypes, references}) {
                    QCOMPARE(told.haplotype(2 * person), first.allele);
                    QCOMPARE(told.haplotype(2 * person + 1), second.allele);
                }
                const bool isMissing = first.allele == Missing || second.allele == Missing;
                const int alternates = (first.allele == Alternate) + (second.allele == Alternate);
                QCOMPARE(int(genotypes.copies(person)), isMissing ? 255 : alternates);
                QCOMPARE(int(references.copies(person)),
                         isMissing ? 255 : first.hasReference + second.hasReference);
                ++person;
            }
        QVERIFY(genotypes == genotypes && !(genotypes == references));
    }

    /// One person's are changed, not those of a copy.
    void changed() {
        using enum HaplotypeAllele;
        SnvGenotypes genotypes;
        genotypes.setAll(3, {Reference, true});
        QVERIFY(genotypes == peopleWith({0, 0, 0}));
        const SnvGenotypes before = genotypes;
        genotypes.set(1, {Alternate, false}, {Reference, true});
        QCOMPARE(int(genotypes.copies(1)), 1);
        QCOMPARE(genotypes.haplotype(2), Alternate);
        QCOMPARE(int(genotypes.copies(2)), 0);
        QVERIFY(before == peopleWith({0, 0, 0}));
        genotypes.setAll(1, {});
        QVERIFY(genotypes == peopleWith({SnvGenotypes::NoGenotype}));
    }

    void nothingIsKnown() {
        QVERIFY(SnvGenotypes().empty());
        const SnvGenotypes some = peopleWith({0, 1, 2, SnvGenotypes::NoGenotype});
        QVERIFY(!some.empty());
        QCOMPARE(int(some.copies(0)), 0);
        QCOMPARE(int(some.copies(1)), 1);
        QCOMPARE(int(some.copies(2)), 2);
        QCOMPARE(some.copies(3), SnvGenotypes::NoGenotype);
        QCOMPARE(int(some.countingReference().copies(1)), 1);
    }
};

QTEST_APPLESS_MAIN(TestSnvGenotypes)
#include "tst_snv_genotypes.moc"
