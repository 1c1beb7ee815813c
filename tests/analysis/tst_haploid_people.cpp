// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/gene_fine_mapping.h"
#include "analysis/haploid_study.h"
#include "analysis/made_study.h"
#include "analysis/predixcan.h"
#include "analysis/predixcan_alleles.h"
#include "analysis/predixcan_training.h"
#include "io/small_vcf.h"
#include "stats/reference_json.h"
#include "study/study_identity.h"

using namespace diploscope;
using namespace diploscope::test;

namespace {

Result<std::shared_ptr<const GeneReport>> reportOf(const StudyCheck& check) {
    if (!check.study)
        return fail(check.problems.front());
    return analyzeGene(*check.study, check.study->genes().front(), std::make_shared<Linear>(), nullptr, {},
                       {});
}

} // namespace

/// METHODS 2, 7: X and people who have one copy of it.
class TestHaploidPeople : public QObject {
    Q_OBJECT
private:
    TemporaryFolder m_caches;

private Q_SLOTS:
    void initTestCase() { keepCachesIn(m_caches); }

    void callsBySex_data() {
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("calls"); // of a man, a woman, and somebody whose sex is not known
        QTest::addColumn<QList<int>>("expected");
        QTest::addColumn<QList<int>>("oneCopy");
        QTest::addColumn<QList<int>>("counts"); // missing, haploid, hemizygous, excluded
        const QList<int> nobody{0, 0, 0}, man{1, 0, 0};
        QTest::newRow("written once")
            << "X 1000"
            << "1 0|1 1" << QList{1, 1, 0, 1, 1, 1} << QList{1, 0, 1} << QList{0, 2, 0, 0};
        QTest::newRow("written twice")
            << "X 1000"
            << "1|1 1|1 1|1" << QList{1, 1, 1, 1, 1, 1} << man << QList{0, 0, 1, 0};
        QTest::newRow("of the reference")
            << "X 1000"
            << "0|0 0|0 0|0" << QList{0, 0, 0, 0, 0, 0} << man << QList{0, 0, 1, 0};
        QTest::newRow("two kinds, phased")
            << "X 1000"
            << "0|1 0|1 0|1" << QList{-1, -1, 0, 1, 0, 1} << man << QList{2, 0, 0, 1};
        QTest::newRow("two kinds, no phase")
            << "X 1000"
            << "0/1 1/1 0|0" << QList{-1, -1, 1, 1, 0, 0} << man << QList{2, 0, 0, 1};
        QTest::newRow("half of it") << "X 1000"
                                    << "1|. .|0 .|1" << QList{1, 1, -1, 0, -1, 1} << man << QList{2, 0, 0, 0};
        QTest::newRow("missing") << "X 1000"
                                 << ". .|. ." << QList{-1, -1, -1, -1, -1, -1} << QList{1, 0, 1}
                                 << QList{6, 0, 0, 0};
        QTest::newRow("one of a woman's")
            << "X 1000"
            << "1 1 0|0" << QList{1, 1, 1, -1, 0, 0} << man << QList{1, 1, 0, 0};
        QTest::newRow("pseudoautosomal")
            << "X 100"
            << "0|1 0|1 1|1" << QList{0, 1, 0, 1, 1, 1} << nobody << QList{0, 0, 0, 0};
        QTest::newRow("Y") << "Y 1000"
                           << "1 0|0 1" << QList{1, 1, -1, -1, 1, 1} << QList{1, 0, 1} << QList{0, 2, 0, 1};
        QTest::newRow("Y, a woman's is missing")
            << "Y 1000"
            << "1|1 .|. 0|1" << QList{1, 1, -1, -1, 0, 1} << man << QList{0, 0, 1, 0};
        QTest::newRow("autosome") << "7 1000"
                                  << "1 0|1 1" << QList{1, 1, 0, 1, 1, 1} << QList{1, 0, 1}
                                  << QList{0, 2, 0, 0};
    }
    void callsBySex() {
        QFETCH(QString, place);
        QFETCH(QString, calls);
        QFETCH(QList<int>, expected);
        QFETCH(QList<int>, oneCopy);
        QFETCH(QList<int>, counts);
        // Positions of the pseudoautosomal regions' beginning, GRCh38: 10,001.
        const std::string contig = place.section(' ', 0, 0).toStdString();
        const int at = place.section(' ', 1).toInt() < 500 ? 10'001 : 10'000;
        const std::string text =
            "##fileformat=VCFv4.2\n##contig=<ID=chr" + contig +
            ">\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n"
            "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tA\tB\tC\n" +
            record("chr" + contig + " " + std::to_string(at) + " A C " + calls.toStdString());
        const VcfFile file(text);
        auto reader = VariantReader::open(file.path());
        DS_VERIFY(reader);
        reader->tellSexes({{"A", Sex::Male}, {"B", Sex::Female}}, "GRCh38");
        const auto matrix = reader->read({contig, 9'000, 11'000}, Everybody, UnphasedRule::Refuse, "");
        DS_VERIFY(matrix);
        QCOMPARE(matrix->sites.size(), size_t(1));
        const std::vector<int> alleles = row(*matrix, 0);
        QCOMPARE(QList<int>(alleles.begin(), alleles.end()), expected);
        for (size_t person = 0; person < 3; ++person)
            QCOMPARE(int(matrix->hasOneCopy(0, person)), oneCopy[int(person)]);
        const GenotypeCounts& found = matrix->counts;
        QCOMPARE((QList<int>{int(found.missingAlleles), int(found.haploidCalls), int(found.hemizygousCalls),
                             int(found.excludedBySex)}),
                 counts);
        QCOMPARE(!matrix->withoutCopy.empty() && matrix->withoutCopy[1], contig == "Y");
    }

    /// tests/reference/haploid_dosage.py
    void asPlink_data() {
        QTest::addColumn<QString>("rule");
        QTest::newRow("default") << "";
        QTest::newRow("0/2") << "0/2";
        QTest::newRow("0/1") << "0/1";
    }
    void asPlink() {
        QFETCH(QString, rule);
        const TemporaryFolder folder;
        const SmallStudy small =
            studyOnX(rule.isEmpty() ? "" : R"({"haploid_dosage": ")" + rule.toStdString() + R"("})");
        const StudyCheck check = openStudy(small.write(folder));
        const auto report = reportOf(check);
        DS_VERIFY(report);
        QVERIFY(noteOf(check, "sexes", "26 men and 24 women"));
        const GeneReport& gene = **report;
        const auto rows = tableFile(fixture("reference/haploid_dosage.tsv"));
        QCOMPARE(gene.variants.size(), rows.size());
        const std::string ending = rule == "0/1" ? "_01" : "_02";
        for (size_t v = 0; v < rows.size(); ++v) {
            auto expected = rows[v];
            const VariantResult& variant = gene.variants[v];
            constexpr double digits = 2e-5; // plink2 prints six
            DS_COMPARE_OPTIONAL(std::optional(variant.alleleFrequency), numberOrNone(expected["frequency"]),
                                digits, 0);
            DS_COMPARE_OPTIONAL(variant.eqtl.slope, numberOrNone(expected["slope" + ending]), digits, 0);
            DS_COMPARE_OPTIONAL(variant.eqtl.se, numberOrNone(expected["se" + ending]), digits, 0);
            DS_COMPARE_OPTIONAL(variant.eqtl.p, numberOrNone(expected["p" + ending]), digits, 0);
        }
        for (size_t p = 0; p < gene.people.size(); ++p)
            QCOMPARE(gene.variants[2].genotypes.hasOneCopy(p), check.study->sexes()[p] == Sex::Male);
        // Predictions are of the copies there are, and what is linear in them is, too, however they count.
        const TemporaryFolder other;
        const auto otherwise =
            reportOf(openStudy(studyOnX(rule == "0/1" ? "" : R"({"haploid_dosage": "0/1"})").write(other)));
        DS_VERIFY(otherwise);
        QVERIFY(gene.linearR > 0.99);
        QCOMPARE(gene.linearR, (*otherwise)->linearR);
        QCOMPARE(gene.pearson.r, (*otherwise)->pearson.r);
        QCOMPARE(gene.calibratedNull->empiricalP, (*otherwise)->calibratedNull->empiricalP);
        QVERIFY(gene.genotypes.hemizygousCalls > 0 && gene.genotypes.haploidCalls > 0);
    }

    /// Who has one copy, and of it the alternate: the whole effect, not half of it.
    void predictedFromTheCopyThereIs() {
        const TemporaryFolder folder;
        const auto report = reportOf(openStudy(studyOnX("").write(folder)));
        DS_VERIFY(report);
        const GeneReport& gene = **report;
        for (size_t p = 0; p < gene.people.size(); ++p) {
            double expected = 0;
            for (const VariantResult& variant : gene.variants)
                if (const uint8_t copies = variant.genotypes.copies(p); copies != SnvGenotypes::NoGenotype)
                    expected += 0.5 * copies * variant.ism;
            QVERIFY(std::abs(gene.people[p].predicted - expected) < 1e-12);
        }
    }

    /// Without sexes a call says itself of how many copies it is.
    void withoutSexes() {
        const TemporaryFolder folder;
        SmallStudy small = studyOnX(R"({"haploid_dosage": "0/1"})");
        small.sampleMap.clear();
        const auto report = reportOf(openStudy(small.write(folder)));
        DS_VERIFY(report);
        QCOMPARE((*report)->genotypes.hemizygousCalls, int64_t(0));
        const SnvGenotypes& genotypes = (*report)->variants[2].genotypes;
        QVERIFY(genotypes.hasOneCopy(1) && !genotypes.hasOneCopy(2));
    }

    void unknownBuild() {
        const TemporaryFolder folder;
        SmallStudy small = studyOnX("");
        small.build = "toy";
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study, allOf(check).c_str());
        QVERIFY(noteOf(check, "sexes", "taken as they are written"));
        QVERIFY(check.study->sexes().empty());
    }

    /// Women have no copy of Y: nothing is predicted, and they are in no statistic.
    void womenOnY() {
        const TemporaryFolder folder;
        SmallStudy small = studyOnY();
        // Six of 26 men lack a genotype: more than one in five of those who have a Y.
        QStringList lines = QString::fromStdString(small.genotypes).split(u'\n');
        QStringList cells = lines[4 + 3].split(u'\t');
        qsizetype column = 9;
        int men = 0;
        for (auto person : tableFile(fixture("reference/haploid_dosage_people.tsv"))) {
            if (person["sex"] == "male" && men++ < 6)
                cells[column] = QStringLiteral(".");
            ++column;
        }
        lines[4 + 3] = cells.join(u'\t');
        small.genotypes = lines.join(u'\n').toStdString();
        const StudyCheck check = openStudy(small.write(folder));
        const auto report = reportOf(check);
        DS_VERIFY(report);
        for (size_t p = 0; p < (*report)->people.size(); ++p)
            QCOMPARE(std::isnan((*report)->people[p].predicted), check.study->sexes()[p] == Sex::Female);
        QCOMPARE((*report)->pearson.n, int64_t(26));
        QVERIFY(!(*report)->variants[4].poorlyGenotyped); // half of all people have it: all who can
        QCOMPARE((*report)->variants[4].missing, int64_t(1));
        QVERIFY((*report)->variants[3].poorlyGenotyped);
        QCOMPARE((*report)->variants[0].missing, int64_t(0)); // all have it: it is pseudoautosomal
    }

    void expressionOfWomenOnY_data() {
        QTest::addColumn<QString>("transform");
        QTest::newRow("as it is") << "none";
        QTest::newRow("log2(x + 1)") << "log2p1";
        QTest::newRow("rank-normal") << "rank-normal";
    }
    /// Whatever was measured in women, all is as if nothing had been.
    void expressionOfWomenOnY() {
        QFETCH(QString, transform);
        const TemporaryFolder folders[2];
        std::shared_ptr<const Study> studies[2];
        for (const int i : {0, 1}) {
            SmallStudy small = studyOnY(i == 0 ? "NA" : "1000");
            small.extra += std::string(", \"expression_transform\": \"") + transform.toStdString() + "\"";
            const StudyCheck check = openStudy(small.write(folders[i]));
            QVERIFY2(check.study, allOf(check).c_str());
            studies[i] = check.study;
        }
        const StudyGene& gene = studies[1]->genes().front();
        const Eigen::VectorXd observed = studies[1]->observed(gene).value();
        const Eigen::VectorXd expected = studies[0]->observed(gene).value();
        for (Eigen::Index p = 0; p < 50; ++p) {
            QCOMPARE(std::isnan(observed[p]), studies[1]->sexes()[size_t(p)] == Sex::Female);
            QVERIFY(std::isnan(observed[p]) || observed[p] == expected[p]);
        }

        std::vector<GeneFineMapping> mapped;
        std::vector<PredixcanTraining> trained;
        std::vector<PredixcanScores> scored;
        PredixcanDatabase weights{{{"ENSG01", "GENEA", {}, {}, {}}}, {}, true, "b38", {}};
        const auto alleles = studies[0]->genotypes({"Y", 2'782'378, 2'782'379});
        DS_VERIFY(alleles);
        const Site& site = alleles->sites.at(0);
        weights.weights.push_back(
            {0, "rs1", site.ref, site.alts[0], 0.5, "Y", site.position, site.ref, site.alts[0]});
        for (const auto& study : studies) {
            mapped.push_back(fineMapGene(*study, gene, 2'000, {}, {}).value());
            trained.push_back(trainPredixcan(*study, {}, {.folds = 5}, {}).value());
            scored.push_back(applyPredixcan(*study, weights).value());
        }
        QCOMPARE(mapped[1].people, int64_t(26));
        QCOMPARE(mapped[1].susie.pip, mapped[0].susie.pip);
        QCOMPARE(trained[1].failures.size(), size_t(0));
        const auto weightsOf = [&](int i) {
            std::vector<double> all;
            for (const PredixcanWeight& weight : trained[size_t(i)].database.weights)
                all.push_back(weight.weight);
            return all;
        };
        QCOMPARE(weightsOf(1), weightsOf(0));
        const PredixcanGeneScore& score = scored[1].genes.at(0);
        QCOMPARE(score.observed->n, int64_t(26));
        QCOMPARE(score.observed->r, scored[0].genes.at(0).observed->r);
        QCOMPARE(score.counts.missingAlleles, int64_t(2)); // a man's
        for (Eigen::Index p = 0; p < 50; ++p)              // nothing is predicted for women
            QCOMPARE(std::isnan(scored[1].values(p, 0)), studies[1]->sexes()[size_t(p)] == Sex::Female);
    }

    /// Who has one copy has no second one to hold it against.
    void readsOfMen() {
        const TemporaryFolder folder;
        SmallStudy small = studyOnX("");
        small.extra += R"(, "haplotype_counts": "counts.tsv")";
        std::string counts;
        for (int p = 0; p < 50; ++p)
            counts += "\t30|1";
        writeText(folder / "counts.tsv", "name\t" + small.people + "\nENSG01" + counts + "\n");
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study, allOf(check).c_str());
        AnalysisOptions options;
        options.external = readExternalTables(*check.study).value();
        const auto report = analyzeGene(*check.study, check.study->genes().front(),
                                        std::make_shared<Linear>(), nullptr, options, {});
        DS_VERIFY(report);
        for (size_t p = 0; p < (*report)->people.size(); ++p)
            QCOMPARE((*report)->people[p].reads.has_value(), check.study->sexes()[p] != Sex::Male);
        QCOMPARE((*report)->unusedReads.oneCopy, int64_t(26));
        QCOMPARE((*report)->allelic->n, int64_t(24));
    }

    void identity() {
        const TemporaryFolder first, second;
        const auto identityOf = [](const SmallStudy& small, const TemporaryFolder& folder) {
            std::vector<Error> problems;
            return studyIdentity(readStudyFile(small.write(folder), problems).value(), {}).value();
        };
        const std::string asTwo = identityOf(studyOnX(R"({"haploid_dosage": "0/2"})"), first);
        QCOMPARE(asTwo, identityOf(studyOnX(""), second));
        QVERIFY(asTwo != identityOf(studyOnX(R"({"haploid_dosage": "0/1"})"), second));
    }

    void sampleMapRefused() {
        const TemporaryFolder folder;
        SmallStudy small = studyOnX("");
        small.sampleMap = replaced(small.sampleMap, "P03\tP03\tmale", "P03\tP03\tdog");
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY(!check.study);
        const std::string problems = allOf(check);
        QVERIFY2(problems.find("`dog` is no sex") != std::string::npos &&
                     problems.find("line 4") != std::string::npos,
                 problems.c_str());
    }

    void predixcanDosage() {
        const TemporaryFolder folder;
        const StudyCheck check = openStudy(studyOnX("").write(folder));
        QVERIFY2(check.study, allOf(check).c_str());
        const auto matrix = check.study->genotypes({"X", BoundaryOfX - 2'000, BoundaryOfX + 2'000});
        DS_VERIFY(matrix);
        const PredixcanSites sites(*matrix, check.study->reference());
        Eigen::VectorXd asTwo(50), asOne(50);
        sites.fillDosage({4, 1, false, false}, HaploidDosage::AsTwo, asTwo);
        sites.fillDosage({4, 1, false, false}, HaploidDosage::AsOne, asOne);
        for (Eigen::Index p = 0; p < 50; ++p)
            if (p != 7)
                QCOMPARE(asOne[p], p % 25 < 13 ? asTwo[p] / 2 : asTwo[p]);
    }
};

QTEST_GUILESS_MAIN(TestHaploidPeople)
#include "tst_haploid_people.moc"
