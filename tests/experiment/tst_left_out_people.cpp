// SPDX-License-Identifier: GPL-3.0-or-later
// Of whom nothing is said at a gene, nothing is said by experiments on it: women at genes of Y, and who has
// several phase sets where the study leaves these out (METHODS 17).
#include "analysis/haploid_study.h"
#include "analysis/report_frame.h"
#include "experiment/ablation.h"
#include "experiment/audit.h"
#include "experiment/experiment_tables.h"
#include "experiment/locus_report.h"
#include "experiment/person_paths.h"
#include "experiment/what_if.h"
#include "stats/reference_json.h"

using namespace diploscope;
using namespace diploscope::test;

namespace {

const std::shared_ptr<const Predictor> Model = std::make_shared<Linear>();

Result<PreparedLocus> locusOf(const Study& study) {
    return PreparedLocus::read(study, study.genes().front().gene, Model, defaultScore(Model->info()),
                               {Method::Fast, nullptr, 0}, {});
}

} // namespace

class TestLeftOutPeople : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    std::shared_ptr<const Study> m_study; ///< a gene of Y, 26 men and 24 women
    std::unique_ptr<PreparedLocus> m_locus;
    Eigen::VectorXd m_observed;

    bool isWoman(Eigen::Index person) const {
        return m_study->sexes()[static_cast<size_t>(person)] == Sex::Female;
    }
    std::string personOf(Sex sex) const {
        const auto& sexes = m_study->sexes();
        return m_study
            ->people()[static_cast<size_t>(std::find(sexes.begin(), sexes.end(), sex) - sexes.begin())];
    }

private Q_SLOTS:
    void initTestCase() {
        keepCachesIn(m_folder);
        const StudyCheck check = openStudy(studyOnY().write(m_folder));
        QVERIFY2(check.study, allOf(check).c_str());
        m_study = check.study;
        auto locus = locusOf(*m_study);
        DS_VERIFY(locus);
        m_locus = std::make_unique<PreparedLocus>(std::move(*locus));
        m_observed = observedAt(*m_study, m_study->genes().front(), m_locus->locus()).value();
    }

    void audited() {
        const StudyGene& gene = m_study->genes().front();
        const auto own = reportOfLocus(*m_locus, *m_study, gene, Model, {}, {});
        DS_VERIFY(own);
        const auto found = audit(*m_locus, *own->report, m_observed, {0, 1}, {});
        DS_VERIFY(found);
        const Additivity& additivity = found->additivity;
        for (Eigen::Index p = 0; p < 50; ++p) {
            QCOMPARE(std::isnan(found->predicted[p]), isWoman(p));
            QCOMPARE(std::isnan(additivity.expected[p]), isWoman(p));
            QCOMPARE(std::isnan(additivity.residual[p]), isWoman(p));
        }
        // R_lin is of the same sum and the same people.
        DS_COMPARE_OPTIONAL(additivity.r, own->report->linearR, 1e-12, 0);
        QVERIFY(additivity.residualSd() && !isWoman(additivity.largestResidual().value()));
        const std::filesystem::path file = m_folder / "audit.tsv";
        DS_VERIFY(additivityTable(*m_locus, *found, {}).writeTo(file));
        const auto rows = tableFile(file);
        QCOMPARE(rows.size(), size_t(50));
        for (Eigen::Index p = 0; p < 50; ++p)
            for (const char* column : {"predicted", "additive", "residual"})
                QCOMPARE(rows[static_cast<size_t>(p)].at(column) == "NA", isWoman(p));
    }

    void ablated() {
        const SnvPanel panel = panelOf(m_locus->locus());
        const auto found = ablate(*m_locus, {{panel.snvs[2]}, false, 0, 0}, m_observed, {});
        DS_VERIFY(found);
        QCOMPARE(found->r.before.n, int64_t(26));
        for (Eigen::Index p = 0; p < 50; ++p) {
            QCOMPARE(std::isnan(found->predictedBefore()[p]), isWoman(p));
            QCOMPARE(std::isnan(found->predictedAfter()[p]), isWoman(p));
        }
    }

    void changedInEverybody() {
        const SnvPanel panel = panelOf(m_locus->locus());
        const auto edits = checkedEdits(*m_locus, {panel.snvs[2]});
        DS_VERIFY(edits);
        const auto found = whatIf(*m_locus, *edits, backgroundsOf(*m_locus, "all").value(), {});
        DS_VERIFY(found);
        QCOMPARE(found->rows.size(), size_t(2 * 26));
        const auto people = peopleOf(*m_locus, *found);
        QVERIFY(people);
        for (Eigen::Index p = 0; p < 50; ++p) {
            QCOMPARE(std::isnan(people->before[p]), isWoman(p));
            QCOMPARE(std::isnan(people->after[p]), isWoman(p));
        }
        const auto r = rOfEverybody(*m_locus, *found, m_observed, {});
        DS_VERIFY(r);
        QCOMPARE((*r)->before.n, int64_t(26));
        // One haplotype is not everybody's.
        const auto one =
            whatIf(*m_locus, *edits, {m_locus->haplotypeNamed(personOf(Sex::Male) + ":1").value()}, {});
        QVERIFY(!peopleOf(*m_locus, one.value()));
    }

    void womenHaveNoHaplotypes() {
        const std::string man = personOf(Sex::Male), woman = personOf(Sex::Female);
        DS_VERIFY(followPerson(*m_locus, man, {}, {}));
        for (const auto& [sample, against] : {std::pair(woman, std::string()), std::pair(man, woman)}) {
            const auto refused = followPerson(*m_locus, sample, against, {});
            QVERIFY(!refused);
            QCOMPARE(refused.error().kind, ErrorKind::Unsupported);
            QCOMPARE(refused.error().what, woman + " has no copy of the gene.");
        }
        QVERIFY(!m_locus->haplotypeNamed(woman + ":1") && m_locus->haplotypeNamed(man + ":1"));
        QVERIFY(!backgroundsOf(*m_locus, woman + ":2"));
    }

    void womenAlone() {
        const TemporaryFolder folder;
        SmallStudy small = studyOnY();
        small.sampleMap = replaced(small.sampleMap, "\tmale", "\tfemale");
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study, allOf(check).c_str());
        const auto locus = locusOf(*check.study);
        DS_VERIFY(locus);
        const auto everybody = backgroundsOf(*locus, "all");
        QVERIFY(!everybody);
        QCOMPARE(everybody.error().what, std::string("All 50 people are left out of the gene."));
    }

    void severalPhaseSets_data() {
        QTest::addColumn<bool>("leaveOut");
        QTest::newRow("as listed") << false;
        QTest::newRow("left out") << true;
    }
    void severalPhaseSets() {
        QFETCH(bool, leaveOut);
        Made made;
        made.twoPhaseSets();
        if (leaveOut)
            made.option(R"({"phase_sets": "leave-out"})");
        DS_VERIFY(made.analysed());
        const auto locus = locusOf(*made.study);
        DS_VERIFY(locus);
        QVERIFY(locus->person("P1").has_value());
        const auto found = locus->person("P6");
        QCOMPARE(found.has_value(), !leaveOut);
        if (leaveOut)
            QVERIFY(found.error().what.find("several phase sets") != std::string::npos);
        QCOMPARE(backgroundsOf(*locus, "all")->size(), size_t(leaveOut ? 2 * 50 : 2 * 60));
    }
};

QTEST_GUILESS_MAIN(TestLeftOutPeople)
#include "tst_left_out_people.moc"
