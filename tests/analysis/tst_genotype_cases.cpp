// SPDX-License-Identifier: GPL-3.0-or-later
// What files of genotypes hold beside plain phased SNVs, from the file to the gene's report: records with a
// longer REF, listed twice, without genotypes, of several phase sets. The model is linear, so every number is
// known.
#include "analysis/gene_fine_mapping.h"
#include "analysis/gene_statistics.h"
#include "analysis/report_writer.h"

#include "analysis/made_study.h"
#include "engines/open_model.h"
#include "table_file.h"

#include <algorithm>
#include <cmath>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

/// One of the tiny faulty studies, analysed under its own model. \return the report
Result<std::shared_ptr<const GeneReport>> analyseCase(const std::string& name, const std::string& gene) {
    const fs::path folder = sharedData().parent_path() / "cases" / name;
    const fs::path file =
        fs::exists(folder / "t.study.json") ? folder / "t.study.json" : folder / "s.study.json";
    const StudyCheck check = openStudy(file);
    if (!check.study)
        return fail(check.problems.front());
    DS_ASSIGN(const StudyGene* found, check.study->findGene(gene));
    DS_ASSIGN(std::shared_ptr<const Predictor> model,
              openModel(check.study->file().models.front().string(), {}));
    return analyzeGene(*check.study, *found, model, nullptr, {}, {});
}

/// Twelve SNVs, of which the fifth lacks the genotypes of nine people and the ninth of more than may be
/// missing.
void addSnvsWithGaps(Made& made) {
    for (int place = 0; place < 12; ++place)
        made.snv(place, 0, 0, place == 4 ? 9 : place == 8 ? 25 : 0);
}

const VariantResult* variantAt(const GeneReport& report, int64_t position) {
    for (const VariantResult& variant : report.variants)
        if (variant.position + 1 == position)
            return &variant;
    return nullptr;
}

} // namespace

#define DS_SKIP_WITHOUT_CASES()                                                                              \
    do {                                                                                                     \
        if (sharedData().empty() || !fs::exists(sharedData().parent_path() / "cases"))                       \
            QSKIP("skipped: no shared cases (beside DIPLOSCOPE_SHARED_DATA)");                               \
    } while (false)

class TestGenotypeCases : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("XDG_CACHE_HOME", QByteArray::fromStdString(m_cache.path().string())); }

    /// However an SNV is written, it stands at its place in sequences, ISM and eQTL.
    void longerRefIsTheSame() {
        Made plain, padded;
        for (int place = 0; place < 12; ++place) {
            plain.snv(place);
            padded.snv(place, place % 3, place % 4);
        }
        const auto expected = plain.analysed();
        const auto report = padded.analysed();
        DS_VERIFY(expected);
        DS_VERIFY(report);
        QCOMPARE((*report)->variants.size(), size_t(12));
        QVERIFY((*report)->drivers.size() > 1);
        QCOMPARE((*report)->drivers.size(), (*expected)->drivers.size());
        for (size_t v = 0; v < 12; ++v) {
            const VariantResult& one = (*report)->variants[v];
            const VariantResult& other = (*expected)->variants[v];
            QCOMPARE(one.position, First + 20 * int64_t(v));
            QCOMPARE(one.ref, other.ref);
            QCOMPARE(one.alt, other.alt);
            QCOMPARE(one.ism, other.ism);
            QVERIFY(one.genotypes == other.genotypes);
            QCOMPARE(one.genotypes.people(), size_t(People));
            QCOMPARE(one.eqtl.slope, other.eqtl.slope);
        }
        for (size_t p = 0; p < People; ++p)
            QCOMPARE((*report)->people[p].haplotype1, (*expected)->people[p].haplotype1);
        QVERIFY(std::abs(*(*report)->linearR - 1) < 1e-12);
        QCOMPARE((*report)->genotypes, GenotypeCounts{});
    }

    void duplicatesCountOnce() {
        Made once, twice;
        for (int place = 0; place < 12; ++place) {
            once.snv(place);
            twice.snv(place);
        }
        twice.again(3).again(3).again(7);
        const auto expected = once.analysed();
        const auto report = twice.analysed();
        DS_VERIFY(expected);
        DS_VERIFY(report);
        QCOMPARE((*report)->variants.size(), size_t(12));
        QCOMPARE((*report)->linearR, (*expected)->linearR);
        QVERIFY(std::abs(*(*report)->linearR - 1) < 1e-12);
        QCOMPARE((*report)->pearson.r, (*expected)->pearson.r);
        QCOMPARE((*report)->genotypes, GenotypeCounts{.duplicates = 3});
        const TemporaryFolder out;
        DS_VERIFY(writeGeneReport(**report, out.path(), "A"));
        QVERIFY(fileContent(out / "A.report.json").contains("\"duplicate_alleles_skipped\": 3"));
    }

    /// In the window's statistics who has no genotype is left out or counts the mean, never 0 copies.
    void missingGenotypes() {
        Made made;
        addSnvsWithGaps(made);
        const auto analysed = made.analysed();
        DS_VERIFY(analysed);
        const GeneReport& report = **analysed;
        QCOMPARE(report.variants.size(), size_t(12));
        for (size_t v = 0; v < 12; ++v) {
            const VariantResult& variant = report.variants[v];
            QCOMPARE(variant.missing, int64_t(v == 4 ? 9 : v == 8 ? 25 : 0));
            QCOMPARE(variant.poorlyGenotyped, v == 8);
            QCOMPARE(variant.pip.has_value(), v != 8);
            QCOMPARE(variant.givenLead.slope.has_value(), v != 8 && v != *report.lead);
            // The slope is that of those with a genotype.
            Eigen::VectorXd x(People), y(People);
            for (size_t p = 0; p < People; ++p) {
                const uint8_t copies = variant.genotypes.copies(p);
                QCOMPARE(copies == SnvGenotypes::NoGenotype, int(p) < variant.missing);
                x[Eigen::Index(p)] = copies == SnvGenotypes::NoGenotype ? std::nan("") : copies;
                y[Eigen::Index(p)] = *report.people[p].observed;
            }
            const Correlation alone = pearson(x, y);
            QCOMPARE(alone.n, int64_t(People) - variant.missing);
            QVERIFY(std::abs(*variant.eqtl.slope - *alone.slope) < 1e-10);
            QVERIFY(std::abs(*variant.eqtl.p - *alone.p) < 1e-10);
        }
        for (const DriverResult& driver : report.drivers)
            QVERIFY(driver.variant != 8);
        QVERIFY(report.lead != size_t(8));
        QCOMPARE(report.fineMapping->pip.size(), Eigen::Index(11));
        // Those missing are the reference in sequences, and counted.
        QVERIFY(report.genotypes.missingAlleles >= 34);
        const TemporaryFolder out;
        DS_VERIFY(writeGeneReport(report, out.path(), "A"));
        auto rows = tableFile(out / "A.variants.tsv");
        QCOMPARE(rows[4]["missing_genotypes"], std::string("9"));
        QCOMPARE(rows[8]["pip"], std::string("NA"));
        QVERIFY(rows[8]["eqtl_slope"] != "NA");
        const QByteArray json = fileContent(out / "A.report.json");
        QVERIFY(json.contains("\"poorly_genotyped\": [") && json.contains("\"missing_genotypes\": 25"));
        // Fine mapping alone leaves the same one out.
        const auto mapping = fineMapGene(*made.study, made.study->genes().front(), 2000, {}, {});
        DS_VERIFY(mapping);
        QCOMPARE(mapping->panel.snvs.size(), size_t(11));
        QCOMPARE(mapping->leftOut.size(), size_t(1));
        for (size_t v = 0, u = 0; v < 12; ++v)
            if (v != 8)
                QVERIFY(std::abs(mapping->susie.pip[Eigen::Index(u++)] - *report.variants[v].pip) < 1e-9);
    }

    /// Asked for of the report, given the lead: the numbers that it has, to the last bit. Given another SNV:
    /// those of a regression with its dosages as a covariate.
    void effectsGivenAnySnv() {
        Made made;
        addSnvsWithGaps(made);
        const auto analysed = made.analysed();
        DS_VERIFY(analysed);
        const GeneReport& report = **analysed;
        const auto again = effectsGiven(report, made.study->covariates(), *report.lead);
        QCOMPARE(again.size(), size_t(12));
        for (size_t v = 0; v < 12; ++v) {
            const EqtlEffect& expected = report.variants[v].givenLead;
            QCOMPARE(again[v].slope, expected.slope);
            QCOMPARE(again[v].se, expected.se);
            QCOMPARE(again[v].t, expected.t);
            QCOMPARE(again[v].p.has_value(), expected.p.has_value());
            if (expected.p)
                QCOMPARE(again[v].p->log10(), expected.p->log10());
            QCOMPARE(again[v].degreesOfFreedom, expected.degreesOfFreedom);
        }
        const size_t given = *report.lead == 2 ? 3 : 2;
        const auto left = effectsGiven(report, made.study->covariates(), given);
        Eigen::VectorXd observed(People);
        for (size_t p = 0; p < People; ++p)
            observed[Eigen::Index(p)] = *report.people[p].observed;
        for (size_t v = 0; v < 12; ++v) {
            QCOMPARE(left[v].slope.has_value(), v != 8 && v != given);
            if (!left[v].slope)
                continue;
            const EqtlEffect alone =
                marginalEffects(report.dosages({v}), observed, report.dosages({given}).numbers())[0];
            QVERIFY(std::abs(*left[v].slope - *alone.slope) < 1e-10);
            QVERIFY(std::abs(left[v].p->log10() - alone.p->log10()) < 1e-8);
        }
        QVERIFY(!report.isGenotyped(8) && report.isGenotyped(4));
    }

    /// What an SNV of few genotypes says must not change what is said of the others.
    void poorlyGenotypedLeavesOthersAlone() {
        Made with, without;
        for (int place = 0; place < 12; ++place)
            with.snv(place, 0, 0, place == 11 ? 40 : 0);
        for (int place = 0; place < 11; ++place)
            without.snv(place);
        const auto report = with.analysed();
        const auto expected = without.analysed();
        DS_VERIFY(report);
        DS_VERIFY(expected);
        QCOMPARE((*report)->lead, (*expected)->lead);
        for (size_t v = 0; v < 11; ++v) {
            const VariantResult& one = (*report)->variants[v];
            const VariantResult& other = (*expected)->variants[v];
            QVERIFY(std::abs(*one.eqtl.slope - *other.eqtl.slope) < 1e-12);
            QVERIFY(std::abs(one.givenLead.p.value_or(0) - other.givenLead.p.value_or(0)) < 1e-12);
            QVERIFY(std::abs(*one.pip - *other.pip) < 1e-9);
        }
    }

    void kindsAreCounted() {
        Made made;
        for (int place = 0; place < 12; ++place)
            made.snv(place);
        std::string all;
        for (int p = 0; p < People; ++p)
            all += "\t0|1";
        const auto at = [](int place) { return First + 20 * place; };
        made.record(at(13), made.base(13), made.base(13) + "AC", "GT", all)
            .record(at(14), made.base(14), "<DEL>", "GT", all)
            .record(at(15), made.base(15), "*", "GT", all)
            .record(at(16), made.base(16), "N", "GT", all)
            .record(at(17), "N", "A", "GT", all);
        const auto report = made.analysed();
        DS_VERIFY(report);
        QCOMPARE(
            (*report)->genotypes,
            (GenotypeCounts{.symbolic = 1, .spanning = 1, .unknownAlt = 1, .unknownRef = 1, .indels = 1}));
        QVERIFY(std::any_of(made.notes.begin(), made.notes.end(), [](const StudyNote& note) {
            return note.text ==
                   "Of the sampled records left out: 1 indel, 1 symbolic allele, 1 `*` allele, 1 ALT with N "
                   "or an IUPAC code, 1 REF with N or an IUPAC code.";
        }));
    }

    void phaseSets_data() {
        QTest::addColumn<bool>("leaveOut");
        QTest::newRow("as listed") << false;
        QTest::newRow("left out") << true;
    }
    void phaseSets() {
        QFETCH(bool, leaveOut);
        Made made;
        for (int place = 0; place < 10; ++place)
            made.snv(place);
        made.twoPhaseSets();
        if (leaveOut)
            made.option(R"({"phase_sets": "leave-out"})");
        const auto report = made.analysed();
        DS_VERIFY(report);
        QVERIFY((*report)->genotypes.severalPhaseSets >= 10);
        const auto people = int64_t(People) - (leaveOut ? (*report)->genotypes.severalPhaseSets : 0);
        QCOMPARE((*report)->pearson.n, people);
        QCOMPARE((*report)->variants[0].eqtl.degreesOfFreedom, double(people - 2));
        QCOMPARE(std::isnan((*report)->people[0].predicted), leaveOut);
        QCOMPARE((*report)->people[0].observed.has_value(), !leaveOut);
        QVERIFY(std::any_of(made.notes.begin(), made.notes.end(), [](const StudyNote& note) {
            return note.text.find("heterozygous in several phase sets") != std::string::npos;
        }));
    }

    void caseOfLongerRef() {
        DS_SKIP_WITHOUT_CASES();
        const auto report = analyseCase("03_snv_with_longer_ref", "GENA");
        DS_VERIFY(report);
        const auto expected =
            tableFile(sharedData().parent_path() / "cases/03_snv_with_longer_ref/expected_people_GENA.tsv");
        QCOMPARE(expected.size(), (*report)->people.size());
        for (size_t p = 0; p < expected.size(); ++p) {
            const PersonResult& person = (*report)->people[p];
            QCOMPARE(person.sample, expected[p].at("sample"));
            QVERIFY(std::abs(person.haplotype1 - std::stod(expected[p].at("hap1"))) < 1e-4);
            QVERIFY(std::abs(person.haplotype2 - std::stod(expected[p].at("hap2"))) < 1e-4);
        }
        for (const int64_t position : {5100, 5204, 5300}) {
            const VariantResult* snv = variantAt(**report, position);
            QVERIFY(snv != nullptr);
            QVERIFY(snv->ism != 0 && snv->eqtl.slope);
        }
        QCOMPARE((*report)->genotypes, GenotypeCounts{.indels = 2});
    }

    void caseOfDuplicate() {
        DS_SKIP_WITHOUT_CASES();
        const auto report = analyseCase("13_duplicate_record", "GENA");
        DS_VERIFY(report);
        QCOMPARE((*report)->variants.size(), size_t(13));
        QVERIFY(std::abs(*(*report)->linearR - 1) < 1e-6);
        QCOMPARE((*report)->genotypes, GenotypeCounts{.duplicates = 1});
    }

    void caseOfMissingGenotypes() {
        DS_SKIP_WITHOUT_CASES();
        const auto report = analyseCase("missing_genotypes", "A");
        DS_VERIFY(report);
        const VariantResult* snv = variantAt(**report, 461);
        QVERIFY(snv != nullptr);
        QVERIFY(std::abs(*snv->eqtl.slope - 0.6332) < 5e-5); // plink2 --glm
        QCOMPARE(snv->eqtl.degreesOfFreedom, 56.0);
        QCOMPARE(snv->missing, int64_t(22));
        QVERIFY(snv->poorlyGenotyped && !snv->pip);
    }

    void caseWithoutGenotypes() {
        DS_SKIP_WITHOUT_CASES();
        const auto report = analyseCase("04_vcf_without_gt", "GENA");
        QVERIFY(!report);
        QVERIFY2(report.error().what.find("has genotypes (GT). The header also declares `DS`") !=
                     std::string::npos,
                 report.error().message().c_str());
    }

    /// The same genotypes as the control's, with a prefix.
    void caseOfPhasePrefix() {
        DS_SKIP_WITHOUT_CASES();
        const auto report = analyseCase("11_vcf44_prefix", "GENA");
        const auto control = analyseCase("00_control", "GENA");
        DS_VERIFY(report);
        DS_VERIFY(control);
        for (size_t p = 0; p < (*control)->people.size(); ++p) {
            QCOMPARE((*report)->people[p].haplotype1, (*control)->people[p].haplotype1);
            QCOMPARE((*report)->people[p].haplotype2, (*control)->people[p].haplotype2);
        }
    }

private:
    TemporaryFolder m_cache;
};

QTEST_GUILESS_MAIN(TestGenotypeCases)
#include "tst_genotype_cases.moc"
