// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/open_model.h"
#include "model/model_folder.h"
#include "scoring/locus_scorer.h"

#include <sys/resource.h>

#include <random>

using namespace diploscope;
using namespace diploscope::test;

class TestCheckMemory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Scores of the paper's CNN and their check hold no activation of a whole pass, which has 144 MB in
    /// LibTorch, nor LibTorch itself.
    void thePapersCnn() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        QSKIP("skipped: sanitizers take memory of their own");
#endif
        const std::shared_ptr<const Predictor> model = openModel("simple-cnn", {}, 1).value();
        std::mt19937_64 random(1);
        const int64_t length = model->info().input.length;
        const ReferenceWindow window = windowOverSequence(randomBases(random, length), model->info().input);
        std::vector<EditList> sequences{{}};
        for (int64_t offset = 50; offset + 20 < length; offset += 50) {
            const Edit one{offset, 1, window.bases()[size_t(offset)] == 'A' ? "C" : "A"};
            const Edit other{offset + 20, 1, window.bases()[size_t(offset + 20)] == 'A' ? "C" : "A"};
            sequences.insert(sequences.end(), {{one}, {one, other}});
        }
        std::vector<double> scores(sequences.size());
        LocusScorer scorer({}, {model, model->info().defaultOutput, 0, false}, window);
        DS_VERIFY(scorer.score(sequences, scores, "Predicting", {}, [] {}));
        const auto found = scorer.selfCheck(scores.front(), {});
        DS_VERIFY(found);
        QCOMPARE(found->checked, int64_t{3});
        QVERIFY(found->largestDifference < 1e-12);

        rusage usage{};
        getrusage(RUSAGE_SELF, &usage);
        QVERIFY2(usage.ru_maxrss < 280 * 1024, std::to_string(usage.ru_maxrss).c_str()); // of 570 MB before
    }
};

QTEST_GUILESS_MAIN(TestCheckMemory)
#include "tst_check_memory.moc"
