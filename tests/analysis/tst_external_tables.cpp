// SPDX-License-Identifier: GPL-3.0-or-later
// What tables of others say of a locus: each row is asked against the study's own alleles and the reference.
#include "analysis/made_study.h"
#include "genome/variant_name.h"

using namespace diploscope;
using namespace diploscope::test;

namespace {

const std::string Header = "phenotype_id\tvariant_id\tpval_nominal\tslope\tslope_se\n";

std::string row(int64_t position, const std::string& ref, const std::string& alt, int slope) {
    return "ENSG01.9\tchr22_" + std::to_string(position + 1) + "_" + ref + "_" + alt + "\t0.5\t" +
           std::to_string(slope) + "\t0.25\n";
}

int64_t positionOf(int place) {
    return First + 20 * place;
}

/// Of a made SNV.
std::string altOf(const Made& made, int place) {
    return std::string(1, Made::otherBase(made.base(place).front()));
}

/// The first place from `from` whose two alleles are, or are not, each other's complement.
int place(const Made& made, int from, bool palindromic) {
    while ((reverseComplementAllele(made.base(from)) == altOf(made, from)) != palindromic)
        ++from;
    return from;
}

} // namespace

class TestExternalTables : public QObject {
    Q_OBJECT

    TemporaryFolder m_cache;

private Q_SLOTS:
    void initTestCase() { qputenv("XDG_CACHE_HOME", QByteArray::fromStdString(m_cache.path().string())); }

    /// Nothing is guessed: what is neither the study's REF nor its ALT, and what could be of either strand,
    /// is left out and counted by what is the matter.
    void everyRowIsAskedAgainstTheStudy() {
        Made made;
        const int listed = place(made, 0, false), swapped = place(made, listed + 1, false);
        const int otherStrand = place(made, swapped + 1, false), palindromic = place(made, 0, true);
        for (const int at : {listed, swapped, otherStrand, palindromic})
            made.snv(at);
        const auto ref = [&](int at) { return made.base(at); };
        const auto alt = [&](int at) { return altOf(made, at); };
        std::string third = "ACGT";
        for (const std::string& known : {ref(listed), alt(listed)})
            third.erase(third.find(known), 1);
        made.eqtl(Header + row(positionOf(listed), ref(listed), alt(listed), 1) +
                  row(positionOf(listed), ref(listed), third.substr(0, 1), 5) +
                  row(positionOf(listed), alt(listed), ref(listed), 6) +
                  row(positionOf(swapped), alt(swapped), ref(swapped), 2) +
                  row(positionOf(otherStrand), reverseComplementAllele(ref(otherStrand)),
                      reverseComplementAllele(alt(otherStrand)), 3) +
                  row(positionOf(palindromic), alt(palindromic), ref(palindromic), 4) +
                  row(positionOf(listed) + 1, "N", "A", 7));
        const auto report = made.analysed();
        DS_VERIFY(report);
        const GeneReport& told = **report;
        QCOMPARE(told.variants.size(), size_t{4});
        QCOMPARE(told.imported.size(), size_t{4});
        for (size_t v = 0; v < told.variants.size(); ++v) {
            const int64_t position = told.variants[v].position;
            const auto& slope = told.imported[v].slope;
            QCOMPARE(slope.value_or(0), position == positionOf(listed)    ? 1.0
                                        : position == positionOf(swapped) ? -2.0
                                                                          : 0.0);
        }
        QCOMPARE(told.importedTables.size(), size_t{1});
        QCOMPARE(told.importedTables[0].name, std::string("eqtl.tsv"));
        QVERIFY2((told.importedTables[0].counts == AssociationCounts{.asListed = 1,
                                                                     .swapped = 1,
                                                                     .absent = 1,
                                                                     .referenceDiffers = 1,
                                                                     .alleleDiffers = 1,
                                                                     .ambiguous = 1,
                                                                     .duplicates = 1}),
                 inWords(told.importedTables[0].counts).c_str());
    }

    /// The imported slope is per copy of the allele that the study's own effects are of.
    void slopesAreOfTheEffectAllele() {
        Made made;
        made.option(R"({"allele": "minor"})");
        std::string rows;
        for (int at = 0; at < 12; ++at) {
            made.snv(at);
            rows += row(positionOf(at), made.base(at), altOf(made, at), 1);
        }
        made.eqtl(Header + rows);
        const auto report = made.analysed();
        DS_VERIFY(report);
        for (size_t v = 0; v < (*report)->variants.size(); ++v) {
            const VariantResult& variant = (*report)->variants[v];
            QCOMPARE(*(*report)->imported[v].slope, variant.effectAllele == variant.ref ? -1.0 : 1.0);
        }
        QCOMPARE((*report)->importedTables[0].counts.asListed, int64_t{12});
    }

    /// A record with more bases than its SNV, as the table has it from the genotypes' file.
    void paddedAlleles() {
        Made made;
        made.snv(3, 2, 1);
        const std::string ref = "NN" + made.base(3) + "N", alt = "NN" + altOf(made, 3) + "N";
        made.eqtl(Header + row(positionOf(3) - 2, ref, alt, 3));
        const auto report = made.analysed();
        DS_VERIFY(report);
        QCOMPARE((*report)->imported.size(), size_t{1});
        QCOMPARE((*report)->imported[0].slope.value_or(0), 3.0);
    }

    /// A deletion that genotypes and table have at the end of a run of bases, and the report at its
    /// beginning.
    void indelsAreLeftAligned() {
        Made made;
        made.option(R"({"variants": "snv+indel"})");
        const std::string& bases = made.reference();
        auto run = static_cast<size_t>(First);
        while (bases[run] != bases[run + 1] || bases[run] != bases[run + 2] || bases[run] == bases[run - 1] ||
               bases[run] == bases[run + 3])
            ++run;
        const auto last = static_cast<int64_t>(run + 1);
        const std::string alt(1, bases[run]), ref = alt + alt;
        std::string genotypes;
        for (int p = 0; p < People; ++p)
            genotypes += p % 3 == 0 ? "\t0|1" : "\t0|0";
        made.record(last, ref, alt, "GT", genotypes);
        made.eqtl(Header + row(last, ref, alt, 3));
        const auto report = made.analysed();
        DS_VERIFY(report);
        QCOMPARE((*report)->variants.size(), size_t{1});
        QCOMPARE((*report)->variants[0].position, static_cast<int64_t>(run) - 1);
        QCOMPARE((*report)->imported[0].slope.value_or(0), 3.0);
        QCOMPARE((*report)->importedTables[0].counts.asListed, int64_t{1});
    }
};

QTEST_GUILESS_MAIN(TestExternalTables)
#include "tst_external_tables.moc"
