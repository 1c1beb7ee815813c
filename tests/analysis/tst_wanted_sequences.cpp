// SPDX-License-Identifier: GPL-3.0-or-later
// What an analysis is said to ask a model for is what it leaves in the cache: all of it, and nothing else.
#include "analysis/wanted_sequences.h"
#include "made_study.h"
#include "scoring/cached_scores.h"
#include "scoring/locus_scorer.h"

#include <set>

using namespace diploscope;
using namespace diploscope::test;

class TestWantedSequences : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    std::shared_ptr<const Study> m_study;
    std::shared_ptr<const Predictor> m_model = std::make_shared<Linear>();

    Result<void> compare(const StudyGene& gene, const ScoreOptions& score, int64_t& single) {
        DS_ASSIGN(const auto cache, ScoreCache::open(m_folder / (gene.gene.id + ".sqlite")));
        AnalysisOptions options;
        options.score = score;
        DS_TRY(analyzeGene(*m_study, gene, m_model, cache, options, {}));
        DS_ASSIGN(const Locus locus, readLocus(*m_study, gene.gene, m_model->info().input, score.shifts, {}));
        const std::vector<EditList> ism = referenceAndIsm(panelOf(locus), locus.window);
        std::set<Digest> all;
        for (const ScoreMember& member : membersOf(m_model, score)) {
            const WantedSequences wanted = wantedOf(member, locus.window, ism, locus.haplotypes.distinct);
            std::vector<Digest> keys;
            for (const WantedSequence& sequence : wanted.sequences)
                keys.push_back(sequence.key);
            const ScoreScope scope = scoreScope(member, options.method);
            DS_ASSIGN(const auto found,
                      findByEdits(*cache, scope, trialOf(scope, wanted.reference), keys, {}));
            for (const auto& one : found)
                if (!one)
                    return fail(ErrorKind::Internal, "The analysis did not ask for a sequence.");
            const size_t before = all.size();
            all.insert(keys.begin(), keys.end());
            if (all.size() != before + keys.size())
                return fail(ErrorKind::Internal, "A sequence is wanted twice.");
        }
        DS_ASSIGN(const ScoreCache::Info info, cache->info());
        if (info.entries != int64_t(all.size()))
            return fail(ErrorKind::Internal, "The analysis asked for other sequences, too.");
        single = int64_t(ism.size());
        return {};
    }

private Q_SLOTS:
    void initTestCase() {
        const StudyCheck check = openStudy(SmallStudy().write(m_folder));
        QVERIFY2(check.study, check.problems.empty() ? "" : check.problems.front().message().c_str());
        m_study = check.study;
    }

    void isWhatAnAnalysisAsksFor_data() {
        QTest::addColumn<int>("gene");
        QTest::addColumn<int>("shifts");
        QTest::newRow("forward") << 0 << 0;
        QTest::newRow("other strand") << 1 << 0;
        QTest::newRow("shifted windows") << 2 << 2;
    }
    void isWhatAnAnalysisAsksFor() {
        QFETCH(const int, gene);
        QFETCH(const int, shifts);
        ScoreOptions score = defaultScore(m_model->info());
        score.shifts = shifts;
        int64_t single = 0;
        const auto same = compare(m_study->genes().at(size_t(gene)), score, single);
        QVERIFY2(same, same ? "" : same.error().message().c_str());
        QVERIFY(single > 3);
    }

    void namesEachContentOnce() {
        const StudyGene& gene = m_study->genes().front();
        const auto locus = readLocus(*m_study, gene.gene, m_model->info().input, 0, {});
        QVERIFY(locus);
        const std::vector<EditList> ism =
            referenceAndIsm(buildSnvPanel(locus->alleles, locus->region), locus->window);
        QVERIFY(ism.front().empty());
        const ScoreMember member = membersOf(m_model, defaultScore(m_model->info())).front();
        // A haplotype of one SNV and one without any are among the first; what is named is where it came
        // first.
        const std::vector<EditList> haplotypes{ism.at(2), {}, {ism.at(1).front(), ism.at(2).front()}};
        const WantedSequences wanted = wantedOf(member, locus->window, ism, haplotypes);
        QCOMPARE(wanted.sequences.size(), ism.size() + 1);
        for (size_t i = 0; i < ism.size(); ++i)
            QCOMPARE(wanted.sequences[i].index, i);
        QCOMPARE(wanted.sequences.back().index, ism.size() + 2);
    }
};

QTEST_GUILESS_MAIN(TestWantedSequences)
#include "tst_wanted_sequences.moc"
